"""Which day and which ledger size a question is about: the edge where dates of knowledge become sizes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goodstanding import config
from goodstanding.register.projection.projector import catch_up
from goodstanding.register.storage.queries import fetch_rows

_NEWEST = "SELECT catalogue, max(stated) FROM statement GROUP BY catalogue"
_NEWEST_OF = "SELECT max(stated) FROM statement WHERE feed = %s"
_NOT_OF_OTHERS = " AND (file NOT LIKE %s OR substr(file, 1, %s) = %s)"


@dataclass(frozen=True, slots=True)
class PointInTime:
    """The day asked about (None: now) and the ledger size known by then (None: everything)."""

    today: date
    at: date | None = None
    size: int | None = None

    @property
    def is_now(self) -> bool:
        """Whether it is the present on both axes, which anybody may ask about."""
        return self.at is None and self.size is None

    def day(self, catalogue: str) -> date:
        """The day on which a catalogue's effects are looked at."""
        return self.at or list_opening_days().get(catalogue) or self.today


def get_newest_size() -> int:
    """The ledger's size now, once the tables say all of it: for what must leave nothing out."""
    return catch_up()


def list_opening_days() -> dict[str, date]:
    """In a demonstration each catalogue opens on its data's own last day; in a real register this is empty."""
    if not config.get_current_register().demonstration:
        return {}
    return {name: date.fromisoformat(str(day)) for name, day in fetch_rows(_NEWEST)}


def find_newest_statement_day(feed: str, source: str = "") -> date | None:
    """The day of a feed's newest file on record; None before the first.

    For a `source` that sends for itself alone, what other sources sent for themselves is left out: the name of such a
    file begins with its source and a slash, which no other file's name holds.
    """
    own = ["%/%", len(source) + 1, f"{source}/"] if source else []
    newest_day = fetch_rows(_NEWEST_OF + _NOT_OF_OTHERS * bool(source), [feed, *own])[0][0]
    return date.fromisoformat(str(newest_day)) if newest_day else None
