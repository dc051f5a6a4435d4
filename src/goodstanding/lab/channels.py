"""Channels: what a measure does to whoever bears it, by its field and kind; said once for all catalogues."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pydantic import Field

from goodstanding.catalogue.primitives import Name, StrictModel
from goodstanding.catalogue.procedures import MeasureKind
from goodstanding.errors import LaboratoryError
from goodstanding.lab.acts import Act, Acts, load_acts
from goodstanding.lab.parameters import Parameter, Ratio, list_parameters, set_parameters
from goodstanding.lab.published_figures import refuse_if_uncited
from goodstanding.lab.strict_files import StrictFile, read_packaged_file
from goodstanding.messages import BehaviourMessage, Message

MEANS, GAIN = "means", "gain"


class ChannelEffect(StrictModel):
    """What measures of a kind in a field do: to means, to the rates of acts moved by gain, to those of single acts."""

    says: str = Field(min_length=1)
    means: Parameter | None = None
    gain: Ratio | None = None
    acts: dict[Name, Ratio] = {}

    @property
    def means_change(self) -> float:
        """The share of income more or less while the measure lasts."""
        return self.means.value if self.means else 0.0

    def compute_gain_factor(self, name: str, act: Act) -> float:
        """How many times as often an act is done because there is more to lose, or because the measure is about it."""
        gain = self.gain.value if self.gain and act.moved_by == GAIN else 1.0
        return gain * (self.acts[name].value if name in self.acts else 1.0)


class ChannelRules(StrictModel):
    """All channels by field and kind of measure, and how strongly acts moved by means follow means."""

    elasticity: Parameter
    fields: dict[Name, dict[MeasureKind, ChannelEffect]]


@dataclass(frozen=True, slots=True)
class Channels:
    """The channels that there are, and the file where they stand."""

    rules: ChannelRules
    file: StrictFile

    @property
    def by_name(self) -> Mapping[str, ChannelEffect]:
        """Each channel under its field and kind, such as `travel/restriction`."""
        return {
            f"{field}/{kind}": effect for field, kinds in self.rules.fields.items() for kind, effect in kinds.items()
        }

    def compute_means_factor(self, change: float, act: Act) -> float:
        """How many times as often an act is done where means are this share more or less."""
        if act.moved_by != MEANS:
            return 1.0
        return float((1.0 + change) ** -self.rules.elasticity.value)

    def set_values(self, values: Mapping[str, float]) -> Channels:
        """The same with other values of their parameters, such as `fields.travel.restriction.means`."""
        return Channels(set_parameters(self.rules, values), self.file)


def parse_channels(file: StrictFile, acts: Acts) -> Channels:
    """The channels of a file; raises CatalogueError with file and line of whatever is wrong."""
    channels = Channels(file.parse_model(ChannelRules), file)
    refuse_if_uncited(file, list_parameters(channels.rules))
    for field, kinds in channels.rules.fields.items():
        for kind, effect in kinds.items():
            _refuse_if_wrong(file.locate("fields", field, kind), effect, acts)
    return channels


def _refuse_if_wrong(where: str, effect: ChannelEffect, acts: Acts) -> None:
    if not (effect.means or effect.gain or effect.acts):
        raise LaboratoryError(Message(BehaviourMessage.EFFECT_EMPTY), where=where)
    for name in effect.acts:
        if name not in acts.by_name:
            unknown = Message(BehaviourMessage.WORD_UNKNOWN, {"kind": "act", "name": repr(name)})
            raise LaboratoryError(unknown, where=where, remedy=", ".join(acts.by_name))


@cache
def load_channels() -> Channels:
    """The channels that come with the laboratory."""
    return parse_channels(read_packaged_file("channels.yaml"), load_acts())
