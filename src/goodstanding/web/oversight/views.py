"""How the authorities do: a finished year for anybody; for the overseer any days, and what is behind the figures."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodstanding.access import WHOLE_REGISTER, Action, may
from goodstanding.errors import BadDay, NotAllowed
from goodstanding.oversight.register_activity import find_first_day
from goodstanding.oversight.reporting_period import EVERY, FIRST_YEAR, ReportingWindow, build_year_window
from goodstanding.web.http import clock
from goodstanding.web.http.actors import get_actor
from goodstanding.web.http.errors import render_message
from goodstanding.web.http.pages import make_page_view
from goodstanding.web.http.parameters import parse_day, read_text
from goodstanding.web.http.register_info import cache_by_ledger_size, describe_register
from goodstanding.web.oversight.overseer_findings import list_unusual_officials, present_reason_clusters
from goodstanding.web.oversight.page import (
    build_oversight_sections,
    build_source_titles,
    load_overview,
    render_chart_svg,
    render_table_csv,
    shorten_sections,
)
from goodstanding.web.oversight.schemas import OversightPage
from goodstanding.web.oversight.summary import build_summary, describe_window
from goodstanding.web.oversight.tables import FigureAddresses
from goodstanding.web.schemas.page_frame import PageLink


def build_oversight_page(request: HttpRequest) -> OversightPage:
    """A finished year, for anybody."""
    window, places = read_public_window(request)
    because = render_message(may(get_actor(request), Action.OVERSEE, WHOLE_REGISTER).because)
    return OversightPage(
        about=describe_register(), whole=False, **_build_common_parts(window, places), because=because,
        years=_build_year_links(window),
        lead=_("The register turned on those who write in it. Every figure feeds the authority’s own public file."),
        officials=None, clusters=None,
    )  # fmt: skip


def build_overseer_page(request: HttpRequest) -> OversightPage:
    """Any days, for the overseer: the same figures, and what is behind them."""
    window, places, because = read_overseer_window(request)
    overview = load_overview(window)
    return OversightPage(
        about=describe_register(), whole=True, **_build_common_parts(window, places), because=because, years=[],
        lead=_("Exact figures for any days, and the officials and cases to ask about."),
        officials=list_unusual_officials(window),
        clusters=present_reason_clusters(overview.clusters, build_source_titles()),
    )  # fmt: skip


show_oversight_page, show_overseer_page = (
    make_page_view("web/oversight/oversight.html")(build_oversight_page),
    make_page_view("web/oversight/oversight.html")(build_overseer_page),
)


def _build_common_parts(window: ReportingWindow, places: FigureAddresses) -> dict[str, Any]:
    return {
        "first_day": window.since,
        "last_day": window.last_day,
        "at": window.at,
        "kicker": describe_window(window),
        "glance": build_summary(load_overview(window)),
        "sections": shorten_sections(build_oversight_sections(window, places)),
    }


def read_public_window(request: HttpRequest) -> tuple[ReportingWindow, FigureAddresses]:
    """The finished year that is asked for, else the last one; raises BadDay for another year.

    Of a year that goes on nothing is public: what one day's figures have more than the day before's would tell of few.
    """
    year_text, years = read_text(request, "year"), list_finished_years()
    if year_text and year_text not in {str(finished_year) for finished_year in years}:
        remedy = _("a year that is over: %(years)s") % {"years": ", ".join(map(str, years))}
        raise BadDay(_("There are no public figures on that year."), where="year", remedy=remedy)
    year = int(year_text) if year_text else years[0]
    return build_year_window(year, date(year + 1, 1, 1)), FigureAddresses(reverse("oversight"), f"?year={year}")


def list_finished_years() -> list[int]:
    """The years that are over and of which the register knows anything, the last one first; that one always."""
    last = clock.get_today().year - 1
    return list(range(last, min(get_first_year(), last) - 1, -1))


@cache_by_ledger_size
def get_first_year() -> int:
    """The year of the first act or record; this year where there is none."""
    first_day = find_first_day()
    return max(FIRST_YEAR, first_day.year) if first_day else clock.get_today().year


def _build_year_links(window: ReportingWindow) -> list[PageLink]:
    return [
        PageLink(title=str(year), address=f"{reverse('oversight')}?year={year}")
        for year in list_finished_years()
        if year != window.since.year
    ]


def read_overseer_window(request: HttpRequest) -> tuple[ReportingWindow, FigureAddresses, str]:
    """The days that an overseer asks for, else this year so far, and why they may; raises NotAllowed for all others."""
    allowed = may(get_actor(request), Action.OVERSEE, WHOLE_REGISTER)
    if not allowed.allowed:
        raise NotAllowed(_("This page is the overseer’s."), where=reverse("oversight"), remedy=allowed.because)
    today = clock.get_today()
    first, last = read_text(request, "from"), read_text(request, "to")
    since = parse_day(first, "from") if first else date(today.year, 1, 1)
    until = parse_day(last, "to") if last else max(today, since)
    if not date(FIRST_YEAR, 1, 1) <= since <= until < date.max:
        raise BadDay(_("These days are in no order."), where="to", remedy=_("a day from %(day)s on") % {"day": since})
    after = "?" + urlencode({"from": since.isoformat(), "to": until.isoformat()})
    return (
        ReportingWindow(since, until + timedelta(days=1), today, EVERY),
        FigureAddresses(reverse("overseer"), after, leads_to_cases=True),
        render_message(allowed.because),
    )


@require_safe
def show_oversight_chart(request: HttpRequest, name: str, width: str, watched: bool = False) -> HttpResponse:
    """A chart as an image."""
    window, places = read_overseer_window(request)[:2] if watched else read_public_window(request)
    return HttpResponse(render_chart_svg(window, places, name, width), content_type="image/svg+xml")


@require_safe
def download_oversight_table(request: HttpRequest, name: str, watched: bool = False) -> HttpResponse:
    """A table as CSV."""
    window, places = read_overseer_window(request)[:2] if watched else read_public_window(request)
    response = HttpResponse(render_table_csv(window, places, name), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
