"""Who may act for a subject: a mandate names a person, holds from a day to its last day, and can be revoked.

It rests on a proof and on an office that is no source, for a source may be the accuser. It begins after some days, in
which those who act for the subject already are told and may revoke it; it never removes them. Mandates that sources
granted before this rule stay as they were. Several people may hold mandates for one subject. Whether one holds is only
a comparison with a day, so that nobody has to end it (charter article 18: each step names who holds it, and the field
that proves it).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from goodstanding.access.actors import Actor, Role
from goodstanding.access.rules import Decision, allow, refuse
from goodstanding.errors import BadDay
from goodstanding.messages import AccessMessage, CaseMessage, Message

LONGEST_MANDATE_YEARS = 3
WAITING_DAYS = 5  # from the day of the grant to the first day of the mandate
ANSWER_DAYS = 5  # from the day of a claim to the last day of the office that answers it
OVERSEERS_OFFICE = Role.OVERSEER.value


@dataclass(frozen=True, slots=True)
class Mandate:
    """A person's right to act for a subject, granted by an office; `position` is the event that granted it.

    It holds from `begins_on` (where that is not said from `granted_on`) to `last_day`, both included; from `revoked_on`
    on it does not.
    """

    position: int
    subject: str
    person: str
    granted_on: date
    last_day: date
    by: str
    office: str
    evidence: str = ""
    revoked_on: date | None = None
    revoked_by: str = ""
    reason: str = ""
    begins_on: date | None = None

    @property
    def first_day(self) -> date:
        """The first day on which it holds."""
        return self.begins_on or self.granted_on

    @property
    def ended_on(self) -> date:
        """The first day on which it does not hold any more."""
        lapsed = self.last_day + timedelta(days=1)
        return min(lapsed, self.revoked_on) if self.revoked_on else lapsed

    def holds(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.first_day <= day < self.ended_on

    def waits(self, day: date) -> bool:
        """Whether it was granted and begins later than on a day."""
        return day < self.first_day < self.ended_on


def list_mandates_in_force(mandates: Iterable[Mandate], day: date) -> tuple[Mandate, ...]:
    """Those that hold on a day."""
    return tuple(mandate for mandate in mandates if mandate.holds(day))


def find_last_ended_mandate(mandates: Iterable[Mandate], day: date) -> Mandate | None:
    """Of those that are over on a day, the one that ended last; None where none ever held."""
    return max(
        (mandate for mandate in mandates if mandate.ended_on <= day), key=lambda mandate: mandate.ended_on, default=None
    )


def find_waiting_mandate(mandates: Iterable[Mandate], day: date) -> Mandate | None:
    """Of those that begin later than on a day, the first; None where none does."""
    return min(
        (mandate for mandate in mandates if mandate.waits(day)), key=lambda mandate: mandate.first_day, default=None
    )


def find_seniority(mandates: Iterable[Mandate], person: str, day: date) -> int | None:
    """The first of the mandates that a person has held without a gap until a day, by its position; None without one."""
    first, held_until = None, date.min
    for mandate in sorted(mandates, key=lambda mandate: mandate.first_day):
        if mandate.person == person and mandate.first_day <= day:
            first = first if first is not None and mandate.first_day <= held_until else mandate.position
            held_until = max(held_until, mandate.ended_on)
    return first if day < held_until else None


def compute_first_day(own_mandates: Iterable[Mandate], day: date) -> date:
    """The first day of a mandate that is granted on a day: that day where it renews one of its person's that holds."""
    return day if list_mandates_in_force(own_mandates, day) else day + timedelta(days=WAITING_DAYS)


def compute_answer_day(day: date) -> date:
    """The last day on which an office may answer a claim that is made on a day; then the overseer does."""
    return day + timedelta(days=ANSWER_DAYS)


def compute_latest_end(day: date) -> date:
    """The latest day until which a mandate that is granted on a day can be."""
    return day + timedelta(days=LONGEST_MANDATE_YEARS * 366)


def check_last_day(last_day: date, first_day: date, day: date) -> date:
    """The last day of a mandate that is granted on a day; raises BadDay where it cannot be that."""
    latest = compute_latest_end(day)
    if not first_day <= last_day <= latest:
        raise BadDay(Message(CaseMessage.MANDATE_LAST_DAY, {"first": first_day, "last": latest}), where="until")
    return last_day


def may_settle_mandate(actor: Actor, claimant: str, *, apart: bool = False, in_time: bool = False) -> Decision:
    """Whether `actor` may confirm or refuse that `claimant` acts for a subject: never a source, who may accuse it.

    `apart` is whether the actor's office hears appeals about the subject and stands apart from all its sources,
    `in_time` whether the office's last day to answer is not over. Past it the claim is the overseer's alone.
    """
    answers = actor.role is Role.OVERSEER or (actor.role is Role.APPEAL and apart)
    if not answers or not actor.name:
        return refuse(AccessMessage.MANDATE_BY_OFFICE)
    if actor.role is Role.APPEAL and not in_time:
        return refuse(AccessMessage.CLAIM_WITH_OVERSEER)
    return refuse(AccessMessage.OWN_CLAIM) if actor.name == claimant else allow(AccessMessage.MANDATE_BY_OFFICE)


def may_revoke_mandate(
    actor: Actor, mandate: Mandate, identifiers: Collection[str], seniority: int | None
) -> Decision:  # fmt: skip
    """Whether `actor` may revoke a mandate for the subject that holds these identifiers.

    A representative gives up their own, and revokes what was granted after they began to act (`seniority`): whoever
    comes never removes who is there.
    """
    represents = actor.role is Role.SUBJECT and actor.scope in identifiers
    is_senior = seniority is not None and seniority < mandate.position
    revokes = represents and (is_senior or actor.name == mandate.person)
    granted = (
        actor.role in (Role.SOURCE, Role.DECIDER, Role.APPEAL) and bool(actor.scope) and actor.scope == mandate.office
    )
    allowed = revokes or granted or actor.role is Role.OVERSEER
    return Decision(bool(actor.name) and allowed, Message(AccessMessage.MANDATE_REVOKED_BY))
