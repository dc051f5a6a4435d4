"""The days of a demonstration that stands still: its first, that of its last data, and the one on which it stands.

They are the same whenever it is built, so that what it shows is the same too.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from goodstanding import config
from goodstanding.cli.options import now

OPENED_ON, DATA_ON, STANDS_ON = date(2025, 1, 20), date(2026, 11, 1), date(2026, 11, 2)
EVENING = time(16, 30, tzinfo=UTC)


def find_instant(day: date) -> datetime:
    """When something is recorded on a day of a demonstration that stands still; in any other one now."""
    return datetime.combine(day, EVENING) if config.get_current_register().today else now()
