"""Decisions that were overturned, records that were found wrong, reasons that read alike."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodstanding.charts.model import Chart, ChartRow
from goodstanding.oversight.cases.case_outcomes import DISPUTED
from goodstanding.oversight.count_tables import DisclosedLine, DisclosedTable
from goodstanding.oversight.reason_similarity import SHARED
from goodstanding.web.oversight import tables
from goodstanding.web.oversight.section import (
    BuiltFinding,
    BuiltSection,
    SectionContext,
    build_interval_rows,
    build_section,
    explain_unshown_sources,
    name_region,
)
from goodstanding.web.wording.oversight_terms import format_number, format_percent, list_outcome_titles


def build_overturned_section(context: SectionContext) -> BuiltSection:
    """Decisions that were overturned on appeal, by the source that decided."""
    title = _("Overturned on appeal")
    says = _(
        "By the source that decided. The mark is the share, the line where the true share lies with 95% confidence."
    )
    disclosed = context.overview.appeals
    if disclosed.all.total == 0:
        return build_section("overturned", title, says, empty=_("No appeal was decided. That is neither good nor bad."))
    table = tables.build_share_table(
        "overturned-by-source", _("Overturned on appeal by source"), _("Source"), disclosed, context.titles,
        ("overturned", _("Overturned")), _("Appeals decided"), context.places, name_region,
    )  # fmt: skip
    rows, marks = build_interval_rows(disclosed, "overturned", context.titles)
    chart = Chart("intervals", tuple(rows), marks=marks) if rows else None
    sentence, about = (
        _describe_outliers(disclosed, "overturned", rows),
        _("Share of decided appeals that the subject won"),
    )
    notes = explain_unshown_sources(disclosed, rows, "overturned")
    return build_section(
        "overturned", title, says, [context.finding("overturned", sentence, about, [table], chart, notes)]
    )


def _describe_outliers(disclosed: DisclosedTable, part: str, rows: Sequence[ChartRow]) -> str:
    whole, out = tables.compute_share(disclosed.all, part), [row for row in rows if row.out]
    if whole is None:
        return _("Some decisions were overturned; how many is not shown")
    named = {"n": len(out), "share": format_percent(whole.value), "hits": format_number(whole.hits),
             "of": format_number(whole.of)}  # fmt: skip
    if out:
        return ngettext("One source is clearly above the register’s %(share)s",
                        "%(n)s sources are clearly above the register’s %(share)s", len(out)) % named  # fmt: skip
    return _("%(hits)s of %(of)s appeals were won, %(share)s") % named


def build_wrong_records_section(context: SectionContext) -> BuiltSection:
    """Records that were disputed, and records that were corrected or withdrawn since they were stated."""
    title = _("Records found wrong")
    says = _("What subjects disputed, and what sources put right. A record that was found wrong holds at no moment.")
    findings = [finding for finding in (_build_disputes_finding(context), _build_records_finding(context)) if finding]
    empty = "" if findings else _("No record was disputed, and none was stated. That is neither good nor bad.")
    return build_section("records", title, says, findings, empty)


def _build_disputes_finding(context: SectionContext) -> BuiltFinding | None:
    disclosed = context.overview.disputes
    if disclosed.all.total == 0:
        return None
    parts = {name: list_outcome_titles()[name] for name in DISPUTED}
    table = tables.build_count_table("disputes-by-source", _("Disputes of records by source and outcome"), _("Source"),
                                     disclosed,
                          context.titles, parts, context.places, _("Disputes ended"))  # fmt: skip
    return context.finding(
        "disputes", _describe_disputes(disclosed.all), _("Disputes that ended, by how they ended"), [table]
    )


def _describe_disputes(every: DisclosedLine) -> str:
    wrong, silence, total = every.parts["wrong"], every.parts["silence"], every.total
    if total is None:
        return _("Fewer than 10 disputes ended")
    if wrong is None or silence is None:
        return _("%(n)s disputes ended") % {"n": format_number(total)}
    named = {
        "wrong": format_number(wrong),
        "n": format_number(total),
        "silence": format_number(silence),
    }
    return _("Of %(n)s disputed records %(wrong)s were found wrong; %(silence)s fell because nobody answered") % named


def _build_records_finding(context: SectionContext) -> BuiltFinding | None:
    disclosed = context.overview.records
    if disclosed.all.total == 0:
        return None
    parts = {name: list_outcome_titles()[name] for name in ("stands", "corrected", "withdrawn")}
    table = tables.build_count_table("records-by-source", _("Records by source, and what became of them"), _("Source"),
                                     disclosed,
                          context.titles, parts, context.places, _("Records stated"))  # fmt: skip
    corrected, withdrawn, total = (
        disclosed.all.parts["corrected"],
        disclosed.all.parts["withdrawn"],
        disclosed.all.total,
    )
    sentence = _("Some records were stated; how many is not shown")
    if total is not None:
        sentence = _("%(n)s records were stated") % {"n": format_number(total)}
    if total is not None and corrected is not None and withdrawn is not None:
        named = {
            "n": format_number(total),
            "corrected": format_number(corrected),
            "withdrawn": format_number(withdrawn),
        }
        sentence = _("Of %(n)s records %(corrected)s were corrected since, and %(withdrawn)s withdrawn") % named
    return context.finding("records", sentence, _("Records first stated in these days, as they stand now"), [table])


def build_similar_reasons_section(context: SectionContext) -> BuiltSection:
    """Decisions whose reasons are the same as another's, or nearly."""
    title = _("Near-identical reasons")
    says = _(
        "Decisions of one source under one list whose reasons are the same, or nearly: 92 of 100 letters, in any order"
        " of words, figures aside."
    )
    disclosed = context.overview.reasons
    if disclosed.all.total == 0:
        return build_section("reasons", title, says, empty=_("Nothing was decided. That is neither good nor bad."))
    table = tables.build_share_table(
        "reasons-by-source", _("Decisions with near-identical reasons by source"), _("Source"), disclosed,
        context.titles,
        (SHARED, list_outcome_titles()[SHARED]), _("Decisions"), context.places,
    )  # fmt: skip
    rows, _marks = build_interval_rows(disclosed, SHARED, context.titles)
    bars = [ChartRow(row.name, row.value, row.bold, row.plain, row.out) for row in rows]
    sentence, whole = (
        _("Some decisions share their reasons; how many is not shown"),
        tables.compute_share(disclosed.all, SHARED),
    )
    if whole:
        sentence = _("%(share)s of decisions read like another one") % {"share": format_percent(whole.value)}
    chart = Chart("bars", tuple(bars)) if any(row.value for row in bars) else None
    about = _("Share of decisions on cases that read like another of the same source")
    notes = explain_unshown_sources(disclosed, rows, SHARED)
    return build_section("reasons", title, says, [context.finding("reasons", sentence, about, [table], chart, notes)])
