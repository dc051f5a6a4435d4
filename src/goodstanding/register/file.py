"""One subject's file: who it is, what holds, the records it rests on; filtered by who asks and about which moment."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pyarrow as pa

from goodstanding import standing
from goodstanding.access import Action, Actor, Decision, Resource, list_visible_audiences, may
from goodstanding.catalogue.model import Catalogue
from goodstanding.errors import NotAllowed, NotFound
from goodstanding.register import catalogues, hearing_effects, words
from goodstanding.register.hearing_rows import CASE_FINDING_KINDS
from goodstanding.register.moment import PointInTime
from goodstanding.register.outcome import RECORDS, compute_intervals
from goodstanding.register.store import fetch_rows
from goodstanding.subjects import Identifier

_SUBJECT = "SELECT id, kind, name, names, region, sector FROM subject WHERE id = %s"
_SUBJECT_ID = "SELECT subject_id FROM identifier WHERE text = %s"
_IDENTIFIERS = "SELECT text FROM identifier WHERE subject_id = %s ORDER BY text"
_EFFECTS = """
SELECT catalogue, measure, kind, audience, value, score, valid_from, valid_to, because, why
FROM effect
WHERE subject_id = %s
ORDER BY catalogue, kind, measure, valid_from
"""
_RECORDS = """
SELECT position, catalogue, record, source, reference, version, about, occurred, stated, fields, published, feed, row,
  replaced_at, event
FROM record
WHERE subject_id = %s
ORDER BY position DESC
"""
_MANY_SUBJECTS = "SELECT id, kind, name, names, region, sector FROM subject WHERE id IN ({marks})"
_MANY_IDENTIFIERS = "SELECT subject_id, text FROM identifier WHERE subject_id IN ({marks}) ORDER BY text"
_MANY_FIELDS = "SELECT position, fields FROM record WHERE position IN ({marks})"
_MANY_GRADES = """
SELECT subject_id, catalogue, measure, kind, audience, value, score, valid_from, valid_to, because, why
FROM effect
WHERE subject_id IN ({marks})
  AND kind = 'grade'
  AND audience = 'anybody'
ORDER BY catalogue, measure, valid_from
"""


@dataclass(frozen=True, slots=True)
class Subject:
    """Who a file is about."""

    id: int
    kind: str
    name: str
    other_names: tuple[str, ...]
    identifiers: tuple[str, ...]
    region: str
    sector: str

    @property
    def identifier(self) -> str:
        """The identifier that its page is addressed by."""
        return self.identifiers[0]


@dataclass(frozen=True, slots=True)
class Record:
    """What a source stated, as the ledger has it at `position`; `replaced_at` is where something took its place."""

    position: int
    catalogue: str
    record: str
    title: str
    source: str
    source_name: str
    reference: str
    version: int
    about: str | None
    occurred: date
    stated: date
    fields: Mapping[str, Any]
    shown: tuple[tuple[str, str], ...]
    published: str | None
    feed: str
    row: int | None
    replaced_at: int | None
    event: str


@dataclass(frozen=True, slots=True)
class Effect:
    """A measure that holds over [valid_from, valid_to), because of the records at `because`."""

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
    law: words.LegalBasis | None
    ends_sooner: str
    day: date

    @property
    def holds(self) -> bool:
        """Whether it holds on the day its catalogue is looked at."""
        return self.valid_from <= self.day and (self.valid_to is None or self.day < self.valid_to)


@dataclass(frozen=True, slots=True)
class SubjectFile:
    """What somebody may see of a subject at a moment: effects that hold, the records they rest on, and why they may."""

    subject: Subject
    moment: PointInTime
    size: int
    allowed: Decision
    grades: tuple[Effect, ...]
    listings: tuple[Effect, ...]
    measures: tuple[Effect, ...]
    cases: tuple[Effect, ...]
    records: tuple[Record, ...]
    history: tuple[Effect, ...]
    days: Mapping[str, date]


def find_subject_id(text: str) -> int:
    """The id of the subject that holds an identifier; raises BadIdentifier or NotFound."""
    identifier = str(Identifier.parse(text))
    subject_rows = fetch_rows(_SUBJECT_ID, [identifier])
    if not subject_rows:
        raise NotFound(
            f"Nothing is recorded here about {identifier}.", remedy="another identifier, or a search by name"
        )
    return int(subject_rows[0][0])


def get_subject(subject_id: int) -> Subject:
    """A subject by its id; raises NotFound."""
    subject_rows = fetch_rows(_SUBJECT, [subject_id])
    if not subject_rows:
        raise NotFound("There is no such subject.")
    identifier, kind, name, names, region, sector = subject_rows[0]
    identifiers = tuple(row[0] for row in fetch_rows(_IDENTIFIERS, [subject_id]))
    return Subject(identifier, kind, name, tuple(filter(None, names.split("\n"))), identifiers, region, sector)


def get_subject_file(text: str, moment: PointInTime, actor: Actor, size_now: int) -> SubjectFile:
    """The file of whoever holds an identifier; raises BadIdentifier, NotFound, or NotAllowed for another moment."""
    subject = get_subject(find_subject_id(text))
    records = list_records(subject.id)
    resource = Resource(subject.kind, frozenset(subject.identifiers), frozenset(record.source for record in records))
    allowed = may(actor, Action.SEE_NOW if moment.is_now else Action.SEE_PAST, resource)
    if not allowed.allowed:
        raise NotAllowed("This file is open as it stands now, not for other moments.", remedy=allowed.because)
    if moment.size is not None and subject.id >= moment.size:
        raise NotFound(
            f"Nothing had been recorded here about {text} by then.", remedy="a later day, or a larger ledger size"
        )
    audiences = set(list_visible_audiences(actor, resource))
    effects = [
        effect
        for effect in list_effects(subject.id, records, moment)
        if effect.audience in audiences or effect.kind in _MEASURES
    ]
    return _build_subject_file(
        subject,
        moment,
        size_now if moment.size is None else moment.size,
        allowed,
        effects,
        records,
        "parties" in audiences,
    )


_MEASURES = ("restriction", "benefit", "supervision", "publication")


def _build_subject_file(
    subject: Subject,
    moment: PointInTime,
    size: int,
    allowed: Decision,
    effects: list[Effect],
    records: list[Record],
    party: bool,
) -> SubjectFile:
    holding = [effect for effect in effects if effect.holds]
    rested = {position for effect in holding for position in effect.because}
    shown = [record for record in records if record.position < size and (party or record.position in rested)]
    by_kind = {
        kind: tuple(effect for effect in holding if effect.kind == kind) for kind in ("grade", "listing", "case")
    }
    measures = _join_audiences(effect for effect in holding if effect.kind in _MEASURES)
    history = tuple(effects) if party else ()
    days = {name: moment.day(name) for name in dict.fromkeys(record.catalogue for record in records)}
    return SubjectFile(
        subject,
        moment,
        size,
        allowed,
        by_kind["grade"],
        by_kind["listing"],
        measures,
        by_kind["case"],
        tuple(shown),
        history,
        days,
    )


def _join_audiences(measures: Iterable[Effect]) -> tuple[Effect, ...]:
    """One entry a measure: the audiences that may ask are named together."""
    joined: dict[tuple[str, str, date], Effect] = {}
    for effect in measures:
        key = (effect.catalogue, effect.measure, effect.valid_from)
        existing = joined.get(key)
        joined[key] = replace(existing, audience=f"{existing.audience}, {effect.audience}") if existing else effect
    return tuple(joined.values())


def find_record(position: int) -> tuple[int, Record] | None:
    """Whose the record at a position is, and the record; None where there is none."""
    subject_rows = fetch_rows("SELECT subject_id FROM record WHERE position = %s", [position])
    if not subject_rows:
        return None
    subject_id = int(subject_rows[0][0])
    return subject_id, next(record for record in list_records(subject_id) if record.position == position)


def list_records(subject_id: int) -> list[Record]:
    """All records about a subject, newest first."""
    on_file = catalogues.list_on_file()
    return [_build_record(row, on_file[row[1]].catalogue) for row in fetch_rows(_RECORDS, [subject_id])]


def _build_record(row: tuple[Any, ...], catalogue: Catalogue) -> Record:
    (
        position,
        name,
        record,
        source,
        reference,
        version,
        about,
        occurred,
        stated,
        fields,
        published,
        feed,
        line,
        gone,
        event,
    ) = row
    rule, values = catalogue.records[record], json.loads(fields)
    shown = tuple(
        (rule.fields[key].title, _render_field_value(value)) for key, value in values.items() if key in rule.fields
    )
    names = {catalogue_source.id: catalogue_source.name for catalogue_source in catalogue.sources}
    return Record(
        position,
        name,
        record,
        rule.title,
        source,
        names.get(source, source),
        reference,
        version,
        about,
        parse_stored_day(occurred),
        parse_stored_day(stated),
        values,
        shown,
        published,
        feed,
        line,
        gone,
        event,
    )


def _render_field_value(value: Any) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def parse_stored_day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def list_effects(subject_id: int, records: list[Record], moment: PointInTime) -> list[Effect]:
    """All effects about a subject, past and to come: stored ones, or worked out afresh as of a ledger size."""
    enacted = catalogues.list_enacted()
    fields = {record.position: record.fields for record in records}
    if moment.size is None:
        effect_rows = [row for row in fetch_rows(_EFFECTS, [subject_id]) if row[0] in enacted]
    else:
        enacted = catalogues.list_enacted(moment.size)
        known_spans, size = hearing_effects.load_spans(subject_id, moment.size), moment.size
        effect_rows = [
            row
            for enacted_catalogue in enacted.values()
            for row in recompute_effects(enacted_catalogue.catalogue, subject_id, records, size, known_spans)
        ]
    days = {name: moment.day(name) for name in {row[0] for row in effect_rows}}
    return [_build_effect(row, enacted[row[0]].catalogue, fields, days[row[0]]) for row in effect_rows]


def list_subjects(subject_ids: Sequence[int]) -> dict[int, Subject]:
    """Many subjects at once, by id."""
    marks = ", ".join(["%s"] * len(subject_ids))
    identifiers: dict[int, list[str]] = {subject_id: [] for subject_id in subject_ids}
    for subject_id, text in fetch_rows(_MANY_IDENTIFIERS.format(marks=marks), subject_ids):
        identifiers[subject_id].append(text)
    return {
        subject_id: Subject(
            subject_id,
            kind,
            name,
            tuple(filter(None, names.split("\n"))),
            tuple(identifiers[subject_id]),
            region,
            sector,
        )
        for subject_id, kind, name, names, region, sector in fetch_rows(_MANY_SUBJECTS.format(marks=marks), subject_ids)
    }


def list_grades(subject_ids: Sequence[int], moment: PointInTime) -> dict[int, list[Effect]]:
    """The grades that hold for anybody to see, of many subjects at once; as stored, so known now."""
    marks = ", ".join(["%s"] * len(subject_ids))
    enacted = catalogues.list_enacted()
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
        grades[subject_id].append(_build_effect(tuple(row), enacted[row[0]].catalogue, fields, days[row[0]]))
    return grades


def recompute_effects(
    catalogue: Catalogue,
    subject_id: int,
    records: list[Record],
    size: int,
    known_spans: hearing_effects.CaseSpans | None = None,
) -> list[tuple[Any, ...]]:
    """The effects of one subject under one catalogue, worked out afresh from its records before a ledger size.

    `heard` are the stretches of its cases by then; they are read where they are not given.
    """
    current = [
        _build_record_row(record, subject_id)
        for record in records
        if record.catalogue == catalogue.name
        and record.position < size
        and record.event not in CASE_FINDING_KINDS
        and (record.replaced_at is None or record.replaced_at >= size)
    ]
    spans = hearing_effects.load_spans(subject_id, size) if known_spans is None else known_spans
    listings, lifts = spans.heard(catalogue)
    if not current and not listings.num_rows:
        return []
    table = pa.Table.from_pylist(current, schema=RECORDS)
    intervals = pa.concat_tables([compute_intervals(table, catalogue), listings])
    effect_rows = hearing_effects.apply_lifts(standing.compute_effects(table, intervals, catalogue), lifts).to_pylist()
    columns = ("measure", "kind", "audience", "value", "score", "valid_from", "valid_to", "because", "why")
    return [(catalogue.name, *(row[name] for name in columns)) for row in effect_rows]


def _build_record_row(record: Record, subject_id: int) -> dict[str, Any]:
    names = ("position", "record", "source", "reference", "about", "occurred", "published")
    return {name: getattr(record, name) for name in names} | {
        "subject_id": subject_id,
        "fields": json.dumps(record.fields),
    }


def _build_effect(
    row: tuple[Any, ...], catalogue: Catalogue, fields: Mapping[int, Mapping[str, Any]], day: date
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
        tuple(words.explain_outcome(words.ExplainedOutcome(catalogue, measure, value, score, why), newest)),
        words.find_legal_basis(catalogue, rule),
        getattr(rule, "ends_sooner", ""),
        day,
    )


def _find_value_title(catalogue: Catalogue, measure: str, value: str | None) -> str:
    if scheme := catalogue.schemes.get(measure):
        return next((band.title for band in scheme.bands if band.grade == value), "")
    steps = {name: step for case in catalogue.cases.values() for name, step in case.steps.items()}
    return steps[value].title if value in steps else ""
