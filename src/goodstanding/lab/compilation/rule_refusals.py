"""A rule that has no array form is named with its file and line."""

from __future__ import annotations

from goodstanding.catalogue.compiler.compilation import places_of
from goodstanding.catalogue.model import Catalogue
from goodstanding.errors import LaboratoryError
from goodstanding.messages import BehaviourMessage, Message


def refuse_rule(catalogue: Catalogue, path: tuple[str | int, ...], reason: Message) -> LaboratoryError:
    """The error that a rule at this place of a catalogue cannot be compiled, and why."""
    where = f"{catalogue.name}/{places_of(catalogue).of('catalogue.yaml', path)}"
    problem = Message(BehaviourMessage.RULE_WITHOUT_ARRAYS, {"reason": reason})
    return LaboratoryError(problem, where=where, remedy=reason.render_remedy() or None)
