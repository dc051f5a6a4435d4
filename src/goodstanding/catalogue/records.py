"""What sources may state: record types, their fields, and what of them anybody may see."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from pydantic import model_validator

from goodstanding.catalogue.periods import Period
from goodstanding.catalogue.primitives import (
    Audience,
    Code,
    Expression,
    LegalRule,
    Length,
    Name,
    StrictModel,
    SubjectKind,
)
from goodstanding.catalogue.wrong_values import WrongValue
from goodstanding.messages import CatalogueMessage, Message
from goodstanding.subjects import IdentifierScheme, build_own_scheme

FieldType = Literal["integer", "boolean", "date", "code", "codes", "text"]
IdentifierCheck = Literal[
    "none", "luhn", "mod-11-2", "mod-11-10", "mod-37-36", "mod-97-10", "weighted-mod-11",
]  # fmt: skip
RecordWeight = Literal["decision", "finding", "step", "status", "deed", "listing", "score", "report", "disclosure"]
LONGEST_DISPLAY = Period(60)  # five years, the most of charter article 11
_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,15}")
_SQL_TYPES = {"integer": "BIGINT", "boolean": "BOOLEAN", "date": "DATE"}


class FieldRule(StrictModel):
    """One field of a record: its type, the kind of thing it says, the values it may have, and how a page names it.

    `kind` is a word of the charter's list, such as `amount` or `ability`; `codes` are several codes in one text.
    """

    type: FieldType
    title: str
    kind: str = ""
    one_of: tuple[Code, ...] = ()
    at_least: int | None = None
    at_most: int | None = None
    required: bool = False
    future: bool = False
    public: bool = True

    @model_validator(mode="after")
    def _refuse_codes_of_another_type(self) -> FieldRule:
        if self.type == "integer" and not all(_WHOLE_NUMBER.fullmatch(code) for code in self.one_of):
            raise WrongValue(Message(CatalogueMessage.CODES_NO_NUMBERS), Message(CatalogueMessage.TYPE_NUMBER))
        return self

    @property
    def sql_type(self) -> str:
        """The DuckDB type the field is read into."""
        return _SQL_TYPES.get(self.type, "VARCHAR")

    def range(self) -> tuple[int, int] | None:
        """The least and greatest value an integer field can have, if it says."""
        values = [int(value) for value in self.one_of] if self.type == "integer" else []
        low = min(values) if values else self.at_least
        high = max(values) if values else self.at_most
        return None if low is None or high is None else (low, high)


class Explanation(StrictModel):
    """What in a finding may explain that its published outcome does not follow; the condition may read `published`."""

    when: Expression
    says: str


class AdmissionRule(LegalRule):
    """The mandate of a kind of authority or court, whose members are admitted one by one, each by its own event.

    `above` is who directs a member of which nothing else is said.
    """

    title: str
    above: str = ""


class CourtRule(LegalRule):
    """A kind of source that is a court though the charter's own list lacks it, by the law that founds it.

    Nobody but a court stands above its members, and they state decisions and steps of cases, nothing else.
    """

    title: str


class RecordType(LegalRule):
    """A kind of record: who may issue it about whom, what it states about which conduct, and its fields.

    `states` says what weight it has: a final `decision` of a court or authority, a `finding` of an inspection, a `step`
    of a case, a `status` such as enrolment, a good `deed`, a `listing` made elsewhere, somebody else's `score`, a
    `report` that somebody sends in, or a `disclosure` by the subject. `conduct` are words of the charter's list.
    `consent` names the field that proves that the subject agreed to the record. `keeps` is how long a record is kept
    after the last thing that rested on it has ended. Anybody sees it, if at all, while something public rests on it,
    and for `shown_for` at most from the day that it states; where that is left out, for the most that the charter has.
    """

    title: str
    by: tuple[Name, ...]
    states: RecordWeight = "finding"
    conduct: tuple[Name, ...] = ()
    concerns: tuple[SubjectKind, ...] = ()
    consent: Name | None = None
    fields: dict[Name, FieldRule] = {}
    published: Name | None = None
    explained: tuple[Explanation, ...] = ()
    about: Name | None = None
    audience: Audience = "anybody"
    shown_for: Length | None = None
    keeps: Length | None = None

    @property
    def display_term(self) -> Period:
        """How long anybody sees a record at most, from the day that it states."""
        return self.shown_for or LONGEST_DISPLAY


class IdentifierRule(LegalRule):
    """A scheme of identifiers that a register declares itself, for organisations and establishments.

    `pattern` is a regular expression without `*` and `+`, of capitals and digits, and `shape` says it in words. `check`
    computes the last characters from the others; `weights` are those of `weighted-mod-11`. `example` is a value. Where
    several subjects share a value, the scheme is not `unique`: it is noted with a record, and leads to no file.
    """

    title: str
    pattern: str
    example: Code
    shape: str = ""
    check: IdentifierCheck = "none"
    weights: tuple[int, ...] = ()
    kinds: tuple[Literal["organisation", "establishment"], ...] = ("organisation", "establishment")
    unique: bool = True

    def build_scheme(self, name: str) -> IdentifierScheme:
        """The scheme that is declared; raises BadIdentifier where it cannot be one."""
        return build_own_scheme(
            name, self.title, self.pattern, self.example, self.shape, self.check, self.weights, self.kinds, self.unique
        )


def field_types(fields: Mapping[str, FieldRule]) -> Mapping[str, str]:
    """What a condition over a record may read: its fields, and the days it carries."""
    return {**{name: rule.type for name, rule in fields.items()}, "occurred": "date"}
