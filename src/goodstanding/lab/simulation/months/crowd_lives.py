"""Everybody's lives together: the loop over months, again with more room for all where anybody needs it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goodstanding.errors import LaboratoryError
from goodstanding.lab.simulation.kernel_tables import AgentTable, Integers, OccasionTable, OriginTable, PointsTable
from goodstanding.lab.simulation.life_loop import KEPT_FITS, KEPT_SIZE
from goodstanding.lab.simulation.months.crowd import make_crowd
from goodstanding.lab.simulation.months.crowd_loop import (
    AGENTS_A_BLOCK,
    TieTable,
    begin_crowd,
    end_crowd,
    live_crowd_month,
)
from goodstanding.lab.simulation.months.past_tables import PastTable
from goodstanding.lab.simulation.outcomes.outcome_tables import OutcomeTable
from goodstanding.messages import Message, RunMessage

MOST_TIMES = 64
Notice = Callable[[int, AgentTable], None]  # of what agents' sources say in a month


@dataclass(frozen=True, slots=True)
class CoupledTables:
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
    parts: tuple[Any, ...] = (agents, tables.month_starts, tables.rules, tables.origins, occasions, tables.past)
    crowd = make_crowd(agents, tables.rules, tables.origins, occasions, tables.past, times)
    totals = np.zeros((-(-len(agents.keys) // AGENTS_A_BLOCK), _count_columns(occasions)), np.int64)
    fits = np.zeros(len(totals), np.bool_)
    begin_crowd(np.uint64(tables.seed), *parts, crowd, room, fits)  # type: ignore[call-arg]
    scores = crowd.scores.copy()
    own = (tables.ties, crowd, scores, totals, room, fits)
    for month in range(len(tables.month_starts) - 1):
        live_crowd_month(np.uint64(tables.seed), month, *parts, *own)  # type: ignore[call-arg]
        if notice:
            notice(month, agents)
        scores[:] = crowd.scores
        if not fits.all():
            return None
    kept = np.zeros((len(agents.keys), KEPT_SIZE), np.int32)
    end_crowd(agents, tables.month_starts, occasions, tables.past, crowd, totals, kept, room)
    kept[:, KEPT_FITS] = 1
    return kept, totals.sum(axis=0)


def _count_columns(occasions: OccasionTable) -> int:
    return int(2 * occasions.thresholds.shape[1] + occasions.thresholds.shape[0])
