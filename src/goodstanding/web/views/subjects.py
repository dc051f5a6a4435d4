"""A subject's file, as whoever asks may see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.http import HttpRequest

from goodstanding.access import ANYBODY, Action, Actor, Resource, may
from goodstanding.catalogue.model import Catalogue
from goodstanding.register import catalogues, erased, file
from goodstanding.register.file import SubjectFile
from goodstanding.register.moment import opening_days
from goodstanding.subjects import SCHEMES, Identifier
from goodstanding.web import actors, asking, facts, retaining
from goodstanding.web.about import about
from goodstanding.web.pages import page
from goodstanding.web.shapes import subjects as shapes

Proofs = Mapping[int, facts.Stamp]
Rules = Mapping[str, Catalogue]


def build(request: HttpRequest, identifier: str) -> shapes.SubjectPage:
    """The file of whoever holds an identifier, at the moment asked about; a party's look is noted."""
    actor, moment = actors.actor_of(request), asking.moment_of(request)
    said = about()
    held = file.subject_file(asking.checked(identifier, "identifier"), moment, actor, said.ledger_size)
    party = is_party(actor, held)
    if party:
        actors.log_look_up(actor, held.subject.identifier, request.get_full_path()[:500])
    rules = {name: one.catalogue for name, one in catalogues.enacted().items()}
    stamps = facts.stamps(one.position for one in held.records)
    records = {one.position: one for one in held.records}
    besides = facts.beside(held.subject, records, moment.at or moment.today, held.size, moment.size)
    return shapes.SubjectPage(
        about=said,
        subject=facts.named(held.subject),
        other_names=list(held.subject.other_names),
        identifiers=[_identified(text) for text in held.subject.identifiers],
        days=_days(held, rules, party),
        today=moment.today,
        at=moment.at,
        known=moment.size,
        party=party,
        because=held.allowed.because,
        grades=[facts.grade(one, rules, records, besides) for one in held.grades],
        listings=[facts.listing(one, rules, records, besides) for one in held.listings],
        measures=[facts.effect(one, rules, besides) for one in held.measures],
        records=[facts.record(one, rules, party, stamps, held.size) for one in held.records],
        cases=[facts.effect(one, rules) for one in held.cases] if party else None,
        history=_history(held, rules, stamps) if party else None,
        look_ups=_look_ups(held.subject.identifier) if party else None,
        kept=retaining.kept(held.subject.id, rules) if party else None,
        erased=retaining.gone(erased.of_subject(held.subject.id)) if party else None,
    )


view = page("subject")(build)


def is_party(actor: Actor, held: SubjectFile) -> bool:
    """Whether the actor may see what is between the parties of this file."""
    if actor == ANYBODY:
        return False
    sources = frozenset(one.source for one in file.records_of(held.subject.id))
    resource = Resource(held.subject.kind, frozenset(held.subject.identifiers), sources)
    return may(actor, Action.SEE_PARTIES, resource).allowed


def _identified(text: str) -> shapes.Identified:
    identifier = Identifier.parse(text)
    scheme = SCHEMES.get(identifier.scheme)
    return shapes.Identified(
        text=text, scheme=scheme.title if scheme else identifier.scheme, problems=list(identifier.problems())
    )


def _days(held: SubjectFile, rules: Rules, party: bool) -> list[shapes.Day]:
    """The days of the catalogues at work; to name one that has nothing in force would tell of a case."""
    opening = opening_days() if held.moment.at is None else {}
    shown = {one.catalogue for one in (*held.grades, *held.listings, *held.measures)}
    return [
        shapes.Day(
            catalogue=name,
            title=rules[name].title,
            day=day,
            opening=name in opening,
            days_old=(held.moment.today - day).days,
        )
        for name, day in held.days.items()
        if party or name in shown
    ]


def _history(held: SubjectFile, rules: Rules, stamps: Proofs) -> list[shapes.Past]:
    newest_first = sorted(held.history, key=lambda one: one.valid_from, reverse=True)
    return [
        shapes.Past(
            title=one.title,
            value=_value(one),
            valid_from=one.valid_from,
            valid_to=one.valid_to,
            holds=one.holds,
            because=list(one.because),
            known_since=_known_since(one.because, stamps),
        )
        for one in newest_first
    ]


def _value(one: file.Effect) -> str:
    return one.value_title or one.value or (one.sentences[0] if one.sentences else "")


def _known_since(because: Iterable[int], stamps: Proofs) -> datetime | None:
    return max((stamps[position].recorded_at for position in because if position in stamps), default=None)


def _look_ups(identifier: str) -> list[shapes.LookedUp]:
    return [
        shapes.LookedUp(at=one.at, name=one.name, role=one.role, scope=one.scope, opened=one.opened)
        for one in actors.look_ups(identifier)
    ]
