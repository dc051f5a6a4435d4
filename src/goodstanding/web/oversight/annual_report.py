"""The annual report of charter article 23: how the authorities did in a year, and what the register itself holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path

import msgspec
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from goodstanding import config
from goodstanding.charts.renderer import render_chart
from goodstanding.errors import BadInput
from goodstanding.ledger import proofs
from goodstanding.oversight.count_tables import DisclosedTable
from goodstanding.oversight.disclosure_control import disclose_table
from goodstanding.oversight.register_activity import EVENTS, count_events_by_kind
from goodstanding.oversight.reporting_period import ReportingWindow, build_year_window
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.oversight import tables
from goodstanding.web.oversight.page import (
    CHART_WIDTHS,
    build_oversight_sections,
    build_source_titles,
    index_charts,
    list_tables,
    load_overview,
    shorten_sections,
)
from goodstanding.web.oversight.schemas import AnnualReport, ReportOrigin, TableCell
from goodstanding.web.oversight.section import BuiltSection, SectionContext, build_section
from goodstanding.web.oversight.summary import build_summary
from goodstanding.web.oversight.tables import FigureAddresses

LOCAL_ADDRESSES = FigureAddresses(".", "")
STYLE_FILE = "goodstanding.css"


def build_annual_report(year: int, at: date) -> AnnualReport:
    """The report on a year as it stands on a day; raises BadDay for a year that has not begun."""
    window = build_year_window(year, at)
    return _assemble_report(window, _build_report_sections(window))


def _assemble_report(window: ReportingWindow, built_sections: list[BuiltSection]) -> AnnualReport:
    sections = [built_section.section for built_section in built_sections]
    return AnnualReport(
        year=window.since.year, over=window.over, first_day=window.since, last_day=window.last_day,
        made=_build_report_origin(),
        glance=build_summary(load_overview(window)), sections=sections,
    )  # fmt: skip


def write_annual_report(year: int, at: date, folder: Path) -> AnnualReport:
    """Writes the report into an empty folder as a page, its charts, its tables and as data; else raises BadInput."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput(f"{folder} is not an empty folder.", where="--out", remedy="a folder that is new or empty")
    window = build_year_window(year, at)
    sections = _build_report_sections(window)
    annual_report = _assemble_report(window, sections)
    for name, content in _render_files(annual_report, sections):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8", newline="")
    style = files("goodstanding.web").joinpath("static", "web", STYLE_FILE)
    (folder / STYLE_FILE).write_bytes(style.read_bytes())
    return annual_report


def _render_files(annual_report: AnnualReport, sections: list[BuiltSection]) -> Iterator[tuple[str, str]]:
    """Every file of a report by its name in the folder."""
    shortened_report = annual_report.model_copy(update={"sections": shorten_sections(sections)})
    yield (
        "index.html",
        render_to_string("web/oversight/annual_report.html", {"page": shortened_report, "style": STYLE_FILE}),
    )
    yield "report.json", msgspec.json.format(annual_report.model_dump_json(by_alias=True), indent=2) + "\n"
    for table in list_tables(sections):
        yield f"tables/{table.name}.csv", tables.render_csv(table)
    for name, chart in index_charts(sections).items():
        for width in CHART_WIDTHS:
            yield f"charts/{name}-{width}.svg", render_chart(chart, width)


def _build_report_sections(window: ReportingWindow) -> list[BuiltSection]:
    context = SectionContext(load_overview(window), build_source_titles(), LOCAL_ADDRESSES)
    return [
        *build_oversight_sections(window, LOCAL_ADDRESSES),
        _build_register_section(disclose_table(count_events_by_kind(window)), context),
    ]


def _build_register_section(disclosed: DisclosedTable, context: SectionContext) -> BuiltSection:
    """About how much was written into the ledger in the year, by kind of event.

    In tens: exact numbers of acts, beside the tables of what became of them, would give away what those leave out.
    """
    title, says = (
        _("The register itself"),
        _("What was written into its ledger. Nothing in it is changed or taken out."),
    )
    if disclosed.all.total == 0:
        return build_section("itself", title, says, empty=_("Nothing was written."))
    heads = tables.build_columns((EVENTS, _("Events")))
    rows = tables.build_rows(disclosed, str, lambda line: [_build_rounded_cell(line.total)], _("All"))
    table = tables.build_table("itself", _("Events by kind"), _("Kind"), heads, rows, context.places)
    sentence = _("About %(n)s events were written") % {"n": _build_rounded_cell(disclosed.all.total).text}
    return build_section(
        "itself", title, says, [context.finding("itself", sentence, _("By kind of event, in tens"), [table])]
    )


def _build_rounded_cell(count: int | None) -> TableCell:
    return tables.build_figure_cell(None if count is None else round(count, -1))


def _build_report_origin() -> ReportOrigin:
    """What the report was made from, so that anybody can check it against the ledger."""
    info = describe_register()
    return ReportOrigin(
        register_name=config.get_current_register().name, ledger_size=info.ledger_size, signed_at=info.checkpoint_at,
        checkpoint=proofs.get_checkpoint(info.ledger_size),
    )  # fmt: skip
