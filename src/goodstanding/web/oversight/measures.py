"""What each authority's own file says about how it did in a year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from goodstanding.register.oversight.figures import MEDIAN, Figure, figures
from goodstanding.register.oversight.windows import of_year
from goodstanding.web.oversight import whole, words
from goodstanding.web.shapes import standing as shapes


def told(year: int) -> Iterator[shapes.SourceFigures]:
    """The figures of every source that did anything in a year that is over, by name."""
    held, titles = whole.overview_of(of_year(year, date(year + 1, 1, 1))), whole.titles()
    lines = [*held.missed.lines, *held.records.lines, *held.applications.lines, *held.decided.lines]
    for source in sorted({line.name for line in lines}, key=titles):
        facts = [_fact(one) for one in figures(held, source)]
        yield shapes.SourceFigures(source=source, name=titles(source), facts=facts)


def _fact(one: Figure) -> shapes.Fact:
    return shapes.Fact(label=words.measures()[one.measure], text=_said(one))


def _said(one: Figure) -> str:
    if one.numerator is None:
        return _("not shown")
    if one.denominator is None:
        return words.number(one.numerator)
    if one.measure == MEDIAN:
        return _("%(n)s days, over %(of)s decisions") % {
            "n": words.number(one.numerator),
            "of": words.number(one.denominator),
        }
    return _("%(n)s of %(of)s") % {"n": words.number(one.numerator), "of": words.number(one.denominator)}
