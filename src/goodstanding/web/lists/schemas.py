"""The lists of the catalogues in force, and a part of one on a day."""

from __future__ import annotations

from datetime import date

from goodstanding.web.schemas.intervals import IntervalSchema
from goodstanding.web.schemas.page_frame import (
    FrozenSchema,
    LegalBasisSchema,
    PageLink,
    PagingSchema,
    RegisterResponse,
    SubjectSummary,
)
from goodstanding.web.subjects.schemas import OwnWords


class ListLine(FrozenSchema):
    """One list of one catalogue, and how many it names on a day; `empty_because` says why nobody, where it is known."""

    catalogue: str
    catalogue_title: str
    list: str
    title: str
    says: str
    day: date
    total: int
    empty_because: str = ""


class ListsPage(RegisterResponse):
    """The lists of the catalogues in force."""

    lists: list[ListLine]


class ListEntry(IntervalSchema):
    """One listing."""

    subject: SubjectSummary
    stage: str
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
