"""How a case ends by itself, and why an act is refused: as codes, whose words stand elsewhere."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from goodstanding.procedure.case_machine import (
    MISSED_DUTIES,
    Act,
    CompletedAct,
    EndReason,
    HeardCase,
    apply_act,
)
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
