"""Desks: what waits for whoever works at one, and the forms in which a source proposes."""

from __future__ import annotations

from datetime import date

from goodstanding.portal.cases.schemas import CaseIntervalSchema
from goodstanding.web.schemas.forms import ActField, ExhibitSchema, FieldChoice, FieldInput
from goodstanding.web.schemas.page_frame import (
    FrozenSchema,
    PageLink,
    PagingSchema,
    ProblemSchema,
    RegisterResponse,
    SubjectSummary,
)


class QueueTab(FrozenSchema):
    """A queue of a desk; `count` stops at a thousand, and then there are `more`; null where it was not counted."""

    name: str
    title: str
    count: int | None
    more: bool
    here: bool


class QueueLine(FrozenSchema):
    """A case in a queue: its last day, what is needed, what follows if nobody acts, and whether it is theirs to do."""

    position: int
    reference: str
    address: str
    subject: SubjectSummary
    list_title: str
    file_number: str
    objection: int | None
    last_day: date
    days_left: int
    urgent: bool
    needed: str
    detail: str
    then: str
    act: str
    act_title: str
    barred: str


class QueueGroup(FrozenSchema):
    """The lines whose last days are about as near."""

    title: str
    lines: list[QueueLine]


class DeskPage(RegisterResponse):
    """One queue of a desk, the nearest deadline first, and the others by name.

    `claims` is how many claims to act for a subject wait for an answer here; null where the office answers none.
    """

    role: str
    office: str
    office_name: str
    headline: str
    says: str
    today: date
    queue: str
    tabs: list[QueueTab]
    claims: int | None
    lists: list[FieldChoice]
    listed: str
    groups: list[QueueGroup]
    paging: PagingSchema
    more: bool
    nearest: int | None
    proposes: list[PageLink]
    done: str


class AvailableList(FrozenSchema):
    """A list that an office may propose for."""

    value: str
    title: str
    says: str
    catalogue_title: str


class ProposalPage(RegisterResponse):
    """A proposal, or an interim measure: choosing the list, the form, or a look at what would be sent."""

    stage: str
    interim: bool
    office_name: str
    lists: list[AvailableList]
    chosen: AvailableList | None
    kind: str
    about_whom: list[ActField]
    finding: list[FieldInput]
    words: list[ActField]
    kept: list[ExhibitSchema]
    notes: list[str]
    sent: list[FieldChoice]
    after: list[CaseIntervalSchema]
    application: int | None = None


class ProposalRow(FrozenSchema):
    """A row of a file of proposals: who is meant, what is wrong with it, and the case that it became."""

    number: int
    name: str
    identifier: str
    reference: str
    problems: list[ProblemSchema]
    notes: list[str]
    case: int | None


class BulkProposalPage(RegisterResponse):
    """Proposals from a file: choosing the list, the form, a look at every row, or what became of them."""

    stage: str
    office_name: str
    lists: list[AvailableList]
    chosen: AvailableList | None
    columns: list[FieldChoice]
    example: str
    rows: list[ProposalRow]
    right: int
    content: str
    most: int
