"""How well a score sorts is worked out pair by pair here, and by ranks there."""

from __future__ import annotations

import numpy as np
import pytest

from goodstanding.lab.statistics.discrimination import (
    Outcomes,
    Scores,
    compare_auc,
    compute_auc,
    compute_expected_auc,
    estimate_auc,
    list_calibration_bins,
)
from goodstanding.lab.statistics.score_weights import fit_score, standardise, weigh_columns

NORMAL_97_5 = 1.959963984540054


def draw_scores(seed: int, people: int = 120) -> tuple[Scores, Scores, Outcomes]:
    """Two scores with ties that both say a little of what happened."""
    drawn = np.random.default_rng(seed)
    happened = drawn.random(people) < 0.4
    first, second = (np.round(happened * 0.8 + drawn.normal(size=people), 1) for _ in range(2))
    return first, second, happened


def compare_pairs(scores: Scores, happened: Outcomes) -> Scores:
    """For each case and each other person 1, ½ or 0: by definition."""
    cases, others = scores[happened], scores[~happened]
    return np.asarray((cases[:, None] > others) + 0.5 * (cases[:, None] == others))


def test_auc_is_the_share_of_pairs_in_the_right_order() -> None:
    """A score that sorts perfectly has 1, the reverse 0, and one that ties everybody ½."""
    happened = np.array([True, True, False, False])
    scores = np.array([4.0, 3.0, 2.0, 1.0])
    assert (compute_auc(scores, happened), compute_auc(-scores, happened), compute_auc(scores * 0, happened)) == (
        1.0, 0.0, 0.5,
    )  # fmt: skip
    first, _second, truth = draw_scores(7)
    assert compute_auc(first, truth) == pytest.approx(compare_pairs(first, truth).mean())


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_interval_of_a_difference_is_delongs(seed: int) -> None:
    """The covariances of both scores' components (equations 4 to 6 of DeLong, DeLong and Clarke-Pearson), in full."""
    first, second, happened = draw_scores(seed)
    pairs = [compare_pairs(scores, happened) for scores in (first, second)]
    of_cases, of_others = (np.cov([table.mean(axis=axis) for table in pairs]) for axis in (1, 0))
    covariance = of_cases / happened.sum() + of_others / (~happened).sum()
    spread = float(np.sqrt(covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1]))
    estimate = compare_auc(first, second, happened)
    assert estimate.value == pytest.approx(pairs[0].mean() - pairs[1].mean())
    assert estimate.high - estimate.value == pytest.approx(NORMAL_97_5 * spread)
    assert estimate.value - estimate.low == pytest.approx(NORMAL_97_5 * spread)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_interval_of_one_auc_is_delongs_too(seed: int) -> None:
    """The same components for one score alone; a perfect score leaves no doubt."""
    first, _second, happened = draw_scores(seed)
    table = compare_pairs(first, happened)
    parts = [table.mean(axis=axis) for axis in (1, 0)]
    spread = float(np.sqrt(sum(np.var(part, ddof=1) / len(part) for part in parts)))
    estimate = estimate_auc(first, happened)
    assert estimate.value == pytest.approx(table.mean())
    assert estimate.high - estimate.value == pytest.approx(NORMAL_97_5 * spread)
    perfect = estimate_auc(happened.astype(float), happened)
    assert (perfect.low, perfect.value, perfect.high) == (1.0, 1.0, 1.0)


def test_a_score_does_not_differ_from_itself() -> None:
    """The difference is 0, with no doubt about it."""
    first, _second, happened = draw_scores(1)
    estimate = compare_auc(first, 3 * first + 1, happened)
    assert (estimate.value, estimate.low, estimate.high) == (0.0, 0.0, 0.0)


def test_the_expected_auc_is_that_of_certain_outcomes_where_risks_are_certain() -> None:
    """Risks of 0 and 1 leave nothing to luck; a risk that is the same for all says nothing."""
    first, _second, happened = draw_scores(5)
    assert compute_expected_auc(first, happened.astype(float)) == pytest.approx(compute_auc(first, happened))
    assert compute_expected_auc(first, np.full(len(first), 0.3)) == pytest.approx(0.5)


def test_bins_of_a_true_risk_are_calibrated() -> None:
    """Each bin has a tenth of the people, and what was stated is about what happened."""
    drawn = np.random.default_rng(3)
    risks = drawn.random(20_000)
    bins = list_calibration_bins(risks, drawn.random(20_000) < risks)
    assert [part.people for part in bins] == [2_000] * 10
    assert max(abs(part.stated - part.happened) for part in bins) < 0.04  # over three standard errors


def test_a_fitted_score_finds_the_weights_that_made_the_outcome() -> None:
    """Two columns, of which one matters three times as much: the ratio of what they add to the score is three."""
    drawn = np.random.default_rng(4)
    columns = drawn.normal(size=(40_000, 2))
    risk = 1 / (1 + np.exp(-(3 * columns[:, 0] + columns[:, 1])))
    tested = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    nothing, first, second = fit_score(columns, drawn.random(40_000) < risk, tested)
    assert (first - nothing) / (second - nothing) == pytest.approx(3.0, rel=0.06)


def test_printed_weights_are_a_weighted_mean_of_like_columns() -> None:
    """A column that never varies weighs nothing; equal weights of two columns are their mean."""
    columns = np.array([[1.0, 10.0], [2.0, 10.0], [3.0, 10.0]])
    assert standardise(columns)[:, 1].tolist() == [0.0, 0.0, 0.0]
    assert weigh_columns(columns, np.array([1.0, 1.0])) == pytest.approx(standardise(columns)[:, 0] / 2)
