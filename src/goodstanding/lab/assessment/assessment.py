"""The assessment of a run: for each scheme and kind of agent all that was measured, and what was left out, with why."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from goodstanding.lab.acts import AgentKind
from goodstanding.lab.assessment.burden_concentration import list_concentration
from goodstanding.lab.assessment.cases.bound_representatives import list_reached
from goodstanding.lab.assessment.cases.case_samples import CaseSample
from goodstanding.lab.assessment.cases.debt_performance import list_debts
from goodstanding.lab.assessment.cases.list_hits import list_wrongs_of_lists
from goodstanding.lab.assessment.cases.list_movements import list_list_movements
from goodstanding.lab.assessment.costs import list_costs
from goodstanding.lab.assessment.duty_performance import list_duties
from goodstanding.lab.assessment.findings import Finding, Indicator, LeftOut, Result
from goodstanding.lab.assessment.grade_movements import list_movements
from goodstanding.lab.assessment.group_disparities import list_disparities
from goodstanding.lab.assessment.hits import list_hits
from goodstanding.lab.assessment.life_samples import TWIN, LifeSample, draw_agents
from goodstanding.lab.assessment.place_agreement import list_place_agreement
from goodstanding.lab.assessment.record_copies import list_copies
from goodstanding.lab.assessment.result_builder import ResultBuilder
from goodstanding.lab.assessment.score_information import list_information
from goodstanding.lab.simulation.run_counts import Run, SchemeCounts
from goodstanding.lab.world import Population
from goodstanding.messages import AssessmentMessage, Message

PEOPLE = 20_000
OF_LIVES = tuple(indicator for indicator in Indicator if indicator is not Indicator.SPIRAL)
Lister = Callable[[LifeSample, ResultBuilder], Iterator[Result]]
EVERYWHERE: tuple[Lister, ...] = (
    list_hits,
    list_copies,
    list_disparities,
    list_place_agreement,
    list_information,
    list_duties,
    list_costs,
    list_concentration,
    list_reached,
)
OF_LISTS = (
    Indicator.UNABLE,
    Indicator.UNABLE_DAYS,
    Indicator.KEPT_ON,
    Indicator.KEPT_ON_DAYS,
    Indicator.OVERDUE,
    Indicator.PERFORMED,
    Indicator.PERFORMED_MORE,
)


@dataclass(frozen=True, slots=True)
class SchemeAssessment:
    """What one scheme did to whom: findings in the order of `Indicator`, by kind of agent, and what is left out."""

    scheme: str
    months: int
    findings: tuple[Finding, ...]
    left_out: tuple[LeftOut, ...]

    def find(self, indicator: Indicator, group: str = "", kind: AgentKind | None = None) -> Result | None:
        """A finding, or why it is left out; of persons before firms, where no kind is named."""
        results: tuple[Result, ...] = (*self.findings, *self.left_out)
        for result in results:
            if (result.indicator, result.group) == (indicator, group) and kind in (None, result.kind):
                return result
        return None


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the schemes of a run did to whom, each from the same agents."""

    schemes: tuple[SchemeAssessment, ...]

    def get_scheme(self, name: str) -> SchemeAssessment:
        """What the scheme of a catalogue did."""
        return next(scheme for scheme in self.schemes if scheme.scheme == name)


def assess(run: Run, people: int = PEOPLE) -> Assessment:
    """Measures what the first arm of each scheme did to so many of its agents, who are drawn by chance.

    The spiral is that of all agents of the run.
    """
    return Assessment(tuple(_assess_scheme(run.population, counts, people) for counts in run.schemes))


def _assess_scheme(population: Population, counts: SchemeCounts, people: int) -> SchemeAssessment:
    results = [result for kind in counts.lives for result in _iterate_results(population, counts, kind, people)]
    results.append(_estimate_spiral(counts))
    return SchemeAssessment(
        counts.name,
        counts.months,
        tuple(result for result in results if isinstance(result, Finding)),
        tuple(result for result in results if isinstance(result, LeftOut)),
    )


def _iterate_results(population: Population, counts: SchemeCounts, kind: AgentKind, people: int) -> Iterator[Result]:
    """All that is measured of lives of one kind; where nothing can be, everything is left out."""
    lives = counts.lives[kind]
    builder = ResultBuilder(kind, lives.seed)
    build = CaseSample if lives.scheme.stated_cases else LifeSample
    sample = draw_agents(population, counts, kind, people, build)
    if sample is None:
        yield from (builder.leave_out(indicator, "", AssessmentMessage.NOBODY_REACHED) for indicator in OF_LIVES)
        return
    for lister in EVERYWHERE:
        yield from lister(sample, builder)
    if isinstance(sample, CaseSample):
        for of_cases in (list_wrongs_of_lists, list_list_movements, list_debts):
            yield from of_cases(sample, builder)
    else:
        yield from list_movements(sample, builder)
        yield from (builder.leave_out(indicator, "", AssessmentMessage.NO_LISTS) for indicator in OF_LISTS)


def _estimate_spiral(counts: SchemeCounts) -> Result:
    """Of persons and firms together, as the run counted them."""
    kind, mechanisms = next(iter(counts.lives)), counts.arms[0].mechanisms
    spiral = counts.estimate_spiral(mechanisms, TWIN)
    if math.isnan(spiral.value):
        return LeftOut(Indicator.SPIRAL, kind, "", Message(AssessmentMessage.TWIN_WITHOUT_BREACHES))
    return Finding(Indicator.SPIRAL, kind, "", spiral, counts.fallen, "linearised")
