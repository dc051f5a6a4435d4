"""Who may act in a case: each act, the role that holds it, and on which article of the charter that rests.

An act is named as the ledger names it. What a case permits at a moment is `procedure`'s to say; this is about who.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from goodstanding.access.actors import Actor, Role
from goodstanding.access.rules import Decision


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
ACT_HOLDERS: dict[str, tuple[tuple[Role, ...], str]] = {
    "CaseProposed": ((_CLERK,), "article 13: a clerk of the source proposes"),
    "NoticeServed": ((_CLERK,), "article 12: the source tells the subject"),
    "ReplyFiled": ((_SUBJECT,), "article 13: the subject replies"),
    "CaseDecided": ((_DECIDER,), "article 13: a decider of the source decides"),
    "DecisionServed": ((_CLERK, _DECIDER), "article 12: the source serves the decision"),
    "AppealFiled": ((_SUBJECT,), "article 14: the subject appeals"),
    "SuspensionLifted": ((_BODY,), "article 14: a court or appeal body lifts the suspension"),
    "AppealDecided": ((_BODY,), "article 14: the appeal body decides"),
    "InterimImposed": ((_DECIDER,), "article 16: a decider of the source imposes an interim measure"),
    "InterimHeard": ((_BODY,), "article 16: the appeal body hears an interim measure"),
    "ObligationPerformed": ((_CLERK, _APPLICANT), "article 11: the source, or who applied, confirms performance"),
    "CaseWithdrawn": ((_CLERK, _SUBJECT), "whoever opened a case withdraws it"),
    "RecordDisputed": ((_SUBJECT,), "article 14: the subject disputes a record"),
    "LinkDisputed": ((_SUBJECT,), "article 14: the subject disputes that a record is about it"),
    "DisputeDecided": ((_DECIDER,), "article 13: a decider of the source decides"),
    "RepairRequested": ((_SUBJECT,), "article 17: repair is the subject's right"),
    "RepairDecided": ((_DECIDER,), "article 17: a decider of the source decides on repair"),
}


def may_act(actor: Actor, act: str, case: CaseResource) -> Decision:
    """Whether `actor` may do `act` in `case`, and because of which rule; nobody may do what is not named here."""
    if act not in ACT_HOLDERS:
        return Decision(False, "no rule names this act")
    roles, because = ACT_HOLDERS[act]
    if actor.role not in roles or not actor.name:
        return Decision(False, f"charter {because}" if "article" in because else because)
    if act == "CaseWithdrawn" and (actor.role is Role.SUBJECT) is not case.asked_by_subject:
        return Decision(False, because)
    return _decide_for_party(actor, case, because)


def _decide_for_party(actor: Actor, case: CaseResource, because: str) -> Decision:
    permissions = {
        Role.SUBJECT: (actor.scope in case.identifiers, "this is another subject's case"),
        Role.SOURCE: (actor.scope == case.source, "this is another source's case"),
        Role.DECIDER: (actor.scope == case.source, "this is another source's case"),
        Role.APPEAL: (
            bool(actor.scope) and case.apart,
            "charter article 14: this body stands above or below the source",
        ),
        Role.APPLICANT: (actor.name == case.applicant, "this is another applicant's case"),
    }
    allowed, refusal = permissions[actor.role]
    return Decision(allowed, f"charter {because}" if allowed else refusal)


def list_permitted_acts(actor: Actor, case: CaseResource) -> tuple[str, ...]:
    """The same rule as a filter: the acts of a case that this actor holds."""
    return tuple(act for act in ACT_HOLDERS if may_act(actor, act, case).allowed)


_OWN_STATEMENT = "charter article 13: a subject answers, in public too, in its own words and about itself alone"


def may_speak(actor: Actor, identifiers: Collection[str]) -> Decision:
    """Whether `actor` may publish or retract a subject's own words beside an entry about it."""
    permitted = actor.role is Role.SUBJECT and bool(actor.name) and actor.scope in identifiers
    return Decision(permitted, _OWN_STATEMENT)


@dataclass(frozen=True, slots=True)
class ApplicationResource:
    """An application for a listing: who made it, and to which source; for a new one, whoever is about to make it."""

    by: str = ""
    source: str = ""


APPLICATION_ACT_HOLDERS: dict[str, tuple[Role, str]] = {
    "ListingApplied": (_APPLICANT, "article 6: a person may ask for a listing, which only a decision can give"),
    "ApplicationProposed": (_CLERK, "article 13: a clerk of the source proposes"),
    "ApplicationDeclined": (_CLERK, "article 18: a clerk of the source answers an application"),
    "ComplaintFiled": (_APPLICANT, "article 23: who applied may complain about how it was handled"),
    "ComplaintAnswered": (Role.OVERSEER, "article 23: the overseer answers complaints about authorities"),
}
_SEES = "article 19: an application is for whoever made it, the clerks of its source, and the overseer"


def may_apply(actor: Actor, act: str, application: ApplicationResource) -> Decision:
    """Whether `actor` may do `act` about an application for a listing, and because of which rule."""
    if act not in APPLICATION_ACT_HOLDERS:
        return Decision(False, "no rule names this act")
    role, because = APPLICATION_ACT_HOLDERS[act]
    if actor.role is not role or not actor.name or not _is_concerned(actor, application):
        return Decision(False, f"charter {because}")
    if role is _CLERK and actor.name == application.by:
        return Decision(False, "charter article 13: nobody handles what they applied for themselves")
    return Decision(True, f"charter {because}")


def may_see_application(actor: Actor, application: ApplicationResource) -> Decision:
    """Whether `actor` may see an application, word for word and with the name of whoever made it."""
    permitted = (
        actor.role in (_APPLICANT, _CLERK, Role.OVERSEER) and bool(actor.name) and _is_concerned(actor, application)
    )
    return Decision(permitted, f"charter {_SEES}")


def _is_concerned(actor: Actor, application: ApplicationResource) -> bool:
    if actor.role is _CLERK:
        return bool(actor.scope) and actor.scope == application.source
    return actor.role is Role.OVERSEER or actor.name == application.by
