"""The lives of agents of a kind under a scheme: the kernel, its tables, and room for whoever needs more of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from goodstanding.errors import LaboratoryError
from goodstanding.lab.acts import Acts, AgentKind
from goodstanding.lab.compilation.scheme_arrays import SchemeArrays
from goodstanding.lab.simulation.civil_days import find_month_start
from goodstanding.lab.simulation.docket.docket_memory import DECISION_LOG, HAPPENING_LOG, LISTING_LOG
from goodstanding.lab.simulation.docket.docket_table import ArmTables, build_docket_table
from goodstanding.lab.simulation.drawn_chunks import (
    AgentChunk,
    build_chunk,
    build_whole,
    compute_noticed,
    get_cells,
    plan_scheme_acts,
)
from goodstanding.lab.simulation.kernel_tables import (
    AgentTable,
    Integers,
    OriginTable,
    PointsTable,
    build_empty_table,
    build_occasion_table,
    build_origin_table,
    build_points_table,
    compute_occasion_odds,
)
from goodstanding.lab.simulation.life_loop import KEPT_FALL, KEPT_FITS, live_agents
from goodstanding.lab.simulation.life_records import LOG_SIZE
from goodstanding.lab.simulation.months.crowd_lives import CoupledTables, live_together
from goodstanding.lab.simulation.months.month_loop import live_agents_by_month
from goodstanding.lab.simulation.months.others import ListedMonths, Others, build_others
from goodstanding.lab.simulation.months.past_tables import PastTable, build_past_table, spread_levels
from goodstanding.lab.simulation.outcomes.outcome_tables import OutcomeTable, build_outcome_table
from goodstanding.lab.simulation.reactions import compute_reactions
from goodstanding.lab.simulation.scheme_checks import EPOCH
from goodstanding.lab.world import ActPlan, Population
from goodstanding.lab.world.agents import FIRM
from goodstanding.lab.world.ties import Ties
from goodstanding.messages import Message, RunMessage

Kept = NDArray[np.int32]  # a row for each life, its columns as `life_loop` names them
LivedArm = tuple[Kept, Integers, int]  # what is kept of each life, what all did, how many lived again with more room
FIRST_ROOM, MOST_ROOM = 64, 1 << 14


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
    rules: PointsTable | OutcomeTable
    origins: OriginTable
    odds: NDArray[np.float64]
    is_bad: NDArray[np.bool_]
    is_bad_list: NDArray[np.bool_]
    size: int
    past: PastTable | None = None
    others: Others | None = None
    sure_act: str = ""
    room: int = FIRST_ROOM

    @property
    def meets(self) -> bool:
        """Whether all of these agents have to live together."""
        return bool(self.others and self.others.meets)

    def build_agents(self, population: Population, numbers: range) -> AgentChunk:
        """Some of these agents; all at once where they have to live together."""
        if self.meets:
            return build_whole(population, self.scheme, self.kind)
        return build_chunk(population, self.scheme, self.kind, np.arange(numbers.start, numbers.stop))

    def build_arms(self, arms: Sequence[tuple[str, ...]]) -> list[ArmTables]:
        """The tables of several arms; with those of the first the others can be told beside it, where nobody meets."""
        beside = arms[1:] if self.past is None else ()
        return [self.build_occasions(arms[0], beside), *map(self.build_occasions, arms[1:])]

    def build_occasions(self, mechanisms: Iterable[str], others: Iterable[tuple[str, ...]] = ()) -> ArmTables:
        """When agents can do something, where these mechanisms are at work, and what of cases."""
        at_work = tuple(mechanisms)
        reactions = compute_reactions(self.scheme, self.acts, at_work)
        thresholds = [reactions.thresholds]
        thresholds += [compute_reactions(self.scheme, self.acts, other).thresholds for other in others]
        table = build_occasion_table(self.scheme, self.plan, self.odds, thresholds, self.is_bad)
        days = int(self.month_starts[0]), int(self.month_starts[-1])
        parts = (self.scheme, self.acts, days, reactions.shares, self.is_bad_list, self.sure_act, at_work)
        return ArmTables(table, build_docket_table(*parts))

    def live_arms(self, agents: AgentTable, arms: Sequence[ArmTables]) -> list[LivedArm]:
        """The lives of every arm, as `build_arms` has them; the falls of the first are those of all.

        Whose life would be the same in another arm does not live it twice.
        """
        if self.past is not None:
            first = self.live(agents, arms[0])
            agents = _fix_falls(agents, first[0])
            return [first, *(self.live(agents, tables) for tables in arms[1:])]
        kept, totals, again = self._live_with_room(agents, arms[0])
        agents, lived = _fix_falls(agents, kept), [(kept, totals[0], len(again))]
        for number, tables in enumerate(arms[1:], start=1):
            rows = np.flatnonzero(kept[:, KEPT_FITS] >> number & 1)
            own, own_totals, own_again = self.live(select_agents(agents, rows), tables)
            of_arm = kept.copy()
            of_arm[rows] = own
            lived.append((of_arm, totals[number] + own_totals, own_again + len(np.setdiff1d(again, rows))))
        return lived

    def live(self, agents: AgentTable, tables: ArmTables) -> LivedArm:
        """What is kept of each life, what all did together, and how many lived again with more room."""
        if self.others and self.meets:
            whole = live_together(self._couple(self.others), agents, tables.occasions, self.room)
            return *whole, 0
        kept, totals, again = self._live_with_room(agents, tables)
        return kept, totals[0], len(again)

    def _live_with_room(self, agents: AgentTable, tables: ArmTables) -> tuple[Kept, Integers, Integers]:
        """The same, what was done by those too whose lives are the same in other arms; and who lived again."""
        room = self.room
        kept, totals = self.live_alone(agents, tables, self._read_listed(agents), room)
        again = left = np.flatnonzero(kept[:, KEPT_FITS] == 0)
        while len(left):
            room *= 4
            if room > MOST_ROOM:
                raise _build_refusal(agents, left, room)
            few = select_agents(agents, left)
            kept_again, totals_again = self.live_alone(few, tables, self._read_listed(few), room)
            kept[left] = kept_again
            totals += totals_again
            left = left[kept_again[:, KEPT_FITS] == 0]
        return kept, totals, again

    def live_alone(
        self, agents: AgentTable, tables: ArmTables, outside: NDArray[np.uint8] | None, room: int
    ) -> tuple[Kept, Integers]:
        """The same one after another, as far as there is room; `outside` is what others say of them."""
        kept, totals, _written = self._call_kernel(agents, tables, outside, room, _open_logs(0))
        return kept, totals

    def _couple(self, others: Others) -> CoupledTables:
        assert self.past is not None
        return CoupledTables(self.seed, self.month_starts, self.rules, self.origins, self.past, others.table)

    def _read_listed(self, agents: AgentTable) -> NDArray[np.uint8] | None:
        months = len(self.month_starts) - 1
        return self.others.read_listed((agents.keys & ~FIRM).astype(np.int64), months) if self.others else None

    def watch_others(self, population: Population, tables: ArmTables, rows: Integers) -> NDArray[np.uint8] | None:
        """What others say of some agents, by agent, month and column; None where they do not live together."""
        if not (self.others and self.meets and self.past):
            return None
        columns, months = self.past.outside_columns, len(self.month_starts) - 1
        outside = np.zeros((len(rows), months, len(columns)), np.uint8)

        def notice(month: int, agents: AgentTable) -> None:
            outside[:, month] = agents.sources[rows][:, columns]

        everybody = build_whole(population, self.scheme, self.kind).table
        live_together(self._couple(self.others), everybody, tables.occasions, self.room, notice)
        return outside

    def write(self, agents: AgentTable, tables: ArmTables, outside: NDArray[np.uint8] | None = None) -> WrittenLives:
        """What is written down of these lives, in the order of time of each, as `life_loop` writes it.

        `outside` is what others said of them, where agents meet.
        """
        outside = self._read_listed(agents) if outside is None else outside
        room, rows = max(self.room, 64), 64 * len(agents.keys)
        while True:
            logs = _open_logs(rows)
            kept, _totals, written = self._call_kernel(agents, tables, outside, room, logs)
            is_roomy, most = bool(kept[:, KEPT_FITS].all()), int(written.max())
            if is_roomy and most <= rows:
                return WrittenLives(*(log[:number] for log, number in zip(logs, written, strict=True)))
            room, rows = (room, most) if is_roomy else (4 * room, rows)

    def _call_kernel(
        self,
        agents: AgentTable,
        tables: ArmTables,
        outside: NDArray[np.uint8] | None,
        room: int,
        logs: tuple[Integers, ...],
    ) -> tuple[Kept, Integers, Integers]:
        of_scheme = self.month_starts, self.rules, self.origins, tables.occasions
        if self.past is None:
            kept, totals, written = live_agents(np.uint64(self.seed), agents, *of_scheme, tables.docket, room, logs)
        else:
            kept, total, written = live_agents_by_month(
                np.uint64(self.seed), agents, *of_scheme, self.past, outside, room, logs
            )
            totals = total.reshape(1, -1)
        return kept, totals, written


@dataclass(frozen=True, slots=True)
class WrittenLives:
    """Rows of lives: records and standings of points; of cases decisions, listings, acts, and what happens to debts."""

    records: Integers
    standings: Integers
    decisions: Integers
    listings: Integers
    happenings: Integers


def _open_logs(rows: int) -> tuple[Integers, ...]:
    """Room for so many records, standings, decisions, listings and happenings."""
    widths = (LOG_SIZE, LOG_SIZE, DECISION_LOG, LISTING_LOG, HAPPENING_LOG)
    return tuple(np.empty((rows, width), np.int64) for width in widths)


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
    ties: Ties | None = None,
    beside: Mapping[str, ListedMonths] | None = None,
) -> SchemeLives:
    """The lives of a kind of agent under a scheme from a day on."""
    plan = plan_scheme_acts(population, acts, scheme, kind)
    first = (start - EPOCH).days
    month_starts = np.array([find_month_start(first, month) for month in range(months + 1)], np.int64)
    origins = build_origin_table(scheme, plan, compute_noticed(population, scheme, kind, seed))
    rules: PointsTable | OutcomeTable
    if scheme.outcomes:
        rules = build_outcome_table(scheme)
    else:
        rules = build_points_table(scheme, scheme.points[0]) if scheme.points else build_empty_table(scheme)
    odds = compute_occasion_odds(scheme, plan, months)
    past, size = build_past_table(scheme, plan.names), get_cells(population, kind).size
    others = build_others(size, scheme, kind, months, ties, beside or {}) if past else None
    origins = spread_levels(scheme, origins) if past else origins
    sure_act = (population.part.act if population.part else None) or ""
    return SchemeLives(
        scheme, kind, seed, month_starts, acts, plan, rules, origins, odds, is_bad, is_bad_list, size, past, others,
        sure_act,
    )  # fmt: skip


def _fix_falls(agents: AgentTable, kept: Kept) -> AgentTable:
    """The same agents, who fell when these lives did."""
    return agents._replace(falls=kept[:, KEPT_FALL].astype(agents.falls.dtype))  # in one piece, as compiled for


def select_agents(agents: AgentTable, rows: NDArray[np.int64]) -> AgentTable:
    """Those agents of a table."""
    return AgentTable(
        agents.keys[rows], agents.cells[rows], agents.flags[rows], agents.sources[rows], agents.places[rows],
        agents.falls[rows],
    )  # fmt: skip


def _build_refusal(agents: AgentTable, left: NDArray[np.int64], room: int) -> LaboratoryError:
    params = {"agent": int(agents.keys[left[0]]), "room": room // 4}
    return LaboratoryError(Message(RunMessage.LIFE_TOO_LONG, params))
