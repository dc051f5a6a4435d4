"""Acts of the world: what people and firms do, how often, and what moves them; one vocabulary for all catalogues."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from goodstanding.catalogue.primitives import Name, StrictModel
from goodstanding.errors import LaboratoryError
from goodstanding.lab.parameters import Parameter, Ratio, list_parameters, set_parameters
from goodstanding.lab.published_figures import refuse_if_uncited
from goodstanding.lab.strict_files import StrictFile, read_packaged_file
from goodstanding.messages import LaboratoryMessage, Message

PER_YEAR = "per year"
MONTHS_A_YEAR = 12
AgentKind = Literal["person", "firm"]
Mover = Literal["means", "gain", "chance", "duty"]
UNMOVED = {"chance"}


class Act(StrictModel):
    """A kind of act: who does it, how often a year, and what moves it.

    `ratio` says how many times as often by a trait's level; the average over the population stays the rate. `ceiling`
    is the most that means, prices or any scheme can multiply the rate by.
    """

    says: str = Field(min_length=1)
    who: tuple[AgentKind, ...] = Field(min_length=1)
    if_: Name | None = Field(default=None, alias="if")
    moved_by: Mover
    rate: Parameter
    ceiling: Ratio
    ratio: dict[Name, dict[str, Ratio]] = {}
    opens: Literal["debt"] | None = None


@dataclass(frozen=True, slots=True)
class Acts:
    """A vocabulary of acts by name, and the file where each stands."""

    by_name: Mapping[str, Act]
    file: StrictFile

    def list_of_kind(self, kind: AgentKind) -> list[str]:
        """The names of what a kind of agent does, in the order of the file."""
        return [name for name, act in self.by_name.items() if kind in act.who]

    def compute_chances(
        self, name: str, ratios: NDArray[np.float64], counts: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """The highest chance in a month of groups whose ratios and sizes these are; on average the rate is the act's.

        Raises LaboratoryError where that is more than one candidate a month.
        """
        act = self.by_name[name]
        mean = float((ratios * counts).sum() / counts.sum())
        yearly = act.rate.value * act.ceiling.value * ratios / mean
        if yearly.max() > MONTHS_A_YEAR:
            most = act.ceiling.value * MONTHS_A_YEAR / yearly.max()
            raise LaboratoryError(
                Message(LaboratoryMessage.ACT_TOO_FREQUENT, {"act": name, "yearly": f"{yearly.max():.1f}"}),
                where=self.file.locate(name, "ceiling"),
                remedy=Message(LaboratoryMessage.CEILING_AT_MOST, {"most": f"{most:.2f}"}),
            )
        return np.asarray(yearly / MONTHS_A_YEAR)

    def set_values(self, values: Mapping[str, float]) -> Acts:
        """The same acts with other values of their parameters, such as `late-bill.rate`."""
        return Acts(set_parameters(self.by_name, values), self.file)


def parse_acts(file: StrictFile) -> Acts:
    """The acts of a file; raises CatalogueError with file and line of whatever is wrong."""
    acts = Acts(file.parse_models(Act), file)
    refuse_if_uncited(file, list_parameters(acts.by_name))
    for name, act in acts.by_name.items():
        if not act.rate.unit.startswith(PER_YEAR):
            wrong = Message(LaboratoryMessage.RATE_UNIT_WRONG, {"unit": repr(act.rate.unit)})
            raise LaboratoryError(wrong, where=file.locate(name, "rate", "unit"))
        if act.moved_by in UNMOVED and act.ceiling.range != (1, 1):
            moved = Message(LaboratoryMessage.CHANCE_MOVED, {"act": name, "mover": act.moved_by})
            raise LaboratoryError(moved, where=file.locate(name, "ceiling"))
    return acts


@cache
def load_acts() -> Acts:
    """The vocabulary that comes with the laboratory."""
    return parse_acts(read_packaged_file("acts.yaml"))


def compute_ratio(ratio: Mapping[str, Mapping[str, Ratio]], levels: Mapping[str, str]) -> float:
    """How many times as often somebody with these levels of traits does something; 1 where nothing is said."""
    product = 1.0
    for trait, level in levels.items():
        product *= ratio[trait][level].value if level in ratio.get(trait, {}) else 1.0
    return product
