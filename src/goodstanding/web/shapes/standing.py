"""The home page and the pages about the register itself."""

from __future__ import annotations

from goodstanding.web.shapes.answers import Answer, Shape
from goodstanding.web.shapes.rules import CatalogueLine, FeedLine


class HomePage(Answer):
    """What this register holds."""

    subjects: int
    events: int
    catalogues: list[CatalogueLine]


class Fact(Shape):
    """A labelled fact."""

    label: str
    text: str


class SourceText(Shape):
    """Where one body of data comes from, and under which licence."""

    title: str
    facts: list[Fact]


class SourceFigures(Shape):
    """How a source did in the last year that is over, as facts; small counts are left out."""

    source: str
    name: str
    facts: list[Fact]


class SourcesPage(Answer):
    """Sources and licences, and how the sources did in the last year that is over."""

    feeds: list[FeedLine]
    year: int
    figures: list[SourceFigures]
    demonstration: list[SourceText]


class Refusal(Shape):
    """Something that this register does not do, and the charter article that says so."""

    refuses: str
    instead: str
    article: int


class RefusesPage(Answer):
    """What this register refuses to do."""

    refusals: list[Refusal]


class SignedIn(Answer):
    """Who is signed in, and as what."""

    name: str | None
    role: str
    scope: str
    roles: list[Fact]


class Endpoint(Shape):
    """One address of `/v1`."""

    method: str
    address: str
    says: str


class EndpointsPage(Answer):
    """The addresses of `/v1`."""

    openapi: str
    endpoints: list[Endpoint]
