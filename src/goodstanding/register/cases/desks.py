"""Who works on cases, and which queues wait on their desks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from goodstanding.access import Actor, Role
from goodstanding.errors import NotAllowed
from goodstanding.messages import CaseMessage, Message
from goodstanding.register.rules.authorities import load_authority_tree
from goodstanding.register.rules.enacted_catalogues import list_enacted


class WorkQueue(StrEnum):
    """What cases wait for."""

    TO_SERVE = "to-serve"
    WAITING = "waiting"
    TO_DECIDE = "to-decide"
    DECISIONS = "decisions-to-serve"
    ASKED = "asked"
    APPEALS = "appeals"
    INTERIM = "interim"
    ENDING = "ending"


OF_ROLE: Mapping[Role, tuple[WorkQueue, ...]] = {
    Role.SOURCE: (
        WorkQueue.TO_SERVE, WorkQueue.DECISIONS, WorkQueue.WAITING, WorkQueue.TO_DECIDE, WorkQueue.ASKED,
        WorkQueue.APPEALS, WorkQueue.ENDING,
    ),
    Role.DECIDER: (
        WorkQueue.TO_DECIDE, WorkQueue.ASKED, WorkQueue.WAITING, WorkQueue.DECISIONS, WorkQueue.APPEALS,
        WorkQueue.ENDING,
    ),
    Role.APPEAL: (WorkQueue.APPEALS, WorkQueue.INTERIM),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose cases are looked at: a source's own, or for an appeal body those of sources it stands apart from."""

    role: Role
    sources: tuple[str, ...]

    @property
    def queues(self) -> tuple[WorkQueue, ...]:
        """The queues on this desk, what waits for whoever works here first."""
        return OF_ROLE[self.role]


def get_desk(actor: Actor) -> Desk:
    """The desk at which somebody works; raises NotAllowed for whoever works at none."""
    if actor.role not in OF_ROLE or not actor.scope:
        raise NotAllowed(Message(CaseMessage.DESK_NOT_YOURS))
    tree, scope = load_authority_tree(), actor.scope
    groups = [
        {source.id for source in enacted_catalogue.catalogue.sources} for enacted_catalogue in list_enacted().values()
    ]
    if actor.role is Role.APPEAL:
        near = [group for group in groups if scope in map(tree.now, group)] or groups
        return Desk(actor.role, tuple(sorted(source for source in set().union(*near) if tree.apart(source, scope))))
    sources = {scope}.union(*groups)
    return Desk(actor.role, tuple(sorted(source for source in sources if tree.now(source) == tree.now(scope))))
