"""Small schemes of points for tests of the laboratory: drawn at random, with a behaviour."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st
from tests.behaviours import make_behaviour

from goodstanding.catalogue.periods import Period
from goodstanding.lab import load_acts
from goodstanding.lab.behaviour.behaviour_file import Behaviour

RATES = {"late-tax": 0.4, "report-missed": 0.25, "excess-emission": 0.3, "tax-evasion": 0.15}  # as often as can be
BUSY_ACTS = load_acts().set_values({f"{act}.rate": rate for act, rate in RATES.items()})
WORDS = ("a", "b", "c", "d")
NOTICED = ((1, 0), (0.5, 0.1), (1, 0), (0.3, 0))  # the share of each act, and records a year without it
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
  on-grade:
    {title: Grade, ON, kind: restriction, field: extending-credit, scheme: credit, grades: [C], purpose: visits,
     audience: [office, anybody]}
  on-best:
    {title: Best, ON, kind: benefit, field: utilities, scheme: credit, grades: [A, B], purpose: visits,
     audience: [office]}
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
    disputes: int | None = None


def _write_rules(scheme: SmallScheme) -> str:
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
    return text


def _write_condition(words: tuple[str, ...]) -> str:
    return f'"what IN ({", ".join(repr(word) for word in words)})"'


def _write_length(key: str, length: Period | None) -> str:
    return f", {key}: {length}" if length else ""


def _write_item(number: int, item: Item) -> str:
    (points, _), *later = item.stages
    fades = [f"{{after: {item.stages[place][1]}, points: {stage[0]}}}" for place, stage in enumerate(later)]
    later_points = f", fades: [{', '.join(fades)}]" if fades else ""
    cap = f", at_most: {item.most}, per: {item.per}" if item.most is not None else ""
    return (
        f"      i{number}: {{title: I, ON, when: {_write_condition(item.words)}, points: {points}"
        f"{_write_length('counts_for', item.stages[-1][1])}{cap}{later_points}}}"
    )


def build_behaviour(scheme: SmallScheme) -> Behaviour:
    """Everybody joins; each act becomes a record whose word is drawn, some late, some withdrawn, some wrong."""
    words = "{a: 0.3, b: 0.3, c: 0.2, d: 0.2}"
    lines = ["enrols: {joined: {who: firm, when: start, source: office}}", "records:"]
    for act, (noticed, wrong), days in zip(RATES, NOTICED, scheme.delays, strict=True):
        number = f"{{value: {noticed}, range: [0, 1], assumption: made up}}"
        false = f", wrong: {{value: {wrong}, range: [0, 1], unit: per year, assumption: made up}}" if wrong else ""
        lines.append(
            f"  {act}: {{record: act, source: office, fields: {{what: {words}}}, shares: made up, noticed: {number}, "
            f"delay: {{days: [{days[0]}, {days[1]}]}}{false}}}"
        )
    if scheme.disputes:
        share = "{value: 0.6, range: [0, 1], assumption: made up}"
        days = f"{{value: {scheme.disputes}, range: [1, 400], unit: days, assumption: made up}}"
        both = f"{{if_wrong: {share}, if_right: {share}}}"
        lines.append(f"disputes: {{asks: {both}, upheld: {both}, days: {days}, does: withdraw}}")
    return make_behaviour("\n".join(lines) + "\n", _write_rules(scheme))


def draw_lengths(least: int = 1) -> st.SearchStrategy[Period]:
    """Lengths of months or of days."""
    return st.builds(Period, st.integers(least, 30)) | st.builds(Period, st.just(0), st.integers(30 * least, 400))


@st.composite
def draw_items(draw: st.DrawFn) -> Item:
    """An item that may fade, end and be capped."""
    lengths = sorted(
        {length.months * 31 + length.days: length for length in draw(st.lists(draw_lengths(), max_size=3))}.items()
    )
    ends: list[Period | None] = [length for _days, length in lengths]
    if not ends or draw(st.booleans()):
        ends.append(None)
    stages = tuple((draw(st.integers(-30, 20)), end) for end in ends)
    words = tuple(sorted(draw(st.sets(st.sampled_from(WORDS), min_size=1))))
    most = draw(st.none() | st.integers(1, 40))
    return Item(words, stages, most, draw(st.sampled_from(["month", "quarter", "year", "ever"])) if most else "year")


def _are_of_different_words(rules: list[tuple[tuple[str, ...], str, Period | None]]) -> bool:
    """Whether no record falls under two rules, which is refused as a contradiction."""
    words = [word for rule in rules for word in rule[0]]
    return len(words) == len(set(words))


def draw_schemes() -> st.SearchStrategy[SmallScheme]:
    """Small schemes of all kinds."""
    words = st.sets(st.sampled_from(WORDS), min_size=1).map(lambda chosen: tuple(sorted(chosen)))
    direct = st.tuples(words, st.sampled_from("ABC"), st.none() | draw_lengths())
    bonus = st.tuples(draw_lengths(2), st.integers(-3, 15), st.booleans())
    delays = st.tuples(st.integers(0, 40), st.integers(0, 400)).map(lambda days: (days[0], days[0] + days[1]))
    items = st.lists(draw_items(), min_size=1, max_size=4, unique_by=lambda item: item.words).map(tuple)
    direct_rules = st.lists(direct, max_size=2).filter(_are_of_different_words).map(tuple)
    return st.builds(
        SmallScheme,
        next_day=st.booleans(), joining=st.booleans(), base=st.integers(30, 90), floor=st.none() | st.integers(-20, 20),
        cap=st.none() | st.integers(90, 120), items=items,
        direct=direct_rules, bonus=st.lists(bonus, max_size=2).map(tuple),
        delays=st.tuples(delays, delays, delays, delays),
        disputes=st.none() | st.integers(1, 200),
    )  # fmt: skip
