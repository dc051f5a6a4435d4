"""What each authority's own file says about how it did in a year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from goodstanding.register.oversight.figures import MEDIAN, AuthorityFigure, list_authority_figures
from goodstanding.register.oversight.windows import build_year_window
from goodstanding.web.oversight import whole, words
from goodstanding.web.shapes import standing as shapes


def present_authority_figures(year: int) -> Iterator[shapes.SourceFigures]:
    """The figures of every source that did anything in a year that is over, by name."""
    overview, titles = whole.load_overview(build_year_window(year, date(year + 1, 1, 1))), whole.build_source_titles()
    lines = [*overview.missed.lines, *overview.records.lines, *overview.applications.lines, *overview.decided.lines]
    for source in sorted({line.name for line in lines}, key=titles):
        facts = [_build_fact(figure) for figure in list_authority_figures(overview, source)]
        yield shapes.SourceFigures(source=source, name=titles(source), facts=facts)


def _build_fact(figure: AuthorityFigure) -> shapes.LabelledFact:
    return shapes.LabelledFact(label=words.list_measure_titles()[figure.measure], text=_format_authority_figure(figure))


def _format_authority_figure(figure: AuthorityFigure) -> str:
    if figure.numerator is None:
        return _("not shown")
    if figure.denominator is None:
        return words.format_number(figure.numerator)
    if figure.measure == MEDIAN:
        return _("%(n)s days, over %(of)s decisions") % {
            "n": words.format_number(figure.numerator),
            "of": words.format_number(figure.denominator),
        }
    return _("%(n)s of %(of)s") % {
        "n": words.format_number(figure.numerator),
        "of": words.format_number(figure.denominator),
    }
