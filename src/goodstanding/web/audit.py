"""Whether sources agree with their own findings; an exception shows to those who may see its record."""

from __future__ import annotations

import datetime

from goodstanding.access import Action, Actor, Decision, Resource, may
from goodstanding.register import agreement as register
from goodstanding.register import catalogues, file
from goodstanding.register.moment import Moment
from goodstanding.register.store import rows
from goodstanding.web import actors
from goodstanding.web.about import counted
from goodstanding.web.shapes import rules as shapes

SHOWN = 200


def agreement_of(name: str, day: datetime.date, actor: Actor) -> shapes.AgreementPart:
    """The agreement of a catalogue's sources on a day, with the exceptions that the actor may see."""
    found = worked_out(name, day)
    seen = [one for one in found.differences[:SHOWN] if _may_see(one.position, actor)]
    names = {one.id: one.name for one in catalogues.get(name).catalogue.sources}
    return shapes.AgreementPart(
        catalogue=name,
        at=found.at,
        published=found.published,
        agree=found.agree,
        differ=found.differ,
        unproven=found.unproven,
        by_source=[
            shapes.SourceLine(source=source, name=names.get(source, source), **counts)
            for source, counts in found.by_source.items()
        ],
        differences=[_difference(one) for one in seen],
        withheld=found.differ - len(seen),
    )


@counted
def worked_out(name: str, day: datetime.date) -> register.Agreement:
    """The same for whoever runs the register; worked out once for each ledger size."""
    return register.agreement(name, day)


def _difference(one: register.Difference) -> shapes.Difference:
    return shapes.Difference(
        position=one.position,
        source=one.source,
        reference=one.reference,
        published=one.published,
        follows=one.follows,
        why=one.why,
    )


def _may_see(position: int, actor: Actor) -> bool:
    found = rows("SELECT subject_id FROM record WHERE position = %s", [position])
    return bool(found) and may_see_record(int(found[0][0]), position, actor).allowed


def may_see_record(subject_id: int, position: int, actor: Actor) -> Decision:
    """Whether an actor may see the record at a position, which is about that subject."""
    who, known = file.subject(subject_id), file.records_of(subject_id)
    effects = file.effects_of(subject_id, known, Moment(actors.today()))
    shown = any(position in one.because for one in effects if one.holds and is_public(one))
    sources = frozenset(one.source for one in known)
    return may(actor, Action.SEE_RECORD, Resource(who.kind, frozenset(who.identifiers), sources, shown))


def is_public(effect: file.Effect) -> bool:
    """Whether anybody may see an effect while it holds: an audience of relying parties says who may rest on it."""
    return effect.audience != "parties"
