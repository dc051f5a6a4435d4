"""From what the register gives to what an answer says: subjects, records, effects, and the events behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from goodstanding.catalogue.conditions import NUMBER, condition
from goodstanding.catalogue.model import Based, Case, Catalogue, RecordType
from goodstanding.ledger.models import Event
from goodstanding.procedure.hearing import Act, Phase
from goodstanding.register import replies, requests, words
from goodstanding.register.file import Effect, Record, Subject
from goodstanding.register.hearings import hearing
from goodstanding.web.hearings import said
from goodstanding.web.shapes import Named, Reason
from goodstanding.web.shapes import subjects as shapes

_HEARD = "hearing:"  # how `why` begins of what a case heard here decided
_DECIDED = (Act.DECIDE, Act.SERVE_DECISION, Act.IMPOSE_INTERIM)
Rules = Mapping[str, Catalogue]
Records = Mapping[int, Record]


class Stamp(NamedTuple):
    """When an event was recorded, and the commitment that the ledger publishes for it."""

    recorded_at: datetime
    commitment: str


class Beside(NamedTuple):
    """What stands beside entries, by the record they rest on: since when it is disputed, and what the subject says."""

    disputed: Mapping[int, date] = MappingProxyType({})
    words: Mapping[int, shapes.OwnWords] = MappingProxyType({})


NOTHING = Beside()


def beside(one: Subject, records: Iterable[int], at: date, size: int, known: int | None) -> Beside:
    """What stands at a day beside entries that rest on some records of a subject; `known` is None for all there is."""
    return Beside(requests.disputed(one.id, at, size), own_words(records, known))


def own_words(records: Iterable[int], known: int | None = None) -> dict[int, shapes.OwnWords]:
    """What subjects say beside entries that rest on some records, by record."""
    found = replies.beside(records, known)
    return {at: shapes.OwnWords(text=one.text, day=one.day, position=one.position) for at, one in found.items()}


def stamps(positions: Iterable[int]) -> dict[int, Stamp]:
    """The stamps of events, by position."""
    found = Event.objects.filter(position__in=list(positions)).values_list("position", "recorded_at", "commitment")
    return {at: Stamp(datetime.fromisoformat(when), bytes(said).hex()) for at, when, said in found}


def named(one: Subject) -> Named:
    """A subject as a line names it."""
    return Named(identifier=one.identifier, name=one.name, kind=one.kind, region=one.region, sector=one.sector)


def reason(law: words.Law | None) -> Reason | None:
    """The article a rule rests on."""
    if law is None:
        return None
    return Reason(citation=law.citation, title=law.title, verified=law.verified, note=law.note)


def record(one: Record, rules: Rules, party: bool, stamped: Mapping[int, Stamp], size: int) -> shapes.Record:
    """A record: coded fields for anybody, free text for the parties (charter article 2)."""
    rule = rules[one.catalogue].records[one.record]
    stamp = stamped.get(one.position)
    fields = stated(one, rule, party)
    return shapes.Record(
        position=one.position,
        title=one.title,
        catalogue=one.catalogue,
        source=one.source,
        source_name=one.source_name,
        reference=one.reference,
        version=one.version,
        occurred=one.occurred,
        stated=one.stated,
        recorded_at=stamp.recorded_at if stamp else None,
        published=one.published,
        fields=fields,
        withheld=len([name for name in one.fields if name in rule.fields]) - len(fields),
        row=one.row,
        replaced=one.replaced_at is not None and one.replaced_at < size and one.event != "RecordWithdrawn",
        withdrawn=one.event == "RecordWithdrawn",
        commitment=stamp.commitment if stamp else None,
    )


def stated(one: Record, rule: RecordType, party: bool) -> list[shapes.Field]:
    """What a record states, in the order in which its type declares the fields."""
    return [
        shapes.Field(
            field=name,
            title=declared.title,
            value=one.fields[name],
            day=date.fromisoformat(one.fields[name]) if declared.type == "date" else None,
        )
        for name, declared in rule.fields.items()
        if name in one.fields and (declared.public or party)
    ]


def effect(one: Effect, rules: Rules, besides: Beside = NOTHING) -> shapes.Effect:
    """Something that holds."""
    return shapes.Effect.model_validate(_effect(one, rules, besides))


def _effect(one: Effect, rules: Rules, besides: Beside) -> dict[str, Any]:
    catalogue = rules[one.catalogue]
    said = [besides.words[at] for at in one.because if at in besides.words] if one.kind in ("listing", "grade") else []
    return {
        "catalogue": one.catalogue,
        "catalogue_title": catalogue.title,
        "measure": one.measure,
        "kind": one.kind,
        "title": one.title,
        "audience": one.audience.split(", "),
        "value": one.value,
        "value_title": one.value_title,
        "of": one.of,
        "score": one.score,
        "valid_from": one.valid_from,
        "valid_to": one.valid_to,
        "day": one.day,
        "because": list(one.because),
        "sentences": list(one.sentences),
        "rule": _says(catalogue, one.measure),
        "reason": reason(one.law),
        "ends_sooner": one.ends_sooner,
        "disputed_since": min((besides.disputed[at] for at in one.because if at in besides.disputed), default=None),
        "own_words": said[-1] if said else None,
    }


def _says(catalogue: Catalogue, measure: str) -> str:
    kinds: tuple[Mapping[str, Based], ...] = (catalogue.schemes, catalogue.lists, catalogue.measures, catalogue.cases)
    return next(kind[measure].says for kind in kinds if measure in kind)


def grade(one: Effect, rules: Rules, records: Records, besides: Beside = NOTHING) -> shapes.Grade:
    """A grade, the figures behind it, and what its source published."""
    newest = records.get(one.because[-1]) if one.because else None
    return shapes.Grade(
        **_effect(one, rules, besides),
        scores=_scores(rules[one.catalogue], one.measure, newest) if one.score is not None else [],
        source_name=newest.source_name if newest else "",
        occurred=newest.occurred if newest else None,
        published=newest.published if newest else None,
        unproven=one.why == "unproven",
    )


def _scores(catalogue: Catalogue, measure: str, newest: Record | None) -> list[shapes.Score]:
    scheme = catalogue.schemes[measure]
    if newest is None or newest.record != scheme.record:
        return []
    declared = catalogue.records[scheme.record].fields
    read = _reads(catalogue, scheme.score or "0", scheme.record)
    return [
        shapes.Score(title=declared[name].title, value=newest.fields[name])
        for name in declared
        if name in read and name in newest.fields and declared[name].type == "integer"
    ]


@lru_cache(maxsize=256)
def _reads(catalogue: Catalogue, score: str, record_type: str) -> tuple[str, ...]:
    types = {name: rule.type for name, rule in catalogue.records[record_type].fields.items()}
    return condition(score, types, "score", NUMBER).reads


def listing(one: Effect, rules: Rules, records: Records, besides: Beside = NOTHING) -> shapes.Listing:
    """A listing, and the dated steps of its case that led to it."""
    catalogue = rules[one.catalogue]
    cases = [catalogue.cases[name] for name in catalogue.behind(one.measure)]
    rested = [records[position] for position in one.because if position in records]
    stated = (each for held in rested for case in cases for each in _steps(held, case, catalogue, one))
    steps = _heard_steps(one) if one.why.startswith(_HEARD) else stated
    return shapes.Listing(
        **_effect(one, rules, besides),
        source_name=rested[-1].source_name if rested else "",
        steps=sorted((step for step in steps if step.day <= one.valid_from), key=lambda step: step.day),
    )


def _heard_steps(one: Effect) -> Iterable[shapes.Step]:
    """The steps of a case heard here that led to a listing; those before the decision only once that is final."""
    held = hearing(int(one.why.removeprefix(_HEARD)))
    span = held.span(one.day)
    shown = _DECIDED if span is None or span.phase is not Phase.FINAL else (Act.SERVE_NOTICE, *_DECIDED)
    for each in held.acts:
        if each.act in shown:
            yield shapes.Step(day=each.day, title=said.act(each.act), says="")


def _steps(held: Record, case: Case, catalogue: Catalogue, one: Effect) -> Iterable[shapes.Step]:
    """The steps that a record dates; the words of a step stand beside the one that the listing rests on."""
    fields = catalogue.records[held.record].fields
    for name, step in case.steps.items():
        if (step.record or case.record) != held.record:
            continue
        for on in (step.on, step.public_on):
            if day := _dated(held, on):
                title = fields[on].title if on in fields else step.title
                yield shapes.Step(day=day, title=title, says=step.says if name == one.value and on == step.on else "")


def _dated(held: Record, on: str | None) -> date | None:
    if on == "occurred":
        return held.occurred
    said = held.fields.get(on) if on else None
    return date.fromisoformat(said) if isinstance(said, str) else None
