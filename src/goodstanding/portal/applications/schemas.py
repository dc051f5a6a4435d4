"""Applications for a listing: for whoever made them, the clerks of their source, and the overseer."""

from __future__ import annotations

from datetime import date

from goodstanding.web.schemas.forms import ActForm, ExhibitSchema
from goodstanding.web.schemas.page_frame import FrozenSchema, PagingSchema, RegisterResponse
from goodstanding.web.schemas.people import PersonName


class ApplicationLine(FrozenSchema):
    """An application as a line names it, and where it stands; `last_day` is the last on which an answer is in time.

    `state` is received, unanswered, declined, proposed, decided, listed, appealed, performed, rejected or ended.
    """

    position: int
    list: str
    list_title: str
    source: str
    source_name: str
    name: str
    identifier: str
    by: PersonName
    day: date
    state: str
    state_title: str
    says: str
    since: date
    until: date | None
    last_day: date | None
    case: int | None
    over: bool
    complaint: bool


class UnansweredCount(FrozenSchema):
    """How many applications a source left without an answer for twenty working days."""

    source: str
    source_name: str
    total: int


class ApplicationsPage(RegisterResponse):
    """The applications that somebody may see; what each role can do with them."""

    role: str
    name: str
    part: bool
    lines: list[ApplicationLine]
    waiting: int
    unanswered: list[UnansweredCount]
    paging: PagingSchema
    done: str


class ComplaintSchema(FrozenSchema):
    """A complaint about how an application was handled, and the overseer's answer."""

    position: int
    text: str
    day: date
    answer: str
    answered_by: PersonName
    answered_on: date | None


class ApplicationActLink(FrozenSchema):
    """Something that can be done with an application, and where."""

    act: str
    title: str
    address: str


class ApplicationPage(RegisterResponse):
    """One application, word for word."""

    line: ApplicationLine
    role: str
    because: str
    text: str
    amount: str
    evidence: list[ExhibitSchema]
    declined_by: PersonName
    declined_on: date | None
    reasons: str
    complaints: list[ComplaintSchema]
    doings: list[ApplicationActLink]
    done: str


class ApplicationActPage(RegisterResponse):
    """A form about applications: written, then checked. `line` is the application, null for a new one."""

    act: str
    stage: str
    line: ApplicationLine | None
    form: ActForm
