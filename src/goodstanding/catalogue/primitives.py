"""What every part of a catalogue is built from: strict models, names, codes, lengths of time, legal bases."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, InstanceOf, PlainSerializer, model_validator

from goodstanding.catalogue.periods import Period
from goodstanding.catalogue.wrong_values import WrongValue
from goodstanding.messages import CatalogueMessage, Message

USED = "use/"  # below it stand the files of the catalogues that one uses
CHARTER = "charter"  # stands for an instrument in the basis of a rule that rests on the charter itself
NAME = r"^[a-z][a-z0-9]*([_-][a-z0-9]+)*$"
Name = Annotated[str, Field(pattern=NAME)]
Length = Annotated[
    InstanceOf[Period],
    BeforeValidator(lambda value: Period.parse(str(value)) if isinstance(value, str | int) else value),
    PlainSerializer(str),
]
MOST_DAYS = 3_660  # ten years: no deadline is longer
Days = Annotated[int, Field(ge=0, le=MOST_DAYS)]
Version = Annotated[int, Field(ge=1, le=1_000_000)]
Expression = Annotated[str, Field(min_length=1)]
Code = Annotated[str, BeforeValidator(lambda value: str(value) if isinstance(value, int) else value)]
SubjectKind = Literal["organisation", "establishment", "authority", "person"]
Audience = Literal["anybody", "parties"]
BASIS = re.compile(r"^(?P<instrument>[a-z0-9][a-z0-9-]*) (?:art|sec|annex|part|para|table)\. (?P<article>\S.*)$")


class StrictModel(BaseModel):
    """A model that refuses keys it does not know and never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True)


class LegalRule(StrictModel):
    """A rule: what it says in words, on which article, and whether that was compared with the text.

    `verified` is `secondary` where nobody saw the text itself, and `read_in` names what was read instead: a newspaper,
    an adviser, a page that quotes the article. Such a rule counts as not compared.
    """

    basis: str
    says: str = ""
    verified: bool | Literal["secondary"] = True
    read_in: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _name_what_was_read(self) -> LegalRule:
        if (self.verified == "secondary") != bool(self.read_in.strip()):
            code = CatalogueMessage.SECONDARY_UNNAMED
            raise WrongValue(Message(code), Message(CatalogueMessage.SECONDARY_NAMED))
        return self

    @property
    def is_compared(self) -> bool:
        """Whether somebody compared it with the text of its law."""
        return self.verified is True


class Article(StrictModel):
    """One article of an instrument, with how surely it is known (D, S, M or X of the reference)."""

    title: str
    mark: Literal["D", "S", "M", "X"] | None = None
    verified: bool = True


class Instrument(StrictModel):
    """A legal text: its name, when it is in force, and the articles that rules here rest on.

    `published` is false for rules that nobody outside could read, such as the weights of a private score.
    """

    title: str
    jurisdiction: str
    in_force: date
    until: date | None = None
    published: bool = True
    articles: dict[Code, Article]
    note: str = ""


class Source(StrictModel):
    """An authority or court that may issue records; `kind` decides its mandate, `above` is who directs it."""

    id: str
    name: str
    kind: Name
    region: str = ""
    above: str = ""

    @property
    def has_end(self) -> bool:
        """Whether its last day is known: what a catalogue names goes on."""
        return False


class AdmittedSource(Source):
    """A source that the event at `position` admitted, on which basis, and the first and last day of its mandate."""

    basis: str = ""
    first_day: date | None = None
    last_day: date | None = None
    position: int = 0
    ended_at: int | None = None

    @property
    def has_end(self) -> bool:
        """Whether an event said its last day."""
        return self.last_day is not None

    def is_at_work(self, day: date) -> bool:
        """Whether its mandate covers a day."""
        return (self.first_day is None or self.first_day <= day) and (self.last_day is None or day <= self.last_day)


class CodedTerm(StrictModel):
    """A length of time, or an audience, that depends on a code field of the opening record."""

    by: Name
    terms: dict[Code, Length]


class DecidedTerm(StrictModel):
    """A term that the decision itself sets: a date field of the opening record, and the longest it can be."""

    until: Name
    at_most: Length
