"""What follows about a subject: effects as stored, or worked out afresh as of a ledger size."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa

from goodstanding.catalogue.model import Catalogue
from goodstanding.effects import RECORDS
from goodstanding.procedure.intervals import find_last_day
from goodstanding.register.files.case_spans import CaseSpans, load_spans
from goodstanding.register.files.case_steps import CaseDecision, find_case_position, list_decisions
from goodstanding.register.files.explanations import ExplainedOutcome, explain_outcome
from goodstanding.register.files.point_in_time import PointInTime
from goodstanding.register.files.records import Record, parse_stored_day
from goodstanding.register.projection.case_effects import calculate_by_version, find_widest_rules
from goodstanding.register.projection.case_rows import CASE_FINDING_KINDS
from goodstanding.register.rules.enacted_catalogues import list_enacted, list_rule_versions
from goodstanding.register.rules.legal_basis import LegalBasis, find_legal_basis
from goodstanding.register.storage.queries import fetch_rows
from goodstanding.standing import RuleVersion

_EFFECTS = """
SELECT catalogue, measure, kind, audience, value, score, valid_from, valid_to, because, why
FROM effect
WHERE subject_id = %s
ORDER BY catalogue, kind, measure, valid_from
"""
_MANY_FIELDS = "SELECT position, fields FROM record WHERE position IN ({marks})"
_MANY_GRADES = """
SELECT subject_id, catalogue, measure, kind, audience, value, score, valid_from, valid_to, because, why
FROM effect
WHERE subject_id IN ({marks})
  AND kind = 'grade'
  AND audience = 'anybody'
ORDER BY catalogue, measure, valid_from
"""
_SUBJECT_WITH_CASE = """
SELECT min(subject_id)
FROM effect
WHERE catalogue = %s
  AND measure = %s
  AND kind = 'case'
  AND audience = 'parties'
  AND value = %s
  AND valid_from <= %s
  AND (valid_to IS NULL OR valid_to > %s)
"""


@dataclass(frozen=True, slots=True)
class Effect:
    """A measure that holds over [valid_from, valid_to), so up to `last_day`, because of the records at `because`."""

    catalogue: str
    measure: str
    kind: str
    audience: str
    title: str
    value: str | None
    value_title: str
    of: str
    score: int | None
    valid_from: date
    valid_to: date | None
    because: tuple[int, ...]
    why: str
    sentences: tuple[str, ...]
    law: LegalBasis | None
    ends_sooner: str
    day: date
    last_day: date | None = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "last_day", find_last_day(self.valid_to))

    @property
    def holds(self) -> bool:
        """Whether it holds on the day its catalogue is looked at."""
        return self.valid_from <= self.day and (self.valid_to is None or self.day < self.valid_to)

    @property
    def case(self) -> int | None:
        """The position of the case heard here that decided it; None where it follows from records alone."""
        return find_case_position(self.why)


def list_effects(subject_id: int, records: list[Record], moment: PointInTime) -> list[Effect]:
    """All effects about a subject, past and to come: stored ones, or worked out afresh as of a ledger size."""
    enacted = list_enacted()
    fields = {record.position: record.fields for record in records}
    if moment.size is None:
        effect_rows = [row for row in fetch_rows(_EFFECTS, [subject_id]) if row[0] in enacted]
    else:
        enacted = list_enacted(moment.size)
        known_spans, size = load_spans(subject_id, moment.size), moment.size
        effect_rows = [
            row
            for versions in list_rule_versions(size).values()
            for row in recompute_effects(versions, subject_id, records, size, known_spans)
        ]
    days = {name: moment.day(name) for name in {row[0] for row in effect_rows}}
    decisions = list_decisions(
        sorted({case for row in effect_rows if (case := find_case_position(row[9])) is not None})
    )
    return [_build_effect(row, enacted[row[0]].catalogue, fields, days[row[0]], decisions) for row in effect_rows]


def list_grades(subject_ids: Sequence[int], moment: PointInTime) -> dict[int, list[Effect]]:
    """The grades that hold for anybody to see, of many subjects at once; as stored, so known now."""
    marks = ", ".join(["%s"] * len(subject_ids))
    enacted = list_enacted()
    days = {name: moment.day(name) for name in enacted}
    grade_rows = [
        row
        for row in fetch_rows(_MANY_GRADES.format(marks=marks), subject_ids)
        if row[1] in enacted
        and parse_stored_day(row[7]) <= days[row[1]]
        and (row[8] is None or days[row[1]] < parse_stored_day(row[8]))
    ]
    newest = [position for row in grade_rows for position in json.loads(row[9])[-1:]]
    record_marks = ", ".join(["%s"] * len(newest))
    fields = (
        {at: json.loads(fields_text) for at, fields_text in fetch_rows(_MANY_FIELDS.format(marks=record_marks), newest)}
        if newest
        else {}
    )
    grades: dict[int, list[Effect]] = {graded_id: [] for graded_id in subject_ids}
    for subject_id, *row in grade_rows:
        grades[subject_id].append(_build_effect(tuple(row), enacted[row[0]].catalogue, fields, days[row[0]], {}))
    return grades


def find_subject_with_case(catalogue: str, case: str, step: str, day: date) -> int | None:
    """The first subject that has a case, stated by a source, at a step on a day, for its parties to see."""
    subject_id = fetch_rows(_SUBJECT_WITH_CASE, [catalogue, case, step, day, day])[0][0]
    return None if subject_id is None else int(subject_id)


def recompute_effects(
    versions: Sequence[RuleVersion],
    subject_id: int,
    records: list[Record],
    size: int,
    known_spans: CaseSpans | None = None,
) -> list[tuple[Any, ...]]:
    """The effects of one subject under a catalogue's versions, worked out afresh from its records before a ledger size.

    `heard` are the spans of its cases by then; they are read where they are not given.
    """
    catalogue = find_widest_rules(versions)
    current = [
        _build_record_row(record, subject_id)
        for record in records
        if record.catalogue == catalogue.name
        and record.position < size
        and record.event not in CASE_FINDING_KINDS
        and (record.replaced_at is None or record.replaced_at >= size)
    ]
    spans = load_spans(subject_id, size) if known_spans is None else known_spans
    heard = spans.derive_effects(catalogue)._replace(
        conduct_days={record.position: record.occurred for record in records}
    )
    if not current and not heard.intervals.num_rows:
        return []
    table = pa.Table.from_pylist(current, schema=RECORDS)
    effect_rows = calculate_by_version(table, heard.intervals, versions, heard)[1].to_pylist()
    columns = ("measure", "kind", "audience", "value", "score", "valid_from", "valid_to", "because", "why")
    return [(catalogue.name, *(row[name] for name in columns)) for row in effect_rows]


def _build_record_row(record: Record, subject_id: int) -> dict[str, Any]:
    names = ("position", "record", "source", "reference", "about", "occurred", "published")
    return {name: getattr(record, name) for name in names} | {
        "subject_id": subject_id,
        "fields": json.dumps(record.fields),
    }


def _build_effect(
    row: tuple[Any, ...],
    catalogue: Catalogue,
    fields: Mapping[int, Mapping[str, Any]],
    day: date,
    decisions: Mapping[int, CaseDecision],
) -> Effect:
    name, measure, kind, audience, value, score, start, end, because, why = row
    positions = tuple(json.loads(because) if isinstance(because, str) else because)
    rule = (
        catalogue.schemes.get(measure)
        or catalogue.lists.get(measure)
        or catalogue.measures.get(measure)
        or catalogue.cases[measure]
    )
    newest = fields.get(positions[-1], {}) if positions else {}
    case = find_case_position(why)
    outcome = ExplainedOutcome(catalogue, measure, value, score, why, decisions.get(case) if case is not None else None)
    return Effect(
        name,
        measure,
        kind,
        audience,
        rule.title,
        value,
        _find_value_title(catalogue, measure, value),
        getattr(rule, "of", ""),
        score,
        parse_stored_day(start),
        parse_stored_day(end) if end else None,
        positions,
        why,
        tuple(explain_outcome(outcome, newest)),
        find_legal_basis(catalogue, rule),
        getattr(rule, "ends_sooner", ""),
        day,
    )


def _find_value_title(catalogue: Catalogue, measure: str, value: str | None) -> str:
    if scheme := catalogue.schemes.get(measure):
        return next((band.title for band in scheme.bands if band.grade == value), "")
    steps = {name: step for case in catalogue.cases.values() for name, step in case.steps.items()}
    return steps[value].title if value in steps else ""
