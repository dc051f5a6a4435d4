"""The register itself: what was written into its ledger in a window."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count

from goodstanding.ledger.models import Event
from goodstanding.ledger.proofs import get_size_at
from goodstanding.oversight.count_tables import CountTable
from goodstanding.oversight.reporting_period import ReportingWindow

EVENTS = "events"


def count_events_by_kind(window: ReportingWindow) -> CountTable:
    """The events recorded in a window, by kind."""
    first, last = (get_size_at(day - timedelta(days=1)) for day in (window.since, window.until))
    event_kinds = Event.objects.filter(position__gte=first, position__lt=last).values_list("kind")
    counted = event_kinds.annotate(number=Count("position")).order_by()
    return CountTable.of((EVENTS,), [(kind, EVENTS, count) for kind, count in counted])
