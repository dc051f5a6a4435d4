"""What pages say about what is kept until when, and about what was erased."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodstanding import config
from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.periods import Period
from goodstanding.register import erased, retention, words
from goodstanding.register.retention import Line
from goodstanding.web import about
from goodstanding.web.facts import reason
from goodstanding.web.shapes import retention as shapes

Rules = Mapping[str, Catalogue]


def why(code: str) -> str:
    """The reason of an erasure in words, to go on with after “because”."""
    said = {
        "term": _("its time was over"),
        "unlawful": _("it should never have been held"),
        "order": _("a court or a supervisory authority ordered it"),
        "request": _("whom it was about asked for it, and the law gives that right"),
    }
    return said.get(code, code)


def length(period: Period) -> str:
    """A length of time in words: 5 years, 1 year 6 months."""
    years, months = divmod(period.months, 12)
    parts = (
        ngettext("%(n)s year", "%(n)s years", years) % {"n": years} if years else "",
        ngettext("%(n)s month", "%(n)s months", months) % {"n": months} if months else "",
        ngettext("%(n)s day", "%(n)s days", period.days) % {"n": period.days} if period.days else "",
    )
    return " ".join(filter(None, parts)) or _("no time")


def gone(found: Iterable[erased.Tombstone]) -> list[shapes.Erased]:
    """Tombstones as a page shows them."""
    return [
        shapes.Erased(position=one.position, day=one.day, why=why(one.code), law=one.law, article=one.article)
        for one in found
    ]


def kept(subject_id: int, rules: Rules) -> list[shapes.Kept]:
    """Until when each record about a subject is kept, newest first."""
    return [
        shapes.Kept(
            position=one.position,
            title=_title(rules.get(one.catalogue), one.record),
            ended_on=one.ended_on,
            goes_on=one.goes_on,
            keeps=length(one.term.keeps),
            own=one.term.own,
        )
        for one in retention.of_subject(subject_id)
    ]


def _title(rules: Catalogue | None, record: str) -> str:
    return rules.records[record].title if rules and record in rules.records else record


class Counted(NamedTuple):
    """What goes when, as it was counted at a ledger size."""

    size: int
    lines: tuple[Line, ...]


def plan(day: date) -> Counted:
    """What goes when, as of a day; counted once a day, so that nobody learns from the difference of two counts."""
    key = (config.current().folder, config.current().database, day)
    with _counting:
        if key not in _counts:
            _counts.clear()
            _counts[key] = Counted(about.size(), tuple(retention.plan(day)))
        return _counts[key]


_counting = Lock()
_counts: dict[tuple[Path, str, date], Counted] = {}


def of_catalogues(lines: Iterable[Line], rules: Rules) -> list[shapes.GoingCatalogue]:
    """The same by catalogue, in the order of their titles; those in force without any record too."""
    by_name: dict[str, list[Line]] = {name: [] for name in rules}
    for line in lines:
        by_name.setdefault(line.catalogue, []).append(line)
    found = [_going(name, its, rules.get(name)) for name, its in by_name.items()]
    return sorted(found, key=lambda one: one.title)


def _going(name: str, lines: list[Line], rules: Catalogue | None) -> shapes.GoingCatalogue:
    due = [one.records for one in lines if one.overdue]
    kept_on = [one.records for one in lines if not one.overdue and one.first is None]
    return shapes.GoingCatalogue(
        catalogue=name,
        title=rules.title if rules else name,
        due=due[0] if due else 0,
        kept=kept_on[0] if kept_on else 0,
        lines=[_line(one.first, one.next, one.records) for one in lines if one.first and one.next],
        terms=[_term(rules, record) for record in rules.records] if rules else [],
    )


def _line(first: date, following: date, records: int | None) -> shapes.GoingLine:
    whole_year = first.month == 1 and following == first.replace(year=first.year + 1)
    in_month = (following - first).days <= 31
    rest = _("Rest of %(year)s") % {"year": first.year}
    title = date_format(first, "F Y") if in_month else str(first.year) if whole_year else rest
    return shapes.GoingLine(title=title, first=first, next=following, records=records)


def _term(rules: Catalogue, record: str) -> shapes.TermLine:
    term, rule = retention.term_of(rules, record), rules.records[record]
    law = None if term.own else reason(words.law(rules, rule))
    return shapes.TermLine(record=rule.title, keeps=length(term.keeps), own=term.own, reason=law)
