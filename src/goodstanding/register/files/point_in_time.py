"""Which day and which ledger size a question is about: the edge where dates of knowledge become sizes."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import InitVar, dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

from goodstanding import config
from goodstanding.ledger import store as ledger
from goodstanding.ledger.proofs import get_size_at
from goodstanding.ledger.read_cache import read_cached
from goodstanding.procedure.local_days import compute_local_day
from goodstanding.register.projection.projector import catch_up
from goodstanding.register.rules.enacted_catalogues import list_on_file
from goodstanding.register.storage.queries import fetch_rows

_NEWEST = "SELECT catalogue, max(stated) FROM statement WHERE position < %s GROUP BY catalogue"
_NEWEST_OF = "SELECT max(stated) FROM statement WHERE feed = %s"
_LATER = "SELECT position, stated FROM statement WHERE feed = %s AND stated > %s"


@dataclass(frozen=True)
class PointInTime:
    """The day asked about (None: now) and the ledger size known by then (None: everything).

    `today` is the day for what belongs to no catalogue; where the `instant` is known, each catalogue has its own.
    """

    today: date
    at: date | None = None
    size: int | None = None
    instant: InitVar[datetime | None] = None

    def __post_init__(self, instant: datetime | None) -> None:
        self.__dict__["_instant"] = instant  # no field: answers show the others, and are the same when asked again

    @classmethod
    def of(cls, instant: datetime, at: date | None = None, size: int | None = None) -> PointInTime:
        """The moment of an instant: the day is that of UTC, and in each catalogue the one of its place."""
        return cls(instant.astimezone(UTC).date(), at, size, instant)

    @property
    def is_now(self) -> bool:
        """Whether it is the present on both axes, which anybody may ask about."""
        return self.at is None and self.size is None

    def at_present(self) -> PointInTime:
        """The same moment without the day and the size that it asks about."""
        return PointInTime(self.today, instant=self.__dict__["_instant"])

    def day(self, catalogue: str) -> date:
        """The day on which a catalogue's effects are looked at."""
        return self.at or list_opening_days().get(catalogue) or self.local_day(catalogue)

    def case_day(self, catalogue: str) -> date:
        """The day on which a catalogue's cases are looked at, which open on no day of their own."""
        return self.at or self.local_day(catalogue)

    def local_day(self, catalogue: str) -> date:
        """The day that it is now where a catalogue is at home."""
        return self._local_days.get(catalogue, self.today)

    @cached_property
    def _local_days(self) -> dict[str, date]:
        instant = self.__dict__["_instant"]
        on_file = list_on_file() if instant else {}
        return {name: compute_local_day(instant, enacted.catalogue) for name, enacted in on_file.items()}


def get_newest_size() -> int:
    """The ledger's size now, once the tables say all of it: for what must leave nothing out."""
    return catch_up()


def list_opening_days() -> dict[str, date]:
    """In a demonstration each catalogue opens on its data's own last day; in a real register this is empty.

    What is sent in on the day on which a demonstration stands still moves no catalogue on: else a file of today would
    make all of an old one's grades lapse.
    """
    if not config.get_current_register().demonstration:
        return {}
    return {name: date.fromisoformat(str(day)) for name, day in fetch_rows(_NEWEST, [_get_first_size()])}


def _get_first_size() -> int:
    """The size of the ledger before the day on which a demonstration stands still; without one the largest there is."""
    day = config.get_current_register().today
    if day is None:
        return 2**53
    return read_cached("size before the day", lambda: get_size_at(day - timedelta(days=1)))


def find_newest_statement_day(feed: str, after: date | None = None, sources: Collection[str] = ()) -> date | None:
    """The day of a feed's newest file on record; None before the first.

    With `sources` that of the newest one after a day that is about one of them; a file that does not say is about all.
    """
    if not sources:
        newest_day = fetch_rows(_NEWEST_OF, [feed])[0][0]
        return date.fromisoformat(str(newest_day)) if newest_day else None
    days_by_position = dict(fetch_rows(_LATER, [feed, after]))
    bodies = ((entry.position, json.loads(entry.body or "{}")) for entry in ledger.list_entries_at(days_by_position))
    days = (days_by_position[position] for position, body in bodies if _is_about(body, sources))
    return max((date.fromisoformat(str(day)) for day in days), default=None)


def _is_about(statement: dict[str, Any], sources: Collection[str]) -> bool:
    own = [statement["source"]] if "source" in statement else statement.get("sources")
    return own is None or bool(set(own) & set(sources))
