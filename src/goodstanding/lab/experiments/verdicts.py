"""The verdict on a claim, worked out by rule from the trials: nobody writes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from goodstanding.lab.designs.claim_box import Box, find_box
from goodstanding.lab.designs.parameter_influence import Weight, rank_parameters
from goodstanding.lab.experiments.experiment_file import Experiment, Threshold
from goodstanding.lab.experiments.setups.setup import ON, Measured, read_end
from goodstanding.lab.experiments.trials import REPEATED, TrialResult
from goodstanding.lab.statistics.intervals import Estimate, compute_exact_share

ALMOST_ALL, HARDLY_ANY = 0.9, 0.1


class Verdict(StrEnum):
    """What came out, in one word of the code; pages say it in a sentence."""

    HOLDS = "holds-almost-everywhere"
    DEPENDS = "holds-in-part-of-the-range"
    FAILS = "does-not-hold"
    OPEN = "published-figures-cannot-tell"
    FOLLOWS = "follows-from-the-rules"
    PUT_IN = "put-in-not-found"
    VOID = "void"


class Answer(StrEnum):
    """What one value of the measure says of the claim."""

    HOLDS = "holds"
    REFUTED = "refuted"
    NEITHER = "neither"


def judge(experiment: Experiment, measured: Measured) -> Answer:
    """What a measured point says, by the thresholds that were set before running."""
    if is_reached(experiment.holds_when, measured):
        return Answer.HOLDS
    return Answer.REFUTED if is_reached(experiment.refuted_when, measured) else Answer.NEITHER


def is_reached(threshold: Threshold, measured: Measured) -> bool:
    """Whether the measure, or the end of its interval that counts, reaches a threshold."""
    return threshold.includes(read_end(measured, threshold.end))


@dataclass(frozen=True, slots=True)
class ControlOutcome:
    """What a control left of the measure: the mean of its points, and how far off the farthest one is."""

    arm: str
    mean: float
    farthest: float
    expected: float | None = None
    within: float | None = None

    @property
    def vanishes(self) -> bool:
        """Whether the effect is gone, where it has to be."""
        return self.expected is None or self.within is None or self.farthest <= self.within


@dataclass(frozen=True, slots=True)
class TargetMisfit:
    """How a published figure is met: at how many points, and the nearest any point came."""

    name: str
    met: int
    nearest: float


@dataclass(frozen=True, slots=True)
class Conclusion:
    """The verdict with everything that it rests on."""

    verdict: Verdict
    holds: Estimate  # share of the range that targets leave
    refuted: Estimate
    holds_anywhere: Estimate  # share of the whole range
    points: int
    points_left: int
    noise: float  # standard deviation between two seeds
    seeds_disagree: int
    controls: tuple[ControlOutcome, ...]
    misfits: tuple[TargetMisfit, ...]
    weights: tuple[Weight, ...]
    box: Box | None


def conclude(experiment: Experiment, results: Sequence[TrialResult]) -> Conclusion:
    """The verdict on all results of an experiment, by the rule of its kind."""
    points = [result for result in results if result.trial.arm == ON]
    left = [result for result in points if meets_targets(experiment, result)] or points
    controls = tuple(_list_control_outcomes(experiment, results))
    holds, refuted = _compute_shares(experiment, left)
    weights, box = _find_what_decides(experiment, left)
    verdict = _choose_verdict(experiment, controls, holds)
    noise, disagreeing = _compute_noise(experiment, points, results)
    return Conclusion(
        verdict, holds, refuted, _compute_shares(experiment, points)[0], len(points),
        sum(meets_targets(experiment, result) for result in points), noise, disagreeing, controls,
        tuple(_list_misfits(experiment, points)), weights, box,
    )  # fmt: skip


def meets_targets(experiment: Experiment, result: TrialResult) -> bool:
    """Whether a point gives every published figure within its tolerance."""
    return all(target.low <= result.figures[name] <= target.high for name, target in experiment.targets.items())


def _compute_shares(experiment: Experiment, results: Sequence[TrialResult]) -> tuple[Estimate, Estimate]:
    counts = [
        sum(is_reached(threshold, result) for result in results)
        for threshold in (experiment.holds_when, experiment.refuted_when)
    ]
    return compute_exact_share(counts[0], len(results)), compute_exact_share(counts[1], len(results))


def _list_control_outcomes(experiment: Experiment, results: Sequence[TrialResult]) -> Iterable[ControlOutcome]:
    for arm in dict.fromkeys(result.trial.arm for result in results):
        of_arm = [result for result in results if result.trial.arm == arm]
        values = np.array([value for result in of_arm for value in _list_scheme_values(experiment, result)])
        if arm in experiment.ablate:
            mechanism = experiment.ablate[arm]
            farthest = float(np.abs(values - mechanism.leaves).max())
            yield ControlOutcome(arm, float(values.mean()), farthest, mechanism.leaves, mechanism.within)
        elif arm in ("strong", "fixed"):
            yield ControlOutcome(arm, float(values.mean()), float(np.abs(values - values.mean()).max()))


def _list_scheme_values(experiment: Experiment, result: TrialResult) -> list[float]:
    """The measure under each scheme, so that none hides behind another; of one scheme the measure."""
    return [result.figures[name] for name in experiment.schemes] or [result.value]


def _choose_verdict(experiment: Experiment, controls: tuple[ControlOutcome, ...], holds: Estimate) -> Verdict:
    if not all(control.vanishes for control in controls):
        return Verdict.VOID
    if experiment.put_in:
        return Verdict.PUT_IN
    if experiment.kind == "accounting":
        return Verdict.FOLLOWS
    if holds.low >= ALMOST_ALL:
        return Verdict.HOLDS
    if holds.high <= HARDLY_ANY:
        return Verdict.FAILS
    return Verdict.OPEN if experiment.targets else Verdict.DEPENDS


def _compute_noise(
    experiment: Experiment, points: Sequence[TrialResult], results: Sequence[TrialResult]
) -> tuple[float, int]:
    """The spread between two seeds at the same point, and at how many points they would say otherwise."""
    first = {result.trial.number: result for result in points}
    pairs = [(first[result.trial.number], result) for result in results if result.trial.arm == REPEATED]
    differences = np.array([before.value - again.value for before, again in pairs])
    holds = experiment.holds_when
    disagreeing = sum(is_reached(holds, before) is not is_reached(holds, again) for before, again in pairs)
    return float(np.sqrt((differences**2).mean() / 2)) if pairs else 0.0, disagreeing


def _list_misfits(experiment: Experiment, points: Sequence[TrialResult]) -> Iterable[TargetMisfit]:
    for name, target in experiment.targets.items():
        figures = np.array([result.figures[name] for result in points])
        off = np.maximum(np.maximum(target.low - figures, figures - target.high), 0.0)
        yield TargetMisfit(name, int((off == 0).sum()), float(off.min()))


def _find_what_decides(experiment: Experiment, left: Sequence[TrialResult]) -> tuple[tuple[Weight, ...], Box | None]:
    """How much each parameter matters for the measure, and a box in which the claim holds."""
    names = tuple(experiment.parameters)
    points = np.array([[result.trial.values[name] for name in names] for result in left])
    values = np.array([result.value for result in left])
    holds = np.array([is_reached(experiment.holds_when, result) for result in left])
    weights = rank_parameters(points, names, values)
    return tuple(weights), find_box(points, names, holds)
