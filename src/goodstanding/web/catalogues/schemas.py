"""A catalogue as a citizen reads it, and the library of all catalogues."""

from __future__ import annotations

from datetime import date

from goodstanding.web.catalogues.rule_schemas import (
    AgreementSchema,
    CatalogueLine,
    FeedLine,
    InstrumentSchema,
    ListCount,
    ReceivedFile,
    WorkedExample,
)
from goodstanding.web.charter.schemas import ArticleDifference, ArticleStatus, CharterAssessment
from goodstanding.web.schemas.page_frame import FrozenSchema, LegalBasisSchema, PageLink, RegisterResponse
from goodstanding.web.schemas.people import PersonName


class EnactmentSchema(FrozenSchema):
    """Since which day, and by which event of the ledger, a catalogue is in force here."""

    day: date
    position: int


class DraftComment(FrozenSchema):
    """What somebody said about a draft, and what its author answered."""

    number: int
    by: PersonName
    text: str
    day: date
    answer: str


class DraftSignature(FrozenSchema):
    """Who signed a draft in which role, and when."""

    role: str
    by: PersonName
    day: date


class DraftReview(FrozenSchema):
    """Who answered last what the records of a draft really record, when and in which event."""

    by: PersonName
    day: date
    position: int


class DraftChange(FrozenSchema):
    """One rule that a draft adds, removes or changes: in words and as a rule, before and after."""

    place: str
    change: str
    words_before: str
    words_after: str
    rule_before: str
    rule_after: str


class DraftSchema(FrozenSchema):
    """A draft on its way into force, or how it ended; `changes` is what it changes in the version before it."""

    version: int
    digest: str
    by: PersonName
    drafted_on: date
    comments_until: date
    position: int
    comments: list[DraftComment]
    signed: list[DraftSignature]
    reviewed: DraftReview | None
    withdrawn: str
    enacted_on: date | None
    charter: int | None
    made_up: bool
    open: bool
    takes_comments: bool
    changes: list[DraftChange]


class UncheckedRules(FrozenSchema):
    """How many of a catalogue's rules rest on a text that nobody compared with the rule yet."""

    rules: int
    unchecked: int


class LibraryLine(FrozenSchema):
    """One catalogue of the library; `does` counts its grades, lists and measures in words."""

    name: str
    version: int
    mode: str
    title: str
    summary: str
    reaches: list[str]
    does: list[str]
    enactment: EnactmentSchema | None
    here: CatalogueLine | None
    newer: int | None
    proposed: int | None
    checked: UncheckedRules
    cells: list[ArticleStatus]
    breached: list[int]
    twin: PageLink | None


class LibraryPage(RegisterResponse):
    """Every catalogue there is: in force here, ready to be enacted, and of the laboratory."""

    in_force: list[LibraryLine]
    live: list[LibraryLine]
    laboratory: list[LibraryLine]


class AnswerSchema(FrozenSchema):
    """What the reviewer says that is really recorded, about whom, and since which version of the catalogue."""

    records: str
    about: list[str]
    since_version: int


class CodeAnswer(FrozenSchema):
    """What the reviewer says of a code."""

    code: str
    answer: AnswerSchema


class CatalogueReviewSchema(FrozenSchema):
    """Who answered what the records really record, when and in which event; `signed` where rules are in force by it."""

    by: PersonName
    day: date
    position: int
    signed: bool


class FieldLine(FrozenSchema):
    """One field of a record: what it holds, whether anybody may see it, and what the reviewer says of it."""

    field: str
    title: str
    holds: str
    public: bool
    required: bool
    answer: AnswerSchema | None = None
    codes: list[CodeAnswer] | None = None


class RuleLine(FrozenSchema):
    """One rule: what it says in words and points, beside the article it rests on.

    `absent` marks a step that the rules leave out. `more` are its details, such as the values of a scorecard.
    `answer` is what the reviewer says of a record type, `codes` of the conduct that it is about.
    """

    place: str
    title: str
    says: str
    points: list[str]
    condition: str | None = None
    reason: LegalBasisSchema | None = None
    absent: bool = False
    more: list[str] = []
    fields: list[FieldLine] = []
    answer: AnswerSchema | None = None
    codes: list[CodeAnswer] | None = None


class RuleGroup(FrozenSchema):
    """Rules under one heading."""

    title: str
    lines: list[RuleLine]


class CatalogueSection(FrozenSchema):
    """One question that a citizen asks of a catalogue, with the rules that answer it; `nothing` where none does."""

    key: str
    title: str
    purpose: str
    groups: list[RuleGroup]
    nothing: str


class CatalogueGlance(FrozenSchema):
    """One answer at the top of a page."""

    label: str
    big: str
    small: str


class CatalogueTwin(FrozenSchema):
    """The catalogue of the same law in the other mode, and how the two differ.

    `of_twin` says that `differs` is written from the twin's side.
    """

    name: str
    title: str
    mode: str
    address: str
    differs: list[str]
    of_twin: bool
    otherwise: list[ArticleDifference]


class CataloguePage(RegisterResponse):
    """A catalogue: what is recorded, what follows, for how long, how to get off, on which law, and under the charter.

    What only a catalogue in force has (its enactment, files received, agreement) is null or empty for the others.
    `problem` is why nothing follows from a version on file. `review` is who answered what the records really record;
    null where nobody did.
    """

    name: str
    version: int
    mode: str
    title: str
    summary: str
    in_force: date
    until: date | None
    last_day: date | None
    day: date | None
    enactment: EnactmentSchema | None
    problem: str | None
    drafts: list[DraftSchema]
    review: CatalogueReviewSchema | None
    answerable: str
    newer: int | None
    digest: str
    glance: list[CatalogueGlance]
    parts: list[CatalogueSection]
    lists: list[ListCount]
    checked: UncheckedRules
    judgement: CharterAssessment
    twin: CatalogueTwin | None
    instruments: list[InstrumentSchema]
    sources: int
    feeds: list[FeedLine]
    statements: list[ReceivedFile]
    examples: list[WorkedExample]
    agreement: AgreementSchema | None
    calculator: str
    files: list[PageLink]
