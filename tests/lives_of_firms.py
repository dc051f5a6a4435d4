"""A run of a small scheme over busy firms, for tests of what it did to them: records late, false and withdrawn."""

from __future__ import annotations

from datetime import date
from functools import cache

from tests.lab_schemes import BUSY_ACTS, Item, SmallScheme, build_behaviour

from goodstanding.lab import Population, run
from goodstanding.lab.assessment.life_samples import LifeSample, draw_sample
from goodstanding.lab.simulation.run_counts import Mechanisms, Run

FIRMS = Population.draw("fictional", persons=0, firms=1_500, seed=4)
START = date(2020, 1, 31)
MONTHS = 48
ALL: Mechanisms = ("means", "gain")


@cache
def build_small_scheme(disputes: int | None = 60) -> SmallScheme:
    """Ten points for a word and five for another, for two years; C below 40 and at once for the third."""
    items = (Item(("a",), ((-10, None),), None, "year"), Item(("b", "c"), ((-5, None),), 15, "year"))
    return SmallScheme(
        next_day=False, joining=True, base=70, floor=0, cap=100, items=items, direct=((("d",), "C", None),), bonus=(),
        delays=((0, 5), (0, 0), (10, 40), (0, 90)), disputes=disputes,
    )  # fmt: skip


@cache
def run_small_scheme(disputes: int | None = 60, arms: tuple[Mechanisms, ...] = (ALL, ())) -> Run:
    """Four years of 1,500 firms; the same object for all tests that ask for the same, since nothing changes it."""
    behaviour = build_behaviour(build_small_scheme(disputes))
    return run(FIRMS, behaviour, MONTHS, start=START, acts=BUSY_ACTS, arms=arms)


@cache
def draw_small_sample(disputes: int | None = 60, people: int = 1_500) -> LifeSample:
    """All its firms, or so many."""
    lived = run_small_scheme(disputes)
    sample = draw_sample(FIRMS, lived.schemes[0], "firm", people)
    assert sample is not None
    return sample
