"""A case as its parties see it: where it stands, what was said, what may be done, and the letters about it."""

from __future__ import annotations

from datetime import date, datetime

from goodstanding.web.shapes.answers import Answer, Named, Problem, Reason, Shape
from goodstanding.web.shapes.calculator import Input


class Field(Input):
    """One thing to enter in a form of an act; `way` can also be words, one of these (choices), or files."""


class Exhibit(Shape):
    """A file in evidence: who handed it in, with which act, and where its parties can open it.

    `token` stands for a file that was handed in with a form that is not sent yet.
    """

    name: str
    digest: str
    size: int
    type: str
    title: str
    address: str
    by: str
    position: int | None
    token: str = ""


class Opened(Shape):
    """Somebody who acts for the subject opened a letter."""

    at: datetime
    name: str


class Heard(Shape):
    """One act of a case, word for word; `side` is subject, authority, body or register."""

    position: int
    act: str
    title: str
    day: date
    recorded_at: datetime
    by: str
    office: str
    office_name: str
    side: str
    late: bool
    upheld: bool | None
    outcome: str
    ends_on: date | None
    service: str
    proof: str
    new: str
    text: str
    evidence: list[Exhibit]
    letter: str | None
    opened: list[Opened]


class Stretch(Shape):
    """A stretch of a case: `until` is the first day after it, `then` what follows if nobody acts, as a sentence."""

    phase: str
    title: str
    since: date
    until: date | None
    then: str
    state: str


class Clock(Shape):
    """Time that runs: its last day, how many days are left today, and which of all its days this is."""

    title: str
    last_day: date
    days_left: int
    since: date
    day: int
    days: int
    then: str
    urgent: bool


class Stated(Shape):
    """One thing that the finding states."""

    title: str
    value: str


class Follows(Shape):
    """A measure that follows from the list, and on which article."""

    title: str
    says: str
    reason: Reason | None


class Wording(Shape):
    """A text from the rules, to be copied and edited."""

    title: str
    text: str


class ActForm(Shape):
    """What an act asks for; `seen` is how many acts the case had when the form was made."""

    act: str
    title: str
    says: str
    address: str
    seen: int
    fields: list[Input]
    files: bool
    kept: list[Exhibit]
    wordings: list[Wording]
    check: str
    send: str


class Barred(Shape):
    """An act that is not open to whoever asks, and why."""

    act: str
    title: str
    because: str


class Later(Shape):
    """What comes after a decision, by the law's own lengths of time."""

    when: str
    title: str
    says: str


class Related(Shape):
    """Another case about the same finding: a dispute, or a request for repair.

    `does` is suspends while it is heard, undoes where it was granted, else nothing.
    """

    reference: str
    address: str
    title: str
    phase_title: str
    does: str


class CaseHead(Shape):
    """Which case it is, whose, and where it stands."""

    position: int
    reference: str
    subject: Named
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


class Applied(Shape):
    """What somebody said who applied for the listing; who that was is not said. Their files are among the evidence."""

    text: str
    day: date


class CasePage(Answer):
    """A case for its parties: the finding, the whole history, the evidence, the time left and every possible act."""

    head: CaseHead
    because: str
    today: date
    clocks: list[Clock]
    what: list[str]
    binds: bool
    file_number: str
    occurred: date | None
    facts: list[Stated]
    reasons: str
    proposed_by: str
    applied: Applied | None
    laws: list[Reason]
    follows: list[Follows]
    objection: int | None
    record: int | None
    related: list[Related]
    evidence: list[Exhibit]
    acts: list[Heard]
    spans: list[Stretch]
    later: list[Later]
    body: str
    who: list[str]
    possible: list[ActForm]
    barred: list[Barred]
    done: str


class ActPage(Answer):
    """One act of a case by itself.

    `stage` is form, check (what will be sent), overtaken (what happened meanwhile) or barred. `after` is how the case
    goes on if it is sent.
    """

    head: CaseHead
    stage: str
    form: ActForm
    problems: list[Problem]
    meanwhile: list[Heard]
    after: list[Stretch]
    because: str


class LetterPage(Answer):
    """A letter about an act, whole, and when somebody who acts for the subject opened it."""

    head: CaseHead
    position: int
    title: str
    language: str
    languages: list[str]
    written: date
    deadline: str
    text: str
    opened: list[Opened]
