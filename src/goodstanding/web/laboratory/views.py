"""The laboratory: claims with what came out, one experiment as a page, and its report as a file to keep."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodstanding.errors import NotFound
from goodstanding.web.http.downloads import DOWNLOAD_POLICY
from goodstanding.web.http.pages import make_page_view, render_json, render_schema
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.laboratory.presenters import (
    build_page_lines,
    draw_charts,
    list_catalogues,
    present_card,
    present_summary,
)
from goodstanding.web.laboratory.report_files import find_report_page, list_experiment_names, list_report_names
from goodstanding.web.laboratory.report_schemas import ExperimentReport
from goodstanding.web.laboratory.schemas import ExperimentPage, LaboratoryPage, UnreadReport
from goodstanding.web.laboratory.stored_reports import StoredReport, find_report

COMMAND = "goodstanding lab run all --out REGISTER/laboratory"


def build_laboratory_page(request: HttpRequest) -> LaboratoryPage:
    """Every claim of which there is a report, what cannot be shown, and what nobody has run here."""
    stored_reports = [stored for name in list_report_names() if (stored := find_report(name))]
    reported = {stored.name for stored in stored_reports}
    return LaboratoryPage(
        about=describe_register(),
        cards=[present_card(stored, stored.report) for stored in stored_reports if stored.report],
        unread=[
            UnreadReport(experiment=stored.name, problem=stored.problem) for stored in stored_reports if stored.problem
        ],
        unrun=[name for name in list_experiment_names() if name not in reported],
        command=COMMAND,
    )


show_laboratory_page = make_page_view("web/laboratory/laboratory.html")(build_laboratory_page)


@require_safe
def show_experiment_page(request: HttpRequest, name: str, *, twin: bool = False) -> HttpResponse:
    """One experiment: what was assumed, what came out, what would refute it, and how to run it again."""
    stored, report = _get_report(name)
    page = ExperimentPage(
        about=describe_register(), summary=present_summary(stored, report), problem=stored.problem, report=report
    )
    if twin:
        return render_json(page)
    return render_schema(
        request, "web/laboratory/experiment.html", page,
        charts=draw_charts(report), catalogues=list_catalogues(report), **build_page_lines(report),
    )  # fmt: skip


def _get_report(name: str) -> tuple[StoredReport, ExperimentReport]:
    """The report of an experiment; raises NotFound where there is none that can be shown."""
    stored = find_report(name)
    if stored is None or stored.report is None:
        problem = stored.problem if stored else ""
        raise NotFound(
            _("There is no report of this experiment here that can be shown."), where=problem or None, remedy=COMMAND
        )
    return stored, stored.report


@require_safe
def download_report(request: HttpRequest, name: str) -> HttpResponse:
    """The report as one HTML file that needs nothing else, to keep: never shown in the page's own place."""
    own_report = _get_report(name)[0].own_report
    content = find_report_page(name, own_report) if own_report else None
    if content is None:
        raise NotFound(_("There is no such file beside this report."), remedy=COMMAND)
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Disposition": content_disposition_header(True, f"{name}.html"),
        "Content-Security-Policy": DOWNLOAD_POLICY,
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, headers=headers)
