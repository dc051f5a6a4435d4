"""What it costs: time and pay of offices, and what measures take of incomes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from goodstanding.lab.assessment.cost_assumptions import divide_by_parameter, load_office_costs, multiply_parameter
from goodstanding.lab.assessment.findings import Finding, Indicator, Result
from goodstanding.lab.assessment.life_histories import Floats
from goodstanding.lab.assessment.life_samples import LifeSample
from goodstanding.lab.assessment.result_builder import ResultBuilder
from goodstanding.lab.parameters import Parameter
from goodstanding.lab.statistics.intervals import Estimate
from goodstanding.messages import AssessmentMessage

PEOPLE = 1_000  # of whom the work of offices is told


def list_costs(sample: LifeSample, builder: ResultBuilder) -> Iterator[Result]:
    """Work on records and disputes, its pay, and income lost; intervals take in the ranges of what is assumed."""
    costs, years = load_office_costs(), sample.history.years
    records, disputes = (column / years * PEOPLE for column in sample.count_work())
    work = [
        _multiply(builder.build_mean(indicator, column), parameter)
        for indicator, column, parameter in (
            (Indicator.RECORD_WORK, records, costs.record),
            (Indicator.DISPUTE_WORK, disputes, costs.dispute),
        )
    ]
    yield from work
    if sample.kind == "firm":
        for indicator in (Indicator.STAFF_COST, Indicator.INCOME_LOST):
            yield builder.leave_out(indicator, "", AssessmentMessage.NO_NUMBERS)
        return
    incomes = sample.population.draw_incomes(sample.agents).astype(np.float64)
    yield _price_work(work, float(incomes.mean()), builder)
    yield _list_lost_income(sample, incomes, builder)


def _multiply(result: Result, parameter: Parameter) -> Result:
    if isinstance(result, Finding):
        return replace(result, estimate=multiply_parameter(result.estimate, parameter), method="ranges")
    return result


def _price_work(work: list[Result], mean_income: float, builder: ResultBuilder) -> Result:
    """What the staff days of a person and year are paid."""
    findings = [result for result in work if isinstance(result, Finding)]
    if not findings:
        return builder.leave_out_few(Indicator.STAFF_COST, 0, 0)
    costs = load_office_costs()
    ends = ([getattr(finding.estimate, end) for finding in findings] for end in ("value", "low", "high"))
    days = Estimate(*(sum(values) / PEOPLE * mean_income for values in ends))
    paid = divide_by_parameter(multiply_parameter(days, costs.pay), costs.working_days)
    return builder.build_finding(Indicator.STAFF_COST, paid, findings[0].people, "ranges")


def _list_lost_income(sample: LifeSample, incomes: Floats, builder: ResultBuilder) -> Result:
    """What each loses while measures last, at the values of the channels: what benefits give is taken off."""
    shares = _find_lost_shares(sample)
    if not shares.any():
        return builder.leave_out(Indicator.INCOME_LOST, "", AssessmentMessage.NO_EFFECT_ON_MEANS)
    history = sample.history
    weights = history.lengths * shares[history.standings[:, 3]]
    lost_days = np.bincount(history.standings[:, 0], weights=weights, minlength=sample.people)
    return builder.build_mean(Indicator.INCOME_LOST, incomes * lost_days / (365.25 * history.years))


def _find_lost_shares(sample: LifeSample) -> Floats:
    """The share of income lost at each standing; last, at none."""
    changes, (first, *later) = sample.lives.scheme.measures.means_changes, sample.list_measures()
    return np.array([1 - np.prod(1 + changes[sorted(measures)]) for measures in (*later, first)], np.float64)
