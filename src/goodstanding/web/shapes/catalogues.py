"""A catalogue as a citizen reads it, and the library of all catalogues."""

from __future__ import annotations

from datetime import date

from goodstanding.web.shapes.answers import Answer, Link, Reason, Shape
from goodstanding.web.shapes.charter import Cell, Judgement
from goodstanding.web.shapes.rules import (
    AgreementPart,
    CatalogueLine,
    Example,
    FeedLine,
    Instrument,
    ListCount,
    Statement,
)


class Enactment(Shape):
    """Since which day, and by which event of the ledger, a catalogue is in force here."""

    day: date
    position: int


class CommentPart(Shape):
    """What somebody said about a draft, and what its author answered."""

    number: int
    by: str
    text: str
    day: date
    answer: str


class SignaturePart(Shape):
    """Who signed a draft in which role, and when."""

    role: str
    by: str
    day: date


class ChangePart(Shape):
    """One rule that a draft adds, removes or changes: in words and as a rule, before and after."""

    place: str
    change: str
    words_before: str
    words_after: str
    rule_before: str
    rule_after: str


class DraftPart(Shape):
    """A draft on its way into force, or how it ended; `changes` is what it changes in the version before it."""

    version: int
    digest: str
    by: str
    drafted_on: date
    comments_until: date
    position: int
    comments: list[CommentPart]
    signed: list[SignaturePart]
    withdrawn: str
    enacted_on: date | None
    charter: int | None
    made_up: bool
    changes: list[ChangePart]


class Unchecked(Shape):
    """How many of a catalogue's rules rest on a text that nobody compared with the rule yet."""

    rules: int
    unchecked: int


class LibraryLine(Shape):
    """One catalogue of the library; `does` counts its grades, lists and measures in words."""

    name: str
    version: int
    mode: str
    title: str
    summary: str
    reaches: list[str]
    does: list[str]
    enactment: Enactment | None
    here: CatalogueLine | None
    newer: int | None
    checked: Unchecked
    cells: list[Cell]
    breached: list[int]
    twin: Link | None


class LibraryPage(Answer):
    """Every catalogue there is: in force here, ready to be enacted, and of the laboratory."""

    in_force: list[LibraryLine]
    live: list[LibraryLine]
    laboratory: list[LibraryLine]


class FieldLine(Shape):
    """One field of a record: what it holds, and whether anybody may see it."""

    field: str
    title: str
    holds: str
    public: bool
    required: bool


class RuleLine(Shape):
    """One rule: what it says in words and points, beside the article it rests on.

    `absent` marks a step that the rules leave out. `more` are its details, such as the values of a scorecard.
    """

    place: str
    title: str
    says: str
    points: list[str]
    condition: str | None = None
    reason: Reason | None = None
    absent: bool = False
    more: list[str] = []
    fields: list[FieldLine] = []


class Group(Shape):
    """Rules under one heading."""

    title: str
    lines: list[RuleLine]


class Part(Shape):
    """One question that a citizen asks of a catalogue, with the rules that answer it; `nothing` where none does."""

    key: str
    title: str
    purpose: str
    groups: list[Group]
    nothing: str


class Glance(Shape):
    """One answer at the top of a page."""

    label: str
    big: str
    small: str


class Otherwise(Shape):
    """An article of which the charter says something else for the twin."""

    number: int
    title: str
    here: str
    there: str


class Twin(Shape):
    """The catalogue of the same law in the other mode, and how the two differ.

    `of_twin` says that `differs` is written from the twin's side.
    """

    name: str
    title: str
    mode: str
    address: str
    differs: list[str]
    of_twin: bool
    otherwise: list[Otherwise]


class CataloguePage(Answer):
    """A catalogue: what is recorded, what follows, for how long, how to get off, on which law, and under the charter.

    What only a catalogue in force has (its enactment, files received, agreement) is null or empty for the others.
    """

    name: str
    version: int
    mode: str
    title: str
    summary: str
    in_force: date
    until: date | None
    day: date | None
    enactment: Enactment | None
    drafts: list[DraftPart]
    newer: int | None
    digest: str
    glance: list[Glance]
    parts: list[Part]
    lists: list[ListCount]
    checked: Unchecked
    judgement: Judgement
    twin: Twin | None
    instruments: list[Instrument]
    sources: int
    feeds: list[FeedLine]
    statements: list[Statement]
    examples: list[Example]
    agreement: AgreementPart | None
    calculator: str
    files: list[Link]
