"""The ties of a whole population, from rules of which every number is a parameter."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from goodstanding.catalogue.primitives import StrictModel
from goodstanding.lab.parameters import Parameter
from goodstanding.lab.strict_files import read_packaged_file
from goodstanding.lab.world.agents import INCOME, AgentDraws, Agents, Numbers
from goodstanding.lab.world.cells import REGION
from goodstanding.lab.world.edges import Edges, Indices, choose_representatives, tie_households, tie_pairs
from goodstanding.lab.world.population import Population

SECTION = "section"


class HouseholdRule(StrictModel):
    """How often people live with their like."""

    homophily: Parameter


class PairRule(StrictModel):
    """How many ties of a kind there are, and what share of them is between those alike."""

    number: Parameter
    homophily: Parameter


class RepresentativeRule(StrictModel):
    """What share of persons represents all firms."""

    concentration: Parameter


class TieRules(StrictModel):
    """Rules for households, friends, trade and representatives."""

    households: HouseholdRule
    friends: PairRule
    trade: PairRule
    representatives: RepresentativeRule


@dataclass(frozen=True, slots=True)
class Ties:
    """Ties of persons to persons, of firms to firms, and the person who represents each firm."""

    households: Edges
    friends: Edges
    trade: Edges
    representatives: Indices


@cache
def load_tie_rules() -> TieRules:
    """The rules that come with the laboratory."""
    return read_packaged_file("ties.yaml").parse_model(TieRules)


def tie_population(population: Population, memory: int, rules: TieRules | None = None) -> Ties:
    """The ties of all agents; raises LaboratoryError, before any is drawn, where `memory` bytes do not hold them."""
    rules = rules or load_tie_rules()
    population.refuse_if_too_large(memory, round(rules.friends.number.value) + len(population.households) - 1)
    persons, firms = population.make_persons(), population.make_firms()
    draws, firm_draws = AgentDraws(population.seed, persons.keys), AgentDraws(population.seed, firms.keys)
    classes = _find_classes(persons, (REGION, INCOME))
    return Ties(
        tie_households(draws, classes, np.array(population.households), rules.households.homophily),
        tie_pairs(draws, classes, round(rules.friends.number.value), rules.friends.homophily, "friend"),
        tie_pairs(
            firm_draws,
            _find_classes(firms, (REGION, SECTION)),
            round(rules.trade.number.value),
            rules.trade.homophily,
            "trade",
        ),
        choose_representatives(firm_draws, len(persons.keys), rules.representatives.concentration),
    )


def _find_classes(agents: Agents, traits: tuple[str, ...]) -> Numbers:
    """A number for each combination of these traits, as far as the country has them."""
    classes = np.zeros(len(agents.keys), np.int64)
    for levels in (agents.levels[trait] for trait in traits if trait in agents.levels):
        classes = classes * (int(levels.max(initial=0)) + 1) + levels
    return classes
