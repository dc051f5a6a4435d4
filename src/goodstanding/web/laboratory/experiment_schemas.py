"""What a report's file says of its experiment: the claim, the measure, the parameters, decided before running."""

from __future__ import annotations

from typing import Annotated, Literal

from goodstanding.web.laboratory.report_values import (
    Few,
    Line,
    Mark,
    MaybeNumber,
    Number,
    Prose,
    ReportName,
    ReportPart,
)


class ReportedStatement(ReportPart):
    """What somebody says in the debate, who that is, and where it was said."""

    says: Prose
    who: Prose
    where: Prose


class ReportedMeasure(ReportPart):
    """The one number that decides, with its unit."""

    says: Prose
    unit: Line


class ReportedThreshold(ReportPart):
    """From where on a claim holds, or is refuted, and why that matters; with `end`, of that end of its interval."""

    at_least: MaybeNumber = None
    at_most: MaybeNumber = None
    end: Literal["low", "high"] | None = None
    why: Prose


class ReportedParameter(ReportPart):
    """A number of the experiment: its value, the range that was tried, and where it comes from."""

    value: Number
    range: tuple[Number, Number]
    unit: Line
    source: Prose = ""
    assumption: Prose = ""
    mark: Mark = None


class ReportedTarget(ReportPart):
    """A published figure that the set-up has to meet."""

    says: Prose
    low: Number
    high: Number
    source: Line
    mark: Mark = None


class ReportedMechanism(ReportPart):
    """A mechanism that is switched off, and what is then left of the measure."""

    says: Prose
    leaves: Number
    within: Number


class ReportedControl(ReportPart):
    """A control beside the result: what it is, or why there is none."""

    says: Prose
    run: bool = True


class ReportedControls(ReportPart):
    """The mechanism strong, and rules on fixed lives."""

    strong: ReportedControl
    fixed: ReportedControl


class ReportedExperiment(ReportPart):
    """What was decided before running."""

    experiment: ReportName
    title: Line
    kind: Literal["simulated", "real-data", "accounting", "control"]
    claim: ReportedStatement
    counter: ReportedStatement
    set_up_says: Prose
    measure: ReportedMeasure
    holds_when: ReportedThreshold
    refuted_when: ReportedThreshold
    parameters: Annotated[dict[ReportName, ReportedParameter], Few]
    targets: Annotated[dict[ReportName, ReportedTarget], Few] = {}
    no_targets: Prose = ""
    ablate: Annotated[dict[ReportName, ReportedMechanism], Few]
    controls: ReportedControls
    assumes: Annotated[list[Prose], Few]
    put_in: Prose = ""
    traps: Annotated[list[Prose], Few] = []
    joined: Prose = ""
