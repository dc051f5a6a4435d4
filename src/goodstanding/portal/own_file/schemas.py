"""A subject's own file: everything that is held about it, what it can do, and who looked."""

from __future__ import annotations

from datetime import date, datetime

from goodstanding.portal.cases.schemas import ApplicantStatement, CaseHead, LetterOpening
from goodstanding.web.schemas.deadlines import RunningDeadline
from goodstanding.web.schemas.forms import ActForm, StatedValue
from goodstanding.web.schemas.page_frame import (
    FrozenSchema,
    PagingSchema,
    RegisterResponse,
    SubjectSummary,
)
from goodstanding.web.schemas.people import PersonName
from goodstanding.web.subjects.schemas import GradeSchema, ListingSchema, RecordSchema, SubjectPage


class OwnCase(FrozenSchema):
    """A case as the file shows it: where it stands since when, the times that run, what follows if nobody acts.

    `suspended` is whether nothing of it is in force although it binds: a dispute lifts it while that is open.
    """

    head: CaseHead
    since: date
    clocks: list[RunningDeadline]
    then: str
    suspended: bool
    applied: ApplicantStatement | None


class LetterLine(FrozenSchema):
    """A letter in the inbox; `opened` says who of those who act for the subject opened it, and when first."""

    position: int
    reference: str
    title: str
    about: str
    office_name: str
    day: date
    address: str
    unread: bool
    opened: list[LetterOpening]


class AccessLogLine(FrozenSchema):
    """Somebody opened what is not public in this file; `unusual` says what is unusual about that, if anything is."""

    at: datetime
    name: PersonName
    role: str
    office_name: str
    opened: str
    unusual: str


class OwnRecord(RecordSchema):
    """A record, with the case in which it is disputed, if one is open, or why it cannot be disputed."""

    dispute: int | None
    why_not: str


class OwnListing(ListingSchema):
    """A listing, the record it rests on, and from which day on, or in which open case, repair is asked for.

    `repair_why` is why it cannot be asked for today, where something else than that day stands against it.
    """

    position: int
    repair_from: date | None
    repair: int | None
    repair_why: str


class OwnGrade(GradeSchema):
    """A grade and the newest record it rests on."""

    position: int | None


class OwnReply(FrozenSchema):
    """Words of the subject beside an entry: when they were published, by whom, and since when they show no more."""

    position: int
    beside: int
    text: str
    by: PersonName
    day: date
    shows: bool
    ended_on: date | None


class OwnFilePage(SubjectPage):
    """The subject's own file at a moment: the same that others may see, and all that only it may see and do."""

    person: str
    headline: str
    listings: list[OwnListing]  # type: ignore[assignment]
    grades: list[OwnGrade]  # type: ignore[assignment]
    records: list[OwnRecord]  # type: ignore[assignment]
    open_cases: list[OwnCase]
    ended_cases: list[OwnCase]
    inbox: list[LetterLine]
    unread: int
    looks: list[AccessLogLine]
    unusual: int
    own_looks: list[AccessLogLine]
    paging: PagingSchema
    replies: list[OwnReply]
    alerts: bool
    email: str
    done: str


class RequestPage(RegisterResponse):
    """A form by which a subject asks for something, or speaks, about an entry: written, then checked.

    `doing` is dispute, link, repair or reply; `stage` is form or check. `answer_until` is the last day on which the
    source can answer; `entry` says what the entry is.
    """

    subject: SubjectSummary
    doing: str
    stage: str
    position: int
    entry: str
    source_name: str
    says: list[StatedValue]
    suspends: bool
    answer_until: date | None
    form: ActForm
