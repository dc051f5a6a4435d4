"""What was written down of lives: their standings, records and acts, as rows in the order of time of each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goodstanding.lab.compilation.scheme_arrays import NONE
from goodstanding.lab.simulation.drawn_chunks import AgentChunk
from goodstanding.lab.simulation.kernel_tables import AgentTable, Integers, Words
from goodstanding.lab.simulation.life_records import GONE, LOG_AGENT, LOG_DAY, LOG_FIRST, LOG_ORDER, LOG_SECOND
from goodstanding.lab.simulation.outcomes.grade_levels import list_standings
from goodstanding.lab.simulation.reactions import compute_reactions
from goodstanding.lab.simulation.run_counts import Mechanisms
from goodstanding.lab.simulation.scheme_lives import SchemeLives
from goodstanding.lab.world import Population
from goodstanding.lab.world.candidates import draw_candidates

Truths = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class DoneActs:
    """Acts that were done, by agent and time: which of the plan's acts, in which month, on which day."""

    agents: Integers
    acts: Integers
    months: Integers
    days: Integers

    def count_by_agent(self, is_counted: Truths, agents: int, from_day: int = 0) -> Integers:
        """How many of some acts each agent did from a day on."""
        rows = is_counted[self.acts] & (self.days >= from_day)
        return np.bincount(self.agents[rows], minlength=agents)


@dataclass(frozen=True, slots=True)
class LifeHistory:
    """What became of so many agents from the first day to before the end; agents are numbered from 0.

    standings  rows of agent, day, score and grade, each from its day on: the last of a day, from the first one on
    records    rows as `life_records` writes them
    acts       what was done
    """

    agents: int
    first_day: int
    end_day: int
    standings: Integers
    records: Integers
    acts: DoneActs

    @property
    def years(self) -> float:
        """How long each life is looked at."""
        return (self.end_day - self.first_day) / 365.25

    @property
    def lengths(self) -> Integers:
        """For how many days each row of the standings holds."""
        owners, days = self.standings[:, 0], self.standings[:, 1]
        is_last = np.append(owners[1:] != owners[:-1], True)[: len(owners)]
        return np.asarray(np.where(is_last, self.end_day, np.append(days[1:], self.end_day)[: len(days)]) - days)

    def count_days(self, is_counted: Truths) -> Floats:
        """For each agent the days at some grades; the last of `is_counted` is for no grade."""
        weights = self.lengths * is_counted[self.standings[:, 3]]
        return np.asarray(np.bincount(self.standings[:, 0], weights=weights, minlength=self.agents), np.float64)

    def find_rows(self, agents: Integers, days: Integers) -> Integers:
        """The row of the standings that holds for each agent on a day; NONE before its first."""
        keys = self.build_keys(self.standings[:, 0], self.standings[:, 1])
        rows = np.searchsorted(keys, self.build_keys(agents, days), side="right") - 1
        is_own = (rows >= 0) & (self.standings[np.maximum(rows, 0), 0] == agents) if len(keys) else rows >= 0
        return np.where(is_own, rows, NONE)

    def find_standings(self, day: int) -> tuple[Integers, Integers]:
        """Score and grade of each agent on a day; grade NONE where it has none."""
        everybody = np.arange(self.agents)
        rows = self.find_rows(everybody, np.full(self.agents, day))
        padded = np.vstack([self.standings, [[NONE, 0, 0, NONE]]])  # row NONE is the last
        return padded[rows, 2], padded[rows, 3]

    def build_keys(self, agents: Integers, days: Integers) -> Integers:
        """One number for an agent and a day, in the order of both."""
        return np.asarray(agents * (self.end_day - self.first_day + 1) + (days - self.first_day))


def write_history(population: Population, lives: SchemeLives, chunk: AgentChunk, mechanisms: Mechanisms) -> LifeHistory:
    """Lives these agents again under a scheme with some mechanisms at work, and writes them down."""
    table, tables = chunk.table, lives.build_occasions(mechanisms)
    written = lives.write(table, tables, lives.watch_others(population, tables, chunk.numbers))
    records, rows = written.records, join_schemes(lives, written.standings)
    is_last = np.append((rows[1:, :2] != rows[:-1, :2]).any(axis=1), True)[: len(rows)]
    thresholds = compute_reactions(lives.scheme, lives.acts, mechanisms).thresholds
    acts = _list_done_acts(lives, table, thresholds, records, rows)
    starts = lives.month_starts
    return LifeHistory(len(table.keys), int(starts[0]), int(starts[-1]), rows[is_last], records, acts)


def join_schemes(lives: SchemeLives, log: Integers) -> Integers:
    """Rows of agent, day, score and standing: with several schemes the standing is that in all, and has no score."""
    rows = log[:, [LOG_AGENT, LOG_DAY, LOG_FIRST, LOG_SECOND]]
    strides = list_standings(lives.scheme).strides
    if len(strides) == 1:
        return rows
    joined = np.zeros(len(log), np.int64)
    for scheme, stride in enumerate(strides):
        own = np.flatnonzero(log[:, LOG_ORDER] == scheme)
        places = np.searchsorted(own, np.arange(len(log)), side="right") - 1
        newest = own[np.maximum(places, 0)] if len(own) else np.zeros(len(log), np.int64)
        is_own = (places >= 0) & (rows[newest, 0] == rows[:, 0])
        joined += stride * np.where(is_own, rows[newest, 3] + 1, 0)
    return np.column_stack([rows[:, :2], np.zeros(len(log), np.int64), joined - 1])


def _list_done_acts(
    lives: SchemeLives, table: AgentTable, thresholds: Words, records: Integers, rows: Integers
) -> DoneActs:
    """The candidates whose luck the standing of their month lets happen, as the kernel decides."""
    plan, starts = lives.plan, lives.month_starts
    drawn = draw_candidates(
        lives.seed, table.keys, table.cells.astype(np.int32), table.flags, plan, len(starts) - 1
    )  # fmt: skip
    agents, acts, months = (column.astype(np.int64) for column in (drawn.agents, drawn.acts, drawn.months))
    grades = _find_seen_grades(lives, rows, records, agents, acts, months)
    happens = drawn.lucks.astype(np.uint64) < thresholds[grades + 1, acts]
    agents, acts, months = agents[happens], acts[happens], months[happens]
    lengths = (starts[months + 1] - starts[months]).astype(np.uint64)
    days = starts[months] + (drawn.days[happens].astype(np.uint64) * lengths >> np.uint64(32)).astype(np.int64)
    order = np.lexsort((acts, months, agents))
    return DoneActs(agents[order], acts[order], months[order], days[order])


def _find_seen_grades(
    lives: SchemeLives, rows: Integers, records: Integers, agents: Integers, acts: Integers, months: Integers
) -> Integers:
    """The grade that decides about each candidate: that of the first day of its month.

    Of what that day brings, a candidate does not see what it or a later one of its month leads to.
    """
    starts, width = lives.month_starts, int(lives.month_starts[-1] - lives.month_starts[0] + 1)
    keys = rows[:, 0] * width + rows[:, 1] - starts[0]
    places = np.searchsorted(keys, agents * width + starts[months] - starts[0], side="right") - 1
    places -= _count_later_records(lives, records, agents, acts, months) * len(list_standings(lives.scheme).schemes)
    is_own = (places >= 0) & (rows[np.maximum(places, 0), 0] == agents) if len(rows) else places >= 0
    return np.where(is_own, rows[np.maximum(places, 0), 3] if len(rows) else NONE, NONE)


def _count_later_records(
    lives: SchemeLives, records: Integers, agents: Integers, acts: Integers, months: Integers
) -> Integers:
    """How many acts of a candidate's own month, it or later ones, were known on its first day."""
    starts, number = lives.month_starts, len(lives.plan.names)
    filed = records[records[:, LOG_SECOND] != GONE]
    month = np.searchsorted(starts, filed[:, LOG_FIRST], side="right") - 1
    own_acts = find_record_acts(lives, filed[:, LOG_SECOND])
    at_once = (filed[:, LOG_DAY] == starts[month]) & (filed[:, LOG_FIRST] == starts[month]) & (own_acts != NONE)
    keys = np.unique(((filed[:, LOG_AGENT] * len(starts) + month) * number + own_acts)[at_once])
    own_month = (agents * len(starts) + months) * number
    return np.searchsorted(keys, own_month + number) - np.searchsorted(keys, own_month + acts)


def find_record_origins(lives: SchemeLives, variants: Integers) -> Integers:
    """The origin of the records of these variants."""
    return np.asarray(np.searchsorted(lives.scheme.origins.variants, variants, side="right") - 1, dtype=np.int64)


def find_record_acts(lives: SchemeLives, variants: Integers) -> Integers:
    """The act of the plan that records of these variants are about; NONE where they are about none."""
    names = lives.scheme.origins.act_names
    places = [lives.plan.names.index(name) if name in lives.plan.names else NONE for name in names]
    acts = lives.scheme.origins.acts[find_record_origins(lives, variants)]
    return np.array([*places, NONE], np.int64)[acts]


def mark_false_records(lives: SchemeLives, history: LifeHistory) -> Truths:
    """Which rows of the records say what nobody did on that day; rows that withdraw a record are none of these."""
    records, number = history.records, len(lives.plan.names)
    acts = find_record_acts(lives, np.maximum(records[:, LOG_SECOND], 0))
    done = history.build_keys(history.acts.agents, history.acts.days) * number + history.acts.acts
    recorded = history.build_keys(records[:, LOG_AGENT], records[:, LOG_FIRST]) * number + acts
    return np.asarray((records[:, LOG_SECOND] != GONE) & (acts != NONE) & ~np.isin(recorded, done))


def mark_withdrawn_records(history: LifeHistory) -> Truths:
    """Which rows of the records were withdrawn later."""
    records = history.records
    keys = records[:, LOG_AGENT] << 32 | records[:, LOG_ORDER]
    is_gone = records[:, LOG_SECOND] == GONE
    return np.asarray(~is_gone & np.isin(keys, keys[is_gone]))
