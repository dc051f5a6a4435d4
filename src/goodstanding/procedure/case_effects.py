"""What a heard case does to effects: the spans in which a listing binds, and those in which something is lifted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from goodstanding.procedure.case_states import BINDING, Act, EndReason, HeardCase, Phase

ADVERSE = ("restriction", "listing", "publication")
_SUSPENDING = (Phase.ASKED, Phase.REFUSAL_APPEALED)


@dataclass(frozen=True, slots=True)
class SpanEffect:
    """A span of a case as others read it: whether its listing binds, and what it lifts from what rests on a record.

    `lifts` is `all` where the record or listing no longer counts, `adverse` where a dispute suspends, empty otherwise.
    """

    phase: Phase
    since: date
    until: date | None
    then: EndReason | None
    binds: bool
    lifts: str


def list_span_effects(case: HeardCase, suspends: bool = True) -> Iterator[SpanEffect]:
    """The spans of a case in order; `suspends` is false where the same was disputed before and finally refused."""
    disputed = case.opening in (Act.DISPUTE_RECORD, Act.DISPUTE_LINK)
    for span in case.spans:
        binds = span.phase in BINDING and not case.overturned
        lifts = "all" if span.phase is Phase.GRANTED else ""
        if disputed and suspends and span.phase in _SUSPENDING:
            lifts = "adverse"
        yield SpanEffect(span.phase, span.since, span.until, span.then, binds, lifts)


@dataclass(frozen=True, slots=True)
class SuspensionInterval:
    """What rests on `position` does not hold over [since, until): all of it, or only what is adverse."""

    position: int
    since: date
    until: date | None
    scope: str

    def touches(self, kind: str, because: Iterable[int]) -> bool:
        """Whether an effect of a kind that rests on these positions is lifted."""
        return self.position in because and (self.scope == "all" or kind in ADVERSE)


def subtract_suspensions(
    start: date, end: date | None, lifts: Iterable[SuspensionInterval]
) -> list[tuple[date, date | None]]:
    """What is left of [start, end) when every lift is cut out of it; None is open."""
    left: list[tuple[date, date | None]] = [(start, end)]
    for lift in lifts:
        left = [part for piece in left for part in _subtract_suspension(piece, lift)]
    return left


def _subtract_suspension(
    part: tuple[date, date | None], lift: SuspensionInterval
) -> Iterator[tuple[date, date | None]]:
    start, end = part
    if (end is not None and lift.since >= end) or (lift.until is not None and lift.until <= start):
        yield part
        return
    if start < lift.since:
        yield start, lift.since
    if lift.until is not None and (end is None or lift.until < end):
        yield lift.until, end
