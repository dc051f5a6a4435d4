"""Parts of what is said about catalogues: counts, instruments, feeds, worked examples, agreement."""

from __future__ import annotations

from datetime import date

from goodstanding.web.schemas.page_frame import FrozenSchema, RegisterResponse


class ListCount(FrozenSchema):
    """How many a list names on its day; `empty_because` says why nobody, where a reason is known."""

    list: str
    title: str
    total: int
    empty_because: str = ""


class CatalogueLine(FrozenSchema):
    """One catalogue in force: its day, and how many subjects have something of it in force."""

    name: str
    version: int
    title: str
    summary: str
    day: date
    sources: int
    in_force_for: int
    lists: list[ListCount]


class CountryCatalogues(FrozenSchema):
    """The catalogues in force of one country."""

    country: str
    catalogues: list[CatalogueLine]


class EnactmentLine(FrozenSchema):
    """A catalogue that was put into force here: since which day, and by which event of the ledger."""

    name: str
    version: int
    title: str
    day: date
    position: int


class InstrumentArticle(FrozenSchema):
    """One article of an instrument; `mark` is how surely the reference knows it."""

    article: str
    title: str
    mark: str | None
    verified: bool


class InstrumentSchema(FrozenSchema):
    """A legal text that rules rest on."""

    name: str
    title: str
    jurisdiction: str
    in_force: date
    until: date | None
    last_day: date | None
    note: str
    articles: list[InstrumentArticle]


class FeedLine(FrozenSchema):
    """A feed, its licence and the days of its files."""

    name: str
    title: str
    licence: str
    columns: list[str]


class ReceivedFile(FrozenSchema):
    """A file that was received."""

    position: int
    feed: str
    file: str
    stated: date
    digest: str
    counts: dict[str, int]


class ExpectedOutcome(FrozenSchema):
    """What an example expects on a day, by measure and by its title: null where nothing holds."""

    at: date
    effects: dict[str, str | None]
    named: dict[str, str | None] = {}


class ExampleRecord(FrozenSchema):
    """One record of a worked case; `named` are its fields by title."""

    title: str
    occurred: date
    fields: dict[str, str]
    named: dict[str, str] = {}


class WorkedExample(FrozenSchema):
    """A worked case that runs as a test."""

    title: str
    law: str
    records: list[ExampleRecord]
    then: list[ExpectedOutcome]


class SourceAgreement(FrozenSchema):
    """How many outcomes of one source follow from its own findings."""

    source: str
    name: str
    published: int
    agree: int
    differ: int


class AgreementDifference(FrozenSchema):
    """A published outcome that does not follow; shown to those who may see the record it is about."""

    position: int
    source: str
    reference: str
    published: str
    follows: str | None
    why: str


class AgreementSchema(FrozenSchema):
    """How many published outcomes follow from their findings, in each source's newest statement up to a day.

    `unproven` are published without findings. `withheld` exceptions rest on records that are not public.
    """

    catalogue: str
    at: date
    published: int
    agree: int
    differ: int
    unproven: int
    by_source: list[SourceAgreement]
    differences: list[AgreementDifference]
    withheld: int


class AgreementResponse(RegisterResponse):
    """The agreement of one catalogue's sources."""

    agreement: AgreementSchema


class SqlPage(RegisterResponse):
    """The SQL that works out a catalogue's outcomes, in named steps."""

    name: str
    version: int
    title: str
    sql: str
