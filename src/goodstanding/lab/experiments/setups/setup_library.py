"""Which code runs a point of which set-up; loaded when it is asked for."""

from __future__ import annotations

from goodstanding.errors import LaboratoryError
from goodstanding.lab.experiments.setups.setup import Setup
from goodstanding.messages import ExperimentMessage, Message

SETUPS = ("composite-scores", "inspections", "negative-controls", "spirals")


def get_setup(name: str) -> Setup:
    """The set-up of a name; raises LaboratoryError with the names that there are."""
    if name == "inspections":
        from goodstanding.lab.experiments.setups.inspections import INSPECTIONS

        return INSPECTIONS
    if name == "composite-scores":
        from goodstanding.lab.experiments.setups.composite_scores import COMPOSITES

        return COMPOSITES
    if name == "negative-controls":
        from goodstanding.lab.experiments.setups.negative_controls import CONTROLS

        return CONTROLS
    if name == "spirals":
        from goodstanding.lab.experiments.setups.spirals import SPIRALS

        return SPIRALS
    raise LaboratoryError(Message(ExperimentMessage.SETUP_UNKNOWN, {"setup": repr(name)}), remedy=", ".join(SETUPS))
