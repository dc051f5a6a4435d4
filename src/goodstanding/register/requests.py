"""Cases that a subject opens: it disputes a record, or that a record is about it; it asks for repair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from goodstanding.access import Actor
from goodstanding.access.acts import CaseResource, may_act
from goodstanding.catalogue.model import Catalogue, Term
from goodstanding.catalogue.periods import Period
from goodstanding.errors import BadInput, NotAllowed, NotFound, NotPossible
from goodstanding.ledger import store as ledger
from goodstanding.procedure.hearing import DISPUTES, Act, Phase
from goodstanding.register import catalogues, file, hearing_effects, hearing_rows
from goodstanding.register.hearings import Hearing, alone, append, checked, hearing
from goodstanding.register.moment import Moment

Evidence = Sequence[Mapping[str, Any]]
_OPEN = (Phase.ASKED, Phase.REFUSAL_APPEALED)


def dispute(
    record: int, actor: Actor, day: date, recorded_at: datetime, text: str, link: bool = False,
    evidence: Evidence = (),
) -> Hearing:  # fmt: skip
    """The case in which a subject says that a record is wrong, or (`link`) that it is not about it."""
    kind = Act.DISPUTE_LINK if link else Act.DISPUTE_RECORD
    return alone(lambda: _dispute(kind, record, actor, day, recorded_at, text, evidence))


def _dispute(
    kind: Act, record: int, actor: Actor, day: date, recorded_at: datetime, text: str, evidence: Evidence
) -> int:
    stated = _record(record, actor, kind)
    if stated.replaced_at is not None:
        raise NotPossible("Something took this record's place.", remedy=f"the record at {stated.replaced_at}")
    before = _refuse_open(stated, kind, day)
    code = {"code": hearing_rows.AGAIN} if any(_refused(one, day) for one in before) else {}
    return _open(kind, record, actor, day, recorded_at, text, evidence, **code)


def ask_repair(
    about: int, actor: Actor, day: date, recorded_at: datetime, text: str, evidence: Evidence = ()
) -> Hearing:
    """The case in which a subject asks to come off a list that rests on the record or case at a position."""
    return alone(lambda: _ask_repair(about, actor, day, recorded_at, text, evidence))


def _ask_repair(about: int, actor: Actor, day: date, recorded_at: datetime, text: str, evidence: Evidence) -> int:
    stated = _record(about, actor, Act.ASK_REPAIR)
    _refuse_repair(stated, day)
    return _open(Act.ASK_REPAIR, about, actor, day, recorded_at, text, evidence)


def why_no_repair(stated: file.Record, day: date) -> str:
    """Why repair cannot be asked for on a day of what rests on a record; nothing where it can."""
    try:
        _refuse_repair(stated, day)
    except NotPossible as refused:
        return refused.message
    return ""


def _refuse_repair(stated: file.Record, day: date) -> None:
    about = stated.position
    listings = [one for one in _effects(stated, day) if one.kind == "listing" and about in one.because and one.holds]
    if not listings:
        raise NotPossible("No listing rests on this.", remedy="a record that a listing in force rests on")
    earliest = earliest_repair(catalogues.get(stated.catalogue).catalogue, listings[0])
    if day < earliest:
        raise NotPossible(
            f"Repair can be asked for from {earliest} on.", remedy="performance, confirmed, ends it sooner"
        )
    _refuse_open(stated, Act.ASK_REPAIR, day)


def disputed(subject_id: int, at: date, size: int) -> dict[int, date]:
    """The records of a subject that are under an open dispute of its own at a day, as of a ledger size; since when."""
    found: dict[int, date] = {}
    spans = hearing_effects.as_of(subject_id, size)
    begun = {one["case_position"]: one["valid_from"] for one in reversed(spans.rows)}
    kinds = {row["position"]: row["act"] for row in hearing_rows.cases_of(subject_id, size)} if spans.rows else {}
    for one in spans.rows:
        since, until = one["valid_from"], one["valid_to"]
        open_then = one["phase"] in _OPEN and since <= at and (until is None or at < until)
        if open_then and kinds[one["case_position"]] in DISPUTES:
            about, first = spans.about[one["case_position"]], begun[one["case_position"]]
            found[about] = min(found.get(about, first), first)
    return found


def _record(position: int, actor: Actor, kind: Act) -> file.Record:
    found = file.at(position)
    if found is None:
        raise NotFound(f"There is no record {position}.", remedy="a record on your file")
    subject_id, stated = found
    who = file.subject(subject_id)
    allowed = may_act(actor, kind, CaseResource(frozenset(who.identifiers), stated.source, asked_by_subject=True))
    if not allowed.allowed:
        raise NotAllowed("This act is not yours on this file.", remedy=allowed.because)
    return stated


def _effects(stated: file.Record, day: date) -> list[file.Effect]:
    subject_id, _stated = file.at(stated.position) or (0, stated)
    return file.effects_of(subject_id, file.records_of(subject_id), Moment(day, day))


def earliest_repair(catalogue: Catalogue, listing: file.Effect) -> date:
    """The first day on which repair can be asked for of a listing, as its rules have it."""
    case = catalogue.cases.get(catalogue.lists[listing.measure].case or "")
    waits = (
        [step.not_before for step in case.steps.values() if step.role == "repair" and step.not_before] if case else []
    )
    return min(
        (_longest(wait).after(listing.valid_from, catalogue.month_sums) for wait in waits), default=listing.valid_from
    )


def _longest(wait: Period | Term) -> Period:
    return max(wait.terms.values()) if isinstance(wait, Term) else wait


def _refuse_open(stated: file.Record, kind: Act, day: date) -> list[Hearing]:
    """The earlier cases of the kind about a record; raises NotPossible where one is still open."""
    subject_id, _stated = file.at(stated.position) or (0, stated)
    rows = hearing_rows.cases_of(subject_id, ledger.size())
    kinds = DISPUTES if kind in DISPUTES else {kind}
    before = [hearing(row["position"]) for row in rows if row["about"] == stated.position and row["act"] in kinds]
    for one in before:
        if one.case.phase(day) in _OPEN:
            raise NotPossible(f"{one.reference} is open about this already.", remedy="more can be said in that case")
    return before


def _refused(one: Hearing, day: date) -> bool:
    return one.case.phase(day) in (Phase.ENDED, Phase.REFUSED) and all(
        each.act is not Act.WITHDRAW for each in one.case.done
    )


def _open(
    kind: Act, about: int, actor: Actor, day: date, recorded_at: datetime, text: str, evidence: Evidence,
    **more: str,
) -> int:  # fmt: skip
    if not text.strip():
        raise BadInput("Nothing is said.", where="text", remedy="what is wrong, and why")
    content = checked({"text": text, "evidence": [dict(one) for one in evidence]}) | {"disputed": about} | more
    return append(kind, content, actor, day, recorded_at)
