"""Lorenz curve, Gini index and the top tenth agree with worked examples, and with what they are defined by."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from goodstanding.lab.statistics.concentration import compute_gini, compute_lorenz_curve, compute_top_share

BURDENS = arrays(np.float64, st.integers(1, 40), elements=st.integers(0, 1_000).map(float)).filter(np.any)


def test_alike_is_none_and_all_on_a_single_back_is_nearly_all() -> None:
    """Ten who bear alike have 0 and a tenth at the top; where one of ten bears all, 0.9 and everything."""
    alike, alone = np.full(10, 3.0), np.array([0.0] * 9 + [5.0])
    assert (compute_gini(alike), compute_top_share(alike)) == (pytest.approx(0), pytest.approx(0.1))
    assert (compute_gini(alone), compute_top_share(alone)) == (pytest.approx(0.9), pytest.approx(1.0))


def test_a_worked_example() -> None:
    """1, 2, 3 and 4: the curve through 0.1, 0.3 and 0.6, and a Gini index of 0.25; 0.4 of a person bears 1.6 of 10."""
    burdens = np.array([3.0, 1.0, 4.0, 2.0])
    curve = [(0, 0), (0.25, 0.1), (0.5, 0.3), (0.75, 0.6), (1, 1)]
    assert compute_lorenz_curve(burdens) == pytest.approx(np.array(curve))
    assert compute_gini(burdens) == pytest.approx(0.25)
    assert compute_top_share(burdens) == pytest.approx(0.16)


@given(BURDENS)
def test_the_index_is_the_mean_difference_of_all_pairs(burdens: np.ndarray) -> None:
    """Half of it, over the mean; and twice the area between the curve and the diagonal."""
    differences = np.abs(burdens[:, None] - burdens[None, :]).mean()
    assert compute_gini(burdens) == pytest.approx(differences / (2 * burdens.mean()))
    people, borne = compute_lorenz_curve(burdens).T
    assert compute_gini(burdens) == pytest.approx(1 - 2 * np.trapezoid(borne, people))


@given(BURDENS, st.randoms(use_true_random=False))
def test_neither_order_nor_unit_matters(burdens: np.ndarray, random: object) -> None:
    """Who bears what plays no part, nor whether it is counted in days or hours."""
    mixed = burdens.copy()
    random.shuffle(mixed)
    for measure in (compute_gini, compute_top_share):
        assert measure(mixed * 24) == pytest.approx(measure(burdens))
    assert 0.1 - 1e-12 <= compute_top_share(burdens) <= 1 + 1e-12


def test_of_several_rows_each_has_its_own() -> None:
    """Along an axis, as resampling asks."""
    rows = np.array([[1.0, 2, 3, 4], [5, 5, 5, 5]])
    assert compute_gini(rows, axis=-1).tolist() == pytest.approx([0.25, 0.0])
    assert compute_top_share(rows, axis=-1).tolist() == pytest.approx([0.16, 0.1])


def test_where_nothing_is_borne_there_is_no_figure() -> None:
    """Neither even nor uneven."""
    assert np.isnan(compute_gini(np.zeros(5)))
    assert np.isnan(compute_top_share(np.zeros(5)))
