"""The register itself: what was written into its ledger, ever and in a window, and since when."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Count

from goodstanding.ledger.models import Event
from goodstanding.ledger.proofs import get_size_at
from goodstanding.oversight.count_tables import CountTable
from goodstanding.oversight.reporting_period import ReportingWindow
from goodstanding.register.storage.event_kinds import EventKind
from goodstanding.register.storage.queries import fetch_rows

EVENTS = "events"
_RECORD_EVENTS = "SELECT event, count(*) FROM record GROUP BY event ORDER BY event"
_STATEMENTS = "SELECT count(*) FROM statement"
_FIRST_DAY = """
SELECT CAST(min(day) AS TEXT) AS first
FROM (SELECT min(day) AS day FROM hearing_act UNION ALL SELECT min(stated) AS day FROM record) AS days
"""


def count_all_events_by_kind() -> dict[str, int]:
    """How many events of each kind there are; those with a key as the register's tables have them."""
    keyed = {kind: int(total) for kind, total in fetch_rows(_RECORD_EVENTS)}
    keyed[EventKind.STATEMENT_RECEIVED] = int(fetch_rows(_STATEMENTS)[0][0])
    keyless = Event.objects.filter(key=None).values_list("kind").annotate(total=Count("pk")).order_by("kind")
    return keyed | dict(keyless)


def find_first_day() -> date | None:
    """The day of the first act in a case or of the first statement of a record; None where there is neither."""
    first_day = fetch_rows(_FIRST_DAY)[0][0]
    return date.fromisoformat(first_day) if first_day else None


def count_events_by_kind(window: ReportingWindow) -> CountTable:
    """The events recorded in a window, by kind."""
    first, last = (get_size_at(day - timedelta(days=1)) for day in (window.since, window.until))
    event_kinds = Event.objects.filter(position__gte=first, position__lt=last).values_list("kind")
    counted = event_kinds.annotate(number=Count("position")).order_by()
    return CountTable.of((EVENTS,), [(kind, EVENTS, count) for kind, count in counted])
