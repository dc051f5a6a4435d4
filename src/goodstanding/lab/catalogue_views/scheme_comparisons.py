"""The comparison of catalogues: the same people live under each, and what each does to them stands side by side."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from goodstanding.errors import LaboratoryError
from goodstanding.lab.assessment.assessment import Assessment, SchemeAssessment, assess
from goodstanding.lab.assessment.findings import Finding, Indicator, Result
from goodstanding.lab.behaviour.behaviour_file import Behaviour
from goodstanding.lab.catalogue_views.catalogue_populations import draw_shared_population
from goodstanding.lab.simulation.run_counts import Run
from goodstanding.lab.simulation.runs import run
from goodstanding.lab.world import Population
from goodstanding.messages import Message, RunMessage

COMPARED = (
    (Indicator.HIT, ""), (Indicator.WRONGLY_HIT, ""), (Indicator.UNHEARD, ""), (Indicator.HIT_DAYS, ""),
    (Indicator.DAYS_OF_HIT, ""), (Indicator.WRONG_DAYS, ""), (Indicator.MOVES_DOWN, ""), (Indicator.SPIRAL, ""),
    (Indicator.DIFFERENCE, "income/first-fifth"), (Indicator.AMPLIFICATION, "income/first-fifth"),
    (Indicator.DIFFERENCE, "size/micro-large"), (Indicator.RECORD_WORK, ""), (Indicator.DISPUTE_WORK, ""),
    (Indicator.INCOME_LOST, ""),
)  # fmt: skip
COMPARED_LISTS = (
    (Indicator.UNABLE, ""), (Indicator.UNABLE_DAYS, ""), (Indicator.KEPT_ON_DAYS, ""), (Indicator.PERFORMED, ""),
    (Indicator.PERFORMED_MORE, ""),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """A figure of each catalogue, or why it has none, in the order of the catalogues; None where nobody asked."""

    indicator: Indicator
    group: str
    results: tuple[Result | None, ...]

    @property
    def is_measured(self) -> bool:
        """Whether any of them has a figure."""
        return any(isinstance(result, Finding) for result in self.results)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What each of some catalogues did to the same people, in so many months; bad grades by catalogue."""

    population: Population
    months: int
    bad_grades: tuple[tuple[str, ...], ...]
    schemes: tuple[SchemeAssessment, ...]

    def list_rows(self) -> list[ComparisonRow]:
        """The chosen figures, those left out that no catalogue was asked for; of lists, whom each binds beside."""
        rows = [self._build_row(indicator, group) for indicator, group in COMPARED]
        of_lists = [*COMPARED_LISTS, *((Indicator.REACHED, group) for group in self._list_reaches())]
        rows += [row for row in itertools.starmap(self._build_row, of_lists) if row.is_measured]
        return [row for row in rows if any(row.results)]

    def _build_row(self, indicator: Indicator, group: str) -> ComparisonRow:
        return ComparisonRow(indicator, group, tuple(scheme.find(indicator, group) for scheme in self.schemes))

    def _list_reaches(self) -> list[str]:
        """The lists and measures of these catalogues that bind others whom the world knows."""
        findings = [finding for scheme in self.schemes for finding in scheme.findings]
        return list(dict.fromkeys(finding.group for finding in findings if finding.indicator is Indicator.REACHED))


def compare_catalogues(
    behaviours: Sequence[Behaviour], agents: int, months: int, seed: int, bad_grades: Sequence[str] = ()
) -> Comparison:
    """Lets so many people live under each catalogue from its own first day on.

    Of `bad_grades` each catalogue counts those that it has, else its last band.
    """
    population = draw_shared_population(behaviours, agents, seed)
    chosen = [_choose_grades(behaviour, bad_grades) for behaviour in behaviours]
    _refuse_if_unused(behaviours, bad_grades)
    runs = [
        run(population, behaviour, months, bad_grades=grades or None)
        for behaviour, grades in zip(behaviours, chosen, strict=True)
    ]
    assessment: Assessment = assess(Run(population, tuple(counts for lived in runs for counts in lived.schemes)))
    bad = tuple(_list_bad_grades(lived) for lived in runs)
    return Comparison(population, months, bad, assessment.schemes)


def _list_grades(behaviour: Behaviour) -> list[str]:
    return [grade for scheme in behaviour.catalogue.schemes.values() for grade in scheme.grades]


def _choose_grades(behaviour: Behaviour, bad_grades: Sequence[str]) -> tuple[str, ...]:
    return tuple(grade for grade in bad_grades if grade in _list_grades(behaviour))


def _refuse_if_unused(behaviours: Sequence[Behaviour], bad_grades: Sequence[str]) -> None:
    """Refuses a grade that no catalogue has."""
    grades = [grade for behaviour in behaviours for grade in _list_grades(behaviour)]
    for grade in bad_grades:
        if grade not in grades:
            names = ", ".join(behaviour.catalogue.name for behaviour in behaviours)
            unknown = Message(RunMessage.GRADE_UNKNOWN, {"catalogue": names, "grade": repr(grade)})
            raise LaboratoryError(unknown, remedy=", ".join(dict.fromkeys(grades)))


def _list_bad_grades(lived: Run) -> tuple[str, ...]:
    (counts,) = lived.schemes
    is_bad = next(iter(counts.lives.values())).is_bad
    return tuple(name for name, bad in zip(counts.grade_names, is_bad, strict=True) if bad)
