"""A subject's file."""

from __future__ import annotations

from datetime import date, datetime

from goodstanding.web.retention.schemas import ErasedEvent, KeptRecord
from goodstanding.web.schemas.deadlines import RunningDeadline
from goodstanding.web.schemas.intervals import IntervalSchema
from goodstanding.web.schemas.page_frame import FrozenSchema, LegalBasisSchema, RegisterResponse, SubjectSummary
from goodstanding.web.schemas.people import PersonName


class IdentifierLine(FrozenSchema):
    """One identifier: its scheme in words, and what is doubtful about it."""

    text: str
    scheme: str
    problems: list[str]


class CatalogueDay(FrozenSchema):
    """On which day a catalogue's outcomes are looked at; `opening` where it is the day of its newest file."""

    catalogue: str
    title: str
    day: date
    opening: bool
    days_old: int


class RecordFieldLine(FrozenSchema):
    """One thing that a record states."""

    field: str
    title: str
    value: str | int | bool
    day: date | None


class RecordSchema(FrozenSchema):
    """What a source stated; `withheld` fields are free text, which is for the parties (charter article 2)."""

    position: int
    title: str
    catalogue: str
    source: str
    source_name: str
    reference: str
    version: int
    occurred: date
    stated: date
    recorded_at: datetime | None
    published: str | None
    fields: list[RecordFieldLine]
    withheld: int
    row: int | None
    replaced: bool
    withdrawn: bool
    commitment: str | None


class OwnWords(FrozenSchema):
    """What the subject itself says beside an entry about it; nobody else checked it."""

    text: str
    day: date
    position: int


class EffectSchema(IntervalSchema):
    """What holds from a day to a day, on what it rests and why.

    `disputed_since` is when the subject disputed, in a case that is open, a record that it rests on.
    """

    catalogue: str
    catalogue_title: str
    version: int
    measure: str
    kind: str
    title: str
    audience: list[str]
    value: str | None
    value_title: str
    of: str
    score: int | None
    day: date
    because: list[int]
    sentences: list[str]
    rule: str
    reason: LegalBasisSchema | None
    ends_sooner: str
    disputed_since: date | None = None
    own_words: OwnWords | None = None


class ScoreLine(FrozenSchema):
    """One of the figures that a grade adds up."""

    title: str
    value: int


class GradeSchema(EffectSchema):
    """A grade, the figures behind it, and how it compares with what its source published."""

    scores: list[ScoreLine]
    source_name: str
    occurred: date | None
    published: str | None
    unproven: bool


class ListingStep(FrozenSchema):
    """One dated step on the way to a listing."""

    day: date
    title: str
    says: str


class ListingSchema(EffectSchema):
    """A listing and the steps that led to it."""

    source_name: str
    steps: list[ListingStep]


class HistoryLine(IntervalSchema):
    """One line of a history, for the parties: what held from when to when, and since when it was known here."""

    title: str
    value: str
    holds: bool
    because: list[int]
    known_since: datetime | None


class AccessLogEntry(FrozenSchema):
    """Somebody opened the non-public part of this file."""

    at: datetime
    name: PersonName
    role: str
    scope: str
    opened: str


class HearingLine(FrozenSchema):
    """A proceeding that is under way, heard here or stated by a source; of one that is stated `reference` is empty."""

    reference: str
    address: str
    headline: str
    list_title: str
    source_name: str
    clocks: list[RunningDeadline]
    then: str


class SubjectPage(RegisterResponse):
    """A file as whoever asks may see it. What is null is not shown to them; what is empty is empty."""

    subject: SubjectSummary
    other_names: list[str]
    identifiers: list[IdentifierLine]
    days: list[CatalogueDay]
    today: date
    at: date | None
    known: int | None
    party: bool
    because: str
    grades: list[GradeSchema]
    listings: list[ListingSchema]
    measures: list[EffectSchema]
    records: list[RecordSchema]
    hearings: list[HearingLine] | None
    cases: list[EffectSchema] | None
    history: list[HistoryLine] | None
    look_ups: list[AccessLogEntry] | None
    kept: list[KeptRecord] | None = None
    erased: list[ErasedEvent] | None = None
