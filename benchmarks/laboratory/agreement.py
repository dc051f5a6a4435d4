"""The check of a run: a thousand lives over ten years, asked of the rules."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from benchmarks.harness.isolated_process import measure_call
from benchmarks.harness.registers import Registers
from benchmarks.harness.results import Bar, Outcome, Result, compute_median

ADULTS, LIVES, MONTHS, ROUNDS = 10_000, 1_000, 120, 3
BAR = Bar(2, most=True)


def run(_registers: Registers) -> Iterator[Outcome]:
    """Seconds of the check for Rongcheng's points, every grade, score and measure to the day."""
    checked = measure_call(time_check).value
    note = f"{checked['states']:,} states of knowledge, {checked['stretches']:,} stretches of time"
    yield Result("lab check", compute_median(checked["seconds"]), "s", BAR, None, checked, note)


def time_check() -> dict[str, Any]:
    """Seconds of the check once everything is compiled, and how much was compared."""
    from goodstanding.lab.behaviour.behaviour_file import load_behaviour
    from goodstanding.lab.compilation.behaviour_origins import list_origins
    from goodstanding.lab.compilation.compiler import compile_scheme, list_variants
    from goodstanding.lab.simulation.agreement import check_lives
    from goodstanding.lab.simulation.runs import run as run_lives
    from goodstanding.lab.world import Population

    behaviour = load_behaviour("rongcheng-2014")
    population = Population.draw("china", persons=ADULTS, least_age=18)
    lived = run_lives(population, compile_scheme(behaviour), MONTHS, start=behaviour.rules.runs.from_)
    variants, seconds = list_variants(behaviour, list_origins(behaviour)), []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        agreement = check_lives(lived, behaviour.catalogue.name, behaviour.catalogue, variants, LIVES)
        seconds.append(time.perf_counter() - begun)
    return {"seconds": seconds, "states": agreement.states, "stretches": agreement.stretches}
