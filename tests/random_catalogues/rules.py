"""Whole random catalogues, drawn from the model of one: their content, and the catalogue where it can be loaded."""

from __future__ import annotations

import json
from itertools import product

from hypothesis import strategies as st
from tests.random_catalogues.choices import Chooser, Content
from tests.random_catalogues.grading_schemes import draw_requested_scheme, draw_scheme
from tests.random_catalogues.proceedings import draw_case, draw_list, draw_procedure
from tests.random_catalogues.record_types import draw_graded_type, draw_opening_type, draw_step_type

from goodstanding.catalogue import Catalogue, load_files
from goodstanding.charter.burdens.adverse_measures import read_adverse_table
from goodstanding.charter.vocabulary import get_vocabulary
from goodstanding.errors import CatalogueError

SOURCES = {"office": "office", "other-office": "office", "court": "court", "board": "board", "clinic": "clinic"}
SOURCE_COLUMNS = "id,name,kind,region,above"
EXEMPT = ["a payment account", "housing", "work", "power and water"]
PERSON_CONDUCT = ("unperformed-money-judgment", "unperformed-delivery-judgment")
GRAVE = "class = 'grave'"
Measures = dict[str, Content]


@st.composite
def contents(draw: st.DrawFn, odd_shares: tuple[int, ...] = (0, 0, 1, 1, 2, 6)) -> Content:
    """What a catalogue says, with its instruments and its sources, which stand in files of their own."""
    return draw_content(Chooser(draw, draw(st.sampled_from(odd_shares))))


def draw_content(chooser: Chooser) -> Content:
    """The same with a chooser."""
    of_persons = chooser.is_so(15)
    rules = _draw_head(chooser, of_persons)
    natures = _draw_case_parts(chooser, rules, of_persons)
    _draw_scheme_parts(chooser, rules)
    if of_persons and chooser.is_so(50):
        _draw_requested_part(chooser, rules)
    _draw_combined_list(chooser, rules)
    rules["measures"] = _draw_measures(chooser, rules, natures, of_persons)
    return rules | {"instruments": _draw_instruments(chooser), "sources": _draw_sources(chooser)}


def build_catalogue(content: Content) -> Catalogue | None:
    """The catalogue of this content; None where it cannot be loaded."""
    rules = {name: part for name, part in content.items() if name not in ("instruments", "sources")}
    sources = [",".join(source.values()) for source in content["sources"]]
    texts = {"catalogue.yaml": json.dumps(rules), "instruments.yaml": json.dumps(content["instruments"])}
    try:
        return load_files({**texts, "sources.csv": "\n".join([SOURCE_COLUMNS, *sources, ""])}, kept=False)
    except CatalogueError:
        return None


def _draw_sources(chooser: Chooser) -> list[Content]:
    above = {"court": chooser.pick(("",), ("office",)), "board": chooser.pick(("", "court"))}
    return [
        {"id": name, "name": name, "kind": kind, "region": "", "above": above.get(name, "")}
        for name, kind in SOURCES.items()
    ]


def _draw_head(chooser: Chooser, of_persons: bool) -> Content:
    comment = {"body": "A body", "reports": chooser.pick(("P1Y", "P6M"), TOO_RARE), "comment_days": 30}
    head: Content = {
        "catalogue": "drawn",
        "version": chooser.pick((1, 2)),
        "mode": "live",
        "title": "Drawn",
        "summary": "Drawn rules.",
        "in_force": chooser.pick(("2021-01-01", "2024-03-01")),
        "until": chooser.pick((None, None, "2025-06-01")),
        "month_sums": chooser.pick((None, "last-day", "next-day")),
        "calendar": chooser.pick((None, "GB", "CN")),
        "time_zone": chooser.pick((None, "Europe/London")),
        "subjects": ["organisation", *(["person"] if of_persons else [])],
        "organisations": chooser.pick((None, "undertakings"), ("all",)),
        "backwards": chooser.pick((None, False), (True,)),
        "milder": chooser.pick((None, True), (False,)),
        "look_ups": chooser.pick((None, "logged"), ("unlogged",)),
        "answers": chooser.pick((chooser.build_untitled(**comment),), (None,)),
        "courts": chooser.pick((None, None, {"tribunal": chooser.build_rule()})),
        "admissions": chooser.pick((None, None, {"board": chooser.build_rule(above=chooser.pick(("", "court")))})),
        "identifiers": chooser.pick((None, None, {"works": _draw_identifier(chooser)})),
        "repair_classes": chooser.pick((None, {"general": chooser.build_rule(least="P3M", most="P1Y")})),
        "procedures": {"first": draw_procedure(chooser), "second": draw_procedure(chooser)},
    }
    head |= chooser.pick(({}, {"twin": "drawn-lab", "differs": ["It is in force."]}))
    parts: Content = {"records": {}, "cases": {}, "lists": {}, "schemes": {}}
    return {key: cell for key, cell in head.items() if cell is not None} | parts


TOO_RARE = ("P2Y",)


def _draw_identifier(chooser: Chooser) -> Content:
    unique, kinds = chooser.pick((True, False)), chooser.pick((["organisation"], ["establishment"]))
    shape: Content = {"pattern": "W[0-9]{6}", "example": "W123456", "shape": "W and six digits", "check": "none"}
    if chooser.is_so(30):
        shape = {"pattern": "[0-9]{6}", "example": "123457", "check": "weighted-mod-11", "weights": [1, 1, 1, 1, 1]}
    return chooser.build_rule(**shape, unique=unique, kinds=kinds)


def _draw_instruments(chooser: Chooser) -> Content:
    articles = {number: {"title": f"Article {number}"} for number in ("1", "2")}
    articles["2"] |= {"mark": chooser.pick(("D", "S")), "verified": chooser.pick((True, False))}
    law: Content = {"title": "The act", "jurisdiction": "Nowhere", "in_force": "2020-01-01", "articles": articles}
    code = law | {"title": "The code", "articles": {"1": {"title": "Grounds of the code"}}, "note": "A note."}
    code |= chooser.pick(({}, {}, {"until": "2025-02-01"}))
    note = law | {"title": "An unpublished note", "published": False, "articles": {"1": {"title": "Wishes"}}}
    return {"act": law, "code": code, "note": note}


def _draw_case_parts(chooser: Chooser, rules: Content, of_persons: bool) -> dict[str, str]:
    """One or two kinds of case with their record types and lists; the conduct of each list."""
    conduct_by_list: dict[str, str] = {}
    words = tuple(get_vocabulary("conduct"))
    for number, name in enumerate(("debt", "fraud")[: chooser.pick((1, 1, 2))]):
        conduct = chooser.pick(PERSON_CONDUCT if of_persons else words[number::2])
        nature = str(get_vocabulary("conduct")[conduct]["nature"])
        opening = draw_opening_type(chooser, conduct, nature, of_persons)
        case = draw_case(chooser, name, nature, of_persons)
        rules["records"][f"{name}-opening"] = opening
        rules["cases"][name] = case
        _draw_step_types(chooser, rules, name, of_persons)
        if chooser.is_so(20):
            opening["published"] = name
        for listed in (f"{name}-list", f"{name}-second")[: chooser.pick((1, 1, 1, 2))]:
            rules["lists"][listed] = draw_list(chooser, name, case["steps"], nature, of_persons)
            conduct_by_list[listed] = conduct
    return conduct_by_list


def _draw_step_types(chooser: Chooser, rules: Content, case: str, of_persons: bool) -> None:
    opening = f"{case}-opening"
    for step in rules["cases"][case]["steps"].values():
        name = step.get("record")
        if name and name not in rules["records"]:
            kinds = (["court"],) if of_persons else (["office", "court"], ["board", "office"], ["court"])
            by = chooser.pick(kinds, (["office"], ["office", "clinic"]))
            record = draw_step_type(chooser, opening, rules["records"][opening], by)
            rules["records"][name] = record
            step["on"] = "done_on" if "done_on" in record["fields"] and chooser.is_so(50) else "occurred"
            if "full" in record["fields"] and chooser.is_so(50):
                step["when"] = "full"


def _draw_scheme_parts(chooser: Chooser, rules: Content) -> None:
    words = [word for word, entry in get_vocabulary("conduct").items() if entry["nature"] == "breach"]
    for name in ("food", "works")[: chooser.pick((0, 1, 1, 2))]:
        rules["records"][f"{name}-visit"] = draw_graded_type(chooser, chooser.pick(words))
        rank = {"type": "code", "title": "Rank", "kind": "status", "one_of": ["high", "low"]}
        concerns = rules["records"][f"{name}-visit"]["concerns"]
        enrolment = {"by": ["office"], "states": "status", "concerns": concerns, "fields": {"rank": rank}}
        rules["records"][f"{name}-enrolment"] = chooser.build_rule(**enrolment)
        rules["schemes"][name] = draw_scheme(chooser, f"{name}-visit", f"{name}-enrolment")


def _draw_requested_part(chooser: Chooser, rules: Content) -> None:
    income = {"type": "integer", "title": "Income", "kind": "amount", "at_least": 0, "at_most": 100}
    keys: Content = {"by": ["court"], "states": "disclosure", "concerns": ["person"], "audience": "parties"}
    rules["records"]["loan-request"] = chooser.build_rule(**keys, fields={"income": income})
    rules["schemes"]["loan"] = draw_requested_scheme(chooser, "loan-request")


def _draw_combined_list(chooser: Chooser, rules: Content) -> None:
    parts = [*rules["lists"]]
    if len(parts) > 1 and chooser.is_so(60):
        audiences = {rules["lists"][part]["audience"] for part in parts}
        audience = chooser.pick(("parties" if "parties" in audiences else "anybody",), ("anybody",))
        keys: Content = {"from": parts, "at_least": chooser.pick((1, 2)), "audience": audience, "copies": "nobody"}
        rules["lists"]["both"] = chooser.build_rule(**keys)


def _draw_measures(chooser: Chooser, rules: Content, conduct: dict[str, str], of_persons: bool) -> Measures:
    measures: Measures = {}
    for listed, word in conduct.items():
        if chooser.is_so(60):
            measures[f"on-{listed}"] = _draw_list_measure(chooser, listed, word, rules["lists"][listed], of_persons)
    for name, scheme in rules["schemes"].items():
        if chooser.is_so(60):
            measures[f"on-{name}"] = _draw_grade_measure(chooser, name, scheme)
    return measures


def _draw_list_measure(chooser: Chooser, listed: str, conduct: str, rule: Content, of_persons: bool) -> Content:
    usual = list_lawful_askers(get_vocabulary("conduct")[conduct]["leads_to"], of_persons, conduct, rule["audience"])
    odd = tuple(product(get_vocabulary("fields"), get_vocabulary("purposes"), get_vocabulary("audiences")))
    field, purpose, audience = chooser.pick(usual, odd)
    honour = conduct == "honour"
    kind = chooser.pick(("benefit",) if honour else ("restriction", "publication", "supervision"), ("benefit",))
    keys: Content = {"kind": kind, "field": field, "purpose": purpose, "audience": [audience], "list": listed}
    keys |= {"exempts": chooser.pick((EXEMPT,), ([], EXEMPT[:2]))} if of_persons else {}
    keys["when"] = chooser.pick((None, None, None, GRAVE))
    return chooser.build_rule(**keys, **_draw_odd_reach(chooser))


def list_lawful_askers(
    fields: list[str], of_persons: bool, conduct: str, audience: str
) -> tuple[tuple[str, str, str], ...]:
    """Fields, purposes and audiences of a measure that go together for some conduct, by the charter's own tables."""
    nature = get_vocabulary("conduct")[conduct]["nature"]
    related: dict[str, list[str]] = read_adverse_table()["purposes"]
    purposes, askers = get_vocabulary("purposes"), get_vocabulary("audiences")
    return tuple(
        (field, purpose, name)
        for field in fields
        for purpose in purposes
        if field in related.get(purpose, fields) and (not of_persons or purposes[purpose].get("of_persons"))
        for name, asker in askers.items()
        if purpose in asker["purposes"]
        and nature in asker.get("sees", (nature,))
        and (not of_persons or asker.get("of_persons"))
        and (name != "anybody" or audience == "anybody")
    )


def _draw_grade_measure(chooser: Chooser, name: str, scheme: Content) -> Content:
    kinds = (("supervision", "inspection", "inspection", "food-authority"),)
    odd = (("restriction", "licensing", "licensing", "licensing-authority"),
           ("publication", "public-information", "public-information", "anybody"),
           ("benefit", "facilitation", "inspection", "food-authority"))  # fmt: skip
    kind, field, purpose, audience = chooser.pick(kinds, odd)
    grades = [scheme["bands"][-1]["grade"]]
    keys: Content = {"kind": kind, "field": field, "purpose": purpose, "audience": [audience], "grades": grades}
    if scheme["kind"] == "latest" and "over" not in scheme:
        keys["when"] = chooser.pick((None, None, GRAVE))
    return chooser.build_rule(scheme=name, **keys, **_draw_odd_reach(chooser))


def _draw_odd_reach(chooser: Chooser) -> Content:
    return {**chooser.pick(({}, {"logged": True}), ({"logged": False}, {"reaches": ["manager"]}))}
