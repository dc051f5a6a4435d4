"""The lives of agents of a kind under a scheme: the kernel, its tables, and room for whoever needs more of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from goodstanding.errors import LaboratoryError
from goodstanding.lab.acts import Acts, AgentKind
from goodstanding.lab.compilation.scheme_arrays import SchemeArrays
from goodstanding.lab.simulation.civil_days import find_month_start
from goodstanding.lab.simulation.drawn_chunks import compute_noticed, plan_scheme_acts
from goodstanding.lab.simulation.kernel_tables import (
    AgentTable,
    Integers,
    OccasionTable,
    OriginTable,
    PointsTable,
    build_occasion_table,
    build_origin_table,
    build_points_table,
    compute_occasion_odds,
)
from goodstanding.lab.simulation.life_loop import KEPT_FITS, live_agents
from goodstanding.lab.simulation.life_records import LOG_SIZE
from goodstanding.lab.simulation.reactions import compute_reactions
from goodstanding.lab.simulation.scheme_checks import EPOCH
from goodstanding.lab.world import ActPlan, Population
from goodstanding.messages import Message, RunMessage

Kept = NDArray[np.int32]  # a row for each life, its columns as `life_loop` names them
FIRST_ROOM, MOST_ROOM = 64, 1 << 14


@dataclass(frozen=True, slots=True)
class SchemeLives:
    """A scheme as the kernel reads it, for agents of one kind of a population, over some months.

    `room` is for how many records at a time an agent has a place at first; whoever needs more lives again with more.
    """

    scheme: SchemeArrays
    kind: AgentKind
    seed: int
    month_starts: Integers
    acts: Acts
    plan: ActPlan
    rules: PointsTable
    origins: OriginTable
    odds: NDArray[np.float64]
    is_bad: NDArray[np.bool_]
    room: int = FIRST_ROOM

    def build_occasions(self, mechanisms: Iterable[str]) -> OccasionTable:
        """When agents can do something, where these mechanisms are at work."""
        thresholds = compute_reactions(self.scheme, self.acts, mechanisms).thresholds
        return build_occasion_table(self.scheme, self.plan, self.odds, thresholds, self.is_bad)

    def live(self, agents: AgentTable, occasions: OccasionTable) -> tuple[Kept, Integers, int]:
        """What is kept of each life, what all did together, and how many lived again with more room."""
        room = self.room
        kept, totals = self._live(agents, occasions, room)
        left = np.flatnonzero(kept[:, KEPT_FITS] == 0)
        again = len(left)
        while len(left):
            room *= 4
            if room > MOST_ROOM:
                raise _build_refusal(agents, left, room)
            kept_again, totals_again = self._live(select_agents(agents, left), occasions, room)
            kept[left] = kept_again
            totals += totals_again
            left = left[kept_again[:, KEPT_FITS] == 0]
        return kept, totals, again

    def _live(self, agents: AgentTable, occasions: OccasionTable, room: int) -> tuple[Kept, Integers]:
        kept, totals, _written = self._call_kernel(agents, occasions, room, *_open_logs(0))
        return kept, totals

    def write(self, agents: AgentTable, occasions: OccasionTable) -> tuple[Integers, Integers]:
        """The records and the standings of these lives, in the order of time of each, as `life_loop` writes them."""
        room, rows = max(self.room, 64), 64 * len(agents.keys)
        while True:
            logs = _open_logs(rows)
            kept, _totals, (records, standings) = self._call_kernel(agents, occasions, room, *logs)
            is_roomy = bool(kept[:, KEPT_FITS].all())
            if is_roomy and max(records, standings) <= rows:
                return logs[0][:records], logs[1][:standings]
            room, rows = (room, max(records, standings)) if is_roomy else (4 * room, rows)

    def _call_kernel(
        self, agents: AgentTable, occasions: OccasionTable, room: int, records: Integers, standings: Integers
    ) -> tuple[Kept, Integers, Integers]:
        tables = self.month_starts, self.rules, self.origins, occasions
        kept, totals, written = live_agents(np.uint64(self.seed), agents, *tables, room, records, standings)
        return kept, totals, written


def _open_logs(rows: int) -> tuple[Integers, Integers]:
    """Room for so many records and standings."""
    return np.empty((rows, LOG_SIZE), np.int64), np.empty((rows, LOG_SIZE), np.int64)


def prepare_lives(
    population: Population,
    scheme: SchemeArrays,
    kind: AgentKind,
    acts: Acts,
    start: date,
    months: int,
    seed: int,
    is_bad: NDArray[np.bool_],
) -> SchemeLives:
    """The lives of a kind of agent under a scheme from a day on."""
    plan = plan_scheme_acts(population, acts, scheme, kind)
    first = (start - EPOCH).days
    month_starts = np.array([find_month_start(first, month) for month in range(months + 1)], np.int64)
    origins = build_origin_table(scheme, plan, compute_noticed(population, scheme, kind, seed))
    rules = build_points_table(scheme, scheme.points[0])
    odds = compute_occasion_odds(scheme, plan, months)
    return SchemeLives(scheme, kind, seed, month_starts, acts, plan, rules, origins, odds, is_bad)


def select_agents(agents: AgentTable, rows: NDArray[np.int64]) -> AgentTable:
    """Those agents of a table."""
    return AgentTable(
        agents.keys[rows], agents.cells[rows], agents.flags[rows], agents.sources[rows], agents.places[rows],
        agents.falls[rows],
    )  # fmt: skip


def _build_refusal(agents: AgentTable, left: NDArray[np.int64], room: int) -> LaboratoryError:
    params = {"agent": int(agents.keys[left[0]]), "room": room // 4}
    return LaboratoryError(Message(RunMessage.LIFE_TOO_LONG, params))
