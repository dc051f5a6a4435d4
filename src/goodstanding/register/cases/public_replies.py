"""What a subject says in public beside an entry about it: its own short words, published by one of its representatives.

    ReplyPublished   beside (the position of the record or case that the entry rests on), text, by, office, day
    ReplyRetracted   beside, reply (the position of what is retracted), by, office, day

One reply stands beside an entry: a later one takes the place of the one before. It shows as long as the entry does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import msgspec

from goodstanding.access import Actor
from goodstanding.access.case_acts import may_speak
from goodstanding.errors import NotAllowed, NotFound, NotPossible
from goodstanding.ledger import store as ledger
from goodstanding.ledger.store import LedgerEntry
from goodstanding.messages import CaseMessage, Message
from goodstanding.register.files.case_queries import list_case_rows
from goodstanding.register.files.effects import Effect, list_effects
from goodstanding.register.files.point_in_time import PointInTime
from goodstanding.register.files.records import find_record, list_records
from goodstanding.register.files.subjects import get_subject
from goodstanding.register.projection.projector import (
    append_event,
    append_exclusively,
    get_projected_size,
    refuse_if_overtaken,
)
from goodstanding.register.storage.event_fold import EventFold
from goodstanding.register.storage.event_kinds import REPLY_KINDS, EventKind
from goodstanding.register.storage.event_text import check_event_line

LONGEST = 500


@dataclass(frozen=True, slots=True)
class PublicReply:
    """A subject's own words beside the entry that rests on a record; who published them is for the parties."""

    position: int
    beside: int
    text: str
    by: str
    office: str
    day: date
    ended_on: date | None = None


class EntryEvent(StrEnum):
    """What can happen about an entry: a case about its record, a public reply beside it, a later version."""

    CASE = "case"
    REPLY = "reply"
    VERSION = "version"


class _ReplyBody(msgspec.Struct, frozen=True):
    day: date
    by: str = ""
    office: str = ""
    text: str = ""
    beside: int = -1
    reply: int = -1


def list_current_replies(positions: Iterable[int], size: int | None = None) -> dict[int, PublicReply]:
    """The replies that stand beside entries resting on some records, by record; as known at a ledger size."""
    replies_by_record = _FOLD.as_of(size)
    newest = {record: replies_by_record[record][-1] for record in positions if record in replies_by_record}
    return {record: reply for record, reply in newest.items() if reply.ended_on is None}


def list_replies(positions: Iterable[int]) -> list[PublicReply]:
    """All that was ever published beside entries resting on some records, oldest first."""
    replies_by_record = _FOLD.items()
    return sorted(
        (reply for record in positions for reply in replies_by_record.get(record, ())), key=lambda reply: reply.position
    )


def get_reply(position: int) -> PublicReply:
    """The reply published by the event at a position; raises NotFound."""
    reply = find_reply_of_event(position)
    if reply is None or reply.position != position:
        raise NotFound(Message(CaseMessage.REPLY_MISSING, {"position": position}))
    return reply


def find_reply_of_event(position: int) -> PublicReply | None:
    """The reply that the event at a position published or retracted, if it is one of those."""
    entry = next(ledger.read_entries(position, position + 1), None)
    if entry is None or entry.kind not in REPLY_KINDS or entry.body is None:
        return None
    body = msgspec.json.decode(entry.body, type=_ReplyBody)
    reply_position = position if entry.kind == EventKind.REPLY_PUBLISHED else body.reply
    return next((reply for reply in _FOLD.items().get(body.beside, ()) if reply.position == reply_position), None)


def check_reply_text(text: str) -> str:
    """A reply as it is kept; raises BadInput for none, one that is too long, or one that would not show as written."""
    return check_event_line(text, "text", LONGEST)


def list_entry_events(record: int) -> dict[int, EntryEvent]:
    """What happened about the entry that rests on a record, by position."""
    subject_and_record = find_record(record)
    if subject_and_record is None:
        return {}
    subject_id, stated = subject_and_record
    case_rows = list_case_rows(subject_id, get_projected_size())
    events = {row["position"]: EntryEvent.CASE for row in case_rows if row["about"] == record}
    events |= {reply.position: EntryEvent.REPLY for reply in list_replies([record])}
    return events if stated.replaced_at is None else events | {stated.replaced_at: EntryEvent.VERSION}


def refuse_if_entry_overtaken(record: int, seen: int | None) -> None:
    """Nothing, or Overtaken where more happened about an entry than whoever acts had seen."""
    refuse_if_overtaken(seen, max(list_entry_events(record), default=0))


def publish_reply(
    record: int, actor: Actor, day: date, recorded_at: datetime, text: str, seen: int | None = None
) -> PublicReply:
    """The reply published beside what rests on a record; raises NotAllowed, BadInput, NotPossible, Overtaken."""
    cleaned = check_reply_text(text)
    with append_exclusively():
        _refuse_if_not_own_file(record, actor)
        refuse_if_entry_overtaken(record, seen)
        if not list_public_entries(record, day):
            raise NotPossible(Message(CaseMessage.REPLY_BESIDE_NOTHING))
        position = _append_reply_event(
            EventKind.REPLY_PUBLISHED, {"beside": record, "text": cleaned}, actor, day, recorded_at
        )
    return get_reply(position)


def retract_reply(position: int, actor: Actor, day: date, recorded_at: datetime) -> PublicReply:
    """The reply taken back: it is shown no more. Raises NotAllowed, NotFound, NotPossible."""
    with ledger.hold_append_lock():
        reply = get_reply(position)
        _refuse_if_not_own_file(reply.beside, actor)
        if reply.ended_on is not None:
            raise NotPossible(Message(CaseMessage.REPLY_ENDED, {"day": reply.ended_on}))
        _append_reply_event(
            EventKind.REPLY_RETRACTED, {"beside": reply.beside, "reply": position}, actor, day, recorded_at
        )
    return get_reply(position)


def list_public_entries(record: int, day: date) -> list[Effect]:
    """The listings and grades that anybody sees now and that rest on a record."""
    subject_and_record = find_record(record)
    if subject_and_record is None:
        return []
    effects = list_effects(subject_and_record[0], list_records(subject_and_record[0]), PointInTime(day))
    return [effect for effect in effects if effect.holds and is_public_entry(effect) and record in effect.because]


def is_public_entry(effect: Effect) -> bool:
    """Whether an effect is one that the public reads about a subject."""
    return effect.kind in ("listing", "grade") and effect.audience == "anybody"


def _refuse_if_not_own_file(record: int, actor: Actor) -> None:
    subject_and_record = find_record(record)
    if subject_and_record is None:
        raise NotFound(Message(CaseMessage.RECORD_MISSING, {"position": record}))
    allowed = may_speak(actor, get_subject(subject_and_record[0]).identifiers)
    if not allowed.allowed:
        raise NotAllowed(Message(CaseMessage.FILE_NOT_YOURS), remedy=allowed.because)


def _append_reply_event(kind: str, content: dict[str, Any], actor: Actor, day: date, recorded_at: datetime) -> int:
    body = content | {"by": actor.name, "office": actor.scope, "day": day.isoformat()}
    return append_event(ledger.EventDraft(kind, body), recorded_at)


def _fold_reply_event(replies_by_record: dict[int, tuple[PublicReply, ...]], entry: LedgerEntry) -> None:
    body = msgspec.json.decode(entry.body or "{}", type=_ReplyBody)
    earlier_replies = replies_by_record.get(body.beside, ())
    if entry.kind == EventKind.REPLY_RETRACTED:
        replies_by_record[body.beside] = tuple(
            _end_reply(earlier, body.day) if earlier.position == body.reply else earlier for earlier in earlier_replies
        )
        return
    reply = PublicReply(entry.position, body.beside, body.text, body.by, body.office, body.day)
    replies_by_record[body.beside] = (*(_end_reply(earlier, body.day) for earlier in earlier_replies), reply)


def _end_reply(reply: PublicReply, day: date) -> PublicReply:
    return reply if reply.ended_on else replace(reply, ended_on=day)


_FOLD: EventFold[int, tuple[PublicReply, ...]] = EventFold(
    REPLY_KINDS, _fold_reply_event
)  # by the record beside which they stand
