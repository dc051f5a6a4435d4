"""Who is tied to whom: households, friends, trade, and who represents a firm, as arrays of indices.

Ties need all agents at once, so that a population of which the agents meet is as large as memory lets it be.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goodstanding.lab.parameters import Parameter
from goodstanding.lab.world.agents import AgentDraws, Numbers

Indices = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Edges:
    """Ties both ways: those of agent `i` are `ends[starts[i]:starts[i + 1]]`."""

    starts: NDArray[np.int64]
    ends: Indices

    def list_ends(self, agent: int) -> Indices:
        """Who is tied to an agent."""
        return self.ends[self.starts[agent] : self.starts[agent + 1]]


def build_edges(size: int, left: Indices, right: Indices) -> Edges:
    """Ties of pairs, each both ways."""
    sources, ends = np.concatenate([left, right]), np.concatenate([right, left])
    order = np.argsort(sources, kind="stable")
    counts = np.bincount(sources, minlength=size)
    return Edges(np.concatenate([[0], np.cumsum(counts)]), ends[order])


def tie_pairs(draws: AgentDraws, classes: Numbers, ties: int, homophily: Parameter, purpose: str) -> Edges:
    """About as many ties for each agent, such as friends: a share within the agent's class, the others with anybody.

    In each round everybody draws whether to look within the class, and those who look alike are paired at random; in a
    class of an odd number one stays alone. Few agents can be tied twice.
    """
    pairs = [_pair_once(draws, classes, homophily.value, f"{purpose} {place}") for place in range(ties)]
    left, right = (np.concatenate([pair[side] for pair in pairs]) for side in (0, 1))
    return build_edges(len(classes), left, right)


def _pair_once(draws: AgentDraws, classes: Numbers, homophily: float, purpose: str) -> tuple[Indices, Indices]:
    is_within = draws.draw_truths(f"{purpose} within", homophily)
    groups = np.where(is_within, classes, -1)
    order = np.lexsort([draws.draw_fractions(f"{purpose} partner"), groups]).astype(np.uint32)
    changes = np.flatnonzero(np.diff(groups[order], prepend=groups[order[:1]] - 1))
    place = np.arange(len(order)) - np.repeat(changes, np.diff(np.append(changes, len(order))))
    is_first = (place % 2 == 0) & np.append(groups[order][1:] == groups[order][:-1], False)
    firsts = np.flatnonzero(is_first)
    return order[firsts], order[firsts + 1]


def tie_households(draws: AgentDraws, classes: Numbers, sizes: NDArray[np.float64], homophily: Parameter) -> Edges:
    """A tie between all who live together; `sizes` are the shares of households of one person, two and so on.

    Those who look within their class, such as region and fifth of income, live beside others of it.
    """
    groups = np.where(draws.draw_truths("household within", homophily.value), classes, -1)
    order = np.lexsort([draws.draw_fractions("household partner"), groups]).astype(np.uint32)
    households = assign_households(draws, sizes)
    pairs = [(order[:-gap], order[gap:], households[:-gap] == households[gap:]) for gap in range(1, len(sizes))]
    left = np.concatenate([first[is_tied] for first, _second, is_tied in pairs])
    right = np.concatenate([second[is_tied] for _first, second, is_tied in pairs])
    return build_edges(len(order), left, right)


def assign_households(draws: AgentDraws, sizes: NDArray[np.float64]) -> Numbers:
    """The household of the first person in a row of all, of the second and so on; the last may be cut short."""
    total = len(draws.keys)
    drawn = 1 + np.searchsorted(np.cumsum(sizes / sizes.sum()), draws.draw_fractions("household size"), side="right")
    return np.asarray(np.repeat(np.arange(total), np.minimum(drawn, len(sizes)))[:total])


def tie_represented(representatives: Indices) -> Edges:
    """A tie between all firms that the same person represents."""
    order = np.argsort(representatives, kind="stable").astype(np.uint32)
    people, left, right = representatives[order], [], []
    gap, is_tied = 1, people[1:] == people[:-1]
    while is_tied.any():
        left.append(order[:-gap][is_tied])
        right.append(order[gap:][is_tied])
        gap += 1
        is_tied = people[gap:] == people[:-gap]
    nobody = np.empty(0, np.uint32)
    return build_edges(len(representatives), np.concatenate([nobody, *left]), np.concatenate([nobody, *right]))


def choose_representatives(draws: AgentDraws, persons: int, concentration: Parameter) -> Indices:
    """For each firm the person who represents it, of a share of all persons; nobody where there are no persons."""
    if persons == 0:
        return np.empty(0, np.uint32)
    pool = max(1, round(persons * concentration.value))
    chosen = (draws.draw_fractions("representative") * pool).astype(np.int64)
    return ((chosen * 2_654_435_761) % persons).astype(np.uint32)  # spread over all cells
