"""How a case ends by itself, and why an act is refused: as codes, whose words stand elsewhere."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from goodstanding.errors import NotPossible
from goodstanding.messages import Message, ProcedureMessage
from goodstanding.procedure.case_machine import apply_act, list_act_refusals
from goodstanding.procedure.case_states import MISSED_DUTIES, Act, CompletedAct, EndReason, HeardCase, Phase
from goodstanding.procedure.time_limits import ProcedureTerms

FIRST = date(2026, 6, 1)
PEOPLE = {Act.DECIDE: "Ben", Act.DECIDE_APPEAL: "Chen", Act.HEAR_INTERIM: "Chen", Act.DECIDE_REPAIR: "Ben"}
UNTIL_SERVED = (Act.PROPOSE, Act.SERVE_NOTICE, Act.REPLY, Act.DECIDE, Act.SERVE_DECISION)


def play(*acts: Act, upheld: bool = True) -> HeardCase:
    """A case in which these acts were done, a day apart."""
    case = HeardCase(ProcedureTerms())
    for number, act in enumerate(acts):
        day = FIRST + timedelta(days=number)
        case = apply_act(case, CompletedAct(act, day, PEOPLE.get(act, "Ada"), upheld, "Facts and law."))
    return case


@pytest.mark.parametrize(
    ("acts", "reason"),
    [
        ((Act.PROPOSE,), EndReason.NOT_TOLD),
        ((Act.PROPOSE, Act.SERVE_NOTICE), EndReason.SILENCE),
        (UNTIL_SERVED[:4], EndReason.NOT_SERVED),
        (UNTIL_SERVED, EndReason.APPEAL_TIME_OVER),
        ((*UNTIL_SERVED, Act.APPEAL), EndReason.APPEAL_SILENCE),
        ((*UNTIL_SERVED, Act.APPEAL, Act.LIFT_SUSPENSION), EndReason.APPEAL_SILENCE),
        ((Act.IMPOSE_INTERIM,), EndReason.NOT_HEARD),
        ((Act.IMPOSE_INTERIM, Act.HEAR_INTERIM), EndReason.INTERIM_OVER),
        ((Act.ASK_REPAIR,), EndReason.SILENCE),
        ((Act.ASK_REPAIR, Act.DECIDE_REPAIR), EndReason.APPEAL_TIME_OVER),
    ],
    ids=lambda value: value.value if isinstance(value, EndReason) else str(len(value)),
)
def test_each_stretch_says_by_a_code_why_it_ends(acts: tuple[Act, ...], reason: EndReason) -> None:
    """The stretch that the last act began has the code of its end; what an act cut short has none."""
    last_day = FIRST + timedelta(days=len(acts) - 1)
    spans = play(*acts).spans
    assert [span.then for span in spans if span.holds(last_day)] == [reason]
    assert {span.then for span in spans if span.since < last_day} <= {None}


def test_an_end_that_nobody_missed_is_no_missed_duty() -> None:
    """A term, the time of a subject's appeal and an interim measure's fifteen days run out without anybody's fault."""
    assert set(EndReason) - MISSED_DUTIES == {
        EndReason.TERM_OVER, EndReason.APPEAL_TIME_OVER, EndReason.INTERIM_OVER,
    }  # fmt: skip


def test_a_refusal_is_a_code_with_what_it_is_about() -> None:
    """Whoever is refused reads a sentence; a program reads the phase, the day and the acts that are possible."""
    with pytest.raises(NotPossible) as refusal:
        play(Act.PROPOSE, Act.APPEAL)
    message = refusal.value.coded
    assert isinstance(message, Message)
    assert message.code is ProcedureMessage.CASE_IN_PHASE
    assert (message.params["phase"], message.params["day"]) == (Phase.PROPOSED, FIRST + timedelta(days=1))
    assert refusal.value.diagnostics().splitlines() == [
        "The case is proposed on 2026-06-02.", "  where: AppealFiled",
        "  use, for example: NoticeServed, ObligationPerformed, CaseWithdrawn, CaseUndone",
    ]  # fmt: skip


def test_what_cannot_be_done_in_a_case_that_is_over_asks_for_a_new_one() -> None:
    """Once it is granted, no act is left; before anything was done, only what opens a case is possible."""
    granted = list_act_refusals(play(Act.ASK_REPAIR), "Ada", FIRST + timedelta(days=9_000))
    assert {message and message.code for message in granted.values()} == {ProcedureMessage.CASE_OVER}
    assert {message.render_remedy() for message in granted.values() if message} == {"a new case"}
    new = list_act_refusals(HeardCase(ProcedureTerms()), "Ada", FIRST)
    assert {message.code for message in new.values() if message} == {ProcedureMessage.CASE_NOT_OPEN}
