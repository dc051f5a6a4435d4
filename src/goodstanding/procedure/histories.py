"""Published proceedings as their sources told them, statement by statement, and the order they should have kept.

A source that publishes its whole list anew tells the history of a proceeding several times. Each telling is one
`Statement`: the days of the steps, the days of their publication, and the status that the source gives beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.procedures import CaseRule as CaseRules
from goodstanding.catalogue.procedures import Procedure
from goodstanding.procedure.stated_cases import StatedCase, StatedStep, advance, sort_steps
from goodstanding.procedure.time_limits import ProcedureTerms, build_terms

CLEARING = frozenset({"withdrawal", "annulment", "repair", "performance", "settlement", "correction"})


@dataclass(frozen=True, slots=True)
class PublishedStep:
    """A step as a statement tells it: its day and that of its publication, None where it gives none.

    `again` and `shown_again` are further days on which the statement says that the same was done.
    """

    step: str
    day: date | None
    shown: date | None = None
    again: tuple[date, ...] = ()
    shown_again: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class PublishedStatement:
    """What a source told of one proceeding on one day.

    `numbers` are the numbers of its notices by what they number; `explained` is what in it may explain that the
    published status does not follow.
    """

    stated: date
    published: str | None
    steps: tuple[PublishedStep, ...]
    numbers: tuple[tuple[str, str], ...] = ()
    explained: str | None = None

    def of(self, step: str | None) -> PublishedStep | None:
        """A step as this statement tells it; None where it says nothing of it."""
        return next((published_step for published_step in self.steps if published_step.step == step), None)


@dataclass(frozen=True, slots=True)
class ProceedingHistory:
    """One proceeding by its key, as it was told over time, the oldest statement first."""

    reference: str
    statements: tuple[PublishedStatement, ...]


@dataclass(frozen=True, slots=True)
class ProcedureOrder:
    """The order that a kind of case should keep: its steps, its procedure, and how long each step may take."""

    rules: CaseRules
    procedure: Procedure | None
    terms: ProcedureTerms
    opening: str

    @classmethod
    def of(cls, catalogue: Catalogue, case: str) -> ProcedureOrder:
        """The order of one of a catalogue's cases."""
        rules = catalogue.cases[case]
        listed = next((name for name, rule in catalogue.lists.items() if rule.case == case), "")
        opening = next(name for name, step in rules.steps.items() if not step.after)
        return cls(rules, catalogue.procedures.get(rules.procedure or ""), build_terms(catalogue, listed), opening)

    def role(self, step: str | None) -> str:
        """What a step is in its case: a notice, a decision, an annulment; empty where the catalogue says nothing."""
        return self.rules.steps[step].role if step in self.rules.steps else ""

    def clears(self, step: str | None) -> bool:
        """Whether a step ends the case for its subject."""
        return self.role(step) in CLEARING

    def dated(self, statement: PublishedStatement) -> list[tuple[date, str]]:
        """Every day on which a step was done, those done again included, in the order in which they count."""
        steps = [
            (day, published_step.step)
            for published_step in statement.steps
            for day in (published_step.day, *published_step.again)
            if day
        ]
        rank = {name: index for index, name in enumerate(self.rules.steps)}
        return sorted(steps, key=lambda pair: (pair[0], rank[pair[1]]))

    def first(self, statement: PublishedStatement, *roles: str) -> tuple[date, str] | None:
        """The first step of one of these roles, with its day; None where none was done."""
        return next((pair for pair in self.dated(statement) if self.role(pair[1]) in roles), None)

    def folded(self, statement: PublishedStatement, until: date | None = None, again: bool = False) -> StatedCase:
        """The case as its dated steps make it, those up to `until`; `again` counts the days of steps done again too."""
        pairs = (
            self.dated(statement)
            if again
            else [(published_step.day, published_step.step) for published_step in statement.steps if published_step.day]
        )
        steps = [StatedStep(step, day, None, True, 0) for day, step in pairs if until is None or day <= until]
        case = StatedCase(0, 0, "")
        for step in sort_steps(steps, self.rules):
            case = advance(case, step, self.rules, self.terms.month_sums)
        return case

    def times(self, statement: PublishedStatement) -> tuple[date, date] | None:
        """The days on which the time to reply and the time to decide are over; None where nothing opened the case.

        The time to reply runs from the notice, or from its publication where that came later.
        """
        opened = statement.of(self.opening)
        if opened is None or opened.day is None:
            return None
        return _compute_times(self.terms, max(opened.day, opened.shown or opened.day))


@lru_cache(maxsize=4096)
def _compute_times(terms: ProcedureTerms, served: date) -> tuple[date, date]:
    reply = terms.over(served, terms.reply, "subject")
    return reply, terms.over(reply, terms.decision, "authority")
