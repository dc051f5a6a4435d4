"""The home page and the pages about the register itself."""

from __future__ import annotations

from goodstanding.web.catalogues.rule_schemas import FeedLine
from goodstanding.web.oversight.schemas import LabelledFact, SourceFigures
from goodstanding.web.schemas.page_frame import FrozenSchema, RegisterResponse


class SourceText(FrozenSchema):
    """Where one body of data comes from, and under which licence."""

    title: str
    facts: list[LabelledFact]


class SourcesPage(RegisterResponse):
    """Sources and licences, and how the sources did in the last year that is over."""

    feeds: list[FeedLine]
    year: int
    figures: list[SourceFigures]
    demonstration: list[SourceText]


class Refusal(FrozenSchema):
    """Something that this register does not do, and the charter article that says so."""

    refuses: str
    instead: str
    article: int


class RefusalsPage(RegisterResponse):
    """What this register refuses to do."""

    refusals: list[Refusal]


class SignedInResponse(RegisterResponse):
    """Who is signed in, and as what."""

    name: str | None
    role: str
    scope: str
    roles: list[LabelledFact]


class Endpoint(FrozenSchema):
    """One address of `/v1`."""

    method: str
    address: str
    says: str


class EndpointsPage(RegisterResponse):
    """The addresses of `/v1`."""

    openapi: str
    endpoints: list[Endpoint]
