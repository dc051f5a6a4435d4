"""The lists, their entries as they stand, and whole copies for registered recipients."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodstanding.access import ANYBODY, Action, Resource, may
from goodstanding.errors import NotFound
from goodstanding.register import catalogues, export, lists, words
from goodstanding.register.moment import PointInTime
from goodstanding.web import actors, asking, facts
from goodstanding.web.about import describe_register
from goodstanding.web.pages import make_page_view
from goodstanding.web.paging import build_paging
from goodstanding.web.shapes import PageLink, SubjectSummary
from goodstanding.web.shapes import finding as shapes
from goodstanding.web.shapes.subjects import OwnWords

PER_PAGE = 50
TITLES = {"csv": "CSV", "parquet": "Parquet", "jsonl": "JSON lines", "ftm": "FollowTheMoney"}
ENDINGS = {"ftm": "ftm.jsonl"}


def build_lists_page(request: HttpRequest) -> shapes.ListsPage:
    """The lists of the catalogues in force, and how many each names."""
    return shapes.ListsPage(about=describe_register(), lists=present_lists())


show_lists_page = make_page_view("lists")(build_lists_page)


def present_lists() -> list[shapes.ListLine]:
    """Every list with its count."""
    today = actors.get_today()
    return [
        _present_list(lists.get_listing_page(f"{name}/{key}", PointInTime(today), ANYBODY, 0), enacted.catalogue.title)
        for name, enacted in catalogues.list_enacted().items()
        for key in enacted.catalogue.lists
    ]


def _present_list(part: lists.ListingPage, title: str) -> shapes.ListLine:
    return shapes.ListLine(
        catalogue=part.catalogue,
        catalogue_title=title,
        list=part.name,
        title=part.rule.title,
        says=part.rule.says,
        day=part.day,
        total=part.total,
    )


def build_list_page(request: HttpRequest, catalogue: str, name: str) -> shapes.ListPage:
    """A page of a list's entries, newest first."""
    actor, moment, at_page = actors.get_actor(request), asking.read_moment(request), asking.read_page_number(request)
    part = lists.get_listing_page(f"{catalogue}/{name}", moment, actor, PER_PAGE, (at_page - 1) * PER_PAGE)
    rules = catalogues.get_enacted(part.catalogue).catalogue
    decision = may(actor, Action.DOWNLOAD_LIST, Resource())
    words_of = facts.load_own_words({position for entry in part.entries for position in entry.because}, moment.size)
    return shapes.ListPage(
        about=describe_register(),
        line=_present_list(part, rules.title),
        at=moment.at,
        reason=facts.present_legal_basis(words.find_legal_basis(rules, part.rule)),
        ends_sooner=part.rule.ends_sooner,
        entries=[_present_entry(entry, words_of) for entry in part.entries],
        paging=build_paging(at_page, PER_PAGE, part.total, len(part.entries)),
        may_download=decision.allowed,
        because=decision.because,
        downloads=_list_downloads(catalogue, name) if decision.allowed else [],
    )


show_list_page = make_page_view("list")(build_list_page)


def _present_entry(entry: lists.ListingEntry, words_of: Mapping[int, OwnWords]) -> shapes.ListEntry:
    return shapes.ListEntry(
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
        for form in export.EXPORT_FORMATS
    ]


@require_safe
def download_list(request: HttpRequest, catalogue: str, name: str, form: str) -> HttpResponse:
    """A whole list for a registered recipient, in the form asked for."""
    chosen = next((list_format for list_format in export.EXPORT_FORMATS if list_format == form), None)
    if chosen is None:
        raise NotFound(_("Lists have no such form."), where=form, remedy=", ".join(export.EXPORT_FORMATS))
    actor, moment = actors.get_actor(request), asking.read_moment(request)
    asking.refuse_if_moment_closed(moment, actor)
    content = export.render_list_export(lists.copy_list(f"{catalogue}/{name}", moment, actor), chosen)
    response = HttpResponse(content, content_type=export.MEDIA_TYPES[chosen])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{ENDINGS.get(chosen, chosen)}"'
    return response
