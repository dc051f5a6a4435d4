"""Article 19: nobody learns more by a measure, a list or a grade than what stands behind it shows them."""

from __future__ import annotations

import pytest
from tests.unit.charter.edited_catalogues import Change, list_reasons, load_edited

from goodstanding.charter import assess

AT = "purpose: public-procurement, audience: [procuring-authority]}"
LOAN = "purpose: extending-credit, audience: [lender]"
VISITS = "purpose: inspection, audience: [office]}"
EXCLUDED = "    while: [excluded]\n"
SECRET = (EXCLUDED, f"{EXCLUDED}    audience: parties\n")
FOOD = "    lapses: P2Y\n    procedure: hearing\n"
SECRET_FOOD = (FOOD, f"{FOOD}    audience: parties\n")
SHOWN = "purpose: public-information, audience: [anybody]}"
TOLD = "field: public-procurement, list: excluded"
MORE_VISITS = "kind: supervision, field: inspection, scheme: food, grades: [B], "
PUBLISHED = "kind: publication, field: public-information, "
GRADE_SHOWN = (MORE_VISITS + VISITS, f"{PUBLISHED}scheme: food, grades: [B], {SHOWN}")
LIST_SHOWN = (f"kind: restriction, {TOLD}, {AT}", f"{PUBLISHED}list: excluded, {SHOWN}")


def combine(audience: str, of: str = "excluded", further: str = "") -> Change:
    """A list that is made from another one."""
    combined = f"  all:\n    title: All\n    basis: act art. 1\n    from: [{of}]\n    audience: {audience}\n{further}"
    return "\nmeasures:\n", f"{combined}\nmeasures:\n"


# changes and part of the reason
SHOWING_MORE: dict[str, tuple[tuple[Change, ...], str]] = {
    "a list of the parties, by a measure": ((SECRET, LIST_SHOWN), "for its parties"),
    "a grade of the parties, by a measure": ((SECRET_FOOD, GRADE_SHOWN), "for its parties"),
    "another grade than the public one": (
        ((FOOD, f"{FOOD}    audience: parties\n    public_grades: [A]\n"), GRADE_SHOWN), "for its parties"
    ),
    "a list made from one of the parties": ((SECRET, combine("anybody")), "for its parties"),
    "a list made from a list made from one of the parties": (
        (SECRET, combine("parties", further="  most:\n    title: Most\n    basis: act art. 1\n    from: [all]\n")),
        "for its parties",
    ),
    "a step that is over": ((("role: repair,", "role: repair, audience: anybody,"),), "nothing in force"),
    "an audience of no list": (((VISITS, VISITS.replace("office", "neighbour")),), "neighbour"),
    "an audience of the charter's refusals": (((VISITS, VISITS.replace("office", "employer")),), "Never for hiring"),
    "an audience for another purpose": (((VISITS, VISITS.replace("office", "lender")),), "for this purpose"),
    "a source for a purpose that is not its own": (((AT, AT.replace("procuring-authority", "office")),), "office"),
    "an inspector about persons": (((LOAN, LOAN.replace("lender", "lender, food-authority")),), "for this purpose"),
    "anybody about persons": (((LOAN, LOAN.replace("lender", "anybody")),), "for its parties"),
    "a source about persons": (
        ((LOAN, LOAN.replace("extending-credit, audience: [lender]", "enforcement, audience: [office]")),), "office"
    ),
    "an audience that sees duties alone": (
        ((f"{TOLD}, {AT}", f"field: public-procurement, list: excluded, {LOAN}}}"),), "such conduct"
    ),
}  # fmt: skip


@pytest.mark.parametrize("means", SHOWING_MORE)
def test_a_measure_shows_no_more_than_its_ground(means: str) -> None:
    """Neither to anybody, nor through another list, nor to who has no purpose in it."""
    changes, reason = SHOWING_MORE[means]
    reasons = list_reasons(load_edited(*changes), 19)
    assert any(reason in text for text in reasons), reasons


SHOWING_AS_MUCH: dict[str, tuple[Change, ...]] = {
    "a list of the parties, to who may ask": (SECRET,),
    "a public list, by a measure": (LIST_SHOWN,),
    "a public grade, by a measure": (GRADE_SHOWN,),
    "the public grade of the parties": (
        (FOOD, f"{FOOD}    audience: parties\n    public_grades: [B]\n"), GRADE_SHOWN
    ),
    "a list of the parties made from one of the parties": (SECRET, combine("parties")),
    "a public list made from a public one": (combine("anybody"),),
    "an authority of the list": ((VISITS, VISITS.replace("office", "labour-authority")),),
    "the source and another authority": ((VISITS, VISITS.replace("office", "office, inspectorate")),),
    "a body that grants funds": (
        (AT, "purpose: public-funds, audience: [funding-authority, subsidy-authority]}"),
        ("field: public-procurement, list: excluded", "field: public-funds, list: excluded"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("means", SHOWING_AS_MUCH)
def test_what_its_ground_shows_a_measure_may_show(means: str) -> None:
    """Also of single grades of a scheme whose others are for the parties."""
    catalogue = load_edited(*SHOWING_AS_MUCH[means])
    assert 19 not in assess(catalogue).breached, [str(breach.reason) for breach in assess(catalogue).breaches]


EXCLUDED_STEP = "role: decision, public_on: served_on, audience: anybody}"
CONTESTED_STEP = "      contested: {title: Contested, basis: act art. 3, role: appeal, record: finding-appeal"


def list_step(key: str, role: str, audience: str, further: str = "") -> tuple[Change, ...]:
    """The list that anybody sees, with a further step of an audience of its own."""
    step = f"      {key}: {{title: Further, basis: act art. 1, role: {role}, audience: {audience}, {further}}}\n"
    return (CONTESTED_STEP, step + CONTESTED_STEP), (EXCLUDED, EXCLUDED.replace("excluded]", f"excluded, {key}]"))


SERVED, CONFIRMED = "on: told_on, after: [excluded]", "record: repair, after: [contested]"
FIRST_STEP = "      excluded: {title: Excluded, basis: act art. 1, role: decision"
SEIZED = (
    f"      seized: {{title: Seized, basis: act art. 3, role: interim, on: told_on, audience: parties}}\n{FIRST_STEP}"
)
CLOSED_STEP = (EXCLUDED_STEP, EXCLUDED_STEP.replace("anybody", "parties"))
CLOSED_STEPS: dict[str, tuple[Change, ...]] = {
    "the decision": (CLOSED_STEP,),
    "its service": list_step("served", "service", "parties", SERVED),
    "the decision on an appeal": list_step("confirmed", "decision", "parties", CONFIRMED),
    "an interim measure": (
        (FIRST_STEP, SEIZED.replace("role: decision", "role: decision, after: [seized]")),
        (EXCLUDED, EXCLUDED.replace("[excluded", "[seized, excluded")),
    ),
    "a step of a second list": (
        CLOSED_STEP, SECRET, ("\nmeasures:\n", "  more:\n    title: More\n    basis: act art. 1\n    case: fraud\n"
                              "    while: [excluded]\n    stays: P1Y\n\nmeasures:\n"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("means", CLOSED_STEPS)
def test_a_list_that_anybody_sees_names_no_step_that_says_it_is_for_its_parties(means: str) -> None:
    """Where somebody stands on a list stands there too, so a step that is closed puts nobody on a public one."""
    reasons = list_reasons(load_edited(*CLOSED_STEPS[means]), 19)
    assert any("a step that is for its parties" in text for text in reasons), reasons


OPEN_STEPS: dict[str, tuple[Change, ...]] = {
    "a step that says nothing": ((EXCLUDED_STEP, EXCLUDED_STEP.replace(", audience: anybody", "")),),
    "a closed step of a list of the parties": (CLOSED_STEP, SECRET),
    "a public step beside it": list_step("served", "service", "anybody", SERVED),
}


@pytest.mark.parametrize("means", OPEN_STEPS)
def test_an_open_step_and_a_closed_list_are_lawful(means: str) -> None:
    """Where a step says nothing of its audience its list decides."""
    assert list_reasons(load_edited(*OPEN_STEPS[means]), 19) == []
