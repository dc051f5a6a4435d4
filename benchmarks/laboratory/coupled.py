"""Lives of people who meet: Sesame with eight friends each, month by month, beside a bare gather of their scores."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.harness.isolated_process import measure_call
from benchmarks.harness.registers import Registers
from benchmarks.harness.results import Bar, Outcome, Peer, Result, compute_median

AGENTS, MONTHS, ROUNDS = 1_000_000, 36, 3
COURT_LIST = "spc-debtors-2013.judgment-debtors"
SPEED_BAR, MEMORY_BAR = Bar(10_000_000, most=False), Bar(160, most=True)
BYTES_AN_END = 4


def run(_registers: Registers) -> Iterator[Outcome]:
    """Agent-months a second with a profile a month, and bytes an agent beside those for the ends of ties."""
    measured = measure_call(time_lives).value
    figure, gathered = (AGENTS * MONTHS / compute_median(measured[name]) for name in ("lives", "gather"))
    peer, note = Peer("a bare gather of the same friends", gathered), f"{measured['ends']:.1f} ends of ties an agent"
    yield Result("lab coupled", figure, "agent-months/s", SPEED_BAR, peer, measured, note)
    sizes = measure_call(trace_lives).value
    note = f"and {BYTES_AN_END} for each of {sizes['ends']:.1f} ends of ties"
    yield Result("lab coupled: memory", sizes["bytes"], "bytes an agent", MEMORY_BAR, None, sizes, note)


def time_lives() -> dict[str, Any]:
    """Seconds of all lives, agents included and friends drawn before, and of reading all friends' scores alone."""
    import numpy as np

    from goodstanding.lab.simulation.worker_threads import share_out

    live, friends = _prepare(AGENTS)
    starts, scores, means = friends.starts, np.arange(AGENTS, dtype=np.int32), np.empty(AGENTS, np.int32)
    gather = _compile_gather()

    def gather_all() -> None:
        for _ in range(MONTHS):
            share_out(lambda rows: gather(rows.start, rows.stop, starts, friends.ends, scores, means), AGENTS)

    return {"lives": _time(live), "gather": _time(gather_all), "ends": len(friends.ends) / AGENTS}


def _compile_gather() -> Callable[..., None]:
    from numba import njit

    @njit(nogil=True)
    def gather(first: int, end: int, starts: Any, ends: Any, scores: Any, means: Any) -> None:
        for row in range(first, end):
            total = 0
            for place in range(starts[row], starts[row + 1]):
                total += scores[ends[place]]
            means[row] = total // max(1, starts[row + 1] - starts[row])

    compiled: Callable[..., None] = gather
    return compiled


def trace_lives() -> dict[str, float]:
    """Bytes an agent at most while all live, beside those of the ends of their ties."""
    size = AGENTS // 4
    live, friends = _prepare(size)
    live()
    tracemalloc.start()
    live()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return {"bytes": peak / size, "ends": len(friends.ends) / size}


def _prepare(size: int) -> tuple[Callable[[], object], Any]:
    """Lives of so many adults with friends, and these."""
    from goodstanding.lab.behaviour.behaviour_file import load_behaviour
    from goodstanding.lab.compilation.compiler import compile_scheme
    from goodstanding.lab.simulation.months.others import NOBODY
    from goodstanding.lab.simulation.reactions import MECHANISMS
    from goodstanding.lab.simulation.runs import run as run_lives
    from goodstanding.lab.world import Population
    from goodstanding.lab.world.ties import tie_population

    behaviour = load_behaviour("sesame")
    population, scheme = Population.draw("china", persons=size, least_age=18), compile_scheme(behaviour)
    ties, start = tie_population(population, 1 << 40), behaviour.rules.runs.from_
    beside = {COURT_LIST: NOBODY}

    def live() -> object:
        return run_lives(population, scheme, MONTHS, start=start, arms=[MECHANISMS], beside=beside, ties=ties)

    return live, ties.friends


def _time(work: Callable[[], object]) -> list[float]:
    work()
    seconds = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return seconds
