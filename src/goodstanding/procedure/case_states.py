"""A case and what it is made of: phases, acts, dated spans, and what was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from goodstanding.procedure.time_limits import ProcedureTerms


class Phase(StrEnum):
    """Where a case stands."""

    PROPOSED = "proposed"
    TOLD = "told"
    DECIDED = "decided"
    IN_FORCE = "in-force"
    APPEALED = "appealed"
    APPEALED_BINDING = "appealed-binding"
    FINAL = "final"
    INTERIM = "interim"
    ASKED = "asked"
    REFUSED = "refused"
    REFUSAL_APPEALED = "refusal-appealed"
    GRANTED = "granted"
    ENDED = "ended"


class EndReason(StrEnum):
    """Why a span of a case ends by itself if nobody acts."""

    NOT_TOLD = "not-told"
    SILENCE = "silence"
    NOT_SERVED = "not-served"
    APPEAL_SILENCE = "appeal-silence"
    NOT_HEARD = "not-heard"
    APPEAL_TIME_OVER = "appeal-time-over"
    TERM_OVER = "term-over"
    INTERIM_OVER = "interim-over"


class Act(StrEnum):
    """What somebody does in a case."""

    PROPOSE = "CaseProposed"
    SERVE_NOTICE = "NoticeServed"
    REPLY = "ReplyFiled"
    DECIDE = "CaseDecided"
    SERVE_DECISION = "DecisionServed"
    APPEAL = "AppealFiled"
    LIFT_SUSPENSION = "SuspensionLifted"
    DECIDE_APPEAL = "AppealDecided"
    IMPOSE_INTERIM = "InterimImposed"
    HEAR_INTERIM = "InterimHeard"
    PERFORM = "ObligationPerformed"
    WITHDRAW = "CaseWithdrawn"
    DISPUTE_RECORD = "RecordDisputed"
    DISPUTE_LINK = "LinkDisputed"
    DECIDE_DISPUTE = "DisputeDecided"
    ASK_REPAIR = "RepairRequested"
    DECIDE_REPAIR = "RepairDecided"
    UNDO = "CaseUndone"


BINDING = frozenset({Phase.IN_FORCE, Phase.APPEALED_BINDING, Phase.FINAL, Phase.INTERIM})
OPENING = frozenset({Act.PROPOSE, Act.IMPOSE_INTERIM, Act.DISPUTE_RECORD, Act.DISPUTE_LINK, Act.ASK_REPAIR})
DECIDING = frozenset({Act.DECIDE, Act.DECIDE_APPEAL, Act.HEAR_INTERIM, Act.DECIDE_DISPUTE, Act.DECIDE_REPAIR})
DISPUTES = frozenset({Act.DISPUTE_RECORD, Act.DISPUTE_LINK})
MISSED_DUTIES = frozenset(  # ends that come because whoever had to act did not
    {EndReason.NOT_TOLD, EndReason.SILENCE, EndReason.NOT_SERVED, EndReason.APPEAL_SILENCE, EndReason.NOT_HEARD}
)


@dataclass(frozen=True, slots=True)
class PhaseSpan:
    """A span of a case: its phase, from, to (None is open), and why the next one follows if nobody acts."""

    phase: Phase
    since: date
    until: date | None
    then: EndReason | None = None

    def holds(self, at: date) -> bool:
        """Whether a day lies in it."""
        return self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True)
class CompletedAct:
    """Something that was done: the act, its day, who did it, its reasons, the end it sets, and whether it came late.

    `upheld` is whether what stands against the subject stands: the finding, the decision, the record, or the listing.
    """

    act: Act
    day: date
    by: str
    upheld: bool = True
    reasons: str = ""
    ends_on: date | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class HeardCase:
    """A case as far as it has come, and as it goes on by itself: what was done, and all its spans."""

    terms: ProcedureTerms
    done: tuple[CompletedAct, ...] = ()
    spans: tuple[PhaseSpan, ...] = ()
    reply_until: date | None = None
    first_bound: date | None = None
    decided_end: date | None = None
    overturned: bool = False

    def phase(self, at: date) -> Phase | None:
        """Where the case stands at a day; None before it was proposed."""
        return next((span.phase for span in self.spans if span.holds(at)), None)

    def binds(self, at: date) -> bool:
        """Whether what was decided binds at a day; nothing ever did in a case that was overturned."""
        return not self.overturned and self.phase(at) in BINDING

    @property
    def opening(self) -> Act | None:
        """The act that opened it."""
        return self.done[0].act if self.done else None

    def who(self, act: Act) -> str | None:
        """Who did something in this case, the last time."""
        return next((completed.by for completed in reversed(self.done) if completed.act is act), None)
