"""One rule of visibility: the public finds a subject as long as something is in force about it that anybody may see.

What has nothing such is not there: search, pages, claims and addresses answer it like what never was.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from goodstanding.register.files.point_in_time import PointInTime
from goodstanding.register.rules.enacted_catalogues import list_enacted

_IN_FORCE = """subject.kind <> 'person'
  AND EXISTS (
    SELECT 1
    FROM effect
    WHERE effect.subject_id = subject.id
      AND effect.audience = 'anybody'
      AND effect.kind <> 'case'
      AND ({on_days})
  )"""
_ON_DAY = """effect.catalogue IN ({marks})
        AND effect.valid_from <= %s
        AND (effect.valid_to IS NULL OR effect.valid_to > %s)"""


def build_public_condition(moment: PointInTime) -> tuple[str, list[Any]]:
    """The condition over the table `subject` under which the public finds one, and the values in it.

    Of a moment known by an earlier ledger size, which is closed to the public, the kind alone is asked.
    """
    if moment.size is not None:
        return "subject.kind <> 'person'", []
    catalogues_by_day: defaultdict[date, list[str]] = defaultdict(list)
    for name in list_enacted():
        catalogues_by_day[moment.day(name)].append(name)
    parts, values = [], list[Any]()
    for day, catalogues in catalogues_by_day.items():
        parts.append(_ON_DAY.format(marks=", ".join(["%s"] * len(catalogues))))
        values += [*catalogues, day, day]
    return _IN_FORCE.format(on_days=" OR ".join(f"({part})" for part in parts) or "FALSE"), values
