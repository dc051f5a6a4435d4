"""Lives under Rongcheng's points, a million adults for five years, beside a kernel written by hand for them alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.harness.isolated_process import measure_call
from benchmarks.harness.registers import Registers
from benchmarks.harness.results import Bar, Outcome, Peer, Result, compute_median

AGENTS, MONTHS, ROUNDS = 1_000_000, 60, 3
BAR = Bar(100_000_000, most=False, ratio=0.5)


def run(registers: Registers) -> Iterator[Outcome]:
    """Agent-months a second, with feedback from each grade."""
    ours, theirs = measure_call(time_lives).value, measure_call(time_peer).value
    figure, peer = (AGENTS * MONTHS / compute_median(times["seconds"]) for times in (ours, theirs))
    note = f"{ours['records'] / AGENTS / MONTHS * 12:.2f} records a year; by hand {theirs['records'] / AGENTS / 5:.2f}"
    by_hand = Peer("by hand, for Rongcheng alone", peer)
    yield Result("lab points", figure, "agent-months/s", BAR, by_hand, ours | {"by hand": theirs}, note)


def time_lives() -> dict[str, Any]:
    """Seconds of lives as a run makes them, agents included, once everything is compiled."""
    from goodstanding.lab.behaviour.behaviour_file import load_behaviour
    from goodstanding.lab.compilation.compiler import compile_scheme
    from goodstanding.lab.simulation.reactions import MECHANISMS
    from goodstanding.lab.simulation.runs import run as run_lives
    from goodstanding.lab.world import Population

    behaviour = load_behaviour("rongcheng-2014")
    scheme, start = compile_scheme(behaviour), behaviour.rules.runs.from_
    population = Population.draw("china", persons=AGENTS, least_age=18)
    return _time(
        lambda: run_lives(population, scheme, MONTHS, start=start, arms=[MECHANISMS]).schemes[0].arms[0].records
    )


def time_peer() -> dict[str, Any]:
    """The same for a loop that knows nothing but Rongcheng's points."""
    from benchmarks.laboratory.rongcheng_by_hand import count_records, prepare_adults

    adults = prepare_adults(AGENTS)
    return _time(lambda: count_records(*adults, MONTHS))  # type: ignore[call-arg]


def _time(live: Callable[[], int]) -> dict[str, Any]:
    records, seconds = int(live()), []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        live()
        seconds.append(time.perf_counter() - begun)
    return {"seconds": seconds, "records": records}
