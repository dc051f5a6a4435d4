"""How sources are admitted, ended, merged and renumbered: one overseer proposes it, and another one signs.

SourceChangeProposed  act, catalogue, sources, office, into, day, basis, by; nothing follows before somebody else signs
SourceChangeDeclined  proposal, by, text
What follows from a signature says itself who proposed and who signed: SourcesAdmitted, SourceEnded, AuthorityMerged or
AuthorityRenumbered.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import msgspec

from goodstanding.access import WHOLE_REGISTER, Action, Actor, may
from goodstanding.errors import BadInput, NotAllowed, NotFound, Overtaken
from goodstanding.ledger import store as ledger
from goodstanding.ledger.content_erasure import is_same_person
from goodstanding.ledger.store import LedgerEntry
from goodstanding.messages import Message, RegisterMessage
from goodstanding.register.rules.authorities import append_authority_change
from goodstanding.register.rules.source_checks import SourceAct, SourceChange, check_source_change
from goodstanding.register.storage.event_fold import EventFold
from goodstanding.register.storage.event_kinds import AUTHORITY_KINDS, SOURCE_KINDS, EventKind
from goodstanding.register.storage.event_text import LONGEST_REASON, check_event_line, check_event_text
from goodstanding.register.storage.lifecycle import load_signer


class ProposedChange(msgspec.Struct, frozen=True):
    """A change that somebody proposed at a position; `settled_at` is where it was signed or declined."""

    position: int
    change: SourceChange
    by: str
    proposed_on: date
    settled_at: int | None = None
    signed_by: str = ""
    declined: str = ""


class _SettlementBody(msgspec.Struct, frozen=True):
    proposal: int | None = None
    signed_by: str = ""
    text: str = ""


def list_source_changes() -> list[ProposedChange]:
    """Every change that was proposed, oldest first."""
    return list(_CHANGES.items().values())


def _fold_change(changes: dict[int, ProposedChange], entry: LedgerEntry) -> None:
    body = (entry.body or "{}").encode()
    if entry.kind == EventKind.SOURCE_CHANGE_PROPOSED:
        change, by = msgspec.json.decode(body, type=SourceChange), msgspec.json.decode(body)["by"]
        proposed_on = datetime.fromisoformat(entry.recorded_at).date()
        changes[entry.position] = ProposedChange(entry.position, change, by, proposed_on)
        return
    settled = msgspec.json.decode(body, type=_SettlementBody)
    if settled.proposal in changes:
        end = {"settled_at": entry.position, "signed_by": settled.signed_by, "declined": settled.text}
        changes[settled.proposal] = msgspec.structs.replace(changes[settled.proposal], **end)


_CHANGES: EventFold[int, ProposedChange] = EventFold((*SOURCE_KINDS, *AUTHORITY_KINDS), _fold_change)


def find_newest_change() -> int:
    """The position of the newest event about a proposed change; whoever acts says that they have seen it."""
    changes = list_source_changes()
    return max((change.settled_at or change.position for change in changes), default=0)


def get_open_change(position: int) -> ProposedChange:
    """The change proposed at a position that nobody has signed or declined; raises NotFound with those there are."""
    open_changes = {change.position: change for change in list_source_changes() if change.settled_at is None}
    if position not in open_changes:
        message = Message(RegisterMessage.SOURCE_CHANGE_NOT_OPEN, {"position": position})
        raise NotFound(message, remedy=", ".join(map(str, open_changes)))
    return open_changes[position]


def propose_source_change(
    change: SourceChange, actor: Actor, recorded_at: datetime, seen: int | None = None
) -> ProposedChange:
    """Proposes a change that somebody else signs; raises NotAllowed, BadInput, NotFound and Overtaken."""
    refuse_if_not_allowed(actor)
    with ledger.hold_append_lock():
        _refuse_if_overtaken(seen)
        checked_change = check_source_change(change, recorded_at)
        content = _build_content(checked_change) | {"by": check_event_line(actor.name, "--by")}
        position = _append_event(EventKind.SOURCE_CHANGE_PROPOSED, content, recorded_at)
    return get_open_change(position)


def sign_source_change(position: int, actor: Actor, recorded_at: datetime, seen: int | None = None) -> ProposedChange:
    """Does what somebody else proposed, if it can still be done; raises as proposing does."""
    refuse_if_not_allowed(actor)
    with ledger.hold_append_lock():
        _refuse_if_overtaken(seen)
        proposed = get_open_change(position)
        if is_same_person(proposed.by, actor.name):
            message = Message(RegisterMessage.SOURCE_CHANGE_SIGNED_BY_PROPOSER, {"person": proposed.by})
            raise BadInput(message, where="--by")
        change = check_source_change(proposed.change, recorded_at)
        signatures = {"signed_by": check_event_line(actor.name, "--by"), "proposal": position}
        _append_signed_change(change, proposed.by, signatures, recorded_at)
    return next(change for change in list_source_changes() if change.position == position)


def _append_signed_change(
    change: SourceChange, by: str, signatures: Mapping[str, Any], recorded_at: datetime
) -> None:  # fmt: skip
    signed = {"by": by, **signatures}
    if change.act is SourceAct.ADMIT:
        sources = _build_content(change)["sources"]
        content: dict[str, Any] = {"catalogue": change.catalogue, "sources": sources, **signed}
        _append_event(EventKind.SOURCES_ADMITTED, content, recorded_at)
        return
    assert change.day
    if change.act is SourceAct.END:
        content = {"catalogue": change.catalogue, "office": change.office, "basis": change.basis, **signed}
        _append_event(EventKind.SOURCE_ENDED, content | {"day": change.day.isoformat()}, recorded_at)
        return
    is_renumbered, grounds = change.act is SourceAct.RENUMBER, {**signatures, "basis": change.basis}
    append_authority_change(change.office, change.into, by, change.day, recorded_at, is_renumbered, grounds)


def _build_content(change: SourceChange) -> dict[str, Any]:
    """The change as an event says it."""
    return msgspec.json.decode(msgspec.json.encode(change), type=dict[str, Any])


def decline_source_change(
    position: int, actor: Actor, text: str, recorded_at: datetime, seen: int | None = None
) -> None:  # fmt: skip
    """Ends a proposed change without doing it, with the reason; whoever proposed it may do so too."""
    refuse_if_not_allowed(actor)
    with ledger.hold_append_lock():
        _refuse_if_overtaken(seen)
        get_open_change(position)
        content = {"proposal": position, "by": check_event_line(actor.name, "--by")}
        content["text"] = check_event_text(text, "text", LONGEST_REASON)
        _append_event(EventKind.SOURCE_CHANGE_DECLINED, content, recorded_at)


def refuse_if_not_allowed(actor: Actor) -> None:
    """Nothing, or NotAllowed for whoever has no say in which sources there are."""
    decision = may(actor, Action.ADMIT_SOURCES, WHOLE_REGISTER)
    if not decision.allowed or not actor.name:
        raise NotAllowed(Message(RegisterMessage.SOURCES_NOT_YOURS), remedy=decision.because)


def _refuse_if_overtaken(seen: int | None) -> None:
    if seen is not None and find_newest_change() > seen:
        raise Overtaken(Message(RegisterMessage.OVERTAKEN))


def _append_event(kind: str, content: Mapping[str, Any], recorded_at: datetime) -> int:
    return ledger.append([ledger.EventDraft(kind, content)], recorded_at, load_signer()).size - 1
