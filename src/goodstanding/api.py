"""`/v1`: the same answers for programs, described by OpenAPI."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Path, Query
from ninja.errors import ValidationError
from ninja.openapi.schema import OpenAPISchema

from goodstanding.plain_text import ONE_LINE_PATTERN
from goodstanding.portal.submissions.api import views
from goodstanding.register.rules.enacted_catalogues import get_enacted
from goodstanding.web.about.api_documentation import document_endpoints
from goodstanding.web.about.schemas import DocumentationPage, Endpoint, EndpointsPage
from goodstanding.web.catalogues.agreement import present_agreement
from goodstanding.web.catalogues.rule_schemas import AgreementResponse
from goodstanding.web.catalogues.schemas import CataloguePage, LibraryPage
from goodstanding.web.catalogues.views import build_catalogue_page, build_catalogues_page
from goodstanding.web.charter.schemas import CharterPage
from goodstanding.web.charter.views import build_charter_page
from goodstanding.web.http.actors import get_actor
from goodstanding.web.http.errors import render_problem
from goodstanding.web.http.pages import make_page_view, render_json
from goodstanding.web.http.parameters import LAST_PAGE, LONGEST_TEXT, read_moment, refuse_if_moment_closed
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.ledger.schemas import EventPage, LedgerPage
from goodstanding.web.ledger.views import build_event_page, build_ledger_page
from goodstanding.web.lists.schemas import ListPage, ListsPage
from goodstanding.web.lists.views import build_list_page, build_lists_page
from goodstanding.web.schemas.page_frame import ProblemSchema
from goodstanding.web.subjects.schemas import SubjectPage
from goodstanding.web.subjects.search_schemas import SearchPage
from goodstanding.web.subjects.search_views import build_search_page
from goodstanding.web.subjects.views import build_subject_page

_LEAP = r"([1-9][0-9](0[48]|[2468][048]|[13579][26])|([2468][048]|[13579][26])00)-02-29"
_MONTHS = r"(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8])"
_DAY = rf"[1-9][0-9]{{3}}-({_MONTHS})|{_LEAP}"
QueryText = Annotated[str, Query(max_length=LONGEST_TEXT, pattern=ONE_LINE_PATTERN)]
AsOfDay = Annotated[str, Query(pattern=rf"^({_DAY})?$", description="As it stood on this day; not for anybody.")]
KnownBy = Annotated[
    str,
    Query(
        pattern=rf"^({_DAY}|[0-9]{{1,15}})?$",
        description="As known on this day or at this ledger size; not for anybody.",
    ),
]
PageNumber = Annotated[int, Query(ge=1, le=LAST_PAGE)]
SlugName = Annotated[str, Path(max_length=100, pattern=r"^[-a-zA-Z0-9_]+$")]
PathText = Annotated[str, Path(max_length=LONGEST_TEXT, pattern=ONE_LINE_PATTERN)]
EventPosition = Annotated[int, Path(ge=0, lt=2**53)]


class SelfDescribingAPI(NinjaAPI):
    """An API that works out once how it is described: for all its answers that takes half a second."""

    def __init__(self, **settings: Any) -> None:
        self._descriptions: dict[str, OpenAPISchema] = {}
        super().__init__(**settings)

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The description of the addresses under a path."""
        prefix = self.get_root_path(path_params or {}) if path_prefix is None else path_prefix
        if prefix not in self._descriptions:
            self._descriptions[prefix] = super().get_openapi_schema(path_prefix=prefix)
        return self._descriptions[prefix]


api = SelfDescribingAPI(
    title="Goodstanding",
    version="1",
    docs_url=None,
    openapi_url="openapi.json",
    urls_namespace="v1",
    description="What is in force now about organisations and establishments, each outcome with its reasons.",
)
_OTHERWISE = {400: ProblemSchema, 403: ProblemSchema, 404: ProblemSchema}


@api.exception_handler(ValidationError)
def refuse_invalid_parameter(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A parameter that does not fit what the schema says."""
    first: dict[str, Any] = error.errors[0] if error.errors else {}
    where = ".".join(map(str, first.get("loc", ())[1:])) or None
    return render_problem(request, ProblemSchema(code="bad-input", message=_("A parameter does not fit."), where=where,
                                   remedy=str(first.get("msg", "")) or None), 400)  # fmt: skip


@api.get(
    "/search", response={200: SearchPage, **_OTHERWISE}, operation_id="goodstanding_web_api_search", summary="Search"
)
def get_search_json(
    request: HttpRequest,
    q: QueryText = "",
    list: QueryText = "",
    grade: QueryText = "",
    sector: QueryText = "",
    region: QueryText = "",
    page: PageNumber = 1,
    at: AsOfDay = "",
    known: KnownBy = "",
) -> HttpResponse:
    """The subjects that words or an identifier mean, best first, narrowed by list, grade, sector and region."""
    return render_json(build_search_page(request))


@api.get(
    "/subjects/{path:identifier}",
    response={200: SubjectPage, **_OTHERWISE},
    operation_id="goodstanding_web_api_subject",
    summary="Subject",
)
def get_subject_json(request: HttpRequest, identifier: PathText, at: AsOfDay = "", known: KnownBy = "") -> HttpResponse:
    """The file of whoever holds an identifier, as whoever asks may see it."""
    return render_json(build_subject_page(request, identifier))


@api.get("/lists", response={200: ListsPage}, operation_id="goodstanding_web_api_lists", summary="Lists")
def get_lists_json(request: HttpRequest) -> HttpResponse:
    """The lists of the catalogues in force, and how many each names."""
    return render_json(build_lists_page(request))


@api.get(
    "/lists/{catalogue}/{list}",
    response={200: ListPage, **_OTHERWISE},
    operation_id="goodstanding_web_api_list_entries",
    summary="List Entries",
)
def get_list_json(
    request: HttpRequest,
    catalogue: SlugName,
    list: SlugName,
    page: PageNumber = 1,
    at: AsOfDay = "",
    known: KnownBy = "",
) -> HttpResponse:
    """A page of a list's entries, newest first."""
    return render_json(build_list_page(request, catalogue, list))


@api.get(
    "/catalogues", response={200: LibraryPage}, operation_id="goodstanding_web_api_catalogues", summary="Catalogues"
)
def get_catalogues_json(request: HttpRequest) -> HttpResponse:
    """Every catalogue there is: in force here, ready to be enacted, and of the laboratory."""
    return render_json(build_catalogues_page(request))


@api.get(
    "/catalogues/{name}",
    response={200: CataloguePage, **_OTHERWISE},
    operation_id="goodstanding_web_api_catalogue",
    summary="Catalogue",
)
def get_catalogue_json(request: HttpRequest, name: SlugName) -> HttpResponse:
    """A catalogue: what is recorded, what follows, how to get off, on which law, and what the charter says."""
    return render_json(build_catalogue_page(request, name))


@api.get(
    "/charter", response={200: CharterPage}, operation_id="goodstanding_web_api_the_charter", summary="The Charter"
)
def get_charter_json(request: HttpRequest) -> HttpResponse:
    """The charter: its articles, its closed vocabularies and the relation table."""
    return render_json(build_charter_page(request))


@api.get(
    "/agreement/{catalogue}",
    response={200: AgreementResponse, **_OTHERWISE},
    operation_id="goodstanding_web_api_agreement",
    summary="Agreement",
)
def get_agreement_json(request: HttpRequest, catalogue: SlugName, at: AsOfDay = "") -> HttpResponse:
    """How many published outcomes follow from their findings, by source, in each source's newest statement."""
    actor, moment = get_actor(request), read_moment(request)
    refuse_if_moment_closed(moment, actor)
    day = moment.day(get_enacted(catalogue).catalogue.name)
    return render_json(AgreementResponse(about=describe_register(), agreement=present_agreement(catalogue, day, actor)))


@api.get("/ledger", response={200: LedgerPage}, operation_id="goodstanding_web_api_ledger", summary="Ledger")
def get_ledger_json(request: HttpRequest) -> HttpResponse:
    """The newest checkpoint, who signs it, and the last events without their content."""
    return render_json(build_ledger_page(request))


@api.get(
    "/ledger/events/{position}",
    response={200: EventPage, **_OTHERWISE},
    operation_id="goodstanding_web_api_event",
    summary="Event",
)
def get_event_json(request: HttpRequest, position: EventPosition) -> HttpResponse:
    """One event with its proof, and its content where whoever asks may see it."""
    return render_json(build_event_page(request, position))


api.add_router("/sources", views.router)


def build_endpoints_page(request: HttpRequest) -> EndpointsPage:
    """The addresses of `/v1`, from the description that programs read."""
    return EndpointsPage(
        about=describe_register(),
        openapi=reverse(f"{api.urls_namespace}:openapi-json"),
        endpoints=list(_list_endpoints()),
    )


def _list_endpoints() -> Iterator[Endpoint]:
    schema = api.get_openapi_schema(path_prefix=reverse("endpoints"))
    for address, operations in schema["paths"].items():
        for method, operation in operations.items():
            yield Endpoint(method=method.upper(), address=address, says=operation.get("description", ""))


def build_documentation_page(request: HttpRequest) -> DocumentationPage:
    """Each address of `/v1` with its parameters and an example."""
    schema = api.get_openapi_schema(path_prefix=reverse("endpoints"))
    return DocumentationPage(
        about=describe_register(),
        openapi=reverse(f"{api.urls_namespace}:openapi-json"),
        endpoints=list(document_endpoints(schema, f"{request.scheme}://{request.get_host()}")),
    )


show_documentation_page = make_page_view("web/about/documentation.html")(build_documentation_page)
show_endpoints_page = make_page_view("web/about/endpoints.html")(build_endpoints_page)
