"""Record types of a random catalogue: those that open cases, those of their steps, and those that are graded."""

from __future__ import annotations

from tests.random_catalogues.choices import Chooser, Content

KINDS_BY_TYPE = {
    "integer": ("amount", "count", "measurement", "score"),
    "boolean": ("performance", "ability", "inability", "age", "duty", "status", "finding"),
    "date": ("day",),
    "code": ("class", "finding", "sanction", "duty", "status", "premises", "issuer"),
    "codes": ("finding", "sanction"),
    "text": ("reference", "official", "remark"),
}
ODD_KINDS = ("", "belief", "location", "family")
DAYS = ("told_on", "decided_on", "served_on", "heard_on")
OFFICIALS = ("decided_by", "heard_by")
LENGTHS = ("P6M", "P1Y", "P2Y", "P3Y", "P18M", "P400D", "P5Y")
TOO_LONG = ("P6Y", "P1827D", "P60M1D", "P100Y")
CASE_FIELDS: dict[str, Content] = {
    "class": {"type": "code", "title": "Class", "kind": "class", "one_of": ["minor", "grave"]},
    "earlier": {"type": "integer", "title": "Earlier breaches", "kind": "count", "at_least": 0, "at_most": 9},
    "corrected": {"type": "boolean", "title": "Corrected", "kind": "performance"},
    "able": {"type": "boolean", "title": "Able to pay", "kind": "ability"},
    "minor": {"type": "boolean", "title": "A minor", "kind": "age"},
    "study": {"type": "boolean", "title": "Debt from studies", "kind": "duty"},
}


def draw_opening_type(chooser: Chooser, conduct: str, nature: str, of_persons: bool) -> Content:
    """The record type that opens a case of some conduct."""
    courts = of_persons or chooser.is_so(20)
    fields = draw_case_fields(chooser) | draw_further_fields(chooser, of_persons)
    keys: Content = {
        "by": ["court"] if courts else chooser.pick((["office"], ["office", "court"])),
        "states": chooser.pick(("decision",), ("finding", "report", "listing", "score")),
        "conduct": [conduct],
        "concerns": None if of_persons else chooser.pick((["organisation"], ["organisation", "establishment"])),
        "fields": fields,
        "audience": "parties" if of_persons else chooser.pick(("anybody", "parties")),
        "keeps": chooser.pick((None, "P2Y", "P5Y"), TOO_LONG),
        "shown_for": chooser.pick((None, "P1Y"), TOO_LONG),
    }
    if nature == "honour":
        keys |= {"states": "deed", "consent": "agreed"}
        fields["agreed"] = {"type": chooser.pick(("boolean", "date")), "title": "Agreed"}
        fields["agreed"]["kind"] = "status" if fields["agreed"]["type"] == "boolean" else "day"
    if chooser.is_so(10):
        keys["explained"] = [{"when": "class = 'grave'", "says": "It is grave."}]
    return chooser.build_rule(**keys)


def draw_case_fields(chooser: Chooser) -> dict[str, Content]:
    """The fields that cases read: days, officials, and those that spare somebody."""
    days = {name: draw_day(chooser, name) for name in DAYS}
    officials = {name: build_official(name) for name in OFFICIALS}
    required = {name: field | chooser.pick(({}, {"required": True})) for name, field in CASE_FIELDS.items()}
    ends_on = {"type": "date", "title": "Ends on", "kind": "day", "future": True}
    return days | officials | required | {"ends_on": ends_on}


def draw_day(chooser: Chooser, name: str) -> Content:
    """A field that holds the day of a step; one that may lie ahead is odd."""
    field: Content = {"type": "date", "title": name.replace("_", " ").title(), "kind": "day"}
    return {**field, **chooser.pick(({},), ({"future": True},))}


def build_official(name: str) -> Content:
    """A field that names who decided."""
    return {"type": "text", "title": name.replace("_", " ").title(), "kind": "official", "public": False}


def draw_further_fields(chooser: Chooser, of_persons: bool) -> dict[str, Content]:
    """Fields of any kind that no rule reads."""
    return {f"further_{number}": draw_field(chooser, of_persons) for number in range(chooser.pick((0, 0, 1, 2)))}


def draw_field(chooser: Chooser, of_persons: bool) -> Content:
    """A field of any type, of a kind that fits it."""
    kind_of_field = chooser.pick(tuple(KINDS_BY_TYPE))
    kinds = [kind for kind in KINDS_BY_TYPE[kind_of_field] if not of_persons or kind not in _NOT_OF_PERSONS]
    field: Content = {"type": kind_of_field, "title": "Further", "kind": chooser.pick(kinds, ODD_KINDS)}
    if kind_of_field == "integer":
        field |= chooser.pick(({}, {"at_least": 0, "at_most": 100}, {"one_of": [1, 2, 3]}))
    if kind_of_field in ("code", "codes"):
        field |= chooser.pick(({"one_of": ["a", "b"]}, {"public": False}))
    return {**field, **({"public": chooser.pick((False,), (True,))} if kind_of_field == "text" else {})}


_NOT_OF_PERSONS = ("measurement", "score", "premises")


def draw_step_type(chooser: Chooser, opening: str, opening_type: Content, by: list[str]) -> Content:
    """The record type of a step of a case."""
    names = chooser.choose_some(("told_on", "decided_on", "served_on", "decided_by"), 25)
    fields: dict[str, Content] = {
        name: build_official(name) if name == "decided_by" else draw_day(chooser, name) for name in names
    }
    fields |= {"full": {"type": "boolean", "title": "In full", "kind": "performance"}} if chooser.is_so(40) else {}
    fields |= {"done_on": draw_day(chooser, "done_on")} if chooser.is_so(30) else {}
    keys = {"concerns": opening_type.get("concerns"), "about": opening, "by": by, "fields": fields}
    states = chooser.pick(("step",), ("decision", "status", "finding"))
    return chooser.build_rule(**keys, states=states, audience=opening_type["audience"])


def draw_graded_type(chooser: Chooser, conduct: str) -> Content:
    """The record type whose newest record, or whose points, are graded."""
    fields: dict[str, Content] = {
        "score": {"type": "integer", "title": "Score", "kind": "score", "at_least": 0, "at_most": 10},
        "class": CASE_FIELDS["class"],
        "poor": {"type": "boolean", "title": "Poor", "kind": "finding"},
        "months": {"type": "integer", "title": "Months", "kind": "count", "at_least": 0, "at_most": 12},
    }
    keys: Content = {
        "by": ["office"],
        "states": chooser.pick(("finding", "decision"), ("score", "report")),
        "conduct": [conduct],
        "concerns": chooser.pick((["organisation"], ["establishment"], ["organisation", "authority"])),
        "fields": fields | draw_further_fields(chooser, of_persons=False),
        "keeps": chooser.pick((None, "P3Y"), TOO_LONG),
        "shown_for": chooser.pick((None, "P1Y"), TOO_LONG),
        "audience": chooser.pick(("anybody", "parties")),
    }
    return chooser.build_rule(**keys)
