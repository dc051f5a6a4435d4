"""An agent's standing under a scheme of points: a small list of what counts, reckoned again when something changes.

It says what `standing.points_scheme` says in SQL, and is held equal to it. What counts for ever without a cap is added
up once; what begins, ends or is capped stays in the list until it is over.
"""

from __future__ import annotations

from numba import njit

from goodstanding.lab.compilation.scheme_arrays import NONE, OPEN
from goodstanding.lab.kernel_compilation import PLAIN
from goodstanding.lab.simulation.civil_days import add_length, find_span_start
from goodstanding.lab.simulation.kernel_tables import (
    BAND_GRADE,
    BAND_LEAST,
    BAND_MOST,
    BONUS_AFTER,
    BONUS_NEEDS,
    BONUS_POINTS,
    DIRECT_GRADE,
    DIRECT_LAW_END,
    DIRECT_RANK,
    DIRECT_UNTIL,
    STAGE_ITEM,
    STAGE_LAW_END,
    STAGE_MOST,
    STAGE_POINTS,
    STAGE_SINCE,
    STAGE_SPAN,
    STAGE_UNTIL,
    VARIANT_GRADES,
    VARIANT_JOINS,
    VARIANT_RECORD,
    VARIANT_STAGES,
    VARIANT_START,
)

# Places of the numbers that an agent's state consists of.
JOINED, STARTED, START, DEDUCTED, SETTLED, RANK, GIVEN, ON_FILE, STAGES, GRADES, SCORE, GRADE, CHANGE = range(13)
STATE_SIZE = 13
# Columns of a stage that counts, and of a grade given directly.
BEGIN, END, ITEM, POINTS, SPAN, MOST = range(6)
STAGE_SIZE, GRADE_SIZE = 6, 3  # of a grade: end, rank, grade
_NO_RANK = OPEN


@njit(**PLAIN)
def copy_row(rows, place, target, target_place):  # type: ignore[no-untyped-def]
    """Copies a row of numbers to a place of the same list, or of another."""
    for column in range(rows.shape[1]):
        target[target_place, column] = rows[place, column]


@njit(**PLAIN)
def clear_state(state):  # type: ignore[no-untyped-def]
    """An agent of whom nothing is on file."""
    state[:] = 0
    state[JOINED], state[STARTED], state[DEDUCTED] = OPEN, -OPEN, -OPEN
    state[RANK], state[GIVEN], state[GRADE], state[CHANGE] = _NO_RANK, NONE, NONE, OPEN


@njit(**PLAIN)
def put_on_file(rules, variant, occurred, day, state, stages, grades):  # type: ignore[no-untyped-def]
    """Takes a record of conduct of one day into account from another on; whether there was room."""
    state[ON_FILE] |= 1 << rules.variants[variant, VARIANT_RECORD]
    if rules.variants[variant, VARIANT_JOINS]:
        state[JOINED] = min(state[JOINED], occurred)
        if occurred >= state[STARTED]:
            state[STARTED], state[START] = occurred, rules.variants[variant, VARIANT_START]
    for row in range(rules.variants[variant, VARIANT_STAGES], rules.variants[variant + 1, VARIANT_STAGES]):
        if not _put_stage(rules, row, occurred, day, state, stages):
            return False
    for row in range(rules.variants[variant, VARIANT_GRADES], rules.variants[variant + 1, VARIANT_GRADES]):
        if not _put_grade(rules, row, occurred, day, state, grades):
            return False
    return True


@njit(**PLAIN)
def _add_length(rules, table, row, column, day):  # type: ignore[no-untyped-def]
    return add_length(day, table[row, column], table[row, column + 1], rules.sums_next_day)


@njit(**PLAIN)
def _put_stage(rules, row, occurred, day, state, stages):  # type: ignore[no-untyped-def]
    begin = _add_length(rules, rules.stages, row, STAGE_SINCE, occurred)
    end = min(_add_length(rules, rules.stages, row, STAGE_UNTIL, occurred), rules.stages[row, STAGE_LAW_END])
    points, most, place = rules.stages[row, STAGE_POINTS], rules.stages[row, STAGE_MOST], state[STAGES]
    if points < 0:
        state[DEDUCTED] = max(state[DEDUCTED], occurred)
    if end <= day or end <= begin:
        return True
    if begin <= day and end >= OPEN and most >= OPEN:
        state[SETTLED] += points
        return True
    if place == len(stages):
        return False
    stages[place, BEGIN], stages[place, END], stages[place, ITEM] = begin, end, rules.stages[row, STAGE_ITEM]
    stages[place, POINTS], stages[place, MOST] = points, most
    stages[place, SPAN] = find_span_start(occurred, rules.stages[row, STAGE_SPAN]) if most < OPEN else 0
    state[STAGES] = place + 1
    return True


@njit(**PLAIN)
def _put_grade(rules, row, occurred, day, state, grades):  # type: ignore[no-untyped-def]
    end = min(_add_length(rules, rules.directs, row, DIRECT_UNTIL, occurred), rules.directs[row, DIRECT_LAW_END])
    rank, grade, place = rules.directs[row, DIRECT_RANK], rules.directs[row, DIRECT_GRADE], state[GRADES]
    if end <= day:
        return True
    if end >= OPEN:
        if rank < state[RANK]:
            state[RANK], state[GIVEN] = rank, grade
        return True
    if place == len(grades):
        return False
    grades[place, 0], grades[place, 1], grades[place, 2] = end, rank, grade
    state[GRADES] = place + 1
    return True


@njit(**PLAIN)
def reckon_standing(rules, day, state, stages, grades):  # type: ignore[no-untyped-def]
    """Score and grade at a day, and the next day on which they can change with nothing new on file."""
    state[CHANGE] = OPEN
    if state[JOINED] > day:
        state[CHANGE] = state[JOINED]
        return
    points = state[SETTLED] + _sum_stages(day, state, stages)
    total = state[START] + _find_bonus(rules, day, state) + points
    state[SCORE] = min(rules.cap, max(rules.floor, total))
    grade = _find_given_grade(day, state, grades)
    state[GRADE] = grade if grade != NONE else _find_band(rules, state[SCORE])


@njit(**PLAIN)
def _sum_stages(day, state, stages):  # type: ignore[no-untyped-def]
    total, place = 0, 0
    has_caps = False
    while place < state[STAGES]:
        if stages[place, END] <= day:  # over for good: the last one takes its place
            state[STAGES] -= 1
            copy_row(stages, state[STAGES], stages, place)
            continue
        if stages[place, BEGIN] > day:
            state[CHANGE] = min(state[CHANGE], stages[place, BEGIN])
        else:
            state[CHANGE] = min(state[CHANGE], stages[place, END])
            if stages[place, MOST] >= OPEN:
                total += stages[place, POINTS]
            else:
                has_caps = True
        place += 1
    return total + _sum_capped(day, state[STAGES], stages) if has_caps else total


@njit(**PLAIN)
def _sum_capped(day, number, stages):  # type: ignore[no-untyped-def]
    """The points of items with a cap: of each item and span no more than the cap, both ways."""
    total = 0
    for first in range(number):
        most = stages[first, MOST]
        if most >= OPEN or stages[first, BEGIN] > day or _is_counted_before(day, first, stages):
            continue
        points = 0
        for place in range(first, number):
            if _is_together(stages, first, place) and stages[place, BEGIN] <= day:
                points += stages[place, POINTS]
        total += max(-most, min(most, points))
    return total


@njit(**PLAIN)
def _is_together(stages, first, second):  # type: ignore[no-untyped-def]
    return stages[first, ITEM] == stages[second, ITEM] and stages[first, SPAN] == stages[second, SPAN]


@njit(**PLAIN)
def _is_counted_before(day, place, stages):  # type: ignore[no-untyped-def]
    for before in range(place):  # noqa: SIM110 - compiled code has no generators
        if stages[before, BEGIN] <= day and _is_together(stages, before, place):
            return True
    return False


@njit(**PLAIN)
def _find_bonus(rules, day, state):  # type: ignore[no-untyped-def]
    """What clean time has earned; of several the greatest."""
    best, clean = 0, max(state[JOINED], state[DEDUCTED])
    for row in range(len(rules.bonuses)):
        due, needs = _add_length(rules, rules.bonuses, row, BONUS_AFTER, clean), rules.bonuses[row, BONUS_NEEDS]
        if due > day:
            state[CHANGE] = min(state[CHANGE], due)
        elif needs == NONE or state[ON_FILE] >> needs & 1:
            best = max(best, rules.bonuses[row, BONUS_POINTS])
    return best


@njit(**PLAIN)
def _find_given_grade(day, state, grades):  # type: ignore[no-untyped-def]
    rank, grade, place = state[RANK], state[GIVEN], 0
    while place < state[GRADES]:
        if grades[place, 0] <= day:
            state[GRADES] -= 1
            copy_row(grades, state[GRADES], grades, place)
            continue
        state[CHANGE] = min(state[CHANGE], grades[place, 0])
        if grades[place, 1] < rank:
            rank, grade = grades[place, 1], grades[place, 2]
        place += 1
    return grade


@njit(**PLAIN)
def _find_band(rules, score):  # type: ignore[no-untyped-def]
    for band in range(len(rules.bands)):
        if rules.bands[band, BAND_LEAST] <= score <= rules.bands[band, BAND_MOST]:
            return rules.bands[band, BAND_GRADE]
    return NONE
