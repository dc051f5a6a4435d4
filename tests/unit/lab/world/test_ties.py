"""Ties: households, friends, trade and representatives as arrays of indices, with homophily as a parameter."""

from __future__ import annotations

import numpy as np
import pytest

from goodstanding.errors import LaboratoryError
from goodstanding.lab import set_parameters
from goodstanding.lab.world import Population
from goodstanding.lab.world.edges import Edges
from goodstanding.lab.world.ties import load_tie_rules, tie_population

GIGABYTE = 10**9
POPULATION = Population.draw("fictional", persons=20_000, firms=2_000, seed=4)
TIES = tie_population(POPULATION, GIGABYTE)


def list_pairs(edges: Edges) -> list[tuple[int, int]]:
    """Each tie, both ways."""
    sources = np.repeat(np.arange(len(edges.starts) - 1), np.diff(edges.starts))
    return list(zip(sources.tolist(), edges.ends.tolist(), strict=True))


@pytest.mark.parametrize("edges", [TIES.households, TIES.friends, TIES.trade], ids=["households", "friends", "trade"])
def test_a_tie_holds_both_ways_and_nobody_is_tied_to_themselves(edges: Edges) -> None:
    """Who is the friend of somebody has that person for a friend, as often."""
    pairs = list_pairs(edges)
    assert pairs
    assert sorted(pairs) == sorted((right, left) for left, right in pairs)
    assert all(left != right for left, right in pairs)


def test_households_have_the_sizes_that_are_published() -> None:
    """Everybody who lives with one other has one tie; a household of three is three ties."""
    sizes = np.diff(TIES.households.starts) + 1
    persons_by_size = np.bincount(sizes, minlength=5)[1:]
    households = persons_by_size / np.arange(1, 5)
    assert households / households.sum() == pytest.approx([0.3, 0.3, 0.2, 0.2], abs=0.02)
    for person in range(0, 20_000, 997):
        others = TIES.households.list_ends(person)
        assert all({person, *others} == {other, *TIES.households.list_ends(other)} for other in others)


def test_friends_are_as_many_as_the_rules_say() -> None:
    """But for those who stayed alone in a class of an odd number."""
    numbers = np.diff(TIES.friends.starts)
    assert numbers.max() == 8
    assert numbers.mean() > 7.9


@pytest.mark.parametrize("homophily", [0.0, 0.6, 0.95])
def test_homophily_is_the_share_of_ties_made_within_a_class(homophily: float) -> None:
    """Those made with anybody fall within the class by chance: one in ten, of two regions and five fifths."""
    rules = set_parameters(load_tie_rules(), {"friends.homophily": homophily})
    friends, persons = tie_population(POPULATION, GIGABYTE, rules).friends, POPULATION.make_persons()
    classes = persons.levels["region"] * 5 + persons.levels["income"]
    sources = np.repeat(classes, np.diff(friends.starts))
    assert np.mean(sources == classes[friends.ends]) == pytest.approx(homophily + (1 - homophily) * 0.1, abs=0.02)


def test_few_persons_represent_all_firms() -> None:
    """At most the share of persons that the rules say."""
    assert len(TIES.representatives) == 2_000
    assert len(set(TIES.representatives.tolist())) <= 0.02 * 20_000
    assert TIES.representatives.max() < 20_000


def test_a_population_too_large_for_memory_is_told_before_with_the_number_that_fits() -> None:
    """Nobody is drawn; where agents do not meet, any number runs."""
    country = Population.draw("fictional", persons=1_400_000_000)
    with pytest.raises(LaboratoryError, match="1,400,000,000 agents who meet do not fit into 16 GB") as refused:
        tie_population(country, 16 * GIGABYTE)
    assert refused.value.remedy == "at most 78,431,372 agents, or a run in which they do not meet"
