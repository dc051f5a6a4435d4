"""Lives under the court list of 2017, a hundred thousand debtors for ten years, with several cases open at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.harness.isolated_process import measure_call
from benchmarks.harness.registers import Registers
from benchmarks.harness.results import Bar, Outcome, Peer, Result, compute_median

AGENTS, MONTHS, ROUNDS = 100_000, 120, 3
# Half of the first figure, which was taken of one core in its own time, and beside the same by hand.
BAR = Bar(11_000_000, most=False, ratio=0.4)


def run(_registers: Registers) -> Iterator[Outcome]:
    """Agent-months a second, with consumption orders, removals, disputes, and what measures do to conduct."""
    measured = measure_call(time_lives).value
    ours, by_hand = measured["ours"], measured["by hand"]
    figure, peer = (AGENTS * MONTHS / compute_median(times["seconds"]) for times in (ours, by_hand))
    yearly, hand_yearly = (times["records"] / AGENTS / MONTHS * 12 for times in (ours, by_hand))
    ratio = compute_median(by_hand["cpu_s"]) / compute_median(ours["cpu_s"])
    note = (
        f"{yearly:.3f} records an agent-year, by hand {hand_yearly:.3f}; {ours['again']} lives again with more room; "
        f"{AGENTS * MONTHS / compute_median(ours['cpu_s']):,.0f} a second of one core, {ratio:.2f} of the same by hand"
    )
    yield Result("lab cases", figure, "agent-months/s", BAR, Peer("by hand, for this list alone", peer), measured, note)


def time_lives() -> dict[str, dict[str, Any]]:
    """Seconds of lives as a run makes them, agents included, once everything is compiled; and by hand."""
    from benchmarks.laboratory.court_list_by_hand import live_debtors, prepare_debtors
    from goodstanding.lab.behaviour.behaviour_file import load_behaviour
    from goodstanding.lab.compilation.compiler import compile_scheme
    from goodstanding.lab.simulation.reactions import MECHANISMS
    from goodstanding.lab.simulation.runs import run as run_lives
    from goodstanding.lab.world import Population

    behaviour = load_behaviour("spc-debtors-2017")
    scheme, start = compile_scheme(behaviour), behaviour.rules.runs.from_
    population = Population.draw("china", persons=AGENTS, least_age=18, part="judgment-debtors")

    def live() -> Any:
        return run_lives(population, scheme, MONTHS, start=start, arms=[MECHANISMS]).schemes[0]

    def live_by_hand() -> Any:
        return live_debtors(population.seed, *prepare_debtors(lives, population, AGENTS))

    counts, ours = _time(live)
    lives = counts.lives["person"]
    totals, by_hand = _time(live_by_hand)
    return {
        "ours": ours | {"records": counts.arms[0].records, "again": counts.again},
        "by hand": by_hand | {"records": int(totals[0])},
    }


def _time(work: Callable[[], Any]) -> tuple[Any, dict[str, Any]]:
    """What some work gives, and seconds of some rounds of it after the first."""
    outcome, seconds, cpu_s = work(), list[float](), list[float]()
    for _ in range(ROUNDS):
        begun, begun_cpu = time.perf_counter(), time.process_time()
        work()
        seconds.append(time.perf_counter() - begun)
        cpu_s.append(time.process_time() - begun_cpu)
    return outcome, {"seconds": seconds, "cpu_s": cpu_s}
