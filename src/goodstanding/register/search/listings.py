"""Lists as they stand on a day: who is named, since when, until when, because of what; paged, or whole for a copy."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from goodstanding.access import WHOLE_REGISTER, Action, Actor, may
from goodstanding.catalogue.procedures import ListRule
from goodstanding.errors import NotAllowed
from goodstanding.messages import Message, RegisterMessage
from goodstanding.procedure.intervals import compute_last_day
from goodstanding.register.files.point_in_time import PointInTime
from goodstanding.register.rules.enacted_catalogues import get_list_rule
from goodstanding.register.storage.queries import fetch_rows

COPY_HOLDS = timedelta(days=1)
_ON = "effect.measure = %s AND effect.kind = 'listing' AND effect.catalogue = %s AND effect.audience = 'anybody'"
_THEN = "effect.valid_from <= %s AND (effect.valid_to IS NULL OR effect.valid_to > %s)"
_COUNT = f"SELECT count(*) FROM effect WHERE {_ON} AND {_THEN}"
_ENTRIES = f"""
SELECT subject.id, subject.kind, subject.name, subject.region,
  (SELECT min(text) FROM identifier WHERE identifier.subject_id = subject.id) AS identifier,
  effect.value, effect.valid_from, effect.valid_to, effect.because
FROM effect
JOIN subject ON subject.id = effect.subject_id
WHERE {_ON} AND {_THEN}
ORDER BY effect.valid_from DESC, subject.name, subject.id
"""


@dataclass(frozen=True, slots=True)
class ListingEntry:
    """One listing: who, by identifier, over which interval, resting on which ledger positions."""

    subject_id: int
    kind: str
    name: str
    region: str
    identifier: str
    stage: str
    valid_from: date
    valid_to: date | None
    because: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ListingPage:
    """A part of a list on a day: the rule, how many entries there are in all, and some of them."""

    catalogue: str
    name: str
    rule: ListRule
    day: date
    total: int
    entries: tuple[ListingEntry, ...]


def get_listing_page(name: str, moment: PointInTime, actor: Actor, limit: int = 50, offset: int = 0) -> ListingPage:
    """Entries of a list, newest first; raises UnknownList, or NotAllowed for another moment."""
    catalogue, key = get_list_rule(name)
    allowed = may(actor, Action.SEE_NOW if moment.is_now else Action.SEE_PAST, WHOLE_REGISTER)
    if not allowed.allowed:
        raise NotAllowed(Message(RegisterMessage.LIST_OPEN_NOW_ONLY), remedy=allowed.because)
    day = moment.day(catalogue.name)
    parameters = [key, catalogue.name, day, day]
    entry_rows = fetch_rows(f"{_ENTRIES} LIMIT %s OFFSET %s", [*parameters, limit, offset])
    total = int(fetch_rows(_COUNT, parameters)[0][0])
    return ListingPage(catalogue.name, key, catalogue.lists[key], day, total, tuple(map(_build_entry, entry_rows)))


def copy_list(name: str, moment: PointInTime, actor: Actor) -> Iterator[dict[str, Any]]:
    """Every entry of a list for a registered recipient, each with the last day the copy may be used (article 21)."""
    allowed = may(actor, Action.DOWNLOAD_LIST, WHOLE_REGISTER)
    if not allowed.allowed:
        raise NotAllowed(Message(RegisterMessage.LIST_NOT_YOURS_TO_COPY), remedy=allowed.because)
    catalogue, key = get_list_rule(name)
    day = moment.day(catalogue.name)
    until = (moment.today + COPY_HOLDS).isoformat()
    for row in fetch_rows(_ENTRIES, [key, catalogue.name, day, day]):
        entry = _build_entry(row)
        yield {
            "identifier": entry.identifier,
            "name": entry.name,
            "kind": entry.kind,
            "region": entry.region,
            "catalogue": catalogue.name,
            "list": key,
            "stage": entry.stage,
            "valid_from": entry.valid_from.isoformat(),
            "valid_to": entry.valid_to.isoformat() if entry.valid_to else None,
            "last_day": compute_last_day(entry.valid_to).isoformat() if entry.valid_to else None,
            "because": " ".join(map(str, entry.because)),
            "as_of": day.isoformat(),
            "copy_valid_until": until,
        }


def _build_entry(row: tuple[Any, ...]) -> ListingEntry:
    subject_id, kind, name, region, identifier, stage, start, end, because = row
    return ListingEntry(
        subject_id,
        kind,
        name,
        region,
        identifier,
        stage,
        date.fromisoformat(str(start)),
        date.fromisoformat(str(end)) if end else None,
        tuple(json.loads(because)),
    )
