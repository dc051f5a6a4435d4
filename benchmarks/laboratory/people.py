"""The laboratory's world: memory from one to ten million people that are made, and how fast lives are drawn."""

from __future__ import annotations

import time
from collections.abc import Iterator

from benchmarks.harness.isolated_process import measure_call
from benchmarks.harness.registers import Registers
from benchmarks.harness.results import Bar, Outcome, Peer, Result

SMALL, LARGE, MONTHS = 1_000_000, 10_000_000, 12
FLAT = Bar(1.1, most=True)
STEADY = Bar(2, most=False, ratio=0.8)


def run(_registers: Registers) -> Iterator[Outcome]:
    """How many times the memory ten times as many agents take, and agent-months of all acts a second."""
    small, large = (measure_call(draw_all, size) for size in (SMALL, LARGE))
    samples = {"mb": [small.peak_mb, large.peak_mb], "wall_s": [small.wall_s, large.wall_s]}
    peer = Peer(f"MB at {SMALL:,} agents", small.peak_mb)
    note = f"{large.peak_mb:,.0f} MB at {LARGE:,} agents, uncoupled"
    yield Result("lab memory: people", large.peak_mb / small.peak_mb, "times", FLAT, peer, samples, note)
    rate, slower = (LARGE * MONTHS / large.value["seconds"] / 1e6, SMALL * MONTHS / small.value["seconds"] / 1e6)
    note = f"{large.value['candidates'] / LARGE / MONTHS * 12:.2f} candidates an agent-year, people made too"
    rates, peer = {"millions": [slower, rate]}, Peer(f"{SMALL:,} agents", slower)
    yield Result(
        "lab candidates", rate, "million agent-months/s", STEADY, Peer(f"{SMALL:,} agents", slower), rates, note
    )


def draw_all(size: int) -> dict[str, float]:
    """Makes everybody of a country and what they could do in a year, a chunk at a time; the first chunk warms up."""
    from goodstanding.lab import Population, draw_lives, load_acts, plan_acts

    population = Population.draw("china", persons=size, seed=1, least_age=18)
    plan = plan_acts(population, load_acts(), "person")
    draw_lives(population, plan, population.make_persons(0, 1_000), MONTHS)
    begun = time.perf_counter()
    lives = (draw_lives(population, plan, persons, MONTHS) for persons in population.iterate_persons())
    candidates = sum(len(life.agents) for life in lives)
    return {"seconds": time.perf_counter() - begun, "candidates": candidates}
