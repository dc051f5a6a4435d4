"""Small catalogues of cases for tests of the laboratory: drawn at random, with a behaviour."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st
from tests.behaviours import make_behaviour
from tests.lab_schemes import draw_lengths

from goodstanding.catalogue.periods import Period
from goodstanding.lab.behaviour.behaviour_file import Behaviour

WORDS = ("a", "b", "c")
RULES = """
month_sums: SUMS
records:
  decision:
    title: Decision
    ON
    by: [office]
    fields:
      what: {type: code, title: What, one_of: [a, b, c]}
      able: {type: boolean, title: Able}
      final_on: {type: date, title: Final, future: true}
      shown_on: {type: date, title: Shown, future: true}
      until: {type: date, title: Until, future: true}
  note: {title: Note, ON, by: [office], about: decision, fields: {what: {type: code, title: What, one_of: [a, b, c]}}}
  order: {title: Order, ON, by: [office], fields: {what: {type: code, title: What, one_of: [a, b, c]}}}
cases:
  listing:
    title: Listing
    ON
    record: decision
    steps:
      first: {title: First, ON, when: "FIRST"}
      final: {title: Final, ON, on: final_on, PUBLIC after: [first, paused], WAIT}
      paused: {title: Paused, ON, record: note, after: [first, final], when: "what = 'a'"}
      ended: {title: Ended, ON, ENDING record: note, after: [AFTER], when: "what = 'b'", NOTE_WAIT}
  ordering:
    title: Ordering
    ON
    record: order
    steps:
      bound: {title: Bound, ON, when: "what <> 'c'"}
lists:
  listed: {title: Listed, ON, case: listing, while: [WHILE], STAYS COUNTS, ends_within: 3}
  ordered: {title: Ordered, ON, case: ordering, while: [bound], stays: P5M, counts_from: decided}
  both: {title: Both, ON, from: [listed, ordered], at_least: LEAST}
measures:
  on-list:
    {title: L, ON, kind: restriction, field: extending-credit, list: listed, purpose: visits, audience: [office],
     WHEN}
  on-both:
    {title: B, ON, kind: restriction, field: utilities, list: both, purpose: visits, audience: [office, anybody]}
"""
BEHAVIOUR = """
truth:
  debt:
    can_pay: SHARE
    recovers: {value: 0.1, range: [0, 1], unit: per month, assumption: made up}
    settles: {value: 0.02, range: [0, 1], unit: per month, assumption: made up}
    hides_assets: SHARE
    performs: {base: {value: 0.1, range: [0, 1], unit: per month, assumption: made up},
      by_channel: {extending-credit: {value: 0.2, range: [0, 1], unit: per month, assumption: made up}}}
  belief: {able: {of: can_pay, right_if_can: SHARE, right_if_cannot: SHARE}}
records:
  judgment-unperformed:
    record: decision
    source: office
    fields: {what: {a: 0.5, b: 0.3, c: 0.2}, able: believed.able, DATES}
    shares: made up
    noticed: {value: 0.9, range: [0, 1], assumption: made up}
    delay: {days: [DELAY]}
    wrong: {value: 0.2, range: [0, 1], unit: per year, assumption: made up}
    incomplete: {what: {value: 0.2, range: [0, 1], assumption: made up}}
  tax-evasion:
    record: decision
    source: office
    fields: {what: {a: 0.7, b: 0.3}, able: true, DATES}
    shares: made up
    noticed: {value: 1, range: [0, 1], assumption: made up}
  late-tax:
    record: order
    source: office
    fields: {what: {a: 0.6, c: 0.4}}
    shares: made up
    noticed: SHARE
follows:
  - {when: {TRIGGER}, share: SHARE, record: note, about: decision, fields: {what: {a: 0.4, b: 0.6}},
     days: [NOTE_DAYS], shares: made up}
  - {when: {enters: listed, not_on: ordered}, share: SHARE, record: order, fields: {what: a}, days: [0, 3],
     shares: made up}
  - {when: {performs: debt}, record: note, about: decision, fields: {what: b}, shares: made up,
     days: {within: listed, late: SHARE, late_by: [1, 20]}}
  - {when: {cannot: debt}, share: SHARE, record: note, about: decision, fields: {what: {a: 0.5, b: 0.5}},
     days: [0, 0], shares: made up}
DISPUTES
"""


@dataclass(frozen=True, slots=True)
class SmallCases:
    """A catalogue with two kinds of case and three lists, of which one is made of the others."""

    next_day: bool
    condition: str
    is_public: bool
    wait: Period | None
    note_wait: Period | None
    after: str
    ends: bool
    while_: str
    stays: str
    counts_from: str
    least: int
    has_condition: bool
    final: tuple[Period, Period | None]
    shown: tuple[Period, Period | None]
    until: Period
    delay: tuple[int, int]
    trigger: str
    note_days: tuple[int, int]
    does: str


def _write_rules(cases: SmallCases) -> str:
    parts = {
        "SUMS": "next-day" if cases.next_day else "last-day",
        "FIRST": cases.condition,
        "PUBLIC": "public_on: shown_on," if cases.is_public else "",
        "NOTE_WAIT": _write_wait(cases.note_wait),
        "WAIT": _write_wait(cases.wait),
        "AFTER": cases.after,
        "ENDING": "role: withdrawal," if cases.ends else "",
        "WHILE": cases.while_,
        "STAYS": f"{cases.stays}," if cases.stays else "",
        "COUNTS": f"counts_from: {cases.counts_from}",
        "LEAST": str(cases.least),
        "WHEN": "when: able" if cases.has_condition else "",
    }
    return _replace(RULES, parts)


def _write_wait(length: Period | None) -> str:
    return f"not_before: {length}" if length else ""


def _replace(text: str, parts: dict[str, str]) -> str:
    for word, part in parts.items():
        text = text.replace(word, part)
    return text.replace(", }", "}").replace(",\n     }", "}")


def build_case_behaviour(cases: SmallCases) -> Behaviour:
    """Debts open cases, some wrongly; they are paused, ended, disputed and ordered after, with days and lateness."""
    number = "{value: 0.5, range: [0, 1], assumption: made up}"
    both = f"{{if_wrong: {number}, if_right: {number}}}"
    does = (
        "does: record, record: note, about: decision, fields: {what: b}"
        if cases.does == "record"
        else f"does: {cases.does}"
    )
    days = "{value: 40, range: [1, 400], unit: days, assumption: made up}"
    parts = {
        "DATES": f"final_on: {_write_level(cases.final)}, shown_on: {_write_level(cases.shown)}, until: {cases.until}",
        "NOTE_DAYS": f"{cases.note_days[0]}, {cases.note_days[1]}",
        "DELAY": f"{cases.delay[0]}, {cases.delay[1]}",
        "TRIGGER": cases.trigger,
        "DISPUTES": f"disputes: {{asks: {both}, upheld: {both}, days: {days}, {does}}}" if cases.does else "",
    }
    return make_behaviour(_replace(BEHAVIOUR, parts), _write_rules(cases))


def _write_level(levels: tuple[Period, Period | None]) -> str:
    return f"{{{levels[0]}: 0.5, {levels[1] or 'none'}: 0.5}}" if levels[0] != levels[1] else str(levels[0])


def draw_cases() -> st.SearchStrategy[SmallCases]:
    """Small catalogues of cases of all kinds."""
    lengths = draw_lengths()
    levels = st.tuples(lengths, st.none() | lengths)
    days = st.tuples(st.integers(0, 40), st.integers(0, 200)).map(lambda pair: (pair[0], sum(pair)))
    stays = [
        "",
        "stays: P4M",
        "stays: {by: what, terms: {a: P3M, b: P40D, c: P1Y}}",
        "stays: {until: until, at_most: P6M}",
    ]
    return st.builds(
        SmallCases,
        next_day=st.booleans(), condition=st.sampled_from(["what <> 'c'", "able", "able AND what = 'a'", "TRUE"]),
        is_public=st.booleans(), wait=st.none() | lengths, note_wait=st.none() | lengths,
        after=st.sampled_from(["first", "first, paused", "first, final, paused"]), ends=st.booleans(),
        while_=st.sampled_from(["first", "final", "first, final", "first, paused"]), stays=st.sampled_from(stays),
        counts_from=st.sampled_from(["shown", "decided"]), least=st.integers(1, 2), has_condition=st.booleans(),
        final=levels, shown=levels, until=lengths, delay=days,
        trigger=st.sampled_from(["enters: listed", "leaves: listed", "enters: both", "settles: debt", "opens: debt"]),
        note_days=days, does=st.sampled_from(["", "record", "withdraw", "correct"]),
    )  # fmt: skip
