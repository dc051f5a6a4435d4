"""Measures as arrays: what each rests on, for which variants it follows, and what its channel does to each act."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from goodstanding import standing
from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.procedures import Measure
from goodstanding.charter.burdens.adverse_measures import determine_weight, is_list_of_honours
from goodstanding.effects import compute_intervals
from goodstanding.lab.behaviour.behaviour_file import Behaviour
from goodstanding.lab.channels import ChannelEffect
from goodstanding.lab.compilation.answers.probe_records import ProbeTable
from goodstanding.lab.compilation.array_types import NONE, Truths
from goodstanding.lab.compilation.array_values import make_grade_rows, make_indexes, make_truths
from goodstanding.lab.compilation.rule_refusals import refuse_rule
from goodstanding.lab.compilation.scheme_arrays import MeasureArrays
from goodstanding.messages import BehaviourMessage, Message


def ask_measures(catalogue: Catalogue, table: ProbeTable) -> Truths:
    """Whether each measure follows from each variant, as the rules say of its record alone; a row for each measure."""
    pairs = _ask(catalogue, table) if any(measure.when for measure in catalogue.measures.values()) else set()
    return make_truths(
        [
            (name, place) in pairs if measure.when else variant.record in catalogue.resting_on(measure)
            for place, variant in enumerate(table.variants)
        ]
        for name, measure in catalogue.measures.items()
    ).reshape(len(catalogue.measures), len(table.variants))


def _ask(catalogue: Catalogue, table: ProbeTable) -> set[tuple[str, int]]:
    """The measures that follow from a variant's record at some time; raises LaboratoryError for points."""
    for name, measure in catalogue.measures.items():
        if measure.when and measure.scheme and catalogue.schemes[measure.scheme].kind == "points":
            reason = Message(BehaviourMessage.SCHEME_WITH_CONDITIONS)
            raise refuse_rule(catalogue, ("measures", name, "when"), reason)
    intervals = compute_intervals(table.records, catalogue)
    effects = standing.compute_effects(table.records, intervals, catalogue).to_pylist()
    return {
        (row["measure"], table.by_position[position].variant)
        for row in effects
        for position in row["because"]
        if position in table.by_position
    }


def build_measure_arrays(behaviour: Behaviour, holds: Truths) -> MeasureArrays:
    """The measures of a catalogue, with the effect of each by the channels and departures of its behaviour."""
    catalogue, channels = behaviour.catalogue, behaviour.channels
    names, schemes, lists = list(catalogue.measures), list(catalogue.schemes), list(catalogue.lists)
    measures = list(catalogue.measures.values())
    keys = [_find_channel(behaviour, name) for name in names]
    effects = [channels.by_name[key] if key else None for key in keys]
    changes = [_find_change(behaviour, name, effect) for name, effect in zip(names, effects, strict=True)]
    channel_names = list(channels.by_name)
    return MeasureArrays(
        names=tuple(names),
        scheme_names=tuple(schemes),
        channel_names=tuple(channel_names),
        schemes=make_indexes(schemes.index(measure.scheme) if measure.scheme else NONE for measure in measures),
        grades=make_grade_rows(catalogue, [(measure.scheme, measure.grades) for measure in measures]),
        lists=make_indexes(lists.index(measure.list) if measure.list else NONE for measure in measures),
        channels=make_indexes(channel_names.index(key) if key else NONE for key in keys),
        holds=holds,
        means_factors=_build_means_factors(behaviour, changes),
        gain_factors=_build_gain_factors(behaviour, names, effects),
        means_changes=np.array(changes, np.float64),
        is_adverse=make_truths(_is_adverse(catalogue, measure) for measure in measures),
    )


def _is_adverse(catalogue: Catalogue, measure: Measure) -> bool:
    """Whether a measure takes something away or shows it to others, as the charter weighs it; praise does not."""
    if measure.kind == "benefit" or determine_weight(catalogue, measure) == "none":
        return False
    return not (measure.kind == "publication" and _is_praise(catalogue, measure))


def _is_praise(catalogue: Catalogue, measure: Measure) -> bool:
    """Whether it rests on nothing but a scheme's best grade, or on a list of honours."""
    if measure.scheme:
        return set(measure.grades) <= {catalogue.schemes[measure.scheme].bands[0].grade}
    return measure.list is not None and is_list_of_honours(catalogue, measure.list)


def _find_channel(behaviour: Behaviour, name: str) -> str | None:
    """The channel of a measure's field and kind; None where there is none, or the behaviour says so."""
    measure, departure = behaviour.catalogue.measures[name], behaviour.rules.measures.get(name)
    if departure and departure.channel:
        return None
    key = f"{measure.field}/{measure.kind}"
    return key if key in behaviour.channels.by_name else None


def _find_strength(behaviour: Behaviour, name: str) -> float:
    departure = behaviour.rules.measures.get(name)
    return departure.strength.value if departure and departure.strength else 1.0


def _find_change(behaviour: Behaviour, name: str, effect: ChannelEffect | None) -> float:
    return effect.means_change * _find_strength(behaviour, name) if effect else 0.0


def _build_means_factors(behaviour: Behaviour, changes: list[float]) -> NDArray[np.float64]:
    acts = behaviour.acts.by_name.values()
    rows = [[behaviour.channels.compute_means_factor(change, act) for act in acts] for change in changes]
    return np.array(rows, np.float64).reshape(len(changes), len(acts))


def _build_gain_factors(
    behaviour: Behaviour, names: list[str], effects: list[ChannelEffect | None]
) -> NDArray[np.float64]:
    acts = behaviour.acts.by_name.items()
    rows = [
        [
            effect.compute_gain_factor(act_name, act) ** _find_strength(behaviour, name) if effect else 1.0
            for act_name, act in acts
        ]
        for name, effect in zip(names, effects, strict=True)
    ]
    return np.array(rows, np.float64).reshape(len(names), len(acts))
