"""What a subject says in public beside an entry about it: its own short words, published by one of its representatives.

    ReplyPublished   beside (the position of the record or case that the entry rests on), text, by, office, day
    ReplyRetracted   beside, reply (the position of what is retracted), by, office, day

One reply stands beside an entry: a later one takes the place of the one before. It shows as long as the entry does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import msgspec

from goodstanding.access import Actor
from goodstanding.access.acts import may_speak
from goodstanding.errors import BadInput, NotAllowed, NotFound, NotPossible
from goodstanding.ledger import store as ledger
from goodstanding.ledger.store import Entry
from goodstanding.procedure.letters import shown
from goodstanding.register import file
from goodstanding.register.folding import Fold
from goodstanding.register.mandates import checked_text
from goodstanding.register.moment import Moment
from goodstanding.register.opening import signer

PUBLISHED, RETRACTED = KINDS = ("ReplyPublished", "ReplyRetracted")
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Reply:
    """A subject's own words beside the entry that rests on a record; who published them is for the parties."""

    position: int
    beside: int
    text: str
    by: str
    office: str
    day: date
    ended_on: date | None = None


class _Said(msgspec.Struct, frozen=True):
    day: date
    by: str = ""
    office: str = ""
    text: str = ""
    beside: int = -1
    reply: int = -1


def beside(positions: Iterable[int], size: int | None = None) -> dict[int, Reply]:
    """The replies that stand beside entries resting on some records, by record; as known at a ledger size."""
    held = _FOLD.as_of(size)
    newest = {one: held[one][-1] for one in positions if one in held}
    return {record: one for record, one in newest.items() if one.ended_on is None}


def replies(positions: Iterable[int]) -> list[Reply]:
    """All that was ever published beside entries resting on some records, oldest first."""
    held = _FOLD.items()
    return sorted((one for each in positions for one in held.get(each, ())), key=lambda one: one.position)


def reply_at(position: int) -> Reply:
    """The reply published by the event at a position; raises NotFound."""
    found = about_event(position)
    if found is None or found.position != position:
        raise NotFound(f"There is no reply {position}.", remedy="a reply of yours that is shown")
    return found


def about_event(position: int) -> Reply | None:
    """The reply that the event at a position published or retracted, if it is one of those."""
    entry = next(ledger.read(position, position + 1), None)
    if entry is None or entry.kind not in KINDS or entry.body is None:
        return None
    said = msgspec.json.decode(entry.body, type=_Said)
    which = position if entry.kind == PUBLISHED else said.reply
    return next((one for one in _FOLD.items().get(said.beside, ()) if one.position == which), None)


def checked(text: str) -> str:
    """A reply as it is kept; raises BadInput for none, one that is too long, or one that would not show as written."""
    cleaned = " ".join(checked_text(text, "text").split())
    if len(cleaned) > LONGEST or shown(cleaned) != cleaned:
        remedy = f"at most {LONGEST} characters, none of which is unseen or turns the text round"
        raise BadInput("This cannot be published.", where="text", remedy=remedy)
    return cleaned


def publish(record: int, actor: Actor, day: date, recorded_at: datetime, text: str) -> Reply:
    """The reply published beside what rests on a record; raises NotAllowed, BadInput, NotPossible."""
    said = checked(text)
    with ledger.alone():
        _refuse(record, actor)
        if not public_entries(record, day):
            raise NotPossible("No public entry rests on this.", remedy="a listing or grade that is in force now")
        position = _append(PUBLISHED, {"beside": record, "text": said}, actor, day, recorded_at)
    return reply_at(position)


def retract(position: int, actor: Actor, day: date, recorded_at: datetime) -> Reply:
    """The reply taken back: it is shown no more. Raises NotAllowed, NotFound, NotPossible."""
    with ledger.alone():
        found = reply_at(position)
        _refuse(found.beside, actor)
        if found.ended_on is not None:
            raise NotPossible(f"This reply ended on {found.ended_on}.", remedy="nothing is left to retract")
        _append(RETRACTED, {"beside": found.beside, "reply": position}, actor, day, recorded_at)
    return reply_at(position)


def public_entries(record: int, day: date) -> list[file.Effect]:
    """The listings and grades that anybody sees now and that rest on a record."""
    found = file.at(record)
    if found is None:
        return []
    effects = file.effects_of(found[0], file.records_of(found[0]), Moment(day))
    return [one for one in effects if one.holds and is_entry(one) and record in one.because]


def is_entry(one: file.Effect) -> bool:
    """Whether an effect is one that the public reads about a subject."""
    return one.kind in ("listing", "grade") and one.audience == "anybody"


def _refuse(record: int, actor: Actor) -> None:
    found = file.at(record)
    if found is None:
        raise NotFound(f"There is no record {record}.", remedy="a record on your file")
    allowed = may_speak(actor, file.subject(found[0]).identifiers)
    if not allowed.allowed:
        raise NotAllowed("This file is not yours.", remedy=allowed.because)


def _append(kind: str, content: dict[str, Any], actor: Actor, day: date, recorded_at: datetime) -> int:
    whole = content | {"by": actor.name, "office": actor.scope, "day": day.isoformat()}
    return ledger.append([ledger.Draft(kind, whole)], recorded_at, signer()).size - 1


def _add(found: dict[int, tuple[Reply, ...]], entry: Entry) -> None:
    said = msgspec.json.decode(entry.body or "{}", type=_Said)
    held = found.get(said.beside, ())
    if entry.kind == RETRACTED:
        found[said.beside] = tuple(_ended(one, said.day) if one.position == said.reply else one for one in held)
        return
    reply = Reply(entry.position, said.beside, said.text, said.by, said.office, said.day)
    found[said.beside] = (*(_ended(one, said.day) for one in held), reply)


def _ended(one: Reply, day: date) -> Reply:
    return one if one.ended_on else replace(one, ended_on=day)


_FOLD: Fold[tuple[Reply, ...]] = Fold(KINDS, _add)  # by the record beside which they stand
