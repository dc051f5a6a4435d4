"""Lives under points, a million adults for five years, beside a kernel written by hand for them alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from benchmarks.harness.isolated_process import measure_call
from benchmarks.harness.registers import Registers
from benchmarks.harness.results import Bar, Outcome, Peer, Result, compute_median

AGENTS, MONTHS, ROUNDS = 1_000_000, 60, 3
POINTS_BAR, EXPIRY_BAR = Bar(100_000_000, most=False, ratio=0.5), Bar(25_000_000, most=False, ratio=0.4)
EXPIRY_MONTHS = 36
# With these there are 2.4 records a year beside that of joining.
RATES, NOTICED = {"good-deed.rate": 3.8}, {"good-deed": 0.5}


def run_points(_registers: Registers) -> Iterator[Outcome]:
    """Agent-months a second under Rongcheng's rules, with feedback from each grade."""
    yield _compare("lab points", POINTS_BAR, time_points, time_points_by_hand, "by hand, for Rongcheng alone")


def run_expiry(_registers: Registers) -> Iterator[Outcome]:
    """The same with four times the records, each of which counts for three years."""
    yield _compare("lab expiry", EXPIRY_BAR, time_expiry, time_expiry_by_hand, "by hand, by the month")


def _compare(
    name: str, bar: Bar, ours: Callable[[], dict[str, Any]], by_hand: Callable[[], dict[str, Any]], peer: str
) -> Result:
    measured, beside = measure_call(ours).value, measure_call(by_hand).value
    figure, other = (AGENTS * MONTHS / compute_median(times["seconds"]) for times in (measured, beside))
    yearly, hand_yearly = (times["records"] / AGENTS / MONTHS * 12 for times in (measured, beside))
    note = f"{yearly:.2f} records a year; by hand {hand_yearly:.2f}"
    return Result(name, figure, "agent-months/s", bar, Peer(peer, other), measured | {"by hand": beside}, note)


def time_points() -> dict[str, Any]:
    """Seconds of lives as a run makes them, agents included, once everything is compiled."""
    return _time_lives({}, {}, expires=False)


def time_expiry() -> dict[str, Any]:
    """The same where all stages end after three years, and many more records are made."""
    return _time_lives(RATES, NOTICED, expires=True)


def time_points_by_hand() -> dict[str, Any]:
    """The same for a loop that knows nothing but Rongcheng's points."""
    from benchmarks.laboratory.rongcheng_by_hand import FOR_EVER

    return _time_by_hand({}, {}, FOR_EVER)


def time_expiry_by_hand() -> dict[str, Any]:
    """The same for a loop that takes points back after so many months."""
    return _time_by_hand(RATES, NOTICED, EXPIRY_MONTHS)


def _time_lives(rates: dict[str, float], noticed: dict[str, float], expires: bool) -> dict[str, Any]:
    from goodstanding.lab import load_acts
    from goodstanding.lab.behaviour.behaviour_file import load_behaviour
    from goodstanding.lab.compilation.compiler import compile_scheme
    from goodstanding.lab.simulation.reactions import MECHANISMS
    from goodstanding.lab.simulation.runs import run
    from goodstanding.lab.world import Population, compute_threshold

    behaviour = load_behaviour("rongcheng-2014")
    scheme, start = compile_scheme(behaviour), behaviour.rules.runs.from_
    shares = scheme.origins.noticed.copy()
    for name, share in noticed.items():
        shares[scheme.origins.names.index(f"records.{name}")] = compute_threshold(share)
    scheme = replace(scheme, origins=replace(scheme.origins, noticed=shares))
    if expires:
        until = np.zeros_like(scheme.points[0].stage_until)
        until[:, 0] = EXPIRY_MONTHS
        scheme = replace(scheme, points=(replace(scheme.points[0], stage_until=until),))
    population, acts = Population.draw("china", persons=AGENTS, least_age=18), load_acts().set_values(rates)
    return _time(
        lambda: run(population, scheme, MONTHS, start=start, arms=[MECHANISMS], acts=acts).schemes[0].arms[0].records
    )


def _time_by_hand(rates: dict[str, float], noticed: dict[str, float], counted: int) -> dict[str, Any]:
    from benchmarks.laboratory.rongcheng_by_hand import count_records, prepare_adults
    from goodstanding.lab import load_acts

    adults = prepare_adults(AGENTS, MONTHS, load_acts().set_values(rates), noticed)
    return _time(lambda: count_records(*adults, counted))  # type: ignore[call-arg]


def _time(live: Callable[[], int]) -> dict[str, Any]:
    records, seconds = int(live()), []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        live()
        seconds.append(time.perf_counter() - begun)
    return {"seconds": seconds, "records": records}
