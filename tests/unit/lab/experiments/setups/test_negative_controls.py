"""What inquiries established is found, by the rules alone, and nothing is found without its cause."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import numpy as np
import pytest

from goodstanding.effects import compute_examples
from goodstanding.lab.designs.sobol_points import draw_points
from goodstanding.lab.experiments.experiment_file import get_experiment
from goodstanding.lab.experiments.setups import income_averages, risk_flags
from goodstanding.lab.experiments.setups.income_averages import FORTNIGHTS, Years, compute_claims, draw_years
from goodstanding.lab.experiments.setups.negative_controls import (
    CONTROLS,
    FLAG_WEIGHT,
    IRREGULAR_INCOMES,
    LEAST_EXCESS,
    LEAST_SHARE,
)
from goodstanding.lab.experiments.setups.risk_flags import compute_flags, draw_applicants, tabulate_flags
from goodstanding.lab.experiments.setups.setup import ON, STRONG, RunSize

EXPERIMENT = get_experiment("negative-controls")
DEFAULTS = EXPERIMENT.defaults
SIZE = RunSize(agents=300, months=60)
POINTS = draw_points(tuple(EXPERIMENT.ranges.values()), 8, 5)


def build_year(incomes: list[int], payslips: bool = False) -> Years:
    """One person who was paid in every fortnight and reported truly."""
    earned = np.array([incomes])
    return Years(earned, np.ones_like(earned, dtype=bool), np.array([True]), np.array([payslips]))


def list_values() -> list[dict[str, float]]:
    """Points spread over the whole range."""
    return [dict(zip(EXPERIMENT.parameters, map(float, row), strict=True)) for row in POINTS]


def test_both_failures_are_found_where_the_file_starts() -> None:
    """With the file's own values, both are at least as large as matters."""
    measurement = CONTROLS.measure(DEFAULTS, 1, ON, SIZE)
    assert measurement.value >= 1
    assert measurement.figures["share-in-debt"] > 0.5
    assert measurement.figures["flag-ratio"] > 2


def test_regular_incomes_owe_nothing_anywhere_in_the_range() -> None:
    """Exactly nobody who reported truly, whatever the wage, the spell, the payslips and the setting off."""
    for values in list_values():
        measurement = CONTROLS.measure(values, 7, IRREGULAR_INCOMES, SIZE)
        assert measurement.figures["share-in-debt"] == 0.0
        assert measurement.value <= 0.0


def test_a_flag_without_weight_sets_nobody_aside_anywhere_in_the_range() -> None:
    """The ratio of the same lives is exactly 1, though the groups differ in incomes and in mistakes."""
    for values in list_values():
        measurement = CONTROLS.measure(values, 7, FLAG_WEIGHT, SIZE)
        assert measurement.figures["flag-ratio"] == 1.0
        assert measurement.value == 0.0


def test_the_smaller_failure_decides() -> None:
    """In multiples of the least that matters, which the file says in words too."""
    measurement = CONTROLS.measure(DEFAULTS, 1, STRONG, SIZE)
    ratios = (measurement.figures["share-in-debt"] / 0.05, (measurement.figures["flag-ratio"] - 1) / 0.25)
    assert measurement.value == pytest.approx(min(ratios))
    assert f"over {LEAST_SHARE}" in EXPERIMENT.measure.says
    assert f"over {LEAST_EXCESS}" in EXPERIMENT.measure.says


def test_a_year_of_one_spell_is_claimed_back_by_the_average() -> None:
    """13 fortnights of 1,200 and 13 of nothing: the average of 600 pays 250, so 250 are claimed for 13 of them."""
    uneven = [1200] * 13 + [0] * 13
    assert compute_claims(build_year(uneven), sets_off=False).tolist() == [13 * 250]
    assert compute_claims(build_year(uneven), sets_off=True).tolist() == [0]  # 13 with 0 paid set them off
    assert compute_claims(build_year(uneven, payslips=True), sets_off=False).tolist() == [0]
    assert compute_claims(build_year([600] * FORTNIGHTS), sets_off=False).tolist() == [0]


@pytest.mark.parametrize(("scheme", "sets_off"), [("debt", False), ("debt-set-off", True)])
def test_claims_are_what_the_catalogue_gives_for_the_same_findings_by_themselves(scheme: str, sets_off: bool) -> None:
    """Every person's year put to the rules as a worked example gives the same sum as the question about all at once."""
    years = draw_years({**DEFAULTS, "irregularity": 0.4}, 3, 40)
    rules = income_averages.load_rules()
    effects = compute_examples(rules, [(list_findings(years, person), date(2016, 12, 31)) for person in range(40)])
    owed = [
        -(effect[scheme]["score"] // 52) if effect.get(scheme, {}).get("value") == "owes" else 0 for effect in effects
    ]
    assert compute_claims(years, sets_off).tolist() == owed
    assert 0 < owed.count(0) < len(owed)


def list_findings(years: Years, person: int) -> list[dict[str, object]]:
    """The findings of a person's paid fortnights, as a worked example has them."""
    earned, first_day = years.earned[person].tolist(), income_averages.load_rules().in_force
    total, tells, proves = sum(earned), bool(years.reports_truly[person]), bool(years.has_payslips[person])
    return [
        {
            "record": "fortnight",
            "occurred": first_day + timedelta(days=14 * fortnight),
            "fields": {"reported": income * tells, "year": total, "shown": income if proves else None},
        }
        for fortnight, income in enumerate(earned)
        if years.paid[person, fortnight]
    ]


def test_incomes_are_spread_to_the_dollar() -> None:
    """Whatever the irregularity the year adds up to the same, and without any every fortnight is its mean."""
    regular = draw_years({**DEFAULTS, "irregularity": 0.0}, 3, 500)
    assert (regular.earned == regular.earned[:, :1]).all()
    for irregularity in (0.01, 0.37, 1.0):
        years = draw_years({**DEFAULTS, "irregularity": irregularity}, 3, 500)
        assert (years.earned.sum(axis=1) == regular.earned.sum(axis=1)).all()
        assert (years.earned >= 0).all()


def test_the_less_regular_an_income_the_larger_the_claim() -> None:
    """The same people, from an even year to one spell."""
    claims = [
        int(compute_claims(draw_years({**DEFAULTS, "irregularity": step, "claims-all-year": 0.0}, 3, 200), False).sum())
        for step in (0.0, 0.1, 0.5, 1.0)
    ]
    assert claims == sorted(claims)
    true_reports = draw_years({**DEFAULTS, "irregularity": 0.0, "proves": 0.0}, 3, 200)
    honest = dataclasses.replace(true_reports, reports_truly=np.ones(200, dtype=bool))
    assert compute_claims(honest, sets_off=False).sum() == 0


def test_the_flags_are_those_of_the_catalogue() -> None:
    """A table of the catalogue's own weight and line is what the catalogue says of an application by itself."""
    flags = tabulate_flags(40, 50)
    fields = {"number_years": 10, "income": "low", "corrected": False}
    questions = [
        ([{"record": "application", "occurred": date(2014, 1, 6), "fields": {**fields, "nationality": nationality}}],
         date(2014, 1, 6))
        for nationality in ("dutch", "other")
    ]  # fmt: skip
    effects = compute_examples(risk_flags.load_rules(), questions)
    assert [effect["risk"]["value"] for effect in effects] == ["passed", "set-aside"]
    assert flags[:, 10, 0, 0].tolist() == [False, True]


def test_more_weight_never_sets_fewer_aside() -> None:
    """The ratio rises with the weight, from exactly 1."""
    ratios = [
        compute_flags({**DEFAULTS, "weight": weight}, 1, 2_000)["flag-ratio"] for weight in (0.0, 10.0, 25.0, 40.0)
    ]
    assert ratios[0] == 1.0
    assert ratios == sorted(ratios)
    assert ratios[-1] > 2


def test_a_true_difference_is_no_bias_for_whoever_knows_the_truth() -> None:
    """Without weight and gap, twice the mistakes raise only the ratio of those who do not know who was right."""
    values = {**DEFAULTS, "weight": 0.0, "gap": 0.0, "error-ratio": 2.0, "line": 30.0}
    figures = compute_flags(values, 1, 200_000)
    assert figures["flag-ratio"] == 1.0
    assert figures["audit-ratio"] == pytest.approx(1.0, abs=0.05)
    assert figures["raw-ratio"] > figures["audit-ratio"] + 0.03


def test_an_audit_sees_what_is_left_of_the_flag_in_incomes_and_numbers() -> None:
    """Without weight but with a gap the groups still differ: an audit alone does not show what was read."""
    figures = compute_flags({**DEFAULTS, "weight": 0.0, "gap": 1.0, "line": 40.0}, 1, 50_000)
    assert figures["flag-ratio"] == 1.0
    assert figures["audit-ratio"] > 1.5


def test_a_small_audit_misses_what_a_large_one_sees() -> None:
    """Power grows with the audit, and a difference of the size that it can detect is seen about four times in five."""
    values = {**DEFAULTS, "weight": 10.0, "gap": 0.3, "line": 40.0}
    small, large = (compute_flags({**values, "audited": size}, 1, 50_000) for size in (100.0, 10_000.0))
    assert small["audit-power"] < large["audit-power"]
    assert small["audit-detectable"] > 5 * large["audit-detectable"]
    assert large["audit-difference"] > large["audit-detectable"]
    assert large["audit-power"] > 0.8


def test_the_same_seed_gives_the_same_people_whatever_the_values() -> None:
    """So that two points differ by their values alone."""
    first, other = (
        draw_applicants(DEFAULTS, 2, 100),
        draw_applicants({**DEFAULTS, "gap": 0.0, "error-ratio": 2.0}, 2, 100),
    )
    assert (first.is_other == other.is_other).all()
    assert (first.is_wrong <= other.is_wrong).all()
    assert CONTROLS.measure(DEFAULTS, 4, ON, SIZE) == CONTROLS.measure(DEFAULTS, 4, ON, SIZE)


def test_the_file_names_every_figure_that_comes_beside_the_measure() -> None:
    """No number of a report is without its words, and no words without a number."""
    figures = {**CONTROLS.measure(DEFAULTS, 1, ON, SIZE).figures, **CONTROLS.describe(DEFAULTS, 1, SIZE)}
    assert set(figures) == set(EXPERIMENT.figures)
