"""Queues of a desk: which cases they hold, and that they are read by index however many cases there are."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.people import BOARD, CLERK, DECIDER, LISTED
from tests.registers import NOW

from goodstanding import config
from goodstanding.access import ANYBODY, Actor, Role
from goodstanding.errors import NotAllowed
from goodstanding.procedure.case_states import Act

DAY = NOW.date()


pytestmark = [pytest.mark.each_database, pytest.mark.usefixtures("exclusion")]


def case_after_proposal() -> Any:
    """A case proposed today."""
    from goodstanding.register.cases.proposals import Proposal, propose_case

    proposal = Proposal(
        list=LISTED, kind="organisation", identifier="lei:529900T8BM49AURSDO55", name="Example Works", reference="B-1",
        occurred=DAY, text="Forged.", fields={"cause": "fraud", "sanction": "exclusion"},
    )  # fmt: skip
    return propose_case(proposal, CLERK, DAY, NOW)


def case_after_notice() -> Any:
    """A case whose notice was served today."""
    from goodstanding.register.cases.acts import append_act

    return append_act(case_after_proposal().position, Act.SERVE_NOTICE, CLERK, DAY, NOW, service="posted", proof="RR")


def list_queue_positions(queue: str, days: int, actor: Actor = CLERK, listed: str = "") -> list[int]:
    """The cases in a queue of somebody's desk, so many days from now."""
    from goodstanding.register.cases.desks import WorkQueue, get_desk
    from goodstanding.register.cases.work_queues import list_queue
    from goodstanding.register.files.point_in_time import PointInTime

    part = list_queue(get_desk(actor), WorkQueue(queue), PointInTime(DAY + timedelta(days=days)), listed)
    return [line.position for line in part.lines]


def test_a_case_is_asked_for_by_its_day_and_nothing_has_to_run() -> None:
    """To serve until its time is over; then in no queue, though nobody did anything."""
    case = case_after_proposal()
    until = (case.case.spans[0].until - DAY).days
    assert [list_queue_positions("to-serve", days) for days in (0, until - 1, until)] == [
        [case.position],
        [case.position],
        [],
    ]


def test_a_told_case_waits_for_the_answer_and_then_for_the_decision() -> None:
    """From the day on which the time to answer is over, and until that to decide is."""
    case = case_after_notice()
    reply, decide = (case.case.reply_until - DAY).days, (case.case.spans[-2].until - DAY).days
    assert [list_queue_positions("waiting", days) for days in (0, reply - 1, reply)] == [
        [case.position],
        [case.position],
        [],
    ]
    assert [list_queue_positions("to-decide", days) for days in (reply - 1, reply, decide - 1, decide)] == [
        [], [case.position], [case.position], [],
    ]  # fmt: skip


def test_a_list_narrows_a_queue() -> None:
    """To its own cases."""
    case = case_after_proposal()
    assert list_queue_positions("to-serve", 0, listed=LISTED) == [case.position]
    assert list_queue_positions("to-serve", 0, listed="procurement-exclusion/excluded-for-non-performance") == []


def test_a_merged_office_finds_the_cases_that_it_took_over() -> None:
    """Under its new identifier, and no longer under the old one alone."""
    from goodstanding.register.rules.authorities import append_authority_change

    case = case_after_proposal()
    append_authority_change("example-buyer", "new-buyer", "Olga", DAY, NOW)
    assert list_queue_positions("to-serve", 0, Actor(Role.SOURCE, "new-buyer", "Ada Clerk")) == [case.position]


@pytest.mark.parametrize(
    "actor", [ANYBODY, Actor(Role.OVERSEER), Actor(Role.DECIDER, "", "Ben"), Actor(Role.SUBJECT, "x")]
)
def test_nobody_else_has_a_desk(actor: Actor) -> None:
    """Whoever works at no office is told why."""
    from goodstanding.register.cases.desks import get_desk

    with pytest.raises(NotAllowed, match="people who work on cases"):
        get_desk(actor)


@pytest.mark.parametrize("actor", [CLERK, DECIDER, BOARD], ids=lambda stranger: stranger.role)
@pytest.mark.parametrize("listed", ["", LISTED])
def test_every_queue_is_read_by_index(actor: Actor, listed: str, register_folder: config.RegisterSettings) -> None:
    """No queue and no count looks at all stretches, nor at all that was done."""
    from goodstanding.register.cases import work_queues
    from goodstanding.register.cases.desks import get_desk
    from goodstanding.register.files.point_in_time import PointInTime
    from goodstanding.register.storage.queries import fetch_rows

    if register_folder.postgres:
        pytest.skip("an empty table is not read by index there; benchmarks measure it")
    desk = get_desk(actor)
    for which in desk.queues:
        statement, parameters = work_queues._build_query(desk, which, PointInTime(DAY), listed)
        plan = "\n".join(str(row[-1]) for row in fetch_rows(f"EXPLAIN QUERY PLAN {statement}", parameters))
        assert "SCAN hearing_span" not in plan
        assert "SCAN hearing_act" not in plan
        assert "hearing_span_queue" in plan


def test_a_count_stops_at_the_most(monkeypatch: pytest.MonkeyPatch) -> None:
    """One more tells that there are more, and no page goes beyond."""
    from goodstanding.register.cases import work_queues
    from goodstanding.register.cases.desks import WorkQueue, get_desk
    from goodstanding.register.cases.work_queues import count_queued_cases, list_queue
    from goodstanding.register.files.point_in_time import PointInTime

    case_after_proposal()
    monkeypatch.setattr(work_queues, "MOST", 0)
    desk = get_desk(CLERK)
    assert count_queued_cases(desk, PointInTime(DAY))[WorkQueue.TO_SERVE] == 1
    part = list_queue(desk, WorkQueue.TO_SERVE, PointInTime(DAY))
    assert (part.total, part.has_more, part.lines) == (0, True, ())


def test_an_office_that_no_catalogue_names_has_an_empty_desk() -> None:
    """A desk of an office without a list has its queues, and nothing waits in them."""
    from goodstanding.register.cases.desks import get_desk
    from goodstanding.register.cases.work_queues import count_queued_cases, list_queue
    from goodstanding.register.files.point_in_time import PointInTime

    desk = get_desk(Actor(Role.SOURCE, "an-office-without-a-list", "Ada"))
    assert set(count_queued_cases(desk, PointInTime(date(2026, 6, 1))).values()) == {0}
    for which in desk.queues:
        assert list_queue(desk, which, PointInTime(date(2026, 6, 1))).lines == ()


def test_limits_agree_with_the_case_itself() -> None:
    """What a queue takes for the last day of notice is the one after which the case's own time is over."""
    from goodstanding.register.cases.reply_deadlines import list_reply_deadlines

    case = case_after_notice()
    for days in range(25, 40):
        at = DAY + timedelta(days=days)
        [limit] = [
            deadline for deadline in list_reply_deadlines(at) if f"{deadline.catalogue}/{deadline.listed}" == LISTED
        ]
        assert (limit.served >= DAY) == (case.case.reply_until <= at)
        assert isinstance(limit.decide_by, date)
