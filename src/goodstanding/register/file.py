"""One subject's file: who it is, what holds, the records it rests on; filtered by who asks and about which moment."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pyarrow as pa

from goodstanding import standing
from goodstanding.access import Action, Actor, Decision, Resource, may, sees
from goodstanding.catalogue.model import Catalogue
from goodstanding.errors import NotAllowed, NotFound
from goodstanding.register import catalogues, hearing_effects, words
from goodstanding.register.hearing_rows import OF_A_CASE
from goodstanding.register.moment import Moment
from goodstanding.register.outcome import RECORDS, intervals_of
from goodstanding.register.store import rows
from goodstanding.subjects import Identifier

_SUBJECT = "SELECT id, kind, name, names, region, sector FROM subject WHERE id = %s"
_WHOSE = "SELECT subject_id FROM identifier WHERE text = %s"
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
    law: words.Law | None
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
    moment: Moment
    size: int
    allowed: Decision
    grades: tuple[Effect, ...]
    listings: tuple[Effect, ...]
    measures: tuple[Effect, ...]
    cases: tuple[Effect, ...]
    records: tuple[Record, ...]
    history: tuple[Effect, ...]
    days: Mapping[str, date]


def whose(text: str) -> int:
    """The id of the subject that holds an identifier; raises BadIdentifier or NotFound."""
    identifier = str(Identifier.parse(text))
    found = rows(_WHOSE, [identifier])
    if not found:
        raise NotFound(
            f"Nothing is recorded here about {identifier}.", remedy="another identifier, or a search by name"
        )
    return int(found[0][0])


def subject(subject_id: int) -> Subject:
    """A subject by its id; raises NotFound."""
    found = rows(_SUBJECT, [subject_id])
    if not found:
        raise NotFound("There is no such subject.")
    identifier, kind, name, names, region, sector = found[0]
    identifiers = tuple(row[0] for row in rows(_IDENTIFIERS, [subject_id]))
    return Subject(identifier, kind, name, tuple(filter(None, names.split("\n"))), identifiers, region, sector)


def subject_file(text: str, moment: Moment, actor: Actor, size_now: int) -> SubjectFile:
    """The file of whoever holds an identifier; raises BadIdentifier, NotFound, or NotAllowed for another moment."""
    who = subject(whose(text))
    known = records_of(who.id)
    resource = Resource(who.kind, frozenset(who.identifiers), frozenset(one.source for one in known))
    allowed = may(actor, Action.SEE_NOW if moment.is_now else Action.SEE_PAST, resource)
    if not allowed.allowed:
        raise NotAllowed("This file is open as it stands now, not for other moments.", remedy=allowed.because)
    if moment.size is not None and who.id >= moment.size:
        raise NotFound(
            f"Nothing had been recorded here about {text} by then.", remedy="a later day, or a larger ledger size"
        )
    audiences = set(sees(actor, resource))
    effects = [one for one in effects_of(who.id, known, moment) if one.audience in audiences or one.kind in _MEASURES]
    return _file(
        who, moment, size_now if moment.size is None else moment.size, allowed, effects, known, "parties" in audiences
    )


_MEASURES = ("restriction", "benefit", "supervision", "publication")


def _file(
    who: Subject, moment: Moment, size: int, allowed: Decision, effects: list[Effect], known: list[Record], party: bool
) -> SubjectFile:
    holding = [one for one in effects if one.holds]
    rested = {position for one in holding for position in one.because}
    shown = [one for one in known if one.position < size and (party or one.position in rested)]
    by_kind = {kind: tuple(one for one in holding if one.kind == kind) for kind in ("grade", "listing", "case")}
    measures = _joined(one for one in holding if one.kind in _MEASURES)
    history = tuple(effects) if party else ()
    days = {name: moment.day(name) for name in dict.fromkeys(one.catalogue for one in known)}
    return SubjectFile(
        who,
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


def _joined(measures: Iterable[Effect]) -> tuple[Effect, ...]:
    """One entry a measure: the audiences that may ask are named together."""
    joined: dict[tuple[str, str, date], Effect] = {}
    for one in measures:
        key = (one.catalogue, one.measure, one.valid_from)
        held = joined.get(key)
        joined[key] = replace(held, audience=f"{held.audience}, {one.audience}") if held else one
    return tuple(joined.values())


def at(position: int) -> tuple[int, Record] | None:
    """Whose the record at a position is, and the record; None where there is none."""
    found = rows("SELECT subject_id FROM record WHERE position = %s", [position])
    if not found:
        return None
    subject_id = int(found[0][0])
    return subject_id, next(one for one in records_of(subject_id) if one.position == position)


def records_of(subject_id: int) -> list[Record]:
    """All records about a subject, newest first."""
    on_file = catalogues.on_file()
    return [_record(row, on_file[row[1]].catalogue) for row in rows(_RECORDS, [subject_id])]


def _record(row: tuple[Any, ...], catalogue: Catalogue) -> Record:
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
    shown = tuple((rule.fields[key].title, _shown(value)) for key, value in values.items() if key in rule.fields)
    names = {one.id: one.name for one in catalogue.sources}
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
        _day(occurred),
        _day(stated),
        values,
        shown,
        published,
        feed,
        line,
        gone,
        event,
    )


def _shown(value: Any) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def effects_of(subject_id: int, known: list[Record], moment: Moment) -> list[Effect]:
    """All effects about a subject, past and to come: stored ones, or worked out afresh as of a ledger size."""
    enacted = catalogues.enacted()
    fields = {one.position: one.fields for one in known}
    if moment.size is None:
        found = [row for row in rows(_EFFECTS, [subject_id]) if row[0] in enacted]
    else:
        enacted = catalogues.enacted(moment.size)
        heard, size = hearing_effects.as_of(subject_id, moment.size), moment.size
        found = [row for one in enacted.values() for row in explain(one.catalogue, subject_id, known, size, heard)]
    days = {name: moment.day(name) for name in {row[0] for row in found}}
    return [_effect(row, enacted[row[0]].catalogue, fields, days[row[0]]) for row in found]


def subjects(subject_ids: Sequence[int]) -> dict[int, Subject]:
    """Many subjects at once, by id."""
    marks = ", ".join(["%s"] * len(subject_ids))
    called: dict[int, list[str]] = {one: [] for one in subject_ids}
    for held, text in rows(_MANY_IDENTIFIERS.format(marks=marks), subject_ids):
        called[held].append(text)
    return {
        one: Subject(one, kind, name, tuple(filter(None, names.split("\n"))), tuple(called[one]), region, sector)
        for one, kind, name, names, region, sector in rows(_MANY_SUBJECTS.format(marks=marks), subject_ids)
    }


def grades_of(subject_ids: Sequence[int], moment: Moment) -> dict[int, list[Effect]]:
    """The grades that hold for anybody to see, of many subjects at once; as stored, so known now."""
    marks = ", ".join(["%s"] * len(subject_ids))
    enacted = catalogues.enacted()
    days = {name: moment.day(name) for name in enacted}
    found = [
        row
        for row in rows(_MANY_GRADES.format(marks=marks), subject_ids)
        if row[1] in enacted and _day(row[7]) <= days[row[1]] and (row[8] is None or days[row[1]] < _day(row[8]))
    ]
    newest = [position for row in found for position in json.loads(row[9])[-1:]]
    records = ", ".join(["%s"] * len(newest))
    fields = {at: json.loads(said) for at, said in rows(_MANY_FIELDS.format(marks=records), newest)} if newest else {}
    held: dict[int, list[Effect]] = {one: [] for one in subject_ids}
    for subject_id, *row in found:
        held[subject_id].append(_effect(tuple(row), enacted[row[0]].catalogue, fields, days[row[0]]))
    return held


def explain(
    catalogue: Catalogue, subject_id: int, known: list[Record], size: int, heard: hearing_effects.Spans | None = None
) -> list[tuple[Any, ...]]:
    """The effects of one subject under one catalogue, worked out afresh from its records before a ledger size.

    `heard` are the stretches of its cases by then; they are read where they are not given.
    """
    current = [
        _as_row(one, subject_id)
        for one in known
        if one.catalogue == catalogue.name
        and one.position < size
        and one.event not in OF_A_CASE
        and (one.replaced_at is None or one.replaced_at >= size)
    ]
    spans = hearing_effects.as_of(subject_id, size) if heard is None else heard
    listings, lifts = spans.heard(catalogue)
    if not current and not listings.num_rows:
        return []
    table = pa.Table.from_pylist(current, schema=RECORDS)
    intervals = pa.concat_tables([intervals_of(table, catalogue), listings])
    found = hearing_effects.lifted(standing.effects(table, intervals, catalogue), lifts).to_pylist()
    columns = ("measure", "kind", "audience", "value", "score", "valid_from", "valid_to", "because", "why")
    return [(catalogue.name, *(row[name] for name in columns)) for row in found]


def _as_row(one: Record, subject_id: int) -> dict[str, Any]:
    names = ("position", "record", "source", "reference", "about", "occurred", "published")
    return {name: getattr(one, name) for name in names} | {"subject_id": subject_id, "fields": json.dumps(one.fields)}


def _effect(row: tuple[Any, ...], catalogue: Catalogue, fields: Mapping[int, Mapping[str, Any]], day: date) -> Effect:
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
        _value_title(catalogue, measure, value),
        getattr(rule, "of", ""),
        score,
        _day(start),
        _day(end) if end else None,
        positions,
        why,
        tuple(words.why(words.Outcome(catalogue, measure, value, score, why), newest)),
        words.law(catalogue, rule),
        getattr(rule, "ends_sooner", ""),
        day,
    )


def _value_title(catalogue: Catalogue, measure: str, value: str | None) -> str:
    if scheme := catalogue.schemes.get(measure):
        return next((band.title for band in scheme.bands if band.grade == value), "")
    steps = {name: step for case in catalogue.cases.values() for name, step in case.steps.items()}
    return steps[value].title if value in steps else ""
