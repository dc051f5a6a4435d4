"""What pages say about what is kept until when, and about what was erased."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from goodstanding import config
from goodstanding.catalogue.model import Catalogue
from goodstanding.register.erasure.retention import (
    RetentionPlanLine,
    build_retention_plan,
    determine_retention_term,
    list_subject_terms,
)
from goodstanding.register.files.tombstones import Tombstone
from goodstanding.register.projection.projector import get_projected_size
from goodstanding.register.rules.legal_basis import find_legal_basis
from goodstanding.web.retention.schemas import (
    CatalogueDeletions,
    DeletionLine,
    ErasedEvent,
    KeptRecord,
    RetentionTermLine,
)
from goodstanding.web.wording.durations import format_duration
from goodstanding.web.wording.legal_basis import present_legal_basis

Rules = Mapping[str, Catalogue]


def describe_erasure_reason(code: str) -> str:
    """The reason of an erasure in words, to go on with after “because”."""
    reasons = {
        "term": _("its time was over"),
        "unlawful": _("it should never have been held"),
        "order": _("a court or a supervisory authority ordered it"),
        "request": _("whom it was about asked for it, and the law gives that right"),
    }
    return reasons.get(code, code)


def present_tombstones(tombstones: Iterable[Tombstone]) -> list[ErasedEvent]:
    """Tombstones as a page shows them."""
    return [
        ErasedEvent(
            position=tombstone.position,
            day=tombstone.day,
            why=describe_erasure_reason(tombstone.code),
            law=tombstone.law,
            article=tombstone.article,
        )
        for tombstone in tombstones
    ]


def present_kept_records(subject_id: int, rules: Rules) -> list[KeptRecord]:
    """Until when each record about a subject is kept, newest first."""
    return [
        KeptRecord(
            position=kept_record.position,
            title=_get_record_title(rules.get(kept_record.catalogue), kept_record.record),
            ended_on=kept_record.ended_on,
            goes_on=kept_record.goes_on,
            keeps=format_duration(kept_record.term.keeps),
            own=kept_record.term.own,
        )
        for kept_record in list_subject_terms(subject_id)
    ]


def _get_record_title(rules: Catalogue | None, record: str) -> str:
    return rules.records[record].title if rules and record in rules.records else record


class RetentionPlan(NamedTuple):
    """What goes when, as it was counted at a ledger size."""

    size: int
    lines: tuple[RetentionPlanLine, ...]


def get_retention_plan(day: date) -> RetentionPlan:
    """What goes when, as of a day; counted once a day, so that nobody learns from the difference of two counts."""
    key = (config.get_current_register().folder, config.get_current_register().database, day)
    with _plan_lock:
        if key not in _plans:
            _plans.clear()
            _plans[key] = RetentionPlan(get_projected_size(), tuple(build_retention_plan(day)))
        return _plans[key]


_plan_lock = Lock()
_plans: dict[tuple[Path, str, date], RetentionPlan] = {}


def present_deletions_by_catalogue(lines: Iterable[RetentionPlanLine], rules: Rules) -> list[CatalogueDeletions]:
    """The same by catalogue, in the order of their titles; those in force without any record too."""
    by_name: dict[str, list[RetentionPlanLine]] = {name: [] for name in rules}
    for line in lines:
        by_name.setdefault(line.catalogue, []).append(line)
    presented_catalogues = [
        _present_catalogue_deletions(name, catalogue_lines, rules.get(name))
        for name, catalogue_lines in by_name.items()
    ]
    return sorted(presented_catalogues, key=lambda presented_catalogue: presented_catalogue.title)


def _present_catalogue_deletions(
    name: str, lines: list[RetentionPlanLine], rules: Catalogue | None
) -> CatalogueDeletions:
    due = [line.records for line in lines if line.overdue]
    kept_on = [line.records for line in lines if not line.overdue and line.first is None]
    return CatalogueDeletions(
        catalogue=name,
        title=rules.title if rules else name,
        due=due[0] if due else 0,
        kept=kept_on[0] if kept_on else 0,
        lines=[
            _present_deletion_line(line.first, line.next, line.records) for line in lines if line.first and line.next
        ],
        terms=[_present_term(rules, record) for record in rules.records] if rules else [],
    )


def _present_deletion_line(first: date, following: date, records: int | None) -> DeletionLine:
    whole_year = first.month == 1 and following == first.replace(year=first.year + 1)
    in_month = (following - first).days <= 31
    rest_title = _("Rest of %(year)s") % {"year": first.year}
    title = date_format(first, "F Y") if in_month else str(first.year) if whole_year else rest_title
    return DeletionLine(title=title, first=first, next=following, records=records)


def _present_term(rules: Catalogue, record: str) -> RetentionTermLine:
    term, rule = determine_retention_term(rules, record), rules.records[record]
    law = None if term.own else present_legal_basis(find_legal_basis(rules, rule))
    return RetentionTermLine(record=rule.title, keeps=format_duration(term.keeps), own=term.own, reason=law)
