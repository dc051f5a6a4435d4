"""Small catalogues that grade the newest record, a mean, or both, for tests of the laboratory: drawn at random."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st
from tests.behaviours import make_behaviour
from tests.lab_schemes import NOTICED, RATES, draw_lengths

from goodstanding.catalogue.periods import Period
from goodstanding.lab.behaviour.behaviour_file import Behaviour

RULES = """
month_sums: SUMS
records:
  visit:
    title: Visit
    ON
    by: [office]
    states: finding
    fields:
      what: {type: code, title: What, one_of: [a, b, c, d], kind: finding, required: true}
      number: {type: integer, title: Number, kind: finding, one_of: [0, 10, 20, 35]}
      strict: {type: boolean, title: Strict, kind: finding, required: true}
schemes:
SCHEMES
measures:
  on-grade:
    {title: Grade, ON, kind: restriction, field: extending-credit, scheme: SCHEME, grades: [C], purpose: visits,
     audience: [office, anybody]}
  on-best:
    {title: Best, ON, kind: benefit, field: utilities, scheme: SCHEME, grades: [A, B], purpose: visits,
     audience: [office]WHEN}
"""
NEWEST = """\
  newest:
    title: Newest
    ON
    kind: latest
    record: visit
    score: number + 1
    COUNTS
    UNGRADED
    DIRECT
    bands: [{grade: A, at_least: 25}, {grade: B, at_least: 11, when: strict}, {grade: C}]
    LAPSES
"""
MEAN = """\
  mean:
    title: Mean
    ON
    kind: latest
    record: visit
    score: 3 * number - 7
    COUNTS
    over: OVER
    bands: [{grade: A, at_least: 60}, {grade: B, at_least: 30}, {grade: C}]
"""


@dataclass(frozen=True, slots=True)
class SmallOutcomes:
    """A catalogue of a few lines that grades single records."""

    next_day: bool
    has_newest: bool
    has_mean: bool
    counts: bool
    ungraded: bool
    direct: bool
    asks_record: bool
    lapses: Period | None
    over: Period
    delays: tuple[tuple[int, int], ...]
    disputes: int | None


def write_rules(small: SmallOutcomes) -> str:
    """The rules."""
    schemes = NEWEST * small.has_newest + MEAN * small.has_mean
    parts = {
        "SCHEMES": schemes,
        "SCHEME": "newest" if small.has_newest else "mean",
        "SUMS": "next-day" if small.next_day else "last-day",
        "COUNTS": "counts_when: \"what <> 'd'\"" if small.counts else "",
        "UNGRADED": "ungraded: [{when: \"what = 'a'\", reason: None yet., ON}]" if small.ungraded else "",
        "DIRECT": "direct: [{grade: C, when: \"what = 'b'\", ON}]" if small.direct else "",
        "LAPSES": f"lapses: {small.lapses}" if small.lapses else "",
        "OVER": str(small.over),
        "WHEN": ", when: strict" if small.asks_record and small.has_newest else "",
    }
    text = RULES
    for word, part in parts.items():
        text = text.replace(word, part)
    return text


def write_lines(small: SmallOutcomes) -> str:
    """Each act becomes a visit whose fields are drawn, some late, some withdrawn, some wrong, some without a number."""
    numbers = "{0: 0.25, 10: 0.25, 20: 0.25, 35: 0.25}"
    fields = f"{{what: {{a: 0.2, b: 0.3, c: 0.3, d: 0.2}}, number: {numbers}, strict: {{true: 0.5, false: 0.5}}}}"
    share = "{value: 0.2, range: [0, 1], assumption: made up}"
    lines = ["records:"]
    for act, (noticed, wrong), days in zip(RATES, NOTICED, small.delays, strict=True):
        number = f"{{value: {noticed}, range: [0, 1], assumption: made up}}"
        false = f", wrong: {{value: {wrong}, range: [0, 1], unit: per year, assumption: made up}}" if wrong else ""
        lines.append(
            f"  {act}: {{record: visit, source: office, fields: {fields}, shares: made up, noticed: {number}, "
            f"incomplete: {{number: {share}}}, delay: {{days: [{days[0]}, {days[1]}]}}{false}}}"
        )
    if small.disputes:
        days_to_decide = f"{{value: {small.disputes}, range: [1, 400], unit: days, assumption: made up}}"
        both = "{if_wrong: SHARE, if_right: SHARE}"
        lines.append(f"disputes: {{asks: {both}, upheld: {both}, days: {days_to_decide}, does: withdraw}}")
    return "\n".join(lines) + "\n"


def build_outcome_behaviour(small: SmallOutcomes) -> Behaviour:
    """The catalogue with its behaviour."""
    return make_behaviour(write_lines(small), write_rules(small))


def draw_outcomes() -> st.SearchStrategy[SmallOutcomes]:
    """Small catalogues of all kinds."""
    delays = st.tuples(st.integers(0, 40), st.integers(0, 400)).map(lambda days: (days[0], days[0] + days[1]))
    kinds = st.sampled_from([(True, False), (False, True), (True, True)])
    return st.builds(
        lambda kind, **parts: SmallOutcomes(has_newest=kind[0], has_mean=kind[1], **parts),
        kinds,
        next_day=st.booleans(), counts=st.booleans(), ungraded=st.booleans(), direct=st.booleans(),
        asks_record=st.booleans(), lapses=st.none() | draw_lengths(), over=draw_lengths(),
        delays=st.tuples(delays, delays, delays, delays), disputes=st.none() | st.integers(1, 200),
    )  # fmt: skip
