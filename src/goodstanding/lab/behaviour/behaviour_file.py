"""Reads the behaviour beside a catalogue, as strictly as the catalogue; its digest is its own."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from goodstanding.catalogue.loader import BEHAVIOUR_FILE, get_catalogue_folder, load_catalogue
from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.wrong_values import refuse_if_problems
from goodstanding.errors import LaboratoryError
from goodstanding.lab.acts import Acts, load_acts
from goodstanding.lab.behaviour.behaviour_checks import list_behaviour_problems
from goodstanding.lab.behaviour.behaviour_model import BehaviourRules
from goodstanding.lab.behaviour.reference_levels import ReferenceScope
from goodstanding.lab.channels import Channels, load_channels
from goodstanding.lab.parameters import list_parameters, set_parameters
from goodstanding.lab.published_figures import list_recalled, refuse_if_uncited
from goodstanding.lab.strict_files import StrictFile
from goodstanding.lab.world.country import load_country
from goodstanding.messages import BehaviourMessage, Message


@dataclass(frozen=True, slots=True)
class Behaviour:
    """A catalogue with what is assumed that people and authorities do under it."""

    catalogue: Catalogue
    rules: BehaviourRules
    file: StrictFile
    acts: Acts
    channels: Channels

    @property
    def digest(self) -> str:
        """What names the text of the assumptions; the catalogue has a digest of its own."""
        return hashlib.sha256(self.file.text.encode()).hexdigest()

    @property
    def scope(self) -> ReferenceScope:
        """What references of the behaviour can name."""
        return ReferenceScope(self.rules, self.catalogue, load_country(self.rules.population.draw).plan, self.acts)

    @property
    def recalled(self) -> list[str]:
        """The parameters that rest on memory, of which its reader is warned."""
        return list_recalled(list_parameters(self.rules))

    def set_values(self, values: Mapping[str, float]) -> Behaviour:
        """The same with other values of its own parameters, such as `records.late-bill.noticed`."""
        return replace(self, rules=set_parameters(self.rules, values))


def parse_behaviour(file: StrictFile, catalogue: Catalogue, acts: Acts, channels: Channels) -> Behaviour:
    """The behaviour of a file; raises CatalogueError with file and line of whatever is wrong, all of it at once."""
    behaviour = Behaviour(catalogue, file.parse_model(BehaviourRules), file, acts, channels)
    refuse_if_uncited(file, list_parameters(behaviour.rules))
    refuse_if_problems(list_behaviour_problems(behaviour.rules, catalogue, file, acts, channels))
    return behaviour


def load_behaviour(name_or_folder: str) -> Behaviour:
    """The behaviour beside a catalogue; raises CatalogueError where there is none, or what is wrong with it."""
    folder = get_catalogue_folder(name_or_folder)
    path = folder / BEHAVIOUR_FILE
    if not path.is_file():
        raise LaboratoryError(Message(BehaviourMessage.BEHAVIOUR_MISSING, {"name": folder.name}), where=str(folder))
    return parse_behaviour(_read_file(path), load_catalogue(folder), load_acts(), load_channels())


def _read_file(path: Path) -> StrictFile:
    return StrictFile(f"{path.parent.name}/{path.name}", path.read_text(encoding="utf-8"))
