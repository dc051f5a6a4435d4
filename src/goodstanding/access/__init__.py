"""Who may see: one rule, stated for one resource and as a filter over many; deny by default."""

from goodstanding.access.actors import ANYBODY, OPERATOR, Actor, Role
from goodstanding.access.rules import WHOLE_REGISTER, Action, Decision, Resource, list_visible_audiences, may

__all__ = [
    "ANYBODY",
    "OPERATOR",
    "WHOLE_REGISTER",
    "Action",
    "Actor",
    "Decision",
    "Resource",
    "Role",
    "list_visible_audiences",
    "may",
]
