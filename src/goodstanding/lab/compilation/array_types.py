"""What arrays are made of: open ends, lengths, days, and where a record and the level of a field come from.

A length of time is a row (months, days) counted from the day of the conduct, and is added as the catalogue adds it:
months first, then days. A day is a number: days since 1970-01-01. An open end has OPEN months, or is the day OPEN.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

OPEN = int(np.iinfo(np.int32).max)  # months of a length, or a day, that never comes
NONE = -1  # no index: no act, no channel, no grade
Indexes = NDArray[np.int32]
Lengths = NDArray[np.int32]  # (n, 2): months, days
Days = NDArray[np.int32]
Points = NDArray[np.int64]
Thresholds = NDArray[np.uint64]  # chances in 2^-32, as of `world.candidates`
Truths = NDArray[np.bool_]


class Origin(IntEnum):
    """What a record comes from: joining, a month or year that passes, an act, what an authority does, a dispute."""

    ENROLMENT = 0
    MONTH = 1
    ACT = 2
    FOLLOWING = 3
    DISPUTE = 4
    YEAR = 5


class Span(IntEnum):
    """The time within which a cap holds: for ever, or the calendar year, quarter or month of the conduct."""

    EVER = 0
    YEAR = 1
    QUARTER = 2
    MONTH = 3


class Axis(IntEnum):
    """Where the level of a field comes from.

    DRAWN: chance, for each record. LIFE: chance, once for an agent. KIND: 0 person, 1 firm. FLAG: 0 or 1 by a flag of
    the agent (`agent.minor`: that it is not `adult`). TRAIT: the level of a trait. GRADE: own grade of a year ago.
    COUNT: own acts of the last year. LISTED: 0 or 1 whether on a list. EDGE_SCORE: mean score along an edge.
    EDGE_LISTED: 0 or 1 whether somebody along an edge is on a list. EDGE_GRADE: the lowest grade, the last in the
    scheme's order, of those along an edge. TRUTH and BELIEF: 0 or 1. DAY: the day of the conduct.
    """

    DRAWN = 0
    LIFE = 1
    KIND = 2
    FLAG = 3
    TRAIT = 4
    GRADE = 5
    COUNT = 6
    LISTED = 7
    EDGE_SCORE = 8
    EDGE_LISTED = 9
    TRUTH = 10
    BELIEF = 11
    DAY = 12
    EDGE_GRADE = 13


class Trigger(IntEnum):
    """What an authority acts on: a list is entered or left, a grade reached, a debt begins, is performed, cannot be."""

    ENTERS = 0
    LEAVES = 1
    REACHES = 2
    OPENS = 3
    PERFORMS = 4
    SETTLES = 5
    CANNOT = 6
