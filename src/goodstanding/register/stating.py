"""What a source may state for itself, and how what it sends is read: by its feeds, or in a record's canonical form.

Nobody states for another: a row of another source is refused like any other wrong row, and so is one that states again
what a decision found wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from difflib import get_close_matches
from itertools import islice
from pathlib import Path

import pyarrow as pa

from goodstanding.catalogue.feeds import Feed
from goodstanding.catalogue.model import Catalogue, RecordType
from goodstanding.errors import BadFile, UnknownFeed
from goodstanding.ledger.models import Event
from goodstanding.register import canonical, catalogues, error_file, limits, mapping, withdrawals
from goodstanding.register.intake import Batch, Signature, not_ahead
from goodstanding.register.quarantine import Problem
from goodstanding.register.reading import Sheet, read
from goodstanding.register.values import columns_of

FOUND_WRONG = "found wrong in "  # how the reason of a withdrawal by decision begins
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which a source may state records of a type: a declared feed, or the record's canonical form."""

    catalogue: Catalogue
    feed: Feed
    declared: bool

    @property
    def name(self) -> str:
        """The feed's name, or catalogue and record type with a slash between."""
        return self.feed.feed

    @property
    def record(self) -> RecordType:
        """The type of record that it states."""
        return self.catalogue.records[self.feed.record]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that a row may have, in order."""
        return self.feed.columns() if self.declared else canonical.columns(self.catalogue, self.feed.record)


def ways(source: str) -> list[Way]:
    """Every way in which a source may state records, by the mandates of the catalogues in force."""
    return [way for one in catalogues.enacted().values() for way in _ways(one.catalogue, source)]


def _ways(catalogue: Catalogue, source: str) -> Iterator[Way]:
    may = catalogue.mandates.get(source, frozenset())
    for feed in catalogue.feeds.values():
        if feed.record in may and feed.source.text in (None, source):
            yield Way(catalogue, feed.model_copy(update={"beside": None}), declared=True)
    for record in catalogue.records:
        if record in may and canonical.kinds(catalogue, record):
            yield Way(catalogue, canonical.feed(catalogue, record), declared=False)


def way(source: str, name: str) -> Way:
    """The way of that name; raises UnknownFeed with those that the source has."""
    held = {one.name: one for one in ways(source)}
    if name not in held:
        near = get_close_matches(name, held, n=1) or list(held)
        remedy = ", ".join(near) or "a catalogue in force that gives this source a mandate"
        raise UnknownFeed(f"{source} has no feed {name[:100]!r}.", where="feed", remedy=remedy)
    return held[name]


@dataclass(frozen=True, slots=True)
class Statement:
    """A sheet as it was read: on its way in as `batch`, its findings with the problems of each."""

    batch: Batch
    found: pa.Table


def read_file(
    chosen: Way, source: str, file: Path, stated: date | None, recorded_at: datetime,
    signature: Signature | None = None, forgiving: bool = False,
) -> Statement:  # fmt: skip
    """What a file of a source states; raises BadFile or BadDay for what cannot be read or meant.

    `forgiving` takes a column that no row has for one that is empty, as programs leave out what is null.
    """
    sheet = _sheet(file, chosen, forgiving)
    day = not_ahead(mapping.stated_day(file.name, stated, chosen.feed), recorded_at, file.name)
    withdrawals.refuse_older(chosen.feed, day, source)
    found = _findings(chosen, source, sheet, day)
    coded = replace(
        sheet, file=f"{source}/{sheet.digest[:16]}{file.suffix}"
    )  # its name is published, so it tells nothing
    batch = Batch(coded, chosen.feed, chosen.catalogue, day, recorded_at, source, signature)
    return Statement(batch, refused(found, chosen.feed, source))


def _sheet(file: Path, chosen: Way, forgiving: bool) -> Sheet:
    try:
        limits.refuse_excess(file)
        sheet = error_file.returned(read(file))
    except BadFile as error:
        where = (error.where or file.name).replace(str(file), file.name)
        raise type(error)(error.message, where=where, remedy=error.remedy) from error
    limits.refuse_long(sheet)
    if forgiving:
        known = (name for name in chosen.feed.needed() if name not in sheet.columns)
        for name in known:
            empty = pa.nulls(sheet.table.num_rows, pa.string())
            sheet = replace(sheet, table=sheet.table.append_column(name, empty), columns=(*sheet.columns, name))
    return sheet


def _findings(chosen: Way, source: str, sheet: Sheet, day: date) -> pa.Table:
    if chosen.declared:
        return mapping.findings(sheet, chosen.feed, chosen.catalogue, day, Path())
    return canonical.findings(sheet, chosen.catalogue, chosen.feed.record, source, day)


def refused(found: pa.Table, feed: Feed, source: str) -> pa.Table:
    """The findings with what only whoever states for itself gets wrong: another's record, or one found wrong."""
    rows, whose, keys = (found.column(name).to_pylist() for name in ("row", "source", "key"))
    more: canonical.More = {}
    column = columns_of(feed.source) or "source"
    for row, one in zip(rows, whose, strict=True):
        if one not in (None, source):
            said = f"another source's record: only the records of {source} can be stated here"
            more[row] = [Problem(row, column, said, one)]
    wrong = found_wrong([key for key in keys if key])
    for row, key in zip(rows, keys, strict=True):
        if key in wrong:
            said = f"this record was {wrong[key]}, so it is not stated again"
            more.setdefault(row, []).append(Problem(row, columns_of(feed.reference), said))
    return canonical.with_problems(found, more)


def found_wrong(keys: Sequence[str]) -> dict[str, str]:
    """The records among those of some keys that a decision found wrong, each with what was decided."""
    wanted, found = iter(keys), dict[str, str]()
    while some := list(islice(wanted, AT_ONCE)):
        events = Event.objects.filter(key__in=some, kind="RecordWithdrawn", body__contains=f'"reason":"{FOUND_WRONG}')
        for key, body in events.values_list("key", "body"):
            found[key] = body.partition('"reason":"')[2].partition('"')[0]
    return found
