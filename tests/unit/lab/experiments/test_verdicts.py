"""The verdict follows from the trials by rule, word by word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.small_experiment import LEVER, SETUP, SIZE, build_experiment

from goodstanding.lab.experiments.experiment_file import Experiment
from goodstanding.lab.experiments.experiment_runs import ExperimentRun, RunPlan, list_scheme_runs
from goodstanding.lab.experiments.setups.setup import ON, STRONG, Measurement, Values
from goodstanding.lab.experiments.trials import REPEATED, Trial, TrialResult, list_trials
from goodstanding.lab.experiments.verdicts import Answer, Conclusion, Verdict, conclude, judge

TARGET = "targets: {force: {says: How hard people pull, low: %s, high: %s, source: a survey, mark: S}}"
POINTS = ("points: 64", "points: 128")  # so that enough are left by a target
NO_TARGETS = "no_targets: Nobody published how far a lever moves."


def run_small(experiment: Experiment, change: Callable[[Trial, float], float] | None = None) -> Conclusion:
    """The conclusion of all trials, each value changed after it was measured."""
    results = []
    for trial in list_trials(experiment, seed=1):
        measurement = SETUP.measure(trial.values, trial.seed, trial.switch, SIZE)
        value = change(trial, measurement.value) if change else measurement.value
        results.append(TrialResult(trial, value, measurement.figures))
    return conclude(experiment, results)


def set_range(least: float, most: float) -> tuple[str, str]:
    """The lever's pull within other ends."""
    middle = (least + most) / 2
    return ("value: 0.7, range: [0, 1], unit: metres", f"value: {middle}, range: [{least}, {most}], unit: metres")


def set_targets(low: float, high: float) -> tuple[str, str]:
    """A published figure that decides which pulls are possible."""
    return (NO_TARGETS, TARGET % (low, high))


@pytest.mark.parametrize(
    ("replacements", "verdict"),
    [
        ([set_range(0.5, 1)], Verdict.HOLDS),
        ([set_range(0, 1)], Verdict.DEPENDS),
        ([set_range(0, 0.4)], Verdict.FAILS),
        ([set_targets(0, 10)], Verdict.OPEN),
        ([set_targets(6, 10), POINTS], Verdict.HOLDS),
        ([set_targets(0, 4), POINTS], Verdict.FAILS),
        ([("kind: simulated", "kind: accounting")], Verdict.FOLLOWS),
        ([("kind: simulated", "kind: simulated\nput_in: The rope is tied to the lever.")], Verdict.PUT_IN),
        ([("kind: simulated", "kind: accounting\nput_in: The rope is tied to the lever.")], Verdict.PUT_IN),
        ([("leaves: 0, within: 0", "leaves: 0.1, within: 0.05")], Verdict.VOID),
    ],
)
def test_the_verdict_is_worked_out_by_rule(replacements: list[tuple[str, str]], verdict: Verdict) -> None:
    """Each word of the verdict has a range, a target or a kind that leads to it, and nothing else does."""
    assert run_small(build_experiment(*replacements)).verdict is verdict


def test_where_a_control_does_not_vanish_the_experiment_is_void_whatever_came_out() -> None:
    """One point of one control that is off by a little is enough, even where the answer was put in."""
    experiment = build_experiment(
        set_range(0.5, 1), ("kind: simulated", "kind: simulated\nput_in: The rope is tied to the lever.")
    )
    leaking = run_small(experiment, lambda trial, value: 1e-9 if (trial.arm, trial.number) == (LEVER, 2) else value)
    assert leaking.verdict is Verdict.VOID
    outcome = next(control for control in leaking.controls if control.arm == LEVER)
    assert (outcome.vanishes, outcome.farthest) == (False, 1e-9)


def test_a_control_that_has_to_leave_nothing_is_not_the_one_that_is_strong() -> None:
    """The strong mechanism has nothing to come near to; it stands beside the result and voids nothing."""
    controls = {control.arm: control for control in run_small(build_experiment()).controls}
    assert controls.keys() == {LEVER, STRONG}
    assert (controls[LEVER].mean, controls[LEVER].vanishes) == (0.0, True)
    assert controls[STRONG].mean > 0.5
    assert controls[STRONG].vanishes


SCHEMES = (
    "title: A lever",
    "title: A lever\nschemes: {left: {title: L, catalogue: l, who: person, bad: [D]}, right: {title: R, catalogue: r, "
    "who: firm, bad: [D]}}\njoined: The greatest counts.",
)


def run_schemes(leak: float = 0.0) -> ExperimentRun:
    """A run under two schemes, the right one a fifth weaker; with the mechanism off the left one may leak."""
    experiment, results = build_experiment(SCHEMES), []
    for trial in list_trials(experiment, seed=1):
        value = SETUP.measure(trial.values, trial.seed, trial.switch, SIZE).value
        both = {"left": value - leak * (trial.arm == LEVER), "right": 0.8 * value}
        ends = {f"{name}-{end}": both[name] + off for name in both for end, off in (("low", -0.1), ("high", 0.1))}
        results.append(TrialResult(trial, max(both.values()), {**both, **ends}))
    return ExperimentRun(RunPlan(experiment, 1, SIZE), results, conclude(experiment, results), None)


def test_each_scheme_has_a_verdict_of_its_own_by_the_same_rule() -> None:
    """The claim holds over the half of pulls on the left, and from 0.625 on at the right."""
    run = run_schemes()
    alone = list_scheme_runs(run)
    assert run.conclusion.holds.value == alone["left"].conclusion.holds.value == pytest.approx(0.5, abs=0.02)
    assert alone["right"].conclusion.holds.value == pytest.approx(0.375, abs=0.02)
    assert {of_one.conclusion.verdict for of_one in alone.values()} == {Verdict.DEPENDS}
    assert list_scheme_runs(run_whole := replace(run, plan=RunPlan(build_experiment(), 1, SIZE))) == {}
    assert run_whole.conclusion == run.conclusion


def test_a_control_that_leaks_under_one_scheme_voids_everything() -> None:
    """It does not hide behind the greater one, which has nothing left as it should."""
    run = run_schemes(leak=1e-9)
    assert run.conclusion.verdict is Verdict.VOID
    alone = list_scheme_runs(run)
    assert [alone[name].conclusion.verdict for name in ("left", "right")] == [Verdict.VOID, Verdict.DEPENDS]


def test_a_threshold_can_be_of_an_end_of_the_measures_interval() -> None:
    """With an end the claim holds only where the whole interval is above; without an interval the measure stands in."""
    experiment = build_experiment(
        ("at_least: 0.5", "at_least: 0.5, end: low"), ("at_most: 0.2", "at_most: 0.2, end: high")
    )
    ends = {"measure-low": 0.45, "measure-high": 0.65}
    assert judge(experiment, Measurement(0.55, ends)) is Answer.NEITHER
    assert judge(experiment, Measurement(0.15, ends)) is Answer.NEITHER
    assert judge(experiment, Measurement(0.55)) is Answer.HOLDS
    assert judge(experiment, Measurement(0.55, {"measure-low": 0.5})) is Answer.HOLDS
    assert judge(experiment, Measurement(0.15, {"measure-high": 0.2})) is Answer.REFUTED


def test_shares_are_of_what_the_targets_leave_and_of_the_whole_range() -> None:
    """Of 64 points over 0 to 1, half hold; of those that pull with 6 to 10 all do; each has its exact interval."""
    conclusion = run_small(build_experiment(set_targets(6, 10)))
    assert (conclusion.holds.value, conclusion.refuted.value) == (1.0, 0.0)
    assert conclusion.holds_anywhere.value == pytest.approx(0.5, abs=0.02)
    assert (conclusion.points, conclusion.points_left) == (64, conclusion.misfits[0].met)
    assert conclusion.misfits[0].nearest == 0.0
    assert conclusion.holds.low > 0.8


def test_a_target_that_no_point_meets_is_shown_by_how_far_it_is_missed() -> None:
    """The best point pulls with nearly 10; 12 is missed by two, and the whole range stands in for what is left."""
    conclusion = run_small(build_experiment(set_targets(12, 20)))
    assert (conclusion.points_left, conclusion.misfits[0].met) == (0, 0)
    assert conclusion.misfits[0].nearest == pytest.approx(2.0, abs=0.2)
    assert conclusion.holds == conclusion.holds_anywhere


def test_two_seeds_that_disagree_are_counted() -> None:
    """Of eight repeated points, those whose second value is on the other side of the threshold, and the spread."""
    experiment = build_experiment()

    def flip_some(trial: Trial, value: float) -> float:
        return 1 - value if trial.arm == REPEATED and trial.number < 3 else value

    first = {trial.number: trial.values["pull"] for trial in list_trials(experiment, 1) if trial.arm == ON}
    crossing = sum((first[number] >= 0.5) is not (1 - first[number] >= 0.5) for number in range(3))
    conclusion = run_small(experiment, flip_some)
    assert crossing == conclusion.seeds_disagree == 3
    assert conclusion.noise == pytest.approx((sum((2 * first[number] - 1) ** 2 for number in range(3)) / 16) ** 0.5)
    assert run_small(experiment).noise == 0.0


def test_what_decides_is_found_and_so_is_where() -> None:
    """The pull decides and the colour does not; the claim holds from half a metre on."""
    conclusion = run_small(build_experiment())
    assert [weight.parameter for weight in conclusion.weights] == ["pull", "colour"]
    assert conclusion.box is not None
    assert [side.parameter for side in conclusion.box.sides] == ["pull"]
    assert conclusion.box.sides[0].low == pytest.approx(0.5, abs=0.06)


def test_a_threshold_includes_its_end() -> None:
    """At least so much is so much and more; at most so much is so much and less."""
    experiment = build_experiment()
    assert [experiment.holds_when.includes(value) for value in (0.4999, 0.5, 0.6)] == [False, True, True]
    assert [experiment.refuted_when.includes(value) for value in (0.1, 0.2, 0.2001)] == [True, True, False]


def test_every_trial_has_the_values_of_its_point() -> None:
    """The default point first, then the range; repeated and control points are the first of the same design."""
    experiment = build_experiment()
    trials = list_trials(experiment, seed=1)
    points: dict[tuple[str, int], Values] = {(trial.arm, trial.number): trial.values for trial in trials}
    assert trials[0].values == experiment.defaults
    assert len(trials) == 1 + 64 + 8 + 2 * (1 + 4)
    for number in range(4):
        assert points[LEVER, number] == points[STRONG, number] == points[REPEATED, number] == points[ON, number]
    assert points[LEVER, -1] == points[STRONG, -1] == experiment.defaults
    assert len({trial.seed for trial in trials if trial.arm in (ON, REPEATED)}) == 64 + 8
