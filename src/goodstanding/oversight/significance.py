"""Shares with their uncertainty, and whether differences between shares may be chance; plain arithmetic, no sampling.

Wilson, Probable Inference, J. Am. Stat. Assoc. 22 (1927); Fisher's exact test, for several rows after Freeman and
Halton, Biometrika 38 (1951); Pearson's chi-square where the exact test has too many tables; Holm, Scand. J. Statist. 6
(1979).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

Z95 = 1.959963984540054  # 95 of 100 lie this many standard deviations from the middle
MOST_TABLES = 50_000
LEAST_EXPECTED = 5.0
_NEAR = 1 + 1e-9


@dataclass(frozen=True, slots=True)
class ShareEstimate:
    """So many of so many; `low` and `high` are the ends of the 95% confidence interval of the true share."""

    hits: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share, from 0 to 1."""
        return self.hits / self.of


def estimate_share(hits: int, of: int) -> ShareEstimate:
    """A share with its interval after Wilson; `of` is one or more."""
    middle, z = hits / of, Z95
    scale = 1 + z * z / of
    centre = (middle + z * z / (2 * of)) / scale
    half = z * math.sqrt(middle * (1 - middle) / of + z * z / (4 * of * of)) / scale
    low = 0.0 if hits == 0 else max(0.0, centre - half)
    high = 1.0 if hits == of else min(1.0, centre + half)
    return ShareEstimate(hits, of, low, high)


@dataclass(frozen=True, slots=True)
class SignificanceTest:
    """How often differences at least this large come about by chance alone, and by which test that was worked out.

    `how` is `exact` or `chi-square`, or empty where there is too little to say; then `chance` is None.
    """

    chance: float | None
    how: str = ""


def assess_difference(counts: Sequence[tuple[int, int]]) -> SignificanceTest:
    """Whether rows of (hits, misses) differ by more than chance: exact where that is feasible, else chi-square."""
    rows = [(hits, misses) for hits, misses in counts if hits + misses]
    if len(rows) < 2:
        return SignificanceTest(None)
    if math.prod(min(sum(row), sum(hits for hits, _ in rows)) + 1 for row in rows) <= MOST_TABLES:
        return SignificanceTest(_compute_exact_chance(rows), "exact")
    if _compute_least_expected(rows) < LEAST_EXPECTED:
        return SignificanceTest(None)
    return SignificanceTest(_compute_chi_square_chance(rows), "chi-square")


def _compute_exact_chance(rows: Sequence[tuple[int, int]]) -> float:
    """The share of tables with the same totals that are no more likely than this one, by their likelihood."""
    sizes, hits = [sum(row) for row in rows], sum(row_hits for row_hits, _ in rows)
    logs = [_compute_log_ways(size, row_hits) for size, (row_hits, _) in zip(sizes, rows, strict=True)]
    whole = _compute_log_ways(sum(sizes), hits)
    seen = math.exp(sum(logs) - whole)
    chances = (math.exp(log_ways - whole) for log_ways in _iterate_tables(sizes, hits))
    return min(1.0, math.fsum(chance for chance in chances if chance <= seen * _NEAR))


def _iterate_tables(sizes: Sequence[int], hits: int) -> Iterator[float]:
    """The logarithm of how many ways lead to each table with these sizes and so many hits in all."""
    first, other_sizes = sizes[0], sizes[1:]
    if not other_sizes:
        if hits <= first:
            yield _compute_log_ways(first, hits)
        return
    for first_hits in range(max(0, hits - sum(other_sizes)), min(first, hits) + 1):
        ways = _compute_log_ways(first, first_hits)
        for others in _iterate_tables(other_sizes, hits - first_hits):
            yield ways + others


@cache
def _compute_log_ways(size: int, hits: int) -> float:
    return math.lgamma(size + 1) - math.lgamma(hits + 1) - math.lgamma(size - hits + 1)


def _compute_least_expected(rows: Sequence[tuple[int, int]]) -> float:
    whole = sum(map(sum, rows))
    columns = [sum(row[at] for row in rows) for at in (0, 1)]
    return min(sum(row) * column / whole for row in rows for column in columns)


def _compute_chi_square_chance(rows: Sequence[tuple[int, int]]) -> float:
    whole = sum(map(sum, rows))
    columns = [sum(row[at] for row in rows) for at in (0, 1)]
    statistic = sum(
        (row[at] - sum(row) * columns[at] / whole) ** 2 / (sum(row) * columns[at] / whole)
        for row in rows
        for at in (0, 1)
    )
    return compute_upper_tail(statistic, len(rows) - 1)


def compute_upper_tail(statistic: float, freedom: int) -> float:
    """The chance that a chi-square of so much freedom is at least `found` (Abramowitz and Stegun 26.4.4 and 26.4.5)."""
    half = statistic / 2
    at, tail = (0.5, math.erfc(math.sqrt(half))) if freedom % 2 else (1.0, math.exp(-half))
    while at < freedom / 2:
        tail += math.exp(at * math.log(half) - half - math.lgamma(at + 1)) if half else 0.0
        at += 1
    return min(1.0, tail)


def adjust_by_holm(chances: Sequence[float]) -> list[float]:
    """The same chances where so many comparisons were made at once (Holm): none is smaller than it was."""
    order = sorted(range(len(chances)), key=lambda at: chances[at])
    adjusted, worst = [0.0] * len(chances), 0.0
    for place, at in enumerate(order):
        worst = max(worst, min(1.0, chances[at] * (len(chances) - place)))
        adjusted[at] = worst
    return adjusted


def compute_quantile(ordered: Sequence[float], part: float) -> float:
    """The value below which a part of ordered values lies, between two of them in proportion; there is at least one."""
    place = part * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
