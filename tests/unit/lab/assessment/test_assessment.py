"""An assessment: every figure has an interval, what was not measured is left out, and equal lives do not differ."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.lab_schemes import BUSY_ACTS
from tests.lives_of_firms import FIRMS, START, draw_small_sample, run_small_scheme
from tests.oracles.group_outcomes import list_outcomes

from goodstanding.lab import Population, assess, run
from goodstanding.lab.assessment.assessment import SchemeAssessment
from goodstanding.lab.assessment.cost_assumptions import load_office_costs
from goodstanding.lab.assessment.findings import Finding, Indicator, LeftOut
from goodstanding.lab.assessment.grade_movements import count_moves, list_movements
from goodstanding.lab.assessment.group_disparities import compute_amplification
from goodstanding.lab.assessment.life_samples import draw_sample
from goodstanding.lab.assessment.place_agreement import estimate_rank_agreement, list_place_agreement
from goodstanding.lab.assessment.result_builder import LEAST_PEOPLE, ResultBuilder
from goodstanding.lab.assessment.score_information import list_information
from goodstanding.lab.behaviour.behaviour_file import load_behaviour
from goodstanding.lab.simulation.life_records import GONE, LOG_SECOND
from goodstanding.lab.statistics.disparities import (
    compute_share_difference,
    compute_share_ratio,
    list_group_shares,
)

BUILDER = ResultBuilder("firm", 1)
ORACLE = Path(__file__).parents[3] / "oracles" / "fairlearn_disparities.json"
ADULTS = Population.draw("china", persons=4_000, seed=1, least_age=18)
COLUMNS = st.lists(st.integers(0, 50), min_size=4, max_size=30).map(lambda numbers: np.array(numbers, np.float64))


@pytest.fixture(scope="module")
def of_firms() -> SchemeAssessment:
    """What the small scheme did to its firms."""
    return assess(run_small_scheme()).schemes[0]


@pytest.fixture(scope="module")
def of_rongcheng() -> SchemeAssessment:
    """What Rongcheng's points did to adults of China in five years, falls being those to C and D."""
    return assess(run(ADULTS, "rongcheng-2014", 60, bad_grades=("C", "D"))).get_scheme("rongcheng-2014")


def get_finding(assessment: SchemeAssessment, indicator: Indicator, group: str = "") -> Finding:
    """The finding, which is there."""
    finding = assessment.find(indicator, group)
    assert isinstance(finding, Finding), finding
    return finding


def test_every_figure_has_an_interval_around_it(of_firms: SchemeAssessment, of_rongcheng: SchemeAssessment) -> None:
    """Two finite ends in order, the figure between them, and from how many it is."""
    for assessment in (of_firms, of_rongcheng):
        assert len(assessment.findings) > 30
        for finding in assessment.findings:
            estimate = finding.estimate
            assert np.isfinite([estimate.value, estimate.low, estimate.high]).all(), finding
            assert estimate.low <= estimate.value <= estimate.high, finding
            assert finding.people > 0


def test_each_measure_is_found_or_left_out_with_its_reason(
    of_firms: SchemeAssessment, of_rongcheng: SchemeAssessment
) -> None:
    """None is silently missing, and no group both is found and left out."""
    for assessment in (of_firms, of_rongcheng):
        measured = {(finding.indicator, finding.group) for finding in assessment.findings}
        left_out = {(missing.indicator, missing.group) for missing in assessment.left_out}
        assert {indicator for indicator, _group in measured | left_out} == set(Indicator)
        assert not measured & left_out
        assert all(str(missing.reason) for missing in assessment.left_out)


def test_what_rongcheng_is_silent_about_is_left_out(of_rongcheng: SchemeAssessment) -> None:
    """Who holds copies is not said, and no act is a duty."""
    assert "does not say" in str(of_rongcheng.find(Indicator.COPIED_DAYS).reason)
    assert "No act" in str(of_rongcheng.find(Indicator.DUTY).reason)


def test_where_the_twin_is_the_life_itself_the_ratios_are_exactly_one() -> None:
    """No measure at work: no spiral and no duty more or less, whatever is resampled."""
    still = assess(run_small_scheme(arms=((), ()))).schemes[0]
    for indicator in (Indicator.SPIRAL, Indicator.DUTY):
        estimate = get_finding(still, indicator).estimate
        assert (estimate.value, estimate.low, estimate.high) == (1, 1, 1)


def test_an_assessment_is_the_same_every_time(of_firms: SchemeAssessment) -> None:
    """To the last digit, with the same seed."""
    again = assess(run(FIRMS, run_small_scheme().schemes[0].behaviour, 48, start=START, acts=BUSY_ACTS))
    assert repr(again.schemes[0].findings) == repr(of_firms.findings)


def test_too_few_people_are_no_figure() -> None:
    """Where it happened to fewer than ten nothing is resampled, and the reason says how many they were."""
    few = np.zeros(100)
    few[: LEAST_PEOPLE - 1] = 5.0
    missing = BUILDER.build_mean(Indicator.HIT_DAYS, few)
    assert isinstance(missing, LeftOut)
    assert str(missing.reason) == "It rests on 9 of 100; at least 10 are needed."
    assert isinstance(BUILDER.build_mean(Indicator.HIT_DAYS, np.full(100, 5.0)), Finding)


def test_the_rows_of_the_matrix_are_whole(of_rongcheng: SchemeAssessment) -> None:
    """From half-way to the end everybody is somewhere, and people who stood nowhere better moved there."""
    rows: dict[str, float] = {}
    for finding in of_rongcheng.findings:
        if finding.indicator is Indicator.MOVEMENT:
            before = finding.group.partition(" > ")[0]
            rows[before] = rows.get(before, 0.0) + finding.estimate.value
    assert rows.keys() >= {"AA", "A", "B"}
    assert all(total == pytest.approx(1) for total in rows.values())


def test_moves_are_counted_by_hand() -> None:
    """Every change from a grade to another, in a loop over the rows."""
    sample = draw_small_sample()
    falls, rises = 0, 0
    for before, after in zip(sample.history.standings[:-1], sample.history.standings[1:], strict=True):
        if before[0] == after[0] and -1 not in (before[3], after[3]):
            falls, rises = falls + int(after[3] > before[3]), rises + int(after[3] < before[3])
    results = {result.indicator: result for result in list_movements(sample, BUILDER) if not result.group}
    yearly = sample.people * sample.history.years
    assert results[Indicator.MOVES_DOWN].estimate.value == pytest.approx(falls / yearly)
    assert results[Indicator.MOVES_UP].estimate.value == pytest.approx(rises / yearly)
    assert count_moves(np.array([0, 0, 2]), np.array([True, True, False]), 3).tolist() == [2, 0, 0]


def test_disparities_are_those_of_fairlearn() -> None:
    """Shares by group, the greatest difference and the least ratio, as `tests/oracles` recorded them."""
    answers = json.loads(ORACLE.read_text(encoding="utf-8"))
    groups, happened = (np.array(column) for column in zip(*list_outcomes(), strict=True))
    shares = {share.group: share for share in list_group_shares(groups, happened)}
    assert {name: share.share.value for name, share in shares.items()} == pytest.approx(answers["by_group"])
    counts = {name: (round(share.share.value * share.people), share.people) for name, share in shares.items()}
    difference = compute_share_difference(*counts["first"], *counts["fifth"])
    assert difference.value == pytest.approx(answers["difference"])
    assert compute_share_ratio(*counts["fifth"], *counts["first"]).value == pytest.approx(answers["ratio"])


def test_poor_people_are_hit_more_than_their_conduct_says_only_if_the_interval_is_above_one(
    of_rongcheng: SchemeAssessment,
) -> None:
    """The gradient of conduct by income is put in, and is found again; what the rules add has an interval."""
    pair = "income/first-fifth"
    conduct = get_finding(of_rongcheng, Indicator.CONDUCT_RATIO, pair).estimate
    assert conduct.low > 1.5
    difference = get_finding(of_rongcheng, Indicator.DIFFERENCE, pair)
    assert difference.detectable is not None
    assert difference.detectable > 0


def test_a_small_difference_among_few_is_told_from_none(of_firms: SchemeAssessment) -> None:
    """What is smaller than what would be seen, and may be nothing, is said to be too small to show."""
    for finding in of_firms.findings:
        if finding.indicator is Indicator.DIFFERENCE and finding.detectable:
            small = abs(finding.estimate.value) < finding.detectable
            assert finding.is_too_small_to_show == (small and finding.estimate.low <= 0 <= finding.estimate.high)


def test_an_outcome_in_proportion_to_conduct_is_amplified_by_one() -> None:
    """Ten days a breach in both groups; twenty in the first makes it two."""
    conduct, other_conduct = np.array([1.0, 2, 0, 0]), np.array([0.0, 0, 3, 1])
    assert compute_amplification(10 * conduct, 10 * other_conduct, conduct, other_conduct) == 1
    assert compute_amplification(20 * conduct, 10 * other_conduct, conduct, other_conduct) == 2


@given(COLUMNS, st.randoms(use_true_random=False))
def test_who_is_asked_first_changes_no_amplification(column: np.ndarray, random: object) -> None:
    """Agents in another order give the same figure."""
    parts = np.column_stack([column + 1, column[::-1] + 1, column * 2 + 1, column[::-1] + 3])
    order = list(range(len(parts)))
    random.shuffle(order)
    assert compute_amplification(*parts[order].T) == pytest.approx(compute_amplification(*parts.T))


def test_places_that_notice_alike_agree(of_rongcheng: SchemeAssessment) -> None:
    """Where all do by assumption it is left out; the same scores agree wholly, turned ones not at all."""
    alike = load_behaviour("rongcheng-2014").set_values({"records.late-bill.place.spread": 0})
    sample = draw_sample(ADULTS, run(ADULTS, alike, 12).schemes[0], "person", 100)
    assert sample is not None
    for own_sample, words in ((sample, "Every place notices alike here"), (draw_small_sample(), "no trait region")):
        assert all(words in str(result.reason) for result in list_place_agreement(own_sample, BUILDER))
    assert 0.5 < get_finding(of_rongcheng, Indicator.SAME_GRADE).estimate.high < 1
    scores = np.arange(500.0)
    same, turned = (estimate_rank_agreement(scores, sign * scores, 1) for sign in (1, -1))
    assert (same.value, same.low, same.high) == pytest.approx((1, 1, 1))
    assert turned.value == pytest.approx(-1)


def test_a_score_of_points_tells_who_breaches(of_rongcheng: SchemeAssessment) -> None:
    """Better than luck, since some breach more than others; worse than counting all that they did, known or not."""
    assert get_finding(of_rongcheng, Indicator.AUC).estimate.low > 0.5
    assert get_finding(of_rongcheng, Indicator.AUC_LEAD).estimate.high < 0
    gaps = [finding for finding in of_rongcheng.findings if finding.indicator is Indicator.CALIBRATION]
    assert len(gaps) == 5
    assert sum(finding.estimate.low <= 0 <= finding.estimate.high for finding in gaps) >= 4


def test_a_short_run_is_asked_no_question_of_a_year() -> None:
    """Half of it has to lie before the year that is asked about."""
    short = run(FIRMS, run_small_scheme().schemes[0].behaviour, 23, start=START, acts=BUSY_ACTS)
    results = [assess(short).schemes[0].find(indicator) for indicator in (Indicator.AUC, Indicator.CALIBRATION)]
    assert {str(result.reason) for result in results} == {"The run is shorter than 24 months."}
    assert all(isinstance(result, Finding) for result in list_information(draw_small_sample(), BUILDER))


def test_work_is_records_times_the_days_that_each_takes(of_firms: SchemeAssessment) -> None:
    """Counted from the rows; the interval is wider than luck, from the least value of the assumption to the most."""
    sample, per_record = draw_small_sample(), load_office_costs().record
    number = int((sample.history.records[:, LOG_SECOND] != GONE).sum())
    yearly = number / sample.people / sample.history.years * 1_000
    work = get_finding(of_firms, Indicator.RECORD_WORK)
    assert work.estimate.value == pytest.approx(yearly * per_record.value)
    assert work.estimate.low < yearly * per_record.range[0] < yearly * per_record.range[1] < work.estimate.high


def test_income_lost_is_that_of_the_days_at_each_grade(of_rongcheng: SchemeAssessment) -> None:
    """Of Rongcheng only benefits are known, which give the best something: so less than nothing is lost."""
    assert get_finding(of_rongcheng, Indicator.INCOME_LOST).estimate.high < 0
