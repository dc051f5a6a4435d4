"""An agent's standing under a scheme of points: a small list of what counts, reckoned again when something changes.

It says what `standing.points_scheme` says in SQL, and is held equal to it. What counts for ever without a cap is added
up once; what begins, ends or is capped stays in the list until it is over.
"""

from __future__ import annotations

from numba import njit

from goodstanding.lab.compilation.scheme_arrays import NONE, OPEN
from goodstanding.lab.simulation.civil_days import add_length, find_span_start
from goodstanding.lab.simulation.kernel_tables import PLAIN

# Places of the numbers that an agent's state consists of.
JOINED, STARTED, START, DEDUCTED, SETTLED, RANK, GIVEN, ON_FILE, STAGES, GRADES, SCORE, GRADE, CHANGE = range(13)
STATE_SIZE = 13
# Columns of a stage that counts, and of a grade given directly.
BEGIN, END, ITEM, POINTS, SPAN = range(5)
STAGE_SIZE, GRADE_SIZE = 5, 3  # of a grade: end, rank, grade
_NO_RANK = OPEN


@njit(**PLAIN, inline="always")
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
    state[ON_FILE] |= 1 << rules.records[variant]
    if rules.joins[variant]:
        state[JOINED] = min(state[JOINED], occurred)
        if occurred >= state[STARTED]:
            state[STARTED], state[START] = occurred, rules.starts[variant]
    for row in range(rules.stage_starts[variant], rules.stage_starts[variant + 1]):
        if not _put_stage(rules, row, occurred, day, state, stages):
            return False
    for row in range(rules.direct_starts[variant], rules.direct_starts[variant + 1]):
        if not _put_grade(rules, row, occurred, day, state, grades):
            return False
    return True


@njit(**PLAIN)
def _put_stage(rules, row, occurred, day, state, stages):  # type: ignore[no-untyped-def]
    since, until, item = rules.stage_since[row], rules.stage_until[row], rules.stage_items[row]
    begin = add_length(occurred, since[0], since[1], rules.sums_next_day)
    end = min(add_length(occurred, until[0], until[1], rules.sums_next_day), rules.stage_ends[row])
    if rules.stage_points[row] < 0:
        state[DEDUCTED] = max(state[DEDUCTED], occurred)
    if end <= day or end <= begin:
        return True
    if begin <= day and end >= OPEN and rules.item_most[item] >= OPEN:
        state[SETTLED] += rules.stage_points[row]
        return True
    place = state[STAGES]
    if place == len(stages):
        return False
    stages[place, BEGIN], stages[place, END], stages[place, ITEM] = begin, end, item
    stages[place, POINTS], stages[place, SPAN] = (
        rules.stage_points[row],
        find_span_start(occurred, rules.item_spans[item]),
    )
    state[STAGES] = place + 1
    return True


@njit(**PLAIN)
def _put_grade(rules, row, occurred, day, state, grades):  # type: ignore[no-untyped-def]
    until = rules.direct_until[row]
    end = min(add_length(occurred, until[0], until[1], rules.sums_next_day), rules.direct_ends[row])
    if end <= day:
        return True
    if end >= OPEN:
        if rules.direct_ranks[row] < state[RANK]:
            state[RANK], state[GIVEN] = rules.direct_ranks[row], rules.direct_grades[row]
        return True
    place = state[GRADES]
    if place == len(grades):
        return False
    grades[place, 0], grades[place, 1], grades[place, 2] = end, rules.direct_ranks[row], rules.direct_grades[row]
    state[GRADES] = place + 1
    return True


@njit(**PLAIN)
def reckon_standing(rules, day, state, stages, grades):  # type: ignore[no-untyped-def]
    """Score and grade at a day, and the next day on which they can change with nothing new on file."""
    state[CHANGE] = OPEN
    if state[JOINED] > day:
        state[CHANGE] = state[JOINED]
        return
    points = state[SETTLED] + _sum_stages(rules, day, state, stages)
    total = state[START] + _find_bonus(rules, day, state) + points
    state[SCORE] = min(rules.cap, max(rules.floor, total))
    grade = _find_given_grade(day, state, grades)
    state[GRADE] = grade if grade != NONE else _find_band(rules, state[SCORE])


@njit(**PLAIN)
def _sum_stages(rules, day, state, stages):  # type: ignore[no-untyped-def]
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
            if rules.item_most[stages[place, ITEM]] >= OPEN:
                total += stages[place, POINTS]
            else:
                has_caps = True
        place += 1
    return total + _sum_capped(rules, day, state[STAGES], stages) if has_caps else total


@njit(**PLAIN)
def _sum_capped(rules, day, number, stages):  # type: ignore[no-untyped-def]
    """The points of items with a cap: of each item and span no more than the cap, both ways."""
    total = 0
    for first in range(number):
        most = rules.item_most[stages[first, ITEM]]
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
    for row in range(len(rules.bonus_points)):
        after = rules.bonus_after[row]
        due = add_length(clean, after[0], after[1], rules.sums_next_day)
        if due > day:
            state[CHANGE] = min(state[CHANGE], due)
        elif rules.bonus_needs[row] == NONE or state[ON_FILE] >> rules.bonus_needs[row] & 1:
            best = max(best, rules.bonus_points[row])
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
    for band in range(len(rules.band_grades)):
        if rules.band_least[band] <= score <= rules.band_most[band]:
            return rules.band_grades[band]
    return NONE
