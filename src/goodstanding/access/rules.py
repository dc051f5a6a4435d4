"""The rule of charter article 19, for pages, twins, exports, proofs and commands alike.

    Anybody sees what is in force now about organisations and establishments.
    Other moments, on either axis, and what is between the parties, are open to the subject itself, its source,
    the deciding and appeal bodies, and the overseer.
    Bulk lists go to registered recipients (article 21).
    Records are stated by a clerk of their own source (article 18); the keys that sources sign with are admitted by
    whoever runs the register (article 23).
    Figures on authorities are for anybody; the cases and officials behind them for the overseer (article 23).

Nobody else sees anything: a role that is not named here is refused, and the answer says why.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from goodstanding.access.actors import Actor, Role

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


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether it is allowed, and because of which rule."""

    allowed: bool
    because: str


_PERSON = Decision(False, "charter article 3: a natural person is never published")
_PUBLIC = Decision(True, "charter article 19: anybody sees what is in force now")
_OVERSEER = Decision(True, "charter article 19: the overseer sees every file")
_OPERATOR = Decision(True, "charter article 21: whoever runs the register hands its lists to registered recipients")
_NOT_OPERATOR = Decision(
    False, "charter article 19: whoever runs the register sees of a file what anybody sees; ask in the role of a party"
)
_RECIPIENT = Decision(True, "charter article 21: bulk lists go to registered recipients")
_NOT_RECIPIENT = Decision(False, "charter article 21: bulk lists go to registered recipients only")
_OWN_RECORDS = Decision(True, "charter article 18: each step names who holds it; a source states its own records")
_OTHERS_RECORDS = Decision(
    False, "charter article 18: each step names who holds it; only a clerk of the source itself states its records"
)
_KEYS = Decision(True, "charter article 23: sources sign their batches; whoever runs the register admits their keys")
_NO_KEYS = Decision(False, "charter article 23: only whoever runs the register admits the keys that sources sign with")
_OVERSEES = Decision(True, "charter article 23: authorities answer for errors and disparity, and the overseer watches")
_NOT_OVERSEER = Decision(
    False,
    "charter article 23: cases and officials behind the figures are for the overseer; the figures are for anybody",
)
_OWN_FILE = Decision(True, "charter article 19: the subject sees its own file, at any moment, and who looked at it")
_NOT_OWN_FILE = Decision(
    False, "charter article 19: a subject's own file, and who looked at it, are for those who act for the subject"
)
_NOT_PARTY = Decision(
    False,
    "charter article 19: other moments, and what is between the parties, are for the subject, its source, deciders and"
    " the overseer",
)
_NOT_OF_CASE = Decision(
    False,
    "charter articles 13 and 19: a case is open to its subject, its source and who decides in it, to an appeal body"
    " that stands apart once it has something to hear, and to the overseer",
)


def may(actor: Actor, action: Action, resource: Resource) -> Decision:
    """Whether `actor` may do `action` to `resource`, and because of which rule."""
    if resource.kind == "person":
        return _PERSON
    if action is Action.SEE_CASE:
        return _decide_case_access(actor, resource)
    if action is Action.HOLD_FILE:
        own = actor.role is Role.SUBJECT and actor.scope in resource.identifiers
        return _OWN_FILE if own else _NOT_OWN_FILE
    if action in (Action.STATE_RECORDS, Action.KEEP_KEYS):
        return _decide_source_access(actor, action, resource)
    if action is Action.OVERSEE:
        return _OVERSEES if actor.role is Role.OVERSEER else _NOT_OVERSEER
    if action is Action.DOWNLOAD_LIST:
        return _OPERATOR if actor.role is Role.OPERATOR else _decide_list_access(actor)
    if action is Action.SEE_NOW or (action is Action.SEE_RECORD and resource.in_force_now):
        return _PUBLIC
    if actor.role is Role.OPERATOR:
        return _NOT_OPERATOR
    return _decide_party_access(actor, resource)


def _decide_case_access(actor: Actor, resource: Resource) -> Decision:
    """The same for a case: its parties and nobody else, whoever runs the register included."""
    if actor.role is Role.APPEAL and resource.for_body:
        return Decision(True, "charter article 14: an appeal body that stands apart hears the case")
    if actor.role is Role.SUBJECT and actor.scope in resource.identifiers:
        return Decision(True, "charter article 13: the subject sees its own cases whole")
    if actor.role in (Role.SOURCE, Role.DECIDER) and actor.scope in resource.sources:
        return Decision(True, "charter article 13: the source sees its own cases, and so does who decides in them")
    sees_every_case = actor.role is Role.OVERSEER or (actor.role is Role.DECIDER and not actor.scope)
    return _OVERSEER if sees_every_case else _NOT_OF_CASE


def _decide_list_access(actor: Actor) -> Decision:
    return _RECIPIENT if actor.role in (Role.RECIPIENT, Role.OVERSEER) else _NOT_RECIPIENT


def _decide_source_access(actor: Actor, action: Action, resource: Resource) -> Decision:
    if action is Action.KEEP_KEYS:
        return _KEYS if actor.role is Role.OPERATOR else _NO_KEYS
    own = actor.role is Role.SOURCE and actor.scope in resource.sources
    return _OWN_RECORDS if own else _OTHERS_RECORDS


def _decide_party_access(actor: Actor, resource: Resource) -> Decision:
    if actor.role is Role.OVERSEER:
        return _OVERSEER
    if actor.role is Role.SUBJECT and actor.scope in resource.identifiers:
        return Decision(True, "charter article 19: the subject sees its own file")
    if actor.role is Role.SOURCE and actor.scope in resource.sources:
        return Decision(True, "charter article 19: a source sees the files it has stated records about")
    if actor.role in (Role.DECIDER, Role.APPEAL) and (not actor.scope or actor.scope in resource.sources):
        return Decision(True, "charter article 19: the deciding and appeal bodies see the files they decide on")
    return _NOT_PARTY


def list_visible_audiences(actor: Actor, resource: Resource) -> Collection[str]:
    """The same rule as a filter: the audiences whose effects about `resource` this actor sees now."""
    return AUDIENCES if may(actor, Action.SEE_PARTIES, resource).allowed else AUDIENCES[:1]
