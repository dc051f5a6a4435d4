"""Who may act for a subject: a mandate names a person, holds from a day to its last day, and can be revoked.

Several people may hold mandates for one subject. Whether one holds is only a comparison with a day, so that nobody has
to end it (charter article 18: each step names who holds it, and the field that proves it).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from goodstanding.access.actors import Actor, Role
from goodstanding.access.rules import Decision, allow, refuse
from goodstanding.messages import AccessMessage, Message

LONGEST_MANDATE_YEARS = 3


@dataclass(frozen=True, slots=True)
class Mandate:
    """A person's right to act for a subject, granted by an office; `position` is the event that granted it.

    It holds on `granted_on`, on `last_day` and between; from `revoked_on` on it does not.
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

    @property
    def ended_on(self) -> date:
        """The first day on which it does not hold any more."""
        lapsed = self.last_day + timedelta(days=1)
        return min(lapsed, self.revoked_on) if self.revoked_on else lapsed

    def holds(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.granted_on <= day < self.ended_on


def list_mandates_in_force(mandates: Iterable[Mandate], day: date) -> tuple[Mandate, ...]:
    """Those that hold on a day."""
    return tuple(mandate for mandate in mandates if mandate.holds(day))


def find_last_ended_mandate(mandates: Iterable[Mandate], day: date) -> Mandate | None:
    """Of those that are over on a day, the one that ended last; None where none ever held."""
    return max(
        (mandate for mandate in mandates if mandate.ended_on <= day), key=lambda mandate: mandate.ended_on, default=None
    )


def may_settle_mandate(actor: Actor, claimant: str, sources: Collection[str]) -> Decision:
    """Whether `actor` may confirm or refuse that `claimant` acts for a subject whose records come from `sources`."""
    if actor.role not in (Role.SOURCE, Role.DECIDER) or not actor.name or actor.scope not in sources:
        return refuse(AccessMessage.MANDATE_BY_OFFICE)
    return refuse(AccessMessage.OWN_CLAIM) if actor.name == claimant else allow(AccessMessage.MANDATE_BY_OFFICE)


def may_revoke_mandate(actor: Actor, mandate: Mandate, identifiers: Collection[str]) -> Decision:
    """Whether `actor` may revoke a mandate for the subject that holds these identifiers, their own among them."""
    represents = actor.role is Role.SUBJECT and actor.scope in identifiers
    granted = actor.role in (Role.SOURCE, Role.DECIDER) and bool(actor.scope) and actor.scope == mandate.office
    return Decision(bool(actor.name) and (represents or granted), Message(AccessMessage.MANDATE_REVOKED_BY))
