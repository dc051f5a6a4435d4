"""Notices, and what became of applications for a listing."""

from __future__ import annotations

from django.utils.translation import gettext as _

from goodstanding.charts.model import Chart, ChartRow
from goodstanding.oversight.count_tables import DisclosedLine
from goodstanding.oversight.notice_coverage import NONE
from goodstanding.oversight.significance import estimate_share
from goodstanding.register.cases.case_file import SERVICE
from goodstanding.web.oversight import tables
from goodstanding.web.oversight.section import MOST_BARS, BuiltSection, SectionContext, build_section, format_figure
from goodstanding.web.wording.oversight_terms import format_number, format_percent, list_outcome_titles


def build_notices_section(context: SectionContext) -> BuiltSection:
    """Whether listings that began to bind had a notice served before, and how it was served."""
    title = _("Notices")
    says = _("Listings that began to bind, by how the notice before them was served. No case can bind without one.")
    disclosed = context.overview.notices
    if disclosed.all.total == 0:
        return build_section("notices", title, says, empty=_("No listing began to bind. That is neither good nor bad."))
    table = tables.build_count_table(
        "notices-by-source", _("Listings by source and way of notice"), _("Source"), disclosed, context.titles,
        list_outcome_titles(), context.places, _("Began to bind"),
    )  # fmt: skip
    rows = [
        ChartRow(
            context.titles(line.name),
            bold=format_number(line.total or 0),
            parts=tuple(line.parts[service] for service in SERVICE),
        )
        for line in disclosed.lines[:MOST_BARS]
        if line.total and any(line.parts[service] for service in SERVICE)
    ]
    keys = tuple(list_outcome_titles()[service] for service in SERVICE)
    chart = Chart("stacks", tuple(rows), keys=keys) if rows else None
    notes = [_("A part that is not shown has no bar.")] if disclosed.hidden else []
    about = _("By how the notice was served")
    return build_section(
        "notices",
        title,
        says,
        [context.finding("notices", _describe_notices(disclosed.all), about, [table], chart, notes)],
    )


def _describe_notices(every: DisclosedLine) -> str:
    opened, none, total = every.parts["opened"], every.parts[NONE], every.total
    if total is None:
        return _("Fewer than 10 listings began to bind")
    named = {"n": format_number(total), "none": format_figure(none), "share": ""}
    if none != 0:
        return _("Of %(n)s listings %(none)s had no notice before") % named
    if opened is None:
        return _("Each of %(n)s listings had a notice before, or was an interim measure") % named
    named["share"] = format_percent(estimate_share(opened, total).value)
    return _("Every one of %(n)s listings had its notice first; %(share)s of them were opened") % named


def build_applications_section(context: SectionContext) -> BuiltSection:
    """What became of applications for a listing, by source."""
    title = _("Applications for a listing")
    says = _(
        "Creditors, workers and consumers may ask a source to propose a listing. It has 20 working days to answer."
    )
    disclosed = context.overview.applications
    if disclosed.all.total == 0:
        return build_section("applications", title, says, empty=_("Nobody applied. That is neither good nor bad."))
    table = tables.build_count_table(
        "applications-by-source", _("Applications by source, and what became of them"), _("Source"), disclosed,
        context.titles, list_outcome_titles(), context.places, _("Applications"),
    )  # fmt: skip
    silent, total = disclosed.all.parts["silent"], disclosed.all.total
    sentence = _("Fewer than 10 people applied") if total is None else _("%(n)s applied") % {"n": format_number(total)}
    if silent is not None and total is not None:
        named = {"n": format_number(total), "silent": format_number(silent)}
        sentence = _("%(silent)s of %(n)s applications were left without an answer") % named
    about = _("Applications made in these days, as they stand now")
    return build_section("applications", title, says, [context.finding("applications", sentence, about, [table])])
