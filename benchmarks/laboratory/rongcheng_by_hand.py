"""Rongcheng's points by hand: the same acts, chances and points as numbers in a loop, no catalogue and no days."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit, prange, uint64

from goodstanding.lab import load_acts, plan_acts
from goodstanding.lab.world import Population
from goodstanding.lab.world.candidates import draw_luck, find_candidate
from goodstanding.lab.world.random_streams import open_stream

# act: points, share that is noticed
POINTS = {
    "late-bill": (-20, 0.5), "bank-arrears": (-20, 0.9), "private-loan-default": (-20, 0.1),
    "contract-breach": (-29, 0.1), "guarantee-default": (-20, 0.5), "suit-lost": (-30, 1.0),
    "service-arrears-judged": (-50, 1.0), "fund-raising-probe": (-40, 1.0), "commercial-fraud": (-30, 0.2),
    "counterfeits": (-30, 0.2), "other-commercial": (-15, 0.2), "meter-tampering": (-57, 0.1),
    "traffic-ticket": (-5, 1.0), "drink-driving": (0, 1.0), "good-deed": (30, 0.05),
}  # fmt: skip
_BASE, _BEST, _WHOLE = 1000, 1050, 1 << 32
_ACT_BITS, _LOW = 16, (1 << 16) - 1


def prepare_adults(number: int) -> tuple[Any, ...]:
    """The columns of so many adults, and of what they do."""
    population, acts = Population.draw("china", persons=number, least_age=18), load_acts()
    plan = plan_acts(population, acts, "person")
    columns = [plan.names.index(name) for name in POINTS]
    agents = population.make_agents("person", np.arange(number))
    luck = [[_WHOLE * better / acts.by_name[name].ceiling.value for name in POINTS] for better in (1.0, 0.98)]
    rules = np.array([(points, share * _WHOLE) for points, share in POINTS.values()]).astype(np.int64)
    return (
        agents.keys, agents.cells, agents.flags, plan.keys[columns], plan.needs[columns],
        np.ascontiguousarray(plan.chances[:, columns]), np.array(luck).astype(np.uint64), rules,
    )  # fmt: skip


@njit(parallel=True, cache=True)
def count_records(agents, cells, flags, keys, needs, chances, lucks, rules, months):  # type: ignore[no-untyped-def]
    """All lives, month by month of each; how many records they left."""
    records = 0
    for block in prange((len(agents) + 255) // 256):
        candidates = np.empty(1024, np.int64)
        for row in range(block * 256, min(block * 256 + 256, len(agents))):
            stream, number, points = open_stream(uint64(0), agents[row]), 0, _BASE
            for act in range(len(keys)):
                if flags[row] & needs[act] != needs[act]:
                    continue
                month = find_candidate(stream, keys[act], chances[cells[row], act], 0, months)
                while month < months:
                    candidates[number] = month << _ACT_BITS | act
                    number += 1
                    month = find_candidate(stream, keys[act], chances[cells[row], act], month + 1, months)
            candidates[:number].sort()
            for turn in range(number):
                month, act = candidates[turn] >> _ACT_BITS, candidates[turn] & _LOW
                act_stream = open_stream(stream, keys[act])
                if draw_luck(stream, keys[act], uint64(month)) >= lucks[1 if points >= _BEST else 0, act]:
                    continue
                if draw_luck(act_stream, uint64(1), uint64(month)) < uint64(rules[act, 1]):
                    points += rules[act, 0]
                    records += 1
    return records
