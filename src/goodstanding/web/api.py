"""`/v1`: the same answers for programs, described by OpenAPI."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Path, Query
from ninja.errors import ValidationError

from goodstanding.register import catalogues as register
from goodstanding.web import actors, asking, audit, push
from goodstanding.web.about import describe_register
from goodstanding.web.pages import make_page_view, render_json
from goodstanding.web.problems import render_problem
from goodstanding.web.shapes import ProblemSchema, charter, finding, proving, rules, standing, subjects
from goodstanding.web.shapes import catalogues as library
from goodstanding.web.views import catalogues as catalogue_views
from goodstanding.web.views import charter as charter_view
from goodstanding.web.views import ledger as ledger_views
from goodstanding.web.views import lists as list_views
from goodstanding.web.views import search as search_views
from goodstanding.web.views import subjects as subject_views

_PLAIN = r"^[^\x00-\x1f\x7f]*$"
_LEAP = r"([1-9][0-9](0[48]|[2468][048]|[13579][26])|([2468][048]|[13579][26])00)-02-29"
_MONTHS = r"(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8])"
_DAY = rf"[1-9][0-9]{{3}}-({_MONTHS})|{_LEAP}"
QueryText = Annotated[str, Query(max_length=asking.LONGEST_TEXT, pattern=_PLAIN)]
AsOfDay = Annotated[str, Query(pattern=rf"^({_DAY})?$", description="As it stood on this day; not for anybody.")]
KnownBy = Annotated[
    str,
    Query(
        pattern=rf"^({_DAY}|[0-9]{{1,15}})?$",
        description="As known on this day or at this ledger size; not for anybody.",
    ),
]
PageNumber = Annotated[int, Query(ge=1, le=asking.LAST_PAGE)]
SlugName = Annotated[str, Path(max_length=100, pattern=r"^[-a-zA-Z0-9_]+$")]
PathText = Annotated[str, Path(max_length=asking.LONGEST_TEXT, pattern=_PLAIN)]
EventPosition = Annotated[int, Path(ge=0, lt=2**53)]

api = NinjaAPI(
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


@api.get("/search", response={200: finding.SearchPage, **_OTHERWISE})
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
    return render_json(search_views.build_search_page(request))


@api.get("/subjects/{path:identifier}", response={200: subjects.SubjectPage, **_OTHERWISE})
def get_subject_json(request: HttpRequest, identifier: PathText, at: AsOfDay = "", known: KnownBy = "") -> HttpResponse:
    """The file of whoever holds an identifier, as whoever asks may see it."""
    return render_json(subject_views.build_subject_page(request, identifier))


@api.get("/lists", response={200: finding.ListsPage})
def get_lists_json(request: HttpRequest) -> HttpResponse:
    """The lists of the catalogues in force, and how many each names."""
    return render_json(list_views.build_lists_page(request))


@api.get("/lists/{catalogue}/{list}", response={200: finding.ListPage, **_OTHERWISE})
def get_list_json(
    request: HttpRequest,
    catalogue: SlugName,
    list: SlugName,
    page: PageNumber = 1,
    at: AsOfDay = "",
    known: KnownBy = "",
) -> HttpResponse:
    """A page of a list's entries, newest first."""
    return render_json(list_views.build_list_page(request, catalogue, list))


@api.get("/catalogues", response={200: library.LibraryPage})
def get_catalogues_json(request: HttpRequest) -> HttpResponse:
    """Every catalogue there is: in force here, ready to be enacted, and of the laboratory."""
    return render_json(catalogue_views.build_catalogues_page(request))


@api.get("/catalogues/{name}", response={200: library.CataloguePage, **_OTHERWISE})
def get_catalogue_json(request: HttpRequest, name: SlugName) -> HttpResponse:
    """A catalogue: what is recorded, what follows, how to get off, on which law, and what the charter says."""
    return render_json(catalogue_views.build_catalogue_page(request, name))


@api.get("/charter", response={200: charter.CharterPage})
def get_charter_json(request: HttpRequest) -> HttpResponse:
    """The charter: its articles, its closed vocabularies and the relation table."""
    return render_json(charter_view.build_charter_page(request))


@api.get("/agreement/{catalogue}", response={200: rules.AgreementResponse, **_OTHERWISE})
def get_agreement_json(request: HttpRequest, catalogue: SlugName, at: AsOfDay = "") -> HttpResponse:
    """How many published outcomes follow from their findings, by source, in each source's newest statement."""
    actor, moment = actors.get_actor(request), asking.read_moment(request)
    asking.refuse_if_moment_closed(moment, actor)
    day = moment.day(register.get_enacted(catalogue).catalogue.name)
    return render_json(
        rules.AgreementResponse(about=describe_register(), agreement=audit.present_agreement(catalogue, day, actor))
    )


@api.get("/ledger", response={200: proving.LedgerPage})
def get_ledger_json(request: HttpRequest) -> HttpResponse:
    """The newest checkpoint, who signs it, and the last events without their content."""
    return render_json(ledger_views.build_ledger_page(request))


@api.get("/ledger/events/{position}", response={200: proving.EventPage, **_OTHERWISE})
def get_event_json(request: HttpRequest, position: EventPosition) -> HttpResponse:
    """One event with its proof, and its content where whoever asks may see it."""
    return render_json(ledger_views.build_event_page(request, position))


api.add_router("/sources", push.router)


def build_endpoints_page(request: HttpRequest) -> standing.EndpointsPage:
    """The addresses of `/v1`, from the description that programs read."""
    schema = api.get_openapi_schema(path_prefix="/v1/")
    endpoints = [
        standing.Endpoint(method=method.upper(), address=address, says=operation.get("description", ""))
        for address, operations in schema["paths"].items()
        for method, operation in operations.items()
    ]
    return standing.EndpointsPage(about=describe_register(), openapi="/v1/openapi.json", endpoints=endpoints)


show_endpoints_page = make_page_view("endpoints")(build_endpoints_page)
