"""The day that it is for a catalogue: its days begin and end where it is at home.

The clock is read at the edges; this turns the instant that it showed into a day, for pages, commands, deadlines,
letters and all else. Where a catalogue leaves open which of its country's time zones is meant, as older ones do, a day
goes on until it is over in the last of them: in doubt the subject has the later end.
"""

from __future__ import annotations

from datetime import date, datetime

from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.validation.jurisdiction import list_time_zones


def compute_local_day(instant: datetime, catalogue: Catalogue) -> date:
    """The day of an instant where a catalogue is at home."""
    return min(instant.astimezone(zone).date() for zone in list_time_zones(catalogue))
