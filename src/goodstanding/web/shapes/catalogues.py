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
