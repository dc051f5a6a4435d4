"""What a section of oversight is made of: a finding in a sentence, its chart, and the tables it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from goodstanding.charts.model import Chart, ChartRow
from goodstanding.oversight.count_tables import DisclosedLine, DisclosedTable
from goodstanding.oversight.overview import OversightOverview
from goodstanding.web.oversight import tables
from goodstanding.web.oversight.schemas import ChartPicture, FigureTable, OversightFinding, OversightSection
from goodstanding.web.oversight.tables import FigureAddresses, TitleFunction
from goodstanding.web.wording.oversight_terms import format_number, format_percent

MOST_BARS = 12


@dataclass(frozen=True, slots=True)
class BuiltFinding:
    """A finding, and its chart where there is something to draw."""

    finding: OversightFinding
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class BuiltSection:
    """A section, and the charts of its findings by name."""

    section: OversightSection
    charts: Mapping[str, Chart]


@dataclass(frozen=True, slots=True)
class SectionContext:
    """What sections are made from: the figures, how sources are called, and where tables and charts are found."""

    overview: OversightOverview
    titles: TitleFunction
    places: FigureAddresses

    def finding(
        self, name: str, sentence: str, about: str, figure_tables: Sequence[FigureTable], chart: Chart | None = None,
        notes: Sequence[str] = (),
    ) -> BuiltFinding:  # fmt: skip
        """One finding with its chart; a note says whether something is left out of its tables."""
        hidden_notes = [
            _("Counts from 1 to 9 are not shown, and some others with them so that none can be worked out.")
        ]
        notes = [*notes, *(hidden_notes if any(table.left_out for table in figure_tables) else [])]
        picture = self._picture(name, _describe_chart(sentence, chart)) if chart else None
        finding = OversightFinding(
            name=name, finding=sentence, about=about, picture=picture, tables=list(figure_tables), notes=notes
        )
        return BuiltFinding(finding, chart)

    def _picture(self, name: str, alt: str) -> ChartPicture:
        wide, narrow = (self.places.chart(name, width) for width in ("wide", "narrow"))
        return ChartPicture(wide=wide, narrow=narrow, alt=alt)


def _describe_chart(sentence: str, chart: Chart) -> str:
    """What a chart shows: its title, and each line with its figures."""
    lines = [f"{row.name} {row.bold} {row.plain}".strip() for row in chart.rows]
    return f"{sentence}. {'; '.join(lines)}."


def name_region(value: str) -> str:
    """A group of sources: those of a region."""
    return _("Region: %(region)s") % {"region": value} if value else _("Region not stated")


def build_section(
    name: str, title: str, says: str, built_findings: Sequence[BuiltFinding] = (), empty: str = ""
) -> BuiltSection:
    """A section; `empty` says why there is nothing in it."""
    findings = [built_finding.finding for built_finding in built_findings]
    charts = {
        built_finding.finding.name: built_finding.chart for built_finding in built_findings if built_finding.chart
    }
    return BuiltSection(OversightSection(name=name, title=title, says=says, findings=findings, empty=empty), charts)


def format_figure(value: int | None) -> str:
    """A figure in a sentence."""
    return format_number(value) if value is not None else _("not shown")


def explain_unshown_sources(disclosed: DisclosedTable, rows: Sequence[ChartRow], part: str) -> list[str]:
    """How many sources the chart leaves out, and why."""
    counted = [line for line in disclosed.lines if line.total != 0]
    hidden = sum(None in (line.parts[part], line.total) for line in counted)
    omitted = len(counted) - hidden - len(rows)
    notes = []
    if hidden:
        singular = _("The chart leaves out %(n)s source whose figure is not shown.")
        plural = _("The chart leaves out %(n)s sources whose figures are not shown.")
        notes.append((singular if hidden == 1 else plural) % {"n": hidden})
    if omitted > 0:
        notes.append(_("The chart shows %(n)s of them; all are in the table’s CSV.") % {"n": len(rows)})
    return notes


def build_interval_rows(
    disclosed: DisclosedTable, part: str, titles: TitleFunction
) -> tuple[list[ChartRow], tuple[tuple[float, str], ...]]:
    """The lines of an interval chart, greatest share first, and the line of the whole."""
    whole = tables.compute_share(disclosed.all, part)
    line_shares = [(line, share) for line in disclosed.lines if (share := tables.compute_share(line, part))]
    ordered = sorted(line_shares, key=lambda line_share: -line_share[1].value)[:MOST_BARS]
    rows = [
        ChartRow(titles(line.name), share.value, format_percent(share.value),
            _("%(hits)s of %(of)s") % {"hits": format_number(share.hits), "of": format_number(share.of)},
            whole is not None and len(ordered) > 1 and share.low > whole.value, share.low, share.high)
        for line, share in ordered
    ]  # fmt: skip
    mark = ((whole.value, _("All %(share)s") % {"share": format_percent(whole.value)}),) if whole else ()
    return rows, mark if len(rows) > 1 else ()


def build_stack_row(title: str, line: DisclosedLine, parts: Sequence[str]) -> ChartRow:
    """A bar of a line's parts; what is not shown apart is the rest, where the total is shown."""
    part_counts = tuple(line.parts[part] for part in parts)
    remainder = (line.total or 0) - sum(part_count or 0 for part_count in part_counts)
    return ChartRow(title, bold=format_figure(line.total), parts=part_counts, remainder=max(remainder, 0))
