"""What a section of oversight is made of: a finding in a sentence, its chart, and the tables it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from goodstanding.register.oversight.grids import Line, Shown
from goodstanding.register.oversight.overview import Overview
from goodstanding.web.oversight import tables, words
from goodstanding.web.oversight.charts import Chart, Row
from goodstanding.web.oversight.tables import Places, Title
from goodstanding.web.shapes import oversight as shapes

MOST_BARS = 12


@dataclass(frozen=True, slots=True)
class Found:
    """A finding, and its chart where there is something to draw."""

    finding: shapes.Finding
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A section, and the charts of its findings by name."""

    section: shapes.Section
    charts: Mapping[str, Chart]


@dataclass(frozen=True, slots=True)
class Asked:
    """What sections are made from: the figures, how sources are called, and where tables and charts are found."""

    held: Overview
    titles: Title
    places: Places

    def finding(
        self, name: str, said: str, about: str, made: Sequence[shapes.Table], chart: Chart | None = None,
        notes: Sequence[str] = (),
    ) -> Found:  # fmt: skip
        """One finding with its chart; a note says whether something is left out of its tables."""
        more = [_("Counts from 1 to 9 are not shown, and some others with them so that none can be worked out.")]
        notes = [*notes, *(more if any(one.left_out for one in made) else [])]
        picture = self._picture(name, _in_words(said, chart)) if chart else None
        found = shapes.Finding(name=name, finding=said, about=about, picture=picture, tables=list(made), notes=notes)
        return Found(found, chart)

    def _picture(self, name: str, alt: str) -> shapes.Picture:
        wide, narrow = (self.places.chart(name, width) for width in ("wide", "narrow"))
        return shapes.Picture(wide=wide, narrow=narrow, alt=alt)


def _in_words(said: str, chart: Chart) -> str:
    """What a chart shows: its title, and each line with its figures."""
    lines = [f"{row.name} {row.bold} {row.plain}".strip() for row in chart.rows]
    return f"{said}. {'; '.join(lines)}."


def region(value: str) -> str:
    """A group of sources: those of a region."""
    return _("Region: %(region)s") % {"region": value} if value else _("Region not stated")


def section(name: str, title: str, says: str, found: Sequence[Found] = (), empty: str = "") -> Made:
    """A section; `empty` says why there is nothing in it."""
    findings = [one.finding for one in found]
    charts = {one.finding.name: one.chart for one in found if one.chart}
    return Made(shapes.Section(name=name, title=title, says=says, findings=findings, empty=empty), charts)


def figure(value: int | None) -> str:
    """A figure in a sentence."""
    return words.number(value) if value is not None else _("not shown")


def unshown(held: Shown, rows: Sequence[Row], part: str) -> list[str]:
    """How many sources the chart leaves out, and why."""
    counted = [line for line in held.lines if line.total != 0]
    hidden = sum(None in (line.parts[part], line.total) for line in counted)
    more = len(counted) - hidden - len(rows)
    said = []
    if hidden:
        one = _("The chart leaves out %(n)s source whose figure is not shown.")
        several = _("The chart leaves out %(n)s sources whose figures are not shown.")
        said.append((one if hidden == 1 else several) % {"n": hidden})
    if more > 0:
        said.append(_("The chart shows %(n)s of them; all are in the table’s CSV.") % {"n": len(rows)})
    return said


def interval_rows(held: Shown, part: str, titles: Title) -> tuple[list[Row], tuple[tuple[float, str], ...]]:
    """The lines of an interval chart, greatest share first, and the line of the whole."""
    whole = tables.share_of(held.all, part)
    known = [(line, one) for line in held.lines if (one := tables.share_of(line, part))]
    ordered = sorted(known, key=lambda each: -each[1].value)[:MOST_BARS]
    rows = [
        Row(titles(line.name), one.value, words.percent(one.value),
            _("%(hits)s of %(of)s") % {"hits": words.number(one.hits), "of": words.number(one.of)},
            whole is not None and len(ordered) > 1 and one.low > whole.value, one.low, one.high)
        for line, one in ordered
    ]  # fmt: skip
    mark = ((whole.value, _("All %(share)s") % {"share": words.percent(whole.value)}),) if whole else ()
    return rows, mark if len(rows) > 1 else ()


def stack(title: str, line: Line, parts: Sequence[str]) -> Row:
    """A bar of a line's parts; what is not shown apart is the rest, where the total is shown."""
    held = tuple(line.parts[part] for part in parts)
    rest = (line.total or 0) - sum(one or 0 for one in held)
    return Row(title, bold=figure(line.total), parts=held, rest=max(rest, 0))
