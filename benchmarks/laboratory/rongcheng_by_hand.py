"""Rongcheng's points by hand: the same acts, chances and points as numbers in a loop, no catalogue and no days."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit, prange, uint64

from goodstanding.lab import plan_acts
from goodstanding.lab.acts import Acts
from goodstanding.lab.world import Population
from goodstanding.lab.world.candidates import compute_odds, draw_luck, find_first_block, find_month, open_months
from goodstanding.lab.world.random_streams import open_stream

# act: points, share that is noticed
POINTS = {
    "late-bill": (-20, 0.5), "bank-arrears": (-20, 0.9), "private-loan-default": (-20, 0.1),
    "contract-breach": (-29, 0.1), "guarantee-default": (-20, 0.5), "suit-lost": (-30, 1.0),
    "service-arrears-judged": (-50, 1.0), "fund-raising-probe": (-40, 1.0), "commercial-fraud": (-30, 0.2),
    "counterfeits": (-30, 0.2), "other-commercial": (-15, 0.2), "meter-tampering": (-57, 0.1),
    "traffic-ticket": (-5, 1.0), "drink-driving": (0, 1.0), "good-deed": (30, 0.05),
}  # fmt: skip
FOR_EVER = 1 << 20
_BASE, _BEST, _WHOLE = 1000, 1050, 1 << 32
_ACT_BITS, _LOW = 16, (1 << 16) - 1


def prepare_adults(number: int, months: int, acts: Acts, noticed: dict[str, float]) -> tuple[Any, ...]:
    """The columns of so many adults, and of what they do; some acts may be noticed with another chance."""
    population = Population.draw("china", persons=number, least_age=18)
    plan = plan_acts(population, acts, "person")
    columns = [plan.names.index(name) for name in POINTS]
    agents = population.make_agents("person", np.arange(number))
    luck = [[_WHOLE * better / acts.by_name[name].ceiling.value for name in POINTS] for better in (1.0, 0.98)]
    shares = {name: share for name, (_points, share) in POINTS.items()} | noticed
    rules = np.array([(points, shares[name] * _WHOLE) for name, (points, _share) in POINTS.items()]).astype(np.int64)
    return (
        agents.keys, agents.cells, agents.flags, plan.keys[columns], plan.needs[columns],
        compute_odds(plan.chances[:, columns], months), np.array(luck).astype(np.uint64), rules, months,
    )  # fmt: skip


@njit(parallel=True, cache=True)
def count_records(agents, cells, flags, keys, needs, odds, lucks, rules, months, counted):  # type: ignore[no-untyped-def]
    """All lives, month by month of each, with points that count for some months; how many records they left."""
    records = 0
    for block in prange((len(agents) + 255) // 256):
        candidates, returns = np.empty(1024, np.int64), np.zeros(months + 1, np.int64)
        for row in range(block * 256, min(block * 256 + 256, len(agents))):
            stream, number, points, today = open_stream(uint64(0), agents[row]), 0, _BASE, 0
            for act in range(len(keys)):
                if flags[row] & needs[act] != needs[act]:
                    continue
                missed, pace, surely_missed = odds[cells[row], act]
                months_stream = open_months(stream, keys[act])
                first = find_first_block(months_stream, surely_missed, months)
                month = find_month(months_stream, missed, pace, first, months)
                while month < months:
                    candidates[number] = month << _ACT_BITS | act
                    number += 1
                    month = find_month(months_stream, missed, pace, month + 1, months)
            candidates[:number].sort()
            if counted < months:
                returns[:] = 0
            for turn in range(number):
                month, act = candidates[turn] >> _ACT_BITS, candidates[turn] & _LOW
                while counted < months and today < month:
                    today += 1
                    points -= returns[today]
                act_stream = open_stream(stream, keys[act])
                if draw_luck(stream, keys[act], uint64(month)) >= lucks[1 if points >= _BEST else 0, act]:
                    continue
                if draw_luck(act_stream, uint64(1), uint64(month)) < uint64(rules[act, 1]):
                    points += rules[act, 0]
                    records += 1
                    if month + counted < months:
                        returns[month + counted] += rules[act, 0]
    return records
