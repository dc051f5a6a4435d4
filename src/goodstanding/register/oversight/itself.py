"""The register itself: what was written into its ledger in a window."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count

from goodstanding.ledger.models import Event
from goodstanding.ledger.proofs import size_at
from goodstanding.register.oversight.grids import Grid
from goodstanding.register.oversight.windows import Window

EVENTS = "events"


def itself(window: Window) -> Grid:
    """The events recorded in a window, by kind."""
    first, last = (size_at(day - timedelta(days=1)) for day in (window.since, window.until))
    found = Event.objects.filter(position__gte=first, position__lt=last).values_list("kind")
    counted = found.annotate(held=Count("position")).order_by()
    return Grid.of((EVENTS,), [(kind, EVENTS, count) for kind, count in counted])
