"""An agent's standing, whatever grades it: the rules that there are decide, when code is compiled, which sums are done.

So the code for points has nothing in it of other schemes. What is here as Python is never run: numba takes its place.
"""

from __future__ import annotations

from typing import Any

from numba.extending import overload

from goodstanding.lab.kernel_compilation import PLAIN
from goodstanding.lab.simulation.outcomes.outcome_state import clear_outcomes, put_outcome, reckon_outcomes
from goodstanding.lab.simulation.outcomes.outcome_tables import OutcomeTable
from goodstanding.lab.simulation.points_state import clear_state, put_on_file, reckon_standing

OPTIONS: Any = PLAIN


def clear(rules: Any, state: Any) -> None:
    """An agent of whom nothing is on file."""
    raise NotImplementedError


def put_record(rules: Any, variant: Any, occurred: Any, day: Any, state: Any, stages: Any, grades: Any) -> bool:
    """Takes a record of conduct of one day into account from another on; whether there was room."""
    raise NotImplementedError


def reckon(rules: Any, day: Any, state: Any, stages: Any, grades: Any) -> None:
    """The standing at a day, and the next day on which it can change with nothing new on file."""
    raise NotImplementedError


def grades_outcomes(rules: Any) -> bool:
    """Whether rules, as a type of numba, are of schemes that grade the newest record or a mean."""
    return rules.instance_class is OutcomeTable


@overload(clear, jit_options=OPTIONS)
def _choose_clearing(rules, state):  # type: ignore[no-untyped-def]
    if grades_outcomes(rules):
        return lambda rules, state: clear_outcomes(state)
    return lambda rules, state: clear_state(state)


@overload(put_record, jit_options=OPTIONS)
def _choose_put(rules, variant, occurred, day, state, stages, grades):  # type: ignore[no-untyped-def]
    if grades_outcomes(rules):
        return lambda rules, variant, occurred, day, state, stages, grades: put_outcome(
            rules, variant, occurred, day, state, stages
        )
    return lambda rules, variant, occurred, day, state, stages, grades: put_on_file(
        rules, variant, occurred, day, state, stages, grades
    )


@overload(reckon, jit_options=OPTIONS)
def _choose_reckoning(rules, day, state, stages, grades):  # type: ignore[no-untyped-def]
    if grades_outcomes(rules):
        return lambda rules, day, state, stages, grades: reckon_outcomes(rules, day, state, stages)
    return lambda rules, day, state, stages, grades: reckon_standing(rules, day, state, stages, grades)
