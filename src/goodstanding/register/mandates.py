"""Mandates in this register: claimed by a person, granted or refused by an office, revoked; each act is one event.

    MandateClaimed   subject, person, text (why they may act), evidence (a proof: name, digest, size, media_type), day
    MandateGranted   subject, person, until (its last day), by, office, evidence (its SHA-256), claim (a position), day
    MandateRefused   claim, by, office, text (the reason), day
    MandateRevoked   mandate (the position of the grant), by, office, text (the reason), day

Nothing else is kept: which mandates there are is worked out from the events.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from goodstanding import config
from goodstanding.access import Actor, Decision
from goodstanding.access.mandates import LONGEST_YEARS, Mandate, may_revoke, may_settle
from goodstanding.errors import BadDay, BadInput, NotAllowed, NotFound, NotPossible
from goodstanding.ledger import store as ledger
from goodstanding.procedure.notices import Exhibit
from goodstanding.register import file
from goodstanding.register.opening import signer
from goodstanding.register.store import rows

KINDS = ("MandateClaimed", "MandateGranted", "MandateRefused", "MandateRevoked")
ERASED = "ContentErased"
LONGEST_TEXT = 10_000
MOST_OPEN_CLAIMS = 20
_SOURCES = "SELECT DISTINCT source FROM record WHERE subject_id = %s"


@dataclass(frozen=True, slots=True)
class Claim:
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

    @property
    def open(self) -> bool:
        """Whether nobody has confirmed or refused it yet."""
        return not self.outcome


@dataclass(frozen=True, slots=True)
class _Held:
    """What the events say, up to a ledger size."""

    size: int = 0
    claims: Mapping[int, Claim] = field(default_factory=dict)
    mandates: Mapping[int, Mandate] = field(default_factory=dict)
    people: Mapping[str, list[int]] = field(default_factory=dict)


class _Said(msgspec.Struct, frozen=True):
    day: date
    subject: str = ""
    person: str = ""
    text: str = ""
    evidence: Exhibit | str | None = None
    by: str = ""
    office: str = ""
    until: date | None = None
    claim: int = -1
    mandate: int = -1


def claims() -> list[Claim]:
    """Every claim that was made here, oldest first."""
    return list(_held().claims.values())


def mandates() -> list[Mandate]:
    """Every mandate that was ever granted here, oldest first."""
    return list(_held().mandates.values())


def of_person(person: str, subject: str) -> list[Mandate]:
    """The mandates of a person for the subject that an identifier names."""
    held = _held()
    found = [held.mandates[position] for position in held.people.get(person, ())]
    return [one for one in found if one.subject == subject]


def of_subject(identifiers: Collection[str]) -> list[Mandate]:
    """The mandates for the subject that holds these identifiers."""
    return [one for one in mandates() if one.subject in identifiers]


def claim_at(position: int) -> Claim:
    """The claim made by the event at a position; raises NotFound."""
    found = _held().claims.get(position)
    if found is None:
        raise NotFound(f"There is no claim {position}.", remedy="the number of a claim that is open")
    return found


def mandate_at(position: int) -> Mandate:
    """The mandate granted by the event at a position; raises NotFound."""
    found = _held().mandates.get(position)
    if found is None:
        raise NotFound(f"There is no mandate {position}.", remedy="the number of a mandate")
    return found


def _held() -> _Held:
    """What the events say now: those that came since the last look are added to what was known."""
    here = (config.current().folder, config.current().database)
    known, size = _known.get(here, _Held()), ledger.size()
    if size == known.size:
        return known
    later = list(ledger.of_kinds((*KINDS, ERASED), known.size))
    if size < known.size or any(entry.kind == ERASED for entry in later):
        known, later = _Held(), list(ledger.of_kinds(KINDS))
    claims, granted = dict(known.claims), dict(known.mandates)
    for entry in later:
        if entry.body is not None and entry.position < size:
            _add(claims, granted, entry.position, entry.kind, msgspec.json.decode(entry.body, type=_Said))
    _known[here] = _Held(size, claims, granted, _by_person(granted) if later else known.people)
    return _known[here]


def _by_person(granted: Mapping[int, Mandate]) -> dict[str, list[int]]:
    people: dict[str, list[int]] = {}
    for position, one in granted.items():
        people.setdefault(one.person, []).append(position)
    return people


_known: dict[tuple[Path, str], _Held] = {}


def _add(claims: dict[int, Claim], mandates: dict[int, Mandate], at: int, kind: str, said: _Said) -> None:
    if kind == "MandateClaimed":
        proof = said.evidence if isinstance(said.evidence, Exhibit) else None
        claims[at] = Claim(at, said.subject, said.person, said.text, proof, said.day)
    elif kind == "MandateGranted":
        last = said.until or said.day
        digest = said.evidence if isinstance(said.evidence, str) else ""
        mandates[at] = Mandate(at, said.subject, said.person, said.day, last, said.by, said.office, digest)
    elif kind == "MandateRevoked" and (one := mandates.get(said.mandate)):
        mandates[said.mandate] = replace(one, revoked_on=said.day, revoked_by=said.by, reason=said.text)
    if kind in _OUTCOMES and (claim := claims.get(said.claim)):
        settled = replace(claim, outcome=_OUTCOMES[kind], settled_on=said.day, by=said.by)
        claims[said.claim] = replace(settled, office=said.office, reason=said.text)


_OUTCOMES = {"MandateGranted": "granted", "MandateRefused": "refused"}


@ledger.alone()
def claim(person: str, identifier: str, text: str, evidence: Exhibit | None, day: date, recorded_at: datetime) -> int:
    """Takes in that a person may act for whoever holds an identifier; gives the position of the claim.

    Raises BadIdentifier or NotFound for a subject that is not on file, NotPossible for a claim that is open already.
    """
    subject = file.subject(file.whose(identifier)).identifier
    waiting = [one for one in claims() if one.person == person and one.open]
    if any(one.subject == subject for one in waiting):
        raise NotPossible("Your claim to this file is open already.", where=subject, remedy="wait for the office")
    if len(waiting) >= MOST_OPEN_CLAIMS:
        raise NotPossible(f"{MOST_OPEN_CLAIMS} claims of yours are open.", remedy="wait until some are settled")
    proof = asdict(evidence) if evidence else None
    content = {"subject": subject, "person": person, "text": checked_text(text, "text"), "evidence": proof}
    return _append("MandateClaimed", content, day, recorded_at)


@ledger.alone()
def confirm(position: int, actor: Actor, last_day: date, day: date, recorded_at: datetime) -> int:
    """Grants the mandate that was claimed, until its last day; gives the position of the grant.

    Raises NotAllowed, and NotPossible where somebody settled the claim meanwhile.
    """
    claimed = _open_claim(position, actor)
    content = {"subject": claimed.subject, "person": claimed.person, "evidence": _digest(claimed), "claim": position}
    return _grant(content, actor, last_day, day, recorded_at)


@ledger.alone()
def refuse(position: int, actor: Actor, reason: str, day: date, recorded_at: datetime) -> int:
    """Refuses a claim, with a reason that its claimant reads; gives the position of the refusal."""
    _open_claim(position, actor)
    content = {"claim": position, "by": actor.name, "office": actor.scope, "text": checked_text(reason, "reason")}
    return _append("MandateRefused", content, day, recorded_at)


@ledger.alone()
def grant_in_demonstration(
    person: str, subject: str, actor: Actor, last_day: date, day: date, recorded_at: datetime
) -> int:
    """Grants a mandate that nobody claimed, to a made-up person; raises NotAllowed outside a demonstration."""
    if not config.current().demonstration:
        raise NotAllowed("A mandate is granted to somebody who claimed it.", remedy="/account/claim")
    content = {"subject": subject, "person": person, "evidence": ""}
    return _grant(content, actor, last_day, day, recorded_at)


def _grant(content: dict[str, Any], actor: Actor, last_day: date, day: date, recorded_at: datetime) -> int:
    latest = day + timedelta(days=LONGEST_YEARS * 366)
    if not day <= last_day <= latest:
        remedy = f"a day from {day} to {latest}"
        raise BadDay("That is no last day for a mandate.", where="until", remedy=remedy)
    granted = {"until": last_day.isoformat(), "by": actor.name, "office": actor.scope}
    return _append("MandateGranted", content | granted, day, recorded_at)


@ledger.alone()
def revoke(position: int, actor: Actor, reason: str, day: date, recorded_at: datetime) -> int:
    """Ends a mandate at once, with a reason; gives the position of the revocation.

    Raises NotAllowed, and NotPossible where it is over already.
    """
    held = mandate_at(position)
    allowed = may_revoke(actor, held, identifiers_of(held.subject))
    if not allowed.allowed:
        raise NotAllowed("This mandate is not yours to revoke.", remedy=allowed.because)
    if held.ended_on <= day:
        raise NotPossible(f"This mandate ended on {held.ended_on}.", remedy="nothing is left to revoke")
    content = {"mandate": position, "by": actor.name, "office": actor.scope, "text": checked_text(reason, "reason")}
    return _append("MandateRevoked", content, day, recorded_at)


def _digest(claimed: Claim) -> str:
    return claimed.evidence.digest if claimed.evidence else ""


def settles(actor: Actor, claimed: Claim) -> Decision:
    """Whether an actor may confirm or refuse a claim, and because of which rule."""
    return may_settle(actor, claimed.person, sources_of(claimed.subject))


def identifiers_of(subject: str) -> tuple[str, ...]:
    """All identifiers of whoever holds one of them."""
    return file.subject(file.whose(subject)).identifiers


def sources_of(subject: str) -> frozenset[str]:
    """The sources that have stated a record about whoever holds an identifier."""
    return frozenset(source for (source,) in rows(_SOURCES, [file.whose(subject)]))


def _open_claim(position: int, actor: Actor) -> Claim:
    claimed = claim_at(position)
    allowed = settles(actor, claimed)
    if not allowed.allowed:
        raise NotAllowed("This claim is not yours to settle.", remedy=allowed.because)
    if not claimed.open:
        said = f"{claimed.by} settled this claim on {claimed.settled_on}: {claimed.outcome}."
        raise NotPossible(said, remedy="nothing is left to settle")
    return claimed


def _append(kind: str, content: dict[str, Any], day: date, recorded_at: datetime) -> int:
    whole = {name: value for name, value in content.items() if value not in ("", None)} | {"day": day.isoformat()}
    return ledger.append([ledger.Draft(kind, whole)], recorded_at, signer()).size - 1


def checked_text(text: str, where: str) -> str:
    """A text as the ledger keeps it, word for word; raises BadInput for none, and for one that could rewrite a page."""
    cleaned = text.replace("\r\n", "\n").strip()
    odd = any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\t" for letter in cleaned)
    if not cleaned or odd or len(cleaned) > LONGEST_TEXT:
        remedy = f"a text of 1 to {LONGEST_TEXT:,} characters, without control characters"
        raise BadInput("This cannot be kept as a text.", where=where, remedy=remedy)
    return cleaned
