"""Terms in working days are counted as the catalogue's own calendar counts them."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from goodstanding.lab.simulation.docket.decision_table import (
    O_IS_WORKING,
    O_TERM,
    DecisionTable,
    build_working_days,
)
from goodstanding.lab.simulation.docket.draws import find_last_day
from goodstanding.procedure.calendars import Calendar, TimeLimit

EPOCH = date(1970, 1, 1)
FIRST, END = (date(2018, 1, 1) - EPOCH).days, (date(2023, 1, 1) - EPOCH).days


def build_table(calendar: str, term: int, is_working: bool) -> DecisionTable:
    """A table of one origin with a term, in a run of five years."""
    origins = np.zeros((1, 9), np.int64)
    origins[0, O_TERM], origins[0, O_IS_WORKING] = term, is_working
    nothing = np.zeros((0, 2), np.int64)
    counts, days = build_working_days(calendar, FIRST, END)
    return DecisionTable(origins, FIRST, counts, days, nothing, nothing, nothing, -1, -1, 0, False)


@given(st.integers(FIRST, END - 1), st.integers(0, 90), st.booleans(), st.sampled_from(["", "CN", "DE-BY", "IL"]))
def test_a_term_ends_on_the_last_day_that_the_calendar_gives(day: int, term: int, is_working: bool, code: str) -> None:
    """Working days or whole days, with holidays and other weekends: the day before the time is over."""
    over = Calendar.of(code).after(EPOCH + timedelta(day), TimeLimit(term, is_working))
    last_day = find_last_day.py_func(build_table(code, term, is_working), 0, day)
    assert EPOCH + timedelta(int(last_day)) == over - timedelta(days=1)
