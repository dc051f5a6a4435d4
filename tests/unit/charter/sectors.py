"""Small live catalogues of sectors that no shipped one has, written as a lawyer would who follows the charter."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

LAW = {"basis": "act art. 1"}
END = {"basis": "act art. 2"}
HEARING = {"basis": "act art. 3"}
INSTRUMENTS = """\
act:
  title: The act of this sector
  jurisdiction: Nowhere
  in_force: 2020-01-01
  articles: {"1": {title: Grounds}, "2": {title: Ends}, "3": {title: Procedure}}
"""
DAYS = {name: {"type": "date", "title": name.replace("_", " ").capitalize(), "kind": "day"} for name in
        ("told_on", "served_on")}  # fmt: skip
NAMED = {"decided_by": {"type": "text", "title": "Decided by", "kind": "official", "public": False}}
UNTIL = {"ends_on": {"type": "date", "title": "Until", "kind": "day", "future": True, "required": True}}
ABLE = {"able": {"type": "boolean", "title": "Able to perform", "kind": "ability"}}
SLIGHT = {
    "grave": {"type": "boolean", "title": "Grave", "kind": "class"},
    "first": {"type": "boolean", "title": "First breach", "kind": "class"},
    "corrected": {"type": "boolean", "title": "Corrected", "kind": "performance"},
}
SCORED = {"score": {"type": "integer", "title": "Score", "kind": "score", "at_least": 0, "at_most": 100}}
AGREED = {"agreed": {"type": "boolean", "title": "Agreed", "kind": "status"}}
SPARES_INABILITY = {"inability-to-pay": {"when": "NOT able", **END}}
SPARES_SLIGHT = {"minor-first-breach": {"when": "first AND corrected AND NOT grave", **END}}
REGISTER_APPEAL = {"held_by": "register", "body": "register", "decided_in": 20, "working": True, "suspends": True,
                   "silence": "subject", **HEARING}  # fmt: skip
REPAIR = {"held_by": "authority", "days": 10, "working": True, "right": True, "free": True,
          "stops": ["display", "sharing", "use"], "confirmed_within": 31, **HEARING}  # fmt: skip
PROCEDURE: dict[str, Any] = {
    "title": "Hearing", **HEARING,
    "notice": {"held_by": "authority", "proof": "told_on", "reasons": True, "evidence": "all", "before_effect": True,
               **HEARING},
    "reply": {"held_by": "subject", "days": 14, **HEARING},
    "decision": {"held_by": "authority", "days": 60, "proof": "served_on", "named": "decided_by", "reasons": True,
                 "bulk": False, "by_proposer": False, "silence": "subject", **HEARING},
    "appeal": REGISTER_APPEAL,
    "repair": REPAIR,
}  # fmt: skip


def build_head(name: str, conduct: list[str], fields: dict[str, Any], states: str) -> dict[str, Any]:
    """A catalogue that says what its authority states, and nothing yet of what follows."""
    record = {"title": "Decision", "by": ["authority"], "states": states, "conduct": conduct, "fields": fields, **LAW}
    return {
        "catalogue": name, "version": 1, "mode": "live", "title": name.replace("-", " ").capitalize(),
        "summary": "A sector of its own.", "in_force": "2024-01-01", "calendar": "DE", "subjects": ["organisation"],
        "answers": {"body": "The operator", "reports": "P1Y", "comment_days": 30, **LAW},
        "records": {"decision": record},
    }  # fmt: skip


def build_listing(
    name: str, conduct: list[str], fields: dict[str, Any], spares: dict[str, Any], stays: Any, ending: str = "repair"
) -> dict[str, Any]:
    """A catalogue with a public list: decided after a hearing, for a term, ended by repair, performance or nothing."""
    catalogue = build_head(name, conduct, {**DAYS, **NAMED, **fields}, "decision")
    decided = {"title": "Decided", "role": "decision", "public_on": "served_on", "audience": "anybody", **LAW}
    undone = {"title": "Undone", "role": "annulment", "record": "undoing", "after": ["decided"], **END}
    ended = {"title": "Ended", "role": ending, "record": "ending", "after": ["decided"], **END}
    step = {"by": ["authority"], "states": "step", "about": "decision", "audience": "parties", **END}
    steps = {"decided": decided, "undone": undone, **({"ended": ended} if ending else {})}
    catalogue["records"] |= {"undoing": {"title": "Undone", **step}, "ending": {"title": "Ended", **step}}
    listed = {"title": "Listed", "case": "proceeding", "while": ["decided"], "stays": stays, "ends_within": 3, **END}
    case = {
        "title": "Proceeding",
        "record": "decision",
        "procedure": "hearing",
        "spares": spares,
        "steps": steps,
        **LAW,
    }
    return catalogue | {
        "procedures": {"hearing": deepcopy(PROCEDURE)}, "cases": {"proceeding": case}, "lists": {"listed": listed},
    }  # fmt: skip


def build_grading(name: str, conduct: str) -> dict[str, Any]:
    """A catalogue with a grade from the newest inspection, which anybody sees and can dispute."""
    catalogue = build_head(name, [conduct], {**SCORED, **NAMED}, "finding")
    bands = [
        {"grade": "A", "at_least": 80},
        {"grade": "B", "at_least": 50},
        {"grade": "C", "at_least": 20},
        {"grade": "D"},
    ]
    display = {"title": "Display", "appeal": REGISTER_APPEAL, **HEARING}
    grade = {"title": "Grade", "kind": "latest", "record": "decision", "score": "score", "bands": bands,
             "lapses": "P2Y", "procedure": "display", **LAW}  # fmt: skip
    return catalogue | {"procedures": {"display": display}, "schemes": {"grade": grade}}


def build_honours(name: str) -> dict[str, Any]:
    """A catalogue with a public list of honours: with consent, for a term, and with nothing to repair."""
    catalogue = build_head(name, ["honour"], {**DAYS, **NAMED, **AGREED}, "deed")
    catalogue["records"]["decision"]["consent"] = "agreed"
    honour = {"title": "Given", "role": "decision", "when": "agreed", "audience": "anybody", **LAW}
    case = {"title": "Honour", "record": "decision", "steps": {"given": honour}, **LAW}
    listed = {"title": "Honoured", "case": "honour", "while": ["given"], "stays": "P3Y", **END}
    return catalogue | {"cases": {"honour": case}, "lists": {"honours": listed}}


def add_measure(catalogue: dict[str, Any], kind: str, field: str, purpose: str, **ground: Any) -> dict[str, Any]:
    """The catalogue with a measure that rests on its list or its grade."""
    measures = catalogue.get("measures", {})
    measure: dict[str, Any] = {"title": "Measure", "kind": kind, "field": field, "purpose": purpose, **LAW}
    measure["audience"] = [ASKING[purpose]]
    return catalogue | {
        "measures": {**measures, f"measure-{len(measures)}": {**measure, **(ground or {"list": "listed"})}}
    }


ASKING = {
    "public-procurement": "procuring-authority", "public-funds": "funding-authority", "tax": "tax-authority",
    "licensing": "licensing-authority", "inspection": "inspectorate",
}  # fmt: skip
DUTY = {"fields": ABLE, "spares": SPARES_INABILITY, "stays": "P3Y", "ending": "performance"}
GRAVE = {"fields": UNTIL, "spares": {}, "stays": {"until": "ends_on", "at_most": "P3Y"}}
BREACH = {"fields": {**SLIGHT, **UNTIL}, "spares": SPARES_SLIGHT, "stays": {"until": "ends_on", "at_most": "P2Y"}}
SHORT = {"fields": SLIGHT, "spares": SPARES_SLIGHT, "stays": "P6M", "ending": ""}
CONTRACTS = ("restriction", "public-procurement", "public-procurement")
GRANTS = ("restriction", "public-funds", "public-funds")
SECTORS: dict[str, dict[str, Any]] = {
    "wages": add_measure(build_listing("wages", ["unpaid-wages"], **DUTY), *CONTRACTS),
    "tax-arrears": add_measure(build_listing("tax-arrears", ["unpaid-tax"], **DUTY), *GRANTS),
    "final-orders": add_measure(
        build_listing("final-orders", ["unperformed-administrative-decision"], **DUTY), *CONTRACTS
    ),
    "cartels": add_measure(build_listing("cartels", ["collusion"], **GRAVE), *CONTRACTS),
    "bribery": add_measure(add_measure(build_listing("bribery", ["corruption"], **GRAVE), *CONTRACTS), *GRANTS),
    "tax-fraud": add_measure(build_listing("tax-fraud", ["tax-fraud"], **GRAVE), "restriction", "tax-procedure", "tax"),
    "contracts": add_measure(build_listing("contracts", ["contract-performance"], **BREACH), *CONTRACTS),
    "emissions": add_measure(
        build_listing("emissions", ["environment"], **BREACH), "restriction", "environmental-licensing", "licensing"
    ),
    "care-suspensions": add_measure(
        build_listing("care-suspensions", ["health-care-quality"], **SHORT), "restriction", "licensing", "licensing"
    ),
    "late-accounts": build_listing("late-accounts", ["filing"], **SHORT),
    "market-notices": build_listing("market-notices", ["market-regulation"], **BREACH),
    "hospitals": add_measure(
        build_grading("hospitals", "health-care-quality"),
        "supervision", "inspection", "inspection", scheme="grade", grades=["C", "D"],
    ),
    "trains": add_measure(
        build_grading("trains", "service-quality"),
        "benefit", "facilitation", "inspection", scheme="grade", grades=["A"],
    ),
    "rivers": add_measure(
        build_grading("rivers", "environment"),
        "benefit", "public-funds", "public-funds", scheme="grade", grades=["A"],
    ),
    "apprentices": build_honours("apprentices"),
}  # fmt: skip
