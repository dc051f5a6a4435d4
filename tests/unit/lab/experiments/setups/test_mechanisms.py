"""A mechanism that is broken takes its result with it: whoever finds it still there has found something else."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from goodstanding.lab.experiments.experiment_file import get_experiment, list_experiment_names
from goodstanding.lab.experiments.setups.composite_scores import COMMON_TRAIT, COMPOSITES, QUESTIONS
from goodstanding.lab.experiments.setups.inspection_feedback import draw_true_rates, simulate_feedback
from goodstanding.lab.experiments.setups.inspections import INSPECTIONS, VisitPolicy, compute_gain, estimate_gain
from goodstanding.lab.experiments.setups.setup import ON, STRONG, RunSize
from goodstanding.lab.experiments.setups.setup_library import get_setup
from goodstanding.lab.experiments.setups.visit_weights import weigh_visits
from goodstanding.lab.observations.inspection_visits import read_visit_pairs

SIZE = RunSize(agents=4_000, months=60)
POLICY = VisitPolicy(0.333, 0.1, 3, 0.0, 0.0, 0.0, True)
MECHANISMS = [(name, arm) for name in list_experiment_names() for arm in get_experiment(name).ablate]


@pytest.mark.parametrize(("name", "mechanism"), MECHANISMS)
def test_a_mechanism_that_is_off_leaves_what_the_file_says_and_strong_it_leaves_more(name: str, mechanism: str) -> None:
    """Off, the measure is what nothing would give; strong, it is not: so the measure can tell the two apart."""
    experiment = get_experiment(name)
    setup, expected = get_setup(experiment.setup), experiment.ablate[mechanism]
    off, strong = (setup.measure(experiment.defaults, 3, arm, SIZE).value for arm in (mechanism, STRONG))
    assert abs(off - expected.leaves) <= expected.within
    assert abs(strong - expected.leaves) > expected.within


def test_visits_steered_by_another_premises_grade_find_no_more_than_uniform_ones() -> None:
    """The gain of about a half is gone in every city when grades change places; a visit to everybody gains nothing."""
    for city in ("san-francisco", "chicago", "new-york"):
        pairs = read_visit_pairs(city)
        assert compute_gain(pairs, POLICY, 1) > 1.3
        assert compute_gain(pairs, POLICY, 1, "last-grade") == pytest.approx(1.0, abs=0.1)
        everybody = dataclasses.replace(POLICY, share=1.0)
        assert compute_gain(pairs, everybody, 1) == pytest.approx(1.0, abs=1e-12)


def test_a_gain_has_the_interval_of_resampled_premises() -> None:
    """The estimate is the gain itself, within its interval, which leaves out that nothing is gained."""
    pairs = read_visit_pairs("chicago")
    estimate = estimate_gain(pairs, POLICY, 1)
    assert estimate.value == pytest.approx(compute_gain(pairs, POLICY, 1))
    assert 1.25 < estimate.low < estimate.value < estimate.high < 1.9


def test_where_all_premises_are_alike_the_file_gains_nothing() -> None:
    """Feedback works because premises differ; with one true rate for all, steering finds what chance does."""
    alike, unlike = np.full(20_000, 0.2), np.where(np.arange(20_000) % 2 == 0, 0.05, 0.35)
    assert simulate_feedback(alike, 0.33, 1).gain == pytest.approx(1.0, abs=0.03)
    assert simulate_feedback(unlike, 0.33, 1).gain > 1.1
    assert simulate_feedback(unlike, 0.33, 1, steered=False).gain == pytest.approx(1.0, abs=0.03)


def test_true_rates_are_drawn_around_what_the_city_found() -> None:
    """One rate for each premises, whose mean is the share of serious visits."""
    pairs = read_visit_pairs("chicago")
    rates = draw_true_rates(pairs, 0.1, 1)
    assert len(rates) == len(np.unique(pairs.premises))
    assert ((rates >= 0) & (rates <= 1)).all()
    assert rates.mean() == pytest.approx((pairs.severity >= np.quantile(pairs.severity, 0.9)).mean(), abs=0.02)


def test_equally_many_visits_are_made_however_they_are_steered() -> None:
    """In each period the share that was said, the worst first; those that tie share what is left for them."""
    period = np.array([0, 0, 0, 0, 1, 1])
    weights = weigh_visits(np.array([5.0, 1.0, 3.0, 3.0, 2.0, 2.0]), period, 0.5)
    assert weights.tolist() == [1.0, 0.0, 0.5, 0.5, 0.5, 0.5]
    assert [weights[period == number].sum() for number in (0, 1)] == [2.0, 1.0]


def test_without_a_common_trait_no_score_of_everything_beats_the_record_on_any_question() -> None:
    """Exactly none, at the default, for both sets of printed weights and however far people differ."""
    defaults = get_experiment("apples-and-oranges").defaults
    for change in ({}, {"weights": 1.0}, {"spread": 2.0}, {"looks": 1.0}):
        values = {**defaults, **change}
        assert COMPOSITES.measure(values, 1, COMMON_TRAIT, SIZE).value == 0.0
        assert COMPOSITES.measure({**values, "relation": 0.95}, 1, ON, SIZE).value > 0.0


def test_a_fitted_score_falls_back_on_the_record_when_nothing_else_says_anything() -> None:
    """With unrelated traits fitted weights are those of the record alone, within the luck of the fit."""
    defaults = get_experiment("apples-and-oranges").defaults
    figures = COMPOSITES.measure(defaults, 1, COMMON_TRAIT, RunSize(20_000, 60)).figures
    for question in QUESTIONS:
        assert figures[f"{question}-fitted"] == pytest.approx(figures[f"{question}-own"], abs=0.01)
        assert figures[f"{question}-printed"] < figures[f"{question}-own"] - 0.02


def test_real_accounts_give_the_published_order() -> None:
    """Printed weights about equal the newest delay, fitted ones beat it, and who somebody is says next to nothing."""
    figures = COMPOSITES.describe(get_experiment("apples-and-oranges").defaults, 1, SIZE)
    assert figures["accounts-fitted"] > figures["accounts-own"] + 0.05
    assert abs(figures["accounts-printed"] - figures["accounts-own"]) < 0.03
    assert 0.5 < figures["accounts-demographics"] < 0.56
    assert figures["accounts-fitted-gain-low"] > 0


def test_the_same_point_and_seed_give_the_same_measurement() -> None:
    """Twice in one process, each set-up: nothing is left over from the run before."""
    for name, setup in (("looking-where-it-matters", INSPECTIONS), ("apples-and-oranges", COMPOSITES)):
        values = get_experiment(name).defaults
        assert setup.measure(values, 5, ON, SIZE) == setup.measure(values, 5, ON, SIZE)
