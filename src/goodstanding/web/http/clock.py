"""The day and the instant that it is, asked in one place; in a demonstration the day that it names."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from goodstanding import config
from goodstanding.catalogue import Catalogue
from goodstanding.procedure.local_days import compute_local_day
from goodstanding.register.files.point_in_time import PointInTime


def get_today() -> date:
    """The day it is for what belongs to no catalogue, in UTC; in a demonstration the day that it names."""
    return _find_demonstration_day() or get_now().date()


def get_local_day(catalogue: Catalogue) -> date:
    """The day it is where a catalogue is at home; in a demonstration the day that it names."""
    return _find_demonstration_day() or compute_local_day(get_now(), catalogue)


def get_day_in(catalogue: str) -> date:
    """The same for a catalogue on file, by its name."""
    return get_moment().local_day(catalogue)


def get_moment() -> PointInTime:
    """The present, in which each catalogue has its own day; in a demonstration all have the day that it names."""
    return get_moment_of(None, None)


def get_moment_of(at: date | None, size: int | None) -> PointInTime:
    """The same, asking about a day and what was known by a ledger size, where they are given."""
    day = _find_demonstration_day()
    return PointInTime(day, at, size) if day else PointInTime.of(get_now(), at, size)


def get_now() -> datetime:
    """The present instant, for the ledger; in a demonstration that stands still a time of its own day."""
    return config.hold_day(datetime.now(UTC))


def _find_demonstration_day() -> date | None:
    """The day that GOODSTANDING_TODAY names, in a demonstration; else the one on which it stands still, if it does."""
    register = config.get_current_register()
    return config.find_demonstration_day(register.demonstration, os.environ) or register.today
