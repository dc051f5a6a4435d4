"""Open cases, and deadlines that were missed."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodstanding.charts.model import Chart, ChartRow
from goodstanding.oversight.cases.case_outcomes import AGES
from goodstanding.oversight.count_tables import DisclosedLine, DisclosedTable
from goodstanding.web.oversight import tables
from goodstanding.web.oversight.schemas import FigureTable, TableColumn, TableRow
from goodstanding.web.oversight.section import (
    MOST_BARS,
    BuiltSection,
    SectionContext,
    build_section,
    build_stack_row,
    explain_unshown_sources,
    name_region,
)
from goodstanding.web.oversight.tables import TitleFunction
from goodstanding.web.wording.oversight_terms import (
    format_number,
    format_percent,
    list_age_titles,
    list_days_left_titles,
    list_duty_titles,
    name_phase_code,
)


def build_open_cases_section(context: SectionContext) -> BuiltSection:
    """Open cases by phase and age, and by source and the days left."""
    title, says = _("Open cases"), _("Cases that somebody has yet to act in, on the last day looked at.")
    disclosed = context.overview.ages
    if disclosed.all.total == 0:
        return build_section("open", title, says, empty=_("No case is open. That is neither good nor bad."))
    by_age = tables.build_count_table(
        "open-by-age", _("Open cases by phase and age"), _("Phase"), _drop_empty_rows(disclosed), name_phase_code,
        list_age_titles(),
        context.places, _("Open cases"),
    )  # fmt: skip
    left = tables.build_count_table(
        "open-by-source", _("Open cases by source and days left"), _("Source"), context.overview.deadlines,
        context.titles,
        list_days_left_titles(), context.places, _("Open cases"),
    )  # fmt: skip
    rows = [build_stack_row(name_phase_code(line.name), line, AGES) for line in disclosed.lines if line.total != 0]
    chart = Chart("stacks", tuple(rows), _("not shown apart"), tuple(list_age_titles().values()))
    about = _("By phase, and by days since the case was opened")
    return build_section(
        "open",
        title,
        says,
        [context.finding("open", _describe_open_cases(disclosed.all), about, [by_age, left], chart)],
    )


def _drop_empty_rows(disclosed: DisclosedTable) -> DisclosedTable:
    """The grid without its empty rows."""
    return DisclosedTable(
        disclosed.parts, tuple(line for line in disclosed.lines if line.total != 0), disclosed.all, disclosed.groups
    )


def _describe_open_cases(every: DisclosedLine) -> str:
    old, total = every.parts["180-and-more"], every.total
    if total is None:
        return _("Fewer than 10 cases are open")
    named = {"n": format_number(total), "old": format_number(old or 0)}
    if old is None:
        return _("%(n)s cases are open") % named
    return _("%(n)s cases are open; %(old)s of them for 180 days or more") % named


def build_missed_deadlines_section(context: SectionContext) -> BuiltSection:
    """Deadlines that authorities missed, by source and by step."""
    title = _("Missed deadlines")
    says = _(
        "A missed deadline ends the case for the subject and counts here. Steps of appeal bodies are counted apart."
    )
    disclosed = context.overview.missed
    if disclosed.all.total == 0:
        return build_section("missed", title, says, empty=_("No step was due. That is neither good nor bad."))
    by_source = tables.build_share_table(
        "missed-by-source", _("Missed deadlines by source"), _("Source"), disclosed, context.titles,
        ("missed", _("Missed")), _("Steps due"), context.places, name_region,
    )  # fmt: skip
    rows = _build_missed_rows(disclosed, context.titles)
    chart = Chart("bars", tuple(rows)) if any(row.value for row in rows) else None
    sentence, about = _describe_missed_deadlines(disclosed, rows), _("Missed, of all steps that were done or fell due")
    finding_tables, notes = [by_source, _build_step_table(context)], explain_unshown_sources(disclosed, rows, "missed")
    return build_section(
        "missed", title, says, [context.finding("missed", sentence, about, finding_tables, chart, notes)]
    )


def _build_missed_rows(disclosed: DisclosedTable, titles: TitleFunction) -> list[ChartRow]:
    missed_counts = [
        (line, line.parts["missed"]) for line in disclosed.lines if line.parts["missed"] is not None and line.total
    ]
    ordered = sorted(missed_counts, key=lambda missed_count: -(missed_count[1] or 0))[:MOST_BARS]
    most = _count_leading_sources([missed_count[1] or 0 for missed_count in ordered], disclosed.all.parts["missed"])
    return [
        ChartRow(
            titles(line.name),
            float(count or 0),
            format_number(count or 0),
            _format_share_of(line, "missed"),
            at < most,
        )
        for at, (line, count) in enumerate(ordered)
    ]


def _count_leading_sources(counts: Sequence[int], total: int | None) -> int:
    """How many of the first counts make up more than half of a total: none where that takes half of them all."""
    running_total = 0
    for at, count in enumerate(counts, 1):
        running_total += count
        if total and running_total * 2 > total:
            return at if at * 2 <= len(counts) and len(counts) > 2 else 0
    return 0


def _format_share_of(line: DisclosedLine, part: str) -> str:
    share = tables.compute_share(line, part)
    return (
        _("of %(n)s, %(share)s") % {"n": format_number(share.of), "share": format_percent(share.value)} if share else ""
    )


def _describe_missed_deadlines(disclosed: DisclosedTable, rows: Sequence[ChartRow]) -> str:
    count, total = disclosed.all.parts["missed"], disclosed.all.total
    out = [row for row in rows if row.out]
    if count is None or total is None:
        return _("Some deadlines were missed; how many is not shown")
    if count == 0:
        return _("No deadline was missed, of %(n)s") % {"n": format_number(total)}
    if out:
        named = {
            "n": len(out),
            "held": format_number(sum(row.value for row in out)),
            "all": format_number(count),
        }
        sentence = ngettext(
            "One authority accounts for %(held)s of %(all)s",
            "%(n)s authorities account for %(held)s of %(all)s",
            len(out),
        )
        return sentence % named
    named = {
        "n": format_number(count),
        "of": format_number(total),
        "share": format_percent(count / total),
    }
    return _("%(n)s of %(of)s steps were missed, %(share)s") % named


def _build_step_table(context: SectionContext) -> FigureTable:
    titled = list_duty_titles()
    own = [(line.name, line.parts["missed"], _("source")) for line in context.overview.duties.lines]
    bodies = [(name, count, _("appeal body")) for name, count in context.overview.bodies.items()]
    rows = [
        TableRow(
            name=name,
            title=titled[name],
            cells=[tables.build_text_cell(owner), tables.build_figure_cell(count)],
            kind="row",
        )
        for name, count, owner in [*own, *bodies]
    ]
    heads = [
        TableColumn(name="whose", title=_("Owed by"), figures=False),
        *tables.build_columns(("missed", _("Missed"))),
    ]
    return tables.build_table("missed-by-step", _("Missed deadlines by step"), _("Step"), heads, rows, context.places)
