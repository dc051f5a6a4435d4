"""The page of oversight as a whole: its sections, charts and tables, each worked out once for a ledger size."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from goodstanding.charts.model import Chart
from goodstanding.charts.renderer import render_chart
from goodstanding.errors import NotFound
from goodstanding.oversight.cases.case_tables import list_source_names
from goodstanding.oversight.disclosure_control import disclose_table
from goodstanding.oversight.overview import OversightOverview, compute_overview
from goodstanding.oversight.reporting_period import ReportingWindow
from goodstanding.web.http.register_info import cache_by_ledger_size
from goodstanding.web.oversight import tables
from goodstanding.web.oversight.open_cases import build_missed_deadlines_section, build_open_cases_section
from goodstanding.web.oversight.overseer_findings import LOOK_UPS, count_look_ups_by_role
from goodstanding.web.oversight.schemas import FigureTable, OversightFinding, OversightSection
from goodstanding.web.oversight.section import BuiltSection, SectionContext, build_section
from goodstanding.web.oversight.sections.case_outcomes import (
    build_overturned_section,
    build_similar_reasons_section,
    build_wrong_records_section,
)
from goodstanding.web.oversight.sections.durations import build_durations_section
from goodstanding.web.oversight.sections.end_delays import build_listing_ends_section
from goodstanding.web.oversight.sections.equal_treatment import build_conduct_section
from goodstanding.web.oversight.sections.notices import build_applications_section, build_notices_section
from goodstanding.web.oversight.sections.record_samples import build_samples_section
from goodstanding.web.oversight.tables import FigureAddresses, TitleFunction
from goodstanding.web.templatetags.formatting import name_role
from goodstanding.web.wording.oversight_terms import format_number

CHART_WIDTHS = ("wide", "narrow")
_BUILDERS = (
    build_open_cases_section, build_missed_deadlines_section, build_overturned_section, build_wrong_records_section,
    build_conduct_section, build_similar_reasons_section,
    build_durations_section, build_notices_section, build_listing_ends_section, build_applications_section,
)  # fmt: skip


@cache_by_ledger_size
def load_overview(window: ReportingWindow) -> OversightOverview:
    """All measures of a window."""
    return compute_overview(window)


def build_source_titles() -> TitleFunction:
    """How sources are called: by their name, or by their identifier where no catalogue in force names them."""
    titles_by_source = list_source_names()
    return lambda source: titles_by_source.get(source, source)


def build_oversight_sections(window: ReportingWindow, places: FigureAddresses) -> list[BuiltSection]:
    """Every section of a window, with its charts."""
    context = SectionContext(load_overview(window), build_source_titles(), places)
    built_sections = [build(context) for build in _BUILDERS]
    return [*built_sections, build_samples_section(window, context), build_look_ups_section(window, context)]


def build_look_ups_section(window: ReportingWindow, context: SectionContext) -> BuiltSection:
    """How often files were opened by those who were signed in."""
    title = _("Look-ups")
    says = _("How often somebody who was signed in opened what is not public. The public is counted by nobody.")
    disclosed = disclose_table(count_look_ups_by_role(window), window.least_shown)
    if disclosed.all.total == 0:
        return build_section("look-ups", title, says, empty=_("Nobody opened what is not public."))
    parts = {LOOK_UPS: _("Look-ups")}
    heads = tables.build_columns(*parts.items())
    rows = tables.build_rows(disclosed, name_role_title, lambda line: [tables.build_figure_cell(line.total)], _("All"))
    table = tables.build_table("look-ups", _("Look-ups by role"), _("Role"), heads, rows, context.places)
    count = format_number(disclosed.all.total) if disclosed.all.total is not None else _("Fewer than 10")
    sentence = _("%(n)s times somebody opened what is not public") % {"n": count}
    return build_section(
        "look-ups",
        title,
        says,
        [context.finding("look-ups", sentence, _("Subjects see who looked at their file"), [table])],
    )


def name_role_title(value: str) -> str:
    """A role in words, as a title."""
    return name_role(value).capitalize()


def get_chart(window: ReportingWindow, places: FigureAddresses, name: str) -> Chart:
    """A chart by its name; raises NotFound where there is none, or nothing to draw."""
    charts = index_charts(build_oversight_sections(window, places))
    if name not in charts:
        raise NotFound(_("There is no such chart."), where=name, remedy=", ".join(charts) or _("a page with charts"))
    return charts[name]


@cache_by_ledger_size
def render_cached_chart(window: ReportingWindow, places: FigureAddresses, name: str, width: str, language: str) -> str:
    """A chart as SVG."""
    return render_chart(get_chart(window, places, name), width)


def render_chart_svg(window: ReportingWindow, places: FigureAddresses, name: str, width: str) -> str:
    """A chart as SVG, in the reader's language; raises NotFound for a chart or width that there is not."""
    if width not in CHART_WIDTHS:
        raise NotFound(_("There is no such chart."), where=width, remedy=", ".join(CHART_WIDTHS))
    return render_cached_chart(window, places, name, width, get_language() or "en")


def render_table_csv(window: ReportingWindow, places: FigureAddresses, name: str) -> str:
    """A table, whole, as CSV; raises NotFound."""
    tables_by_name = {table.name: table for table in list_tables(build_oversight_sections(window, places))}
    if name not in tables_by_name:
        raise NotFound(_("There is no such table."), where=name, remedy=", ".join(tables_by_name))
    return tables.render_csv(tables_by_name[name])


def index_charts(built_sections: list[BuiltSection]) -> dict[str, Chart]:
    """Every chart of some sections, by name."""
    return {name: chart for built_section in built_sections for name, chart in built_section.charts.items()}


def list_tables(built_sections: list[BuiltSection]) -> list[FigureTable]:
    """Every table of some sections."""
    return [
        table
        for built_section in built_sections
        for finding in built_section.section.findings
        for table in finding.tables
    ]


def shorten_sections(built_sections: list[BuiltSection]) -> list[OversightSection]:
    """The sections as a page shows them, long tables cut."""
    return [
        built_section.section.model_copy(
            update={"findings": [_shorten_finding(finding) for finding in built_section.section.findings]}
        )
        for built_section in built_sections
    ]


def _shorten_finding(finding: OversightFinding) -> OversightFinding:
    return finding.model_copy(update={"tables": [tables.shorten_table(table) for table in finding.tables]})
