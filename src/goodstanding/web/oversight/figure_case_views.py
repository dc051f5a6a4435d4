"""The cases behind the overseer's figures, and a case by its number."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodstanding.errors import NotFound
from goodstanding.oversight.cases.figure_cases import Figure, FigureCase, list_figure_cases
from goodstanding.oversight.equal_treatment import ConductType
from goodstanding.oversight.reporting_period import ReportingWindow
from goodstanding.register.files.case_queries import find_case_row
from goodstanding.web.http.pages import make_page_view
from goodstanding.web.http.pagination import build_paging
from goodstanding.web.http.parameters import read_page_number, read_text
from goodstanding.web.http.register_info import cache_by_ledger_size, describe_register
from goodstanding.web.oversight.page import build_oversight_sections, build_source_titles, list_tables
from goodstanding.web.oversight.schemas import FigureCaseLine, FigureCasesPage
from goodstanding.web.oversight.sections.equal_treatment import name_conduct
from goodstanding.web.oversight.tables import FigureAddresses, TitleFunction
from goodstanding.web.oversight.views import read_overseer_window
from goodstanding.web.schemas.page_frame import PageLink
from goodstanding.web.wording.oversight_terms import name_phase_code

PER_PAGE = 50
_NUMBER = re.compile(r"(?:GS-?)?0*([1-9][0-9]{0,17})", re.IGNORECASE)


def build_figure_cases_page(request: HttpRequest) -> FigureCasesPage:
    """The cases that a figure counts, oldest first, for the overseer; raises NotAllowed for all others."""
    window, places, because = read_overseer_window(request)
    figure, at_page = _read_figure(request), read_page_number(request)
    cases = load_figure_cases(window, figure)
    shown = cases[(at_page - 1) * PER_PAGE : at_page * PER_PAGE]
    title, *counted = _describe_figure(window, places, figure)
    titles = build_source_titles()
    return FigureCasesPage(
        about=describe_register(),
        title=title,
        counted=counted,
        first_day=window.since,
        last_day=window.last_day,
        because=because,
        cases=[_present_case(case, titles) for case in shown],
        figures_address=places.before + places.after,
        paging=build_paging(at_page, PER_PAGE, len(cases), len(shown)),
    )


show_figure_cases_page = make_page_view("web/oversight/figure_cases.html")(build_figure_cases_page)


@cache_by_ledger_size
def load_figure_cases(window: ReportingWindow, figure: Figure) -> list[FigureCase]:
    """The cases that a figure counts."""
    return list_figure_cases(window, figure)


def _read_figure(request: HttpRequest) -> Figure:
    return Figure(*(read_text(request, name) for name in Figure.__slots__))


def _describe_figure(window: ReportingWindow, places: FigureAddresses, figure: Figure) -> tuple[str, ...]:
    """The title of the figure's table, its line and its column; where no table has it now, only that it is cases."""
    address = places.cases(figure)
    for table in list_tables(build_oversight_sections(window, places)):
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=True):
                if cell.address == address:
                    return table.title, row.title, column.title
    return (_("Cases"),)


def _present_case(case: FigureCase, titles: TitleFunction) -> FigureCaseLine:
    return FigureCaseLine(
        number=case.position,
        case=PageLink(title=f"GS-{case.position}", address=reverse("case", args=[case.position])),
        list_title=name_conduct(ConductType(case.catalogue, case.listed, "")),
        source=case.source,
        source_title=titles(case.source),
        opened=case.opened,
        phase=name_phase_code(case.phase) if case.phase else "",
    )


@require_safe
def open_case_by_number(request: HttpRequest) -> HttpResponse:
    """Leads the overseer to a case by its number; raises NotAllowed for all others, NotFound where there is none."""
    read_overseer_window(request)
    typed = read_text(request, "number").strip()
    number = _NUMBER.fullmatch(typed)
    if number is None or find_case_row(int(number[1])) is None:
        remedy = _("the number in a letter or on a page of the case, such as GS-1042")
        raise NotFound(_("There is no case of that number."), where=typed or "number", remedy=remedy)
    return redirect("case", int(number[1]))
