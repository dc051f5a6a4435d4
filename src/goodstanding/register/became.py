"""What became of an application, as its applicant may hear it: from the day it was received to the end of its case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from goodstanding.errors import NotFound
from goodstanding.procedure.hearing import BINDING, Act, Phase
from goodstanding.register.applications import Application
from goodstanding.register.hearings import Hearing, hearing


class State(StrEnum):
    """Where an application stands."""

    RECEIVED = "received"
    UNANSWERED = "unanswered"
    DECLINED = "declined"
    PROPOSED = "proposed"
    DECIDED = "decided"
    LISTED = "listed"
    APPEALED = "appealed"
    PERFORMED = "performed"
    REJECTED = "rejected"
    ENDED = "ended"


OVER = frozenset({State.DECLINED, State.PERFORMED, State.REJECTED, State.ENDED})


@dataclass(frozen=True, slots=True)
class Became:
    """Where an application stands on a day, since when, until when, and in which case; `confirm` says whether its
    applicant can still confirm there that payment or performance was made.
    """

    state: State
    since: date
    until: date | None = None
    case: int | None = None
    confirm: bool = False


def became(one: Application, at: date) -> Became:
    """What became of an application by a day; nothing is said of what the case holds."""
    if one.declined_on is not None:
        return Became(State.DECLINED, one.declined_on)
    if one.case is None:
        silent, until = one.silent(at), one.answer_until
        return Became(State.UNANSWERED, until) if silent else Became(State.RECEIVED, one.day, until)
    try:
        held = hearing(one.case)
    except NotFound:  # its events were erased, or its rules are in force no longer
        return Became(State.ENDED, at, case=one.case)
    return _of_case(held, at)


def _of_case(held: Hearing, at: date) -> Became:
    span = held.span(at)
    if performed := next((one.day for one in held.case.done if one.act is Act.PERFORM and one.day <= at), None):
        return Became(State.PERFORMED, performed, case=held.position)
    if span is None or span.phase is Phase.ENDED or held.case.overturned:
        rejected = held.case.overturned or any(not each.upheld for each in held.case.done)
        return Became(State.REJECTED if rejected else State.ENDED, span.since if span else at, case=held.position)
    return Became(_PHASES.get(span.phase, State.PROPOSED), span.since, span.until, held.position, confirm=True)


_PHASES = {
    **dict.fromkeys(BINDING, State.LISTED),
    Phase.DECIDED: State.DECIDED,
    Phase.APPEALED: State.APPEALED,
}
