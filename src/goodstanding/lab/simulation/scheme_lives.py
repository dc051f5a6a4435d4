"""The lives of agents of a kind under a scheme: the kernel, its tables, and room for whoever needs more of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
)
from goodstanding.lab.simulation.life_loop import KEPT_FITS, live_chunk, write_lives
from goodstanding.lab.simulation.life_records import LOG_SIZE
from goodstanding.lab.simulation.months.crowd_lives import CoupledTables, live_together
from goodstanding.lab.simulation.months.month_loop import live_chunk_by_month, write_lives_by_month
from goodstanding.lab.simulation.months.others import ListedMonths, Others, build_others
from goodstanding.lab.simulation.months.past_tables import PastTable, build_past_table, spread_levels
from goodstanding.lab.simulation.outcomes.outcome_tables import OutcomeTable, build_outcome_table
from goodstanding.lab.simulation.reactions import compute_reactions
from goodstanding.lab.simulation.scheme_checks import EPOCH
from goodstanding.lab.world import ActPlan, Population
from goodstanding.lab.world.agents import FIRM
from goodstanding.lab.world.ties import Ties
from goodstanding.messages import Message, RunMessage

FIRST_ROOM, MOST_ROOM = 16, 1 << 14


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
    rules: PointsTable | OutcomeTable
    origins: OriginTable
    is_bad: NDArray[np.bool_]
    past: PastTable | None = None
    others: Others | None = None
    room: int = FIRST_ROOM

    @property
    def meets(self) -> bool:
        """Whether all of these agents have to live together."""
        return bool(self.others and self.others.meets)

    def build_occasions(self, mechanisms: Iterable[str]) -> OccasionTable:
        """When agents can do something, where these mechanisms are at work."""
        thresholds = compute_reactions(self.scheme, self.acts, mechanisms).thresholds
        return build_occasion_table(self.scheme, self.plan, thresholds, self.is_bad)

    def live(self, agents: AgentTable, occasions: OccasionTable) -> tuple[NDArray[np.signedinteger], Integers, int]:
        """What is kept of each life, what all did together, and how many lived again with more room."""
        if self.others and self.meets:
            whole = live_together(self._couple(self.others), agents, occasions, self.room)
            return *whole, 0
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

    def _live(self, agents: AgentTable, occasions: OccasionTable, room: int) -> tuple[Integers, Integers]:
        parts = (np.uint64(self.seed), agents, self.month_starts, self.rules, self.origins, occasions)
        if self.past and self.others:
            outside = self.others.read_listed(find_rows(agents), len(self.month_starts) - 1)
            kept, totals = live_chunk_by_month(*parts, self.past, outside, room)
        else:
            kept, totals = live_chunk(*parts, room)
        return kept, totals.sum(axis=0)

    def _couple(self, others: Others) -> CoupledTables:
        assert self.past is not None
        return CoupledTables(self.seed, self.month_starts, self.rules, self.origins, self.past, others.table)

    def watch_others(self, everybody: AgentTable, occasions: OccasionTable, rows: Integers) -> NDArray[np.uint8]:
        """What others say of some agents, by agent, month and column, while all live together."""
        assert self.others is not None and self.past is not None
        columns, months = self.past.outside_columns, len(self.month_starts) - 1
        outside = np.zeros((len(rows), months, len(columns)), np.uint8)

        def notice(month: int, agents: AgentTable) -> None:
            outside[:, month] = agents.sources[rows][:, columns]

        live_together(self._couple(self.others), everybody, occasions, self.room, notice)
        return outside

    def write(
        self, agents: AgentTable, occasions: OccasionTable, outside: NDArray[np.uint8] | None = None
    ) -> tuple[Integers, Integers]:
        """The records and the standings of these lives, in the order of time of each, as `life_loop` writes them.

        `outside` is what others say, by agent, month and column, where agents meet.
        """
        room, rows = max(self.room, 64), 64 * len(agents.keys)
        if self.others and outside is None:
            outside = self.others.read_listed(find_rows(agents), len(self.month_starts) - 1)
        while True:
            logs = np.empty((rows, LOG_SIZE), np.int64), np.empty((rows, LOG_SIZE), np.int64)
            parts = (np.uint64(self.seed), agents, self.month_starts, self.rules, self.origins, occasions)
            if self.past:
                records, standings = write_lives_by_month(*parts, self.past, outside, room, *logs)
            else:
                records, standings = write_lives(*parts, room, *logs)
            if records >= 0 and max(records, standings) <= rows:
                return logs[0][:records], logs[1][:standings]
            room, rows = (4 * room, rows) if records < 0 else (room, max(records, standings))


def prepare_lives(
    population: Population,
    scheme: SchemeArrays,
    kind: AgentKind,
    acts: Acts,
    start: date,
    months: int,
    seed: int,
    is_bad: NDArray[np.bool_],
    ties: Ties | None = None,
    beside: Mapping[str, ListedMonths] | None = None,
) -> SchemeLives:
    """The lives of a kind of agent under a scheme from a day on."""
    plan = plan_scheme_acts(population, acts, scheme, kind)
    first = (start - EPOCH).days
    month_starts = np.array([find_month_start(first, month) for month in range(months + 1)], np.int64)
    origins = build_origin_table(scheme, plan, compute_noticed(population, scheme, kind, seed))
    rules = build_points_table(scheme, scheme.points[0]) if scheme.points else build_outcome_table(scheme)
    past = build_past_table(scheme, plan.names)
    others = build_others(population, scheme, kind, months, ties, beside or {}) if past else None
    origins = spread_levels(scheme, origins) if past else origins
    return SchemeLives(scheme, kind, seed, month_starts, acts, plan, rules, origins, is_bad, past, others)


def find_rows(agents: AgentTable) -> Integers:
    """The numbers of agents, by their keys."""
    return (agents.keys & ~FIRM).astype(np.int64)


def select_agents(agents: AgentTable, rows: NDArray[np.int64]) -> AgentTable:
    """Those agents of a table."""
    return AgentTable(
        agents.keys[rows], agents.cells[rows], agents.flags[rows], agents.sources[rows], agents.places[rows],
        agents.falls[rows],
    )  # fmt: skip


def _build_refusal(agents: AgentTable, left: NDArray[np.int64], room: int) -> LaboratoryError:
    params = {"agent": int(agents.keys[left[0]]), "room": room // 4}
    return LaboratoryError(Message(RunMessage.LIFE_TOO_LONG, params))
