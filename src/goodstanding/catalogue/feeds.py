"""How one source's files map to records: declared, column by column, never coded."""

from __future__ import annotations

from typing import Literal, get_args

from pydantic import Field, model_validator

from goodstanding.catalogue.primitives import Code, Name, StrictModel
from goodstanding.catalogue.wrong_values import WrongValue
from goodstanding.messages import CatalogueMessage, Message

DayForm = Literal[
    "YYYY-MM-DD", "DD/MM/YYYY", "MM/DD/YYYY", "DD.MM.YYYY", "DD-MM-YYYY", "MM-DD-YYYY", "YYYY/MM/DD", "YYYY.MM.DD",
    "YYYYMMDD",
]  # fmt: skip
DEFAULT_DAY_FORM: DayForm = "YYYY-MM-DD"
Encoding = Literal[
    "utf-8", "utf-16", "latin-1", "windows-1250", "windows-1251", "windows-1252", "gb18030", "big5", "shift-jis",
    "euc-kr",
]  # fmt: skip
ENCODINGS: tuple[Encoding, ...] = get_args(Encoding)
Gathering = Literal["same", "first", "largest", "smallest", "any", "codes", "count"]


class FileForm(StrictModel):
    """How a feed's files are written, where a file alone does not say it.

    `days` is the form of days that are text. A CSV file has `separator` (`,`, `;`, `tab` or `|`) and `encoding`;
    `latin-1` is read as Windows does. `title_lines` stand above the header, `sheet` is that of a workbook.
    """

    days: DayForm = DEFAULT_DAY_FORM
    separator: Literal[",", ";", "tab", "|"] | None = None
    encoding: Encoding | None = None
    title_lines: int | None = Field(default=None, ge=0, le=100)
    sheet: str | None = None


class ValueMapping(StrictModel):
    """Where one value comes from: a column (mapped, mended, prefixed), or the same text for every row.

    `map` gives the codes for the column's values, `"*"` for all others and `""` for an empty cell; a value that the map
    does not know is a problem of the row, unless `only` says that other values mean nothing here. `before` and `after`
    take the part of a text on one side of a mark. `mend: latin-1` undoes UTF-8 that was once read as Latin-1. `gather`
    says what a group of rows has in common. An `optional` column may be absent from a file, and is then empty.

    `others` are the values that `"*"` in a map stands for: what neither names is a problem of the row.
    `otherwise_when` says which cells a row must have, by column, so that `otherwise` may stand for its empty one.
    `stated_when` says which cells make a row one about the day of the file, whatever its own cell says: a status that
    belongs to the premises on that day, not to a visit.
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
    stated_when: dict[str, tuple[Code, ...]] = {}
    real_days: tuple[str, ...] = ()
    mend: Literal["latin-1"] | None = None
    gather: Gathering | None = None
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

    def reads_or_looks_at(self) -> tuple[str, ...]:
        """The columns that decide this value: those that it is read from, and those by which it is chosen."""
        return (*self.reads(), *self.otherwise_when, *self.stated_when)

    def may_be_stated_day(self) -> bool:
        """Whether the day of the file can stand in the place of the row's own."""
        return self.otherwise == "stated" or bool(self.stated_when)


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
    written: FileForm = FileForm()
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
        read = [column for value in self.values().values() for column in value.reads_or_looks_at()]
        return tuple(dict.fromkeys([*read, *self.group_by, *self.skip_when]))

    def naming_columns(self) -> frozenset[str]:
        """The columns that say which record a row is, each by itself and as a problem names several that are joined."""
        values = [self.source, self.reference, *(identifier.value for identifier in self.subject.identifiers)]
        return frozenset(name for value in values for name in (*value.reads(), ", ".join(value.reads())))

    def needed(self) -> tuple[str, ...]:
        """The columns that a file of this feed must have."""
        spared = {column for value in self.values().values() if value.optional for column in value.reads()}
        return tuple(column for column in self.columns() if column not in spared)
