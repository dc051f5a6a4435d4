"""What is written down of lives is what the run counted, and which records are wrong is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from tests.lab_outcomes import SmallOutcomes, build_outcome_behaviour, draw_outcomes
from tests.lab_schemes import BUSY_ACTS, SmallScheme, build_behaviour, draw_schemes
from tests.lives_of_firms import FIRMS, START, build_small_scheme, draw_small_sample, run_small_scheme
from tests.profiles import share_of_examples

from goodstanding.lab import Population, run
from goodstanding.lab.assessment.life_histories import (
    LifeHistory,
    find_record_acts,
    mark_false_records,
    mark_withdrawn_records,
    write_history,
)
from goodstanding.lab.assessment.life_samples import draw_sample
from goodstanding.lab.behaviour.behaviour_file import Behaviour
from goodstanding.lab.compilation.scheme_arrays import NONE, SchemeArrays
from goodstanding.lab.simulation.drawn_chunks import build_chunk
from goodstanding.lab.simulation.life_records import GONE, LOG_SECOND

FEW = Population.draw("fictional", persons=0, firms=60, seed=4)


def make_truthful(scheme: SchemeArrays) -> SchemeArrays:
    """The same scheme, under which no record is made without an act."""
    return replace(scheme, origins=replace(scheme.origins, false_rates=scheme.origins.false_rates * 0))


@settings(max_examples=share_of_examples(16))
@given(draw_schemes())
def test_the_acts_and_days_of_the_lives_sum_to_what_the_run_counted(scheme: SmallScheme) -> None:
    """Every act under its own grade, and every day of every grade, of generated schemes of points."""
    hold_equal(build_behaviour(scheme))


@settings(max_examples=share_of_examples(16))
@given(draw_outcomes())
def test_so_they_do_where_records_are_graded(small: SmallOutcomes) -> None:
    """The same of one or two schemes that grade the newest record or a mean."""
    hold_equal(build_outcome_behaviour(small))


def hold_equal(behaviour: Behaviour) -> None:
    """What a run counted, and what is written down of its lives, under the scheme and for the twin."""
    lived = run(FEW, behaviour, 48, start=START, acts=BUSY_ACTS).schemes[0]
    lives, standings = lived.lives["firm"], len(lived.grade_names)
    chunk = build_chunk(FEW, lives.scheme, "firm", np.arange(60))
    for arm in lived.arms:
        history = write_history(FEW, lives, chunk, arm.mechanisms)
        assert np.bincount(history.acts.acts, minlength=len(arm.acts)).tolist() == arm.acts.tolist()
        days = [history.count_days(np.arange(standings + 1) == grade).sum() for grade in range(standings)]
        assert days == arm.days[1:].tolist()


def test_a_record_of_what_nobody_did_is_false() -> None:
    """As many in a year as the behaviour says, of the act that is recorded falsely; and a withdrawal is none."""
    sample = draw_small_sample()
    is_false = mark_false_records(sample.lives, sample.history)
    acts = find_record_acts(sample.lives, sample.history.records[is_false, LOG_SECOND])
    assert {sample.lives.plan.names[act] for act in acts} == {"report-missed"}
    expected = 0.1 * sample.people * sample.history.years
    assert abs(is_false.sum() - expected) < 5 * expected**0.5
    assert not (is_false & (sample.history.records[:, LOG_SECOND] == GONE)).any()


def test_a_record_that_is_withdrawn_later_is_marked_once() -> None:
    """Each row that withdraws a record has one that it withdraws; without disputes there is none."""
    history = draw_small_sample().history
    assert mark_withdrawn_records(history).sum() == (history.records[:, LOG_SECOND] == GONE).sum() > 0
    assert mark_withdrawn_records(draw_small_sample(disputes=None).history).sum() == 0


def test_without_mistakes_and_disputes_nothing_is_corrected() -> None:
    """The life without false records is the life itself, to the day."""
    sample = draw_small_sample(disputes=None)
    lived = run(FIRMS, make_truthful(sample.lives.scheme), 24, start=START, acts=BUSY_ACTS).schemes[0]
    clean = draw_sample(FIRMS, lived, "firm", 500)
    assert clean is not None
    assert np.array_equal(clean.history.standings, clean.corrected.standings)
    assert not np.array_equal(sample.history.standings, sample.corrected.standings)


def test_a_record_that_is_always_withdrawn_never_counts_in_the_corrected_life() -> None:
    """Where everything is disputed and every dispute upheld, nobody is even taken into the scheme."""
    certain = {f"disputes.{step}.{case}": 1 for step in ("asks", "upheld") for case in ("if_right", "if_wrong")}
    behaviour = build_behaviour(build_small_scheme()).set_values(certain)
    sample = draw_sample(FIRMS, run(FIRMS, behaviour, 24, start=START, acts=BUSY_ACTS).schemes[0], "firm", 300)
    assert sample is not None
    assert (sample.corrected.standings[:, 3] == NONE).all()
    assert (sample.history.standings[:, 3] != NONE).any()


def test_a_standing_holds_from_its_day_until_the_next() -> None:
    """Two agents, worked by hand: days of each grade, and who stands where on a day."""
    rows = np.array([[0, 10, 50, 1], [0, 14, 30, 2], [1, 12, 70, 0]])
    history = LifeHistory(3, 10, 20, rows, np.empty((0, 5), np.int64), draw_small_sample().history.acts)
    assert history.lengths.tolist() == [4, 6, 8]
    assert history.count_days(np.array([False, False, True, False])).tolist() == [6, 0, 0]
    scores, grades = history.find_standings(11)
    assert (scores[0], grades.tolist()) == (50, [1, NONE, NONE])
    assert history.find_standings(14)[1].tolist() == [2, 0, NONE]


def test_the_sample_holds_only_agents_whom_the_rules_reach() -> None:
    """The same agents for the same seed, and nobody of a kind about whom the rules say nothing."""
    lived = run_small_scheme()
    few, again = (draw_sample(FIRMS, lived.schemes[0], "firm", 200) for _ in range(2))
    assert few is not None
    assert again is not None
    assert few.chunk.numbers.tolist() == again.chunk.numbers.tolist()
    assert len(few.chunk.numbers) == few.people == 200
    both = Population.draw("fictional", persons=50, firms=50, seed=1)
    counts = run(both, few.lives.scheme, 12, start=START, acts=BUSY_ACTS).schemes[0]
    assert draw_sample(both, counts, "person", 50) is None
