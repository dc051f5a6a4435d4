"""What each agent of a population could do: the candidates of a chunk, from a vocabulary of acts."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from goodstanding.errors import LaboratoryError
from goodstanding.lab.acts import Act, Acts, AgentKind
from goodstanding.lab.world.agents import ADULT, AGE, Agents, compute_age_shares
from goodstanding.lab.world.candidates import ActPlan, Candidates, draw_candidates
from goodstanding.lab.world.cells import Cells
from goodstanding.lab.world.parts import compute_cell_ratios
from goodstanding.lab.world.population import Population
from goodstanding.lab.world.random_streams import derive_key
from goodstanding.lab.world.trait_shares import Shares
from goodstanding.messages import LaboratoryMessage, Message


def plan_acts(population: Population, acts: Acts, kind: AgentKind) -> ActPlan:
    """The acts of a kind of agent in a population; raises LaboratoryError where an act does not fit it."""
    cells = population.persons if kind == "person" else population.firms
    plan = population.country.plan.persons if kind == "person" else population.country.plan.firms
    names, residents = acts.list_of_kind(kind), _count_able(cells, kind)
    for name in names:
        _refuse_if_unfit(acts, name, population)
    return ActPlan(
        tuple(names),
        np.array([derive_key(name) for name in names], np.uint64),
        np.array([_find_needs(acts.by_name[name], kind, tuple(plan.flags)) for name in names], np.uint8),
        np.column_stack([_compute_chances(acts, name, cells, residents) for name in names]),
    )


def draw_lives(population: Population, plan: ActPlan, agents: Agents, months: int) -> Candidates:
    """The candidates of these agents over some months."""
    return draw_candidates(population.seed, agents.keys, agents.cells, agents.flags, plan, months)


def _count_able(cells: Cells, kind: AgentKind) -> Shares:
    """How many of each cell could do something: firms of any age, persons as adults."""
    shares = compute_age_shares(cells.levels[AGE], ADULT if kind == "person" else 0)
    axis = list(cells.levels).index(AGE)
    return cells.residents * shares.reshape([-1 if place == axis else 1 for place in range(cells.residents.ndim)])


def _compute_chances(acts: Acts, name: str, cells: Cells, residents: Shares) -> NDArray[np.float64]:
    """By cell; a rate is an average over all who could do the act, and only adults do anything."""
    ratios = compute_cell_ratios(cells.levels, acts.by_name[name].ratio)
    return acts.compute_chances(name, ratios.ravel(), residents.ravel())


def _find_needs(act: Act, kind: AgentKind, flag_names: tuple[str, ...]) -> int:
    """The bits of the flags without which nobody does the act."""
    needed = (kind == "person") | (2 << flag_names.index(act.if_) if act.if_ in flag_names else 0)
    return int(needed)


def _refuse_if_unfit(acts: Acts, name: str, population: Population) -> None:
    """Refuses an act with a trait, level or flag that neither persons nor firms of the population have."""
    act, plan = acts.by_name[name], population.country.plan
    levels: Mapping[str, set[str]] = {
        trait: set(population.persons.levels.get(trait, ())) | set(population.firms.levels.get(trait, ()))
        for trait in (*population.persons.levels, *population.firms.levels)
    }
    for trait, by_level in act.ratio.items():
        for level in by_level:
            if level not in levels.get(trait, ()):
                _refuse(acts, (name, "ratio", trait, level), f"{trait}: {level}", sorted(levels.get(trait, levels)))
    flags = (*plan.persons.flags, *plan.firms.flags)
    if act.if_ and act.if_ not in flags:
        _refuse(acts, (name, "if"), act.if_, sorted(flags))


def _refuse(acts: Acts, path: tuple[str, ...], trait: str, near: list[str]) -> None:
    unknown = Message(LaboratoryMessage.TRAIT_UNKNOWN, {"trait": repr(trait)})
    raise LaboratoryError(unknown, where=acts.file.locate(*path), remedy=", ".join(near))
