"""What each authority's own file says about how it did in a year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from goodstanding.oversight.authority_figures import MEDIAN, AuthorityFigure, list_authority_figures
from goodstanding.oversight.reporting_period import build_year_window
from goodstanding.web.oversight.page import build_source_titles, load_overview
from goodstanding.web.oversight.schemas import LabelledFact, SourceFigures
from goodstanding.web.wording.oversight_terms import format_number, list_measure_titles


def present_authority_figures(year: int) -> Iterator[SourceFigures]:
    """The figures of every source that did anything in a year that is over, by name."""
    overview, titles = load_overview(build_year_window(year, date(year + 1, 1, 1))), build_source_titles()
    lines = [*overview.missed.lines, *overview.records.lines, *overview.applications.lines, *overview.decided.lines]
    for source in sorted({line.name for line in lines}, key=titles):
        facts = [_build_fact(figure) for figure in list_authority_figures(overview, source)]
        yield SourceFigures(source=source, name=titles(source), facts=facts)


def _build_fact(figure: AuthorityFigure) -> LabelledFact:
    return LabelledFact(label=list_measure_titles()[figure.measure], text=_format_authority_figure(figure))


def _format_authority_figure(figure: AuthorityFigure) -> str:
    if figure.numerator is None:
        return _("not shown")
    if figure.denominator is None:
        return format_number(figure.numerator)
    if figure.measure == MEDIAN:
        return _("%(n)s days, over %(of)s decisions") % {
            "n": format_number(figure.numerator),
            "of": format_number(figure.denominator),
        }
    return _("%(n)s of %(of)s") % {
        "n": format_number(figure.numerator),
        "of": format_number(figure.denominator),
    }
