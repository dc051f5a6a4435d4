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
from goodstanding.register.moment import Moment
from goodstanding.web import actors, asking, facts
from goodstanding.web.about import about
from goodstanding.web.pages import page
from goodstanding.web.paging import paging
from goodstanding.web.shapes import Link, Named
from goodstanding.web.shapes import finding as shapes
from goodstanding.web.shapes.subjects import OwnWords

PER_PAGE = 50
TITLES = {"csv": "CSV", "parquet": "Parquet", "jsonl": "JSON lines", "ftm": "FollowTheMoney"}
ENDINGS = {"ftm": "ftm.jsonl"}


def build_all(request: HttpRequest) -> shapes.ListsPage:
    """The lists of the catalogues in force, and how many each names."""
    return shapes.ListsPage(about=about(), lists=lines())


view_all = page("lists")(build_all)


def lines() -> list[shapes.ListLine]:
    """Every list with its count."""
    today = actors.today()
    return [
        _line(lists.list_page(f"{name}/{key}", Moment(today), ANYBODY, 0), one.catalogue.title)
        for name, one in catalogues.enacted().items()
        for key in one.catalogue.lists
    ]


def _line(part: lists.ListPage, title: str) -> shapes.ListLine:
    return shapes.ListLine(
        catalogue=part.catalogue,
        catalogue_title=title,
        list=part.name,
        title=part.rule.title,
        says=part.rule.says,
        day=part.day,
        total=part.total,
    )


def build(request: HttpRequest, catalogue: str, name: str) -> shapes.ListPage:
    """A page of a list's entries, newest first."""
    actor, moment, at_page = actors.actor_of(request), asking.moment_of(request), asking.page_number(request)
    part = lists.list_page(f"{catalogue}/{name}", moment, actor, PER_PAGE, (at_page - 1) * PER_PAGE)
    rules = catalogues.get(part.catalogue).catalogue
    whole = may(actor, Action.DOWNLOAD_LIST, Resource())
    words_of = facts.own_words({at for one in part.entries for at in one.because}, moment.size)
    return shapes.ListPage(
        about=about(),
        line=_line(part, rules.title),
        at=moment.at,
        reason=facts.reason(words.law(rules, part.rule)),
        ends_sooner=part.rule.ends_sooner,
        entries=[_entry(one, words_of) for one in part.entries],
        paging=paging(at_page, PER_PAGE, part.total, len(part.entries)),
        may_download=whole.allowed,
        because=whole.because,
        downloads=_downloads(catalogue, name) if whole.allowed else [],
    )


view = page("list")(build)


def _entry(one: lists.Entry, words_of: Mapping[int, OwnWords]) -> shapes.Entry:
    return shapes.Entry(
        subject=Named(identifier=one.identifier, name=one.name, kind=one.kind, region=one.region, sector=""),
        stage=one.stage,
        valid_from=one.valid_from,
        valid_to=one.valid_to,
        because=list(one.because),
        own_words=next((words_of[at] for at in reversed(one.because) if at in words_of), None),
    )


def _downloads(catalogue: str, name: str) -> list[Link]:
    return [
        Link(
            title=TITLES[form],
            address=reverse("list-copy", kwargs={"catalogue": catalogue, "name": name, "form": form}),
        )
        for form in export.FORMATS
    ]


@require_safe
def download(request: HttpRequest, catalogue: str, name: str, form: str) -> HttpResponse:
    """A whole list for a registered recipient, in the form asked for."""
    chosen = next((one for one in export.FORMATS if one == form), None)
    if chosen is None:
        raise NotFound(_("Lists have no such form."), where=form, remedy=", ".join(export.FORMATS))
    actor, moment = actors.actor_of(request), asking.moment_of(request)
    asking.allow(moment, actor)
    content = export.written(lists.copy(f"{catalogue}/{name}", moment, actor), chosen)
    response = HttpResponse(content, content_type=export.TYPES[chosen])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{ENDINGS.get(chosen, chosen)}"'
    return response
