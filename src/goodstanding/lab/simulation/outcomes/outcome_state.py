"""An agent's standing in schemes that grade the newest record or a mean, reckoned again when something changes.

It says what `standing.latest_scheme` says in SQL, and is held equal to it: the newest record is that of the latest
conduct and, of several, the one filed last; the mean is that of the records of a time, rounded down.
"""

from __future__ import annotations

from numba import njit

from goodstanding.lab.compilation.scheme_arrays import NONE, OPEN
from goodstanding.lab.kernel_compilation import PLAIN
from goodstanding.lab.simulation.civil_days import add_length
from goodstanding.lab.simulation.outcomes.outcome_tables import NO_SCORE
from goodstanding.lab.simulation.points_state import (
    BEGIN,
    CHANGE,
    END,
    GRADE,
    ITEM,
    POINTS,
    SCORE,
    STAGES,
    copy_row,
)

# Of each scheme, in the places of a state that only points use: when its newest record was, one more than its variant,
# one more than the level, and the score.
_OCCURRED, _VARIANT, _LEVEL, _SCORE = range(4)
PLACES_A_SCHEME, MOST_SCHEMES = 4, 2


@njit(**PLAIN)
def clear_outcomes(state):  # type: ignore[no-untyped-def]
    """An agent of whom nothing is on file."""
    state[:] = 0
    state[GRADE], state[CHANGE] = NONE, OPEN


@njit(**PLAIN)
def put_outcome(rules, variant, occurred, day, state, stages):  # type: ignore[no-untyped-def]
    """Takes a record of conduct of one day into account from another on; whether there was room."""
    for scheme in range(len(rules.strides)):
        if not rules.counts[scheme, variant]:
            continue
        if rules.is_mean[scheme]:
            if not _put_in_mean(rules, scheme, variant, occurred, day, state, stages):
                return False
            continue
        first = PLACES_A_SCHEME * scheme
        if state[first + _VARIANT] == 0 or occurred >= state[first + _OCCURRED]:
            state[first + _OCCURRED], state[first + _VARIANT] = occurred, variant + 1
    return True


@njit(**PLAIN)
def _put_in_mean(rules, scheme, variant, occurred, day, state, stages):  # type: ignore[no-untyped-def]
    end = min(_find_end(rules, rules.over[scheme], occurred), _find_end(rules, rules.lapses[scheme], occurred))
    if end <= day:
        return True
    place = state[STAGES]
    if place == len(stages):
        return False
    stages[place, BEGIN], stages[place, END], stages[place, ITEM] = occurred, end, scheme
    stages[place, POINTS] = rules.scores[scheme, variant]
    state[STAGES] = place + 1
    return True


@njit(**PLAIN, inline="always")
def _find_end(rules, length, day):  # type: ignore[no-untyped-def]
    return add_length(day, length[0], length[1], rules.sums_next_day)


@njit(**PLAIN)
def reckon_outcomes(rules, day, state, stages):  # type: ignore[no-untyped-def]
    """Levels, scores and the standing at a day, and the next day on which they can change with nothing new on file."""
    state[CHANGE] = OPEN
    _drop_ended(day, state, stages)
    standing = 0
    for scheme in range(len(rules.strides)):
        first = PLACES_A_SCHEME * scheme
        state[first + _LEVEL], state[first + _SCORE] = 0, NO_SCORE
        if day < rules.law_until[scheme]:
            state[CHANGE] = min(state[CHANGE], rules.law_until[scheme])
            if rules.is_mean[scheme]:
                _reckon_mean(rules, scheme, first, state, stages)
            elif state[first + _VARIANT] > 0:
                _reckon_newest(rules, scheme, first, day, state)
        standing += state[first + _LEVEL] * rules.strides[scheme]
    state[SCORE], state[GRADE] = state[_SCORE], standing - 1


@njit(**PLAIN)
def _drop_ended(day, state, stages):  # type: ignore[no-untyped-def]
    place = 0
    while place < state[STAGES]:
        if stages[place, END] <= day:
            state[STAGES] -= 1
            copy_row(stages, state[STAGES], stages, place)
        else:
            state[CHANGE] = min(state[CHANGE], stages[place, END])
            place += 1


@njit(**PLAIN)
def _reckon_newest(rules, scheme, first, day, state):  # type: ignore[no-untyped-def]
    variant = state[first + _VARIANT] - 1
    end = _find_end(rules, rules.lapses[scheme], state[first + _OCCURRED])
    if day < end:
        state[first + _LEVEL], state[first + _SCORE] = rules.levels[scheme, variant], rules.scores[scheme, variant]
        state[CHANGE] = min(state[CHANGE], end)


@njit(**PLAIN)
def _reckon_mean(rules, scheme, first, state, stages):  # type: ignore[no-untyped-def]
    total, number = 0, 0
    for place in range(state[STAGES]):
        if stages[place, ITEM] == scheme:
            total += stages[place, POINTS]
            number += 1
    if number:
        state[first + _SCORE] = total // number
        state[first + _LEVEL] = _find_level(rules, scheme, state[first + _SCORE])


@njit(**PLAIN)
def _find_level(rules, scheme, score):  # type: ignore[no-untyped-def]
    for band in range(rules.band_starts[scheme], rules.band_starts[scheme + 1]):
        if rules.band_least[band] <= score <= rules.band_most[band]:
            return rules.band_levels[band]
    return NONE + 1


@njit(**PLAIN, inline="always")
def get_level(scheme, state):  # type: ignore[no-untyped-def]
    """An agent's level in a scheme, NONE without a grade."""
    return state[PLACES_A_SCHEME * scheme + _LEVEL] - 1


@njit(**PLAIN, inline="always")
def get_score(scheme, state):  # type: ignore[no-untyped-def]
    """An agent's score in a scheme, NO_SCORE without a number."""
    return state[PLACES_A_SCHEME * scheme + _SCORE]
