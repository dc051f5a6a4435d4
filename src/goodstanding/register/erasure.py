"""Erasing what the law says must go: one person asks, another confirms, and then it is gone everywhere at once.

ErasureAsked     positions, reason (code, text), basis (law, article), by, day
ContentErased    asked (the position of that), what is left of each row, reason, basis, signed (ask, confirm), day
ErasureRefused   asked, by, text (why not), day
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from goodstanding.errors import BadInput, NotFound, NotPossible
from goodstanding.ledger import erasure, events
from goodstanding.ledger import store as ledger
from goodstanding.ledger.erasure import Asked, Basis, Reason
from goodstanding.register import erased, evidence, kept_aside, project, reach, retention
from goodstanding.register.erasure_signal import emptied
from goodstanding.register.opening import signer

REASONS = {
    "term": "its time is over",
    "unlawful": "it should never have been held",
    "order": "a court or a supervisory authority ordered it",
    "request": "whom it is about asked for it, and the law gives that right",
}
WHATEVER_IS_UNDER_WAY = ("unlawful", "order")  # these do not wait for the end of a case
LONGEST, LONGEST_NAME = 2_000, 200
_LAW = re.compile(r"(?P<law>\S.{0,300}?) (?P<article>(?:art|sec|para|part|annex|table)\. ?\S.{0,100})")


class Why(NamedTuple):
    """Why something is to be erased: the code of a reason, the reason in words, and the law with its article."""

    code: str
    text: str
    law: str


@dataclass(frozen=True, slots=True)
class Open:
    """An erasure that somebody asked for at `position` and nobody has confirmed or refused."""

    position: int
    asked: Asked


@dataclass(frozen=True, slots=True)
class Done:
    """What was erased, by which event; `washed` is whether nothing of it is left in the files of the databases."""

    position: int
    erased: tuple[int, ...]
    washed: bool


def ask(positions: Iterable[int], why: Why, by: str, recorded_at: datetime) -> Open:
    """Asks that some events be erased with all that goes with them; nothing is erased before somebody else confirms.

    Raises NotFound, BadInput or NotPossible for what cannot be erased, or not yet.
    """
    wanted = tuple(positions)
    return open_at(_alone(lambda: _ask(wanted, why, by, recorded_at)))


def _ask(positions: Sequence[int], why: Why, by: str, recorded_at: datetime) -> int:
    whole = reach.whole(positions)
    if not 0 < len(whole) <= erasure.MOST:
        raise BadInput(f"{len(whole)} events would go.", where="POSITION", remedy=f"1 to {erasure.MOST} at once")
    reason, day = _reason(why), recorded_at.date()
    _refuse(whole, reason.code, day)
    asked = Asked(whole, reason, _basis(why.law), _text(by, "by", LONGEST_NAME), day)
    _refuse_telling(asked, whole)
    return ledger.append([ledger.Draft(erasure.ASKED, erasure.content_of(asked))], recorded_at, signer()).size - 1


def _alone(work: Callable[[], int]) -> int:
    """What `work` gives, done while nobody else appends and with the tables seeing all that was appended."""
    while True:
        project.catch_up()
        with ledger.alone():
            if project.reached() == ledger.size():
                return work()


def _reason(why: Why) -> Reason:
    if why.code not in REASONS:
        raise BadInput(f"There is no reason {why.code[:50]!r}.", where="--reason", remedy=", ".join(REASONS))
    return Reason(why.code, _text(why.text or REASONS[why.code], "text", LONGEST))


def _basis(law: str) -> Basis:
    match = _LAW.fullmatch(_text(law, "basis", LONGEST))
    if match is None:
        remedy = "a law and its article, such as gdpr-2016-679 art. 17"
        raise BadInput(f"{law[:100]!r} names no article of a law.", where="--basis", remedy=remedy)
    return Basis(match["law"], match["article"])


def _text(text: str, what: str, most: int) -> str:
    """A text as the ledger keeps it; raises BadInput for none, and for characters that could rewrite a terminal."""
    cleaned = text.strip()
    wrong = any(unicodedata.category(letter) in ("Cc", "Cs") and letter != "\n" for letter in cleaned)
    if not cleaned or wrong or len(cleaned) > most:
        raise BadInput("Nothing is said, or it cannot be kept.", where=f"--{what}", remedy=f"1 to {most:,} letters")
    return cleaned


def _refuse(whole: Sequence[int], code: str, day: date) -> None:
    """Nothing, or NotPossible while a case is under way, or where its time is said to be over and is not."""
    if code not in WHATEVER_IS_UNDER_WAY and (cases := reach.under_way(whole, day)):
        remedy = "after its end; or a court's order"
        raise NotPossible(f"GS-{cases[0]} is under way, and this is part of it.", where=code, remedy=remedy)
    if code == "term":
        _refuse_early(whole, day)


def _refuse_early(whole: Sequence[int], day: date) -> None:
    held = retention.at(whole)
    if not held:
        raise NotPossible("Nothing says how long this is kept.", where="term", remedy="another reason")
    for one in held:
        if one.goes_on is None or day < one.goes_on:
            until = one.goes_on or "what rests on it has ended"
            raise NotPossible(f"The record at {one.position} is kept until {until}.", where="term", remedy="/retention")


def _refuse_telling(asked: Asked, whole: Sequence[int]) -> None:
    """The erasure itself may not say what was erased: raises BadInput where its words do."""
    said = f" {asked.reason.text} {asked.by} {asked.basis.law} {asked.basis.article} ".casefold()
    told = next((text for text in sorted(reach.words(whole)) if _stands(text, said)), None)
    if told is not None:
        remedy = "words that do not repeat what is erased: they stay for ever"
        raise BadInput("The reason says what is to be erased.", where=told[:100], remedy=remedy)


def _stands(text: str, said: str) -> bool:
    words = r"\s+".join(map(re.escape, text.split()))
    return re.search(rf"(?<!\w){words}(?!\w)", said) is not None


def confirm(position: int, by: str, recorded_at: datetime) -> Done:
    """Erases what was asked for at a position; whoever confirms is somebody else. Nothing brings it back.

    Raises NotFound, BadInput, or NotPossible for what cannot be erased by now; then nothing has changed.
    """
    done = _alone(lambda: _confirm(position, by, recorded_at))
    gone = tuple(one.position for one in erasure.erasures(done)[done].erased)
    return Done(done, gone, finish())


def _confirm(position: int, by: str, recorded_at: datetime) -> int:
    asked = open_at(position).asked
    if erasure.same_person(asked.by, by):
        raise BadInput(f"{asked.by} asked for it.", where="--by", remedy="somebody else confirms")
    whole = reach.whole(asked.positions)  # a version may have come meanwhile
    _refuse(whole, asked.reason.code, recorded_at.date())
    return _erase(position, whole, _text(by, "by", LONGEST_NAME), recorded_at)


def _erase(position: int, whole: Sequence[int], by: str, recorded_at: datetime) -> int:
    emptied.send(sender=Done, identifiers=reach.emptied(whole))
    kept_aside.forget(whole)
    files = [one for one in reach.evidence(whole) if erasure.naming(one) <= set(whole)]
    return erasure.erase(reach.going(whole), position, by, files, recorded_at, signer())


def refuse(position: int, by: str, text: str, recorded_at: datetime) -> None:
    """Ends an erasure that was asked for and not confirmed, with the reason why not."""
    with ledger.alone():
        open_at(position)
        content = {"asked": position, "by": _text(by, "by", LONGEST_NAME), "text": _text(text, "text", LONGEST)}
        content["day"] = recorded_at.date().isoformat()
        ledger.append([ledger.Draft(erasure.REFUSED, content)], recorded_at, signer())


def open_asks() -> list[Open]:
    """The erasures that were asked for and neither confirmed nor refused, oldest first."""
    entries = list(ledger.of_kinds(erasure.KINDS))
    settled = {_settles(entry) for entry in entries}
    asked = [entry for entry in entries if entry.kind == erasure.ASKED and entry.position not in settled]
    return [Open(entry.position, erasure.asked_for(entry.position)) for entry in asked]


def _settles(entry: ledger.Entry) -> int | None:
    return events.decode((entry.body or "{}").encode()).get("asked")


def open_at(position: int) -> Open:
    """The erasure asked for at a position, if it is open; raises NotFound with those that are."""
    found = {one.position: one for one in open_asks()}
    if position not in found:
        known = ", ".join(map(str, found)) or "none is open"
        raise NotFound(f"No erasure is open that was asked for at {position}.", remedy=known)
    return found[position]


def finish() -> bool:
    """Takes what was erased out of the tables, the evidence and the free pages of the files; whether nothing is left.

    What was cut off in the middle is found again here: an erasure is unfinished until this has gone through.
    """
    left = erasure.leftovers()
    if not left:
        return True
    project.catch_up()
    for position, files in left.items():
        _forget_evidence(position, files)
    washed = [erasure.wash(), erased.wash()]
    if all(washed):
        erasure.washed(left)
    return all(washed)


def _forget_evidence(position: int, files: Sequence[str]) -> None:
    """Destroys the evidence that the erased events named; what is gone already is gone."""
    one = erasure.erasures(position)[position]
    for digest in files:
        with suppress(NotFound):
            evidence.forget(digest, one.reason.text, one.signed[-1].by, one.day)
