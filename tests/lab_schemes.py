"""Small schemes of points for tests of the laboratory: drawn at random, as a catalogue and as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import strategies as st
from tests.rules import make_catalogue

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.periods import Period
from goodstanding.lab.compilation import scheme_arrays as arrays
from goodstanding.lab.compilation.scheme_arrays import NONE, OPEN, Axis, Origin, SchemeArrays, Span
from goodstanding.lab.world.candidates import WHOLE

ACTS = ("late-bill", "traffic-ticket", "good-deed", "bank-arrears")
WORDS = ("a", "b", "c", "d")
FIRST_DAY = 18_262  # 2020-01-01
RULES = """
month_sums: SUMS
records:
  joined: {title: Joined, ON, by: [office]}
  act: {title: Act, ON, by: [office], fields: {what: {type: code, title: What, one_of: [a, b, c, d]}}}
schemes:
  credit:
    title: Credit
    ON
    kind: points
    record: act
    STARTS
    base: BASE
    BOUNDS
    DIRECT
    BONUS
    items:
ITEMS
    bands: [{grade: A, at_least: 60}, {grade: B, at_least: 40}, {grade: C}]
measures:
  on-grade: {title: Grade, ON, kind: restriction, scheme: credit, grades: [C], purpose: visits, audience: [office, anybody]}
  on-best: {title: Best, ON, kind: benefit, scheme: credit, grades: [A, B], purpose: visits, audience: [office]}
"""


@dataclass(frozen=True, slots=True)
class Item:
    """What some words count for: stages of points, each until a length after the day."""

    words: tuple[str, ...]
    stages: tuple[tuple[int, Period | None], ...]
    most: int | None
    per: str


@dataclass(frozen=True, slots=True)
class SmallScheme:
    """A scheme of points of a few lines."""

    next_day: bool
    joining: bool
    base: int
    floor: int | None
    cap: int | None
    items: tuple[Item, ...]
    direct: tuple[tuple[tuple[str, ...], str, Period | None], ...]
    bonus: tuple[tuple[Period, int, bool], ...]
    delays: tuple[tuple[int, int], ...]
    meets: tuple[float, float]
    disputes: arrays.DisputeArrays | None = None


@dataclass(frozen=True, slots=True)
class SmallVariant:
    """What a record says."""

    record: str
    fields: tuple[tuple[str, Any], ...]


VARIANTS = (SmallVariant("joined", ()), *(SmallVariant("act", (("what", word),)) for word in WORDS))


def build_rules(scheme: SmallScheme) -> Catalogue:
    """The catalogue of a small scheme."""
    bounds = [f"{name}: {value}" for name, value in (("floor", scheme.floor), ("cap", scheme.cap)) if value is not None]
    direct = [
        f"{{grade: {grade}, ON, when: {_write_condition(words)}{_write_length('counts_for', until)}}}"
        for words, grade, until in scheme.direct
    ]
    bonus = [
        f"{{after: {after}, points: {points}, ON{', needs: joined' if needs else ''}}}"
        for after, points, needs in scheme.bonus
    ]
    parts = {
        "SUMS": "next-day" if scheme.next_day else "last-day",
        "STARTS": "starts_with: joined" if scheme.joining else "",
        "BASE": str(scheme.base),
        "BOUNDS": "\n    ".join(bounds),
        "DIRECT": f"direct: [{', '.join(direct)}]" if direct else "",
        "BONUS": f"bonus: [{', '.join(bonus)}]" if bonus else "",
        "ITEMS": "\n".join(_write_item(number, item) for number, item in enumerate(scheme.items)),
    }
    text = RULES
    for word, part in parts.items():
        text = text.replace(word, part)
    return make_catalogue(text, "lab")


def _write_condition(words: tuple[str, ...]) -> str:
    return f"\"what IN ({', '.join(repr(word) for word in words)})\""


def _write_length(key: str, length: Period | None) -> str:
    return f", {key}: {length}" if length else ""


def _write_item(number: int, item: Item) -> str:
    (points, _), *later = item.stages
    fades = [
        f"{{after: {item.stages[place][1]}, points: {stage[0]}}}" for place, stage in enumerate(later)
    ]
    cap = f", at_most: {item.most}, per: {item.per}" if item.most is not None else ""
    return (
        f"      i{number}: {{title: I, ON, when: {_write_condition(item.words)}, points: {points}"
        f"{_write_length('counts_for', item.stages[-1][1])}{cap}{f', fades: [' + ', '.join(fades) + ']' if fades else ''}}}"
    )


def build_arrays(scheme: SmallScheme) -> SchemeArrays:
    """The arrays of a small scheme."""
    stages: list[list[tuple[int, int, Period, Period | None]]] = [[]]
    direct: list[list[tuple[int, int, Period | None]]] = [[]]
    for word in WORDS:
        stages.append(
            [
                (number, points, item.stages[place - 1][1] if place else Period(0), until)
                for number, item in enumerate(scheme.items)
                if word in item.words
                for place, (points, until) in enumerate(item.stages)
            ]
        )
        direct.append(
            [("ABC".index(grade), rank, until) for rank, (words, grade, until) in enumerate(scheme.direct) if word in words]
        )
    flat, flat_direct = [row for rows in stages for row in rows], [row for rows in direct for row in rows]
    points = arrays.PointsArrays(
        name="credit", grade_names=("A", "B", "C"), item_names=tuple(f"i{n}" for n in range(len(scheme.items))),
        joins=np.array([scheme.joining, *[not scheme.joining] * 4]), starts=np.full(5, scheme.base, np.int64),
        stage_starts=_starts(stages), stage_items=_ints(row[0] for row in flat),
        stage_points=np.array([row[1] for row in flat], np.int64), stage_undecided=np.zeros(len(flat), np.bool_),
        stage_since=_lengths(row[2] for row in flat), stage_until=_lengths(row[3] for row in flat),
        stage_law_until=_ints(OPEN for _ in flat),
        item_spans=np.array([Span[item.per.upper()] for item in scheme.items], np.uint8),
        item_most=np.array([OPEN if item.most is None else item.most for item in scheme.items], np.int64),
        direct_starts=_starts(direct), direct_grades=_ints(row[0] for row in flat_direct),
        direct_ranks=_ints(row[1] for row in flat_direct), direct_until=_lengths(row[2] for row in flat_direct),
        direct_law_until=_ints(OPEN for _ in flat_direct), base=scheme.base,
        floor=-OPEN if scheme.floor is None else scheme.floor, cap=OPEN if scheme.cap is None else scheme.cap,
        bonus_after=_lengths(row[0] for row in scheme.bonus),
        bonus_points=np.array([row[1] for row in scheme.bonus], np.int64),
        bonus_needs=_ints(0 if row[2] else NONE for row in scheme.bonus),
        band_least=np.array([60, 40, -OPEN]), band_most=np.array([OPEN, OPEN, OPEN]), band_grades=_ints(range(3)),
    )  # fmt: skip
    return SchemeArrays(
        "tiny", ("joined", "act"), _ints([0, 1, 1, 1, 1]), scheme.next_day, FIRST_DAY, OPEN, _build_origins(scheme),
        (points,), (), None, scheme.disputes, _build_measures(scheme.meets),
    )  # fmt: skip


def _build_origins(scheme: SmallScheme) -> arrays.OriginArrays:
    """Everybody joins; each act becomes a record whose word is drawn."""
    number = 1 + len(ACTS)
    return arrays.OriginArrays(
        act_names=ACTS, source_names=(), names=("enrols.joined", *(f"records.{act}" for act in ACTS)),
        kinds=np.array([Origin.ENROLMENT, *[Origin.ACT] * 4], np.uint8), acts=_ints([NONE, 0, 1, 2, 3]),
        groups=_ints(range(number)), shares=np.full(number, WHOLE, np.uint64),
        noticed=np.array([WHOLE, WHOLE, WHOLE // 2, WHOLE, WHOLE // 3], np.uint64),
        delays=np.array([(0, 0), *scheme.delays], np.int32),
        false_rates=np.array([0, 0, WHOLE // 100, 0, 0], np.uint64), place_spreads=np.zeros(number),
        need_starts=_ints([0] * (number + 1)), needs=np.zeros((0, 3), np.int32), variants=_ints([0, 1, 1, 1, 1]),
        axis_starts=_ints([0, 0, 1, 2, 3, 4]), axis_kinds=np.full(4, Axis.DRAWN, np.uint8),
        axis_which=_ints([NONE] * 4), axis_strides=_ints([1] * 4), level_starts=_ints([0, 4, 8, 12, 16]),
        level_ends=np.array([WHOLE // 4, WHOLE // 2, 3 * WHOLE // 4, WHOLE] * 4),
    )  # fmt: skip


def _build_measures(meets: tuple[float, float]) -> arrays.MeasureArrays:
    """The last grade leaves less means and more to lose; the best ones do nothing."""
    means, gain = np.ones((2, 4)), np.ones((2, 4))
    means[0, [0, 3]], gain[0, 1] = meets
    return arrays.MeasureArrays(
        ("on-grade", "on-best"), ("credit",), ("c",), _ints([0, 0]), np.array([[False, False, True], [True, True, False]]),
        _ints([NONE, NONE]), _ints([0, NONE]), np.ones((2, 5), np.bool_), means, gain, np.zeros(2),
    )  # fmt: skip


def _ints(values: Any) -> Any:
    return np.array(list(values), np.int32)


def _starts(rows: list[Any]) -> Any:
    return np.cumsum([0, *map(len, rows)]).astype(np.int32)


def _lengths(values: Any) -> Any:
    pairs = [(OPEN, 0) if value is None else (value.months, value.days) for value in values]
    return np.array(pairs, np.int32).reshape(-1, 2)


def draw_lengths(least: int = 1) -> st.SearchStrategy[Period]:
    """Lengths of months or of days."""
    return st.builds(Period, st.integers(least, 30)) | st.builds(Period, st.just(0), st.integers(30 * least, 400))


@st.composite
def draw_items(draw: st.DrawFn) -> Item:
    """An item that may fade, end and be capped."""
    lengths = sorted({length.months * 31 + length.days: length for length in draw(st.lists(draw_lengths(), max_size=3))}.items())
    ends: list[Period | None] = [length for _days, length in lengths]
    if not ends or draw(st.booleans()):
        ends.append(None)
    stages = tuple((draw(st.integers(-30, 20)), end) for end in ends)
    words = tuple(sorted(draw(st.sets(st.sampled_from(WORDS), min_size=1))))
    most = draw(st.none() | st.integers(1, 40))
    return Item(words, stages, most, draw(st.sampled_from(["month", "quarter", "year", "ever"])) if most else "year")


def draw_schemes() -> st.SearchStrategy[SmallScheme]:
    """Small schemes of all kinds."""
    words = st.sets(st.sampled_from(WORDS), min_size=1).map(lambda chosen: tuple(sorted(chosen)))
    direct = st.tuples(words, st.sampled_from("ABC"), st.none() | draw_lengths())
    bonus = st.tuples(draw_lengths(2), st.integers(-3, 15), st.booleans())
    delays = st.tuples(st.integers(0, 40), st.integers(0, 400)).map(lambda days: (days[0], days[0] + days[1]))
    return st.builds(
        SmallScheme,
        next_day=st.booleans(), joining=st.booleans(), base=st.integers(30, 90), floor=st.none() | st.integers(-20, 20),
        cap=st.none() | st.integers(80, 120), items=st.lists(draw_items(), min_size=1, max_size=4).map(tuple),
        direct=st.lists(direct, max_size=2).map(tuple), bonus=st.lists(bonus, max_size=2).map(tuple),
        delays=st.tuples(delays, delays, delays, delays),
        meets=st.tuples(st.floats(0.5, 4), st.floats(0.1, 1)), disputes=st.none() | draw_disputes(),
    )  # fmt: skip


def draw_disputes() -> st.SearchStrategy[arrays.DisputeArrays]:
    """Disputes that end in a withdrawal."""
    chances = [st.floats(0.2, 1) for _ in range(4)]
    return st.builds(
        arrays.DisputeArrays, *chances, days=st.integers(1, 200), origin=st.just(NONE), corrects=st.just(False),
        suspends=st.just(False),
    )  # fmt: skip
