"""Every act and every role: who may do what in a case, written out by hand and compared with the rule."""

from __future__ import annotations

import pytest
from tests.tables import list_differing_cells

from goodstanding.access import Actor, Role
from goodstanding.access.case_acts import ACT_HOLDERS, CaseResource, list_permitted_acts, may_act

OURS, SUBJECT = "food-office", "lei:529900T8BM49AURSDO55"
CASE = CaseResource(frozenset({SUBJECT}), OURS, "Wu Worker", False, True)
ASKED = CaseResource(frozenset({SUBJECT}), OURS, "Wu Worker", True, True)
CLERK, DECIDER, APPEAL = (
    Actor(Role.SOURCE, OURS, "Ada"),
    Actor(Role.DECIDER, OURS, "Ben"),
    Actor(Role.APPEAL, "court", "Chen"),
)
COMPANY, WORKER = Actor(Role.SUBJECT, SUBJECT, "Dora"), Actor(Role.APPLICANT, "", "Wu Worker")
ALLOWED = {
    CLERK: {"CaseProposed", "NoticeServed", "DecisionServed", "ObligationPerformed", "CaseWithdrawn"},
    DECIDER: {"CaseDecided", "DecisionServed", "InterimImposed", "DisputeDecided", "RepairDecided"},
    APPEAL: {"SuspensionLifted", "AppealDecided", "InterimHeard"},
    COMPANY: {"ReplyFiled", "AppealFiled", "RecordDisputed", "LinkDisputed", "RepairRequested"},
    WORKER: {"ObligationPerformed"},
}
OTHERS = [Actor(role, OURS, "Olga") for role in Role if role not in {actor.role for actor in ALLOWED}]


def test_who_holds_a_role_holds_its_acts_and_no_others() -> None:
    """In a case of their own; each answer says because of which rule."""
    allowed = {(actor, act): act in acts for actor, acts in ALLOWED.items() for act in ACT_HOLDERS}
    decisions = {(actor, act): may_act(actor, act, CASE) for actor, act in allowed}
    decided = {
        (actor, act): (decision.allowed, bool(decision.because), act in list_permitted_acts(actor, CASE))
        for (actor, act), decision in decisions.items()
    }
    assert list_differing_cells(decided, {cell: (may, True, may) for cell, may in allowed.items()}) == {}


def test_no_other_role_acts_in_cases() -> None:
    """Neither the overseer, who watches, nor the operator, nor a relying party, nor anybody."""
    cells = {
        (actor.role.value, case.asked_by_subject): list_permitted_acts(actor, case)
        for actor in OTHERS
        for case in (CASE, ASKED)
    }
    assert list_differing_cells(cells, dict.fromkeys(cells, ())) == {}


@pytest.mark.parametrize(
    "actor",
    [
        Actor(Role.SOURCE, "another-office", "Ada"), Actor(Role.DECIDER, "another-office", "Ben"),
        Actor(Role.SUBJECT, "lei:5493001KJTIIGC8Y1R12", "Eve"), Actor(Role.APPLICANT, "", "Somebody Else"),
        Actor(Role.DECIDER, "", "Ben"), Actor(Role.APPEAL, "", "Chen"), Actor(Role.SOURCE, OURS, ""),
    ],
    ids=str,
)  # fmt: skip
def test_nobody_acts_in_the_case_of_another(actor: Actor) -> None:
    """Nor without an office, nor without a name."""
    assert list_permitted_acts(actor, CASE) == ()


def test_a_body_that_does_not_stand_apart_hears_nothing() -> None:
    """Charter article 14."""
    assert list_permitted_acts(APPEAL, CaseResource(frozenset({SUBJECT}), OURS, "", False, False)) == ()


def test_who_opened_a_case_withdraws_it_and_nobody_else() -> None:
    """The source its proposals, the subject its disputes."""
    assert [may_act(actor, "CaseWithdrawn", CASE).allowed for actor in (CLERK, COMPANY)] == [True, False]
    assert [may_act(actor, "CaseWithdrawn", ASKED).allowed for actor in (CLERK, COMPANY)] == [False, True]


def test_an_act_that_no_rule_names_is_nobodys() -> None:
    """Deny by default."""
    assert not any(may_act(actor, "CaseBurned", CASE).allowed for actor in (*ALLOWED, *OTHERS))
