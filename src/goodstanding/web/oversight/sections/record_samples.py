"""What a sample of a year's records was found to be, beside what the reviewer says of them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from goodstanding.oversight.count_tables import DisclosedLine, DisclosedTable
from goodstanding.oversight.disclosure_control import disclose_table
from goodstanding.oversight.record_samples.sample_figures import count_sample_findings, find_sampled_year
from goodstanding.oversight.reporting_period import ReportingWindow
from goodstanding.web.http.register_info import cache_by_ledger_size
from goodstanding.web.oversight import tables
from goodstanding.web.oversight.section import BuiltSection, SectionContext, build_section, format_figure


def build_samples_section(window: ReportingWindow, context: SectionContext) -> BuiltSection:
    """How many records were drawn, looked at, and found other than the reviewer describes."""
    title = _("A sample of records")
    says = _(
        "Of each record type some records are drawn by the ledger’s root at the end of the year. The overseer says"
        " whether each records what the reviewer of the rules says."
    )
    year = find_sampled_year(window)
    if year is None:
        return build_section("samples", title, says, empty=_("Records are drawn of a whole year, once it is over."))
    disclosed = _count_sample(year, window.least_shown)
    if disclosed.all.total == 0:
        return build_section("samples", title, says, empty=_("No record was stated in the year."))
    parts = {"described": _("As described"), "other": _("Not as described"), "waiting": _("Not looked at")}
    table = tables.build_count_table(
        "samples", _("Records drawn, by record type"), _("Record type"), disclosed, str, parts, context.places,
        _("Drawn"),
    )  # fmt: skip
    about = _("Records stated in the year, as the overseer found them")
    return build_section(
        "samples", title, says, [context.finding("samples", _describe_sample(disclosed.all), about, [table])]
    )


@cache_by_ledger_size
def _count_sample(year: int, least: int) -> DisclosedTable:
    return disclose_table(count_sample_findings(year), least)


def _describe_sample(every: DisclosedLine) -> str:
    if every.total is None:
        return _("Fewer than 10 records were drawn")
    if every.parts["waiting"] == every.total:
        return _("None of %(n)s records drawn was looked at") % {"n": format_figure(every.total)}
    if every.parts["other"] is None:
        return _("Some of %(n)s records drawn are not as described; how many is not shown") % {
            "n": format_figure(every.total)
        }
    named = {"n": format_figure(every.total), "other": format_figure(every.parts["other"])}
    return _("Of %(n)s records drawn, not as described: %(other)s") % named
