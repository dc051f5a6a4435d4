"""Replays of a catalogue's proceedings: from the files their source published, or from the records on file.

Files are read by their feed's own mapping and touch no register. A row that the feed refuses is counted and left out.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from goodstanding.catalogue.feeds import Feed
from goodstanding.catalogue.model import Catalogue
from goodstanding.errors import BadInput
from goodstanding.procedure.histories import History, Order, Statement
from goodstanding.procedure.replay import Replay, replay
from goodstanding.register import catalogues, mapping
from goodstanding.register.outcome import RECORDS
from goodstanding.register.reading import read
from goodstanding.register.store import TEXT, columns, rows, schema
from goodstanding.register.tellings import Key, Teller

_ON_FILE = """
SELECT position, subject_id, record, source, reference, coalesce(about, '') AS about, occurred, fields,
  coalesce(published, '') AS published, stated, event
FROM record
WHERE catalogue = '{catalogue}'
"""
_STATED_ON = "SELECT DISTINCT stated FROM statement WHERE feed = %s AND stated <= %s ORDER BY stated"


@dataclass(frozen=True, slots=True)
class Replayed:
    """A replay of one kind of case of a catalogue, from which files, with how many of their rows were refused."""

    catalogue: str
    case: str
    files: tuple[str, ...]
    refused: int
    replay: Replay


def of_files(files: Sequence[Path], catalogue: Catalogue, feed: str = "", stated: date | None = None) -> Replayed:
    """A replay of a feed's files, each as stated on its own day; raises BadInput, BadFile and BadDay.

    `stated` is the day of a file that does not say its own.
    """
    teller = _teller(catalogue, feed)
    told: dict[date, pa.Table] = {}
    refused = 0
    for file in files:
        day = mapping.stated_day(file.name, stated, teller.feed)
        if day in told:
            raise BadInput(f"Two files are stated on {day}.", where=str(file), remedy="one file for each day")
        found = mapping.findings(read(file), teller.feed, catalogue, day, file.parent).to_pylist()
        good = [row for row in found if not row["problems"]]
        refused += len(found) - len(good)
        told[day] = records_of(good)
    return Replayed(catalogue.name, teller.case, tuple(file.name for file in files), refused, _replay(told, teller))


def on_file(name: str, at: date, feed: str = "") -> Replayed:
    """A replay of the records on file, as stated up to a day; raises NotFound and BadInput."""
    teller = _teller(catalogues.get(name).catalogue, feed)
    days = [date.fromisoformat(str(row[0])) for row in rows(_STATED_ON, [teller.feed.feed, at])]
    kinds = schema(**{field.name: field.type for field in RECORDS} | {"occurred": TEXT, "stated": TEXT, "event": TEXT})
    with columns() as store:
        found = store.read(_ON_FILE.format(catalogue=name), kinds).to_pylist()
    return Replayed(name, teller.case, (), 0, _replay({day: _known_on(found, day) for day in days}, teller))


def _teller(catalogue: Catalogue, feed: str) -> Teller:
    """For the feed that is named, or for the only one whose records open a case."""
    opened = {case.record: name for name, case in catalogue.cases.items()}
    feeds: dict[str, Feed] = {key: one for key, one in catalogue.feeds.items() if one.record in opened}
    if not feeds:
        raise BadInput(f"No feed of {catalogue.name} states proceedings.", remedy="a catalogue with cases and a feed")
    chosen = feed or next(iter(feeds))
    if chosen not in feeds or (not feed and len(feeds) > 1):
        raise BadInput(f"Which feed of {catalogue.name}?", where="--feed", remedy="one of " + ", ".join(feeds))
    return Teller(catalogue, opened[feeds[chosen].record], feeds[chosen])


def records_of(found: Iterable[dict[str, Any]]) -> pa.Table:
    """Findings as records; one subject for each first identifier."""
    subjects: dict[str, int] = {}
    made = []
    for position, row in enumerate(found):
        event = json.loads(f"{row['before']}RecordIssued{row['after']}}}")  # the ledger would add the version
        subject = subjects.setdefault(event["subject"]["identifiers"][0], len(subjects))
        made.append(event | {"position": position, "subject_id": subject, "fields": json.dumps(event["fields"])})
    return _table(made)


def _known_on(found: Iterable[dict[str, Any]], day: date) -> pa.Table:
    """What was stated up to a day: the newest word on each record, without those withdrawn."""
    newest: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in sorted(found, key=lambda row: (row["stated"], row["position"])):
        if row["stated"][:10] <= day.isoformat():
            newest[row["source"], row["record"], row["reference"]] = row
    kept = (row for row in newest.values() if row["event"] != "RecordWithdrawn")
    return _table(row | {name: row[name] or None for name in ("about", "published")} for row in kept)


def _table(made: Iterable[dict[str, Any]]) -> pa.Table:
    dated = [row | {"occurred": date.fromisoformat(row["occurred"][:10])} for row in made]
    return pa.Table.from_pylist(dated, schema=RECORDS)


def _replay(told: dict[date, pa.Table], teller: Teller) -> Replay:
    """The statements of all days, by proceeding; the source is named where there are several."""
    statements: defaultdict[Key, list[Statement]] = defaultdict(list)
    for day in sorted(told):
        for key, statement in teller.statements(told[day], day):
            statements[key].append(statement)
    several = len({source for source, _reference in statements}) > 1
    histories = (
        History(f"{source} {reference}" if several else reference, tuple(each))
        for (source, reference), each in statements.items()
    )
    return replay(histories, told, Order.of(teller.catalogue, teller.case))
