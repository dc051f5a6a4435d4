"""Open cases, and deadlines that were missed."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodstanding.register.oversight.cases import AGES
from goodstanding.register.oversight.grids import Line, Shown
from goodstanding.web.oversight import tables, words
from goodstanding.web.oversight.charts import Chart, Row
from goodstanding.web.oversight.sections import (
    MOST_BARS,
    Asked,
    Made,
    region,
    section,
    stack,
    unshown,
)
from goodstanding.web.oversight.tables import Title
from goodstanding.web.shapes import oversight as shapes


def open_cases(asked: Asked) -> Made:
    """Open cases by phase and age, and by source and the days left."""
    title, says = _("Open cases"), _("Cases that somebody has yet to act in, on the last day looked at.")
    held = asked.held.ages
    if held.all.total == 0:
        return section("open", title, says, empty=_("No case is open. That is neither good nor bad."))
    by_age = tables.counted(
        "open-by-age", _("Open cases by phase and age"), _("Phase"), _kept(held), words.phase, words.ages(),
        asked.places, _("Open cases"),
    )  # fmt: skip
    left = tables.counted(
        "open-by-source", _("Open cases by source and days left"), _("Source"), asked.held.deadlines, asked.titles,
        words.days_left(), asked.places, _("Open cases"),
    )  # fmt: skip
    rows = [stack(words.phase(line.name), line, AGES) for line in held.lines if line.total != 0]
    chart = Chart("stacks", tuple(rows), _("not shown apart"), tuple(words.ages().values()))
    about = _("By phase, and by days since the case was opened")
    return section("open", title, says, [asked.finding("open", _open_said(held.all), about, [by_age, left], chart)])


def _kept(held: Shown) -> Shown:
    """The grid without its empty rows."""
    return Shown(held.parts, tuple(line for line in held.lines if line.total != 0), held.all, held.groups)


def _open_said(every: Line) -> str:
    old, total = every.parts["180-and-more"], every.total
    if total is None:
        return _("Fewer than 10 cases are open")
    named = {"n": words.number(total), "old": words.number(old or 0)}
    if old is None:
        return _("%(n)s cases are open") % named
    return _("%(n)s cases are open; %(old)s of them for 180 days or more") % named


def missed(asked: Asked) -> Made:
    """Deadlines that authorities missed, by source and by step."""
    title = _("Missed deadlines")
    says = _(
        "A missed deadline ends the case for the subject and counts here. Steps of appeal bodies are counted apart."
    )
    held = asked.held.missed
    if held.all.total == 0:
        return section("missed", title, says, empty=_("No step was due. That is neither good nor bad."))
    by_source = tables.shared(
        "missed-by-source", _("Missed deadlines by source"), _("Source"), held, asked.titles,
        ("missed", _("Missed")), _("Steps due"), asked.places, region,
    )  # fmt: skip
    rows = _missed_rows(held, asked.titles)
    chart = Chart("bars", tuple(rows)) if any(row.value for row in rows) else None
    said, about = _missed_said(held, rows), _("Missed, of all steps that were done or fell due")
    made, notes = [by_source, _by_step(asked)], unshown(held, rows, "missed")
    return section("missed", title, says, [asked.finding("missed", said, about, made, chart, notes)])


def _missed_rows(held: Shown, titles: Title) -> list[Row]:
    known = [(line, line.parts["missed"]) for line in held.lines if line.parts["missed"] is not None and line.total]
    ordered = sorted(known, key=lambda each: -(each[1] or 0))[:MOST_BARS]
    most = _leading([each[1] or 0 for each in ordered], held.all.parts["missed"])
    return [
        Row(titles(line.name), float(count or 0), words.number(count or 0), _of(line, "missed"), at < most)
        for at, (line, count) in enumerate(ordered)
    ]


def _leading(counts: Sequence[int], total: int | None) -> int:
    """How many of the first counts make up more than half of a total: none where that takes half of them all."""
    held = 0
    for at, count in enumerate(counts, 1):
        held += count
        if total and held * 2 > total:
            return at if at * 2 <= len(counts) and len(counts) > 2 else 0
    return 0


def _of(line: Line, part: str) -> str:
    one = tables.share_of(line, part)
    return _("of %(n)s, %(share)s") % {"n": words.number(one.of), "share": words.percent(one.value)} if one else ""


def _missed_said(held: Shown, rows: Sequence[Row]) -> str:
    count, total = held.all.parts["missed"], held.all.total
    out = [row for row in rows if row.out]
    if count is None or total is None:
        return _("Some deadlines were missed; how many is not shown")
    if count == 0:
        return _("No deadline was missed, of %(n)s") % {"n": words.number(total)}
    if out:
        named = {"n": len(out), "held": words.number(sum(row.value for row in out)), "all": words.number(count)}
        said = ngettext(
            "One authority accounts for %(held)s of %(all)s",
            "%(n)s authorities account for %(held)s of %(all)s",
            len(out),
        )
        return said % named
    named = {"n": words.number(count), "of": words.number(total), "share": words.percent(count / total)}
    return _("%(n)s of %(of)s steps were missed, %(share)s") % named


def _by_step(asked: Asked) -> shapes.Table:
    titled = words.duties()
    own = [(line.name, line.parts["missed"], _("source")) for line in asked.held.duties.lines]
    bodies = [(name, count, _("appeal body")) for name, count in asked.held.bodies.items()]
    rows = [
        shapes.Row(name=name, title=titled[name], cells=[tables.text(whose), tables.figure(count)], kind="row")
        for name, count, whose in [*own, *bodies]
    ]
    heads = [shapes.Column(name="whose", title=_("Owed by"), figures=False), *tables.columns(("missed", _("Missed")))]
    return tables.table("missed-by-step", _("Missed deadlines by step"), _("Step"), heads, rows, asked.places)
