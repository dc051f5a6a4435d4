"""Cases, lists and procedures of a random catalogue: steps of every role, in orders that laws have and in others."""

from __future__ import annotations

from tests.random_catalogues.choices import Chooser, Content
from tests.random_catalogues.record_types import LENGTHS, TOO_LONG

RELIEF = ("performance", "settlement", "annulment", "withdrawal", "correction", "insolvency", "dissolution", "repair")
ROLES = ("opening", "notice", "reply", "decision", "service", "interim", "appeal", "stay", *RELIEF, "")
WAITS = ("P1D", "P30D", "P3M", "P2Y")
SPARES = {
    "inability-to-pay": ("NOT able", "able IS NULL OR NOT able"),
    "minor": ("minor", "coalesce(minor, TRUE)"),
    "study-debt": ("study",),
    "minor-first-breach": ("class = 'minor' AND earlier = 0 AND corrected",),
}
ODD_SPARES = ("class = 'grave'", "able AND minor AND study", "NOT able AND class = 'minor'")
BURDENING = ("decision", "service", "interim")


def draw_procedure(chooser: Chooser) -> Content:
    """How it is decided."""
    steps: Content = {
        "notice": _draw_notice(chooser),
        "reply": _draw_reply(chooser),
        "decision": _draw_decision(chooser),
        "appeal": _draw_appeal(chooser),
        "interim": _draw_interim(chooser),
        "repair": _draw_repair(chooser),
    }
    steps = chooser.drop_some(steps, "interim", percent=15)
    missing = [chooser.pick(tuple(steps))] if chooser.is_odd() else []
    return chooser.build_rule(**{name: step for name, step in steps.items() if name not in missing})


def _draw_notice(chooser: Chooser) -> Content:
    return chooser.build_untitled(
        held_by="source",
        days=chooser.pick((None, 5, 30)),
        proof=chooser.pick(("told_on",), ("served_on", "decided_on", "decided_by", None)),
        reasons=chooser.pick((True,), (False, None)),
        evidence=chooser.pick(("all",), ("part", "none", None)),
        before_effect=chooser.pick((True,), (False, None)),
    )


def _draw_reply(chooser: Chooser) -> Content:
    days, working = chooser.pick((10, 11, 14, 15, 30, 60), (0, 1, 5, 8, 9)), chooser.pick((False, False, True))
    return chooser.build_untitled(held_by="subject", days=days, working=working)


def _draw_decision(chooser: Chooser) -> Content:
    return chooser.build_untitled(
        held_by="source",
        days=chooser.pick((1, 30, 60, 90), (0, 91, 3650, None)),
        working=chooser.pick((False,), (True,)),
        proof=chooser.pick(("decided_on", "served_on"), ("told_on", "ends_on", None)),
        named=chooser.pick(("decided_by",), ("heard_by", "class", None)),
        reasons=chooser.pick((True,), (False, None)),
        bulk=chooser.pick((False,), (True, None)),
        by_proposer=chooser.pick((False,), (True, None)),
        silence=chooser.pick(("subject",), ("authority", None)),
    )


def _draw_appeal(chooser: Chooser) -> Content:
    return chooser.build_untitled(
        held_by=chooser.pick(("board", "court")),
        body=chooser.pick(("independent", "court", "register"), ("superior", "same")),
        suspends=chooser.pick((True,), (False, None)),
        days=chooser.pick((10, 15, 30, 60), (0, 5, None)),
        decided_in=chooser.pick((10, 60, 180), (181, 3650, None)),
        silence=chooser.pick(("subject",), ("authority", None)),
        proof=chooser.pick(("heard_on", "heard_by"), ("told_on", None)),
    )


def _draw_interim(chooser: Chooser) -> Content:
    days, within = chooser.pick((1, 7, 15), (16, 90, None)), chooser.pick((0, 1, 5), (6, 30, None))
    danger = chooser.pick(("life",), ("other",))
    return chooser.build_untitled(held_by="source", danger=danger, days=days, heard_within=within)


def _draw_repair(chooser: Chooser) -> Content:
    stops = chooser.pick((["display", "sharing", "use"],), (["display"], []))
    keys = {"right": True, "free": True, "stops": stops, "confirmed_within": chooser.pick((10, 30), (60, None))}
    return chooser.build_untitled(held_by="source", days=chooser.pick((10, 30), (90,)), **keys)


def draw_case(chooser: Chooser, name: str, nature: str, of_persons: bool) -> Content:
    """A kind of proceeding; of honours without a procedure or with one."""
    spares = {"duty": ["inability-to-pay"], "breach": ["minor-first-breach"]}.get(nature, [])
    spares += ["minor", "study-debt"] if of_persons else []
    spares += chooser.choose_some(["inability-to-pay"] if nature == "grave" else [], 20)
    exemptions = {key: chooser.build_untitled(when=chooser.pick(SPARES[key], ODD_SPARES)) for key in spares}
    procedure = chooser.pick(("first", "second") if nature != "honour" else (None,), (None, "first"))
    steps = draw_steps(chooser, name, nature)
    return chooser.build_rule(record=f"{name}-opening", procedure=procedure, spares=exemptions, steps=steps)


def draw_steps(chooser: Chooser, name: str, nature: str) -> Content:
    """The steps of a case: how it opens, and what may come after its decision."""
    steps = chooser.pick((_draw_decided, _draw_found, _draw_told, _draw_told, _draw_interim_steps))(chooser, name)
    further = {
        "served": ("service", ["decided"]),
        "contested": ("appeal", ["decided", "served"]),
        "stayed": ("stay", ["decided", "served"]),
        "confirmed": ("decision", ["contested", "stayed"]),
        "annulled": ("annulment", ["decided", "served", "contested", "confirmed"]),
        "paid": ("performance", ["decided", "served", "confirmed"]),
        "settled": ("settlement", ["decided", "served", "confirmed"]),
        "repaired": ("repair", ["decided", "served", "confirmed"]),
        "withdrawn": ("withdrawal", ["decided", "contested"]),
        "corrected": ("correction", ["decided"]),
        "insolvent": ("insolvency", ["decided"]),
        "dissolved": ("dissolution", ["decided"]),
    }
    needed = {"paid": 97 if nature == "duty" else 40, "repaired": 97 if nature != "duty" else 60}
    usual = {"contested": 98, "annulled": 98, "confirmed": 60, "served": 40, **needed}
    chosen = [key for key in further if chooser.is_so(usual.get(key, 25))]
    names = {*steps, *chosen}
    for key in chosen:
        role, after = further[key]
        if key in ("annulled", "paid", "settled", "repaired") and "seized" in steps:
            after = [*after, "seized"]
        steps[key] = _draw_step(chooser, name, key, role, [step for step in after if step in names])
    if chooser.is_odd():
        key = chooser.pick(tuple(steps))
        steps["again"] = _draw_step(chooser, name, "again", chooser.pick(ROLES), [key])
    return {key: steps[key] for key in (chooser.shuffle([*steps]) if chooser.is_odd() else steps)}


def _draw_decided(chooser: Chooser, name: str) -> Content:
    """The decision opens the case; notice is read from its record."""
    return {"decided": _draw_own_step(chooser, "decision", ("decided_on", "served_on"), [])}


def _draw_found(chooser: Chooser, name: str) -> Content:
    """Something is found, then told, then decided."""
    steps = {"found": _draw_own_step(chooser, "opening", ("occurred",), [])}
    before = "found"
    if chooser.is_so(60):
        steps["told"] = _draw_step(chooser, name, "told", "notice", ["found"])
        before = "told"
    return steps | {"decided": _draw_decision_step(chooser, name, [before])}


def _draw_told(chooser: Chooser, name: str) -> Content:
    """Notice opens the case."""
    steps = {"told": _draw_own_step(chooser, "notice", ("told_on",), [])}
    if chooser.is_so(20):
        steps["answered"] = _draw_step(chooser, name, "answered", "reply", ["told"])
    return steps | {"decided": _draw_decision_step(chooser, name, [*steps])}


def _draw_interim_steps(chooser: Chooser, name: str) -> Content:
    """A measure before the hearing, perhaps answered, then the decision."""
    steps = {"seized": _draw_own_step(chooser, "interim", ("served_on", "occurred"), [])}
    if chooser.is_so(40):
        steps["answered"] = _draw_step(chooser, name, "answered", "reply", ["seized"])
    return steps | {"decided": _draw_decision_step(chooser, name, [*steps])}


def _draw_decision_step(chooser: Chooser, name: str, after: list[str]) -> Content:
    if chooser.is_so(60):
        return _draw_own_step(chooser, "decision", ("decided_on", "served_on"), after)
    return _draw_step(chooser, name, "decided", "decision", after)


def _draw_own_step(chooser: Chooser, role: str, days: tuple[str, ...], after: list[str]) -> Content:
    """A step that the opening record itself states."""
    role = chooser.pick((role,), ROLES)
    keys: Content = {"on": chooser.pick(days, ("occurred", "ends_on", "told_on")), "after": after or None}
    keys["public_on"] = chooser.pick((None, None, "served_on")) if role in BURDENING else None
    keys["audience"] = chooser.pick((None,), ("anybody", "parties"))
    keys["when"] = chooser.pick((None, None, None, "class = 'grave'", "decided_by IS NOT NULL"))
    return chooser.build_rule(role=role, **keys, **_draw_wait(chooser, role, after))


def _draw_step(chooser: Chooser, name: str, key: str, role: str, after: list[str]) -> Content:
    """A step that a record of its own states."""
    role = chooser.pick((role,), ROLES)
    return chooser.build_rule(role=role, record=f"{name}-{key}", after=after, **_draw_wait(chooser, role, after))


def _draw_wait(chooser: Chooser, role: str, after: list[str]) -> Content:
    if not after:
        return {}
    coded = {"by": "class", "terms": {"minor": "P1M", "grave": chooser.pick(("P6M",), TOO_LONG)}}
    usual = (None, "P3M", "P1Y", coded) if role == "repair" else (None, "P0D")
    wait = chooser.pick(usual, (*WAITS, coded))
    return {"not_before": wait} if wait else {}


def draw_list(chooser: Chooser, case: str, steps: Content, nature: str, of_persons: bool) -> Content:
    """A list on which a case puts somebody."""
    by_role = [key for key, step in steps.items() if step["role"] in BURDENING]
    listed = [key for key in by_role if key == "decided" or chooser.is_so(85)] or by_role
    listed += chooser.choose_some(list(steps), 15) if chooser.is_odd() else []
    keys: Content = {
        "while": list(dict.fromkeys(listed)) or [*steps][:1],
        "stays": draw_term(chooser),
        "counts_from": chooser.pick((None, "shown", "decided")),
        "audience": "parties" if of_persons else chooser.pick(("anybody", "anybody", "parties")),
        "ends_within": chooser.pick((0, 1, 3), (None, 4, 90)),
        "ends_sooner": chooser.pick((None, "When it was made good.")),
        "shows_ended": chooser.pick((None, "P0D"), ("P1D", "P1Y")),
        "found_by": chooser.pick((None, "identifier"), ("name",)),
        "copies": "nobody" if of_persons else chooser.pick((None, "registered", "nobody"), ("anybody",)),
        "reaches": chooser.pick((None,), (["partner"],)),
    }
    return chooser.build_rule(case=case, **keys)


def draw_term(chooser: Chooser) -> Content | str | None:
    """A term: fixed, by a code, or set by the decision."""
    coded = {"by": "class", "terms": {"minor": "P3M", "grave": chooser.pick(LENGTHS, TOO_LONG)}}
    decided = {"until": chooser.pick(("ends_on",), ("told_on",)), "at_most": chooser.pick(LENGTHS, TOO_LONG)}
    term: Content | str | None = chooser.pick((*LENGTHS[:5], coded, decided), (*TOO_LONG, None))
    return term
