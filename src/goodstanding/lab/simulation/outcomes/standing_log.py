"""Standings as they are written down: of points one a change, of other schemes one for each scheme."""

from __future__ import annotations

from typing import Any

from numba.extending import overload

from goodstanding.lab.simulation.life_records import write_row
from goodstanding.lab.simulation.outcomes.outcome_state import get_level, get_score
from goodstanding.lab.simulation.outcomes.standing_state import OPTIONS, grades_outcomes
from goodstanding.lab.simulation.points_state import GRADE, SCORE


def write_standing(rules: Any, agent: Any, day: Any, scratch: Any) -> None:
    """Writes down the score, the level and the scheme, from a day on; numba takes the place of this."""
    raise NotImplementedError


@overload(write_standing, jit_options=OPTIONS)
def _choose_rows(rules, agent, day, scratch):  # type: ignore[no-untyped-def]
    return _write_outcomes if grades_outcomes(rules) else _write_points


def _write_points(rules, agent, day, scratch):  # type: ignore[no-untyped-def]
    state = scratch.state
    write_row(scratch.standings, scratch.written, 1, agent, day, state[SCORE], state[GRADE], 0)


def _write_outcomes(rules, agent, day, scratch):  # type: ignore[no-untyped-def]
    state = scratch.state
    for scheme in range(len(rules.strides)):
        score, level = get_score(scheme, state), get_level(scheme, state)
        write_row(scratch.standings, scratch.written, 1, agent, day, score, level, scheme)
