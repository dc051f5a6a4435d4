"""How the authorities do: a finished year for anybody; for the overseer any days, and what is behind the figures."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodstanding.access import Action, Resource, may
from goodstanding.errors import BadDay, NotAllowed
from goodstanding.register.oversight.windows import FIRST_YEAR, Window, of_year
from goodstanding.register.store import rows
from goodstanding.web import actors, asking
from goodstanding.web.about import about, counted
from goodstanding.web.oversight import seen, whole
from goodstanding.web.oversight.glancing import glanced, window_of
from goodstanding.web.oversight.tables import Places
from goodstanding.web.pages import page
from goodstanding.web.shapes import Link
from goodstanding.web.shapes import oversight as shapes

PUBLIC, WATCHED = "/oversight", "/overseer"
_FIRST = """
SELECT CAST(min(day) AS TEXT) AS first
FROM (SELECT min(day) AS day FROM hearing_act UNION ALL SELECT min(stated) AS day FROM record) AS days
"""


def build(request: HttpRequest) -> shapes.OversightPage:
    """A finished year, for anybody."""
    window, places = public_window(request)
    because = may(actors.actor_of(request), Action.OVERSEE, Resource()).because
    return shapes.OversightPage(
        about=about(), whole=False, **_common(window, places), because=because, years=_links(window),
        lead=_("The register turned on those who write in it. Every figure feeds the authority’s own public file."),
        officials=None, clusters=None,
    )  # fmt: skip


def build_watched(request: HttpRequest) -> shapes.OversightPage:
    """Any days, for the overseer: the same figures, and what is behind them."""
    window, places, because = watched_window(request)
    held = whole.overview_of(window)
    return shapes.OversightPage(
        about=about(), whole=True, **_common(window, places), because=because, years=[],
        lead=_("What anybody sees of a finished year, for any days, and the officials and cases to ask about."),
        officials=seen.officials(window), clusters=seen.clusters(held.clusters, whole.titles()),
    )  # fmt: skip


view, view_watched = page("oversight")(build), page("oversight")(build_watched)


def _common(window: Window, places: Places) -> dict[str, Any]:
    return {
        "first_day": window.since,
        "last_day": window.last_day,
        "at": window.at,
        "kicker": window_of(window),
        "glance": glanced(whole.overview_of(window)),
        "sections": whole.shortened(whole.sections(window, places)),
    }


def public_window(request: HttpRequest) -> tuple[Window, Places]:
    """The finished year that is asked for, else the last one; raises BadDay for another year.

    Of a year that goes on nothing is public: what one day's figures have more than the day before's would tell of few.
    """
    asked, years = asking.words(request, "year"), finished_years()
    if asked and asked not in {str(one) for one in years}:
        remedy = _("a year that is over: %(years)s") % {"years": ", ".join(map(str, years))}
        raise BadDay(_("There are no public figures on that year."), where="year", remedy=remedy)
    year = int(asked) if asked else years[0]
    return of_year(year, date(year + 1, 1, 1)), Places(PUBLIC, f"?year={year}")


def finished_years() -> list[int]:
    """The years that are over and of which the register knows anything, the last one first; that one always."""
    last = actors.today().year - 1
    return list(range(last, min(first_year(), last) - 1, -1))


@counted
def first_year() -> int:
    """The year of the first act or record; this year where there is none."""
    found = rows(_FIRST)[0][0]
    return max(FIRST_YEAR, date.fromisoformat(found).year) if found else actors.today().year


def _links(window: Window) -> list[Link]:
    return [
        Link(title=str(one), address=f"{PUBLIC}?year={one}") for one in finished_years() if one != window.since.year
    ]


def watched_window(request: HttpRequest) -> tuple[Window, Places, str]:
    """The days that an overseer asks for, else this year so far, and why they may; raises NotAllowed for all others."""
    allowed = may(actors.actor_of(request), Action.OVERSEE, Resource())
    if not allowed.allowed:
        raise NotAllowed(_("This page is the overseer’s."), where=reverse("oversight"), remedy=allowed.because)
    today = actors.today()
    first, last = asking.words(request, "from"), asking.words(request, "to")
    since = asking.day(first, "from") if first else date(today.year, 1, 1)
    until = asking.day(last, "to") if last else max(today, since)
    if not date(FIRST_YEAR, 1, 1) <= since <= until < date.max:
        raise BadDay(_("These days are in no order."), where="to", remedy=_("a day from %(day)s on") % {"day": since})
    after = "?" + urlencode({"from": since.isoformat(), "to": until.isoformat()})
    return Window(since, until + timedelta(days=1), today), Places(WATCHED, after), allowed.because


@require_safe
def chart(request: HttpRequest, name: str, width: str, watched: bool = False) -> HttpResponse:
    """A chart as an image."""
    window, places = watched_window(request)[:2] if watched else public_window(request)
    return HttpResponse(whole.svg(window, places, name, width), content_type="image/svg+xml")


@require_safe
def table(request: HttpRequest, name: str, watched: bool = False) -> HttpResponse:
    """A table as CSV."""
    window, places = watched_window(request)[:2] if watched else public_window(request)
    response = HttpResponse(whole.csv(window, places, name), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
