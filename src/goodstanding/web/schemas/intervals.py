"""What holds from one day until another, as everybody is told it: with its last day."""

from __future__ import annotations

from datetime import date

from pydantic import computed_field

from goodstanding.procedure.intervals import find_last_day
from goodstanding.web.schemas.page_frame import FrozenSchema


class IntervalSchema(FrozenSchema):
    """What holds from `valid_from` up to and including `last_day`; `valid_to` is the first day after it."""

    valid_from: date
    valid_to: date | None

    @computed_field  # type: ignore[prop-decorator]
    @property
    def last_day(self) -> date | None:
        """The last day; None where no end is set."""
        return find_last_day(self.valid_to)
