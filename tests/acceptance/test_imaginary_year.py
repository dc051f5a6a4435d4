"""The imaginary year is what real acts would have made of it: the same events, and the same rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.registers import make_register

from goodstanding.cli.demonstration.demo_days import EVENING, OPENED_ON
from goodstanding.cli.demonstration.imaginary_year.case_plans import PlannedAct, PlannedApplication, PlannedCase
from goodstanding.cli.demonstration.imaginary_year.province_rules import build_province_catalogues
from goodstanding.procedure.case_states import OPENING, Act, Phase

REPLAYED = 50
LAST_DAY = date(2026, 10, 30)
TABLES = ("subject", "identifier", "record", "hearing", "hearing_act", "hearing_span", "case_interval", "effect")
NUMBERED = ("hearing_span", "case_interval", "effect")  # their first column is a number that the database gives


@pytest.fixture(scope="module")
def catalogues() -> list[Any]:
    """The rules of the province."""
    return build_province_catalogues()


@pytest.fixture(scope="module")
def plan(catalogues: list[Any], tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The whole plan of the year."""
    from goodstanding.cli.demonstration.imaginary_year.year_plan import draw_year

    return draw_year(catalogues)


@pytest.fixture
def new_province(catalogues: list[Any], tmp_path: Path) -> Callable[[str], Any]:
    """Opens a new demonstration register under the province's rules."""
    from goodstanding.register.storage.lifecycle import use_register

    return lambda name: use_register(make_register(tmp_path / name, enacting=catalogues, since=OPENED_ON))


def choose_cases(plan: Any) -> Any:
    """Fifty cases: one of each opening, list, last act and phase, with the cases and applications they are about."""
    by_kind: dict[tuple[Any, ...], PlannedCase] = {}
    for case in plan.cases:
        phases = tuple(span.phase for span in case.state.spans)
        by_kind.setdefault((case.opening.act, case.proceeding.list, case.acts[-1].act, phases), case)
    chosen: dict[int, PlannedCase] = {}
    for case in sorted(by_kind.values(), key=lambda case: (case.about is None, case.application is None, case.number)):
        if len(chosen) < REPLAYED:
            parents = [] if case.about is None else [plan.cases[case.about]]
            chosen |= {member.number: member for member in (*parents, case)}
    cases = tuple(chosen[number] for number in sorted(chosen))
    named = {case.application.number for case in cases if case.application}
    others = [application for application in plan.applications if application.acts][:5]
    applications = [plan.applications[number] for number in sorted(named)] + others
    return replace(plan, cases=cases, applications=tuple(applications))


def replay(plan: Any) -> None:
    """Does all of the plan by the register's own acts, one after the other."""
    from goodstanding.cli.demonstration.imaginary_year.year_events import list_steps

    cases, applications = dict[int, int](), dict[int, int]()
    for day, matter, act in list_steps(plan):
        recorded_at = datetime.combine(day, EVENING)
        if isinstance(matter, PlannedApplication):
            replay_application(matter, act, applications, recorded_at)
        elif act is not None:
            replay_act(matter, act, (cases, applications), recorded_at)


def replay_application(
    application: PlannedApplication, act: PlannedAct | None, applications: dict[int, int], at: datetime
) -> None:
    """Makes an application, or does what is planned about it."""
    from goodstanding.access import Actor, Role
    from goodstanding.cli.demonstration.imaginary_year.year_events import build_request
    from goodstanding.register.cases import application_acts

    if act is None:
        applicant = Actor(Role.APPLICANT, "", application.applicant)
        submitted = application_acts.submit_application(build_request(application), applicant, application.day, at)
        applications[application.number] = submitted.position
        return
    doing: dict[str, Callable[..., Any]] = {
        "ApplicationDeclined": application_acts.decline_application,
        "ComplaintFiled": application_acts.file_complaint,
        "ComplaintAnswered": application_acts.answer_complaint,
    }
    doing[act.act](applications[application.number], act.actor, act.day, at, act.content["text"])


def replay_act(
    case: PlannedCase, act: PlannedAct, numbers: tuple[dict[int, int], dict[int, int]], at: datetime
) -> None:
    """Opens a case, or does an act in it, as its page would."""
    from goodstanding.register.cases.acts import append_act
    from goodstanding.register.cases.proposals import propose_case
    from goodstanding.register.cases.subject_requests import dispute_record, request_repair

    cases, applications = numbers
    if act.act not in OPENING:
        append_act(cases[case.number], Act(act.act), act.actor, act.day, at, **act.content)
        return
    if case.proposal is not None:
        applied = applications[case.application.number] if case.application else None
        proposal = type(case.proposal)(**_read_fields(case.proposal) | {"application": applied})
        opened = propose_case(proposal, act.actor, act.day, at, interim=act.act is Act.IMPOSE_INTERIM)
    elif act.act is Act.ASK_REPAIR:
        opened = request_repair(cases[case.about or 0], act.actor, act.day, at, act.content["text"])
    else:
        link = act.act is Act.DISPUTE_LINK
        opened = dispute_record(cases[case.about or 0], act.actor, act.day, at, act.content["text"], link)
    cases[case.number] = opened.position


def _read_fields(proposal: Any) -> dict[str, Any]:
    return {name: getattr(proposal, name) for name in proposal.__struct_fields__}


def read_rows() -> dict[str, list[str]]:
    """All rows of the tables, without the numbers that a database gives."""
    from goodstanding.register.storage.queries import fetch_rows

    rows = {table: fetch_rows(f"SELECT * FROM {table}") for table in TABLES}
    return {table: sorted(repr(line[table in NUMBERED :]) for line in lines) for table, lines in rows.items()}


def read_events() -> Iterator[tuple[Any, ...]]:
    """All events but for when they were recorded."""
    from goodstanding.ledger import store

    for entry in store.read_entries(0, store.get_ledger_size()):
        yield entry.kind, entry.key, entry.version, entry.body


def test_fifty_cases_by_real_acts_give_the_same_events_and_rows(plan: Any, new_province: Callable[[str], Any]) -> None:
    """What was written at once and projected once is what fifty cases done act by act come to."""
    from goodstanding.cli.demonstration.imaginary_year.year_ledger import append_plan

    chosen = choose_cases(plan)
    assert len(chosen.cases) >= REPLAYED
    with new_province("at-once"):
        append_plan(chosen)
        written, rows = list(read_events()), read_rows()
    with new_province("act-by-act"):
        replay(chosen)
        assert list(read_events()) == written
        assert read_rows() == rows
    assert all(rows.values())


def test_the_year_is_the_same_each_time(plan: Any, catalogues: list[Any]) -> None:
    """The same seed gives the same events, byte for byte, and another seed others."""
    from goodstanding.cli.demonstration.imaginary_year.year_plan import draw_year

    assert draw_year(catalogues) == plan
    assert draw_year(catalogues, seed=1, hearings=50) != draw_year(catalogues, seed=2, hearings=50)


def test_there_is_a_case_at_every_step(plan: Any) -> None:
    """Some 5,000 cases of 3,000 firms before 40 authorities, opened in every way and in every phase on the last day."""
    from goodstanding.cli.demonstration.imaginary_year.province import AUTHORITIES

    assert (len(AUTHORITIES), len(plan.firms)) == (40, 3_000)
    assert 4_800 < len(plan.cases) < 5_300
    assert {case.opening.act for case in plan.cases} == OPENING
    assert {case.state.phase(LAST_DAY) for case in plan.cases} == set(Phase)
    done = {act.act for case in plan.cases for act in case.acts}
    assert done == {act.value for act in Act} - {Act.UNDO}


def test_every_firm_says_that_it_is_made_up(plan: Any) -> None:
    """In the script of its name, and by a number of a scheme that nobody uses."""
    words = ("made up", "虚构", "вымышлено", "وهمية", "επινοημένη", "काल्पनिक")
    assert all(any(word in firm.name for word in words) for firm in plan.firms)
    assert len({firm.name for firm in plan.firms}) == len(plan.firms)
    assert all(firm.identifier.startswith("aldermark-company:AM") for firm in plan.firms)
