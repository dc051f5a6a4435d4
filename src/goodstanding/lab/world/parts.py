"""Parts of a population that are drawn alone, with the number of real people or firms for whom each stands."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
from pydantic import Field

from goodstanding.catalogue.primitives import Name, StrictModel
from goodstanding.errors import LaboratoryError
from goodstanding.lab.acts import Act, Acts, AgentKind, compute_ratio
from goodstanding.lab.parameters import Parameter, Ratio, list_parameters
from goodstanding.lab.published_figures import refuse_if_uncited
from goodstanding.lab.strict_files import read_packaged_file
from goodstanding.lab.world.cells import Joint
from goodstanding.lab.world.trait_shares import Shares
from goodstanding.messages import LaboratoryMessage, Message

Ratios = Mapping[str, Mapping[str, Ratio]]


class Part(StrictModel):
    """A part of the people or firms: those who do an act within a year, or a share of them with ratios by trait."""

    says: str = Field(min_length=1)
    who: tuple[AgentKind, ...] = Field(min_length=1)
    act: Name | None = None
    share: Parameter | None = None
    ratio: dict[Name, dict[str, Ratio]] = {}

    def select(self, joint: Joint, kind: AgentKind, acts: Acts) -> Joint:
        """How many of each cell are in the part; nobody where it has none of this kind."""
        if kind not in self.who:
            return Joint(joint.levels, joint.table * 0, joint.residents, joint.recalled)
        act = self.find_act(acts)
        share, ratio = (act.rate, act.ratio) if act else (self.share, self.ratio)
        assert share, "a part has an act or a share"
        ratios = compute_cell_ratios(joint.levels, ratio)
        chances = np.minimum(share.value * ratios * joint.table.sum() / (ratios * joint.table).sum(), 1)
        return Joint(joint.levels, joint.table * chances, joint.residents, joint.recalled)

    def find_act(self, acts: Acts) -> Act | None:
        """The act that everybody in the part has done; None where it is a share."""
        return acts.by_name[self.act] if self.act else None


def compute_cell_ratios(levels: Mapping[str, tuple[str, ...]], ratio: Ratios) -> Shares:
    """For each cell of these traits, the product of the ratios of its levels; other traits change nothing."""
    table = np.ones([len(names) for names in levels.values()])
    for axis, (trait, names) in enumerate(levels.items()):
        factors = np.array([compute_ratio(ratio, {trait: name}) for name in names])
        table = table * factors.reshape([-1 if place == axis else 1 for place in range(table.ndim)])
    return table


@cache
def load_parts() -> dict[str, Part]:
    """The parts that come with the laboratory, by name."""
    file = read_packaged_file("parts.yaml")
    parts = file.parse_models(Part)
    refuse_if_uncited(file, list_parameters(parts))
    return parts


def get_part(name: str) -> Part:
    """A part by name; raises LaboratoryError with the names there are."""
    parts = load_parts()
    if name not in parts:
        raise LaboratoryError(Message(LaboratoryMessage.PART_UNKNOWN, {"name": repr(name)}), remedy=", ".join(parts))
    return parts[name]
