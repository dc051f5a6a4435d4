"""The home page and the pages about the register itself."""

from __future__ import annotations

from datetime import date

from goodstanding.web.catalogues.rule_schemas import FeedLine
from goodstanding.web.oversight.schemas import LabelledFact, SourceFigures
from goodstanding.web.schemas.page_frame import FrozenSchema, RegisterResponse


class SourceText(FrozenSchema):
    """Where one body of data comes from, and under which licence."""

    title: str
    facts: list[LabelledFact]


class AdmittedSourceLine(FrozenSchema):
    """A source that an event admitted: on which basis, its first and last day, and what it is today if not itself."""

    id: str
    name: str
    kind: str
    kind_title: str
    region: str
    basis: str
    first_day: date | None
    last_day: date | None
    position: int
    successor: str | None


class AdmittingCatalogue(FrozenSchema):
    """A catalogue in force that gives a mandate to kinds of source, and the sources admitted under it."""

    name: str
    title: str
    sources: list[AdmittedSourceLine]


class SuccessionLine(FrozenSchema):
    """A source that was merged into another, or got another number."""

    office: str
    office_name: str
    into: str
    into_name: str
    renumbered: bool
    day: date
    basis: str


class AdmittedSourcesPage(RegisterResponse):
    """The sources that events admitted, by catalogue, and what became of sources."""

    admitted: list[AdmittingCatalogue]
    successions: list[SuccessionLine]


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


class EndpointParameter(FrozenSchema):
    """One parameter of an address: where it stands, whether it has to be there, and what fits."""

    name: str
    place: str
    required: bool
    fits: str


class EndpointDocumentation(Endpoint):
    """One address of `/v1` with its parameters, an example, and the address that answers the example for anybody."""

    title: str
    parameters: list[EndpointParameter]
    example: str
    answer: str | None


class DocumentationPage(RegisterResponse):
    """How programs ask this register: each address with an example."""

    openapi: str
    endpoints: list[EndpointDocumentation]


class EndpointsPage(RegisterResponse):
    """The addresses of `/v1`."""

    openapi: str
    endpoints: list[Endpoint]
