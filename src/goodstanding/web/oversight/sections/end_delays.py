"""How soon authorities stated what ends a listing, within the days that their rules give them."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodstanding.oversight.count_tables import DisclosedLine
from goodstanding.oversight.listings.end_delays import IN_TIME, LATE, ListingEnds
from goodstanding.web.oversight import tables
from goodstanding.web.oversight.schemas import FigureTable, TableCell
from goodstanding.web.oversight.section import BuiltSection, SectionContext, build_section, format_figure
from goodstanding.web.wording.oversight_terms import format_number


def build_listing_ends_section(context: SectionContext) -> BuiltSection:
    """Of the listings that performance, settlement or an annulment ended, how many were stated to have in time."""
    title = _("Ends of listings")
    says = _(
        "A listing ends on the day of performance, settlement or annulment. The authority has to state it within the"
        " working days that its rules say; what it states late, it has shown too long."
    )
    ends = context.overview.ends
    if ends.counts.all.total == 0:
        return build_section("ends", title, says, empty=_("No such end was stated. That is neither good nor bad."))
    about = _("By when the end was stated, in working days of the rules’ own calendar")
    finding = context.finding("ends", _describe_ends(ends), about, [_build_ends_table(context, ends)])
    return build_section("ends", title, says, [finding])


def _build_ends_table(context: SectionContext, ends: ListingEnds) -> FigureTable:
    named = (IN_TIME, _("In time")), (LATE, _("Late")), ("total", _("Ends"))
    longest = ("longest", _("Longest, in working days"))
    share, interval = ("share", _("Share in time")), ("interval", _("95% interval"))
    heads = tables.build_columns(*named, share, interval, longest)
    rows = tables.build_rows(ends.counts, context.titles, lambda line: _build_cells(ends, line), _("All"))
    return tables.build_table(
        "ends-by-source", _("Ends of listings by source"), _("Source"), heads, rows, context.places
    )


def _build_cells(ends: ListingEnds, line: DisclosedLine) -> list[TableCell]:
    counts = (line.parts[IN_TIME], line.parts[LATE], line.total, ends.longest.get(line.name))
    *counted, longest = map(tables.build_figure_cell, counts)
    return [*counted, *tables.build_share_cells(tables.compute_share(line, IN_TIME)), longest]


def _describe_ends(ends: ListingEnds) -> str:
    total, late = ends.counts.all.total, ends.counts.all.parts[LATE]
    if total is None:
        return _("Fewer than 10 listings ended so")
    named = {"n": format_number(total), "late": format_figure(late), "days": ""}
    if late == 0:
        return _("Each of %(n)s ends was stated in time") % named
    sentence = _("Of %(n)s ends %(late)s were stated late") % named
    if (longest := ends.longest.get("")) is None:
        return sentence
    most = ngettext("the longest after %(days)s working day", "the longest after %(days)s working days", longest)
    return f"{sentence}; {most % {'days': format_number(longest)}}"
