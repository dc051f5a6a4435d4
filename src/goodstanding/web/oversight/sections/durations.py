"""How long each step took: a histogram of the main one, the spread of all, medians by source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from goodstanding.charts.model import Chart, ChartRow
from goodstanding.oversight.cases.figure_cases import DECIDED, Figure
from goodstanding.oversight.durations import MAIN, STEPS, DurationSpread, HistogramBar
from goodstanding.web.oversight import tables
from goodstanding.web.oversight.schemas import FigureTable, TableCell, TableColumn, TableRow
from goodstanding.web.oversight.section import BuiltFinding, BuiltSection, SectionContext, build_section
from goodstanding.web.wording.oversight_terms import HIDDEN_MARK, format_number, list_step_titles


def build_durations_section(context: SectionContext) -> BuiltSection:
    """How long each step took."""
    title, says = _("Time to decide"), _("Days from one step to the next, for steps that ended in these days.")
    spreads = {step: spread for step, spread in context.overview.times.spreads.items() if spread}
    if not spreads:
        few, none = _("Fewer than 10 of any step ended. That is too few to say."), _("No step ended.")
        return build_section("times", title, says, empty=none if context.overview.window.is_exact else few)
    main = [_build_decision_finding(context, spreads[MAIN])] if MAIN in spreads else []
    return build_section("times", title, says, [*main, _build_steps_finding(context, spreads)])


def _build_decision_finding(context: SectionContext, spread: DurationSpread) -> BuiltFinding:
    bars = context.overview.times.bars
    width = bars[0].high - bars[0].low if bars[0].high is not None else 30
    rows = [_build_bar_row(bar, width) for bar in bars]
    named = {"half": format_number(spread.median), "most": format_number(spread.nine_tenths)}
    sentence = _("Half took more than %(half)s days; one in ten more than %(most)s") % named
    about = _("Days from the notice to the decision, %(n)s decisions") % {"n": _format_decision_count(context)}
    marks = (
        (spread.median, _("Median %(n)s days") % {"n": format_number(spread.median)}),
        (spread.nine_tenths, _("9 in 10 under %(n)s") % {"n": format_number(spread.nine_tenths)}),
    )
    chart = Chart("histogram", tuple(rows), _("decisions"), marks=marks)
    finding_tables = [_build_bars_table(context, bars), _build_sources_table(context)]
    notes = [_("A bar that is not shown is a dot; the longest of all stand together in the last bar.")]
    notes = [] if context.overview.window.is_exact else notes
    return context.finding("decision", sentence, about, finding_tables, chart, notes)


def _format_decision_count(context: SectionContext) -> str:
    total = context.overview.decided.all.total
    return format_number(total) if total is not None else _("fewer than 10")


def _build_bar_row(bar: HistogramBar, width: int) -> ChartRow:
    title = _name_bar(bar)
    high = bar.high if bar.high is not None else bar.low + width
    hidden = HIDDEN_MARK if bar.count is None else ""
    shown = format_number(bar.count) if bar.count is not None else ""
    return ChartRow(title, float(bar.count or 0), shown, hidden, bar.high is None, float(bar.low), float(high))


def _name_bar(bar: HistogramBar) -> str:
    if bar.high is None:
        return _("%(n)s and more") % {"n": bar.low}
    return _("%(low)s to %(high)s") % {"low": bar.low, "high": bar.high - 1}


def _build_bars_table(context: SectionContext, bars: Sequence[HistogramBar]) -> FigureTable:
    rows = [
        TableRow(name=str(bar.low), title=_name_bar(bar), cells=[tables.build_figure_cell(bar.count)], kind="row")
        for bar in bars
    ]
    heads = tables.build_columns(("decisions", _("Decisions")))
    return tables.build_table(
        "days-to-decide", _("Days from the notice to the decision"), _("Days"), heads, rows, context.places
    )


def _build_sources_table(context: SectionContext) -> FigureTable:
    """Medians by source: of those whose number of decisions is shown."""
    rows = []
    for line in context.overview.decided.lines:
        spread = context.overview.times.sources.get(line.name)
        cells = [tables.build_figure_cell(line.total), *_build_spread_cells(spread)]
        rows.append(TableRow(name=line.name, title=context.titles(line.name), cells=cells, kind="row"))
    heads = [*tables.build_columns(("decisions", _("Decisions"))), *_build_spread_columns()]
    return tables.build_table(
        "days-by-source", _("Days to decide by source"), _("Source"), heads, rows, context.places, Figure(DECIDED)
    )


def _build_spread_columns() -> list[TableColumn]:
    return tables.build_columns(
        ("tenth", _("1 in 10 under")), ("quarter", _("A quarter under")), ("median", _("Median")),
        ("three_quarters", _("3 quarters under")), ("nine_tenths", _("9 in 10 under")),
    )  # fmt: skip


def _build_spread_cells(spread: DurationSpread | None) -> list[TableCell]:
    values = _list_spread_values(spread) if spread else (None,) * 5
    return [tables.build_figure_cell(value) if value is not None else tables.build_text_cell("") for value in values]


def _list_spread_values(spread: DurationSpread) -> tuple[float, ...]:
    quantiles = (spread.tenth, spread.quarter, spread.median, spread.three_quarters, spread.nine_tenths)
    return tuple(round(value, 1) for value in quantiles)


def _build_steps_finding(context: SectionContext, spreads: Mapping[str, DurationSpread]) -> BuiltFinding:
    titles, about = list_step_titles(), context.overview.times.about
    rows = [
        ChartRow(titles[step], bold=format_number(spreads[step].median), spread=_list_spread_values(spreads[step]),
            plain=_("of about %(n)s") % {"n": format_number(about[step])})
        for step in STEPS
        if step in spreads
    ]  # fmt: skip
    slowest = max(spreads, key=lambda step: spreads[step].median)
    named = {"step": titles[slowest].lower(), "n": format_number(spreads[slowest].median)}
    sentence = _("The longest step is %(step)s: %(n)s days in the middle") % named
    lines = [
        TableRow(name=step, title=titles[step], kind="row",
                   cells=[tables.build_figure_cell(about[step]), *_build_spread_cells(spreads.get(step))])
        for step in STEPS
        if about[step]
    ]  # fmt: skip
    heads = [*tables.build_columns(("about", _("About how many"))), *_build_spread_columns()]
    table = tables.build_table("days-by-step", _("Days by step"), _("Step"), heads, lines, context.places)
    chart = Chart("spreads", tuple(rows), _("days"))
    explanation = _("Median; the bar holds the middle half, the line all but the shortest and the longest tenth")
    notes = [_("How many there were of a step is rounded to tens, so that it gives nothing away beside other tables.")]
    return context.finding("times", sentence, explanation, [table], chart, notes)
