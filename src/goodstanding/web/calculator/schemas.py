"""The calculator: facts that somebody enters, what would follow from them, and what was wrong with them."""

from __future__ import annotations

from datetime import date

from goodstanding.web.schemas.forms import FieldChoice, FieldInput
from goodstanding.web.schemas.intervals import IntervalSchema
from goodstanding.web.schemas.page_frame import FrozenSchema, LegalBasisSchema, ProblemSchema, RegisterResponse


class ProblemListSchema(ProblemSchema):
    """The first thing that was wrong, and the others."""

    others: list[ProblemSchema]


class EnteredRecord(FrozenSchema):
    """One record as it was entered; `decides` are the fields that rules read, `besides` all others."""

    number: int
    address: str
    record: str
    title: str
    out: bool
    occurred: FieldInput
    decides: list[FieldInput]
    besides: list[FieldInput]


class CalculatedEffect(IntervalSchema):
    """Something that would hold: a grade, a listing, a measure or the stage of a case, with its reasons.

    `because` are the numbers of the records entered.
    """

    measure: str
    kind: str
    title: str
    value: str | None
    value_title: str
    of: str
    score: int | None
    audience: list[str]
    sentences: list[str]
    rule: str
    reason: LegalBasisSchema | None
    because: list[int]


class TimelineInterval(IntervalSchema):
    """What holds from one day until another; `holds` is before, now or later, seen from the day asked about."""

    what: list[str]
    holds: str


class CalculatorResult(FrozenSchema):
    """What would follow from the facts on the day asked about, and before and after it."""

    at: date
    grades: list[CalculatedEffect]
    listings: list[CalculatedEffect]
    measures: list[CalculatedEffect]
    cases: list[CalculatedEffect]
    undecided: list[str]
    timeline: list[TimelineInterval]


class CalculatorPage(RegisterResponse):
    """Facts, and what would follow from them. Nothing of it is kept."""

    name: str
    mode: str
    title: str
    examples: list[FieldChoice]
    example: str
    types: list[FieldChoice]
    most_records: int
    at: FieldInput
    records: list[EnteredRecord]
    problems: list[ProblemSchema]
    result: CalculatorResult | None
