"""What must hold in every case that is heard, over generated histories of acts in any order on any days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodstanding.catalogue.periods import Period
from goodstanding.errors import NotPossible
from goodstanding.messages import Message, ProcedureMessage
from goodstanding.procedure.calendars import Calendar, TimeLimit, compute_deadline
from goodstanding.procedure.case_machine import INTERIM_DAYS, apply_act, list_act_refusals
from goodstanding.procedure.case_states import DECIDING, DISPUTES, Act, CompletedAct, HeardCase, Phase
from goodstanding.procedure.time_limits import ListingTerm, ProcedureTerms, apply_milder_terms

FIRST = date(2026, 1, 5)
BOTH = (Calendar.of("DE"), Calendar.of("CN"))
PEOPLE = ("Ada", "Ben", "Chen")
LONG_AFTER = FIRST + timedelta(days=4_000)

acts = st.builds(
    CompletedAct,
    act=st.sampled_from(list(Act)),
    day=st.integers(0, 120).map(lambda days: FIRST + timedelta(days=days)),
    by=st.sampled_from(PEOPLE),
    upheld=st.booleans(),
    reasons=st.sampled_from(["", "It was so."]),
    ends_on=st.none() | st.integers(1, 2_000).map(lambda days: FIRST + timedelta(days=days)),
)
straight = st.lists(acts, max_size=12).map(lambda drawn: sorted(drawn, key=lambda act: act.day))
proposed = st.builds(
    lambda by, acts_after: [CompletedAct(Act.PROPOSE, FIRST, by), *acts_after], st.sampled_from(PEOPLE), straight
)
histories = proposed | straight
terms = st.builds(
    ProcedureTerms,
    reply=st.integers(10, 30).map(TimeLimit),
    decision=st.integers(1, 30).map(TimeLimit),
    appeal=st.integers(1, 40).map(TimeLimit),
    appeal_decision=st.integers(1, 60).map(TimeLimit),
    stays=st.tuples(
        st.builds(
            ListingTerm,
            st.builds(Period, st.integers(0, 35), st.integers(1, 40)),
            st.sampled_from(["last-day", "next-day"]),
        )
    ),
)


def play_history(case: HeardCase, history: list[CompletedAct]) -> HeardCase:
    """The case after all acts that were possible; the others changed nothing."""
    for done in history:
        before = case
        try:
            case = apply_act(case, done)
        except NotPossible:
            assert case == before
    return case


def list_edge_days(case: HeardCase) -> list[date]:
    """Every day at which something changes, and the days beside it."""
    edges = {FIRST, LONG_AFTER, *(act.since for act in case.spans), *(act.day for act in case.done)}
    return sorted({edge + timedelta(days=step) for edge in edges for step in (-1, 0, 1)})


@given(terms, histories)
def test_nothing_binds_before_notice_and_the_time_to_reply(terms: ProcedureTerms, history: list[CompletedAct]) -> None:
    """But for an interim measure; a case without a served notice never binds."""
    case = play_history(HeardCase(terms), history)
    notified = next((act.day for act in case.done if act.act is Act.SERVE_NOTICE), None)
    for day in list_edge_days(case):
        if case.binds(day) and case.phase(day) is not Phase.INTERIM:
            assert notified is not None
            assert case.who(Act.DECIDE) and case.who(Act.DECIDE) != case.who(Act.PROPOSE)
            replied = [act.day for act in case.done if act.act is Act.REPLY]
            assert day >= min([case.reply_until or LONG_AFTER, *replied])


@given(terms, histories)
def test_every_case_ends_by_itself(terms: ProcedureTerms, history: list[CompletedAct]) -> None:
    """Nothing lives past its longest term, whoever does nothing from any moment on."""
    case = play_history(HeardCase(terms), history)
    if case.spans:
        assert case.phase(LONG_AFTER) in (Phase.ENDED, Phase.GRANTED)
        assert not case.binds(LONG_AFTER)
        bound = [day for day in list_edge_days(case) if case.binds(day)]
        if bound and case.first_bound and not any(act.act is Act.IMPOSE_INTERIM for act in case.done):
            assert max(bound) < (terms.ends(case.first_bound) or FIRST)


@given(terms, histories)
def test_spans_follow_one_another_without_gap_or_overlap(terms: ProcedureTerms, history: list[CompletedAct]) -> None:
    """At each moment a case stands in one place, and each stretch says why the next one follows."""
    spans = play_history(HeardCase(terms), history).spans
    for span, following in pairwise(spans):
        assert span.until == following.since
        assert span.since < following.since
    assert [span.until for span in spans if span.until is None] == [None] * bool(spans)


@given(terms, histories, st.integers(0, 13))
def test_a_history_in_two_parts_is_the_same_as_in_one(
    terms: ProcedureTerms, history: list[CompletedAct], cut: int
) -> None:
    """Whoever stops and goes on later gets the same spans."""
    assert play_history(play_history(HeardCase(terms), history[:cut]), history[cut:]) == play_history(
        HeardCase(terms), history
    )


@given(terms, histories)
def test_asking_never_changes_a_case(terms: ProcedureTerms, history: list[CompletedAct]) -> None:
    """Remove every worker: where a case stands at a day follows from the acts alone."""
    case = play_history(HeardCase(terms), history)
    phases = {day: case.phase(day) for day in reversed(list_edge_days(case))}
    assert phases == {day: case.phase(day) for day in list_edge_days(case)}
    assert case == play_history(HeardCase(terms), history)


@given(terms, histories)
def test_who_acted_before_does_not_decide_on_it(terms: ProcedureTerms, history: list[CompletedAct]) -> None:
    """Who proposed never decides; who proposed or decided never hears the appeal; no decision is without reasons."""
    case = play_history(HeardCase(terms), history)
    proposer, decider = case.who(Act.PROPOSE), case.who(Act.DECIDE)
    for act in case.done:
        if act.act is Act.DECIDE:
            assert act.by != proposer
        if act.act is Act.DECIDE_APPEAL:
            assert act.by not in (proposer, decider)
        if act.act in DECIDING:
            assert act.reasons


@given(terms, histories)
def test_an_appeal_suspends_unless_a_court_orders_otherwise(terms: ProcedureTerms, history: list[CompletedAct]) -> None:
    """From the day it is filed until it is decided nothing binds; one that is won undoes all, back to the first day."""
    case = play_history(HeardCase(terms), history)
    for day in list_edge_days(case):
        if case.phase(day) is Phase.APPEALED:
            assert not case.binds(day)
        if case.overturned:
            assert not case.binds(day)


@given(histories)
def test_an_interim_measure_ends_after_fifteen_days(history: list[CompletedAct]) -> None:
    """Heard or not; and after five working days if it was not heard."""
    case = play_history(HeardCase(ProcedureTerms()), [CompletedAct(Act.IMPOSE_INTERIM, FIRST, "Ada"), *history])
    if case.done and case.done[0].act is Act.IMPOSE_INTERIM:
        assert not case.binds(FIRST + timedelta(days=INTERIM_DAYS))


def test_the_whole_way_of_a_case() -> None:
    """Proposed, told, decided after the time to reply, served, appealed, upheld, and over at its term."""
    case = HeardCase(ProcedureTerms(stays=(ListingTerm(Period(12)),)))
    for done in (
        CompletedAct(Act.PROPOSE, date(2026, 1, 5), "Ada"),
        CompletedAct(Act.SERVE_NOTICE, date(2026, 1, 12), "Ada"),
        CompletedAct(Act.REPLY, date(2026, 1, 20), "the company"),
        CompletedAct(Act.DECIDE, date(2026, 1, 26), "Ben", reasons="It was so."),
        CompletedAct(Act.SERVE_DECISION, date(2026, 2, 2), "Ben"),
        CompletedAct(Act.APPEAL, date(2026, 2, 10), "the company"),
        CompletedAct(Act.DECIDE_APPEAL, date(2026, 3, 2), "Chen", reasons="It was."),
    ):
        case = apply_act(case, done)
    assert [(span.phase.value, span.since.isoformat()) for span in case.spans] == [
        ("proposed", "2026-01-05"), ("told", "2026-01-12"), ("decided", "2026-01-26"), ("in-force", "2026-02-02"),
        ("appealed", "2026-02-10"), ("final", "2026-03-02"), ("ended", "2027-02-02"),
    ]  # fmt: skip


def test_silence_of_the_authority_ends_the_case_and_a_late_decision_is_refused() -> None:
    """The answer says where the case stands, and what can still be done."""
    case = apply_act(HeardCase(ProcedureTerms()), CompletedAct(Act.PROPOSE, FIRST, "Ada"))
    case = apply_act(case, CompletedAct(Act.SERVE_NOTICE, FIRST, "Ada"))
    with pytest.raises(NotPossible, match="ended"):
        apply_act(case, CompletedAct(Act.DECIDE, FIRST + timedelta(days=60), "Ben", reasons="Late."))


def test_a_late_reply_is_taken_in_and_marked() -> None:
    """It is decided on all the same."""
    case = apply_act(HeardCase(ProcedureTerms()), CompletedAct(Act.PROPOSE, FIRST, "Ada"))
    case = apply_act(case, CompletedAct(Act.SERVE_NOTICE, FIRST, "Ada"))
    late = apply_act(case, CompletedAct(Act.REPLY, FIRST + timedelta(days=20), "the company"))
    assert late.done[-1].late


@given(st.dates(date(2024, 1, 1), date(2027, 12, 31)), st.integers(1, 40), st.booleans())
def test_two_calendars_never_hurt_the_subject(day: date, length: int, working: bool) -> None:
    """The subject gets the later day, the authority the earlier one; a deadline never ends on the day it began."""
    limit = TimeLimit(length, working)
    subject, authority = compute_deadline(day, limit, "subject", BOTH), compute_deadline(day, limit, "authority", BOTH)
    assert subject >= authority > day


def test_what_can_be_done_depends_on_who_asks_and_when() -> None:
    """Who proposed is told why somebody else decides; after the deadline nobody can; each reason is a sentence."""
    case = apply_act(HeardCase(ProcedureTerms()), CompletedAct(Act.PROPOSE, FIRST, "Ada"))
    assert [act for act, why in list_act_refusals(case, "Ada", FIRST).items() if not why] == [
        Act.SERVE_NOTICE, Act.PERFORM, Act.WITHDRAW
    ]  # fmt: skip
    case = apply_act(case, CompletedAct(Act.SERVE_NOTICE, FIRST, "Ada"))
    later = FIRST + timedelta(days=14)
    assert list_act_refusals(case, "Ada", later)[Act.DECIDE] == Message(
        ProcedureMessage.DECIDER_PROPOSED, {"person": "Ada"}
    )
    assert list_act_refusals(case, "Ben", later)[Act.DECIDE] is None
    assert list_act_refusals(case, "Ben", FIRST)[Act.DECIDE] == Message(
        ProcedureMessage.REPLY_TIME_RUNS, {"day": case.reply_until}
    )
    over = list_act_refusals(case, "Ben", FIRST + timedelta(days=90))
    assert {why and why.code for why in over.values()} == {ProcedureMessage.CASE_IN_PHASE}
    assert all(str(why).endswith(".") for why in over.values())


@given(terms, histories, st.sampled_from(PEOPLE), st.integers(-1, 130))
def test_the_list_of_what_can_be_done_says_what_trying_would_say(
    terms: ProcedureTerms, history: list[CompletedAct], person: str, after: int
) -> None:
    """Each act is refused in the list with the words, and only then, in which the act itself would be refused."""
    case, day = play_history(HeardCase(terms), history), FIRST + timedelta(days=after)
    for act, refusal in list_act_refusals(case, person, day).items():
        try:
            apply_act(case, CompletedAct(act, day, person, reasons="to be given"))
        except NotPossible as refused:
            assert refusal == refused.coded
        else:
            assert refusal is None


asking = st.sampled_from([*DISPUTES, Act.ASK_REPAIR])


@given(terms, asking, straight)
def test_silence_on_what_the_subject_asks_grants_it(
    terms: ProcedureTerms, application: Act, history: list[CompletedAct]
) -> None:
    """A dispute or a request for repair that nobody answers is granted; what was refused can be appealed."""
    case = play_history(HeardCase(terms), [CompletedAct(application, FIRST, "Ada"), *history])
    refused = [act for act in case.done if act.act in DECIDING and act.upheld]
    withdrawn = [act for act in case.done if act.act is Act.WITHDRAW]
    if not refused and not withdrawn:
        assert case.phase(LONG_AFTER) is Phase.GRANTED
    assert all(act.by != "Ada" for act in case.done if act.act in DECIDING)


@given(terms, st.lists(terms, min_size=1, max_size=3), histories)
def test_a_case_binds_on_no_day_that_a_version_since_its_conduct_leaves_free(
    opening: ProcedureTerms, since_conduct: list[ProcedureTerms], history: list[CompletedAct]
) -> None:
    """It takes its steps as the rules of its opening say, and binds on the days on which every later length lets it."""
    case = play_history(HeardCase(apply_milder_terms(opening, since_conduct)), history)
    alone = [play_history(HeardCase(replace(opening, stays=version.stays)), history) for version in since_conduct]
    for day in list_edge_days(case):
        assert case.binds(day) <= all(version.binds(day) for version in alone)
    if all(case.done == version.done for version in alone):
        days = {day for version in alone for day in list_edge_days(version)}
        assert all(case.binds(day) == all(version.binds(day) for version in alone) for day in days)
