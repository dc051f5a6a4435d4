"""What a clerk of a source enters: single records and files, what they would do, and what became of them."""

from __future__ import annotations

from datetime import date, datetime

from goodstanding.web.shapes.answers import Answer, Named, Problem, Reason, Shape
from goodstanding.web.shapes.calculator import Choice, Input, Result
from goodstanding.web.shapes.sending import Batch, Counts, RowProblem
from goodstanding.web.shapes.subjects import Record


class Asked(Input):
    """One field of a record to enter, and how long its text may be."""

    longest: int


class Wrong(Shape):
    """What is wrong with an entered record: the field's title and address, empty where it is the whole."""

    title: str
    address: str
    message: str


class Kept(Shape):
    """Something entered that a page carries on without showing it in a field."""

    name: str
    value: str


class TypeLine(Shape):
    """A type of record that a source may state: its address, what it says, on which law, under which catalogue."""

    of: str
    title: str
    says: str
    reason: Reason | None
    catalogue: str
    catalogue_title: str


class RecordFormPage(Answer):
    """A record to be stated or, at a `position`, corrected: first its type where none is chosen, then its fields."""

    source: str
    source_name: str
    action: str
    position: int | None
    types: list[TypeLine]
    type: TypeLine | None
    reference: str
    whom: list[Asked]
    what: list[Asked]
    fields: list[Asked]
    problems: list[Wrong]


class Said(Shape):
    """One thing that a record says; `before` is what its earlier version said, where that differs."""

    title: str
    value: str
    before: str | None


class RestsOn(Shape):
    """One of the records from which it is worked out what would follow."""

    number: int
    title: str
    occurred: date
    reference: str
    source_name: str
    new: bool


class RecordCheckPage(Answer):
    """A record once more before it is sent or withdrawn, and what would follow.

    `renamed` is another name than the file's own. `whole` says whether all records on file under the catalogue were
    counted in, or this one alone.
    """

    source: str
    source_name: str
    action: str
    doing: str
    name: str
    mode: str
    type: TypeLine
    on_file: Named | None
    renamed: str
    said: list[Said]
    kept: list[Kept]
    whole: bool
    at: date
    rests_on: list[RestsOn]
    result: Result | None


class OwnRecordPage(Answer):
    """A record of the source's own; `why_not` says why it can be neither corrected nor withdrawn, where that is so."""

    source: str
    source_name: str
    record: Record
    subject: Named
    why_not: str


class WithdrawPage(Answer):
    """The reason for which a record is to be withdrawn."""

    source: str
    source_name: str
    record: Record
    subject: Named
    reason: str
    problem: Problem | None


class FeedLine(Shape):
    """One way to send records: a feed of the source's own files, or the canonical form of a record type."""

    name: str
    title: str
    declared: bool
    catalogue_title: str
    columns: list[str]
    needed: list[str]


class UploadPage(Answer):
    """A file to be sent: by which feed, stated on which day."""

    source: str
    source_name: str
    feeds: list[FeedLine]
    feed: str
    choices: list[Choice]
    stated: str
    most_bytes: int
    most_rows: int
    problem: Problem | None


class Finding(Shape):
    """A finding of a file as it would read."""

    row: int
    title: str
    reference: str
    name: str
    identifiers: list[str]
    occurred: date
    fields: list[Said]


class UploadCheckPage(Answer):
    """What would become of a file; `token` stands for it until it is confirmed."""

    source: str
    source_name: str
    file: str
    feed: FeedLine
    stated: date
    counts: Counts
    notes: list[str]
    problems: list[RowProblem]
    more_problems: int
    first: list[Finding]
    token: str
    sent_before: str | None


class SentPage(Answer):
    """What became of something that a source sent in; `waiting` is how many of its rows still wait to be mended."""

    source: str
    source_name: str
    way: str
    by: str
    file: str
    batch: Batch
    waiting: int


class SentLine(Shape):
    """One thing that a source sent in."""

    id: str
    way: str
    by: str
    feed: str
    stated: date
    opened_at: datetime
    closed: bool
    position: int | None
    counts: Counts | None


class KeyLine(Shape):
    """A key that the source's programs sign with."""

    key: str
    since: datetime
    in_use: bool
    reason: str


class FoundLine(Shape):
    """One of the source's own records, found by its reference."""

    position: int
    title: str
    reference: str
    occurred: date
    name: str
    withdrawn: bool


class SendPage(Answer):
    """The ways in which a source can send in records, what it sent last, and its own records by their reference."""

    source: str
    source_name: str
    types: list[TypeLine]
    feeds: list[FeedLine]
    keys: list[KeyLine]
    sent: list[SentLine]
    asked: str
    found: list[FoundLine] | None
