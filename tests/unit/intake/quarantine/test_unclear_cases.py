"""What a source states about a case that others opened: it counts, it waits, or nobody knows which case is meant."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.register_fixtures import LIBRARY, enact_catalogue_at_once
from tests.registers import NOW
from tests.unit.charter.stated_records import build_notice_case

from goodstanding.access import Actor, Role
from goodstanding.catalogue import load_files, overlay_catalogue
from goodstanding.register.rules.source_checks import AdmissionLine, SourceAct, SourceChange

TODAY = date(2026, 11, 1)
COMPANY = {"subject.identifiers": "lei:5493001KJTIIGC8Y1R12", "subject.kind": "organisation", "subject.name": "Example"}
DECIDED = {
    "occurred": "2026-04-15", "fields.cause": "fraud", "fields.proved_by": "conviction", "fields.facts_settled": "true",
    "fields.mitigation_weighed": "true", "fields.adopted": "false", "fields.sanction": "exclusion",
    "fields.excluded_until": "2028-04-15", "fields.notice_served_on": "2026-03-02", "fields.served_on": "2026-04-20",
    "fields.decided_by": "R. Example",
}  # fmt: skip
ANNULLED = {"occurred": "2026-07-20", "fields.outcome": "annulled", "about": "a", "reference": "r"}
SOURCES = (
    "id,name,kind,region\nbuyer,Buyer,deciding-body,\nother-buyer,Buyer,deciding-body,\nboard,Board,sanctions-board,\n"
)


@pytest.fixture
def two_tiers(register_folder: Any) -> None:
    """Two buyers and a board state exclusions in the register of the test."""
    enact_catalogue_at_once(load_files(LIBRARY["procurement-exclusion"].files | {"sources.csv": SOURCES}))


def state(source: str, record: str, **cells: str) -> list[tuple[str, str]]:
    """States a record; gives the problems for which it is put aside instead, and what would be right."""
    from goodstanding.intake.submissions.formats import list_formats
    from goodstanding.intake.submissions.single_record import check_record, issue_record
    from goodstanding.register.projection.projector import catch_up

    [form] = [way for way in list_formats(source) if way.feed.record == record]
    checked = check_record(form, source, COMPANY | cells, TODAY)
    if not checked.problems:
        issue_record(checked, source, "Ada", NOW)
        catch_up()
    return [(problem.code, problem.message.render_remedy()) for problem in checked.problems]


def open_case(source: str) -> list[tuple[str, str]]:
    """A decision on exclusion of reference `a`."""
    return state(source, "exclusion-decision", **DECIDED, reference="a")


def list_listed() -> set[str]:
    """On which cases the company is on the list on a day after all that was stated."""
    from goodstanding.register.storage.queries import fetch_rows

    statement = """
    SELECT record.source
    FROM case_interval
    JOIN record ON record.position = case_interval.case_position
    WHERE case_interval.kind = 'listing'
      AND (case_interval.valid_to IS NULL OR case_interval.valid_to > %s)
    """
    return {source for (source,) in fetch_rows(statement, ["2026-09-01"])}


@pytest.mark.usefixtures("two_tiers")
def test_the_board_ends_what_another_opened() -> None:
    """The annulment is of the only case of that reference, whoever opened it."""
    assert open_case("buyer") == [] and list_listed() == {"buyer"}
    assert state("board", "board-decision", **ANNULLED) == [] and list_listed() == set()


@pytest.mark.usefixtures("two_tiers")
def test_what_comes_before_its_case_waits_for_it() -> None:
    """It is taken in, and ends the case from its own day once that is on file."""
    assert state("board", "board-decision", **ANNULLED) == []
    assert open_case("buyer") == [] and list_listed() == set()


@pytest.mark.usefixtures("two_tiers")
def test_what_fits_two_cases_of_others_is_put_aside_and_its_sender_told_how_to_name_one() -> None:
    """Neither case is moved; named with the source that opened it, one of them is."""
    assert open_case("buyer") == open_case("other-buyer") == []
    problems = state("board", "board-decision", **ANNULLED)
    assert [code for code, _right in problems] == ["case-unclear"] and "buyer/a, other-buyer/a" in problems[0][1]
    assert list_listed() == {"buyer", "other-buyer"}
    assert state("board", "board-decision", **ANNULLED | {"about": "buyer/a"}) == []
    assert list_listed() == {"other-buyer"}


@pytest.mark.usefixtures("two_tiers")
def test_nobody_takes_an_annulment_away_by_opening_a_case_of_the_same_reference() -> None:
    """What ended a case goes on ending that one, and the new case stands by itself."""
    assert open_case("buyer") == [] and state("board", "board-decision", **ANNULLED) == []
    assert open_case("other-buyer") == [] and list_listed() == {"other-buyer"}


@pytest.mark.usefixtures("two_tiers")
def test_each_source_moves_its_own_case_of_a_reference_that_others_have_too() -> None:
    """The speaker's own case goes before."""
    assert open_case("buyer") == open_case("other-buyer") == []
    release = {"occurred": "2026-07-20", "fields.reason": "cause-gone", "about": "a", "reference": "r"}
    assert state("buyer", "release", **release) == [] and list_listed() == {"other-buyer"}


@pytest.mark.usefixtures("register_folder")
def test_another_office_of_the_kind_does_not_decide_a_case_and_is_told_so() -> None:
    """The decision on a notice comes from who gave it: another buyer's is put aside, the buyer's own lists."""
    notice = overlay_catalogue(build_notice_case(), {"measures.no-contract": None, "measures.no-public-funds": None})
    enact_catalogue_at_once(load_files(notice.files | {"sources.csv": SOURCES}))
    opening = {name: DECIDED[name] for name in ("fields.notice_served_on", "fields.excluded_until")}
    assert state("buyer", "notice", **opening, occurred="2026-03-02", reference="a") == []
    decision = {name: cell for name, cell in DECIDED.items() if name != "fields.notice_served_on"}
    problems = state("other-buyer", "decision", **decision, about="a", reference="d")
    assert problems == [("case-of-another", "a statement of buyer, or of a source of another kind")]
    assert state("buyer", "decision", **decision, about="a", reference="d") == [] and list_listed() == {"buyer"}


ADMISSIONS = """
admissions:
  sanctions-board: {title: A board, says: Boards hear appeals., basis: far art. 9.406-3}
"""
NEW_BOARD = "new-board"


@pytest.fixture
def admitted_board(register_folder: Any) -> None:
    """A board that an event admitted hears appeals in the register of the test."""
    from goodstanding.register.rules.source_changes import propose_source_change, sign_source_change

    files = dict(LIBRARY["procurement-exclusion"].files)
    files |= {"catalogue.yaml": files["catalogue.yaml"].replace("\nadmissions:\n", ADMISSIONS), "sources.csv": SOURCES}
    enact_catalogue_at_once(load_files(files))
    line = AdmissionLine(NEW_BOARD, "New", "sanctions-board", date(2015, 1, 1), "Order 2015/1, art. 2")
    change = SourceChange(act=SourceAct.ADMIT, catalogue="procurement-exclusion", sources=(line,))
    proposal = propose_source_change(change, Actor(Role.OVERSEER, name="olga"), NOW).position
    sign_source_change(proposal, Actor(Role.OVERSEER, name="otto"), NOW)


@pytest.mark.usefixtures("admitted_board")
def test_a_board_that_was_admitted_by_an_event_upholds_what_a_buyer_decided() -> None:
    """It is of another kind than the buyer, as its admission says: the listing holds again."""
    assert open_case("buyer") == []
    assert state(NEW_BOARD, "appeal", occurred="2026-05-04", about="a", reference="p") == [] and list_listed() == set()
    upheld = {"fields.outcome": "upheld", "fields.board_served_on": "2026-07-20"}
    assert state(NEW_BOARD, "board-decision", **ANNULLED | upheld) == [] and list_listed() == {"buyer"}
