"""Everybody's lives together: the loop over months, again with more room for all where anybody needs it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from goodstanding.errors import LaboratoryError
from goodstanding.lab.simulation.kernel_tables import AgentTable, Integers, OccasionTable, OriginTable, PointsTable
from goodstanding.lab.simulation.life_loop import KEPT_SIZE
from goodstanding.lab.simulation.months.crowd import make_crowd
from goodstanding.lab.simulation.months.crowd_loop import (
    TieTable,
    begin_crowd,
    end_crowd,
    live_crowd_month,
)
from goodstanding.lab.simulation.months.past_tables import PastTable
from goodstanding.lab.simulation.outcomes.outcome_tables import OutcomeTable
from goodstanding.lab.simulation.worker_threads import share_out
from goodstanding.messages import Message, RunMessage

MOST_TIMES = 64
Notice = Callable[[int, AgentTable], None]  # of what agents' sources say in a month


class CoupledTables(NamedTuple):
    """What the kernel reads where agents meet."""

    seed: int
    month_starts: Integers
    rules: PointsTable | OutcomeTable
    origins: OriginTable
    past: PastTable
    ties: TieTable


def live_together(
    tables: CoupledTables, agents: AgentTable, occasions: OccasionTable, room: int, notice: Notice | None = None
) -> tuple[NDArray[np.int32], Integers]:
    """What is kept of each life, and what all did together; `notice` is told of each month."""
    times = 1
    while times <= MOST_TIMES:
        lives = _try(tables, agents, occasions, room * times, times, notice)
        if lives:
            return lives
        times *= 2
    raise LaboratoryError(Message(RunMessage.LIFE_TOO_LONG, {"agent": "of all", "room": room * MOST_TIMES}))


def _try(
    tables: CoupledTables,
    agents: AgentTable,
    occasions: OccasionTable,
    room: int,
    times: int,
    notice: Notice | None,
) -> tuple[NDArray[np.int32], Integers] | None:
    crowd = make_crowd(agents, tables.rules, tables.origins, occasions, tables.past, times)
    parts = (np.uint64(tables.seed), agents, *tables[1:4], occasions, tables.past, crowd, room)
    size, totals = len(agents.keys), _make_totals(occasions)
    before = crowd.scores.copy(), crowd.shown.copy()
    if not _share_out(begin_crowd, parts, size, None):
        return None
    for month in range(len(tables.month_starts) - 1):
        if not _share_out(live_crowd_month, (*parts, month, tables.ties, *before), size, totals):
            return None
        if notice:
            notice(month, agents)
        before[0][:], before[1][:] = crowd.scores, crowd.shown
    del before  # what is kept then takes its place
    kept = np.empty((size, KEPT_SIZE), np.int32)
    end_crowd(tables.month_starts, occasions, tables.past, crowd, totals, kept, room)
    return kept, totals


def _make_totals(occasions: OccasionTable) -> Integers:
    return np.zeros(2 * len(occasions.is_breach) + len(occasions.thresholds), np.int64)


def _share_out(step: Callable[..., bool], parts: tuple[Any, ...], size: int, totals: Integers | None) -> bool:
    """A step of everybody, shared among threads; whether there was room for all. What they did is added to `totals`."""
    lock, has_room = Lock(), []

    def step_some(rows: range) -> None:
        own = [] if totals is None else [np.zeros_like(totals)]
        fits = step(rows.start, rows.stop, *parts, *own)
        with lock:
            has_room.append(fits)
            if totals is not None:
                totals[:] += own[0]

    share_out(step_some, size)
    return all(has_room)
