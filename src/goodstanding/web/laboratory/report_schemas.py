"""What a report's file may say: read strictly, since anybody may have written it.

A key that is not named here is left out.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from goodstanding.web.laboratory.experiment_schemas import ReportedExperiment
from goodstanding.web.laboratory.report_values import (
    MOST_ENTRIES,
    Count,
    Digest,
    Few,
    Line,
    MaybeNumber,
    Number,
    Part,
    Prose,
    ReportName,
    ReportPart,
)

ALMOST_ALL, HARDLY_ANY = 0.9, 0.1
VerdictWord = Literal[
    "holds-almost-everywhere", "holds-in-part-of-the-range", "does-not-hold", "published-figures-cannot-tell",
    "follows-from-the-rules", "put-in-not-found", "void",
]  # fmt: skip


class ReportedVerdict(ReportPart):
    """The verdict, in a word of the code and in a sentence, with what to know before quoting it."""

    verdict: VerdictWord
    sentence: Prose
    caveats: Annotated[list[Prose], Few] = []


class ReportedShare(ReportPart):
    """A share of the range with its exact 95% interval."""

    value: Part
    low: Part
    high: Part

    @model_validator(mode="after")
    def _refuse_if_disordered(self) -> ReportedShare:
        if not self.low <= self.value <= self.high:
            raise ValueError("a share outside its own interval")
        return self


class ReportedOutcome(ReportPart):
    """What a control left of the measure, and whether the effect is gone where it has to be."""

    arm: ReportName
    farthest: MaybeNumber
    expected: MaybeNumber = None
    within: MaybeNumber = None
    vanishes: bool


class ReportedMisfit(ReportPart):
    """How a published figure is met: at how many points, and the nearest any came."""

    target: ReportName = Field(validation_alias="name")
    met: Count
    nearest: MaybeNumber


class ReportedWeight(ReportPart):
    """How far the result moves with one parameter, from 0 to 1."""

    parameter: ReportName
    index: Part


class ReportedSide(ReportPart):
    """The bounds of one parameter within which the claim holds most."""

    parameter: ReportName
    low: Number
    high: Number
    quasi_p: MaybeNumber


class ReportedBox(ReportPart):
    """Where the claim holds most: the bounds, and how much of the range and of the claim lies within."""

    sides: Annotated[list[ReportedSide], Few]
    coverage: Part
    density: Part
    mass: Part


class ReportedDefault(ReportPart):
    """What came out at the file's own values."""

    value: MaybeNumber
    answer: Literal["holds", "refuted", "neither"]


class ReportedArm(ReportPart):
    """What a run gave of the measure: its median and the middle nine tenths."""

    arm: ReportName
    says: Prose
    points: Count
    low: MaybeNumber
    median: MaybeNumber
    high: MaybeNumber


class ReportedFlip(ReportPart):
    """The smallest change of one parameter that turns the answer."""

    parameter: ReportName
    default: Number
    value: Number
    share_of_range: Part


class ReportedResult(ReportPart):
    """What came out."""

    holds: ReportedShare
    refuted: ReportedShare
    holds_anywhere: ReportedShare
    points: Annotated[int, Field(ge=1, le=10**9)]
    points_left: Count
    noise: MaybeNumber
    seeds_disagree: Count
    controls: Annotated[list[ReportedOutcome], Few]
    misfits: Annotated[list[ReportedMisfit], Few]
    weights: Annotated[list[ReportedWeight], Field(min_length=1, max_length=MOST_ENTRIES)]
    box: ReportedBox | None
    default: ReportedDefault
    arms: Annotated[list[ReportedArm], Few]
    idle_index: MaybeNumber
    flip: ReportedFlip | None
    flip_sought: bool = True


class ReportedFigure(ReportPart):
    """A figure beside the measure, with its interval or with its spread over the range."""

    figure: ReportName
    says: Prose
    value: MaybeNumber
    low: MaybeNumber = None
    high: MaybeNumber = None
    by: Literal["interval", "range", "none"]


class ReportedScheme(ReportPart):
    """What came out under one scheme alone, where the claim is tried under several."""

    scheme: ReportName
    title: Prose
    verdict: VerdictWord
    sentence: Prose
    holds: ReportedShare
    refuted: ReportedShare
    figures: Annotated[list[ReportedFigure], Few]


class ReportedChapter(ReportPart):
    """A part of the description of the model by the ODD protocol."""

    heading: Line
    says: Annotated[list[Prose], Few]


class ReportedRun(ReportPart):
    """How it was run, and how to run it again."""

    command: Line
    seed: Count
    agents: Count
    months: Count
    quick: bool
    trials: Count
    repeated: Count
    versions: Annotated[dict[ReportName, Line], Few]


class ReportedDigest(ReportPart):
    """A text or file that the result rests on, by its sha256."""

    of: Line
    name: Line
    sha256: Digest


class ExperimentReport(ReportPart):
    """A report as its file says it."""

    verdict: ReportedVerdict
    experiment: ReportedExperiment
    result: ReportedResult
    schemes: Annotated[list[ReportedScheme], Few] = []
    figures: Annotated[list[ReportedFigure], Few]
    model: Annotated[list[ReportedChapter], Few]
    run: ReportedRun
    digests: Annotated[list[ReportedDigest], Few]

    @model_validator(mode="after")
    def _refuse_if_contradicting_itself(self) -> ExperimentReport:
        result, experiment = self.result, self.experiment
        named = {weight.parameter for weight in result.weights} | {side.parameter for side in self._list_sides()}
        named |= {result.flip.parameter} if result.flip else set()
        if not named <= experiment.parameters.keys():
            raise ValueError("a parameter that the experiment does not have")
        if not {misfit.target for misfit in result.misfits} <= experiment.targets.keys():
            raise ValueError("a published figure that the experiment does not have")
        if not self._follows():
            raise ValueError("a verdict that does not follow from its own figures")
        return self

    def _list_sides(self) -> list[ReportedSide]:
        return self.result.box.sides if self.result.box else []

    def _follows(self) -> bool:
        """Whether the verdict is not contrary to the shares and controls that stand beside it."""
        gone = all(control.vanishes for control in self.result.controls)
        if (self.verdict.verdict == "void") is gone:
            return False
        if self.verdict.verdict == "holds-almost-everywhere":
            return self.result.holds.low >= ALMOST_ALL
        return self.verdict.verdict != "does-not-hold" or self.result.holds.high <= HARDLY_ANY
