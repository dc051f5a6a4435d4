"""Who may act in a case: each act, the role that holds it, and on which article of the charter that rests.

An act is named as the ledger names it. What a case permits at a moment is `procedure`'s to say; this is about who.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from goodstanding.access.actors import Actor, Role
from goodstanding.access.rules import Decision, allow, refuse
from goodstanding.messages import AccessMessage, Message


@dataclass(frozen=True, slots=True)
class CaseResource:
    """A case: whose file it is in, which source it comes from, who applied for it, and which bodies stand apart.

    `apart` is whether the actor's office stands neither above nor below the source in the tree of authorities.
    """

    identifiers: frozenset[str] = frozenset()
    source: str = ""
    applicant: str = ""
    asked_by_subject: bool = False
    apart: bool = False


_CLERK, _DECIDER, _SUBJECT, _BODY, _APPLICANT = Role.SOURCE, Role.DECIDER, Role.SUBJECT, Role.APPEAL, Role.APPLICANT
ACT_HOLDERS: dict[str, tuple[tuple[Role, ...], AccessMessage]] = {
    "CaseProposed": ((_CLERK,), AccessMessage.CLERK_PROPOSES),
    "NoticeServed": ((_CLERK,), AccessMessage.SOURCE_TELLS),
    "ReplyFiled": ((_SUBJECT,), AccessMessage.SUBJECT_REPLIES),
    "CaseDecided": ((_DECIDER,), AccessMessage.DECIDER_DECIDES),
    "DecisionServed": ((_CLERK, _DECIDER), AccessMessage.SOURCE_SERVES),
    "AppealFiled": ((_SUBJECT,), AccessMessage.SUBJECT_APPEALS),
    "SuspensionLifted": ((_BODY,), AccessMessage.BODY_LIFTS),
    "AppealDecided": ((_BODY,), AccessMessage.BODY_DECIDES),
    "InterimImposed": ((_DECIDER,), AccessMessage.DECIDER_IMPOSES),
    "InterimHeard": ((_BODY,), AccessMessage.BODY_HEARS),
    "ObligationPerformed": ((_CLERK, _APPLICANT), AccessMessage.PERFORMANCE_CONFIRMED),
    "CaseWithdrawn": ((_CLERK, _SUBJECT), AccessMessage.OPENER_WITHDRAWS),
    "RecordDisputed": ((_SUBJECT,), AccessMessage.SUBJECT_DISPUTES),
    "LinkDisputed": ((_SUBJECT,), AccessMessage.SUBJECT_DISPUTES_LINK),
    "DisputeDecided": ((_DECIDER,), AccessMessage.DECIDER_DECIDES),
    "RepairRequested": ((_SUBJECT,), AccessMessage.REPAIR_BY_SUBJECT),
    "RepairDecided": ((_DECIDER,), AccessMessage.DECIDER_REPAIRS),
}


def may_act(actor: Actor, act: str, case: CaseResource) -> Decision:
    """Whether `actor` may do `act` in `case`, and because of which rule; nobody may do what is not named here."""
    if act not in ACT_HOLDERS:
        return refuse(AccessMessage.ACT_OF_NOBODY)
    roles, rule = ACT_HOLDERS[act]
    if actor.role not in roles or not actor.name:
        return refuse(rule)
    if act == "CaseWithdrawn" and (actor.role is Role.SUBJECT) is not case.asked_by_subject:
        return refuse(rule)
    return _decide_for_party(actor, case, rule)


def _decide_for_party(actor: Actor, case: CaseResource, rule: AccessMessage) -> Decision:
    permissions = {
        Role.SUBJECT: (actor.scope in case.identifiers, AccessMessage.CASE_OF_ANOTHER_SUBJECT),
        Role.SOURCE: (actor.scope == case.source, AccessMessage.CASE_OF_ANOTHER_SOURCE),
        Role.DECIDER: (actor.scope == case.source, AccessMessage.CASE_OF_ANOTHER_SOURCE),
        Role.APPEAL: (bool(actor.scope) and case.apart, AccessMessage.BODY_NOT_APART),
        Role.APPLICANT: (actor.name == case.applicant, AccessMessage.CASE_OF_ANOTHER_APPLICANT),
    }
    allowed, refusal = permissions[actor.role]
    return allow(rule) if allowed else refuse(refusal)


def list_permitted_acts(actor: Actor, case: CaseResource) -> tuple[str, ...]:
    """The same rule as a filter: the acts of a case that this actor holds."""
    return tuple(act for act in ACT_HOLDERS if may_act(actor, act, case).allowed)


def may_speak(actor: Actor, identifiers: Collection[str]) -> Decision:
    """Whether `actor` may publish or retract a subject's own words beside an entry about it."""
    permitted = actor.role is Role.SUBJECT and bool(actor.name) and actor.scope in identifiers
    return Decision(permitted, Message(AccessMessage.SUBJECT_SPEAKS))


@dataclass(frozen=True, slots=True)
class ApplicationResource:
    """An application for a listing: who made it, and to which source; for a new one, whoever is about to make it."""

    by: str = ""
    source: str = ""


APPLICATION_ACT_HOLDERS: dict[str, tuple[Role, AccessMessage]] = {
    "ListingApplied": (_APPLICANT, AccessMessage.LISTING_ASKED_FOR),
    "ApplicationProposed": (_CLERK, AccessMessage.CLERK_PROPOSES),
    "ApplicationDeclined": (_CLERK, AccessMessage.CLERK_ANSWERS),
    "ComplaintFiled": (_APPLICANT, AccessMessage.APPLICANT_COMPLAINS),
    "ComplaintAnswered": (Role.OVERSEER, AccessMessage.OVERSEER_ANSWERS),
}


def may_apply(actor: Actor, act: str, application: ApplicationResource) -> Decision:
    """Whether `actor` may do `act` about an application for a listing, and because of which rule."""
    if act not in APPLICATION_ACT_HOLDERS:
        return refuse(AccessMessage.ACT_OF_NOBODY)
    role, rule = APPLICATION_ACT_HOLDERS[act]
    if actor.role is not role or not actor.name or not _is_concerned(actor, application):
        return refuse(rule)
    if role is _CLERK and actor.name == application.by:
        return refuse(AccessMessage.OWN_APPLICATION)
    return allow(rule)


def may_see_application(actor: Actor, application: ApplicationResource) -> Decision:
    """Whether `actor` may see an application, word for word and with the name of whoever made it."""
    permitted = (
        actor.role in (_APPLICANT, _CLERK, Role.OVERSEER) and bool(actor.name) and _is_concerned(actor, application)
    )
    return Decision(permitted, Message(AccessMessage.APPLICATION_FOR_PARTIES))


def _is_concerned(actor: Actor, application: ApplicationResource) -> bool:
    if actor.role is _CLERK:
        return bool(actor.scope) and actor.scope == application.source
    return actor.role is Role.OVERSEER or actor.name == application.by
