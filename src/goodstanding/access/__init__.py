"""Who may see: one rule, stated for one resource and as a filter over many; deny by default."""

from goodstanding.access.actors import ANYBODY, OPERATOR, Actor, Role
from goodstanding.access.rules import Action, Decision, Resource, may, sees

__all__ = ["ANYBODY", "OPERATOR", "Action", "Actor", "Decision", "Resource", "Role", "may", "sees"]
