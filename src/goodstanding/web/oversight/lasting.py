"""How long each step took: a histogram of the main one, the spread of all, medians by source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from goodstanding.register.oversight.times import MAIN, STEPS, Bar, Spread
from goodstanding.web.oversight import tables, words
from goodstanding.web.oversight.charts import Chart, Row
from goodstanding.web.oversight.sections import Asked, Found, Made, section
from goodstanding.web.shapes import oversight as shapes


def lengths(asked: Asked) -> Made:
    """How long each step took."""
    title, says = _("Time to decide"), _("Days from one step to the next, for steps that ended in these days.")
    spreads = {step: spread for step, spread in asked.held.times.spreads.items() if spread}
    if not spreads:
        return section("times", title, says, empty=_("Fewer than 10 of any step ended. That is too few to say."))
    main = [_histogram(asked, spreads[MAIN])] if MAIN in spreads else []
    return section("times", title, says, [*main, _steps(asked, spreads)])


def _histogram(asked: Asked, spread: Spread) -> Found:
    held = asked.held.times.bars
    width = held[0].high - held[0].low if held[0].high is not None else 30
    rows = [_bar(one, width) for one in held]
    named = {"half": words.number(spread.median), "most": words.number(spread.nine_tenths)}
    said = _("Half took more than %(half)s days; one in ten more than %(most)s") % named
    about = _("Days from the notice to the decision, %(n)s decisions") % {"n": _decisions(asked)}
    marks = (
        (spread.median, _("Median %(n)s days") % {"n": words.number(spread.median)}),
        (spread.nine_tenths, _("9 in 10 under %(n)s") % {"n": words.number(spread.nine_tenths)}),
    )
    chart = Chart("histogram", tuple(rows), _("decisions"), marks=marks)
    made = [_bars_table(asked, held), _sources_table(asked)]
    notes = [_("A bar that is not shown is a dot; the longest of all stand together in the last bar.")]
    return asked.finding("decision", said, about, made, chart, notes)


def _decisions(asked: Asked) -> str:
    total = asked.held.decided.all.total
    return words.number(total) if total is not None else _("fewer than 10")


def _bar(one: Bar, width: int) -> Row:
    title = _bar_title(one)
    high = one.high if one.high is not None else one.low + width
    hidden = words.HIDDEN if one.count is None else ""
    shown = words.number(one.count) if one.count is not None else ""
    return Row(title, float(one.count or 0), shown, hidden, one.high is None, float(one.low), float(high))


def _bar_title(one: Bar) -> str:
    if one.high is None:
        return _("%(n)s and more") % {"n": one.low}
    return _("%(low)s to %(high)s") % {"low": one.low, "high": one.high - 1}


def _bars_table(asked: Asked, held: Sequence[Bar]) -> shapes.Table:
    rows = [
        shapes.Row(name=str(one.low), title=_bar_title(one), cells=[tables.figure(one.count)], kind="row")
        for one in held
    ]
    heads = tables.columns(("decisions", _("Decisions")))
    return tables.table(
        "days-to-decide", _("Days from the notice to the decision"), _("Days"), heads, rows, asked.places
    )


def _sources_table(asked: Asked) -> shapes.Table:
    """Medians by source: of those whose number of decisions is shown."""
    rows = []
    for line in asked.held.decided.lines:
        spread = asked.held.times.sources.get(line.name)
        cells = [tables.figure(line.total), *_spread_cells(spread)]
        rows.append(shapes.Row(name=line.name, title=asked.titles(line.name), cells=cells, kind="row"))
    heads = [*tables.columns(("decisions", _("Decisions"))), *_spread_columns()]
    return tables.table("days-by-source", _("Days to decide by source"), _("Source"), heads, rows, asked.places)


def _spread_columns() -> list[shapes.Column]:
    return tables.columns(
        ("tenth", _("1 in 10 under")), ("quarter", _("A quarter under")), ("median", _("Median")),
        ("three_quarters", _("3 quarters under")), ("nine_tenths", _("9 in 10 under")),
    )  # fmt: skip


def _spread_cells(spread: Spread | None) -> list[shapes.Cell]:
    values = _values(spread) if spread else (None,) * 5
    return [tables.figure(value) if value is not None else tables.text("") for value in values]


def _values(spread: Spread) -> tuple[float, ...]:
    held = (spread.tenth, spread.quarter, spread.median, spread.three_quarters, spread.nine_tenths)
    return tuple(round(value, 1) for value in held)


def _steps(asked: Asked, spreads: Mapping[str, Spread]) -> Found:
    titles, about = words.steps(), asked.held.times.about
    rows = [
        Row(titles[step], bold=words.number(spreads[step].median), spread=_values(spreads[step]),
            plain=_("of about %(n)s") % {"n": words.number(about[step])})
        for step in STEPS
        if step in spreads
    ]  # fmt: skip
    slowest = max(spreads, key=lambda step: spreads[step].median)
    named = {"step": titles[slowest].lower(), "n": words.number(spreads[slowest].median)}
    said = _("The longest step is %(step)s: %(n)s days in the middle") % named
    lines = [
        shapes.Row(name=step, title=titles[step], kind="row",
                   cells=[tables.figure(about[step]), *_spread_cells(spreads.get(step))])
        for step in STEPS
        if about[step]
    ]  # fmt: skip
    heads = [*tables.columns(("about", _("About how many"))), *_spread_columns()]
    made = tables.table("days-by-step", _("Days by step"), _("Step"), heads, lines, asked.places)
    chart = Chart("spreads", tuple(rows), _("days"))
    said_about = _("Median; the bar holds the middle half, the line all but the shortest and the longest tenth")
    notes = [_("How many there were of a step is rounded to tens, so that it gives nothing away beside other tables.")]
    return asked.finding("times", said, said_about, [made], chart, notes)
