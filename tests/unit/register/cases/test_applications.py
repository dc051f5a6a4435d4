"""Applications for a listing: made by a person, answered by a source, complained about, and without effect."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from tests.exhibits import pdf
from tests.people import CLERK, COMPANY, DECIDER, LISTED
from tests.registers import NOW

from goodstanding.access import Actor, Role
from goodstanding.access.case_acts import APPLICATION_ACT_HOLDERS, ApplicationResource, may_apply, may_see_application
from goodstanding.errors import BadInput, NotAllowed, NotFound, NotPossible
from goodstanding.procedure.case_states import Act
from goodstanding.procedure.notices import Exhibit

DAY = NOW.date()
WORKER = Actor(Role.APPLICANT, "", "Wu Worker")
OTHER = Actor(Role.APPLICANT, "", "Xenia Creditor")
OVERSEER = Actor(Role.OVERSEER, "", "Olga Overseer")
FINDING = {"cause": "fraud", "sanction": "exclusion", "proved_by": "conviction"}
FILE = Exhibit("contract.pdf", hashlib.sha256(pdf()).hexdigest(), len(pdf()), "application/pdf")


pytestmark = pytest.mark.usefixtures("exclusion")


def listing_request(**changes: Any) -> Any:
    """What a worker asks for."""
    from goodstanding.register.cases.applications import ListingRequest, MoneyAmount

    fields: dict[str, Any] = {
        "list": LISTED, "source": CLERK.scope, "kind": "organisation", "identifier": COMPANY.scope,
        "name": "Example Works Ltd", "text": "They bid with a certificate that was never issued.",
        "amount": MoneyAmount(120_050, "EUR"), "evidence": (FILE,),
    }  # fmt: skip
    return ListingRequest(**(fields | changes))


def append_application(actor: Actor = WORKER, days: int = 0, **changes: Any) -> Any:
    """An application made so many days after the register was opened, its file handed in before."""
    from goodstanding.register.cases.application_acts import submit_application
    from goodstanding.register.storage.evidence_store import accept_exhibit

    assert accept_exhibit(FILE.name, io.BytesIO(pdf()), actor.name, DAY) == FILE
    return submit_application(listing_request(**changes), actor, DAY + timedelta(days=days), NOW + timedelta(days=days))


def case_after_proposal(application: int | None, actor: Actor = CLERK, **changes: Any) -> Any:
    """A case that a clerk opens because of an application."""
    from goodstanding.register.cases.proposals import Proposal, propose_case

    fields: dict[str, Any] = {
        "list": LISTED, "kind": "organisation", "identifier": COMPANY.scope, "name": "Example Works Ltd",
        "reference": "B-17", "occurred": DAY, "text": "The bid named a forged certificate.", "fields": FINDING,
    }  # fmt: skip
    return propose_case(Proposal(**(fields | changes), application=application), actor, DAY, NOW)


def append_case_act(case: Any, act: Act, actor: Actor, days: int, **fields: Any) -> Any:
    """The case after an act, so many days later."""
    from goodstanding.register.cases.acts import append_act

    return append_act(case.position, act, actor, DAY + timedelta(days=days), NOW + timedelta(days=days), **fields)


def case_after_listing(application: int) -> Any:
    """The case of an application, once its decision was served."""
    case = append_case_act(case_after_proposal(application), Act.SERVE_NOTICE, CLERK, 1, service="delivered")
    case = append_case_act(case, Act.DECIDE, DECIDER, 35, text="It was so.")
    return append_case_act(case, Act.SERVE_DECISION, CLERK, 36, service="delivered")


def get_state(position: int, days: int) -> str:
    """Where an application stands so many days later."""
    from goodstanding.register.cases.application_status import get_status
    from goodstanding.register.cases.applications import get_application

    return get_status(get_application(position), DAY + timedelta(days=days)).state.value


@pytest.mark.each_database
def test_an_application_is_kept_word_for_word_and_has_no_effect(assert_register_holds: Callable[[], None]) -> None:
    """It opens no file and no case; what was said, the sum and the files stand in its event, read back as they were."""
    from goodstanding.register.cases.applications import list_applications
    from goodstanding.register.files.subjects import find_subject_id

    application = append_application(text=' <b>Never paid.</b>\n"Since March" ')
    assert application.request.text == '<b>Never paid.</b>\n"Since March"'
    assert (application.request.amount.units, application.request.evidence, application.by) == (
        120_050,
        (FILE,),
        "Wu Worker",
    )
    assert list_applications() == [application]
    with pytest.raises(NotFound):
        find_subject_id(COMPANY.scope)
    assert_register_holds()


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"list": "mx-tax-69b/none"}, "list"), ({"source": "another-buyer"}, "list"), ({"kind": "person"}, "kind"),
        ({"identifier": "no scheme"}, None), ({"name": " "}, "name"), ({"name": "x" * 201}, "name"),
        ({"name": "a\x07b"}, "name"), ({"text": " "}, "text"), ({"text": "a\x00b"}, "text"),
        ({"text": "x" * 10_001}, "text"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(wrong: dict[str, Any], where: str | None) -> None:
    """With where it stands and what would be right; nothing is written."""
    from goodstanding.ledger import store as ledger

    size = ledger.get_ledger_size()
    with pytest.raises(BadInput) as refused:
        append_application(**wrong)
    assert refused.value.remedy
    assert where is None or refused.value.where == where
    assert ledger.get_ledger_size() == size


@pytest.mark.parametrize("amount", [(0, "EUR"), (-5, "EUR"), (10**15, "EUR"), (5, "euro"), (5, "E1R")])
def test_a_sum_that_cannot_be_is_refused(amount: tuple[int, str]) -> None:
    """Nothing, less than nothing, more than there is, or in no currency."""
    from goodstanding.register.cases.applications import MoneyAmount

    with pytest.raises(BadInput):
        append_application(amount=MoneyAmount(*amount))


def test_the_same_is_not_applied_for_twice_while_it_waits() -> None:
    """By the same person; another person may, and so may the same once it was declined."""
    from goodstanding.register.cases.application_acts import decline_application

    application = append_application()
    with pytest.raises(NotPossible, match="already"):
        append_application()
    append_application(OTHER)
    decline_application(application.position, CLERK, DAY, NOW, "No proof.")
    append_application()


ALLOWED = {
    WORKER: {"ListingApplied", "ComplaintFiled"},
    CLERK: {"ApplicationProposed", "ApplicationDeclined"},
    OVERSEER: {"ComplaintAnswered"},
}
NOBODY = [
    OTHER, Actor(Role.SOURCE, "another-buyer", "Ada Clerk"), DECIDER, COMPANY, Actor(Role.APPEAL, "example-board", "C"),
    Actor(Role.RECIPIENT, "", "R"), Actor(Role.APPLICANT, "", ""), Actor(Role.OPERATOR, "", "root"),
    Actor(Role.SOURCE, "", "Ada Clerk"), Actor(Role.SOURCE, CLERK.scope, "Wu Worker"),
]  # fmt: skip


@pytest.mark.parametrize("act", APPLICATION_ACT_HOLDERS)
def test_each_act_belongs_to_one_role(act: str) -> None:
    """To whoever applied, a clerk of the source, or the overseer; the answer names the article. Nobody else acts."""
    theirs = ApplicationResource("Wu Worker", CLERK.scope)
    for actor, acts in ALLOWED.items():
        decision = may_apply(actor, act, theirs)
        assert decision.allowed is (act in acts), (actor, act)
        assert "article" in str(decision.because)
    assert not any(may_apply(stranger, act, theirs).allowed for stranger in NOBODY)
    assert not may_apply(WORKER, "ApplicationBurned", theirs).allowed


def test_only_the_applicant_the_source_and_the_overseer_see_it() -> None:
    """The rule for one is the filter over many: no decider, subject, other applicant or other source sees any."""
    from goodstanding.register.cases.applications import list_visible_applications

    application = append_application()
    for actor in (WORKER, CLERK, OVERSEER):
        assert list_visible_applications(actor) == [application]
    for actor in NOBODY[:-1]:
        assert list_visible_applications(actor) == []
        assert not may_see_application(actor, application.resource).allowed


def test_a_clerk_declines_with_reasons_once() -> None:
    """Without reasons nothing is written; the second clerk is told who was first."""
    from goodstanding.register.cases.application_acts import decline_application

    application = append_application()
    with pytest.raises(BadInput):
        decline_application(application.position, CLERK, DAY, NOW, " \n ")
    with pytest.raises(NotAllowed):
        decline_application(application.position, OTHER, DAY, NOW, "No.")
    declined = decline_application(application.position, CLERK, DAY, NOW, "<i>No</i> proof.")
    assert (declined.reasons, declined.declined_by, get_state(application.position, 0)) == (
        "<i>No</i> proof.",
        CLERK.name,
        "declined",
    )
    with pytest.raises(NotPossible, match="Ada Clerk declined"):
        decline_application(application.position, Actor(Role.SOURCE, CLERK.scope, "Bea"), DAY, NOW, "Again.")
    with pytest.raises(NotPossible):
        case_after_proposal(application.position)


@pytest.mark.each_database
def test_silence_for_twenty_working_days_is_counted_by_source() -> None:
    """On its last day the source is in time; on the next the applicant reads that nobody answered."""
    from goodstanding.register.cases.application_acts import decline_application
    from goodstanding.register.cases.applications import count_silent_applications
    from goodstanding.register.files.point_in_time import PointInTime

    application = append_application()
    over = (application.answer_until - DAY).days
    assert over > 20
    assert [get_state(application.position, days) for days in (0, over - 1, over)] == [
        "received",
        "received",
        "unanswered",
    ]
    assert count_silent_applications(PointInTime(application.answer_until)) == {CLERK.scope: 1}
    assert count_silent_applications(PointInTime(application.answer_until - timedelta(days=1))) == {}
    decline_application(application.position, CLERK, DAY, NOW, "Late, and no.")
    assert count_silent_applications(PointInTime(application.answer_until)) == {}


def test_a_complaint_is_answered_by_the_overseer() -> None:
    """One at a time; the answer stands beside it, and another may follow."""
    from goodstanding.register.cases.application_acts import answer_complaint, file_complaint

    application = append_application()
    with pytest.raises(NotPossible):
        answer_complaint(application.position, OVERSEER, DAY, NOW, "To what?")
    complained = file_complaint(application.position, WORKER, DAY, NOW, "Nobody reads it.")
    assert complained.open_complaint.text == "Nobody reads it."
    with pytest.raises(NotPossible):
        file_complaint(application.position, WORKER, DAY, NOW, "Still nobody.")
    with pytest.raises(NotAllowed):
        answer_complaint(application.position, CLERK, DAY, NOW, "We do.")
    answered = answer_complaint(application.position, OVERSEER, DAY, NOW, "They must, by law.")
    assert answered.open_complaint is None
    assert [complaint.answer for complaint in answered.complaints] == ["They must, by law."]
    assert len(file_complaint(application.position, WORKER, DAY, NOW, "They did not.").complaints) == 2


def test_an_applicant_hears_what_became_of_it() -> None:
    """From received to listed, and performed once the applicant itself confirms it, which ends the listing that day."""
    from goodstanding.register.files.effects import list_effects
    from goodstanding.register.files.point_in_time import PointInTime
    from goodstanding.register.files.records import list_records
    from goodstanding.register.files.subjects import find_subject_id

    application = append_application()
    case = case_after_listing(application.position)
    assert [get_state(application.position, days) for days in (0, 1, 35, 36)] == [
        "proposed",
        "proposed",
        "decided",
        "listed",
    ]
    append_case_act(case, Act.PERFORM, WORKER, 40, text="I was paid.")
    assert get_state(application.position, 40) == "performed"
    subject_id = find_subject_id(COMPANY.scope)
    day = DAY + timedelta(days=40)
    effects = list_effects(subject_id, list_records(subject_id), PointInTime(day, day))
    assert not [effect for effect in effects if effect.holds and effect.kind in ("listing", "restriction")]


def test_a_finding_that_is_not_upheld_is_said_so() -> None:
    """And so is a case that nobody went on with."""
    application, other = append_application(), append_application(OTHER)
    case = append_case_act(case_after_proposal(application.position), Act.SERVE_NOTICE, CLERK, 1, service="delivered")
    append_case_act(case, Act.DECIDE, DECIDER, 2, upheld=False, text="It was genuine.")
    case_after_proposal(other.position, reference="B-18")
    assert [get_state(application.position, 2), get_state(other.position, 400)] == ["rejected", "ended"]


@pytest.mark.parametrize(
    "actor", [OTHER, Actor(Role.APPLICANT, "", ""), Actor(Role.SUBJECT, COMPANY.scope, "Wu Worker")]
)
def test_nobody_else_confirms_performance_in_the_applicants_place(actor: Actor) -> None:
    """Neither another applicant nor the subject under the applicant's name."""
    case = case_after_listing(append_application().position)
    with pytest.raises(NotAllowed):
        append_case_act(case, Act.PERFORM, actor, 40, text="It was paid.")


def test_the_name_of_an_applicant_stands_in_its_own_events_alone() -> None:
    """Neither in the case that follows, nor in the act by which it confirms performance; the files go with the case."""
    from goodstanding.ledger import store as ledger
    from goodstanding.register.cases.case_file import get_case

    case = case_after_listing(append_application().position)
    append_case_act(case, Act.PERFORM, WORKER, 40, text="I was paid.")
    naming = {entry.kind for entry in ledger.read_entries() if "Wu Worker" in (entry.body or "")}
    assert naming == {"ListingApplied"}
    case_file = get_case(case.position)
    assert (case_file.applicant, case_file.acts[-1].by) == ("Wu Worker", "an applicant")
    assert [exhibit["digest"] for exhibit in case_file.opened.body["evidence"]] == [FILE.digest]
    assert "applicant" not in case_file.opened.body


def test_an_application_leads_to_one_case_on_its_own_list() -> None:
    """By a clerk of its own source who did not apply; a second proposal, and one for another list, are refused."""
    application = append_application()
    with pytest.raises(NotAllowed):
        case_after_proposal(application.position, Actor(Role.SOURCE, CLERK.scope, "Wu Worker"))
    with pytest.raises(BadInput, match="another list"):
        case_after_proposal(application.position, list="procurement-exclusion/excluded-for-non-performance",
                            fields={"cause": "non-performance", "sanction": "exclusion", "grave": True, "first": False,
                            "corrected": False, "proved_by": "conviction"})  # fmt: skip
    case = case_after_proposal(application.position)
    assert case.opened.body["application"] == application.position
    with pytest.raises(NotPossible, match=case.reference):
        case_after_proposal(application.position, reference="B-99")


def test_an_application_that_is_erased_takes_what_was_said_about_it_along(
    assert_register_holds: Callable[[], None],
) -> None:
    """Under two signatures; others stay, and the ledger still holds."""
    from goodstanding.register.cases.application_acts import decline_application
    from goodstanding.register.cases.applications import list_applications
    from goodstanding.register.erasure.erasure_requests import ErasureGrounds, confirm_erasure, request_erasure

    application, other = append_application(), append_application(OTHER)
    decline_application(application.position, CLERK, DAY, NOW, "Wu Worker gave no proof.")
    why = ErasureGrounds("order", "", "gdpr-2016-679 art. 17")
    erasure_request = request_erasure([application.position], why, "Ada Asker", NOW)
    confirm_erasure(erasure_request.position, "Ben Confirmer", NOW)
    assert [left.position for left in list_applications()] == [other.position]
    assert_register_holds()


def test_a_calendar_of_holidays_gives_the_authority_no_more_time() -> None:
    """The last day to answer is a working day of its law's own calendar."""
    until = append_application().answer_until - timedelta(days=1)
    assert until.weekday() < 5
    assert isinstance(until, date)
