"""The same conduct by different sources: how often each upheld it, and for how long it listed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodstanding.charts.model import Chart, ChartRow
from goodstanding.errors import NotFound
from goodstanding.oversight.cases.figure_cases import CONDUCT, Figure
from goodstanding.oversight.count_tables import DisclosedTable
from goodstanding.oversight.equal_treatment import UPHELD, ConductComparison, ConductType
from goodstanding.register.rules.enacted_catalogues import get_enacted
from goodstanding.web.oversight import tables
from goodstanding.web.oversight.schemas import FigureTable, TableCell, TableColumn, TableRow
from goodstanding.web.oversight.section import (
    BuiltFinding,
    BuiltSection,
    SectionContext,
    build_interval_rows,
    build_section,
)
from goodstanding.web.wording.oversight_terms import format_chance, format_percent, list_outcome_titles

MOST_CHARTS, CERTAIN_BELOW = 3, 0.05


def build_conduct_section(context: SectionContext) -> BuiltSection:
    """How often each source upheld the same finding, and how long it listed for it."""
    title = _("Same conduct, different treatment")
    says = _(
        "One finding under one list: how often did each source uphold it, and for how long? Charter article 9: the same"
        " conduct weighs the same."
    )
    if not context.overview.conduct:
        return build_section("conduct", title, says, empty=_("Nothing was decided. That is neither good nor bad."))
    comparable = [comparison for comparison in context.overview.conduct if len(comparison.treated) > 1]
    findings = [
        _build_conduct_finding(comparison, f"conduct-{at}", context)
        for at, comparison in enumerate(comparable[:MOST_CHARTS], 1)
    ]
    return build_section("conduct", title, says, [*findings, *_build_all_conducts_finding(context, len(findings))])


def name_conduct(conduct: ConductType) -> str:
    """A conduct as people call it: the list, and what was found."""
    try:
        rules = get_enacted(conduct.catalogue).catalogue
        listed = rules.lists[conduct.listed].title
    except (NotFound, KeyError):  # no longer in force
        listed = conduct.listed
    code = conduct.code.replace("-", " ")
    return f"{listed}: {code}" if code else listed


def _build_conduct_finding(comparison: ConductComparison, name: str, context: SectionContext) -> BuiltFinding:
    disclosed = DisclosedTable(UPHELD, tuple(treatment.line for treatment in comparison.treated), comparison.all)
    rows, marks = build_interval_rows(disclosed, UPHELD[0], context.titles)
    about = _("%(conduct)s. Share upheld, with 95%% intervals. %(test)s") % {
        "conduct": name_conduct(comparison.conduct), "test": _describe_test(comparison)
    }  # fmt: skip
    sentence, table = _describe_conduct(comparison, rows), _build_conduct_table(comparison, name, context)
    notes = [ngettext("%(n)s source decided on too few to be shown.", "%(n)s sources decided on too few to be shown.",
                      comparison.left_out) % {"n": comparison.left_out}] if comparison.left_out else []  # fmt: skip
    chart = Chart("intervals", tuple(rows), marks=marks) if len(rows) > 1 else None
    return context.finding(name, sentence, about, [table], chart, notes)


def _describe_conduct(comparison: ConductComparison, rows: Sequence[ChartRow]) -> str:
    named = {"code": comparison.conduct.code.replace("-", " ").capitalize() or name_conduct(comparison.conduct)}
    if len(rows) < 2:
        return _("%(code)s: too few to say whether sources differ") % named
    named |= {"low": rows[-1].bold, "high": rows[0].bold}
    return _("%(code)s: %(low)s to %(high)s upheld") % named


def _describe_test(comparison: ConductComparison) -> str:
    if comparison.chance is None:
        return _("Too few to say whether they differ by more than chance.")
    named = {"p": format_chance(comparison.chance)}
    if comparison.chance < CERTAIN_BELOW:
        return _("Differences this large are hardly chance (%(p)s).") % named
    return _("Differences this large may be chance (%(p)s).") % named


def _build_conduct_table(comparison: ConductComparison, name: str, context: SectionContext) -> FigureTable:
    lengths = {treatment.source: treatment.median_days for treatment in comparison.treated}
    heads = [
        *tables.build_columns((UPHELD[0], list_outcome_titles()[UPHELD[0]]), ("total", _("Decisions"))),
        *tables.build_share_columns(),
        *tables.build_columns(("median_days", _("Median days listed"))),
    ]  # fmt: skip
    disclosed = DisclosedTable(UPHELD, tuple(treatment.line for treatment in comparison.treated), comparison.all)
    rows = tables.build_rows(
        disclosed, context.titles,
        lambda line: [
            tables.build_figure_cell(line.parts[UPHELD[0]]), tables.build_figure_cell(line.total),
            *tables.build_share_cells(tables.compute_share(line, UPHELD[0])), _build_length_cell(lengths, line.name),
        ],
        _("All of these"),
    )  # fmt: skip
    title, counted = name_conduct(comparison.conduct), Figure(CONDUCT, conduct=comparison.conduct.name)
    return tables.build_table(name, title, _("Source"), heads, rows, context.places, counted)


def _build_length_cell(lengths: Mapping[str, float | None], source: str) -> TableCell:
    value = lengths.get(source)
    return tables.build_text_cell("") if value is None else tables.build_figure_cell(value)


def _build_all_conducts_finding(context: SectionContext, charted: int) -> list[BuiltFinding]:
    """All conducts in one table, where there are more than are drawn, or none could be compared."""
    every = context.overview.conduct
    if len(every) <= charted:
        return []
    rows = [
        TableRow(
            name=comparison.conduct.name,
            title=name_conduct(comparison.conduct),
            kind="row",
            cells=list(_build_summary_cells(comparison)),
        )
        for comparison in every
    ]
    heads = [
        *tables.build_columns(
            ("sources", _("Sources shown")), ("low", _("Lowest share")), ("high", _("Highest share"))
        ),
        TableColumn(name="test", title=_("By chance alone"), figures=False),
    ]
    table = tables.build_table(
        "conduct", _("Every conduct that was decided on"), _("Conduct"), heads, rows, context.places
    )
    compared = sum(comparison.chance is not None for comparison in every)
    sentence = ngettext(
        "%(n)s conduct could be compared, of %(all)s", "%(n)s conducts could be compared, of %(all)s", compared
    )
    about = _("A conduct is compared where two sources decided on it often enough to be shown")
    return [context.finding("conduct", sentence % {"n": compared, "all": len(every)}, about, [table])]


def _build_summary_cells(comparison: ConductComparison) -> Iterator[TableCell]:
    shares = [share for treatment in comparison.treated if (share := tables.compute_share(treatment.line, UPHELD[0]))]
    yield tables.build_figure_cell(len(comparison.treated))
    for pick in (min, max):
        value = pick((share.value for share in shares), default=None)
        yield (
            tables.build_text_cell("")
            if value is None
            else TableCell(value=round(value, 4), text=format_percent(value), hidden=False)
        )
    yield tables.build_text_cell(
        format_chance(comparison.chance) if comparison.chance is not None else _("too few to say")
    )
