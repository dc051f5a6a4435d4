"""A sample of lives with cases, who live again without what offices got wrong, and with everything ended at once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from goodstanding.catalogue.model import Catalogue
from goodstanding.lab.assessment.cases.case_histories import (
    S_GRADE,
    S_LISTS,
    S_MEASURES,
    S_UNABLE,
    CaseHistory,
    StandingBook,
    write_case_history,
)
from goodstanding.lab.assessment.cases.decision_work import count_decision_work
from goodstanding.lab.assessment.cases.scheme_corrections import (
    BELIEFS,
    DISPUTES,
    FALSE_RECORDS,
    REMOVALS,
    mend_scheme,
)
from goodstanding.lab.assessment.life_histories import Floats, LifeHistory, Truths
from goodstanding.lab.assessment.life_samples import TWIN, LifeSample, is_heard
from goodstanding.lab.compilation.scheme_arrays import CaseArrays, MeasureArrays
from goodstanding.lab.simulation.drawn_chunks import compute_noticed
from goodstanding.lab.simulation.kernel_tables import (
    AgentTable,
    Integers,
    build_origin_table,
    compute_occasion_odds,
)
from goodstanding.lab.simulation.run_counts import Mechanisms
from goodstanding.lab.simulation.scheme_lives import SchemeLives

MISTAKES = (FALSE_RECORDS, BELIEFS, DISPUTES)


@dataclass(frozen=True)
class CaseSample(LifeSample):
    """Agents of one kind under a scheme with cases; a standing of theirs is one of the book, last none."""

    book: StandingBook = field(default_factory=StandingBook)

    @property
    def cases(self) -> CaseArrays:
        """The cases and lists of the scheme."""
        assert self.lives.scheme.stated_cases, "only a scheme with cases has such a sample"
        return self.lives.scheme.stated_cases

    @cached_property
    def lived(self) -> CaseHistory:
        """Their lives under the scheme, with decisions and debts."""
        return self.write_cases(self.mechanisms)

    @cached_property
    def lived_as_twin(self) -> CaseHistory:
        """The same where measures do nothing."""
        return self.write_cases(TWIN)

    @cached_property
    def history(self) -> LifeHistory:
        """Their lives under the scheme."""
        return self.lived

    @cached_property
    def twin(self) -> LifeHistory:
        """The same lives where measures do nothing."""
        return self.lived_as_twin

    @cached_property
    def corrected(self) -> LifeHistory:
        """The same lives where offices make no mistake, and what a dispute undoes never counts for a day."""
        return self.mend(*MISTAKES)

    @cached_property
    def prompt(self) -> LifeHistory:
        """The same lives where a case ends on the day on which what it is about is done."""
        return self.mend(REMOVALS)

    @cached_property
    def by_mistake(self) -> dict[str, LifeHistory]:
        """The same lives without each kind of mistake alone."""
        return {mistake: self.mend(mistake) for mistake in MISTAKES}

    @cached_property
    def right(self) -> LifeHistory:
        """The same lives with neither mistakes nor delay."""
        return self.mend(*MISTAKES, REMOVALS)

    def mend(self, *mistakes: str) -> LifeHistory:
        """The same lives without some mistakes of offices."""
        scheme, lives = mend_scheme(self.lives.scheme, mistakes), self.lives
        noticed = compute_noticed(self.population, scheme, self.kind, lives.seed)
        odds = compute_occasion_odds(scheme, lives.plan, len(lives.month_starts) - 1)
        origins = build_origin_table(scheme, lives.plan, noticed)
        mended = replace(lives, scheme=scheme, origins=origins, odds=odds)
        return self.write(mended, self.chunk.table, self.mechanisms)

    def write(self, lives: SchemeLives, table: AgentTable, mechanisms: Mechanisms) -> LifeHistory:
        """Lives agents again, and writes them down."""
        return write_case_history(lives, table, mechanisms, self.book)

    def write_cases(self, mechanisms: Mechanisms) -> CaseHistory:
        """The same agents under the scheme itself."""
        return write_case_history(self.lives, self.chunk.table, mechanisms, self.book)

    @cached_property
    def standings(self) -> Integers:
        """Every standing that any of these lives showed, by number, as the book lists them."""
        for _lives in (self.history, self.twin, self.corrected, self.prompt, self.by_mistake, self.right):
            pass  # each may show standings that no other one does
        return self.book.list_standings()

    def list_measures(self) -> list[frozenset[int]]:
        """The measures that follow from each standing, by their indexes; first, from none."""
        of_grades = super().list_measures()
        every = range(len(self.lives.scheme.measures.names))
        return [frozenset()] + [
            of_grades[row[S_GRADE] + 1] | {measure for measure in every if row[S_MEASURES] >> measure & 1}
            for row in self.standings.tolist()
        ]

    @cached_property
    def hitting_lists(self) -> Integers:
        """Of each standing the lists that are bad, or on which a measure rests that takes something away."""
        return self.find_hitting_lists(self.standings)

    def find_hitting_lists(self, standings: Integers) -> Integers:
        """Of some standings the lists that are bad, or on which a measure rests that takes something away."""
        measures, bad = self.lives.scheme.measures, gather(self.lives.is_bad_list)
        rows = [row[S_LISTS] & (bad | _gather_lists(measures, row[S_MEASURES])) for row in standings.tolist()]
        return np.array(rows, np.int64)

    @cached_property
    def is_hit_by_grade(self) -> Truths:
        """Which standings hit somebody whatever the lists."""
        is_adverse = self.lives.scheme.measures.is_adverse
        of_grades = [bool(is_adverse[sorted(measures)].any()) for measures in super().list_measures()]
        is_bad = np.append(self.lives.is_bad | np.array(of_grades[1:], np.bool_), False)
        return np.asarray(is_bad[self.standings[:, S_GRADE]])

    @cached_property
    def is_hit(self) -> Truths:
        """Which standings hit somebody; last, none."""
        return np.append(self.is_hit_by_grade | (self.hitting_lists != 0), False)

    @cached_property
    def is_unable(self) -> Truths:
        """Which standings hit somebody by lists alone, and by each for debts alone that they cannot pay then."""
        of_unable = self.hitting_lists & self.standings[:, S_UNABLE] == self.hitting_lists
        return np.append(of_unable & (self.hitting_lists != 0) & ~self.is_hit_by_grade, False)

    def list_reached(self) -> Integers:
        """Everybody, where anything of theirs can be recorded."""
        is_any = len(self.lived.acts.agents) or len(self.lived.decisions) or len(self.lived.records)
        return np.arange(self.people if is_any else 0)

    def find_unheard(self) -> Truths | None:
        """Which standings hit somebody by what the rules let nobody answer before."""
        behaviour = self.counts.behaviour
        if behaviour is None:
            return None
        by_grades = self.is_hit_by_grade & (not self.hears_before_grades(behaviour.catalogue))
        unheard = gather(~find_heard_lists(self.cases, behaviour.catalogue))
        return np.append(by_grades | (self.hitting_lists & unheard != 0), False)

    def count_work(self) -> tuple[Floats, Floats]:
        """Records and decisions made about each agent, and disputes that are to be expected of them."""
        records, disputed = super().count_work()
        decided, disputed_decisions = count_decision_work(self.lives, self.lived)
        return records + decided, disputed + disputed_decisions

    def is_on(self, which: int) -> Truths:
        """At which standings somebody is on a list; last, none."""
        return np.append(self.standings[:, S_LISTS] >> which & 1 == 1, False)

    def rank_people(self, history: LifeHistory, day: int) -> tuple[Floats, Integers]:
        """The score of each on a day, where there are points, else how few bad lists they are on; and the standing."""
        scores, standings = history.find_standings(day)
        if self.lives.scheme.points:
            return scores.astype(np.float64), standings
        lists = self.find_hitting_lists(self.book.list_standings())
        numbers = np.array([row.bit_count() for row in lists.tolist()], np.float64)
        return -numbers[standings], standings


def find_heard_lists(cases: CaseArrays, catalogue: Catalogue) -> Truths:
    """On which lists nobody comes without a chance to answer before; on one made of others if so on each of them."""
    rules = [catalogue.lists[name] for name in cases.list_names]
    heard = np.array([
        rule.case is not None and is_heard(catalogue, catalogue.cases[rule.case].procedure) for rule in rules
    ], np.bool_)  # fmt: skip
    rows = zip(heard.tolist(), cases.list_from, strict=True)
    return np.array([bool(heard[parts].all()) if parts.any() else own for own, parts in rows], np.bool_)


def gather(is_in: Truths) -> int:
    """A bit for each."""
    return sum(1 << int(place) for place in np.flatnonzero(is_in))


def _gather_lists(measures: MeasureArrays, bits: int) -> int:
    """The lists from which some of these measures take something away."""
    rows = [row for row in np.flatnonzero(measures.is_adverse).tolist() if bits >> row & 1]
    return int(np.bitwise_or.reduce([1 << int(measures.lists[row]) for row in rows])) if rows else 0
