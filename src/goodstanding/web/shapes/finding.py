"""Search and lists."""

from __future__ import annotations

from datetime import date

from goodstanding.web.shapes.answers import Answer, Link, Named, Paging, Reason, Shape
from goodstanding.web.shapes.subjects import OwnWords


class Asked(Shape):
    """What was asked for."""

    q: str
    list: str
    grade: str
    sector: str
    region: str


class Choice(Shape):
    """One value that an answer can be narrowed to."""

    value: str
    title: str


Choices = list[Choice]


class Narrowing(Shape):
    """Everything an answer can be narrowed to."""

    list: Choices
    grade: Choices
    sector: Choices
    region: Choices


class HitGrade(Shape):
    """A grade that holds, with the day it is looked at; `value` is null where there is none, for the reason given."""

    title: str
    value: str | None
    value_title: str
    score: int | None
    of: str
    since: date
    day: date
    reason: str


class Hit(Shape):
    """A subject that was found. Listings and measures never show on a name alone: they stand in its file."""

    subject: Named
    other_names: list[str]
    by_identifier: bool
    grades: list[HitGrade]


class SearchPage(Answer):
    """What was found, best first; `exact` says whether the first is written as asked."""

    asked: Asked
    today: date
    at: date | None
    known: int | None
    by_identifier: bool
    exact: bool
    most: int | None
    hits: list[Hit]
    paging: Paging
    narrowing: Narrowing


class ListLine(Shape):
    """One list of one catalogue, and how many it names on a day."""

    catalogue: str
    catalogue_title: str
    list: str
    title: str
    says: str
    day: date
    total: int


class ListsPage(Answer):
    """The lists of the catalogues in force."""

    lists: list[ListLine]


class Entry(Shape):
    """One listing; `valid_to` is the first day after it."""

    subject: Named
    stage: str
    valid_from: date
    valid_to: date | None
    because: list[int]
    own_words: OwnWords | None = None


class ListPage(Answer):
    """A part of a list on a day, and who may have the whole of it."""

    line: ListLine
    at: date | None
    reason: Reason | None
    ends_sooner: str
    entries: list[Entry]
    paging: Paging
    may_download: bool
    because: str
    downloads: list[Link]
