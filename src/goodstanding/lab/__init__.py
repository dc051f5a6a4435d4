"""The laboratory: drawn people and firms live under a catalogue's rules, and what that does to them is measured.

It needs libraries of its own (the extra `lab`); the register does without.
"""

from goodstanding.errors import LaboratoryError
from goodstanding.messages import LaboratoryMessage, Message

try:
    import numba  # noqa: F401
    import numpy  # noqa: F401
except ModuleNotFoundError as missing:
    raise LaboratoryError(Message(LaboratoryMessage.LIBRARY_MISSING, {"library": missing.name})) from missing
else:
    from goodstanding.lab.kernel_compilation import set_cache_folder

    set_cache_folder()  # before anything is compiled

from goodstanding.lab.acts import load_acts
from goodstanding.lab.assessment.assessment import assess
from goodstanding.lab.parameters import Parameter, list_parameters, set_parameters
from goodstanding.lab.simulation.runs import run
from goodstanding.lab.world import Population, draw_lives, plan_acts

__all__ = [
    "Parameter",
    "Population",
    "assess",
    "draw_lives",
    "list_parameters",
    "load_acts",
    "plan_acts",
    "run",
    "set_parameters",
]
