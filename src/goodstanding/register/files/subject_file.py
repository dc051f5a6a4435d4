"""One subject's file: who it is, what holds, the records it rests on; filtered by who asks and about which moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from goodstanding.access import Action, Actor, Decision, list_visible_audiences, may
from goodstanding.errors import NotAllowed, NotFound
from goodstanding.messages import Message, RegisterMessage
from goodstanding.register.files.effects import Effect, conceal_figures, list_effects
from goodstanding.register.files.file_access import (
    get_subject_resource,
    get_visible_subject_id,
    list_public_positions,
)
from goodstanding.register.files.point_in_time import PointInTime
from goodstanding.register.files.records import Record, list_records
from goodstanding.register.files.subjects import Subject, get_subject


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


def get_subject_file(text: str, moment: PointInTime, actor: Actor, size_now: int) -> SubjectFile:
    """The file of whoever holds an identifier; raises BadIdentifier, NotFound, or NotAllowed for another moment.

    To whoever is no party, a subject about which nothing public is in force is not there.
    """
    subject = get_subject(get_visible_subject_id(text, actor, moment.at_present()))
    records = list_records(subject.id)
    resource = get_subject_resource(subject, moment.today)
    allowed = may(actor, Action.SEE_NOW if moment.is_now else Action.SEE_PAST, resource)
    if not allowed.allowed:
        raise NotAllowed(Message(RegisterMessage.FILE_OPEN_NOW_ONLY), remedy=allowed.because)
    if moment.size is not None and subject.id >= moment.size:
        raise NotFound(Message(RegisterMessage.SUBJECT_NOT_RECORDED_THEN, {"identifier": text}))
    audiences = set(list_visible_audiences(actor, resource))
    effects = _list_visible_effects(list_effects(subject.id, records, moment), audiences)
    return _build_subject_file(
        subject,
        moment,
        size_now if moment.size is None else moment.size,
        allowed,
        effects,
        records,
        "parties" in audiences,
    )


def _list_visible_effects(effects: list[Effect], audiences: set[str]) -> list[Effect]:
    """The effects that are for these audiences, and the measures that rest on one of them: none shows more.

    The parties see all of them, of every time.
    """
    if "parties" in audiences:
        return effects
    grounds = {
        (effect.catalogue, effect.measure) for effect in effects if effect.holds and effect.audience in audiences
    }
    return [
        effect
        for effect in effects
        if effect.audience in audiences or (effect.kind in _MEASURES and (effect.catalogue, effect.value) in grounds)
    ]


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
    open_positions = {record.position for record in records} if party else list_public_positions(holding, records)
    shown = [record for record in records if record.position < size and record.position in open_positions]
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
        tuple(
            effect if open_positions.issuperset(effect.because[-1:]) else conceal_figures(effect)
            for effect in by_kind["grade"]
        ),
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
