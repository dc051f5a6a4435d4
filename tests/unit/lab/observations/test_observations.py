"""What was really observed has the rows that were published, and gives the shares that the experiments rest on."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from goodstanding.lab.observations.credit_accounts import read_credit_accounts
from goodstanding.lab.observations.inspection_visits import CITIES, VisitPairs, read_visit_pairs


def compute_percent(pairs: VisitPairs, severe: NDArray[np.bool_], least: float, most: float) -> float:
    """Of visits after one with so many points, the percentage that were severe."""
    after = (pairs.earlier >= least) & (pairs.earlier <= most)
    return round(100 * float(severe[after].mean()), 1)


def test_every_city_has_its_pairs_of_visits() -> None:
    """A visit with one before it at the same premises, counted once, in the order of days."""
    pairs = {city: read_visit_pairs(city) for city in CITIES}
    assert {city: len(rows.day) for city, rows in pairs.items()} == {
        "san-francisco": 10_304, "chicago": 4_528, "new-york": 36_765,
    }  # fmt: skip
    for rows in pairs.values():
        assert (np.diff(rows.day) >= 0).all()
        assert (rows.gap >= 0).all()


def test_in_new_york_a_worse_grade_is_followed_by_a_worse_visit() -> None:
    """28 points or more after an A, a B and a C, and how soon the visit came: worse grades are visited sooner."""
    pairs = read_visit_pairs("new-york")
    grades = ((0, 13), (14, 27), (28, 999))
    severe = pairs.severity >= 28
    assert [compute_percent(pairs, severe, *ends) for ends in grades] == [9.2, 15.7, 23.6]
    days = [np.median(pairs.gap[(pairs.earlier >= least) & (pairs.earlier <= most)]) for least, most in grades]
    assert days == [358, 196, 185]


def test_in_san_francisco_a_worse_score_is_followed_by_a_worse_visit() -> None:
    """A score under 86 after 91 and more, 86 to 90, 71 to 85 and less (points here count down from 100)."""
    pairs = read_visit_pairs("san-francisco")
    severe = pairs.severity > 14
    ends = ((0, 9), (10, 14), (15, 29), (30, 100))
    shares = [compute_percent(pairs, severe, *end) for end in ends]
    assert shares == pytest.approx([7, 25.5, 51, 78], abs=0.5)


def test_in_chicago_a_critical_violation_is_followed_by_another_twice_as_often() -> None:
    """After none and after one: a critical violation alone weighs 9, more than any number of minor ones seen there."""
    rows = read_rows("chicago")
    first, second, critical = pair_rows(rows["premises"], rows["critical"])
    assert len(first) == 4_528
    assert [round(100 * float((critical[second][after] > 0).mean()), 1) for after in list_classes(critical[first])] == [
        9.4, 21.1,
    ]  # fmt: skip


def test_high_risk_violations_follow_the_last_score() -> None:
    """The shares of visits with one, after 91 points and more, 86 to 90, 71 to 85 and under 71."""
    rows = read_rows("san_francisco")
    first, second, score = pair_rows(rows["premises"], rows["score"])
    after, serious = score[first], rows["high_risk"][second] > 0
    ends = ((91, 100), (86, 90), (71, 85), (0, 70))
    shares = [100 * float(serious[(after >= least) & (after <= most)].mean()) for least, most in ends]
    assert shares == pytest.approx([15.8, 31.8, 47.0, 68.4], abs=0.05)


def test_the_accounts_are_those_that_were_published() -> None:
    """30,000 of them, of which 6,636 defaulted; no column has a gap."""
    accounts = read_credit_accounts()
    assert (len(accounts.defaulted), int(accounts.defaulted.sum())) == (30_000, 6_636)
    for columns in (accounts.delays, accounts.means, accounts.demographics):
        assert np.isfinite(columns).all()
    assert (accounts.newest_delay == accounts.delays[:, 0]).all()


def list_classes(critical: NDArray[np.int64]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Visits without and with a critical violation."""
    return critical == 0, critical > 0


def read_rows(city: str) -> dict[str, NDArray[np.int64]]:
    """The rows of a city's file as it is shipped, without the code that is tried."""
    from importlib.resources import files

    import pyarrow.parquet as pq

    with (files("goodstanding.lab") / f"observations/data/{city}_visits.parquet").open("rb") as file:
        table = pq.read_table(file)
    numbers = [name for name in table.column_names if name not in ("day", "result")]
    return {name: table[name].to_numpy().astype(np.int64) for name in numbers}


def pair_rows(
    premises: NDArray[np.int64], column: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The places of each visit and of the next at the same premises, and a column."""
    first = np.flatnonzero(premises[1:] == premises[:-1])
    return first, first + 1, column
