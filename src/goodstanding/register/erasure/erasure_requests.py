"""Erasing what the law says must go: one person asks, another confirms, and then it is gone everywhere at once.

ErasureAsked     positions, reason (code, text), basis (law, article), by, day
ContentErased    asked (the position of that), what is left of each row, reason, basis, signed (ask, confirm), day
ErasureRefused   asked, by, text (why not), day
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

import msgspec

from goodstanding.errors import BadInput, NotFound, NotPossible
from goodstanding.ledger import content_erasure, events
from goodstanding.ledger import store as ledger
from goodstanding.ledger.erasure_statements import ErasureBasis, ErasureReason, ErasureRequest
from goodstanding.messages import Message, RegisterMessage
from goodstanding.register.erasure.hooks import purge_other_holders
from goodstanding.register.erasure.retention import list_terms
from goodstanding.register.erasure.scope import (
    expand_scope,
    list_deletions,
    list_emptied_identifiers,
    list_evidence_digests,
    list_identifying_words,
    select_open_cases,
)
from goodstanding.register.projection.erasure_rows import purge_projection_pages
from goodstanding.register.projection.projector import append_exclusively, catch_up
from goodstanding.register.storage.event_fold import EventFold
from goodstanding.register.storage.event_text import LONGEST_REASON, check_event_line, check_event_text
from goodstanding.register.storage.evidence_store import erase_evidence
from goodstanding.register.storage.lifecycle import load_signer

REASONS = {
    "term": "its time is over",
    "unlawful": "it should never have been held",
    "order": "a court or a supervisory authority ordered it",
    "request": "whom it is about asked for it, and the law gives that right",
}
REASONS_THAT_DO_NOT_WAIT = ("unlawful", "order")  # these do not wait for the end of a case
_LAW = re.compile(r"(?P<law>\S.{0,300}?) (?P<article>(?:art|sec|para|part|annex|table)\. ?\S.{0,100})")


class ErasureGrounds(NamedTuple):
    """Why something is to be erased: the code of a reason, the reason in words, and the law with its article."""

    code: str
    text: str
    law: str


@dataclass(frozen=True, slots=True)
class OpenErasure:
    """An erasure that somebody asked for at `position` and nobody has confirmed or refused."""

    position: int
    asked: ErasureRequest


@dataclass(frozen=True, slots=True)
class CompletedErasure:
    """What was erased, by which event; `washed` is whether nothing of it is left in the files of the databases."""

    position: int
    erased: tuple[int, ...]
    washed: bool


def request_erasure(positions: Iterable[int], why: ErasureGrounds, by: str, recorded_at: datetime) -> OpenErasure:
    """Asks that some events be erased with all that goes with them; nothing is erased before somebody else confirms.

    Raises NotFound, BadInput or NotPossible for what cannot be erased, or not yet.
    """
    wanted = tuple(positions)
    with append_exclusively():
        position = _append_request(wanted, why, by, recorded_at)
    return get_open_erasure(position)


def _append_request(positions: Sequence[int], why: ErasureGrounds, by: str, recorded_at: datetime) -> int:
    whole = expand_scope(positions)
    if not 0 < len(whole) <= content_erasure.MOST_POSITIONS:
        params = {"number": len(whole), "most": content_erasure.MOST_POSITIONS}
        raise BadInput(Message(RegisterMessage.ERASURE_OUT_OF_BOUNDS, params), where="POSITION")
    reason, day = _check_reason(why), recorded_at.date()
    _refuse_if_not_erasable(whole, reason.code, day)
    request = ErasureRequest(whole, reason, _parse_basis(why.law), check_event_line(by, "--by"), day)
    _refuse_if_repeating_content(request, whole)
    return (
        ledger.append(
            [ledger.EventDraft(content_erasure.ASKED, content_erasure.build_event_content(request))],
            recorded_at,
            load_signer(),
        ).size
        - 1
    )


def _check_reason(why: ErasureGrounds) -> ErasureReason:
    if why.code not in REASONS:
        params = {"reason": repr(why.code[:50]), "reasons": ", ".join(REASONS)}
        raise BadInput(Message(RegisterMessage.ERASURE_REASON_UNKNOWN, params), where="--reason")
    return ErasureReason(why.code, check_event_text(why.text or REASONS[why.code], "--text", LONGEST_REASON))


def _parse_basis(law: str) -> ErasureBasis:
    match = _LAW.fullmatch(check_event_line(law, "--basis", LONGEST_REASON))
    if match is None:
        raise BadInput(Message(RegisterMessage.ERASURE_WITHOUT_ARTICLE, {"law": repr(law[:100])}), where="--basis")
    return ErasureBasis(match["law"], match["article"])


def _refuse_if_not_erasable(whole: Sequence[int], code: str, day: date) -> None:
    """Nothing, or NotPossible while a case is under way, or where its time is said to be over and is not."""
    if code not in REASONS_THAT_DO_NOT_WAIT and (cases := select_open_cases(whole, day)):
        raise NotPossible(Message(RegisterMessage.ERASURE_OF_OPEN_CASE, {"case": cases[0]}), where=code)
    if code == "term":
        _refuse_if_term_not_over(whole, day)


def _refuse_if_term_not_over(whole: Sequence[int], day: date) -> None:
    terms = list_terms(whole)
    if not terms:
        raise NotPossible(Message(RegisterMessage.TERM_UNSTATED), where="term")
    for term in terms:
        if term.goes_on is None or day < term.goes_on:
            code = RegisterMessage.TERM_RUNS if term.goes_on else RegisterMessage.TERM_RUNS_WITH_EFFECT
            raise NotPossible(Message(code, {"position": term.position, "day": term.goes_on}), where="term")


def _refuse_if_repeating_content(request: ErasureRequest, whole: Sequence[int]) -> None:
    """The erasure itself may not say what was erased: raises BadInput where its words do."""
    stated_grounds = f" {request.reason.text} {request.by} {request.basis.law} {request.basis.article} ".casefold()
    repeated_text = next(
        (text for text in sorted(list_identifying_words(whole)) if _contains_words(text, stated_grounds)), None
    )
    if repeated_text is not None:
        raise BadInput(Message(RegisterMessage.ERASURE_REPEATS_CONTENT), where=repeated_text[:100])


def _contains_words(text: str, stated_grounds: str) -> bool:
    words = r"\s+".join(map(re.escape, text.split()))
    return re.search(rf"(?<!\w){words}(?!\w)", stated_grounds) is not None


def confirm_erasure(position: int, by: str, recorded_at: datetime) -> CompletedErasure:
    """Erases what was asked for at a position; whoever confirms is somebody else. Nothing brings it back.

    Raises NotFound, BadInput, or NotPossible for what cannot be erased by now; then nothing has changed.
    """
    with append_exclusively():
        erased_at = _erase_confirmed(position, by, recorded_at)
    gone = tuple(erased_event.position for erased_event in content_erasure.list_erasures(erased_at)[erased_at].erased)
    return CompletedErasure(erased_at, gone, finish_erasures())


def _erase_confirmed(position: int, by: str, recorded_at: datetime) -> int:
    request = get_open_erasure(position).asked
    if content_erasure.is_same_person(request.by, by):
        raise BadInput(Message(RegisterMessage.ERASURE_CONFIRMED_BY_ASKER, {"person": request.by}), where="--by")
    whole = expand_scope(request.positions)  # a version may have come meanwhile
    _refuse_if_not_erasable(whole, request.reason.code, recorded_at.date())
    return _erase_events(position, whole, check_event_line(by, "--by"), recorded_at)


def _erase_events(position: int, whole: Sequence[int], by: str, recorded_at: datetime) -> int:
    purge_other_holders(whole, list_emptied_identifiers(whole))
    files = [
        digest for digest in list_evidence_digests(whole) if content_erasure.list_naming_positions(digest) <= set(whole)
    ]
    return content_erasure.erase_events(list_deletions(whole), position, by, files, recorded_at, load_signer())


def append_erasure_refusal(position: int, by: str, text: str, recorded_at: datetime) -> None:
    """Ends an erasure that was asked for and not confirmed, with the reason why not."""
    with ledger.hold_append_lock():
        get_open_erasure(position)
        content = {
            "asked": position,
            "by": check_event_line(by, "--by"),
            "text": check_event_text(text, "--text", LONGEST_REASON),
        }
        content["day"] = recorded_at.date().isoformat()
        ledger.append([ledger.EventDraft(content_erasure.REFUSED, content)], recorded_at, load_signer())


def list_open_erasures() -> list[OpenErasure]:
    """The erasures that were asked for and neither confirmed nor refused, oldest first."""
    return list(_OPEN_ERASURES.items().values())


def _fold_erasure_event(open_erasures: dict[int, OpenErasure], entry: ledger.LedgerEntry) -> None:
    if entry.kind == content_erasure.ASKED:
        request = msgspec.json.decode(entry.body or "{}", type=ErasureRequest)
        open_erasures[entry.position] = OpenErasure(entry.position, request)
    else:
        open_erasures.pop(events.decode_body((entry.body or "{}").encode()).get("asked", -1), None)


_OPEN_ERASURES: EventFold[int, OpenErasure] = EventFold(content_erasure.ERASURE_KINDS, _fold_erasure_event)


def get_open_erasure(position: int) -> OpenErasure:
    """The erasure asked for at a position, if it is open; raises NotFound with those that are."""
    open_erasures = _OPEN_ERASURES.items()
    if position not in open_erasures:
        message = Message(RegisterMessage.ERASURE_NOT_OPEN, {"position": position})
        raise NotFound(message, remedy=", ".join(map(str, open_erasures)))
    return open_erasures[position]


def finish_erasures() -> bool:
    """Takes what was erased out of the tables, the evidence and the free pages of the files; whether nothing is left.

    What was cut off in the middle is found again here: an erasure is unfinished until this has gone through.
    """
    left = content_erasure.list_leftovers()
    if not left:
        return True
    catch_up()
    for position, files in left.items():
        _destroy_evidence(position, files)
    washed = [content_erasure.purge_free_pages(), purge_projection_pages()]
    if all(washed):
        content_erasure.clear_leftovers(left)
    return all(washed)


def _destroy_evidence(position: int, files: Sequence[str]) -> None:
    """Destroys the evidence that the erased events named; what is gone already is gone."""
    event_erasure = content_erasure.list_erasures(position)[position]
    for digest in files:
        with suppress(NotFound):
            erase_evidence(digest, event_erasure.reason.text, event_erasure.signed[-1].by, event_erasure.day)
