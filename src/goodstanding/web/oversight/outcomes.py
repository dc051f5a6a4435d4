"""Decisions that were overturned, records that were found wrong, reasons that read alike."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodstanding.register.oversight.cases import DISPUTED
from goodstanding.register.oversight.grids import Line, Shown
from goodstanding.register.oversight.reasons import SHARED
from goodstanding.web.oversight import tables, words
from goodstanding.web.oversight.charts import Chart, Row
from goodstanding.web.oversight.sections import (
    Asked,
    Found,
    Made,
    figure,
    interval_rows,
    region,
    section,
    unshown,
)


def overturned(asked: Asked) -> Made:
    """Decisions that were overturned on appeal, by the source that decided."""
    title = _("Overturned on appeal")
    says = _(
        "By the source that decided. The mark is the share, the line where the true share lies with 95% confidence."
    )
    held = asked.held.appeals
    if held.all.total == 0:
        return section("overturned", title, says, empty=_("No appeal was decided. That is neither good nor bad."))
    made = tables.shared(
        "overturned-by-source", _("Overturned on appeal by source"), _("Source"), held, asked.titles,
        ("overturned", _("Overturned")), _("Appeals decided"), asked.places, region,
    )  # fmt: skip
    rows, marks = interval_rows(held, "overturned", asked.titles)
    chart = Chart("intervals", tuple(rows), marks=marks) if rows else None
    said, about = _apart_said(held, "overturned", rows), _("Share of decided appeals that the subject won")
    notes = unshown(held, rows, "overturned")
    return section("overturned", title, says, [asked.finding("overturned", said, about, [made], chart, notes)])


def _apart_said(held: Shown, part: str, rows: Sequence[Row]) -> str:
    whole, out = tables.share_of(held.all, part), [row for row in rows if row.out]
    if whole is None:
        return _("Some decisions were overturned; how many is not shown")
    named = {"n": len(out), "share": words.percent(whole.value), "hits": words.number(whole.hits),
             "of": words.number(whole.of)}  # fmt: skip
    if out:
        return ngettext("One source is clearly above the register’s %(share)s",
                        "%(n)s sources are clearly above the register’s %(share)s", len(out)) % named  # fmt: skip
    return _("%(hits)s of %(of)s appeals were won, %(share)s") % named


def found_wrong(asked: Asked) -> Made:
    """Records that were disputed, and records that were corrected or withdrawn since they were stated."""
    title = _("Records found wrong")
    says = _("What subjects disputed, and what sources put right. A record that was found wrong holds at no moment.")
    found = [one for one in (_disputes(asked), _records(asked)) if one]
    empty = "" if found else _("No record was disputed, and none was stated. That is neither good nor bad.")
    return section("records", title, says, found, empty)


def _disputes(asked: Asked) -> Found | None:
    held = asked.held.disputes
    if held.all.total == 0:
        return None
    parts = {name: words.outcomes()[name] for name in DISPUTED}
    made = tables.counted("disputes-by-source", _("Disputes of records by source and outcome"), _("Source"), held,
                          asked.titles, parts, asked.places, _("Disputes ended"))  # fmt: skip
    return asked.finding("disputes", _disputes_said(held.all), _("Disputes that ended, by how they ended"), [made])


def _disputes_said(every: Line) -> str:
    wrong, silence, total = every.parts["wrong"], every.parts["silence"], every.total
    if total is None:
        return _("Fewer than 10 disputes ended")
    if wrong is None or silence is None:
        return _("%(n)s disputes ended") % {"n": words.number(total)}
    named = {"wrong": words.number(wrong), "n": words.number(total), "silence": words.number(silence)}
    return _("Of %(n)s disputed records %(wrong)s were found wrong; %(silence)s fell because nobody answered") % named


def _records(asked: Asked) -> Found | None:
    held = asked.held.records
    if held.all.total == 0:
        return None
    parts = {name: words.outcomes()[name] for name in ("stands", "corrected", "withdrawn")}
    made = tables.counted("records-by-source", _("Records by source, and what became of them"), _("Source"), held,
                          asked.titles, parts, asked.places, _("Records stated"))  # fmt: skip
    corrected, withdrawn, total = held.all.parts["corrected"], held.all.parts["withdrawn"], held.all.total
    said = _("%(n)s records were stated") % {"n": figure(total)}
    if corrected is not None and withdrawn is not None:
        named = {"n": figure(total), "corrected": words.number(corrected), "withdrawn": words.number(withdrawn)}
        said = _("Of %(n)s records %(corrected)s were corrected since, and %(withdrawn)s withdrawn") % named
    return asked.finding("records", said, _("Records first stated in these days, as they stand now"), [made])


def alike(asked: Asked) -> Made:
    """Decisions whose reasons are the same as another's, or nearly."""
    title = _("Near-identical reasons")
    says = _(
        "Decisions of one source under one list whose reasons are the same, or nearly: 92 of 100 letters, in any order"
        " of words, figures aside."
    )
    held = asked.held.reasons
    if held.all.total == 0:
        return section("reasons", title, says, empty=_("Nothing was decided. That is neither good nor bad."))
    made = tables.shared(
        "reasons-by-source", _("Decisions with near-identical reasons by source"), _("Source"), held, asked.titles,
        (SHARED, words.outcomes()[SHARED]), _("Decisions"), asked.places,
    )  # fmt: skip
    rows, _marks = interval_rows(held, SHARED, asked.titles)
    bars = [Row(row.name, row.value, row.bold, row.plain, row.out) for row in rows]
    said, whole = _("Some decisions share their reasons; how many is not shown"), tables.share_of(held.all, SHARED)
    if whole:
        said = _("%(share)s of decisions read like another one") % {"share": words.percent(whole.value)}
    chart = Chart("bars", tuple(bars)) if any(row.value for row in bars) else None
    about = _("Share of decisions on cases that read like another of the same source")
    notes = unshown(held, rows, SHARED)
    return section("reasons", title, says, [asked.finding("reasons", said, about, [made], chart, notes)])
