"""Time that runs in a case: its last day, and how many days are left."""

from __future__ import annotations

from datetime import date

from goodstanding.web.schemas.page_frame import (
    FrozenSchema,
)


class RunningDeadline(FrozenSchema):
    """Time that runs: its last day, how many days are left today, and which of all its days this is."""

    title: str
    last_day: date
    days_left: int
    since: date
    day: int
    days: int
    then: str
    urgent: bool
