"""Days begin and end where a catalogue is at home: acts, queues, files that come in, drafts, and what pages ask."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.clerk import uk_row
from tests.law.sound import load_sound_catalogue
from tests.people import BOARD, CLERK, COMPANY, DECIDER, LISTED
from tests.register_fixtures import LIBRARY, enact_catalogue_at_once

from goodstanding.catalogue import Catalogue, load_files
from goodstanding.errors import BadDay, BadInput, CatalogueError
from goodstanding.procedure.case_states import Act

MEXICO, NANJING, LONDON = (ZoneInfo(name) for name in ("America/Mexico_City", "Asia/Shanghai", "Europe/London"))
PLACE = {MEXICO: "MX\ntime_zone: America/Mexico_City", NANJING: "CN"}
FIRST_DAY, OPENED = date(2026, 11, 4), datetime(2026, 11, 4, 12, 0, tzinfo=UTC)


def _make_exclusion(zone: ZoneInfo, name: str = "procurement-exclusion") -> Catalogue:
    """The rules of procurement-exclusion, at home in a place; under another name for conduct of another kind."""
    texts = dict(LIBRARY["procurement-exclusion"].files)
    texts["catalogue.yaml"] = (
        texts["catalogue.yaml"]
        .replace("catalogue: procurement-exclusion", f"catalogue: {name}", 1)
        .replace("version: 2", f"version: 2\ncalendar: {PLACE[zone]}", 1)
        .replace("[procurement-fraud, corruption, collusion]", "[collusion]" if zone is MEXICO else "[corruption]")
        .replace("[contract-performance]", "[procurement-fraud]" if zone is MEXICO else "[contract-performance]")
    )
    return load_files(texts)


def _open_case(listed: str = LISTED, at: datetime = OPENED, day: date = FIRST_DAY) -> Any:
    from goodstanding.register.cases.acts import append_act
    from goodstanding.register.cases.proposals import Proposal, propose_case

    proposal = Proposal(
        list=listed, kind="organisation", identifier=COMPANY.scope, name="Example Works", reference="B-1",
        occurred=day, text="Forged.", fields={"cause": "fraud", "sanction": "exclusion"},
    )  # fmt: skip
    position = propose_case(proposal, CLERK, day, at).position
    return append_act(position, Act.SERVE_NOTICE, CLERK, day, at, service="posted", proof="RR")


@pytest.mark.each_database
@pytest.mark.usefixtures("register_folder")
def test_a_reply_on_the_evening_of_its_last_day_is_in_time() -> None:
    """At 19:30 in Mexico City it is the next day in UTC: that day is refused, and the one on the wall counts."""
    from goodstanding.register.cases.acts import append_act

    enact_catalogue_at_once(_make_exclusion(MEXICO))
    case = _open_case()
    last_day = case.case.reply_until - timedelta(days=1)
    evening = datetime(last_day.year, last_day.month, last_day.day, 19, 30, tzinfo=MEXICO)
    assert evening.astimezone(UTC).date() == case.case.reply_until
    with pytest.raises(BadInput, match=last_day.isoformat()):
        append_act(case.position, Act.REPLY, COMPANY, case.case.reply_until, evening, text="It was lent to us.")
    replied = append_act(case.position, Act.REPLY, COMPANY, last_day, evening, text="It was lent to us.")
    assert not replied.acts[-1].late


@pytest.mark.usefixtures("register_folder")
def test_a_case_that_begins_where_it_is_tomorrow_stands_in_its_queue_at_once() -> None:
    """A desk with lists in two places: each case is looked at on the day of its own place."""
    from goodstanding.register.cases.desks import WorkQueue, get_desk
    from goodstanding.register.cases.work_queues import count_queued_cases, list_queue
    from goodstanding.register.files.point_in_time import PointInTime

    for zone, name in ((NANJING, "exclusion-in-nanjing"), (MEXICO, "exclusion-in-mexico")):
        enact_catalogue_at_once(_make_exclusion(zone, name))
    instant = datetime(2026, 11, 4, 23, 30, tzinfo=UTC)  # 07:30 on the fifth in Nanjing, 17:30 on the fourth in Mexico
    opened = [
        _open_case("exclusion-in-nanjing/excluded-for-misconduct", instant, date(2026, 11, 5)),
        _open_case("exclusion-in-mexico/excluded-for-misconduct", instant, date(2026, 11, 4)),
    ]
    desk, moment = get_desk(CLERK), PointInTime.of(instant)
    queue_page = list_queue(desk, WorkQueue.WAITING, moment)
    assert {line.position for line in queue_page.lines} == {case_file.position for case_file in opened}
    assert count_queued_cases(desk, moment)[WorkQueue.WAITING] == 2
    assert count_queued_cases(get_desk(BOARD), moment)
    assert moment.case_day("exclusion-in-nanjing") > moment.case_day("exclusion-in-mexico")
    on_a_day = PointInTime(instant.date(), date(2026, 11, 4))
    assert [line.position for line in list_queue(desk, WorkQueue.WAITING, on_a_day).lines] == [opened[1].position]
    assert DECIDER.scope == CLERK.scope
    assert count_queued_cases(get_desk(DECIDER), moment)[WorkQueue.WAITING] == 2


def test_a_file_of_today_comes_in_before_the_day_begins_in_greenwich(
    enact: Callable[..., int], send: Callable[..., Any]
) -> None:
    """In British summer the day begins an hour earlier; a file of a day that has not come there is refused."""
    enact("uk-food-hygiene")
    midnight = datetime(2026, 7, 2, tzinfo=LONDON)
    assert midnight.astimezone(UTC).date() == date(2026, 7, 1)
    with pytest.raises(BadDay, match="2026-07-02"):
        send("uk-fhrs", [uk_row(1)], stated="2026-07-02", at=midnight - timedelta(seconds=1))
    assert send("uk-fhrs", [uk_row(1)], stated="2026-07-02", at=midnight).issued == 1


@pytest.mark.usefixtures("register_folder")
def test_a_draft_is_commented_on_and_enacted_by_the_days_of_its_place() -> None:
    """Its last day of comments lasts until midnight there, then it is signed, and enacted on the day it is there."""
    from goodstanding.register.rules import enactment

    place = ("version: 1", f"version: 1\ncalendar: {PLACE[MEXICO]}")
    drafted_at = datetime(2026, 11, 4, 19, 30, tzinfo=MEXICO)
    draft = enactment.publish_draft(load_sound_catalogue(place), "Ada", drafted_at)
    assert draft.comments_until == date(2026, 12, 4)
    last_evening = datetime(2026, 12, 4, 23, 59, 59, tzinfo=MEXICO)
    enactment.append_comment("sound", "A citizen", "Why?", last_evening)
    enactment.answer_comment("sound", 1, "Ada", "Because.", last_evening)
    with pytest.raises(BadInput, match="2026-12-04"):
        enactment.append_comment("sound", "A citizen", "Why?", last_evening + timedelta(seconds=1))
    with pytest.raises(BadInput, match="2026-12-04"):
        enactment.sign_draft("sound", "author", "Ada", last_evening)
    midnight = last_evening + timedelta(seconds=1)
    for role, person in {"author": "Ada", "reviewer": "Ben", "overseer": "Chen"}.items():
        enactment.sign_draft("sound", role, person, midnight)
    with pytest.raises(CatalogueError, match="2026-12-06"):
        enactment.enact_draft("sound", date(2026, 12, 6), midnight)
    enactment.enact_draft("sound", date(2026, 12, 5), midnight)


@pytest.mark.usefixtures("register_folder")
def test_pages_and_commands_ask_each_catalogue_for_its_own_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """One instant is two days; what belongs to no catalogue has that of UTC."""
    from goodstanding.web.http import clock

    for zone, name in ((NANJING, "exclusion-in-nanjing"), (MEXICO, "exclusion-in-mexico")):
        enact_catalogue_at_once(_make_exclusion(zone, name))
    monkeypatch.setattr(clock, "get_now", lambda: datetime(2026, 12, 16, 1, 30, tzinfo=UTC))
    assert clock.get_day_in("exclusion-in-nanjing") == clock.get_today() == date(2026, 12, 16)
    assert clock.get_day_in("exclusion-in-mexico") == date(2026, 12, 15)
    assert clock.get_local_day(LIBRARY["us-nyc-food-grades"]) == date(2026, 12, 15)
    moment = clock.get_moment()
    assert moment.day("exclusion-in-mexico") == date(2026, 12, 15)
    assert clock.get_moment_of(date(2026, 1, 1), None).day("exclusion-in-mexico") == date(2026, 1, 1)


def test_every_catalogue_with_a_calendar_names_one_place() -> None:
    """Those that come with Goodstanding leave open nothing about their days."""
    from goodstanding.catalogue.validation.jurisdiction import list_time_zones

    assert [name for name, catalogue in LIBRARY.items() if len(list_time_zones(catalogue)) != 1] == []
