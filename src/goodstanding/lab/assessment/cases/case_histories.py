"""Lives with cases, written down: a standing is a grade with the lists on which somebody is, numbered as it comes."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from goodstanding.lab.assessment.life_histories import DoneActs, LifeHistory, join_schemes
from goodstanding.lab.compilation.scheme_arrays import NONE, SchemeArrays, Trigger
from goodstanding.lab.simulation.kernel_tables import AgentTable, Integers
from goodstanding.lab.simulation.run_counts import Mechanisms
from goodstanding.lab.simulation.scheme_lives import SchemeLives, WrittenLives

S_GRADE, S_LISTS, S_UNABLE, S_MEASURES = range(4)  # of a standing: all but the grade have a bit for each
H_AGENT, H_DAY, H_TRIGGER, H_WHICH, H_TRUTH = range(5)  # of what happened: an act, where the trigger is NONE
E_AGENT, E_DAY, E_OCCURRED, E_VARIANT, E_ORDER, E_ABOUT, E_DEBT = range(7)  # of a decision
_AGENT, _DAY, _WHICH, _STEP = range(4)  # of a listing


@dataclass(slots=True)
class StandingBook:
    """The standings that lives showed, in the order in which they were first seen."""

    numbers: dict[tuple[int, ...], int] = field(default_factory=dict)

    def number_standings(self, rows: Integers) -> Integers:
        """The number of each row; a new one where nobody had it yet."""
        seen, places = np.unique(rows, axis=0, return_inverse=True)
        numbers = [self.numbers.setdefault(tuple(row), len(self.numbers)) for row in seen.tolist()]
        return np.array(numbers, np.int64)[places.reshape(-1)]

    def list_standings(self) -> Integers:
        """A row for each, by number: grade, lists, those of them for debts that cannot be paid, measures on lists."""
        return np.array(list(self.numbers), np.int64).reshape(-1, 4)


@dataclass(frozen=True, slots=True)
class CaseHistory(LifeHistory):
    """A history in which a grade is the number of a standing, with decisions, and what happened to debts."""

    decisions: Integers
    happenings: Integers

    def count_debts(self, trigger: Trigger, debts: Integers | None = None) -> Integers:
        """For each agent how many debts something happened to; of some debts alone, rows of agent and debt."""
        rows = self.happenings[self.happenings[:, H_TRIGGER] == trigger][:, [H_AGENT, H_WHICH]]
        if debts is not None:
            rows = rows[np.isin(_join(rows), _join(debts))]
        return np.bincount(rows[:, 0], minlength=self.agents)

    def list_debts(self) -> Integers:
        """Rows of agent, debt, and what is true and believed of it, as it arises."""
        opened = self.happenings[self.happenings[:, H_TRIGGER] == Trigger.OPENS]
        return np.asarray(opened[:, [H_AGENT, H_WHICH, H_TRUTH]])


def _join(rows: Integers) -> Integers:
    return np.asarray(rows[:, 0] << 32 | rows[:, 1])


def write_case_history(
    lives: SchemeLives, table: AgentTable, mechanisms: Mechanisms, book: StandingBook
) -> CaseHistory:
    """Lives these agents again, with some mechanisms at work."""
    written = lives.write(table, lives.build_occasions(mechanisms))
    first, end = int(lives.month_starts[0]), int(lives.month_starts[-1])
    standings = _list_standings(lives, written, len(table.keys), book)
    acts = _list_acts(written.happenings, lives.month_starts)
    happenings = written.happenings[written.happenings[:, H_TRIGGER] != NONE]
    return CaseHistory(len(table.keys), first, end, standings, written.records, acts, written.decisions, happenings)


def _list_acts(happenings: Integers, month_starts: Integers) -> DoneActs:
    rows = happenings[happenings[:, H_TRIGGER] == NONE]
    agents, days, acts = rows[:, H_AGENT], rows[:, H_DAY], rows[:, H_WHICH]
    months = np.searchsorted(month_starts, days, side="right") - 1
    order = np.lexsort((acts, months, agents))
    return DoneActs(agents[order], acts[order], months[order], days[order])


def _list_standings(lives: SchemeLives, written: WrittenLives, agents: int, book: StandingBook) -> Integers:
    """Rows of agent, day, score and standing: of everybody from the first day on, and whenever anything changed."""
    first, width = int(lives.month_starts[0]), int(lives.month_starts[-1] - lives.month_starts[0]) + 1
    listed, graded = _list_days_of_lists(lives.scheme, written.listings), _list_grades(lives, written)
    streams = [(rows, rows[:-1, 0] * width + rows[:-1, 1] - first) for rows in (graded, listed)]
    keys = np.unique(np.concatenate([np.arange(agents) * width, *(own_keys for _rows, own_keys in streams)]))
    owners = keys // width
    grades, lists = (_fill(rows, keys, own_keys, owners) for rows, own_keys in streams)
    numbers = book.number_standings(np.column_stack([grades[:, 1], lists]))
    return np.column_stack([owners, keys % width + first, grades[:, 0], numbers])


def _list_grades(lives: SchemeLives, written: WrittenLives) -> Integers:
    """Rows of agent, day, score and grade; last, nobody's."""
    return np.vstack([join_schemes(lives, written.standings), [[NONE, 0, 0, NONE]]])


def _list_days_of_lists(scheme: SchemeArrays, log: Integers) -> Integers:
    """Rows of agent, day, lists, those for debts that cannot be paid, and measures; last, nobody's."""
    lists = len(scheme.stated_cases.list_names) if scheme.stated_cases else 0
    is_first = log[:, _WHICH] == NONE
    days, places = log[is_first], np.cumsum(is_first) - 1
    bits = np.zeros((2, len(days) + 1), np.int64)
    for row, is_own in enumerate((~is_first & (log[:, _WHICH] < lists), log[:, _WHICH] >= lists)):
        np.bitwise_or.at(bits[row], places[is_own], 1 << (log[is_own, _WHICH] - row * lists))
    columns = np.column_stack([days[:, _AGENT], days[:, _DAY], bits[0, :-1], days[:, _STEP], bits[1, :-1]])
    return np.vstack([columns, [[NONE, 0, 0, 0, 0]]])


def _fill(rows: Integers, keys: Integers, own_keys: Integers, owners: Integers) -> Integers:
    """For each key what holds then: the last row of its agent up to it, or nobody's, which is the last of all."""
    places = np.searchsorted(own_keys, keys, side="right") - 1
    is_own = (places >= 0) & (rows[places, 0] == owners)
    return np.asarray(rows[np.where(is_own, places, NONE), 2:])
