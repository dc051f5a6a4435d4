"""Controlled rounding: whole numbers that meet both sums exactly, and on average the table's own."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from goodstanding.lab.world.integer_tables import apportion, round_table
from goodstanding.lab.world.random_streams import derive_key, open_stream


@settings(deadline=None)
@given(
    seed=st.integers(0, 1 << 32),
    height=st.integers(1, 40),
    width=st.integers(1, 6),
    size=st.sampled_from([0, 1, 7, 100, 5_000, 10**9]),
)
def test_sums_of_rows_and_columns_are_met_exactly(seed: int, height: int, width: int, size: int) -> None:
    """Whatever the table and the total, no count is below zero."""
    random = np.random.default_rng(seed)
    table = random.uniform(0.001, 10, (height, width))
    rows, columns = (
        apportion(random.uniform(0, 1, height) ** 4, size),
        apportion(random.uniform(0, 1, width) ** 4, size),
    )
    counts = round_table(table, rows, columns, np.uint64(seed))
    assert counts.min() >= 0
    assert counts.sum(axis=1).tolist() == rows.tolist()
    assert counts.sum(axis=0).tolist() == columns.tolist()


def test_a_cell_is_right_on_average() -> None:
    """Over many streams the mean count of every cell is its share."""
    table = np.array([[3.0, 1.0, 1.0], [1.0, 2.0, 1.0], [1.0, 1.0, 1.0]])
    expected = np.array([[1.2, 0.4, 0.4], [0.5, 1.0, 0.5], [0.3, 0.6, 1.1]])
    rows, columns = expected.sum(axis=1), expected.sum(axis=0)
    assert rows.tolist() == [2, 2, 2]
    assert columns.tolist() == [2, 2, 2]
    table = expected
    streams = [open_stream(np.uint64(9), np.uint64(place)) for place in range(4_000)]
    drawn = [round_table(table, np.array([2, 2, 2]), np.array([2, 2, 2]), stream) for stream in streams]
    assert np.all(abs(np.mean(drawn, axis=0) - expected) < 6 * 0.5 / np.sqrt(len(drawn)))
    assert len({derive_key("a"), derive_key("b")}) == 2


@given(seed=st.integers(0, 1 << 32), parts=st.integers(1, 50), total=st.integers(0, 10**9))
def test_a_total_is_split_into_parts_less_than_one_from_their_shares(seed: int, parts: int, total: int) -> None:
    """Largest remainders: the parts add up to the total."""
    shares = np.random.default_rng(seed).uniform(0.001, 1, parts)
    counts = apportion(shares, total)
    assert counts.sum() == total
    assert np.all(abs(counts - shares / shares.sum() * total) < 1 + 1e-6)
