"""Lives with cases: written down as they were counted, and what lists do to whom, by worked examples."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from tests.lab_cases import SmallCases, build_case_behaviour, draw_cases
from tests.lab_schemes import BUSY_ACTS
from tests.oracles.group_outcomes import list_outcomes
from tests.profiles import share_of_examples

from goodstanding.lab import Population, assess, run
from goodstanding.lab.assessment.assessment import SchemeAssessment
from goodstanding.lab.assessment.cases.bound_representatives import count_reached_alone, find_bound_months
from goodstanding.lab.assessment.cases.case_histories import (
    H_AGENT,
    H_DAY,
    H_TRIGGER,
    S_LISTS,
    S_UNABLE,
    CaseHistory,
    StandingBook,
    write_case_history,
)
from goodstanding.lab.assessment.cases.case_samples import CaseSample, find_heard_lists
from goodstanding.lab.assessment.cases.debt_performance import CAN, CANNOT, compute_lead, count_performed
from goodstanding.lab.assessment.cases.decision_work import list_first_decisions, mark_wrong_decisions
from goodstanding.lab.assessment.cases.list_hits import count_working_days
from goodstanding.lab.assessment.cases.list_movements import list_changes
from goodstanding.lab.assessment.cases.scheme_corrections import BELIEFS, find_mistakes, mend_scheme
from goodstanding.lab.assessment.findings import Finding, Indicator, LeftOut
from goodstanding.lab.assessment.hits import count_differing_days
from goodstanding.lab.assessment.life_histories import DoneActs
from goodstanding.lab.assessment.life_samples import draw_agents
from goodstanding.lab.behaviour.behaviour_file import load_behaviour
from goodstanding.lab.compilation.compiler import compile_scheme
from goodstanding.lab.compilation.scheme_arrays import Trigger
from goodstanding.lab.simulation.drawn_chunks import build_chunk
from goodstanding.lab.simulation.reactions import MECHANISMS
from goodstanding.lab.statistics.disparities import list_group_shares

ORACLE = Path(__file__).parents[3] / "oracles" / "fairlearn_disparities.json"
DEBTORS = Population.draw("china", persons=800, firms=400, seed=1, least_age=18, part="judgment-debtors")
CROWD = Population.draw("china", persons=2_000, firms=1_600, seed=1, least_age=18, part="judgment-debtors")
FIRMS = Population.draw("fictional", persons=0, firms=60, seed=4, part="judgment-debtors")
RULES_2013, RULES_2017 = "spc-debtors-2013", "spc-debtors-2017"
SURE, BLIND = (1.0,), (0.0,)  # how often the only belief is right
MONTHS = 40


@cache
def draw_debtors(name: str = RULES_2013, is_disputed: bool = True, **debts: object) -> CaseSample:
    """Debtors of China for some years under a court list, of whose debts some numbers are other ones."""
    behaviour = load_behaviour(name)
    scheme = compile_scheme(behaviour)
    assert scheme.debts is not None
    numbers = {key: np.array(value) if isinstance(value, tuple) else value for key, value in debts.items()}
    changed = replace(
        scheme, debts=replace(scheme.debts, **numbers), disputes=scheme.disputes if is_disputed else None
    )  # fmt: skip
    counts = run(DEBTORS, changed, MONTHS, start=behaviour.rules.runs.from_).schemes[0]
    sample = draw_agents(DEBTORS, replace(counts, behaviour=behaviour), "person", 800, CaseSample)
    assert sample is not None
    return sample


def draw_seeing_debtors() -> CaseSample:
    """The same where a court is never wrong and nobody disputes anything."""
    return draw_debtors(is_disputed=False, right_if_true=SURE, right_if_false=SURE)


@cache
def assess_debtors() -> SchemeAssessment:
    """What the list of 2017 did, to persons and to firms."""
    return assess(run(CROWD, RULES_2017, MONTHS)).schemes[0]


def make_history(
    rows: list[tuple[int, int, int]], happenings: list[tuple[int, ...]] | None = None, agents: int = 3
) -> CaseHistory:
    """Lives from day 0 to 100, each row an agent, a day and the number of the standing from then on."""
    nothing = np.zeros(0, np.int64)
    standings = np.array([(agent, day, 0, standing) for agent, day, standing in rows], np.int64).reshape(-1, 4)
    return CaseHistory(
        agents, 0, 100, standings, np.empty((0, 5), np.int64), DoneActs(nothing, nothing, nothing, nothing),
        np.empty((0, 7), np.int64), np.array(happenings or [], np.int64).reshape(-1, 5),
    )  # fmt: skip


@settings(max_examples=share_of_examples(16), deadline=None)
@given(draw_cases())
def test_the_days_debts_and_acts_of_the_lives_sum_to_what_the_run_counted(small: SmallCases) -> None:
    """Days on every list, those for debts that cannot be paid, debts by what became of them, and acts, in both arms."""
    lived = run(FIRMS, build_case_behaviour(small), 60, start=date(2020, 1, 31), acts=BUSY_ACTS).schemes[0]
    lives, book = lived.lives["firm"], StandingBook()
    table = build_chunk(FIRMS, lives.scheme, "firm", np.arange(60)).table
    for arm in lived.arms:
        history = write_case_history(lives, table, arm.mechanisms, book)
        assert np.bincount(history.acts.acts, minlength=len(arm.acts)).tolist() == arm.acts.tolist()
        assert arm.cases is not None
        for counted, column in ((arm.cases.listed_days, S_LISTS), (arm.cases.unable_days, S_UNABLE)):
            bits = book.list_standings()[:, column]
            days = [history.count_days(np.append(bits >> which & 1 == 1, False)).sum() for which in range(len(counted))]
            assert days == counted.tolist()
        debts = [int(history.count_debts(trigger).sum()) for trigger in (Trigger.PERFORMS, Trigger.SETTLES)]
        assert debts == [arm.cases.performed, arm.cases.settled]
        opened = history.list_debts()
        assert len(opened) <= arm.cases.debts  # those of the last day of all are not known in the run
        assert abs(len(opened) - arm.cases.debts) <= 2


def test_without_mistakes_nobody_is_wrongly_hit() -> None:
    """Where every belief is right and nobody disputes, the corrected life is the life itself, to the day."""
    sample = draw_seeing_debtors()
    assert np.array_equal(sample.history.standings, sample.corrected.standings)
    assert count_differing_days(sample.history, sample.corrected, sample.is_hit).sum() == 0


def test_who_is_believed_able_and_is_not_is_wrongly_hit() -> None:
    """A court that takes everybody for able lists who cannot pay: all days for them are wrong, and no others."""
    blind = draw_debtors(is_disputed=False, right_if_true=SURE, right_if_false=BLIND, recovers=0.0)
    wrong = count_differing_days(blind.history, blind.corrected, blind.is_hit)
    unable = blind.history.count_days(blind.is_unable)
    assert wrong.sum() > 0
    one_debt = np.bincount(blind.lived.list_debts()[:, 0], minlength=blind.people) == 1
    assert wrong[one_debt].tolist() == unable[one_debt].tolist()
    seeing = draw_seeing_debtors()
    assert seeing.history.count_days(seeing.is_unable).sum() == 0


def test_what_nobody_can_pay_is_hit_for_that_alone_and_performed_by_nobody() -> None:
    """And where everybody can, no day is."""
    nobody = draw_debtors(can_pay=0.0, recovers=0.0)
    hit = nobody.history.count_days(nobody.is_hit)
    assert hit.sum() > 0
    assert nobody.history.count_days(nobody.is_unable).tolist() == hit.tolist()
    assert count_performed(nobody.lived)[0].sum() == 0
    everybody = draw_debtors(can_pay=1.0)
    assert everybody.history.count_days(everybody.is_unable).sum() == 0


def test_a_case_that_ends_at_once_hits_no_day_after_the_debt_is_performed() -> None:
    """Of whoever has one debt; under the rules themselves the time kept on is at most what the removal takes."""
    sample = draw_debtors()
    kept = count_differing_days(sample.history, sample.prompt, sample.is_hit)
    performed = sample.lived.happenings[sample.lived.happenings[:, H_TRIGGER] == Trigger.PERFORMS]
    debts = np.bincount(sample.lived.list_debts()[:, 0], minlength=sample.people)
    after = sample.prompt.find_standings
    own = [row for row in performed.tolist() if debts[row[H_AGENT]] == 1]
    assert kept[[row[H_AGENT] for row in own]].max() <= 90
    assert (kept[debts == 0] == 0).all()
    assert kept.sum() > 0
    for row in own:
        assert not sample.is_hit[after(min(row[H_DAY], sample.history.end_day - 1))[1][row[H_AGENT]]]


def test_measures_that_do_nothing_make_nobody_perform() -> None:
    """The lead over the twin is exactly nothing, whatever is resampled."""
    scheme = compile_scheme(load_behaviour(RULES_2013))
    assert scheme.debts is not None
    measures = scheme.measures
    idle = replace(
        scheme,
        measures=replace(
            measures,
            means_factors=np.ones_like(measures.means_factors),
            gain_factors=np.ones_like(measures.gain_factors),
        ),
        debts=replace(scheme.debts, performs_more=np.zeros_like(scheme.debts.performs_more)),
    )
    measured = assess(run(DEBTORS, idle, 40, start=date(2013, 10, 1))).schemes[0]
    for indicator, equal in ((Indicator.PERFORMED_MORE, 0), (Indicator.SPIRAL, 1)):
        finding = measured.find(indicator)
        assert isinstance(finding, Finding), finding
        assert (finding.estimate.value, finding.estimate.low, finding.estimate.high) == (equal, equal, equal)


def test_debts_are_counted_by_what_became_of_them_and_whether_they_could_be_paid() -> None:
    """Agent 0 has one debt that can be paid, performed, and one that cannot; agent 2 one of each, none performed."""
    opens, performs = int(Trigger.OPENS), int(Trigger.PERFORMS)
    history = make_history(
        [(0, 0, 0), (1, 0, 0), (2, 0, 0)],
        [(0, 1, opens, 0, 1), (0, 2, opens, 1, 0), (0, 9, performs, 0, 1), (2, 1, opens, 0, 3), (2, 5, opens, 1, 4)],
    )
    assert [column.tolist() for column in count_performed(history)] == [[1, 0, 0], [2, 0, 2]]
    assert [column.tolist() for column in count_performed(history, CAN)] == [[1, 0, 0], [1, 0, 1]]
    assert [column.tolist() for column in count_performed(history, CANNOT)] == [[0, 0, 0], [1, 0, 1]]
    assert compute_lead(*(np.array(column, float) for column in ([3, 0], [4, 0], [1, 1], [2, 2]))) == 0.25


def test_moves_onto_lists_and_off_are_changes_of_one_agent() -> None:
    """The first standing of an agent is no change, nor one that says the same again."""
    history = make_history([(0, 0, 0), (0, 10, 1), (0, 20, 1), (0, 30, 0), (1, 0, 1), (2, 0, 0), (2, 50, 2)])
    owners, before, after = list_changes(history.standings)
    assert list(zip(owners.tolist(), before.tolist(), after.tolist(), strict=True)) == [(0, 0, 1), (0, 1, 0), (2, 0, 2)]


def test_working_days_pass_over_the_weekend() -> None:
    """From Friday to Monday it is one, to the Wednesday after three; of no time there is none."""
    friday = (date(2024, 3, 1) - date(1970, 1, 1)).days
    times = np.array([[0, friday, friday + 3], [0, friday, friday + 5]])
    assert count_working_days("", times).tolist() == [1, 3]
    assert count_working_days("", times[:0]).tolist() == []


def test_disparities_of_people_on_a_list_are_those_of_fairlearn() -> None:
    """Whoever is hit stands on a list for ten days; the shares of the groups are those that the oracle recorded."""
    answers = json.loads(ORACLE.read_text(encoding="utf-8"))
    groups, happened = (np.array(column) for column in zip(*list_outcomes(), strict=True))
    rows = [
        row
        for agent, hit in enumerate(happened.tolist())
        for row in ([(agent, 0, 0), (agent, 5, 1), (agent, 15, 0)] if hit else [(agent, 0, 0)])
    ]
    days = make_history(rows, agents=len(groups)).count_days(np.array([False, True, False]))
    assert days.sum() == 10 * happened.sum()
    shares = {share.group: share.share.value for share in list_group_shares(groups, days > 0)}
    assert shares == pytest.approx(answers["by_group"])


def test_each_measure_of_a_court_list_is_found_or_left_out_with_its_reason() -> None:
    """None is silently missing, every figure has two finite ends around it, and most are there."""
    measured = assess_debtors()
    kept = {(finding.kind, finding.indicator, finding.group) for finding in measured.findings}
    left_out = {(missing.kind, missing.indicator, missing.group) for missing in measured.left_out}
    assert {indicator for _kind, indicator, _group in kept | left_out} == set(Indicator)
    assert not kept & left_out
    for finding in measured.findings:
        estimate = finding.estimate
        assert np.isfinite([estimate.value, estimate.low, estimate.high]).all(), finding
        assert estimate.low <= estimate.value <= estimate.high, finding
    there = {finding.indicator for finding in measured.findings}
    assert there >= {
        Indicator.HIT, Indicator.WRONGLY_HIT, Indicator.UNHEARD, Indicator.UNABLE_DAYS, Indicator.KEPT_ON_DAYS,
        Indicator.OVERDUE, Indicator.PERFORMED_MORE, Indicator.MOVES_DOWN, Indicator.SPIRAL, Indicator.DIFFERENCE,
        Indicator.COPIED_DAYS,
    }  # fmt: skip


def test_schemes_of_points_keep_no_lists() -> None:
    """What is of lists alone is left out for that reason."""
    adults = Population.draw("china", persons=200, seed=1, least_age=18)
    measured = assess(run(adults, "rongcheng-2014", 12)).schemes[0]
    missing = measured.find(Indicator.PERFORMED_MORE)
    assert isinstance(missing, LeftOut)
    assert str(missing.reason) == "These rules keep no list."


def test_nobody_is_heard_before_a_list_without_notice() -> None:
    """The list of 2013 tells nobody before; a list made of others is heard as far as each of them is."""
    behaviour, sample = load_behaviour(RULES_2013), draw_debtors()
    assert not find_heard_lists(sample.cases, behaviour.catalogue).any()
    unheard = sample.find_unheard()
    assert unheard is not None
    assert unheard.tolist() == sample.is_hit.tolist()
    tax = load_behaviour("mx-tax-69b-published")
    cases = compile_scheme(tax).stated_cases
    assert cases is not None
    assert find_heard_lists(cases, tax.catalogue).all()


def test_a_mended_scheme_says_the_same_of_everything_else() -> None:
    """Beliefs alone are right; which mistakes can be made at all is read from the scheme."""
    scheme = draw_debtors().lives.scheme
    mended = mend_scheme(scheme, (BELIEFS,))
    assert mended.debts is not None
    assert (mended.debts.right_if_false == 1).all()
    assert np.array_equal(mended.origins.delays, scheme.origins.delays)
    assert mended.disputes == scheme.disputes
    assert find_mistakes(scheme) == {"belief", "dispute"}


def test_wrong_decisions_are_those_against_who_cannot_pay() -> None:
    """Each rests on a belief that is not so; with right beliefs there is none."""
    sample, seeing = draw_debtors(), draw_seeing_debtors()
    for own, is_any in ((sample, True), (seeing, False)):
        table = own.lives.build_occasions(MECHANISMS).docket
        assert table is not None
        wrong = mark_wrong_decisions(own.lives, table, own.lived, list_first_decisions(own.lived))
        assert wrong.any() == is_any
    records, disputed = sample.count_work()
    assert 0 < disputed.sum() < records.sum()


def test_a_representative_is_reached_who_is_not_bound_already() -> None:
    """Of three firms two are bound; one of their two representatives is bound already, the third person never is."""
    bound = np.array([[True, False], [False, True], [False, False]])
    own = np.array([[False, True], [False, False], [False, False]])
    alone, firms = count_reached_alone(bound, np.array([0, 1, 2]), own)
    assert (alone.tolist(), firms.tolist()) == ([0, 1, 0], [1, 1, 0])
    both, shared = count_reached_alone(bound, np.array([1, 1, 2]), own)
    assert (both.tolist(), shared.tolist()) == ([0, 1, 0], [0, 2, 0])


def test_a_court_list_reaches_who_represents_a_firm_and_says_whom_it_cannot_follow() -> None:
    """Outside the check: at most one person for each firm; for words without a tie the reason is said."""
    measured = assess_debtors()
    reached = measured.find(Indicator.REACHED, "consumption-restricted/legal-representative", "firm")
    assert isinstance(reached, Finding), reached
    assert 0 < reached.estimate.value <= 1
    children = measured.find(Indicator.REACHED, "no-private-schools/children", "firm")
    assert isinstance(children, LeftOut)
    assert str(children.reason) == "The world ties nobody of this kind to children."


def test_months_bound_are_those_on_whose_first_day_a_list_names_somebody() -> None:
    """By hand from the standings of each month's first day."""
    sample = draw_debtors(RULES_2017)
    bound = find_bound_months(sample, sample.history, "judgment-debtors")
    assert bound.shape == (sample.people, 40)
    is_on = sample.is_on(sample.cases.list_names.index("judgment-debtors"))
    _scores, numbers = sample.history.find_standings(int(sample.lives.month_starts[20]))
    assert bound[:, 20].tolist() == is_on[numbers].tolist()
    assert bound.any()
