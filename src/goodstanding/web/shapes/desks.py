"""Desks: what waits for whoever works at one, and the forms in which a source proposes."""

from __future__ import annotations

from datetime import date

from goodstanding.web.shapes.answers import Answer, Link, Named, Paging, Problem, Shape
from goodstanding.web.shapes.calculator import Choice, Input
from goodstanding.web.shapes.cases import Exhibit, Field, Stretch


class Tab(Shape):
    """A queue of a desk; `count` stops at a thousand, and then there are `more`; null where it was not counted."""

    name: str
    title: str
    count: int | None
    more: bool
    here: bool


class Line(Shape):
    """A case in a queue: its last day, what is needed, what follows if nobody acts, and whether it is theirs to do."""

    position: int
    reference: str
    address: str
    subject: Named
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


class Group(Shape):
    """The lines whose last days are about as near."""

    title: str
    lines: list[Line]


class DeskPage(Answer):
    """One queue of a desk, the nearest deadline first, and the others by name."""

    role: str
    office: str
    office_name: str
    headline: str
    says: str
    today: date
    queue: str
    tabs: list[Tab]
    lists: list[Choice]
    listed: str
    groups: list[Group]
    paging: Paging
    more: bool
    nearest: int | None
    proposes: list[Link]
    done: str


class Chosen(Shape):
    """A list that an office may propose for."""

    value: str
    title: str
    says: str
    catalogue_title: str


class ProposePage(Answer):
    """A proposal, or an interim measure: choosing the list, the form, or a look at what would be sent."""

    stage: str
    interim: bool
    office_name: str
    lists: list[Chosen]
    chosen: Chosen | None
    kind: str
    about_whom: list[Field]
    finding: list[Input]
    words: list[Field]
    kept: list[Exhibit]
    problems: list[Problem]
    notes: list[str]
    sent: list[Choice]
    after: list[Stretch]
    application: int | None = None


class Row(Shape):
    """A row of a file of proposals: who is meant, what is wrong with it, and the case that it became."""

    number: int
    name: str
    identifier: str
    reference: str
    problems: list[Problem]
    notes: list[str]
    case: int | None


class ManyPage(Answer):
    """Proposals from a file: choosing the list, the form, a look at every row, or what became of them."""

    stage: str
    office_name: str
    lists: list[Chosen]
    chosen: Chosen | None
    columns: list[Choice]
    example: str
    problems: list[Problem]
    rows: list[Row]
    right: int
    content: str
    most: int
