"""The rule of charter article 19, for pages, twins, exports, proofs and commands alike.

    Anybody sees what is in force now about organisations and establishments.
    Other moments, on either axis, and what is between the parties, are open to the subject itself, its source,
    the deciding and appeal bodies, and the overseer.
    Bulk lists go to registered recipients (article 21).
    Records are stated by a clerk of their own source (article 18); the keys that sources sign with are admitted by
    whoever runs the register (article 23).
    Sources are admitted, ended, merged and renumbered by two of the overseer's office (articles 1 and 18).
    Figures on authorities are for anybody; the cases and officials behind them for the overseer (article 23).

Nobody else sees anything: a role that is not named here is refused, and the answer says why.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from goodstanding.access.actors import Actor, Role
from goodstanding.messages import AccessMessage, Message

AUDIENCES = ("anybody", "parties")


class Action(StrEnum):
    """What somebody wants to do."""

    SEE_NOW = "see what is in force now"
    SEE_PAST = "see another moment"
    SEE_PARTIES = "see what is between the parties"
    SEE_RECORD = "see a record and its event"
    SEE_CASE = "see a case, word for word"
    HOLD_FILE = "open one's own file, speak in it, and take all of it away"
    DOWNLOAD_LIST = "download a whole list"
    STATE_RECORDS = "state, correct and withdraw a source's records"
    KEEP_KEYS = "admit, change and revoke the keys that a source signs with"
    ADMIT_SOURCES = "admit, end, merge and renumber sources"
    OVERSEE = "see which cases and officials stand behind the figures on authorities"


@dataclass(frozen=True, slots=True)
class Resource:
    """What it concerns: the subject's kind and identifiers, its records' sources, and whether it is in force now.

    Of a case, `sources` is the one that it comes from, and `for_body` whether something in it is for an appeal body to
    hear, from which the actor's office stands apart.
    """

    kind: str = "organisation"
    identifiers: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    in_force_now: bool = False
    for_body: bool = False


WHOLE_REGISTER = Resource()  # what is on nobody's file: lists, sources, figures on authorities, events about no subject


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether it is allowed, and because of which rule."""

    allowed: bool
    because: Message


def allow(code: AccessMessage) -> Decision:
    """That it is allowed, because of a rule."""
    return Decision(True, Message(code))


def refuse(code: AccessMessage) -> Decision:
    """That it is refused, because of a rule."""
    return Decision(False, Message(code))


def may(actor: Actor, action: Action, resource: Resource) -> Decision:
    """Whether `actor` may do `action` to `resource`, and because of which rule."""
    if resource.kind == "person":
        return refuse(AccessMessage.PERSON_NEVER_PUBLISHED)
    if action is Action.SEE_CASE:
        return _decide_case_access(actor, resource)
    if action is Action.HOLD_FILE:
        own = actor.role is Role.SUBJECT and actor.scope in resource.identifiers
        return allow(AccessMessage.OWN_FILE) if own else refuse(AccessMessage.OWN_FILE_FOR_SUBJECT)
    if action in (Action.STATE_RECORDS, Action.KEEP_KEYS):
        return _decide_source_access(actor, action, resource)
    if action is Action.ADMIT_SOURCES:
        admits = actor.role is Role.OVERSEER
        return allow(AccessMessage.SOURCES_BY_OVERSEER) if admits else refuse(AccessMessage.SOURCES_BY_OVERSEER_ONLY)
    if action is Action.OVERSEE:
        watches = actor.role is Role.OVERSEER
        return allow(AccessMessage.OVERSEER_WATCHES) if watches else refuse(AccessMessage.FIGURES_FOR_ANYBODY)
    if action is Action.DOWNLOAD_LIST:
        return _decide_list_access(actor)
    if action is Action.SEE_NOW or (action is Action.SEE_RECORD and resource.in_force_now):
        return allow(AccessMessage.NOW_FOR_ANYBODY)
    return _decide_party_access(actor, resource)


def _decide_case_access(actor: Actor, resource: Resource) -> Decision:
    """The same for a case: its parties and nobody else, whoever runs the register included."""
    if actor.role is Role.APPEAL and resource.for_body:
        return allow(AccessMessage.CASE_FOR_BODY)
    if actor.role is Role.SUBJECT and actor.scope in resource.identifiers:
        return allow(AccessMessage.CASES_FOR_SUBJECT)
    if actor.role in (Role.SOURCE, Role.DECIDER) and actor.scope in resource.sources:
        return allow(AccessMessage.CASES_FOR_SOURCE)
    sees_every_case = actor.role is Role.OVERSEER or (actor.role is Role.DECIDER and not actor.scope)
    return allow(AccessMessage.FILES_FOR_OVERSEER) if sees_every_case else refuse(AccessMessage.CASES_FOR_PARTIES)


def _decide_list_access(actor: Actor) -> Decision:
    if actor.role is Role.OPERATOR:
        return allow(AccessMessage.LISTS_FROM_OPERATOR)
    receives = actor.role in (Role.RECIPIENT, Role.OVERSEER)
    return allow(AccessMessage.LISTS_FOR_RECIPIENTS) if receives else refuse(AccessMessage.LISTS_FOR_RECIPIENTS_ONLY)


def _decide_source_access(actor: Actor, action: Action, resource: Resource) -> Decision:
    if action is Action.KEEP_KEYS:
        keeps = actor.role is Role.OPERATOR
        return allow(AccessMessage.KEYS_BY_OPERATOR) if keeps else refuse(AccessMessage.KEYS_BY_OPERATOR_ONLY)
    own = actor.role is Role.SOURCE and actor.scope in resource.sources
    return allow(AccessMessage.RECORDS_BY_SOURCE) if own else refuse(AccessMessage.RECORDS_BY_SOURCE_ONLY)


def _decide_party_access(actor: Actor, resource: Resource) -> Decision:
    if actor.role is Role.OPERATOR:
        return refuse(AccessMessage.OPERATOR_SEES_AS_ANYBODY)
    if actor.role is Role.OVERSEER:
        return allow(AccessMessage.FILES_FOR_OVERSEER)
    if actor.role is Role.SUBJECT and actor.scope in resource.identifiers:
        return allow(AccessMessage.FILE_FOR_SUBJECT)
    if actor.role is Role.SOURCE and actor.scope in resource.sources:
        return allow(AccessMessage.FILES_FOR_SOURCE)
    if actor.role in (Role.DECIDER, Role.APPEAL) and (not actor.scope or actor.scope in resource.sources):
        return allow(AccessMessage.FILES_FOR_BODIES)
    return refuse(AccessMessage.FILES_FOR_PARTIES)


def list_visible_audiences(actor: Actor, resource: Resource) -> Collection[str]:
    """The same rule as a filter: the audiences whose effects about `resource` this actor sees now."""
    return AUDIENCES if may(actor, Action.SEE_PARTIES, resource).allowed else AUDIENCES[:1]
