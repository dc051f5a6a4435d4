"""Acts in a case: which are possible, and each written down as one event, while nobody else appends."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.dispatch import Signal

from goodstanding import config
from goodstanding.access import Actor, Role
from goodstanding.access.case_acts import may_act
from goodstanding.errors import BadInput, NotAllowed, Overtaken
from goodstanding.ledger import store as ledger
from goodstanding.messages import CaseMessage, Message
from goodstanding.procedure.case_machine import apply_act, list_act_refusals
from goodstanding.procedure.case_states import DISPUTES, OPENING, Act, CompletedAct
from goodstanding.register.cases.case_file import AN_APPLICANT, LONGEST, SERVICE, CaseFile, get_case
from goodstanding.register.cases.reasons.reason_length import is_thin_reason
from goodstanding.register.files.case_queries import find_case_row
from goodstanding.register.files.point_in_time import PointInTime
from goodstanding.register.projection.projector import append_exclusively, catch_up
from goodstanding.register.storage.event_kinds import EventKind
from goodstanding.register.storage.event_text import check_event_line, refuse_if_forbidden_characters
from goodstanding.register.storage.lifecycle import load_signer
from goodstanding.register.storage.queries import fetch_rows

NAMES_OF_RECORD = ("catalogue", "record", "source", "reference")
case_changed = Signal()  # that an act in a case was appended, at a `position`; its transaction may still be open


def list_possible_acts(case_file: CaseFile, actor: Actor, at: date) -> dict[Act, Message | None]:
    """Every act with why this actor cannot do it in this case on a day; None where they can."""
    resource = case_file.resource(actor)
    steps = list_act_refusals(case_file.case, actor.name, at)
    decisions = {act: may_act(actor, act, resource) for act in steps if act not in OPENING}
    return {act: steps[act] if decision.allowed else decision.because for act, decision in decisions.items()}


def append_act(
    position: int, done: Act, actor: Actor, day: date, recorded_at: datetime, seen: int | None = None, **content: Any
) -> CaseFile:
    """The case after an act of `actor`; raises NotAllowed or NotPossible, and then nothing has changed.

    `seen` is how many acts the actor knows of: where there are others by now it is Overtaken. `said` goes into the
    event: `text` (word for word), `upheld`, `ends_on`, `evidence`, `service`, `proof`, `new`.
    """
    with append_exclusively():
        _append_checked_act(position, done, actor, day, recorded_at, seen, content)
    return get_case(position)


def _append_checked_act(
    position: int,
    done: Act,
    actor: Actor,
    day: date,
    recorded_at: datetime,
    seen: int | None,
    stated_content: Mapping[str, Any],
) -> None:
    case_file = get_case(position)
    allowed = may_act(actor, done, case_file.resource(actor))
    if not allowed.allowed:
        raise NotAllowed(Message(CaseMessage.ACT_NOT_YOURS_IN_CASE), where=case_file.reference, remedy=allowed.because)
    if seen is not None and seen != len(case_file.acts):
        raise Overtaken(Message(CaseMessage.CASE_CHANGED), where=case_file.reference)
    content = check_act_content(stated_content)
    apply_act(case_file.case, _build_done(done, actor, day, content))
    _refuse_if_repeated(case_file, done, content)
    _refuse_if_thin(done, content)
    append_case_event(
        done,
        content | {"case": position},
        actor,
        day,
        recorded_at,
        case_file.catalogue,
        *_build_consequent_events(case_file, done, content, day),
    )


def _refuse_if_repeated(case_file: CaseFile, done: Act, content: Mapping[str, Any]) -> None:
    """What was rejected before cannot be upheld unless the decision says what is new."""
    before = case_file.opened.body.get("objection")
    if done is Act.DECIDE and before is not None and content.get("upheld", True) and not content.get("new"):
        raise BadInput(Message(CaseMessage.CASE_UNDER_OBJECTION, {"case": before}), where="new")


def _refuse_if_thin(done: Act, content: Mapping[str, Any]) -> None:
    """No interim measure goes on by a word or two: it binds before it was decided, on these reasons alone."""
    if done is Act.HEAR_INTERIM and content.get("upheld", True) and is_thin_reason(str(content.get("text", ""))):
        raise BadInput(Message(CaseMessage.REASONS_THIN), where="text")


def _build_done(done: Act, actor: Actor, day: date, content: Mapping[str, Any]) -> CompletedAct:
    ends = date.fromisoformat(content["ends_on"]) if content.get("ends_on") else None
    return CompletedAct(done, day, actor.name, bool(content.get("upheld", True)), str(content.get("text", "")), ends)


def check_act_content(stated_content: Mapping[str, Any]) -> dict[str, Any]:
    """What goes into the event; raises BadInput for what no event holds."""
    filled_content = {name: value for name, value in stated_content.items() if value not in (None, "", ())}
    content = {name: value.isoformat() if isinstance(value, date) else value for name, value in filled_content.items()}
    if len(str(content.get("text", ""))) > LONGEST:
        raise BadInput(Message(CaseMessage.ACT_TEXT_TOO_LONG, {"most": LONGEST}), where="text")
    for name, value in content.items():
        if isinstance(value, str):
            refuse_if_forbidden_characters(value, name)
    if content.get("service", SERVICE[0]) not in SERVICE:
        raise BadInput(Message(CaseMessage.SERVICE_UNKNOWN, {"services": ", ".join(SERVICE)}), where="service")
    return content


def build_full_name(actor: Actor) -> dict[str, str]:
    """How letters name who acts, as an act's event has it; nothing where that is what they sign in with."""
    is_named = actor.full_name and actor.role is not Role.APPLICANT
    return {"full_name": check_event_line(actor.full_name, "full_name")} if is_named else {}


def build_act_body(content: Mapping[str, Any], actor: Actor, day: date) -> dict[str, Any]:
    """The body of an act's event: what was stated, by whom, for which office, and when."""
    by = AN_APPLICANT if actor.role is Role.APPLICANT else actor.name  # whose name its application's event holds
    return {**content, "by": by, "office": actor.scope, "day": day.isoformat()} | build_full_name(actor)


def append_case_event(
    kind: Act,
    content: dict[str, Any],
    actor: Actor,
    day: date,
    recorded_at: datetime,
    catalogue: str,
    *further_drafts: ledger.EventDraft,
) -> int:
    """Writes an act down as an event, with others that follow from it; gives its position.

    Raises BadInput for an act that is dated on another day than the one on which it is done where its catalogue is, as
    only a demonstration may do: else a deadline that was missed could be met afterwards.
    """
    today = PointInTime.of(recorded_at).local_day(catalogue)
    if day != today and not config.get_current_register().demonstration:
        params = {"today": today, "day": day}
        raise BadInput(Message(CaseMessage.ACT_ON_ANOTHER_DAY, params), where="day")
    drafts = [ledger.EventDraft(kind.value, build_act_body(content, actor, day)), *further_drafts]
    position = ledger.append(drafts, recorded_at, load_signer()).size - len(drafts)
    transaction.on_commit(catch_up, using=ledger.ALIAS)
    case_changed.send(sender=append_case_event, position=position)
    return position


def _build_consequent_events(
    case_file: CaseFile, done: Act, content: Mapping[str, Any], day: date
) -> tuple[ledger.EventDraft, ...]:
    """What a decision takes with it: a record found wrong is withdrawn, so that nothing rests on it at any moment."""
    granted = not content.get("upheld", True)
    deciding = done is Act.DECIDE_DISPUTE or (done is Act.DECIDE_APPEAL and case_file.case.opening in DISPUTES)
    if not (granted and deciding and case_file.about is not None):
        return ()
    reason = f"found wrong in {case_file.reference}"
    withdrawal = build_withdrawal(case_file.about, day, reason)
    is_case = find_case_row(case_file.about) is not None
    return (withdrawal, draft_undoing(case_file.about, day, reason)) if is_case else (withdrawal,)


def draft_undoing(case: int, day: date, reason: str) -> ledger.EventDraft:
    """The event by which nothing in a case ever bound."""
    return ledger.EventDraft(Act.UNDO.value, {"case": case, "text": reason, "day": day.isoformat()})


def build_withdrawal(position: int, day: date, reason: str) -> ledger.EventDraft:
    """The event that withdraws the record at a position, so that no rule reads it any more."""
    columns = ", ".join(NAMES_OF_RECORD)
    [record_row] = fetch_rows(f"SELECT {columns} FROM record WHERE position = %s", [position])
    return draft_withdrawal(position, dict(zip(NAMES_OF_RECORD, record_row, strict=True)), day, reason)


def draft_withdrawal(position: int, record: Mapping[str, str], day: date, reason: str) -> ledger.EventDraft:
    """The same of a record whose catalogue, type, source and reference are at hand."""
    content = {name: record[name] for name in NAMES_OF_RECORD} | {"stated": day.isoformat(), "reason": reason}
    key = f"{content['source']} {content['record']} {content['reference']}"
    digest = hashlib.sha256(f"withdrawn {position}".encode()).digest()
    return ledger.EventDraft(EventKind.RECORD_WITHDRAWN, content, key, digest, EventKind.RECORD_WITHDRAWN)
