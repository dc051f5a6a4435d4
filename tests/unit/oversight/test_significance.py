"""Shares, their intervals and whether differences may be chance: the figures that SciPy 1.17 gives too."""

from __future__ import annotations

import pytest

from goodstanding.oversight.significance import assess_difference, compute_upper_tail, estimate_share


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        (0, 12, 0.0, 0.24249400665524085),
        (3, 17, 0.061911266376209945, 0.4102945856883412),
        (50, 100, 0.4038315303659956, 0.5961684696340044),
        (12, 12, 0.7575059933447592, 1.0),
    ],
)
def test_a_share_has_the_interval_of_wilson(hits: int, of: int, low: float, high: float) -> None:
    """As `binomtest(hits, of).proportion_ci(method="wilson")` has it."""
    share = estimate_share(hits, of)
    assert (share.low, share.high) == pytest.approx((low, high), rel=1e-12)


@pytest.mark.parametrize(
    ("counts", "chance", "how"),
    [
        (((8, 2), (1, 5)), 0.034965034965034975, "exact"),
        (((12, 5), (3, 11)), 0.011342206655585621, "exact"),
        (((10, 10), (10, 10)), 1.0, "exact"),
        (((3, 7), (9, 2), (4, 4)), 0.05802640475427932, "exact"),
        (((300, 700), (290, 650), (120, 400)), 0.0042574378183913965, "chi-square"),
    ],
)
def test_differences_come_about_by_chance_as_often_as_other_programs_say(
    counts: tuple[tuple[int, int], ...], chance: float, how: str
) -> None:
    """As `fisher_exact`, a sum over `multivariate_hypergeom`, and `chi2_contingency` without correction have it."""
    difference = assess_difference(counts)
    assert (difference.chance, difference.how) == (pytest.approx(chance, rel=1e-10), how)


@pytest.mark.parametrize(
    ("value", "freedom", "tail"),
    [(3.84, 1, 0.05004352124870519), (12.5, 7, 0.08526927515826925), (40.0, 20, 0.0049954123083075785)],
)
def test_the_upper_tail_is_that_of_the_chi_square_distribution(value: float, freedom: int, tail: float) -> None:
    """As `chi2.sf` has it, for odd and even degrees of freedom."""
    assert compute_upper_tail(value, freedom) == pytest.approx(tail, rel=1e-12)
