"""What a clerk of a source enters: single records and files, what they would do, and what became of them."""

from __future__ import annotations

from datetime import date, datetime

from goodstanding.portal.submissions.api.schemas import RowCounts, RowProblem, SubmissionSchema
from goodstanding.web.calculator.schemas import CalculatorResult
from goodstanding.web.schemas.forms import FieldChoice, FieldInput
from goodstanding.web.schemas.page_frame import (
    FrozenSchema,
    LegalBasisSchema,
    ProblemSchema,
    RegisterResponse,
    SubjectSummary,
)
from goodstanding.web.schemas.people import PersonName
from goodstanding.web.subjects.schemas import RecordSchema


class RecordFieldInput(FieldInput):
    """One field of a record to enter, and how long its text may be."""

    longest: int


class RecordProblem(FrozenSchema):
    """What is wrong with an entered record: the field's title and address, empty where it is the whole."""

    title: str
    address: str
    message: str


class CarriedValue(FrozenSchema):
    """Something entered that a page carries on without showing it in a field."""

    name: str
    value: str


class RecordTypeLine(FrozenSchema):
    """A type of record that a source may state: its address, what it says, on which law, under which catalogue."""

    of: str
    title: str
    says: str
    reason: LegalBasisSchema | None
    catalogue: str
    catalogue_title: str


class RecordFormPage(RegisterResponse):
    """A record to be stated or, at a `position`, corrected: first its type where none is chosen, then its fields."""

    source: str
    source_name: str
    action: str
    position: int | None
    types: list[RecordTypeLine]
    type: RecordTypeLine | None
    reference: str
    whom: list[RecordFieldInput]
    what: list[RecordFieldInput]
    fields: list[RecordFieldInput]
    problems: list[RecordProblem]


class RecordValueLine(FrozenSchema):
    """One thing that a record says; `before` is what its earlier version said, where that differs."""

    title: str
    value: str
    before: str | None


class UnderlyingRecord(FrozenSchema):
    """One of the records from which it is worked out what would follow."""

    number: int
    title: str
    occurred: date
    reference: str
    source_name: str
    new: bool


class RecordReviewPage(RegisterResponse):
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
    type: RecordTypeLine
    on_file: SubjectSummary | None
    renamed: str
    said: list[RecordValueLine]
    kept: list[CarriedValue]
    whole: bool
    at: date
    rests_on: list[UnderlyingRecord]
    result: CalculatorResult | None


class SourceRecordPage(RegisterResponse):
    """A record of the source's own; `why_not` says why it can be neither corrected nor withdrawn, where that is so."""

    source: str
    source_name: str
    record: RecordSchema
    subject: SubjectSummary
    why_not: str


class WithdrawalPage(RegisterResponse):
    """The reason for which a record is to be withdrawn."""

    source: str
    source_name: str
    record: RecordSchema
    subject: SubjectSummary
    reason: str
    problem: ProblemSchema | None


class SubmissionFormatLine(FrozenSchema):
    """One way to send records: a feed of the source's own files, or the canonical form of a record type."""

    name: str
    title: str
    declared: bool
    catalogue_title: str
    columns: list[str]
    needed: list[str]


class UploadPage(RegisterResponse):
    """A file to be sent: by which feed, stated on which day."""

    source: str
    source_name: str
    feeds: list[SubmissionFormatLine]
    feed: str
    choices: list[FieldChoice]
    stated: str
    encoding: str
    encodings: list[FieldChoice]
    most_bytes: int
    most_rows: int
    problem: ProblemSchema | None


class UploadedFinding(FrozenSchema):
    """A finding of a file as it would read."""

    row: int
    title: str
    reference: str
    name: str
    identifiers: list[str]
    occurred: date
    fields: list[RecordValueLine]


class UploadReviewPage(RegisterResponse):
    """What would become of a file; `token` stands for it until it is confirmed."""

    source: str
    source_name: str
    file: str
    feed: SubmissionFormatLine
    stated: date
    counts: RowCounts
    notes: list[str]
    problems: list[RowProblem]
    more_problems: int
    first: list[UploadedFinding]
    token: str
    sent_before: str | None


class SubmissionPage(RegisterResponse):
    """What became of something that a source sent in; `waiting` is how many of its rows still wait to be mended."""

    source: str
    source_name: str
    way: str
    by: PersonName
    file: str
    batch: SubmissionSchema
    waiting: int


class SubmissionLine(FrozenSchema):
    """One thing that a source sent in."""

    id: str
    way: str
    by: PersonName
    feed: str
    stated: date
    opened_at: datetime
    closed: bool
    position: int | None
    counts: RowCounts | None


class SourceKeyLine(FrozenSchema):
    """A key that the source's programs sign with."""

    key: str
    since: datetime
    in_use: bool
    reason: str


class SourceRecordLine(FrozenSchema):
    """One of the source's own records, found by its reference."""

    position: int
    title: str
    reference: str
    occurred: date
    name: str
    withdrawn: bool


class SubmissionsPage(RegisterResponse):
    """The ways in which a source can send in records, what it sent last, and its own records by their reference."""

    source: str
    source_name: str
    types: list[RecordTypeLine]
    feeds: list[SubmissionFormatLine]
    keys: list[SourceKeyLine]
    sent: list[SubmissionLine]
    asked: str
    found: list[SourceRecordLine] | None
