"""Grading schemes of a random catalogue: newest findings, means, conditions alone, running points, scorecards."""

from __future__ import annotations

from tests.random_catalogues.choices import Chooser, Content
from tests.random_catalogues.record_types import LENGTHS, TOO_LONG

ROUND = (None, *TOO_LONG)
CONDITIONS = ("class = 'grave'", "poor", "class = 'minor' AND NOT poor", "months > 6", "class IS NULL")


def draw_scheme(chooser: Chooser, record: str, starter: str) -> Content:
    """A scheme over a record type; `starter` is the one that takes somebody into a scheme of points."""
    shape = chooser.pick((_draw_scored, _draw_conditioned, _draw_mean, _draw_points, _draw_scorecard))
    keys: Content = {
        "record": record,
        "procedure": chooser.pick(("first",), (None,)),
        "audience": chooser.pick(("anybody", "anybody", "parties")),
        "of": chooser.pick(("", "10")),
        **shape(chooser, starter),
        **chooser.pick(({},), ({"kept": False}, {"asked_by": "subject"})),
    }
    if keys["audience"] == "parties" and chooser.is_so(30):
        keys["public_grades"] = ["A"]
    if chooser.is_so(15):
        keys["counts_when"] = chooser.pick(CONDITIONS)
    return chooser.build_rule(**keys)


def draw_requested_scheme(chooser: Chooser, record: str) -> Content:
    """A score that somebody asks for about themselves, or one that is like it."""
    bands = [{"grade": "high", "at_least": 50}, {"grade": "low"}]
    private: Content = {"kept": False, "asked_by": "subject", "audience": "parties"}
    private |= chooser.pick(({},), ({"audience": "anybody"}, {"kept": True}, {"public_grades": ["high"]}))
    return chooser.build_rule(kind="latest", record=record, score="income", bands=bands, **private)


def _draw_lapse(chooser: Chooser) -> Content:
    lapse = chooser.pick(LENGTHS, ROUND)
    return {"lapses": lapse} if lapse else {}


def _draw_numbered_bands(chooser: Chooser, low: int, high: int) -> list[Content]:
    """Bands that leave out no score between two."""
    mark = chooser.draw_number(low + 1, high)
    title = chooser.pick(({}, {"title": "Good"}))
    if chooser.is_so(50):
        return [{"grade": "A", "at_least": mark, **title}, {"grade": "B"}]
    return [{"grade": "A", "at_most": mark - 1, "basis": "act art. 1"}, {"grade": "B", **title}]


def _draw_exceptions(chooser: Chooser) -> Content:
    """Rules of schemes that grade findings: no grade, one whatever the score, one that the source may post."""
    keys: Content = {}
    if chooser.is_so(25):
        keys["ungraded"] = [chooser.build_untitled(when=chooser.pick(CONDITIONS[:4]), reason="A reason.")]
    if chooser.is_so(25):
        keys["direct"] = [chooser.build_untitled(grade=chooser.pick(("A", "C")), when=chooser.pick(CONDITIONS))]
    if chooser.is_so(15):
        keys["discretion"] = [chooser.build_untitled(grade="A", when=chooser.pick(CONDITIONS))]
    return keys


def _draw_counting_direct(chooser: Chooser) -> list[Content]:
    counts = chooser.pick(LENGTHS, ROUND)
    return [chooser.build_untitled(grade=chooser.pick(("B", "C")), when=chooser.pick(CONDITIONS), counts_for=counts)]


def _draw_scored(chooser: Chooser, _starter: str) -> Content:
    keys = {"kind": "latest", "score": chooser.pick(("score", "score + 0", "10 - score")), **_draw_lapse(chooser)}
    keys |= {"bands": _draw_numbered_bands(chooser, 0, 10), **_draw_exceptions(chooser)}
    if chooser.is_so(15):
        keys |= {"base": 0, "starts": [chooser.build_untitled(when="poor", points=0)]}
    return keys | ({"unproven": True} if chooser.is_so(20) else {})


def _draw_conditioned(chooser: Chooser, _starter: str) -> Content:
    bands = [{"grade": "A", "when": "class = 'minor'"}, {"grade": "B", "when": "class = 'grave'"}]
    return {"kind": "latest", "bands": bands, **_draw_lapse(chooser), **_draw_exceptions(chooser)}


def _draw_mean(chooser: Chooser, _starter: str) -> Content:
    keys = {"kind": "latest", "score": "score", "over": chooser.pick(LENGTHS, TOO_LONG)}
    return keys | {"bands": _draw_numbered_bands(chooser, 0, 10)} | (_draw_lapse(chooser) if chooser.is_so(30) else {})


def _draw_points(chooser: Chooser, starter: str) -> Content:
    keys: Content = {"kind": "points", "base": 10, "floor": 0, "cap": 20, "starts_with": starter}
    names = ("fine", "order", "deed")[: chooser.pick((1, 2, 3))]
    keys["items"] = {name: draw_item(chooser, when) for name, when in zip(names, CONDITIONS, strict=False)}
    keys["bands"] = _draw_numbered_bands(chooser, 0, 20)
    if chooser.is_so(30):
        needs = chooser.pick((None, starter))
        keys["bonus"] = [chooser.build_untitled(after="P1Y", points=chooser.pick((1, 3)), needs=needs)]
    if chooser.is_so(30):
        keys["direct"] = _draw_counting_direct(chooser)
    if chooser.is_so(20):
        keys["starts"] = [chooser.build_untitled(when="rank = 'high'", points=chooser.pick((12, 5)))]
    return keys


def draw_item(chooser: Chooser, when: str) -> Content:
    """Conduct that counts in a scheme of points."""
    points = chooser.pick((-5, -1, 3, "-1 * months", -10))
    keys: Content = {"when": when, "points": points, "counts_for": chooser.pick(LENGTHS, ROUND)}
    if chooser.is_so(30):
        keys |= {"at_most": chooser.pick((3, 10)), "per": chooser.pick(("month", "quarter", "year", "ever"))}
    if chooser.is_so(20):
        keys["fades"] = [{"after": "P3M", "points": -1} | chooser.pick(({}, {"basis": "act art. 1"}))]
    return chooser.build_rule(**keys)


def _draw_scorecard(chooser: Chooser, _starter: str) -> Content:
    characteristics = {
        "poor": _build_characteristic(chooser, "poor", "NOT poor"),
        "class": _build_characteristic(chooser, "class = 'grave'", "class = 'minor'"),
    }
    bounds = chooser.pick(({}, {"floor": -5, "cap": 5}))
    keys = {"kind": "scorecard", "characteristics": characteristics, "bands": _draw_numbered_bands(chooser, -3, 3)}
    return {**keys, **bounds, **_draw_lapse(chooser)}


def _build_characteristic(chooser: Chooser, bad: str, good: str) -> Content:
    attributes = [{"when": bad, "points": -4, "basis": "act art. 1"}, {"when": good, "points": 4}]
    return chooser.build_rule(weight=chooser.pick((100, 150)), reason="A reason.", attributes=attributes)
