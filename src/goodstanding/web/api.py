"""`/v1`: the same answers for programs, described by OpenAPI."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Path, Query
from ninja.errors import ValidationError

from goodstanding.register import catalogues as register
from goodstanding.web import actors, asking, audit, push
from goodstanding.web.about import about
from goodstanding.web.pages import page, serialized
from goodstanding.web.problems import answer
from goodstanding.web.shapes import Problem, charter, finding, proving, rules, standing, subjects
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
Words = Annotated[str, Query(max_length=asking.LONGEST, pattern=_PLAIN)]
At = Annotated[str, Query(pattern=rf"^({_DAY})?$", description="As it stood on this day; not for anybody.")]
Known = Annotated[
    str,
    Query(
        pattern=rf"^({_DAY}|[0-9]{{1,15}})?$",
        description="As known on this day or at this ledger size; not for anybody.",
    ),
]
PageNumber = Annotated[int, Query(ge=1, le=asking.LAST_PAGE)]
Name = Annotated[str, Path(max_length=100, pattern=r"^[-a-zA-Z0-9_]+$")]
Text = Annotated[str, Path(max_length=asking.LONGEST, pattern=_PLAIN)]
Position = Annotated[int, Path(ge=0, lt=2**53)]

api = NinjaAPI(
    title="Goodstanding",
    version="1",
    docs_url=None,
    openapi_url="openapi.json",
    urls_namespace="v1",
    description="What is in force now about organisations and establishments, each outcome with its reasons.",
)
_OTHERWISE = {400: Problem, 403: Problem, 404: Problem}


@api.exception_handler(ValidationError)
def refuse(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A parameter that does not fit what the schema says."""
    first: dict[str, Any] = error.errors[0] if error.errors else {}
    where = ".".join(map(str, first.get("loc", ())[1:])) or None
    return answer(request, Problem(code="bad-input", message=_("A parameter does not fit."), where=where,
                                   remedy=str(first.get("msg", "")) or None), 400)  # fmt: skip


@api.get("/search", response={200: finding.SearchPage, **_OTHERWISE})
def search(
    request: HttpRequest,
    q: Words = "",
    list: Words = "",
    grade: Words = "",
    sector: Words = "",
    region: Words = "",
    page: PageNumber = 1,
    at: At = "",
    known: Known = "",
) -> HttpResponse:
    """The subjects that words or an identifier mean, best first, narrowed by list, grade, sector and region."""
    return serialized(search_views.build(request))


@api.get("/subjects/{path:identifier}", response={200: subjects.SubjectPage, **_OTHERWISE})
def subject(request: HttpRequest, identifier: Text, at: At = "", known: Known = "") -> HttpResponse:
    """The file of whoever holds an identifier, as whoever asks may see it."""
    return serialized(subject_views.build(request, identifier))


@api.get("/lists", response={200: finding.ListsPage})
def lists(request: HttpRequest) -> HttpResponse:
    """The lists of the catalogues in force, and how many each names."""
    return serialized(list_views.build_all(request))


@api.get("/lists/{catalogue}/{list}", response={200: finding.ListPage, **_OTHERWISE})
def list_entries(
    request: HttpRequest, catalogue: Name, list: Name, page: PageNumber = 1, at: At = "", known: Known = ""
) -> HttpResponse:
    """A page of a list's entries, newest first."""
    return serialized(list_views.build(request, catalogue, list))


@api.get("/catalogues", response={200: library.LibraryPage})
def catalogues(request: HttpRequest) -> HttpResponse:
    """Every catalogue there is: in force here, ready to be enacted, and of the laboratory."""
    return serialized(catalogue_views.build_all(request))


@api.get("/catalogues/{name}", response={200: library.CataloguePage, **_OTHERWISE})
def catalogue(request: HttpRequest, name: Name) -> HttpResponse:
    """A catalogue: what is recorded, what follows, how to get off, on which law, and what the charter says."""
    return serialized(catalogue_views.build(request, name))


@api.get("/charter", response={200: charter.CharterPage})
def the_charter(request: HttpRequest) -> HttpResponse:
    """The charter: its articles, its closed vocabularies and the relation table."""
    return serialized(charter_view.build(request))


@api.get("/agreement/{catalogue}", response={200: rules.AgreementAnswer, **_OTHERWISE})
def agreement(request: HttpRequest, catalogue: Name, at: At = "") -> HttpResponse:
    """How many published outcomes follow from their findings, by source, in each source's newest statement."""
    actor, moment = actors.actor_of(request), asking.moment_of(request)
    asking.allow(moment, actor)
    day = moment.day(register.get(catalogue).catalogue.name)
    return serialized(rules.AgreementAnswer(about=about(), agreement=audit.agreement_of(catalogue, day, actor)))


@api.get("/ledger", response={200: proving.LedgerPage})
def ledger(request: HttpRequest) -> HttpResponse:
    """The newest checkpoint, who signs it, and the last events without their content."""
    return serialized(ledger_views.build(request))


@api.get("/ledger/events/{position}", response={200: proving.EventPage, **_OTHERWISE})
def event(request: HttpRequest, position: Position) -> HttpResponse:
    """One event with its proof, and its content where whoever asks may see it."""
    return serialized(ledger_views.build_event(request, position))


api.add_router("/sources", push.router)


def build(request: HttpRequest) -> standing.EndpointsPage:
    """The addresses of `/v1`, from the description that programs read."""
    described = api.get_openapi_schema(path_prefix="/v1/")
    endpoints = [
        standing.Endpoint(method=method.upper(), address=address, says=held.get("description", ""))
        for address, ways in described["paths"].items()
        for method, held in ways.items()
    ]
    return standing.EndpointsPage(about=about(), openapi="/v1/openapi.json", endpoints=endpoints)


view = page("endpoints")(build)
