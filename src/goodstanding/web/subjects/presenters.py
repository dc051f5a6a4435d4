"""From what the register gives to what an answer says: subjects, records, effects, and the events behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from goodstanding.catalogue.conditions import NUMBER, parse_condition
from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.primitives import LegalRule
from goodstanding.catalogue.procedures import CaseRule
from goodstanding.catalogue.records import RecordType
from goodstanding.ledger.proofs import list_event_stamps
from goodstanding.register.cases.public_replies import list_current_replies
from goodstanding.register.cases.subject_requests import list_disputed_records
from goodstanding.register.files.case_steps import list_public_acts
from goodstanding.register.files.effects import Effect
from goodstanding.register.files.record_display import is_document_number
from goodstanding.register.files.records import Record
from goodstanding.register.files.subjects import Subject
from goodstanding.register.rules.enacted_catalogues import find_rules_of_version
from goodstanding.register.storage.event_kinds import EventKind
from goodstanding.web.schemas.page_frame import SubjectSummary
from goodstanding.web.subjects.schemas import (
    EffectSchema,
    GradeSchema,
    ListingSchema,
    ListingStep,
    OwnWords,
    RecordFieldLine,
    RecordSchema,
    ScoreLine,
)
from goodstanding.web.wording.case_terms import name_act
from goodstanding.web.wording.legal_basis import present_legal_basis

Rules = Mapping[str, Catalogue]
Records = Mapping[int, Record]


class EventStamp(NamedTuple):
    """When an event was recorded, and the commitment that the ledger publishes for it."""

    recorded_at: datetime
    commitment: str


class Annotations(NamedTuple):
    """What stands beside entries, by the record they rest on: since when it is disputed, and what the subject says."""

    disputed: Mapping[int, date] = MappingProxyType({})
    words: Mapping[int, OwnWords] = MappingProxyType({})


NO_ANNOTATIONS = Annotations()


def load_annotations(
    subject: Subject, records: Iterable[int], at: date, size: int, known_size: int | None
) -> Annotations:
    """What stands at a day beside entries that rest on some records of a subject; `known` is None for all there is."""
    return Annotations(list_disputed_records(subject.id, at, size), load_own_words(records, known_size))


def load_own_words(records: Iterable[int], known_size: int | None = None) -> dict[int, OwnWords]:
    """What subjects say beside entries that rest on some records, by record."""
    replies_by_record = list_current_replies(records, known_size)
    return {
        position: OwnWords(text=reply.text, day=reply.day, position=reply.position)
        for position, reply in replies_by_record.items()
    }


def load_event_stamps(positions: Iterable[int]) -> dict[int, EventStamp]:
    """The stamps of events, by position."""
    return {
        position: EventStamp(datetime.fromisoformat(recorded_at), commitment.hex())
        for position, recorded_at, commitment in list_event_stamps(positions)
    }


def present_subject(subject: Subject) -> SubjectSummary:
    """A subject as a line names it."""
    return SubjectSummary(
        identifier=subject.identifier,
        name=subject.name,
        kind=subject.kind,
        region=subject.region,
        sector=subject.sector,
    )


def present_record(
    record: Record, rules: Rules, party: bool, stamps: Mapping[int, EventStamp], size: int
) -> RecordSchema:
    """A record: coded fields for anybody, free text for the parties (charter article 2)."""
    rule = rules[record.catalogue].records[record.record]
    stamp = stamps.get(record.position)
    fields = present_fields(record, rule, party)
    return RecordSchema(
        position=record.position,
        title=record.title,
        catalogue=record.catalogue,
        source=record.source,
        source_name=record.source_name,
        reference=record.reference if party or is_document_number(record.reference) else "",
        version=record.version,
        occurred=record.occurred,
        stated=record.stated,
        recorded_at=stamp.recorded_at if stamp else None,
        published=record.published,
        fields=fields,
        withheld=len([name for name in record.fields if name in rule.fields]) - len(fields),
        row=record.row,
        replaced=record.replaced_at is not None
        and record.replaced_at < size
        and record.event != EventKind.RECORD_WITHDRAWN,
        withdrawn=record.event == EventKind.RECORD_WITHDRAWN,
        commitment=stamp.commitment if stamp else None,
    )


def present_fields(record: Record, rule: RecordType, party: bool) -> list[RecordFieldLine]:
    """What a record states, in the order in which its type declares the fields."""
    return [
        RecordFieldLine(
            field=name,
            title=declared.title,
            value=record.fields[name],
            day=date.fromisoformat(record.fields[name]) if declared.type == "date" else None,
        )
        for name, declared in rule.fields.items()
        if name in record.fields and (declared.public or party)
    ]


def present_effect(effect: Effect, rules: Rules, entry_annotations: Annotations = NO_ANNOTATIONS) -> EffectSchema:
    """Something that holds."""
    return EffectSchema.model_validate(_build_effect_values(effect, rules, entry_annotations))


def _build_effect_values(effect: Effect, rules: Rules, entry_annotations: Annotations) -> dict[str, Any]:
    catalogue = _find_rules(effect, rules)
    subject_words = (
        [entry_annotations.words[position] for position in effect.because if position in entry_annotations.words]
        if effect.kind in ("listing", "grade")
        else []
    )
    return {
        "catalogue": effect.catalogue,
        "catalogue_title": catalogue.title,
        "version": effect.version,
        "measure": effect.measure,
        "kind": effect.kind,
        "title": effect.title,
        "audience": effect.audience.split(", "),
        "value": effect.value,
        "value_title": effect.value_title,
        "of": effect.of,
        "score": effect.score,
        "valid_from": effect.valid_from,
        "valid_to": effect.valid_to,
        "day": effect.day,
        "because": list(effect.because),
        "sentences": list(effect.sentences),
        "rule": _get_rule_text(catalogue, effect.measure),
        "reason": present_legal_basis(effect.law),
        "ends_sooner": effect.ends_sooner,
        "disputed_since": min(
            (
                entry_annotations.disputed[position]
                for position in effect.because
                if position in entry_annotations.disputed
            ),
            default=None,
        ),
        "own_words": subject_words[-1] if subject_words else None,
    }


def _find_rules(effect: Effect, rules: Rules) -> Catalogue:
    return find_rules_of_version(rules[effect.catalogue], effect.version)


def _get_rule_text(catalogue: Catalogue, measure: str) -> str:
    kinds: tuple[Mapping[str, LegalRule], ...] = (
        catalogue.schemes,
        catalogue.lists,
        catalogue.measures,
        catalogue.cases,
    )
    return next(kind[measure].says for kind in kinds if measure in kind)


def present_grade(
    effect: Effect,
    rules: Rules,
    records: Records,
    sources: Mapping[int, str],
    entry_annotations: Annotations = NO_ANNOTATIONS,
) -> GradeSchema:
    """A grade; and the figures behind it and what its source published, where the record behind it is shown."""
    newest = records.get(effect.because[-1]) if effect.because else None
    return GradeSchema(
        **_build_effect_values(effect, rules, entry_annotations),
        scores=_present_scores(_find_rules(effect, rules), effect.measure, newest) if effect.score is not None else [],
        source_name=_get_source_name(effect, sources),
        occurred=newest.occurred if newest else None,
        published=newest.published if newest else None,
        unproven=effect.why == "unproven",
    )


def _get_source_name(effect: Effect, sources: Mapping[int, str]) -> str:
    return sources.get(effect.because[-1], "") if effect.because else ""


def _present_scores(catalogue: Catalogue, measure: str, newest: Record | None) -> list[ScoreLine]:
    scheme = catalogue.schemes[measure]
    if newest is None or newest.record != scheme.record:
        return []
    declared = catalogue.records[scheme.record].fields
    read = _list_read_fields(catalogue, scheme.score or "0", scheme.record)
    return [
        ScoreLine(title=declared[name].title, value=newest.fields[name])
        for name in declared
        if name in read and name in newest.fields and declared[name].type == "integer"
    ]


@lru_cache(maxsize=256)
def _list_read_fields(catalogue: Catalogue, score: str, record_type: str) -> tuple[str, ...]:
    types = {name: rule.type for name, rule in catalogue.records[record_type].fields.items()}
    return parse_condition(score, types, "score", NUMBER).reads


def present_listing(
    effect: Effect,
    rules: Rules,
    records: Records,
    sources: Mapping[int, str],
    entry_annotations: Annotations = NO_ANNOTATIONS,
) -> ListingSchema:
    """A listing, and the dated steps of its case that led to it, where the record behind it is shown."""
    catalogue = _find_rules(effect, rules)
    cases = [catalogue.cases[name] for name in catalogue.behind(effect.measure)]
    underlying_records = [records[position] for position in effect.because if position in records]
    stated_steps = (
        step
        for record in underlying_records
        for case in cases
        for step in _present_stated_steps(record, case, catalogue, effect)
    )
    is_heard = effect.case is not None and underlying_records
    steps = _present_case_steps(effect.case or 0, effect.day) if is_heard else stated_steps
    return ListingSchema(
        **_build_effect_values(effect, rules, entry_annotations),
        source_name=_get_source_name(effect, sources),
        steps=sorted((step for step in steps if step.day <= effect.valid_from), key=lambda step: step.day),
    )


def _present_case_steps(case: int, at: date) -> Iterable[ListingStep]:
    """The steps of a case heard here that led to a listing."""
    return (ListingStep(day=day, title=name_act(act), says="") for act, day in list_public_acts(case, at))


def _present_stated_steps(
    record: Record, case: CaseRule, catalogue: Catalogue, effect: Effect
) -> Iterable[ListingStep]:
    """The steps that a record dates; the words of a step stand beside the one that the listing rests on."""
    fields = catalogue.records[record.record].fields
    for name, step in case.steps.items():
        if (step.record or case.record) != record.record:
            continue
        for on in (step.on, step.public_on):
            if day := _find_step_day(record, on):
                title = fields[on].title if on in fields else step.title
                yield ListingStep(
                    day=day, title=title, says=step.says if name == effect.value and on == step.on else ""
                )


def _find_step_day(record: Record, on: str | None) -> date | None:
    if on == "occurred":
        return record.occurred
    text = record.fields.get(on) if on else None
    return date.fromisoformat(text) if isinstance(text, str) else None
