"""The lists, their entries as they stand, and whole copies for registered recipients."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodstanding.access import ANYBODY, WHOLE_REGISTER, Action, may
from goodstanding.errors import NotFound
from goodstanding.register.rules.enacted_catalogues import get_enacted, list_enacted
from goodstanding.register.rules.legal_basis import find_legal_basis
from goodstanding.register.search.list_export import EXPORT_FORMATS, MEDIA_TYPES, render_list_export
from goodstanding.register.search.listings import ListingEntry, ListingPage, copy_list, get_listing_page
from goodstanding.web.http import clock
from goodstanding.web.http.actors import get_actor
from goodstanding.web.http.errors import render_message
from goodstanding.web.http.pages import make_page_view
from goodstanding.web.http.pagination import build_paging
from goodstanding.web.http.parameters import read_moment, read_page_number, refuse_if_moment_closed
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.lists.empty_lists import explain_empty_list
from goodstanding.web.lists.schemas import ListEntry, ListLine, ListPage, ListsPage
from goodstanding.web.schemas.page_frame import PageLink, SubjectSummary
from goodstanding.web.subjects.presenters import load_own_words
from goodstanding.web.subjects.schemas import OwnWords
from goodstanding.web.wording.legal_basis import present_legal_basis

PER_PAGE = 50
TITLES = {"csv": "CSV", "parquet": "Parquet", "jsonl": "JSON lines", "ftm": "FollowTheMoney"}
ENDINGS = {"ftm": "ftm.jsonl"}


def build_lists_page(request: HttpRequest) -> ListsPage:
    """The lists of the catalogues in force, and how many each names."""
    return ListsPage(about=describe_register(), lists=present_lists())


show_lists_page = make_page_view("web/lists/list.html")(build_lists_page)


def present_lists() -> list[ListLine]:
    """Every list with its count."""
    moment = clock.get_moment()
    return [
        _present_list(get_listing_page(f"{name}/{key}", moment, ANYBODY, 0), enacted.catalogue.title)
        for name, enacted in list_enacted().items()
        for key in enacted.catalogue.lists
    ]


def _present_list(part: ListingPage, title: str) -> ListLine:
    return ListLine(
        catalogue=part.catalogue,
        catalogue_title=title,
        list=part.name,
        title=part.rule.title,
        says=part.rule.says,
        day=part.day,
        total=part.total,
        empty_because=explain_empty_list(part),
    )


def build_list_page(request: HttpRequest, catalogue: str, name: str) -> ListPage:
    """A page of a list's entries, newest first."""
    actor, moment, at_page = get_actor(request), read_moment(request), read_page_number(request)
    part = get_listing_page(f"{catalogue}/{name}", moment, actor, PER_PAGE, (at_page - 1) * PER_PAGE)
    rules = get_enacted(part.catalogue).catalogue
    decision = may(actor, Action.DOWNLOAD_LIST, WHOLE_REGISTER)
    words_of = load_own_words({position for entry in part.entries for position in entry.because}, moment.size)
    return ListPage(
        about=describe_register(),
        line=_present_list(part, rules.title),
        at=moment.at,
        reason=present_legal_basis(find_legal_basis(rules, part.rule)),
        ends_sooner=part.rule.ends_sooner,
        entries=[_present_entry(entry, words_of) for entry in part.entries],
        paging=build_paging(at_page, PER_PAGE, part.total, len(part.entries)),
        may_download=decision.allowed,
        because=render_message(decision.because),
        downloads=_list_downloads(catalogue, name) if decision.allowed else [],
    )


show_list_page = make_page_view("web/lists/detail.html")(build_list_page)


def _present_entry(entry: ListingEntry, words_of: Mapping[int, OwnWords]) -> ListEntry:
    return ListEntry(
        subject=SubjectSummary(
            identifier=entry.identifier, name=entry.name, kind=entry.kind, region=entry.region, sector=""
        ),
        stage=entry.stage,
        valid_from=entry.valid_from,
        valid_to=entry.valid_to,
        because=list(entry.because),
        own_words=next((words_of[position] for position in reversed(entry.because) if position in words_of), None),
    )


def _list_downloads(catalogue: str, name: str) -> list[PageLink]:
    return [
        PageLink(
            title=TITLES[form],
            address=reverse("list-copy", kwargs={"catalogue": catalogue, "name": name, "form": form}),
        )
        for form in EXPORT_FORMATS
    ]


@require_safe
def download_list(request: HttpRequest, catalogue: str, name: str, form: str) -> HttpResponse:
    """A whole list for a registered recipient, in the form asked for."""
    chosen = next((list_format for list_format in EXPORT_FORMATS if list_format == form), None)
    if chosen is None:
        raise NotFound(_("Lists have no such form."), where=form, remedy=", ".join(EXPORT_FORMATS))
    actor, moment = get_actor(request), read_moment(request)
    refuse_if_moment_closed(moment, actor)
    content = render_list_export(copy_list(f"{catalogue}/{name}", moment, actor), chosen)
    response = HttpResponse(content, content_type=MEDIA_TYPES[chosen])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{ENDINGS.get(chosen, chosen)}"'
    return response
