"""A search: what was asked for, what was found, and what that can be narrowed to."""

from __future__ import annotations

from datetime import date

from goodstanding.web.schemas.page_frame import (
    FrozenSchema,
    PagingSchema,
    RegisterResponse,
    SubjectSummary,
)


class SearchQuery(FrozenSchema):
    """What was asked for."""

    q: str
    list: str
    grade: str
    sector: str
    region: str
    catalogue: str
    order: str
    size: int


class FacetChoice(FrozenSchema):
    """One value that an answer can be narrowed to, and how many files it leaves; null where they are not counted."""

    value: str
    title: str
    count: int | None = None


FacetChoices = list[FacetChoice]


class SearchFacets(FrozenSchema):
    """Everything an answer can be narrowed to; never lists or grades, whose names are kept for older programs."""

    list: FacetChoices = []
    grade: FacetChoices = []
    sector: FacetChoices
    region: FacetChoices
    catalogue: FacetChoices


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


class SearchHitSchema(FrozenSchema):
    """A subject that was found. Listings and measures never show on a name alone: they stand in its file."""

    subject: SubjectSummary
    other_names: list[str]
    by_identifier: bool
    grades: list[HitGrade]


class SearchPage(RegisterResponse):
    """What was found; `exact` says whether the first is written as asked, `complete` whether the total is how many
    there are: where it is not, they are the closest. `place` is the region that the words name.
    """

    asked: SearchQuery
    today: date
    at: date | None
    known: int | None
    by_identifier: bool
    exact: bool
    complete: bool
    place: str
    most: int | None
    hits: list[SearchHitSchema]
    paging: PagingSchema
    orders: list[FacetChoice]
    sizes: list[int]
    narrowing: SearchFacets
    csv: str | None
