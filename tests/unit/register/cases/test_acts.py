"""Cases heard in the register: from the proposal to the effect, and from the effect to nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests.people import BOARD, CLERK, COMPANY, DECIDER, LISTED
from tests.registers import NOW

from goodstanding.access import Actor, Role
from goodstanding.errors import BadInput, NotAllowed, NotPossible
from goodstanding.procedure.case_states import Act, Phase

DAY = NOW.date()
FINDING = {"cause": "fraud", "sanction": "exclusion", "proved_by": "conviction"}


pytestmark = pytest.mark.usefixtures("exclusion")


def case_after_proposal(actor: Actor = CLERK, **changes: Any) -> Any:
    """A proposal to exclude an example company, made today."""
    from goodstanding.register.cases.proposals import Proposal, propose_case

    fields: dict[str, Any] = {
        "list": LISTED, "kind": "organisation", "identifier": COMPANY.scope, "name": "Example Works Ltd",
        "reference": "B-17", "occurred": DAY, "text": "The bid named a certificate that was forged.", "fields": FINDING,
    }  # fmt: skip
    return propose_case(Proposal(**(fields | changes)), actor, DAY, NOW)


def append_case_act(case: Any, act: Act, actor: Actor, days: int = 0, **fields: Any) -> Any:
    """The case after an act, so many days after the proposal."""
    from goodstanding.register.cases.acts import append_act as acted

    at = DAY + timedelta(days=days)
    return acted(case.position, act, actor, at, NOW + timedelta(days=days), **fields)


def case_after_decision(**changes: Any) -> Any:
    """A case whose decision was served on the thirteenth day after the proposal."""
    case = append_case_act(case_after_proposal(**changes), Act.SERVE_NOTICE, CLERK, 1, service="delivered")
    case = append_case_act(case, Act.REPLY, COMPANY, 5, text="The certificate was lent to us.")
    case = append_case_act(case, Act.DECIDE, DECIDER, 12, text="It was forged, as the issuer says.")
    return append_case_act(case, Act.SERVE_DECISION, CLERK, 13, service="delivered")


def list_measures_in_force(
    days: int, kinds: tuple[str, ...] = ("listing", "restriction"), size: int | None = None
) -> set[str]:
    """What holds about the company so many days after the proposal, as known at a ledger size."""
    from goodstanding.register.files.effects import list_effects
    from goodstanding.register.files.point_in_time import PointInTime
    from goodstanding.register.files.records import list_records
    from goodstanding.register.files.subjects import find_subject_id

    subject_id = find_subject_id(COMPANY.scope)
    moment = PointInTime(DAY, DAY + timedelta(days=days), size)
    effects = list_effects(subject_id, list_records(subject_id), moment)
    return {effect.measure for effect in effects if effect.holds and effect.kind in kinds}


BOUND = {"excluded-for-misconduct", "no-contract", "no-public-funds"}


@pytest.mark.each_database
def test_a_decision_binds_from_its_service_to_its_term(assert_register_holds: Callable[[], None]) -> None:
    """Nothing before; the listing and its measures then; nothing after three years. Tables are as if made anew."""
    case_after_decision()
    assert [list_measures_in_force(days) for days in (0, 12, 13, 60, 3 * 366 + 13)] == [
        set(),
        set(),
        BOUND,
        BOUND,
        set(),
    ]
    assert_register_holds()


def test_a_case_without_a_served_notice_never_binds() -> None:
    """Neither does it if nobody acts: the proposal lapses."""
    case = case_after_proposal()
    with pytest.raises(NotPossible):
        append_case_act(case, Act.DECIDE, DECIDER, 40, text="It was so.")
    assert not any(list_measures_in_force(days) for days in (0, 10, 100, 1000))
    assert case.case.phase(DAY + timedelta(days=100)) is Phase.ENDED


def test_silence_of_the_authority_ends_the_case() -> None:
    """Told and never decided: nothing ever binds, and a later decision is refused with where the case stands."""
    case = append_case_act(case_after_proposal(), Act.SERVE_NOTICE, CLERK, 1, service="posted")
    with pytest.raises(NotPossible, match="ended"):
        append_case_act(case, Act.DECIDE, DECIDER, 300, text="Late.")


def test_an_appeal_suspends_and_silence_on_it_ends_the_listing(assert_register_holds: Callable[[], None]) -> None:
    """From the day it is filed nothing binds, and nothing ever binds again if the board says nothing."""
    append_case_act(case_after_decision(), Act.APPEAL, COMPANY, 20, text="The issuer erred.")
    assert [list_measures_in_force(days) for days in (13, 19, 20, 60, 500)] == [BOUND, BOUND, set(), set(), set()]
    assert_register_holds()


def test_a_decision_that_is_overturned_never_held(assert_register_holds: Callable[[], None]) -> None:
    """Back to its first day; what was known before still says what was known."""
    from goodstanding.ledger import store as ledger

    case = case_after_decision()
    size = ledger.get_ledger_size()
    append_case_act(append_case_act(case, Act.APPEAL, COMPANY, 20, text="The issuer erred."), Act.DECIDE_APPEAL, BOARD,
                    30, upheld=False,
                    text="The certificate is genuine.")  # fmt: skip
    assert not any(list_measures_in_force(days) for days in (13, 19, 20, 60))
    assert list_measures_in_force(19, size=size) == BOUND
    assert_register_holds()


def test_performance_ends_a_listing_at_once() -> None:
    """From the day it is confirmed."""
    append_case_act(case_after_decision(), Act.PERFORM, CLERK, 40, text="Harm made good.")
    assert [list_measures_in_force(days) for days in (39, 40)] == [BOUND, set()]


@pytest.mark.parametrize(
    ("act", "actor"),
    [
        (Act.SERVE_NOTICE, DECIDER), (Act.SERVE_NOTICE, COMPANY), (Act.DECIDE, CLERK), (Act.DECIDE, COMPANY),
        (Act.REPLY, Actor(Role.SUBJECT, "lei:5493001KJTIIGC8Y1R12", "Eve")),
        (Act.DECIDE, Actor(Role.DECIDER, "another-buyer", "Ben")), (Act.APPEAL, CLERK), (Act.DECIDE_APPEAL, DECIDER),
        (Act.DECIDE, Actor(Role.OVERSEER, "", "Olga")), (Act.DECIDE, Actor(Role.OPERATOR, "", "root")),
    ],
)  # fmt: skip
def test_nobody_acts_for_another(act: Act, actor: Actor) -> None:
    """Each act belongs to a role, in its own cases; the answer names the article."""
    case = case_after_proposal()
    with pytest.raises(NotAllowed):
        append_case_act(case, act, actor, 1, text="So.")


def test_who_proposed_does_not_decide_and_who_decided_hears_no_appeal() -> None:
    """Even where one person holds both roles."""
    case = append_case_act(case_after_proposal(), Act.SERVE_NOTICE, CLERK, 1)
    with pytest.raises(NotPossible, match="proposed"):
        append_case_act(case, Act.DECIDE, Actor(Role.DECIDER, "example-buyer", CLERK.name), 33, text="So.")
    served = append_case_act(append_case_act(case, Act.DECIDE, DECIDER, 33, text="So."), Act.SERVE_DECISION, CLERK, 34)
    appealed = append_case_act(served, Act.APPEAL, COMPANY, 35, text="No.")
    with pytest.raises(NotPossible, match="proposed or decided"):
        append_case_act(appealed, Act.DECIDE_APPEAL, Actor(Role.APPEAL, "example-board", DECIDER.name), 36, text="So.")


def test_the_appeal_body_stands_apart_from_the_source() -> None:
    """Not the source itself."""
    case = append_case_act(case_after_decision(), Act.APPEAL, COMPANY, 20, text="No.")
    with pytest.raises(NotAllowed):
        append_case_act(case, Act.DECIDE_APPEAL, Actor(Role.APPEAL, "example-buyer", "Fred"), 21, text="So.")


@pytest.mark.each_database
def test_the_second_of_two_deciders_is_told() -> None:
    """And nothing is written twice."""
    from goodstanding.ledger import store as ledger

    case = append_case_act(case_after_proposal(), Act.SERVE_NOTICE, CLERK, 1)
    append_case_act(case, Act.DECIDE, DECIDER, 33, text="It was so.")
    size = ledger.get_ledger_size()
    with pytest.raises(NotPossible, match="decided"):
        append_case_act(
            case, Act.DECIDE, Actor(Role.DECIDER, "example-buyer", "Gus"), 33, upheld=False, text="It was not."
        )
    assert ledger.get_ledger_size() == size


def test_a_late_reply_is_kept_and_marked() -> None:
    """It is decided on all the same."""
    case = append_case_act(case_after_proposal(), Act.SERVE_NOTICE, CLERK, 1)
    case = append_case_act(case, Act.REPLY, COMPANY, 45, text="<b>Late</b> but true.")
    assert (case.acts[-1].late, case.acts[-1].text) == (True, "<b>Late</b> but true.")


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": " "}, {"reference": ""}, {"occurred": date(1990, 1, 1)}, {"occurred": DAY + timedelta(days=1)},
        {"kind": "person"}, {"fields": FINDING | {"cause": "ugliness"}}, {"fields": {"sanction": "exclusion"}},
        {"fields": FINDING | {"colour": "red"}}, {"fields": FINDING | {"excluded_until": "soon"}},
        {"text": "x" * 20_001},
    ],
)  # fmt: skip
def test_a_proposal_that_cannot_be_meant_is_refused(wrong: dict[str, Any]) -> None:
    """With what, where and what would be right; nothing is written."""
    from goodstanding.ledger import store as ledger

    size = ledger.get_ledger_size()
    with pytest.raises(BadInput) as refused:
        case_after_proposal(**wrong)
    assert refused.value.remedy
    assert ledger.get_ledger_size() == size


def test_a_rejected_finding_sent_again_opens_under_objection() -> None:
    """Nearly the same words will do; it is upheld only with what is new since."""
    case = append_case_act(case_after_proposal(), Act.SERVE_NOTICE, CLERK, 1)
    append_case_act(case, Act.DECIDE, DECIDER, 15, upheld=False, text="The certificate is genuine.")
    again = case_after_proposal(
        reference="B-18",
        text="The bid named a certificate that was forged!",
        fields=FINDING | {"proved_by": "preponderance"},
    )
    assert again.opened.body["objection"] == case.position
    notified = append_case_act(again, Act.SERVE_NOTICE, CLERK, 1)
    with pytest.raises(BadInput, match=case.reference):
        append_case_act(notified, Act.DECIDE, DECIDER, 33, text="It was so.")
    assert append_case_act(
        notified, Act.DECIDE, DECIDER, 33, text="It was so.", new="The issuer withdrew it."
    ).case.phase(DAY + timedelta(days=33))


def test_a_successor_is_bound_only_by_its_own_decision() -> None:
    """A company with another identifier has another file, and nothing of this one."""
    from goodstanding.errors import NotFound
    from goodstanding.register.files.subjects import find_subject_id

    case_after_decision()
    with pytest.raises(NotFound):
        find_subject_id("lei:5493001KJTIIGC8Y1R12")


def dispute_finding(case: Any, days: int, **options: Any) -> Any:
    """The company disputes the finding that its listing rests on."""
    from goodstanding.register.cases.subject_requests import dispute_record as disputed

    return disputed(
        case.position, COMPANY, DAY + timedelta(days=days), NOW + timedelta(days=days), "Not so.", **options
    )


def test_an_open_dispute_suspends_and_silence_ends_what_rested_on_the_record(
    assert_register_holds: Callable[[], None],
) -> None:
    """Nothing adverse from the day it is opened, and nothing ever again if the source says nothing."""
    case = case_after_decision()
    dispute_finding(case, 50)
    assert [list_measures_in_force(days) for days in (49, 50, 79, 200)] == [BOUND, set(), set(), set()]
    assert_register_holds()


def test_a_refused_dispute_lets_the_restriction_bind_again_and_no_second_one_suspends(
    assert_register_holds: Callable[[], None],
) -> None:
    """A dispute of the same, after a refusal that stands, is heard but suspends nothing."""
    case = case_after_decision()
    first = append_case_act(dispute_finding(case, 50), Act.DECIDE_DISPUTE, DECIDER, 55, text="The record is right.")
    assert [list_measures_in_force(days) for days in (49, 50, 54, 55)] == [BOUND, set(), set(), BOUND]
    second = dispute_finding(case, 120)
    assert second.position != first.position
    assert list_measures_in_force(121) == BOUND
    assert_register_holds()


@pytest.mark.each_database
def test_a_dispute_that_is_granted_undoes_the_record_at_every_moment(assert_register_holds: Callable[[], None]) -> None:
    """Back to the moment it was wrong."""
    append_case_act(
        dispute_finding(case_after_decision(), 50, link=True),
        Act.DECIDE_DISPUTE,
        DECIDER,
        55,
        upheld=False,
        text="Another company.",
    )
    assert not any(list_measures_in_force(days) for days in (13, 49, 55, 100))
    assert_register_holds()


def test_repair_is_asked_for_after_its_time_and_silence_grants_it(assert_register_holds: Callable[[], None]) -> None:
    """Too early it is refused with the day; then it ends the listing, if nobody answers."""
    from goodstanding.register.cases.subject_requests import request_repair

    case = case_after_decision()
    with pytest.raises(NotPossible, match="can ask for repair from"):
        request_repair(case.position, COMPANY, DAY + timedelta(days=60), NOW, "All was put right.")
    at = DAY + timedelta(days=400)
    request_repair(case.position, COMPANY, at, NOW + timedelta(days=400), "All was put right.")
    assert [list_measures_in_force(days) for days in (399, 401, 440)] == [BOUND, BOUND, set()]
    assert_register_holds()


FOOD = Actor(Role.DECIDER, "example-food-office", "Finn Decider")
TRIBUNAL = Actor(Role.APPEAL, "example-food-tribunal", "Tess Tribunal")
MINISTRY = Actor(Role.APPEAL, "example-food-ministry", "Max Minister")
DANGER = {
    "list": "imminent-danger/closed-for-danger", "reference": "D-1", "text": "Rats in the kitchen, seen today.",
    "fields": {"danger": "infestation", "grave": True},
}  # fmt: skip
CLOSED = {"closed-for-danger", "no-food"}


REAL_DANGER = "Droppings beside the flour on both visits; article 3 allows closing; the reply names no cleaning."


def impose_interim_measure(**changes: Any) -> Any:
    """An interim measure against an example company, imposed today."""
    from goodstanding.register.cases.proposals import Proposal, propose_case

    fields = {
        "kind": "organisation",
        "identifier": COMPANY.scope,
        "name": "Example Works Ltd",
        "occurred": DAY,
        **DANGER,
    }
    return propose_case(Proposal(**(fields | changes)), FOOD, DAY, NOW, interim=True)


@pytest.fixture
def danger(enact: Callable[[str], int]) -> None:
    """The register of the test has the catalogue imminent-danger in force."""
    enact("imminent-danger")


@pytest.mark.each_database
@pytest.mark.usefixtures("danger")
def test_an_interim_measure_binds_at_once_and_ends_by_itself(assert_register_holds: Callable[[], None]) -> None:
    """If it is not heard within five working days; heard and upheld, it ends after fifteen days at the latest."""
    case = impose_interim_measure()
    assert [list_measures_in_force(days) for days in (0, 5, 8, 15)] == [CLOSED, CLOSED, set(), set()]
    append_case_act(case, Act.HEAR_INTERIM, TRIBUNAL, 3, text=REAL_DANGER)
    assert [list_measures_in_force(days) for days in (0, 8, 14, 15)] == [CLOSED, CLOSED, CLOSED, set()]
    assert_register_holds()


@pytest.mark.usefixtures("danger")
def test_an_interim_measure_is_heard_by_a_body_that_stands_apart() -> None:
    """Not by the ministry above the office."""
    case = impose_interim_measure()
    with pytest.raises(NotAllowed, match="cannot do this"):
        append_case_act(case, Act.HEAR_INTERIM, MINISTRY, 1, text="It is real.")
    append_case_act(case, Act.HEAR_INTERIM, TRIBUNAL, 1, upheld=False, text="There is no rat.")
    assert list_measures_in_force(1) == set()


@pytest.mark.usefixtures("danger")
@pytest.mark.parametrize("text", ["ok", "ok " * 500, "The danger is real.", "同意。"])
def test_an_interim_measure_is_not_kept_in_force_by_a_word(text: str) -> None:
    """Reasons that say nothing are refused, however often they say it; to end the measure a word is enough."""
    case = impose_interim_measure()
    with pytest.raises(BadInput, match="too short to keep an interim measure"):
        append_case_act(case, Act.HEAR_INTERIM, TRIBUNAL, 1, text=text)
    append_case_act(case, Act.HEAR_INTERIM, TRIBUNAL, 1, upheld=False, text=text)
    assert list_measures_in_force(1) == set()


@pytest.mark.usefixtures("danger")
def test_whom_an_interim_measure_binds_answers_it_until_it_ends() -> None:
    """Before it is heard and after; what was said is never late, and changes nothing of the measure's days."""
    case = impose_interim_measure()
    append_case_act(case, Act.REPLY, COMPANY, 1, text="A cat, not a rat.")
    append_case_act(case, Act.HEAR_INTERIM, TRIBUNAL, 3, text=REAL_DANGER)
    answered = append_case_act(case, Act.REPLY, COMPANY, 4, text="The kitchen is clean now.")
    assert [(act.text, act.late) for act in answered.acts if act.act is Act.REPLY] == [
        ("A cat, not a rat.", False), ("The kitchen is clean now.", False),
    ]  # fmt: skip
    assert [list_measures_in_force(days) for days in (4, 14, 15)] == [CLOSED, CLOSED, set()]


@pytest.mark.usefixtures("danger")
def test_who_imposed_an_interim_measure_does_not_hear_it() -> None:
    """Not even where one person has a part in the office and one in the tribunal."""
    case = impose_interim_measure()
    same_person = replace(TRIBUNAL, name=FOOD.name)
    with pytest.raises(NotPossible, match="imposed the measure"):
        append_case_act(case, Act.HEAR_INTERIM, same_person, 1, text=REAL_DANGER)


@pytest.mark.usefixtures("danger")
def test_whom_the_law_spares_is_not_proposed() -> None:
    """A minor first breach that was corrected closes nobody, and the answer says so."""
    with pytest.raises(BadInput, match="minor first breach"):
        impose_interim_measure(fields={"danger": "temperature", "grave": False})


def test_an_interim_measure_needs_a_law_that_knows_it() -> None:
    """Nobody is excluded from tenders before a hearing."""
    from goodstanding.register.cases.proposals import Proposal, propose_case

    proposal = Proposal(list=LISTED, kind="organisation", identifier=COMPANY.scope, name="Example", reference="B",
                        occurred=DAY, text="Now.", fields=FINDING)  # fmt: skip
    with pytest.raises(BadInput, match="interim"):
        propose_case(proposal, Actor(Role.DECIDER, "example-buyer", "Ben"), DAY, NOW, interim=True)


@pytest.mark.usefixtures("danger")
def test_an_office_that_was_merged_into_another_no_longer_acts_alone() -> None:
    """Its cases are the other's, and whoever it became stands above or below the same offices."""
    from goodstanding.register.rules.authorities import append_authority_change

    case = impose_interim_measure()
    append_authority_change("example-food-tribunal", "example-food-ministry", "Olga Overseer", DAY, NOW)
    with pytest.raises(NotAllowed):
        append_case_act(case, Act.HEAR_INTERIM, TRIBUNAL, 1, text="It is real.")
    with pytest.raises(BadInput, match="already"):
        append_authority_change("example-food-tribunal", "example-food-office", "Olga Overseer", DAY, NOW)


def test_a_milder_later_rule_applies_to_an_earlier_case(
    enact: Callable[..., int], assert_register_holds: Callable[[], None]
) -> None:
    """A listing of three years ends after one, once the rules say so; a stricter rule changes nothing."""
    from goodstanding.catalogue import load_library, overlay_catalogue

    case_after_decision()
    assert list_measures_in_force(500) == BOUND
    rules = load_library()["procurement-exclusion"]
    enact(overlay_catalogue(rules, {"version": 3, "lists.excluded-for-misconduct.stays.at_most": "P1Y"}))
    assert [list_measures_in_force(days) for days in (300, 500)] == [BOUND, set()]
    assert_register_holds()
