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
    """Agent-months a second of a processor beside Mesa's; refused where the two do not count alike within noise."""
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
    """Seconds of processor time of all lives, their people made too, and the records beside those of joining.

    Neither here nor in Mesa does the time count in which chances are worked out.
    """
    from goodstanding.lab.simulation.life_loop import KEPT_RECORDS

    population, lives, mechanisms = _prepare()
    (tables,) = lives.build_arms([mechanisms])

    def live() -> Any:
        return lives.live(lives.build_agents(population, range(AGENTS)).table, tables)[0]

    kept, begun = live(), time.process_time()
    for _ in range(ROUNDS):
        live()
    seconds = (time.process_time() - begun) / ROUNDS
    return {"seconds": seconds, "records": int(kept[:, KEPT_RECORDS].sum()) - AGENTS}


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
    begun = time.process_time()
    for acts in by_person:
        Person(model, acts)
    for _ in range(MONTHS):
        model.agents.do("step")
    return {"seconds": time.process_time() - begun, "records": model.records}


def _prepare() -> tuple[Any, ...]:
    from goodstanding.lab.behaviour.behaviour_file import load_behaviour
    from goodstanding.lab.compilation.compiler import compile_scheme
    from goodstanding.lab.simulation.reactions import MECHANISMS
    from goodstanding.lab.simulation.runs import run as run_lives
    from goodstanding.lab.world import Population

    behaviour = load_behaviour("rongcheng-2014")
    population, start = Population.draw("china", persons=AGENTS, least_age=18), behaviour.rules.runs.from_
    lived = run_lives(population, compile_scheme(behaviour), MONTHS, start=start, arms=[MECHANISMS])
    return population, lived.schemes[0].lives["person"], MECHANISMS


def _list_acts() -> Iterator[list[tuple[float, float, float, int]]]:
    """Of each person what they may do: the chance in a month, also at the best grade, the share noticed, and points."""
    from benchmarks.laboratory.rongcheng_by_hand import POINTS

    population, lives, mechanisms = _prepare()
    occasions, names = lives.build_occasions(mechanisms).occasions, lives.plan.names
    happens, best = (occasions.thresholds[grade + 1] / 2.0**32 for grade in (1, 0))
    agents = lives.build_agents(population, range(AGENTS)).table
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
