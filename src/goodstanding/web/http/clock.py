"""The day and the instant that it is, asked in one place; in a demonstration the day that it names."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from goodstanding import config


def get_today() -> date:
    """The day it is, in UTC; in a demonstration the day that GOODSTANDING_TODAY names."""
    return (
        config.find_demonstration_day(config.get_current_register().demonstration, os.environ)
        or datetime.now(UTC).date()
    )


def get_now() -> datetime:
    """The present instant, for the ledger."""
    return datetime.now(UTC)
