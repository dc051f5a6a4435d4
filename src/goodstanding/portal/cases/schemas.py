"""A case as its parties see it: where it stands, what was said, what may be done, and the letters about it."""

from __future__ import annotations

from datetime import date, datetime

from goodstanding.web.schemas.deadlines import RunningDeadline
from goodstanding.web.schemas.forms import ActForm, ExhibitSchema, StatedValue
from goodstanding.web.schemas.page_frame import (
    FrozenSchema,
    LegalBasisSchema,
    RegisterResponse,
    SubjectSummary,
)
from goodstanding.web.schemas.people import PersonName


class LetterOpening(FrozenSchema):
    """Somebody who acts for the subject opened a letter."""

    at: datetime
    name: PersonName


class CaseActSchema(FrozenSchema):
    """One act of a case, word for word; `side` is subject, authority, body or register."""

    position: int
    act: str
    title: str
    day: date
    recorded_at: datetime
    by: PersonName
    office: str
    office_name: str
    side: str
    late: bool
    upheld: bool | None
    outcome: str
    ends_on: date | None
    last_day: date | None
    service: str
    proof: str
    new: str
    text: str
    evidence: list[ExhibitSchema]
    letter: str | None
    opened: list[LetterOpening]


class CaseIntervalSchema(FrozenSchema):
    """A span of a case: its last day, `until`, the first day after it, and `then`, what follows if nobody acts."""

    phase: str
    title: str
    since: date
    until: date | None
    last_day: date | None
    then: str
    state: str


class FollowingMeasure(FrozenSchema):
    """A measure that follows from the list, and on which article."""

    title: str
    says: str
    reason: LegalBasisSchema | None


class BarredAct(FrozenSchema):
    """An act that is not open to whoever asks, and why."""

    act: str
    title: str
    because: str


class LaterStep(FrozenSchema):
    """What comes after a decision, by the law's own lengths of time."""

    when: str
    title: str
    says: str


class RelatedCase(FrozenSchema):
    """Another case about the same finding: a dispute, or a request for repair.

    `does` is suspends while it is heard, undoes where it was granted, else nothing.
    """

    reference: str
    address: str
    title: str
    phase_title: str
    does: str


class CaseHead(FrozenSchema):
    """Which case it is, whose, and where it stands."""

    position: int
    reference: str
    subject: SubjectSummary
    catalogue: str
    catalogue_title: str
    list: str
    list_title: str
    source: str
    source_name: str
    phase: str
    phase_title: str
    headline: str
    address: str


class ApplicantStatement(FrozenSchema):
    """What somebody said who applied for the listing; who that was is not said. Their files are among the evidence."""

    text: str
    day: date


class CasePage(RegisterResponse):
    """A case for its parties: the finding, the whole history, the evidence, the time left and every possible act."""

    head: CaseHead
    because: str
    today: date
    clocks: list[RunningDeadline]
    what: list[str]
    binds: bool
    file_number: str
    occurred: date | None
    facts: list[StatedValue]
    reasons: str
    proposed_by: PersonName
    applied: ApplicantStatement | None
    laws: list[LegalBasisSchema]
    follows: list[FollowingMeasure]
    objection: int | None
    record: int | None
    related: list[RelatedCase]
    evidence: list[ExhibitSchema]
    acts: list[CaseActSchema]
    spans: list[CaseIntervalSchema]
    later: list[LaterStep]
    body: str
    who: list[str]
    possible: list[ActForm]
    barred: list[BarredAct]
    done: str


class ReasonPrompts(FrozenSchema):
    """What stands beside the box for reasons: the articles, the facts as stated, and what the subject says to them."""

    laws: list[LegalBasisSchema]
    facts: list[StatedValue]
    answers: list[CaseActSchema]


class CaseActPage(RegisterResponse):
    """One act of a case by itself.

    `stage` is form, check (what will be sent), overtaken (what happened meanwhile) or barred. `after` is how the case
    goes on if it is sent; `questions` are what to check again in the reasons before they are sent.
    """

    head: CaseHead
    stage: str
    form: ActForm
    meanwhile: list[CaseActSchema]
    after: list[CaseIntervalSchema]
    prompts: ReasonPrompts | None
    questions: list[str]


class LetterPage(RegisterResponse):
    """A letter about an act, whole, and when somebody who acts for the subject opened it."""

    head: CaseHead
    position: int
    title: str
    language: str
    languages: list[str]
    written: date
    deadline: str
    text: str
    opened: list[LetterOpening]
