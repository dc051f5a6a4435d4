"""How one source's files map to records: declared, column by column, never coded."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from goodstanding.catalogue.basics import Code, Name, Strict


class Value(Strict):
    """Where one value comes from: a column (mapped, mended, prefixed), or the same text for every row.

    `map` gives the codes for the column's values, `"*"` for all others and `""` for an empty cell; a value that the map
    does not know is a problem of the row, unless `only` says that other values mean nothing here. `before` and `after`
    take the part of a text on one side of a mark. `mend: latin-1` undoes UTF-8 that was once read as Latin-1. `gather`
    says what a group of rows has in common. An `optional` column may be absent from a file, and is then empty.
    """

    column: str | None = None
    columns: tuple[str, ...] = ()
    text: str | None = None
    prefix: str = ""
    joined_by: str = "/"
    map: dict[Code, Code | bool | None] | None = None
    only: tuple[Code, ...] | None = None
    contains: str | None = None
    before: str | None = None
    after: str | None = None
    empty: tuple[Code, ...] = ()
    otherwise: Literal["stated"] | str | None = None
    mend: Literal["latin-1"] | None = None
    gather: Literal["first", "largest", "any", "codes", "count"] = "first"
    optional: bool = False

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: object) -> object:
        return {"column": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _one_origin(self) -> Value:
        if sum((self.column is not None, bool(self.columns), self.text is not None)) != 1:
            raise ValueError("a value comes from one of: column, columns, text")
        return self

    def reads(self) -> tuple[str, ...]:
        """The columns this value is read from."""
        return (self.column,) if self.column is not None else self.columns


class IdentifierValue(Strict):
    """An identifier: its scheme and where its value comes from."""

    scheme: Name
    value: Value


class SubjectMapping(Strict):
    """Whom the record is about, as far as the file says."""

    kind: Literal["organisation", "establishment", "authority"]
    identifiers: tuple[IdentifierValue, ...]
    name: Value
    other_names: tuple[Value, ...] = ()
    region: Value | None = None
    sector: Value | None = None


class Beside(Strict):
    """Another file of the same folder whose columns join in: `on` is the column both share."""

    file: str
    on: str


class Whole(Strict):
    """Each file states everything anew: what it leaves out is withdrawn, unless that would be too much at once."""

    withdraw_at_most: float = 0.01


class Feed(Strict):
    """One feed: its record type, source, reference (a record's own name), subject, days, fields, published outcome."""

    feed: Name
    title: str
    record: Name
    source: Value
    reference: Value
    subject: SubjectMapping
    occurred: Value
    stated: Value | None = None
    about: Value | None = None
    fields: dict[Name, Value]
    published: Value | None = None
    group_by: tuple[str, ...] = ()
    skip_when: dict[str, Code] = {}
    ignored: tuple[str, ...] = ()
    beside: Beside | None = None
    whole: Whole | None = None
    licence: str = ""

    def values(self) -> dict[str, Value]:
        """Every value by the name of what it fills."""
        named = {"source": self.source, "reference": self.reference, "subject.name": self.subject.name}
        named |= {f"subject.identifiers.{one.scheme}": one.value for one in self.subject.identifiers}
        named |= {f"subject.other_names.{i}": one for i, one in enumerate(self.subject.other_names)}
        named |= {f"fields.{name}": one for name, one in self.fields.items()}
        optional = {"subject.region": self.subject.region, "subject.sector": self.subject.sector, "stated": self.stated}
        optional |= {"about": self.about, "published": self.published}
        return named | {"occurred": self.occurred} | {name: one for name, one in optional.items() if one is not None}

    def columns(self) -> tuple[str, ...]:
        """The columns that this feed reads, in the order they are first named."""
        read = [column for value in self.values().values() for column in value.reads()]
        return tuple(dict.fromkeys([*read, *self.group_by, *self.skip_when]))

    def needed(self) -> tuple[str, ...]:
        """The columns that a file of this feed must have."""
        spared = {column for value in self.values().values() if value.optional for column in value.reads()}
        return tuple(column for column in self.columns() if column not in spared)
