"""Search and lists."""

from __future__ import annotations

from datetime import date

from goodstanding.web.shapes.answers import (
    FrozenSchema,
    LegalBasisSchema,
    PageLink,
    PagingSchema,
    RegisterResponse,
    SubjectSummary,
)
from goodstanding.web.shapes.subjects import OwnWords


class SearchQuery(FrozenSchema):
    """What was asked for."""

    q: str
    list: str
    grade: str
    sector: str
    region: str


class FacetChoice(FrozenSchema):
    """One value that an answer can be narrowed to."""

    value: str
    title: str


FacetChoices = list[FacetChoice]


class SearchFacets(FrozenSchema):
    """Everything an answer can be narrowed to."""

    list: FacetChoices
    grade: FacetChoices
    sector: FacetChoices
    region: FacetChoices


class HitGrade(FrozenSchema):
    """A grade that holds, with the day it is looked at; `value` is null where there is none, for the reason given."""

    title: str
    value: str | None
    value_title: str
    score: int | None
    of: str
    since: date
    day: date
    reason: str


class SearchHit(FrozenSchema):
    """A subject that was found. Listings and measures never show on a name alone: they stand in its file."""

    subject: SubjectSummary
    other_names: list[str]
    by_identifier: bool
    grades: list[HitGrade]


class SearchPage(RegisterResponse):
    """What was found, best first; `exact` says whether the first is written as asked."""

    asked: SearchQuery
    today: date
    at: date | None
    known: int | None
    by_identifier: bool
    exact: bool
    most: int | None
    hits: list[SearchHit]
    paging: PagingSchema
    narrowing: SearchFacets


class ListLine(FrozenSchema):
    """One list of one catalogue, and how many it names on a day."""

    catalogue: str
    catalogue_title: str
    list: str
    title: str
    says: str
    day: date
    total: int


class ListsPage(RegisterResponse):
    """The lists of the catalogues in force."""

    lists: list[ListLine]


class ListEntry(FrozenSchema):
    """One listing; `valid_to` is the first day after it."""

    subject: SubjectSummary
    stage: str
    valid_from: date
    valid_to: date | None
    because: list[int]
    own_words: OwnWords | None = None


class ListPage(RegisterResponse):
    """A part of a list on a day, and who may have the whole of it."""

    line: ListLine
    at: date | None
    reason: LegalBasisSchema | None
    ends_sooner: str
    entries: list[ListEntry]
    paging: PagingSchema
    may_download: bool
    because: str
    downloads: list[PageLink]
