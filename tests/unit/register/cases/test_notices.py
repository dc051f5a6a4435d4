"""Which acts a subject is told of, and what its letter says about days, law and reasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.people import BOARD, CLERK, COMPANY, DECIDER, LISTED
from tests.registers import NOW

from goodstanding.access import Actor
from goodstanding.errors import NotFound
from goodstanding.procedure.case_states import Act
from goodstanding.procedure.notices import NoticeKind

DAY = NOW.date()
FILE = {"name": "issuer.pdf", "digest": "a" * 64, "size": 812, "type": "application/pdf"}


pytestmark = pytest.mark.usefixtures("exclusion")


def case_after_proposal(identifier: str = COMPANY.scope) -> Any:
    """A case proposed today, with a file in evidence."""
    from goodstanding.register.cases.proposals import Proposal, propose_case

    proposal = Proposal(
        list=LISTED, kind="organisation", identifier=identifier, name="Example Works", reference="B-1", occurred=DAY,
        text="Forged.", fields={"cause": "fraud", "sanction": "exclusion"}, evidence=(FILE,),
    )  # fmt: skip
    return propose_case(proposal, CLERK, DAY, NOW)


def append_case_act(case: Any, act: Act, actor: Actor, **fields: Any) -> Any:
    """The case after an act of today."""
    from goodstanding.register.cases.acts import append_act as acted

    return acted(case.position, act, actor, DAY, NOW, **fields)


def case_after_notice(**changes: Any) -> Any:
    """A case whose notice was served, and answered, today."""
    case = append_case_act(case_after_proposal(**changes), Act.SERVE_NOTICE, CLERK, service="posted", proof="RR")
    return append_case_act(case, Act.REPLY, COMPANY, text="Lent to us.") if not changes else case


def build_newest_notice(case: Any, act: Act) -> Any:
    """The notice of the newest act of a kind."""
    from goodstanding.register.cases.notices import get_case_and_notice

    position = next(case_act.position for case_act in reversed(case.acts) if case_act.act is act)
    return get_case_and_notice(case.position, position)[1]


def test_a_notice_says_what_on_which_law_and_evidence_and_until_when() -> None:
    """Its reasons are those of the proposal, its evidence all of it, and its days those of the case."""
    case = case_after_notice()
    notice = build_newest_notice(case, Act.SERVE_NOTICE)
    assert (notice.kind, notice.reasons, notice.decided_by) == (NoticeKind.PROPOSAL, "Forged.", "Ada Clerk")
    assert [exhibit.name for exhibit in notice.evidence] == ["issuer.pdf"]
    assert (notice.reply_until, notice.silence_until) == (case.case.reply_until, case.case.spans[-2].until)
    assert any("Federal Acquisition Regulation" in law.title for law in notice.laws)
    assert ("Cause", "fraud") in notice.facts
    assert notice.appeal_to == "Example sanctions board (made up)"
    assert any(line.startswith("No new public contract") for line in notice.follows)


def test_a_decision_is_told_with_its_own_reasons_and_the_time_to_appeal() -> None:
    """Once it is served; until then only a decision for the subject has a letter."""
    case = append_case_act(
        case_after_notice(), Act.DECIDE, DECIDER, text="It was forged.", ends_on=DAY + timedelta(days=100)
    )
    with pytest.raises(NotFound):
        build_newest_notice(case, Act.DECIDE)
    case = append_case_act(case, Act.SERVE_DECISION, CLERK, service="posted", proof="RR")
    notice = build_newest_notice(case, Act.SERVE_DECISION)
    assert (notice.kind, notice.reasons, notice.decided_by) == (NoticeKind.DECISION, "It was forged.", "Ben Decider")
    assert (notice.takes_effect, notice.ends_on) == (DAY, DAY + timedelta(days=100))
    assert notice.appeal_until == case.case.terms.over(DAY, case.case.terms.appeal, "subject")


def test_whoever_is_let_go_is_told_so() -> None:
    """By the decider, by the board, or by withdrawal: nothing takes effect, and nothing is asked."""
    freed = append_case_act(case_after_notice(), Act.DECIDE, DECIDER, text="Genuine.", upheld=False)
    withdrawn = append_case_act(case_after_proposal("lei:5493001KJTIIGC8Y1R12"), Act.WITHDRAW, CLERK, text="A mistake.")
    for case, act in ((freed, Act.DECIDE), (withdrawn, Act.WITHDRAW)):
        notice = build_newest_notice(case, act)
        assert (notice.favourable, notice.takes_effect, notice.appeal_until) == (True, None, None)


def test_an_annulled_decision_takes_no_effect() -> None:
    """And its letter is the board's."""
    case = append_case_act(
        append_case_act(case_after_notice(), Act.DECIDE, DECIDER, text="Forged."),
        Act.SERVE_DECISION,
        CLERK,
        service="posted",
    )
    case = append_case_act(
        append_case_act(case, Act.APPEAL, COMPANY, text="No."), Act.DECIDE_APPEAL, BOARD, text="Genuine.", upheld=False
    )
    notice = build_newest_notice(case, Act.DECIDE_APPEAL)
    assert (notice.kind, notice.favourable, notice.takes_effect) == (NoticeKind.APPEAL_DECISION, True, None)
    assert notice.office_name == "Example sanctions board (made up)"


def test_a_refused_dispute_can_be_appealed_until_a_day() -> None:
    """And says what was disputed, in the subject's own words."""
    from goodstanding.register.cases.subject_requests import dispute_record

    case = append_case_act(
        append_case_act(case_after_notice(), Act.DECIDE, DECIDER, text="Forged."),
        Act.SERVE_DECISION,
        CLERK,
        service="posted",
    )
    dispute = dispute_record(case.position, COMPANY, DAY, NOW, "Another company.", link=True)
    refused = append_case_act(dispute, Act.DECIDE_DISPUTE, DECIDER, text="It is this one.")
    notice = build_newest_notice(refused, Act.DECIDE_DISPUTE)
    assert notice.kind is NoticeKind.DISPUTE_DECISION
    assert "Another company." in notice.matter
    assert notice.appeal_until == refused.case.terms.over(DAY, refused.case.terms.appeal, "subject")


@pytest.mark.parametrize(
    ("identifier", "language"),
    [("lei:5493001KJTIIGC8Y1R12", "en"), ("mx-rfc:AIS1409179V1", "es"), ("cn-uscc:91350100M000100Y43", "zh-hans")],
)
def test_a_letter_is_in_the_subjects_language(identifier: str, language: str) -> None:
    """As far as its identifier tells; English otherwise."""
    assert build_newest_notice(case_after_notice(identifier=identifier), Act.SERVE_NOTICE).language == language


@pytest.mark.each_database
def test_a_letter_carries_the_checkpoint_that_was_signed_with_its_event() -> None:
    """The same one, however long the ledger has grown."""
    case = case_after_notice()
    before = build_newest_notice(case, Act.SERVE_NOTICE)
    append_case_act(case, Act.REPLY, COMPANY, text="Once more.")
    after = build_newest_notice(case, Act.SERVE_NOTICE)
    assert (before.size, before.checkpoint) == (after.size, after.checkpoint)
    assert before.size == before.position + 1
    assert str(before.size) in before.checkpoint.splitlines()


def test_no_letter_is_written_about_other_acts() -> None:
    """A proposal, a reply, or an event of another case."""
    from goodstanding.register.cases.notices import get_case_and_notice

    case = case_after_notice()
    for position in (case.position, case.acts[-1].position, 0, 10**9):
        with pytest.raises(NotFound):
            get_case_and_notice(case.position, position)


def test_a_letter_of_somebody_without_a_name_for_letters_is_signed_by_the_office_alone() -> None:
    """What somebody signs in with stands in no letter."""
    from goodstanding.procedure.notices import write_letter

    nameless = replace(DECIDER, name="ben-login-77", full_name="")
    case = append_case_act(case_after_notice(), Act.DECIDE, nameless, text="It was forged.")
    case = append_case_act(case, Act.SERVE_DECISION, replace(CLERK, full_name=""), service="posted", proof="RR")
    letter = write_letter(build_newest_notice(case, Act.SERVE_DECISION))
    assert letter.signed_by == letter.office_name != ""
    assert "ben-login-77" not in str(letter)
    assert CLERK.name not in str(letter)
