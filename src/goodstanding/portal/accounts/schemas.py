"""What somebody's own pages say: their parts in this register, and mandates to act for a subject."""

from __future__ import annotations

from datetime import date

from goodstanding.web.schemas.forms import ActForm
from goodstanding.web.schemas.page_frame import FrozenSchema, PageLink, ProblemSchema, RegisterResponse
from goodstanding.web.schemas.people import PersonName


class RoleLine(FrozenSchema):
    """A role of somebody, for or where, until when; `why_not` says why it does not work now, `waits` that it will."""

    number: int
    role: str
    scope: str
    title: str
    chosen: bool
    until: date | None
    why_not: str | None
    waits: bool


class AccountPage(RegisterResponse):
    """Somebody's own account."""

    name: str
    email: str
    parts: list[RoleLine]
    passkeys: int
    app: bool
    recovery_codes: int
    outside: bool
    desks: list[PageLink]


class RolesPage(RegisterResponse):
    """The parts to choose from, and where to go on to."""

    name: str
    parts: list[RoleLine]
    next: str
    problem: ProblemSchema | None


class ClaimProof(FrozenSchema):
    """A file that was handed in with a claim."""

    name: str
    digest: str
    size: int


class ClaimLine(FrozenSchema):
    """A claim to act for a subject, and what became of it.

    `answer_by` is the last day of the office that answers, `days_left` how many days it has, this one among them; past
    it the claim is the overseer's.
    """

    number: int
    subject: str
    title: str
    person: PersonName
    text: str
    proof: ClaimProof | None
    day: date
    outcome: str
    reason: str
    by: PersonName
    office: str
    settled_on: date | None
    answer_by: date
    days_left: int


class EnteredMandate(FrozenSchema):
    """What was typed into a form, kept where it could not be taken."""

    identifier: str = ""
    text: str = ""
    until: str = ""
    number: int | None = None


class PublicClaimPage(RegisterResponse):
    """Where a claim begins: what was typed, the identifier as it is read, and the address of the next step.

    `outside` is whether other sign-ins make an account here.
    """

    typed: str
    identifier: str
    problem: ProblemSchema | None
    signed_in: bool
    next: str
    outside: bool
    answer_days: int
    waiting_days: int


class ClaimPage(RegisterResponse):
    """The form that claims a file, and one's own claims."""

    name: str
    claims: list[ClaimLine]
    typed: EnteredMandate
    problem: ProblemSchema | None
    largest: int


class ClaimDeskPage(RegisterResponse):
    """The claims that an office may settle, and those that it settled; `desk` is whether it has a desk of cases too."""

    office: str
    desk: bool
    today: date
    latest: date
    waiting: list[ClaimLine]
    settled: list[ClaimLine]
    typed: EnteredMandate = EnteredMandate()  # nothing: an answer has a page of its own
    problem: ProblemSchema | None = None


class ClaimAnswerPage(RegisterResponse):
    """The form of an answer to a claim, or a look at what will be sent."""

    stage: str
    claim: ClaimLine
    form: ActForm


class MandateLine(FrozenSchema):
    """A mandate: who acts for whom, granted by which office, from when until when; `holds` today, or why it ended.

    `waits` is that it begins later, `revocable` whether the reader may end it.
    """

    number: int
    subject: str
    title: str
    person: PersonName
    by: PersonName
    office: str
    granted_on: date
    first_day: date
    last_day: date
    holds: bool
    waits: bool
    revocable: bool
    ended_on: date | None
    revoked_by: PersonName
    reason: str
    own: bool


class RepresentativesPage(RegisterResponse):
    """Who acts for a subject, or whom an office let act."""

    role: str
    scope: str
    mandates: list[MandateLine]
    typed: EnteredMandate
    problem: ProblemSchema | None
