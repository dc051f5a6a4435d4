"""What a catalogue may say: the models its files are read into. Every key is known, every rule names its basis."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, InstanceOf, PlainSerializer

from goodstanding.catalogue.periods import Period

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*([_-][a-z0-9]+)*$")]
Length = Annotated[
    InstanceOf[Period],
    BeforeValidator(lambda value: Period.parse(str(value)) if isinstance(value, str | int) else value),
    PlainSerializer(str),
]
Expression = Annotated[str, Field(min_length=1)]
Code = Annotated[str, BeforeValidator(lambda value: str(value) if isinstance(value, int) else value)]
FieldType = Literal["integer", "boolean", "date", "code", "text"]
Audience = Literal["anybody", "parties"]
MeasureKind = Literal["restriction", "benefit", "supervision", "publication"]
BASIS = re.compile(r"^(?P<instrument>[a-z0-9][a-z0-9-]*) (?:art|sec|annex|part|para|table)\. (?P<article>\S.*)$")


class Strict(BaseModel):
    """A model that refuses keys it does not know and never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Based(Strict):
    """A rule: what it says in words, on which article, and whether that was compared with the text."""

    basis: str
    says: str = ""
    verified: bool = True
    note: str = ""


class Article(Strict):
    """One article of an instrument, with how surely it is known (D, S, M or X of the reference)."""

    title: str
    mark: Literal["D", "S", "M", "X"] | None = None
    verified: bool = True


class Instrument(Strict):
    """A legal text: its name, when it is in force, and the articles that rules here rest on."""

    title: str
    jurisdiction: str
    in_force: date
    until: date | None = None
    articles: dict[Code, Article]
    note: str = ""


class Source(Strict):
    """An authority or court that may issue records; `kind` decides its mandate."""

    id: str
    name: str
    kind: Name
    region: str = ""


class FieldRule(Strict):
    """One field of a record: its type, the values it may have, and how a page names it."""

    type: FieldType
    title: str
    one_of: tuple[Code, ...] = ()
    at_least: int | None = None
    at_most: int | None = None
    required: bool = False
    future: bool = False
    public: bool = True

    @property
    def sql_type(self) -> str:
        """The DuckDB type the field is read into."""
        return {"integer": "BIGINT", "boolean": "BOOLEAN", "date": "DATE"}.get(self.type, "VARCHAR")

    def range(self) -> tuple[int, int] | None:
        """The least and greatest value an integer field can have, if it says."""
        values = [int(value) for value in self.one_of] if self.type == "integer" else []
        low = min(values) if values else self.at_least
        high = max(values) if values else self.at_most
        return None if low is None or high is None else (low, high)


class Explanation(Strict):
    """What in a finding may explain that its published outcome does not follow; the condition may read `published`."""

    when: Expression
    says: str


class RecordType(Based):
    """A kind of record: who may issue it, its fields, and the outcome its source publishes with it."""

    title: str
    by: tuple[Name, ...]
    fields: dict[Name, FieldRule] = {}
    published: Name | None = None
    explained: tuple[Explanation, ...] = ()
    about: Name | None = None
    audience: Audience = "anybody"


class Band(Based):
    """A grade and when it is given; bands are read from the top, the first that fits is the grade."""

    basis: str = ""
    grade: Code
    title: str = ""
    at_most: int | None = None
    at_least: int | None = None
    when: Expression | None = None


class Exception_(Based):
    """When a record gives no grade, and the reason that is shown instead."""

    when: Expression
    reason: str


class Discretion(Based):
    """A grade that the source may post instead of the worked-out one, when the condition holds."""

    grade: Code
    when: Expression


class Item(Based):
    """Conduct that counts: its points, for how long, and how much it may count for in a calendar year."""

    title: str
    when: Expression
    points: int
    counts_for: Length | None = None
    at_most_a_year: int | None = None


class Bonus(Based):
    """Points for clean time, while the named record is on file."""

    after: Length
    points: int
    needs: Name | None = None


class Scheme(Based):
    """How a grade is worked out: from the newest finding (`latest`) or from running points (`points`)."""

    title: str
    kind: Literal["latest", "points"]
    record: Name
    counts_when: Expression | None = None
    score: Expression | None = None
    ungraded: tuple[Exception_, ...] = ()
    discretion: tuple[Discretion, ...] = ()
    unproven: bool = False
    base: int | None = None
    floor: int | None = None
    cap: int | None = None
    starts_with: Name | None = None
    items: dict[Name, Item] = {}
    bonus: tuple[Bonus, ...] = ()
    bands: tuple[Band, ...]
    of: str = ""
    lapses: Length | None = None
    audience: Audience = "anybody"


class Term(Strict):
    """A length of time that depends on a code field of the opening record."""

    by: Name
    terms: dict[Code, Length]


class Step(Based):
    """A dated step of a case: which record and field date it, after which steps, and when it holds."""

    title: str
    on: Name = "occurred"
    public_on: Name | None = None
    record: Name | None = None
    after: tuple[Name, ...] = ()
    when: Expression | None = None
    not_before: Length | Term | None = None
    audience: Audience = "parties"


class Case(Based):
    """A kind of proceeding: the record that opens it and the steps it can take, in order of precedence on one day."""

    title: str
    record: Name
    steps: dict[Name, Step]


class ListRule(Based):
    """A published ground: while a case stands at one of its steps, for at most a term.

    The term runs from the day the step is shown to be public or served, or from the day of the step itself (`decided`).
    """

    title: str
    case: Name
    while_: tuple[Name, ...] = Field(alias="while")
    stays: Length | Term
    counts_from: Literal["shown", "decided"] = "shown"
    audience: Audience = "anybody"
    ends_sooner: str = ""


class Measure(Based):
    """What follows from a listing: its kind, its purpose, and who may ask about it."""

    title: str
    kind: MeasureKind
    list: Name
    purpose: str
    audience: tuple[str, ...]


class Catalogue(Strict):
    """A versioned set of rules. `files` is the exact text it was read from, `digest` names that text."""

    catalogue: Name
    version: int
    mode: Literal["live", "lab"]
    title: str
    summary: str
    in_force: date
    until: date | None = None
    month_sums: Literal["last-day", "next-day"] = "last-day"
    subjects: tuple[Literal["organisation", "establishment", "authority", "person"], ...]
    records: dict[Name, RecordType]
    schemes: dict[Name, Scheme] = {}
    cases: dict[Name, Case] = {}
    lists: dict[Name, ListRule] = {}
    measures: dict[Name, Measure] = {}
    instruments: dict[Name, Instrument] = {}
    sources: tuple[Source, ...] = ()
    feeds: dict[Name, Any] = {}
    examples: tuple[Any, ...] = ()
    files: dict[str, str] = {}
    digest: str = ""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Catalogue) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    @property
    def name(self) -> str:
        """The catalogue's name, the same in every version."""
        return self.catalogue

    @cached_property
    def mandates(self) -> dict[str, frozenset[str]]:
        """For each source, the record types it may issue."""
        kinds = {source.id: source.kind for source in self.sources}
        return {
            identifier: frozenset(name for name, record in self.records.items() if kind in record.by)
            for identifier, kind in kinds.items()
        }

    def at_work(self, at: date) -> bool:
        """Whether the catalogue's rules are in force at `at`."""
        return self.in_force <= at and (self.until is None or at < self.until)

    def rules(self) -> Iterator[tuple[tuple[str | int, ...], Based]]:
        """Every rule with its place: `("schemes", "food-hygiene", "bands", 0)`."""
        yield from _rules(self, ())


def _rules(value: Any, place: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Based]]:
    if isinstance(value, Based):
        yield place, value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name not in ("instruments", "sources", "feeds", "examples", "files"):
                yield from _rules(getattr(value, name), (*place, name))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _rules(inner, (*place, key))
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from _rules(inner, (*place, index))
