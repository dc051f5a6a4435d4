"""A public listing or grade shows what its rules say, and the record behind it only as far and as long as that may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from tests import clerk
from tests.registers import NOW

from goodstanding.access import ANYBODY, Actor, Role
from goodstanding.catalogue import Catalogue, load_library, overlay_catalogue

COMPANY, CAFE = "uk-fsa-prosecution:13-14-701", "uk-fhrs-row:1"
OVERSEER = Actor(Role.OVERSEER, "overseer", "Ada")
ENTERED = {
    "decided_by": "R. Example", "ground": "no-statement", "ability": "not-established", "served_on": "2026-03-02",
    "entered_on": "2026-03-23", "delete_on": "2029-03-02", "amount_due": 480000,
}  # fmt: skip
JUDGMENT = {
    "id": "13-14-701", "court": "Hull Magistrates Court", "judged_on": "2026-03-02", "summoned_on": "2026-01-12",
    "fine_pence": "7340917", "offences": "FH(E)", "decided_by": "J. Example",
}  # fmt: skip


def build_convictions(**changes: Any) -> Catalogue:
    """The rules of convictions, with a change of the record type that opens them."""
    of_record = {f"records.judgment.{key}": value for key, value in changes.items()}
    return overlay_catalogue(load_library()["uk-food-convictions"], of_record)


def build_hygiene(**changes: Any) -> Catalogue:
    """The rules of food hygiene, with a change of the record type that is graded."""
    of_record = {f"records.inspection.{key}": value for key, value in changes.items()}
    return overlay_catalogue(load_library()["uk-food-hygiene"], of_record)


def get_file(identifier: str, actor: Actor) -> Any:
    """A file as somebody sees it today."""
    from goodstanding.ledger import store
    from goodstanding.register.files.point_in_time import PointInTime
    from goodstanding.register.files.subject_file import get_subject_file

    return get_subject_file(identifier, PointInTime(NOW.date()), actor, store.get_ledger_size())


def sees_event(identifier: str, actor: Actor) -> bool:
    """Whether somebody sees the event of the record about a subject."""
    from goodstanding.register.files.file_access import may_see_record
    from goodstanding.register.files.point_in_time import PointInTime
    from goodstanding.register.files.records import list_records
    from goodstanding.register.files.subjects import find_subject_id

    [record] = list_records(find_subject_id(identifier))
    return may_see_record(find_subject_id(identifier), record.position, actor, PointInTime(NOW.date())).allowed


@pytest.mark.each_database
@pytest.mark.parametrize(
    ("changes", "is_shown"),
    [
        ({}, False),
        ({"audience": "anybody"}, True),
        ({"audience": "anybody", "shown_for": "P1Y"}, True),
        ({"audience": "anybody", "shown_for": "P6M"}, False),
        ({"audience": "anybody", "shown_for": "P265D"}, False),
        ({"audience": "anybody", "shown_for": "P266D"}, True),
    ],
)
def test_anybody_sees_a_record_behind_a_listing_as_far_as_its_own_rules_show_it(
    changes: dict[str, Any], is_shown: bool, enact: Callable[..., int], send: Callable[..., Any]
) -> None:
    """Not where it is for its parties, nor after its time of display; the listing shows, and who oversees sees both."""
    enact(build_convictions(**changes))
    send("uk-food-judgments", [JUDGMENT], stated="2026-04-01")
    file = get_file(COMPANY, ANYBODY)
    assert [effect.measure for effect in file.listings] == ["food-convictions-england"]
    assert bool(file.records) is sees_event(COMPANY, ANYBODY) is is_shown
    assert len(get_file(COMPANY, OVERSEER).records) == 1
    assert sees_event(COMPANY, OVERSEER)


@pytest.mark.each_database
@pytest.mark.parametrize(
    ("changes", "has_figures"),
    [({}, True), ({"audience": "parties"}, False), ({"shown_for": "P5Y"}, True), ({"shown_for": "P1Y"}, False)],
)
def test_a_public_grade_shows_the_figures_of_a_public_record_alone(
    changes: dict[str, Any], has_figures: bool, enact: Callable[..., int], send: Callable[..., Any]
) -> None:
    """Neither its score nor what it found, where the record is for its parties, on the file and in a search."""
    from goodstanding.register.files.point_in_time import PointInTime
    from goodstanding.register.search.faceted_search import SearchQuery, search_subjects

    enact(build_hygiene(**changes))
    send("uk-fhrs", [clerk.uk_row(1, ratingdate="2024-07-09")], stated="2024-08-02")
    [grade] = get_file(CAFE, ANYBODY).grades
    [hit] = search_subjects(SearchQuery(CAFE), PointInTime(NOW.date())).hits
    for shown in (grade, *hit.grades):
        assert shown.value == "5"
        assert (shown.score is not None, bool(shown.sentences)) == (has_figures, has_figures)
    [whole] = get_file(CAFE, OVERSEER).grades
    assert whole.score == 10
    assert whole.sentences


@pytest.mark.each_database
@pytest.mark.parametrize(("presumed_on", "is_shown"), [("2021-11-22", False), ("2021-11-23", True)])
def test_a_record_that_names_no_end_is_shown_for_five_years(
    presumed_on: str, is_shown: bool, enact: Callable[..., int], send: Callable[..., Any]
) -> None:
    """The most that the charter has, in whole days from the day that it states, also where a listing goes on."""
    enact(overlay_catalogue(load_library()["mx-tax-69b"], {"records.proceeding.audience": "anybody"}))
    row = clerk.final_mx_row("1", presumption_sat_date=presumed_on, final_sat_date="2022-02-14",
                             presumption_dof_date=presumed_on, final_dof_date="2022-05-02")  # fmt: skip
    send("mx-sat-69b", [row], stated="2022-11-30")
    file = get_file(f"mx-rfc:{row['rfc']}", ANYBODY)
    assert len(file.listings) == 1
    assert bool(file.records) is is_shown


def test_a_subject_is_the_same_to_anybody_with_and_without_a_record_of_the_parties(
    enact: Callable[..., int], send: Callable[..., Any]
) -> None:
    """What is withheld leaves no trace but that nothing is shown."""
    enact(build_convictions())
    send("uk-food-judgments", [JUDGMENT], stated="2026-04-01")
    file = get_file(COMPANY, ANYBODY)
    assert "7340917" not in str(replace(file, allowed=None))


TOLD = "He told the bailiff that his wife is ill and that he will not pay this year"


@pytest.mark.parametrize(
    ("reference", "is_number"),
    [
        ("B-12", True), ("示例市监罚〔2026〕12号", True), ("500-05-2018-1234 del 5 de junio de 2018", True),
        ("30000001/2014-05-02/Inter-Agency Task Force / Initial Inspection", True), (TOLD, False),
        (TOLD.replace(" ", "-"), False), (TOLD.replace(" ", "_"), False), (f"B-12 {TOLD}", False),
        ("当事人称其妻患病今年无力支付执行法官已告知其后果并记录在案且本院认为其陈述不属实故不予采纳特此说明", False),
    ],
)  # fmt: skip
def test_a_sentence_is_no_number_of_a_document(reference: str, is_number: bool) -> None:
    """However its words are joined, and in a script without spaces."""
    from goodstanding.register.files.record_display import is_document_number

    assert is_document_number(reference) is is_number


def test_a_sentence_in_the_place_of_a_number_is_for_the_parties(enact: Callable[..., int]) -> None:
    """Charter article 2: in the file and in the event anybody reads the coded fields, and no reference."""
    from goodstanding.ledger import store
    from goodstanding.register.projection.projector import catch_up
    from goodstanding.register.storage.lifecycle import load_signer
    from goodstanding.web.ledger.views import get_event_access

    enact("judgment-debtors")
    body = {
        "about": None, "catalogue": "judgment-debtors", "feed": "none", "row": 1, "record": "order",
        "source": "example-enforcement-court", "fields": ENTERED, "published": None, "occurred": "2026-03-02",
        "stated": "2026-03-02", "reference": TOLD,
        "subject": {"identifiers": ["uk-fhrs-row:800001"], "kind": "organisation", "name": "Works", "names": [],
                    "region": None, "sector": None},
    }  # fmt: skip
    draft = store.EventDraft("RecordIssued", body, "an order", None, "RecordIssued")
    [position] = store.append([draft], NOW, load_signer()).positions
    catch_up()
    for actor, is_hidden in ((ANYBODY, True), (OVERSEER, False)):
        access = get_event_access(int(position or 0), "RecordIssued", actor)
        assert access.allowed
        assert ("reference" in access.withheld_keys) is is_hidden
