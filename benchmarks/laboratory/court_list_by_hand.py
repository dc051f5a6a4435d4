"""The court list of 2017 by hand: the same debts, decisions, orders and removals as numbers, and no catalogue."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit, prange, uint64

from goodstanding.lab.world.candidates import compute_odds, find_first_block, find_month, open_months
from goodstanding.lab.world.random_streams import draw_word, open_stream

ACT = "judgment-unperformed"
# What is next: an act, a decision, an order, the end of a stretch, and what a debtor or a court does about a debt.
_ACTS, _DECIDES, _ORDERS, _ENDS, _RECOVERS, _TRIES, _PERFORMS, _SETTLES, _SEARCHES, _REMOVES, _LIFTS, _WITHDRAWS = (
    range(12)
)
_REFUSES, _REPORTS, _OBSTRUCTS = range(3)  # grounds
_DAY, _KIND, _WHICH, _EXTRA = range(4)  # of what is next: which debt or stretch, and a ground, a period or a length
_ROOM = 128
_PERFORMS_MOST, _BASE = 0.038, 0.02
# By list and order: times as many acts, and what is added to the chance in a month of performing.
_FACTORS = np.array([1.0, 1.0101 * 1.0526**2 * 1.0309**4 * 1.0204**2, 1.0101**3, 0.0])
_FACTORS[3] = _FACTORS[1] * _FACTORS[2]
_CHANCES = np.array([0.0, 0.008, 0.010, 0.018])
_CEILING = 4.0


def prepare_debtors(lives: Any, population: Any, number: int) -> tuple[Any, ...]:
    """The columns of so many debtors, the chance of the act in a month by cell, and of being noticed by place."""
    agents, months = lives.build_agents(population, range(number)).table, len(lives.month_starts) - 1
    odds = compute_odds(lives.plan.chances[:, lives.plan.names.index(ACT)], months)
    noticed = np.ascontiguousarray(lives.origins.noticed[:, :3]) / 2.0**32  # by ground
    return agents.keys, agents.cells, agents.places, odds, noticed, lives.month_starts


@njit
def _draw(stream, purpose, number):  # type: ignore[no-untyped-def]
    return (draw_word(open_stream(stream, uint64(purpose)), uint64(number)) >> uint64(11)) * 2.0**-53


@njit
def _add(rows, number, day, kind, which, extra):  # type: ignore[no-untyped-def]
    rows[number, _DAY], rows[number, _KIND], rows[number, _WHICH], rows[number, _EXTRA] = day, kind, which, extra
    return number + 1


@njit
def _wait(luck, chance):  # type: ignore[no-untyped-def]
    """How many months until something happens that has this chance in each."""
    return min(10_000, np.int64(np.log(1.0 - luck) / np.log(1.0 - chance)))


@njit
def _is_listed(ground, stream, counter):  # type: ignore[no-untyped-def]
    """For how many months a decision lists: 0 for not at all, -1 without a term."""
    luck, other, third = _draw(stream, 21, counter), _draw(stream, 22, counter), _draw(stream, 23, counter)
    if ground == _REFUSES:
        return -1 if luck >= 0.03 and other >= 0.03 and third >= 0.03 else 0
    if ground == _REPORTS:
        return 24 if luck < 0.9 else 36 if other < 0.1 else 0
    return 24 if luck < 0.7 else 60 if other < 0.3 else 0


@njit(parallel=True, cache=True)
def live_debtors(seed, keys, cells, places, odds, noticed, starts):  # type: ignore[no-untyped-def]
    """Records, debts, performed debts, days on the list and days under an order, of all debtors."""
    months, last = len(starts) - 1, starts[-1]
    totals = np.zeros((5, (len(keys) + 255) // 256), np.int64)
    for block in prange(totals.shape[1]):
        rows, debts = np.empty((_ROOM, 4), np.int64), np.empty((_ROOM, 4), np.int64)  # debts: can, hides, able, over
        stretches = np.empty((_ROOM, 4), np.int64)  # debt, list or order, whether it goes on, whether it has a term
        for agent in range(block * 256, min(block * 256 + 256, len(keys))):
            stream, waiting, owed, listings, counter = open_stream(uint64(seed), keys[agent]), 0, 0, 0, 0
            on, today = np.zeros(2, np.int64), starts[0]
            month = int(_draw(stream, 1, 0) * 12)
            waiting = _add(rows, waiting, starts[month] + np.int64(30 * _draw(stream, 2, 0)), _ACTS, 1, 0)
            missed, pace, surely_missed = odds[cells[agent]]
            own = open_months(stream, uint64(3))
            month = find_month(own, missed, pace, find_first_block(own, surely_missed, months), months)
            while month < months:
                waiting = _add(rows, waiting, starts[month] + np.int64(30 * _draw(stream, 2, month)), _ACTS, 0, 0)
                month = find_month(own, missed, pace, month + 1, months)
            while waiting > 0:
                first = 0
                for row in range(1, waiting):
                    if rows[row, _DAY] < rows[first, _DAY]:
                        first = row
                day, kind, which, extra = rows[first, 0], rows[first, 1], rows[first, 2], rows[first, 3]
                waiting -= 1
                rows[first] = rows[waiting]
                if day >= last:
                    break
                totals[3, block] += (day - today) * (on[0] > 0)
                totals[4, block] += (day - today) * (on[1] > 0)
                today, counter = day, counter + 1
                state = (on[0] > 0) + 2 * (on[1] > 0)
                if kind == _ACTS:
                    if which == 0 and _draw(stream, 4, counter) >= _FACTORS[state] / _CEILING:
                        continue
                    can = _draw(stream, 5, counter) < 0.5
                    debts[owed, 0], debts[owed, 3] = can, 0
                    debts[owed, 1] = can and _draw(stream, 6, counter) < 0.3
                    debts[owed, 2] = _draw(stream, 7, counter) < (0.9 if can else 0.4)
                    totals[1, block] += 1
                    if on[0] == 0 and _draw(stream, 8, counter) < 0.3:
                        period = 12 if _draw(stream, 9, counter) < 0.3 else 0
                        waiting = _add(
                            rows, waiting, day + np.int64(61 * _draw(stream, 10, counter)), _ORDERS, owed, period
                        )
                    luck = _draw(stream, 11, counter)
                    ground = _REFUSES if luck < 0.5 else _REPORTS if luck < 0.9 else _OBSTRUCTS
                    is_due = ground == _REPORTS or (debts[owed, 2] if ground == _REFUSES else debts[owed, 1])
                    if is_due and _draw(stream, 12, counter) < noticed[places[agent], ground]:
                        made_on = day + 30 + np.int64(336 * _draw(stream, 13, counter))
                        waiting = _add(rows, waiting, made_on, _DECIDES, owed, ground)
                    if can:
                        waiting = _add(
                            rows,
                            waiting,
                            day + 30 * (1 + _wait(_draw(stream, 14, counter), _PERFORMS_MOST)),
                            _TRIES,
                            owed,
                            0,
                        )
                    else:
                        waiting = _add(
                            rows, waiting, day + 30 * (1 + _wait(_draw(stream, 15, counter), 0.01)), _RECOVERS, owed, 0
                        )
                        waiting = _add(
                            rows, waiting, day + 30 * (1 + _wait(_draw(stream, 16, counter), 0.02)), _SEARCHES, owed, 0
                        )
                    waiting = _add(
                        rows, waiting, day + 30 * (1 + _wait(_draw(stream, 17, counter), 0.002)), _SETTLES, owed, 0
                    )
                    owed += 1
                elif kind == _ENDS:
                    on[stretches[which, 1]] -= stretches[which, 2]
                    stretches[which, 2] = 0
                elif kind in (_DECIDES, _ORDERS):
                    if debts[which, 3]:
                        continue
                    totals[0, block] += 1
                    term = extra if kind == _ORDERS else _is_listed(extra, stream, counter)
                    is_order = kind == _ORDERS
                    stretches[listings, 0], stretches[listings, 1] = which, is_order
                    stretches[listings, 2], stretches[listings, 3] = is_order or term != 0, not is_order and term > 0
                    on[np.int64(is_order)] += stretches[listings, 2]
                    if term > 0:
                        waiting = _add(rows, waiting, day + term * 30 + term * 7 // 16, _ENDS, listings, 0)
                    if not is_order:
                        is_wrong = extra == _REFUSES and not debts[which, 0]
                        asks, upheld = (0.2, 0.6) if is_wrong else (0.03, 0.03)
                        if _draw(stream, 24, counter) < asks and _draw(stream, 25, counter) < upheld:
                            late = (
                                1 + np.int64(90 * _draw(stream, 27, counter)) if _draw(stream, 26, counter) < 0.3 else 0
                            )
                            waiting = _add(rows, waiting, day + 15 + late, _WITHDRAWS, listings, 0)
                        if term != 0:
                            luck = _draw(stream, 28, counter)
                            period = 12 if luck < 0.3 else 24 if luck < 0.5 else 0
                            waiting = _add(
                                rows, waiting, day + np.int64(16 * _draw(stream, 29, counter)), _ORDERS, which, period
                            )
                    listings += 1
                elif kind == _WITHDRAWS:
                    totals[0, block] += 1
                    on[0] -= stretches[which, 2]
                    stretches[which, 2] = 0
                elif kind == _RECOVERS:
                    debts[which, 0] = 1
                    waiting = _add(
                        rows, waiting, day + 30 * _wait(_draw(stream, 14, counter), _PERFORMS_MOST), _TRIES, which, 0
                    )
                elif kind == _TRIES:
                    if debts[which, 3]:
                        continue
                    if _draw(stream, 30, counter) < (_BASE + _CHANCES[state]) / _PERFORMS_MOST:
                        waiting = _add(
                            rows, waiting, day + np.int64(30 * _draw(stream, 31, counter)), _PERFORMS, which, 0
                        )
                    else:
                        waiting = _add(
                            rows,
                            waiting,
                            day + 30 * (1 + _wait(_draw(stream, 14, counter), _PERFORMS_MOST)),
                            _TRIES,
                            which,
                            0,
                        )
                elif kind == _SEARCHES:
                    if debts[which, 3] or debts[which, 0]:
                        continue
                    for place in range(listings):
                        if (
                            stretches[place, 0] == which
                            and stretches[place, 1] == 0
                            and (stretches[place, 2] or stretches[place, 3])
                        ):
                            totals[0, block] += 1
                            if stretches[place, 3] == 0 and _draw(stream, 32, counter) < 0.9:
                                on[0] -= stretches[place, 2]
                                stretches[place, 2] = 0
                    waiting = _add(
                        rows, waiting, day + 30 * (1 + _wait(_draw(stream, 16, counter), 0.02)), _SEARCHES, which, 0
                    )
                elif kind in (_PERFORMS, _SETTLES):
                    if debts[which, 3]:
                        continue
                    debts[which, 3] = 1
                    totals[2, block] += kind == _PERFORMS
                    for place in range(listings):
                        if stretches[place, 0] != which or not (stretches[place, 2] or stretches[place, 3]):
                            continue
                        if stretches[place, 1] == 1 and kind == _PERFORMS:
                            waiting = _add(
                                rows, waiting, day + np.int64(31 * _draw(stream, 33, counter)), _LIFTS, place, 0
                            )
                        elif stretches[place, 1] == 0:
                            late = (
                                4 + np.int64(87 * _draw(stream, 35, counter)) if _draw(stream, 34, counter) < 0.2 else 0
                            )
                            term = (
                                3 + 2 * ((day + 3) % 7 >= 2)
                                if kind == _PERFORMS
                                else np.int64(11 * _draw(stream, 36, counter)) - late
                            )
                            waiting = _add(rows, waiting, day + term + late, _REMOVES, place, 0)
                else:  # a record that ends an order, or a listing without a term
                    totals[0, block] += 1
                    if stretches[which, 3] == 0:
                        on[stretches[which, 1]] -= stretches[which, 2]
                        stretches[which, 2] = 0
            totals[3, block] += (last - today) * (on[0] > 0)
            totals[4, block] += (last - today) * (on[1] > 0)
    return totals.sum(axis=1)
