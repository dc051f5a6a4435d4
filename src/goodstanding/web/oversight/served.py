"""Notices, and what became of applications for a listing."""

from __future__ import annotations

from django.utils.translation import gettext as _

from goodstanding.register.hearings import SERVICE
from goodstanding.register.oversight.chances import share
from goodstanding.register.oversight.coverage import NONE
from goodstanding.register.oversight.grids import Line
from goodstanding.web.oversight import tables, words
from goodstanding.web.oversight.charts import Chart, Row
from goodstanding.web.oversight.sections import MOST_BARS, Asked, Made, figure, section


def notices(asked: Asked) -> Made:
    """Whether listings that began to bind had a notice served before, and how it was served."""
    title = _("Notices")
    says = _("Listings that began to bind, by how the notice before them was served. No case can bind without one.")
    held = asked.held.notices
    if held.all.total == 0:
        return section("notices", title, says, empty=_("No listing began to bind. That is neither good nor bad."))
    made = tables.counted(
        "notices-by-source", _("Listings by source and way of notice"), _("Source"), held, asked.titles,
        words.outcomes(), asked.places, _("Began to bind"),
    )  # fmt: skip
    rows = [
        Row(
            asked.titles(line.name), bold=words.number(line.total or 0), parts=tuple(line.parts[way] for way in SERVICE)
        )
        for line in held.lines[:MOST_BARS]
        if line.total and any(line.parts[way] for way in SERVICE)
    ]
    keys = tuple(words.outcomes()[way] for way in SERVICE)
    chart = Chart("stacks", tuple(rows), keys=keys) if rows else None
    notes = [_("A part that is not shown has no bar.")] if held.hidden else []
    about = _("By how the notice was served")
    return section(
        "notices", title, says, [asked.finding("notices", _notices_said(held.all), about, [made], chart, notes)]
    )


def _notices_said(every: Line) -> str:
    opened, none, total = every.parts["opened"], every.parts[NONE], every.total
    if total is None:
        return _("Fewer than 10 listings began to bind")
    named = {"n": words.number(total), "none": figure(none), "share": ""}
    if none != 0:
        return _("Of %(n)s listings %(none)s had no notice before") % named
    if opened is None:
        return _("Each of %(n)s listings had a notice before, or was an interim measure") % named
    named["share"] = words.percent(share(opened, total).value)
    return _("Every one of %(n)s listings had its notice first; %(share)s of them were opened") % named


def applications(asked: Asked) -> Made:
    """What became of applications for a listing, by source."""
    title = _("Applications for a listing")
    says = _(
        "Creditors, workers and consumers may ask a source to propose a listing. It has 20 working days to answer."
    )
    held = asked.held.applications
    if held.all.total == 0:
        return section("applications", title, says, empty=_("Nobody applied. That is neither good nor bad."))
    made = tables.counted(
        "applications-by-source", _("Applications by source, and what became of them"), _("Source"), held,
        asked.titles, words.outcomes(), asked.places, _("Applications"),
    )  # fmt: skip
    silent, total = held.all.parts["silent"], held.all.total
    said = _("Fewer than 10 people applied") if total is None else _("%(n)s applied") % {"n": words.number(total)}
    if silent is not None and total is not None:
        named = {"n": words.number(total), "silent": words.number(silent)}
        said = _("%(silent)s of %(n)s applications were left without an answer") % named
    about = _("Applications made in these days, as they stand now")
    return section("applications", title, says, [asked.finding("applications", said, about, [made])])
