"""An experiment as its file says it: claim, counter-claim, measure, what would refute it; decided before running."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files as package_files
from typing import Literal

import msgspec
from pydantic import Field, model_validator

from goodstanding.catalogue.primitives import Name, StrictModel
from goodstanding.catalogue.wrong_values import WrongValue
from goodstanding.errors import LaboratoryError
from goodstanding.lab.acts import AgentKind
from goodstanding.lab.parameters import Parameter
from goodstanding.lab.strict_files import StrictFile, read_packaged_file
from goodstanding.messages import ExperimentMessage, Message

ExperimentKind = Literal["simulated", "real-data", "accounting", "control"]
Text = str


class Statement(StrictModel):
    """What somebody says in the debate, in our words, with who said it, when and where."""

    says: str = Field(min_length=10)
    who: str = Field(min_length=1)
    where: str = Field(min_length=1)


class Measure(StrictModel):
    """The one number that decides, with its unit."""

    says: str = Field(min_length=10)
    unit: str = Field(min_length=1)


class Threshold(StrictModel):
    """From where on a claim holds, or is refuted: at least or at most so much of the measure, and why that matters.

    With `end`, so much of that end of the measure's own interval.
    """

    at_least: float | None = None
    at_most: float | None = None
    end: Literal["low", "high"] | None = None
    why: str = Field(min_length=10)

    @model_validator(mode="after")
    def _refuse_if_unclear(self) -> Threshold:
        if (self.at_least is None) is (self.at_most is None):
            raise WrongValue(
                Message(ExperimentMessage.THRESHOLD_UNCLEAR), right=Message(ExperimentMessage.THRESHOLD_FORM)
            )
        return self

    def includes(self, value: float) -> bool:
        """Whether a value of the measure reaches it."""
        return value >= self.at_least if self.at_least is not None else value <= (self.at_most or 0.0)


class Target(StrictModel):
    """A published figure that a set-up has to meet, with how surely it is known."""

    says: str
    low: float
    high: float
    source: str
    mark: Literal["D", "S", "M", "X", "R"]


class Mechanism(StrictModel):
    """A mechanism that is switched off: what is then left of the measure, and how near it has to come."""

    says: str = Field(min_length=10)
    leaves: float
    within: float = Field(ge=0)


class Control(StrictModel):
    """A control beside the result: what it is, or why there is none."""

    says: str = Field(min_length=10)
    run: bool = True


class Controls(StrictModel):
    """The mechanism strong, and rules on fixed lives; that it is off is said by `ablate`."""

    strong: Control
    fixed: Control


class TriedScheme(StrictModel):
    """A catalogue under which the claim is tried, with a headline of its own.

    Who lives under it, with which grades or on which lists somebody counts as fallen, and which of its measures do
    nothing. Where the direction of its effect is an assumption, `put_in` says so, and it decides nothing for the claim.
    """

    title: str = Field(min_length=1)
    catalogue: Name
    who: AgentKind
    bad: tuple[str, ...] = ()
    bad_lists: tuple[Name, ...] = ()
    without: tuple[Name, ...] = ()
    put_in: str = ""

    @model_validator(mode="after")
    def _refuse_if_nobody_falls(self) -> TriedScheme:
        if not (self.bad or self.bad_lists):
            raise WrongValue(Message(ExperimentMessage.FALL_UNCLEAR), right=Message(ExperimentMessage.FALL_FORM))
        return self


class DesignSize(StrictModel):
    """How many points are run: over the range, a second time with another seed, and for each control."""

    points: int = Field(default=512, ge=8)
    repeated: int = Field(default=64, ge=0)
    controls: int = Field(default=32, ge=1)


class Experiment(StrictModel):
    """A claim with its control and its refutation.

    Where it is tried under several `schemes`, `joined` says how they make one claim, and `scheme_figures` what stands
    beside the measure of each.
    """

    experiment: Name
    title: str
    kind: ExperimentKind
    claim: Statement
    counter: Statement
    setup: Name
    set_up_says: str = Field(min_length=10)
    measure: Measure
    holds_when: Threshold
    refuted_when: Threshold
    parameters: dict[Name, Parameter] = Field(min_length=1)
    targets: dict[Name, Target] = {}
    no_targets: str = ""
    ablate: dict[Name, Mechanism] = Field(min_length=1)
    controls: Controls
    assumes: tuple[str, ...] = Field(min_length=1)
    put_in: str = ""
    traps: tuple[str, ...] = ()
    design: DesignSize = DesignSize()
    figures: dict[Name, str] = {}
    schemes: dict[Name, TriedScheme] = {}
    joined: str = ""
    scheme_figures: dict[Name, str] = {}
    sources: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _refuse_if_incomplete(self) -> Experiment:
        if bool(self.targets) is bool(self.no_targets):
            raise WrongValue(Message(ExperimentMessage.TARGETS_MISSING), right=Message(ExperimentMessage.TARGETS_FORM))
        if bool(self.schemes) is not bool(self.joined):
            raise WrongValue(Message(ExperimentMessage.JOINING_UNCLEAR), right=Message(ExperimentMessage.JOINING_FORM))
        if self._overlaps():
            raise WrongValue(
                Message(ExperimentMessage.THRESHOLDS_OVERLAP), right=Message(ExperimentMessage.THRESHOLD_GAP)
            )
        return self

    def _overlaps(self) -> bool:
        """Whether some value of the measure would hold and be refuted at once."""
        ends = (
            (self.holds_when.at_least, self.refuted_when.at_most),
            (self.refuted_when.at_least, self.holds_when.at_most),
        )
        return any(least is not None and most is not None and least <= most for least, most in ends) or (
            (self.holds_when.at_least is None) is (self.refuted_when.at_least is None)
        )

    @property
    def defaults(self) -> dict[str, float]:
        """The value of each parameter where nothing is varied."""
        return {name: parameter.value for name, parameter in self.parameters.items()}

    @property
    def ranges(self) -> dict[str, tuple[float, float]]:
        """The range of each parameter."""
        return {name: parameter.range for name, parameter in self.parameters.items()}

    def list_schemes(self, brief: bool = False) -> dict[str, TriedScheme]:
        """The schemes under which it is tried; in brief, those that decide."""
        return {name: scheme for name, scheme in self.schemes.items() if not (brief and scheme.put_in)}

    @property
    def digest(self) -> str:
        """The digest of everything that was decided before running: the whole file as it was read."""
        return hashlib.sha256(msgspec.json.encode(self.model_dump(mode="json"), order="sorted")).hexdigest()


def parse_experiment(name: str, text: str) -> Experiment:
    """The experiment of a file's text; raises CatalogueError with file, line and what would be right."""
    return StrictFile(name, text).parse_model(Experiment)


def list_experiment_names() -> tuple[str, ...]:
    """The experiments that come with the laboratory."""
    folder = package_files("goodstanding.lab") / "experiments"
    return tuple(sorted(file.name.removesuffix(".yaml") for file in folder.iterdir() if file.name.endswith(".yaml")))


@cache
def get_experiment(name: str) -> Experiment:
    """The experiment of a name; raises LaboratoryError with the names that there are."""
    if name not in list_experiment_names():
        unknown = Message(ExperimentMessage.EXPERIMENT_UNKNOWN, {"name": repr(name)})
        raise LaboratoryError(unknown, remedy=", ".join(list_experiment_names()))
    return read_packaged_file(f"experiments/{name}.yaml").parse_model(Experiment)
