"""The same people, acts and chances as objects in Mesa, a step a month: what the kernel is beside the usual tool."""

from __future__ import annotations

import time
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

from benchmarks.harness.isolated_process import measure_call
from benchmarks.harness.registers import Registers
from benchmarks.harness.results import Bar, Outcome, Peer, Result, Skipped

AGENTS, MONTHS, ROUNDS = 10_000, 120, 5
BAR = Bar(0, most=False, ratio=50)
MOST_ERRORS = 3  # standard errors between two results that are equal within noise


def run(_registers: Registers) -> Iterator[Outcome]:
    """Agent-months a second beside Mesa's; refused where the two do not count the same records within noise."""
    if find_spec("mesa") is None:
        yield Skipped("lab mesa", "Mesa is not installed: uv sync --group mesa")
        return
    ours, theirs = measure_call(time_lives).value, measure_call(time_mesa).value
    errors = abs(ours["records"] - theirs["records"]) / (ours["records"] + theirs["records"]) ** 0.5
    note = f"{ours['records']:,} records and {theirs['records']:,}: {errors:.1f} standard errors apart"
    if errors > MOST_ERRORS:
        yield Skipped("lab mesa", f"the two are different models: {note}")
        return
    figure, peer = (AGENTS * MONTHS / times["seconds"] for times in (ours, theirs))
    yield Result("lab mesa", figure, "agent-months/s", BAR, Peer("Mesa", peer), {"ours": ours, "mesa": theirs}, note)


def time_lives() -> dict[str, Any]:
    """Seconds of a run, its people made too, and the records that it makes beside those of joining."""
    from goodstanding.lab.simulation.runs import run as run_lives

    population, scheme, start, mechanisms = _prepare()
    run_lives(population, scheme, MONTHS, start=start, arms=[mechanisms])
    begun = time.perf_counter()
    for _ in range(ROUNDS):
        lived = run_lives(population, scheme, MONTHS, start=start, arms=[mechanisms])
    seconds = (time.perf_counter() - begun) / ROUNDS
    return {"seconds": seconds, "records": int(lived.schemes[0].arms[0].records) - AGENTS}


def time_mesa() -> dict[str, Any]:
    """The same for Mesa's agents, who know the same chances."""
    import mesa

    class Person(mesa.Agent):  # type: ignore[misc]
        """Somebody with points, and what they may do in a month."""

        def __init__(self, model: Any, acts: list[tuple[float, float, float, int]]) -> None:
            super().__init__(model)
            self.acts, self.points = acts, 1000

        def step(self) -> None:
            """A month: each act is done or not, and recorded or not."""
            draw, is_best = self.random.random, self.points >= 1050
            for chance, chance_at_best, noticed, points in self.acts:
                if draw() < (chance_at_best if is_best else chance) and draw() < noticed:
                    self.points += points
                    self.model.records += 1

    by_person, model = list(_list_acts()), mesa.Model(seed=1)
    model.records = 0
    begun = time.perf_counter()
    for acts in by_person:
        Person(model, acts)
    for _ in range(MONTHS):
        model.agents.do("step")
    return {"seconds": time.perf_counter() - begun, "records": model.records}


def _prepare() -> tuple[Any, ...]:
    from goodstanding.lab.behaviour.behaviour_file import load_behaviour
    from goodstanding.lab.compilation.compiler import compile_scheme
    from goodstanding.lab.simulation.reactions import MECHANISMS
    from goodstanding.lab.world import Population

    behaviour = load_behaviour("rongcheng-2014")
    population = Population.draw("china", persons=AGENTS, least_age=18)
    return population, compile_scheme(behaviour), behaviour.rules.runs.from_, MECHANISMS


def _list_acts() -> Iterator[list[tuple[float, float, float, int]]]:
    """Of each person what they may do: the chance in a month, also at the best grade, the share noticed, and points."""
    import numpy as np

    from benchmarks.laboratory.rongcheng_by_hand import POINTS
    from goodstanding.lab.simulation.drawn_chunks import build_chunk
    from goodstanding.lab.simulation.runs import run as run_lives

    population, scheme, start, mechanisms = _prepare()
    lives = run_lives(population, scheme, MONTHS, start=start, arms=[mechanisms]).schemes[0].lives["person"]
    occasions, names = lives.build_occasions(mechanisms).occasions, lives.plan.names
    happens, best = (occasions.thresholds[grade + 1] / 2.0**32 for grade in (1, 0))
    agents = build_chunk(population, scheme, "person", np.arange(AGENTS)).table
    columns = list(range(1, len(occasions.keys)))
    origins = [lives.origins.choices[lives.origins.choice_starts[lives.origins.group_starts[c]]] for c in columns]
    points = [POINTS[name][0] for name in names] + [-20] * (len(columns) - len(names))  # of false records, about
    for row in range(AGENTS):
        chances = 1.0 - occasions.odds[agents.cells[row], :, 0]
        noticed = lives.origins.noticed[agents.places[row]] / 2.0**32
        yield [
            (
                float(chances[column] * happens[column]),
                float(chances[column] * best[column]),
                float(noticed[origin]) if column <= len(names) else 1.0,
                taken,
            )
            for column, origin, taken in zip(columns, origins, points, strict=True)
            if agents.flags[row] & occasions.needs[column] == occasions.needs[column]
        ]
