"""The few figures that the page begins with, and how they were a year before."""

from __future__ import annotations

from django.utils.translation import gettext as _

from goodstanding.oversight.count_tables import DisclosedLine, DisclosedTable
from goodstanding.oversight.notice_coverage import INTERIM, NONE
from goodstanding.oversight.overview import OversightOverview, OversightSummary, compute_summary
from goodstanding.oversight.reporting_period import ReportingWindow
from goodstanding.oversight.significance import ShareEstimate
from goodstanding.web.http.register_info import cache_by_ledger_size
from goodstanding.web.oversight.schemas import SummaryFigure
from goodstanding.web.oversight.tables import compute_share
from goodstanding.web.wording.oversight_terms import format_number, format_percent


@cache_by_ledger_size
def compute_glance(window: ReportingWindow) -> OversightSummary:
    """The totals of a window."""
    return compute_summary(window)


def build_summary(overview: OversightOverview) -> list[SummaryFigure]:
    """What is open, missed and overturned, and whether notices came first."""
    before = compute_glance(overview.window.earlier)
    return [
        _present_open_cases(overview.ages, before.ages),
        _present_share(_("Deadlines missed"), overview.missed.all, before.missed.all, "missed", _("No step was due")),
        _present_share(
            _("Overturned on appeal"),
            overview.appeals.all,
            before.appeals.all,
            "overturned",
            _("No appeal was decided"),
        ),
        _present_notices(overview.notices.all),
    ]


def _present_open_cases(now: DisclosedTable, before: DisclosedTable) -> SummaryFigure:
    says = _("%(n)s a year before") % {"n": _format_count(before.all.total)}
    return SummaryFigure(title=_("Open cases"), figure=_format_count(now.all.total), of="", says=says)


def _format_count(count: int | None) -> str:
    return format_number(count) if count is not None else _("fewer than 10")


def _present_share(title: str, now: DisclosedLine, before: DisclosedLine, part: str, nothing: str) -> SummaryFigure:
    if now.total == 0:
        return SummaryFigure(title=title, figure=format_number(0), of="", says=nothing)
    of = _("of %(n)s") % {"n": _format_count(now.total)}
    comparison = _compare_shares(compute_share(now, part), compute_share(before, part))
    return SummaryFigure(title=title, figure=_format_count(now.parts[part]), of=of, says=comparison)


def _compare_shares(now: ShareEstimate | None, before: ShareEstimate | None) -> str:
    if now is None:
        return _("too few to say what share that is")
    if before is None:
        return _("%(now)s; nothing to compare it with a year before") % {"now": format_percent(now.value)}
    return _("%(now)s; %(before)s a year before") % {
        "now": format_percent(now.value), "before": format_percent(before.value)
    }  # fmt: skip


def _present_notices(every: DisclosedLine) -> SummaryFigure:
    title, none, interim = _("Notices served first"), every.parts[NONE], every.parts[INTERIM]
    if not every.total:
        count = format_number(0) if every.total == 0 else _("fewer than 10")
        return SummaryFigure(title=title, figure=count, of="", says=_("No case can bind without one"))
    whole = every.total - (interim or 0)
    if none is None or interim is None or not whole:
        return SummaryFigure(title=title, figure=_("not shown"), of="", says=_("No case can bind without one"))
    figure = format_percent((whole - none) / whole)
    return SummaryFigure(title=title, figure=figure, of="", says=_("of listings that began to bind after a hearing"))


def describe_window(window: ReportingWindow) -> str:
    """The days of a window, in words."""
    from goodstanding.web.wording.case_terms import format_day

    return _("%(first)s to %(last)s") % {"first": format_day(window.since), "last": format_day(window.last_day)}
