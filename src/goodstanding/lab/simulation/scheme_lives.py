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
from goodstanding.lab.simulation.docket.docket_memory import DECISION_LOG, LISTING_LOG
from goodstanding.lab.simulation.docket.docket_table import ArmTables, build_docket_table
from goodstanding.lab.simulation.drawn_chunks import compute_noticed, plan_scheme_acts
from goodstanding.lab.simulation.kernel_tables import (
    AgentTable,
    Integers,
    OriginTable,
    PointsTable,
    build_empty_table,
    build_occasion_table,
    build_origin_table,
    build_points_table,
)
from goodstanding.lab.simulation.life_loop import KEPT_FITS, live_agents
from goodstanding.lab.simulation.life_records import LOG_SIZE
from goodstanding.lab.simulation.reactions import compute_reactions
from goodstanding.lab.simulation.scheme_checks import EPOCH
from goodstanding.lab.world import ActPlan, Population
from goodstanding.messages import Message, RunMessage

FIRST_ROOM, MOST_ROOM = 16, 1 << 14


@dataclass(frozen=True, slots=True)
class SchemeLives:
    """A scheme as the kernel reads it, for agents of one kind of a population, over some months.

    `sure_act` is what everybody does within the first year, as they were drawn for it. `room` is for how many records
    at a time an agent has a place at first; whoever needs more lives again with more.
    """

    scheme: SchemeArrays
    kind: AgentKind
    seed: int
    month_starts: Integers
    acts: Acts
    plan: ActPlan
    rules: PointsTable
    origins: OriginTable
    is_bad: NDArray[np.bool_]
    is_bad_list: NDArray[np.bool_]
    sure_act: str = ""
    room: int = FIRST_ROOM

    def build_occasions(self, mechanisms: Iterable[str]) -> ArmTables:
        """When agents can do something, where these mechanisms are at work, and what of cases."""
        at_work, months = tuple(mechanisms), len(self.month_starts) - 1
        reactions = compute_reactions(self.scheme, self.acts, at_work)
        table = build_occasion_table(self.scheme, self.plan, reactions.thresholds, self.is_bad, months)
        days = int(self.month_starts[0]), int(self.month_starts[-1])
        parts = (self.scheme, self.acts, days, reactions.shares, self.is_bad_list, self.sure_act, at_work)
        return ArmTables(table, build_docket_table(*parts))

    def live(self, agents: AgentTable, tables: ArmTables) -> tuple[Integers, Integers, int]:
        """What is kept of each life, what all did together, and how many lived again with more room."""
        room = self.room
        kept, totals = self._live(agents, tables, room)
        left = np.flatnonzero(kept[:, KEPT_FITS] == 0)
        again = len(left)
        while len(left):
            room *= 4
            if room > MOST_ROOM:
                raise _build_refusal(agents, left, room)
            kept_again, totals_again = self._live(select_agents(agents, left), tables, room)
            kept[left] = kept_again
            totals += totals_again
            left = left[kept_again[:, KEPT_FITS] == 0]
        return kept, totals, again

    def _live(self, agents: AgentTable, tables: ArmTables, room: int) -> tuple[Integers, Integers]:
        kept, totals, _written = self._call_kernel(agents, tables, room, _open_logs(0))
        return kept, totals

    def write(self, agents: AgentTable, tables: ArmTables) -> WrittenLives:
        """What is written down of these lives, in the order of time of each, as `life_loop` writes it."""
        room, rows = max(self.room, 64), 64 * len(agents.keys)
        while True:
            logs = _open_logs(rows)
            kept, _totals, written = self._call_kernel(agents, tables, room, logs)
            is_roomy, most = bool(kept[:, KEPT_FITS].all()), int(written.max())
            if is_roomy and most <= rows:
                return WrittenLives(*(log[:number] for log, number in zip(logs, written, strict=True)))
            room, rows = (room, most) if is_roomy else (4 * room, rows)

    def _call_kernel(
        self, agents: AgentTable, tables: ArmTables, room: int, logs: tuple[Integers, ...]
    ) -> tuple[Integers, Integers, Integers]:
        of_scheme = self.month_starts, self.rules, self.origins, *tables
        kept, totals, written = live_agents(np.uint64(self.seed), agents, *of_scheme, room, logs)
        return kept, totals, written


@dataclass(frozen=True, slots=True)
class WrittenLives:
    """Rows of lives: records and standings of points, decisions and listings of cases."""

    records: Integers
    standings: Integers
    decisions: Integers
    listings: Integers


def _open_logs(rows: int) -> tuple[Integers, ...]:
    """Room for so many records, standings, decisions and listings."""
    return tuple(np.empty((rows, width), np.int64) for width in (LOG_SIZE, LOG_SIZE, DECISION_LOG, LISTING_LOG))


def prepare_lives(
    population: Population,
    scheme: SchemeArrays,
    kind: AgentKind,
    acts: Acts,
    start: date,
    months: int,
    seed: int,
    is_bad: NDArray[np.bool_],
    is_bad_list: NDArray[np.bool_],
) -> SchemeLives:
    """The lives of a kind of agent under a scheme from a day on."""
    plan = plan_scheme_acts(population, acts, scheme, kind)
    first = (start - EPOCH).days
    month_starts = np.array([find_month_start(first, month) for month in range(months + 1)], np.int64)
    origins = build_origin_table(scheme, plan, compute_noticed(population, scheme, kind, seed))
    rules = build_points_table(scheme, scheme.points[0]) if scheme.points else build_empty_table(scheme)
    sure_act = (population.part.act if population.part else None) or ""
    return SchemeLives(scheme, kind, seed, month_starts, acts, plan, rules, origins, is_bad, is_bad_list, sure_act)


def select_agents(agents: AgentTable, rows: NDArray[np.int64]) -> AgentTable:
    """Those agents of a table."""
    return AgentTable(
        agents.keys[rows], agents.cells[rows], agents.flags[rows], agents.sources[rows], agents.places[rows],
        agents.falls[rows],
    )  # fmt: skip


def _build_refusal(agents: AgentTable, left: NDArray[np.int64], room: int) -> LaboratoryError:
    params = {"agent": int(agents.keys[left[0]]), "room": room // 4}
    return LaboratoryError(Message(RunMessage.LIFE_TOO_LONG, params))
