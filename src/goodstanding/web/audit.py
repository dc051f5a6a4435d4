"""Whether sources agree with their own findings; an exception shows to those who may see its record."""

from __future__ import annotations

import datetime

from goodstanding.access import Action, Actor, Decision, Resource, may
from goodstanding.register import agreement as register
from goodstanding.register import catalogues, file
from goodstanding.register.moment import PointInTime
from goodstanding.register.store import fetch_rows
from goodstanding.web import actors
from goodstanding.web.about import cache_by_ledger_size
from goodstanding.web.shapes import rules as shapes

SHOWN_DIFFERENCES = 200


def present_agreement(name: str, day: datetime.date, actor: Actor) -> shapes.AgreementSchema:
    """The agreement of a catalogue's sources on a day, with the exceptions that the actor may see."""
    agreement = get_cached_agreement(name, day)
    visible_differences = [
        difference
        for difference in agreement.differences[:SHOWN_DIFFERENCES]
        if _may_see_difference(difference.position, actor)
    ]
    names = {source.id: source.name for source in catalogues.get_enacted(name).catalogue.sources}
    return shapes.AgreementSchema(
        catalogue=name,
        at=agreement.at,
        published=agreement.published,
        agree=agreement.agree,
        differ=agreement.differ,
        unproven=agreement.unproven,
        by_source=[
            shapes.SourceAgreement(source=source_id, name=names.get(source_id, source_id), **counts)
            for source_id, counts in agreement.by_source.items()
        ],
        differences=[_present_difference(difference) for difference in visible_differences],
        withheld=agreement.differ - len(visible_differences),
    )


@cache_by_ledger_size
def get_cached_agreement(name: str, day: datetime.date) -> register.Agreement:
    """The same for whoever runs the register; worked out once for each ledger size."""
    return register.measure_agreement(name, day)


def _present_difference(difference: register.OutcomeDifference) -> shapes.AgreementDifference:
    return shapes.AgreementDifference(
        position=difference.position,
        source=difference.source,
        reference=difference.reference,
        published=difference.published,
        follows=difference.follows,
        why=difference.why,
    )


def _may_see_difference(position: int, actor: Actor) -> bool:
    subject_rows = fetch_rows("SELECT subject_id FROM record WHERE position = %s", [position])
    return bool(subject_rows) and may_see_record(int(subject_rows[0][0]), position, actor).allowed


def may_see_record(subject_id: int, position: int, actor: Actor) -> Decision:
    """Whether an actor may see the record at a position, which is about that subject."""
    subject, records = file.get_subject(subject_id), file.list_records(subject_id)
    effects = file.list_effects(subject_id, records, PointInTime(actors.get_today()))
    shown = any(position in effect.because for effect in effects if effect.holds and is_public_effect(effect))
    sources = frozenset(record.source for record in records)
    return may(actor, Action.SEE_RECORD, Resource(subject.kind, frozenset(subject.identifiers), sources, shown))


def is_public_effect(effect: file.Effect) -> bool:
    """Whether anybody may see an effect while it holds: an audience of relying parties says who may rest on it."""
    return effect.audience != "parties"
