"""Lives of a whole country and of more and more people: how long they take, and that memory stays flat."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Iterator
from typing import Any

from benchmarks.harness.isolated_process import measure_call
from benchmarks.harness.registers import Registers
from benchmarks.harness.results import Bar, Outcome, Peer, Result

COUNTRY, MONTHS = 1_400_000_000, 12
PART, SMALL_PART = 10_000_000, 100_000
FEW, MANY = 1_000_000, 10_000_000
IN_TIME, FLAT, SLENDER = Bar(600, most=True, ratio=1.25), Bar(1.1, most=True), Bar(64, most=True)


def run_country(_registers: Registers) -> Iterator[Outcome]:
    """Seconds of a year of everybody in China, worked out from a part, and whether a small part says the same."""
    part, small = measure_call(live_year, PART).value, measure_call(live_year, SMALL_PART).value
    seconds, by_small = (COUNTRY / size * year["seconds"] for size, year in ((PART, part), (SMALL_PART, small)))
    note = f"measured on {PART:,}: {part['seconds']:.1f} s; {part['records'] / PART:.2f} records each"
    peer = Peer(f"worked out from {SMALL_PART:,}", by_small)
    yield Result("lab country", seconds, "s", IN_TIME, peer, {"part": part, "small part": small}, note)


def run_memory(_registers: Registers) -> Iterator[Outcome]:
    """How many times the memory ten times as many lives take, and bytes an agent within a chunk."""
    few, many = (measure_call(live_year, size) for size in (FEW, MANY))
    samples = {"mb": [few.peak_mb, many.peak_mb], "wall_s": [few.wall_s, many.wall_s]}
    peer, note = Peer(f"MB at {FEW:,} agents", few.peak_mb), f"{many.peak_mb:,.0f} MB at {MANY:,} agents, uncoupled"
    yield Result("lab memory", many.peak_mb / few.peak_mb, "times", FLAT, peer, samples, note)
    chunk = measure_call(trace_chunk).value
    yield Result(
        "lab memory: chunk",
        chunk["peak"],
        "bytes an agent",
        SLENDER,
        None,
        chunk,
        f"{chunk['living']:.0f} while it waits to be counted",
    )


def live_year(size: int) -> dict[str, Any]:
    """Seconds and records of so many adults' first year under Rongcheng's points, once everything is compiled."""
    _live(1_000)
    begun = time.perf_counter()
    records = _live(size)
    return {"seconds": time.perf_counter() - begun, "records": records}


def _live(size: int) -> int:
    from goodstanding.lab.behaviour.behaviour_file import load_behaviour
    from goodstanding.lab.compilation.compiler import compile_scheme
    from goodstanding.lab.simulation.reactions import MECHANISMS
    from goodstanding.lab.simulation.runs import run
    from goodstanding.lab.world import Population

    behaviour = load_behaviour("rongcheng-2014")
    population, scheme = Population.draw("china", persons=size, least_age=18), compile_scheme(behaviour)
    lived = run(population, scheme, MONTHS, start=behaviour.rules.runs.from_, arms=[MECHANISMS])
    return int(lived.schemes[0].arms[0].records)


def trace_chunk() -> dict[str, float]:
    """Bytes an agent of a chunk that is made and lived: at most, and until it is counted."""
    import numpy as np

    from goodstanding.lab.behaviour.behaviour_file import load_behaviour
    from goodstanding.lab.compilation.compiler import compile_scheme
    from goodstanding.lab.simulation.drawn_chunks import build_chunk
    from goodstanding.lab.simulation.reactions import MECHANISMS
    from goodstanding.lab.simulation.runs import run
    from goodstanding.lab.world import Population
    from goodstanding.lab.world.population import CHUNK

    population = Population.draw("china", persons=CHUNK, least_age=18)
    lives = run(population, compile_scheme(load_behaviour("rongcheng-2014")), MONTHS).schemes[0].lives["person"]
    occasions = lives.build_occasions(MECHANISMS)
    tracemalloc.start()
    chunk = build_chunk(population, lives.scheme, "person", np.arange(CHUNK))
    kept = lives.live(chunk.table, occasions)
    living, peak = tracemalloc.get_traced_memory()
    return {"peak": peak / CHUNK, "living": living / CHUNK, "agents": len(kept[0])}
