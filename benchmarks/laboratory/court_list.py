"""Lives under the court list of 2017, a hundred thousand debtors for ten years, with several cases open at once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from benchmarks.harness.isolated_process import measure_call
from benchmarks.harness.registers import Registers
from benchmarks.harness.results import Bar, Outcome, Result, compute_median

AGENTS, MONTHS, ROUNDS = 100_000, 120, 3
BAR = Bar(11_000_000, most=False)  # half of the first figure, which was taken of one core in its own time


def run(_registers: Registers) -> Iterator[Outcome]:
    """Agent-months a second, with consumption orders, removals, disputes, and what measures do to conduct."""
    measured = measure_call(time_lives).value
    figure = AGENTS * MONTHS / compute_median(measured["seconds"])
    note = (
        f"{measured['records'] / AGENTS / MONTHS * 12:.3f} records an agent-year; {measured['again']} lives again with "
        f"more room; {AGENTS * MONTHS / compute_median(measured['cpu_s']):,.0f} a second of one core"
    )
    yield Result("lab cases", figure, "agent-months/s", BAR, None, measured, note)


def time_lives() -> dict[str, Any]:
    """Seconds of lives as a run makes them, agents included, once everything is compiled."""
    from goodstanding.lab.behaviour.behaviour_file import load_behaviour
    from goodstanding.lab.compilation.compiler import compile_scheme
    from goodstanding.lab.simulation.reactions import MECHANISMS
    from goodstanding.lab.simulation.runs import run as run_lives
    from goodstanding.lab.world import Population

    behaviour = load_behaviour("spc-debtors-2017")
    scheme, start = compile_scheme(behaviour), behaviour.rules.runs.from_
    population = Population.draw("china", persons=AGENTS, least_age=18, part="judgment-debtors")
    seconds, cpu_s = [], []
    for _ in range(ROUNDS + 1):
        begun, begun_cpu = time.perf_counter(), time.process_time()
        counts = run_lives(population, scheme, MONTHS, start=start, arms=[MECHANISMS]).schemes[0]
        seconds.append(time.perf_counter() - begun)
        cpu_s.append(time.process_time() - begun_cpu)
    return {"seconds": seconds[1:], "cpu_s": cpu_s[1:], "records": counts.arms[0].records, "again": counts.again}
