"""Mandates in this register: claimed by a person, granted or refused by an office, revoked; each act is one event.

    MandateClaimed   subject, person, text (why they may act), evidence (a proof: name, digest, size, media_type), day
    MandateGranted   subject, person, begins (first day; else `day`), until (last day), by, office, evidence (SHA-256),
                     claim (a position), day
    MandateRefused   claim, by, office, text (the reason), day
    MandateRevoked   mandate (the position of the grant), by, office, text (the reason), day

Nothing else is kept: which mandates there are is worked out from the events.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

import msgspec

from goodstanding import config
from goodstanding.access import Actor, Decision, Role
from goodstanding.access.mandates import (
    OVERSEERS_OFFICE,
    Mandate,
    check_last_day,
    compute_answer_day,
    compute_first_day,
    find_seniority,
    may_revoke_mandate,
    may_settle_mandate,
)
from goodstanding.errors import BadInput, NotAllowed, NotFound, NotPossible
from goodstanding.ledger import store as ledger
from goodstanding.ledger.store import LedgerEntry
from goodstanding.messages import CaseMessage, Message
from goodstanding.procedure.notices import Exhibit
from goodstanding.register.cases.claims.claim_subjects import list_identifiers, stands_apart
from goodstanding.register.projection.projector import append_event, refuse_if_overtaken
from goodstanding.register.rules.identifier_schemes import parse_identifier
from goodstanding.register.storage.event_fold import EventFold
from goodstanding.register.storage.event_kinds import EventKind
from goodstanding.register.storage.event_text import check_event_text

MOST_OPEN_CLAIMS = 20


@dataclass(frozen=True, slots=True)
class MandateClaim:
    """Somebody says that they may act for a subject; `outcome` is nothing while it is open, else granted or refused."""

    position: int
    subject: str
    person: str
    text: str
    evidence: Exhibit | None
    day: date
    outcome: str = ""
    reason: str = ""
    by: str = ""
    office: str = ""
    settled_on: date | None = None
    settled_at: int | None = None

    @property
    def newest_event(self) -> int:
        """The position of what happened to it last."""
        return self.position if self.settled_at is None else self.settled_at

    @property
    def answer_by(self) -> date:
        """The last day of the office that answers; past it the claim is the overseer's."""
        return compute_answer_day(self.day)

    @property
    def open(self) -> bool:
        """Whether nobody has confirmed or refused it yet."""
        return not self.outcome


class _MandateEventBody(msgspec.Struct, frozen=True):
    day: date
    subject: str = ""
    person: str = ""
    text: str = ""
    evidence: Exhibit | str | None = None
    by: str = ""
    office: str = ""
    begins: date | None = None
    until: date | None = None
    claim: int = -1
    mandate: int = -1


def list_claims() -> list[MandateClaim]:
    """Every claim that was made here, oldest first."""
    return list(_CLAIMS.items().values())


def list_own_claims(person: str, subject: str | None = None) -> list[MandateClaim]:
    """The claims of a person, oldest first; those to the file of one subject where that is named."""
    return [claim for claim in list_claims() if claim.person == person and subject in (None, claim.subject)]


def list_mandates() -> list[Mandate]:
    """Every mandate that was ever granted here, oldest first."""
    return list(_MANDATES.items().values())


def list_mandates_of_person(person: str, subject: str) -> list[Mandate]:
    """The mandates of a person for the subject that an identifier names."""
    positions, mandates = _GRANTS_BY_PERSON.items().get(person, ()), _MANDATES.items()
    person_mandates = [mandates[position] for position in positions if position in mandates]
    return [mandate for mandate in person_mandates if mandate.subject == subject]


def list_mandates_of_subject(identifiers: Collection[str]) -> list[Mandate]:
    """The mandates for the subject that holds these identifiers."""
    return [mandate for mandate in list_mandates() if mandate.subject in identifiers]


def get_claim(position: int) -> MandateClaim:
    """The claim made by the event at a position; raises NotFound."""
    claim = _CLAIMS.items().get(position)
    if claim is None:
        raise NotFound(Message(CaseMessage.CLAIM_MISSING, {"position": position}))
    return claim


def get_mandate(position: int) -> Mandate:
    """The mandate granted by the event at a position; raises NotFound."""
    mandate = _MANDATES.items().get(position)
    if mandate is None:
        raise NotFound(Message(CaseMessage.MANDATE_MISSING, {"position": position}))
    return mandate


def _parse_body(entry: LedgerEntry) -> _MandateEventBody:
    return msgspec.json.decode(entry.body or "{}", type=_MandateEventBody)


def _fold_claim_event(claims: dict[int, MandateClaim], entry: LedgerEntry) -> None:
    body = _parse_body(entry)
    if entry.kind == EventKind.MANDATE_CLAIMED:
        proof = body.evidence if isinstance(body.evidence, Exhibit) else None
        claims[entry.position] = MandateClaim(entry.position, body.subject, body.person, body.text, proof, body.day)
    elif claim := claims.get(body.claim):
        settled = replace(claim, outcome=_OUTCOMES[entry.kind], settled_on=body.day, settled_at=entry.position)
        claims[body.claim] = replace(settled, by=body.by, office=body.office, reason=body.text)


def _fold_mandate_event(mandates: dict[int, Mandate], entry: LedgerEntry) -> None:
    body = _parse_body(entry)
    if entry.kind == EventKind.MANDATE_GRANTED:
        last, digest = body.until or body.day, body.evidence if isinstance(body.evidence, str) else ""
        subject, person, granted_by = body.subject, body.person, (body.by, body.office, digest)
        mandates[entry.position] = Mandate(
            entry.position, subject, person, body.day, last, *granted_by, begins_on=body.begins
        )  # fmt: skip
    elif mandate := mandates.get(body.mandate):
        mandates[body.mandate] = replace(mandate, revoked_on=body.day, revoked_by=body.by, reason=body.text)


def _fold_grant(positions: dict[str, tuple[int, ...]], entry: LedgerEntry) -> None:
    person = _parse_body(entry).person
    positions[person] = (*positions.get(person, ()), entry.position)


_OUTCOMES: dict[str, str] = {EventKind.MANDATE_GRANTED: "granted", EventKind.MANDATE_REFUSED: "refused"}
_CLAIMS: EventFold[int, MandateClaim] = EventFold(
    (EventKind.MANDATE_CLAIMED, EventKind.MANDATE_GRANTED, EventKind.MANDATE_REFUSED), _fold_claim_event
)
_MANDATES: EventFold[int, Mandate] = EventFold(
    (EventKind.MANDATE_GRANTED, EventKind.MANDATE_REVOKED), _fold_mandate_event
)
_GRANTS_BY_PERSON: EventFold[str, tuple[int, ...]] = EventFold((EventKind.MANDATE_GRANTED,), _fold_grant)


@ledger.hold_append_lock()
def claim_mandate(
    person: str, identifier: str, text: str, evidence: Exhibit | None, day: date, recorded_at: datetime,
    seen: int | None = None,
) -> int:  # fmt: skip
    """Takes in that a person may act for whoever holds an identifier; gives the position of the claim.

    Whether there is a file is told neither by it nor by who answers, and when. Raises BadIdentifier, BadInput without
    a proof, NotPossible for a claim that is open already, and Overtaken where the newest claim of theirs to this file
    is another than they had `seen`.
    """
    if evidence is None:
        raise BadInput(Message(CaseMessage.CLAIM_WITHOUT_PROOF), where="files")
    subject = str(parse_identifier(identifier))
    refuse_if_overtaken(seen, max((claim.position for claim in list_own_claims(person, subject)), default=0))
    open_claims = [claim for claim in list_own_claims(person) if claim.open]
    if any(claim.subject == subject for claim in open_claims):
        raise NotPossible(Message(CaseMessage.CLAIM_OPEN), where=subject)
    if len(open_claims) >= MOST_OPEN_CLAIMS:
        raise NotPossible(Message(CaseMessage.CLAIMS_TOO_MANY, {"number": MOST_OPEN_CLAIMS}))
    words, proof = check_event_text(text, "text"), asdict(evidence)
    content = {"subject": subject, "person": person, "text": words, "evidence": proof}
    return _append_event(EventKind.MANDATE_CLAIMED, content, day, recorded_at)


@ledger.hold_append_lock()
def confirm_claim(
    position: int, actor: Actor, last_day: date, day: date, recorded_at: datetime, seen: int | None = None
) -> int:
    """Grants the mandate that was claimed, until its last day; gives the position of the grant.

    Raises NotAllowed, and NotPossible where somebody settled the claim meanwhile, or no proof came with it.
    """
    claimed = _get_open_claim(position, actor, day, seen)
    if claimed.evidence is None:
        raise NotPossible(Message(CaseMessage.CLAIM_WITHOUT_PROOF))
    content = {"subject": claimed.subject, "person": claimed.person, "evidence": claimed.evidence.digest}
    begins = compute_first_day(list_mandates_of_person(claimed.person, claimed.subject), day)
    return _append_grant(content | {"claim": position}, actor, (begins, last_day), day, recorded_at)


@ledger.hold_append_lock()
def append_claim_refusal(
    position: int, actor: Actor, reason: str, day: date, recorded_at: datetime, seen: int | None = None
) -> int:
    """Refuses a claim, with a reason that its claimant reads; gives the position of the refusal."""
    _get_open_claim(position, actor, day, seen)
    content = {"claim": position, "text": check_event_text(reason, "reason")} | _name_office(actor)
    return _append_event(EventKind.MANDATE_REFUSED, content, day, recorded_at)


@ledger.hold_append_lock()
def grant_mandate_in_demonstration(
    person: str, subject: str, actor: Actor, last_day: date, day: date, recorded_at: datetime
) -> int:
    """Grants a mandate that nobody claimed, to a made-up person; raises NotAllowed outside a demonstration."""
    if not config.get_current_register().demonstration:
        raise NotAllowed(Message(CaseMessage.MANDATE_UNCLAIMED))
    content = {"subject": subject, "person": person, "evidence": ""}
    return _append_grant(content, actor, (day, last_day), day, recorded_at)


def _append_grant(
    content: dict[str, Any], actor: Actor, days: tuple[date, date], day: date, recorded_at: datetime
) -> int:
    first_day, last_day = days
    begins = {"begins": first_day.isoformat()} if first_day != day else {}
    granted = begins | {"until": check_last_day(last_day, first_day, day).isoformat()} | _name_office(actor)
    return _append_event(EventKind.MANDATE_GRANTED, content | granted, day, recorded_at)


def _name_office(actor: Actor) -> dict[str, str]:
    return {"by": actor.name, "office": OVERSEERS_OFFICE if actor.role is Role.OVERSEER else actor.scope}


@ledger.hold_append_lock()
def revoke_mandate(position: int, actor: Actor, reason: str, day: date, recorded_at: datetime) -> int:
    """Ends a mandate at once, with a reason; gives the position of the revocation.

    Raises NotAllowed, and NotPossible where it is over already.
    """
    mandate = get_mandate(position)
    identifiers = list_identifiers(mandate.subject)
    seniority = find_seniority(list_mandates_of_subject(identifiers), actor.name, day)
    allowed = may_revoke_mandate(actor, mandate, identifiers, seniority)
    if not allowed.allowed:
        raise NotAllowed(Message(CaseMessage.MANDATE_NOT_YOURS), remedy=allowed.because)
    if mandate.ended_on <= day:
        raise NotPossible(Message(CaseMessage.MANDATE_OVER, {"day": mandate.ended_on}))
    content = {"mandate": position, "text": check_event_text(reason, "reason")} | _name_office(actor)
    return _append_event(EventKind.MANDATE_REVOKED, content, day, recorded_at)


def may_settle_claim(actor: Actor, claimed: MandateClaim, day: date) -> Decision:
    """Whether an actor may confirm or refuse a claim on a day, and because of which rule; a file need not be there."""
    apart = stands_apart(actor, claimed.subject)
    return may_settle_mandate(actor, claimed.person, apart=apart, in_time=day <= claimed.answer_by)


def _get_open_claim(position: int, actor: Actor, day: date, seen: int | None) -> MandateClaim:
    claimed = get_claim(position)
    allowed = may_settle_claim(actor, claimed, day)
    if not allowed.allowed:
        raise NotAllowed(Message(CaseMessage.CLAIM_NOT_YOURS), remedy=allowed.because)
    refuse_if_overtaken(seen, claimed.newest_event)
    if not claimed.open:
        params = {"person": claimed.by, "day": claimed.settled_on, "outcome": claimed.outcome}
        raise NotPossible(Message(CaseMessage.CLAIM_SETTLED, params))
    return claimed


def _append_event(kind: str, content: dict[str, Any], day: date, recorded_at: datetime) -> int:
    whole = {name: value for name, value in content.items() if value not in ("", None)} | {"day": day.isoformat()}
    return append_event(ledger.EventDraft(kind, whole), recorded_at)
