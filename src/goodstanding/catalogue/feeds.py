"""How one source's files map to records: declared, column by column, never coded."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from goodstanding.catalogue.primitives import Code, Name, StrictModel
from goodstanding.catalogue.wrong_values import WrongValue
from goodstanding.messages import CatalogueMessage, Message


class ValueMapping(StrictModel):
    """Where one value comes from: a column (mapped, mended, prefixed), or the same text for every row.

    `map` gives the codes for the column's values, `"*"` for all others and `""` for an empty cell; a value that the map
    does not know is a problem of the row, unless `only` says that other values mean nothing here. `before` and `after`
    take the part of a text on one side of a mark. `mend: latin-1` undoes UTF-8 that was once read as Latin-1. `gather`
    says what a group of rows has in common. An `optional` column may be absent from a file, and is then empty.

    `others` are the values that `"*"` in a map stands for: what neither names is a problem of the row.
    `otherwise_when` says which cells a row must have, by column, so that `otherwise` may stand for its empty one.
    `real_days` are days which mostly stand for an unknown one, but are true here.
    """

    column: str | None = None
    columns: tuple[str, ...] = ()
    text: str | None = None
    prefix: str = ""
    joined_by: str = "/"
    map: dict[Code, Code | bool | None] | None = None
    others: tuple[Code, ...] = ()
    only: tuple[Code, ...] | None = None
    contains: str | None = None
    before: str | None = None
    after: str | None = None
    empty: tuple[Code, ...] = ()
    otherwise: Literal["stated"] | str | None = None
    otherwise_when: dict[str, tuple[Code, ...]] = {}
    real_days: tuple[str, ...] = ()
    mend: Literal["latin-1"] | None = None
    gather: Literal["first", "largest", "any", "codes", "count"] = "first"
    optional: bool = False

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: object) -> object:
        return {"column": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _one_origin(self) -> ValueMapping:
        if sum((self.column is not None, bool(self.columns), self.text is not None)) != 1:
            raise WrongValue(Message(CatalogueMessage.FEED_VALUE_ORIGIN))
        return self

    def reads(self) -> tuple[str, ...]:
        """The columns this value is read from."""
        return (self.column,) if self.column is not None else self.columns


class IdentifierMapping(StrictModel):
    """An identifier: its scheme and where its value comes from."""

    scheme: Name
    value: ValueMapping


class SubjectMapping(StrictModel):
    """Whom the record is about, as far as the file says."""

    kind: Literal["organisation", "establishment", "authority"]
    identifiers: tuple[IdentifierMapping, ...]
    name: ValueMapping
    other_names: tuple[ValueMapping, ...] = ()
    region: ValueMapping | None = None
    sector: ValueMapping | None = None


class JoinedFile(StrictModel):
    """Another file of the same folder whose columns join in: `on` is the column both share."""

    file: str
    on: str


class SnapshotRule(StrictModel):
    """Each file states everything anew of the sources, or of the regions, that stand in it.

    What it leaves out of them is withdrawn, unless that would be too much of one of them at once.
    """

    per: Literal["source", "region"] = "source"
    withdraw_at_most: float = 0.01


class Feed(StrictModel):
    """One feed: its record type, source, reference (a record's own name), subject, days, fields, published outcome."""

    feed: Name
    title: str
    record: Name
    source: ValueMapping
    reference: ValueMapping
    subject: SubjectMapping
    occurred: ValueMapping
    stated: ValueMapping | None = None
    about: ValueMapping | None = None
    fields: dict[Name, ValueMapping]
    published: ValueMapping | None = None
    group_by: tuple[str, ...] = ()
    skip_when: dict[str, Code] = {}
    ignored: tuple[str, ...] = ()
    beside: JoinedFile | None = None
    whole: SnapshotRule | None = None
    licence: str = ""

    def values(self) -> dict[str, ValueMapping]:
        """Every value by the name of what it fills."""
        values = {"source": self.source, "reference": self.reference, "subject.name": self.subject.name}
        values |= {
            f"subject.identifiers.{identifier.scheme}": identifier.value for identifier in self.subject.identifiers
        }
        values |= {
            f"subject.other_names.{index}": other_name for index, other_name in enumerate(self.subject.other_names)
        }
        values |= {f"fields.{name}": value for name, value in self.fields.items()}
        optional = {"subject.region": self.subject.region, "subject.sector": self.subject.sector, "stated": self.stated}
        optional |= {"about": self.about, "published": self.published}
        return (
            values
            | {"occurred": self.occurred}
            | {name: value for name, value in optional.items() if value is not None}
        )

    def columns(self) -> tuple[str, ...]:
        """The columns that this feed reads, in the order they are first named."""
        read = [column for value in self.values().values() for column in (*value.reads(), *value.otherwise_when)]
        return tuple(dict.fromkeys([*read, *self.group_by, *self.skip_when]))

    def naming_columns(self) -> frozenset[str]:
        """The columns that say which record a row is, each by itself and as a problem names several that are joined."""
        values = [self.source, self.reference, *(identifier.value for identifier in self.subject.identifiers)]
        return frozenset(name for value in values for name in (*value.reads(), ", ".join(value.reads())))

    def needed(self) -> tuple[str, ...]:
        """The columns that a file of this feed must have."""
        spared = {column for value in self.values().values() if value.optional for column in value.reads()}
        return tuple(column for column in self.columns() if column not in spared)
