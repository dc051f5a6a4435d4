"""What a bad grade costs and how it deters, as parameters of an experiment have it, in a catalogue's measures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from goodstanding.lab.acts import Acts, load_acts
from goodstanding.lab.behaviour.behaviour_file import Behaviour
from goodstanding.lab.compilation.compiler import compile_scheme
from goodstanding.lab.compilation.scheme_arrays import MeasureArrays, SchemeArrays
from goodstanding.lab.experiments.setups.setup import Values
from goodstanding.lab.parameters import Parameter
from goodstanding.lab.simulation.reactions import GAIN, MEANS

Factors = NDArray[np.float64]
RONGCHENG, JIANGSU = "rongcheng-2014", "cn-environment-12-surcharges"
PUNISHED, EMISSION = "punished", "excess-emission"
FROM_C, FROM_D = ("C", "D"), ("D",)
_SURCHARGES_AT_ONCE = 2  # for power and for sewage, each with its part of the deterrence
_OF_ACTS = {"late-bills": "late-bill.rate", "arrears": "bank-arrears.rate", "tickets": "traffic-ticket.rate"}
_OF_RECORDS = {
    RONGCHENG: {"late-bills-noticed": "records.late-bill.noticed"},
    JIANGSU: {"emissions-noticed": "records.excess-emission.noticed"},
}


@dataclass(frozen=True, slots=True)
class _Effects:
    """What measures do, open to change: at which grades, times how many acts of need and of gain."""

    grades: NDArray[np.bool_]
    means: Factors
    gain: Factors


def list_acts_of(values: Values) -> Acts:
    """The acts with an experiment's rates; firms that are graded for their emissions emit more often than all firms."""
    acts = load_acts().set_values({path: values[name] for name, path in _OF_ACTS.items()})
    emission = acts.by_name[EMISSION]
    often = values["emissions"]
    rate = Parameter(value=often, range=(often, often), unit=emission.rate.unit, assumption="of firms that are graded")
    return Acts({**acts.by_name, EMISSION: emission.model_copy(update={"rate": rate})}, acts.file)


def punish(behaviour: Behaviour, values: Values, without: Iterable[str] = ()) -> SchemeArrays:
    """The compiled catalogue, its measures as the parameters have them; those in `without` do nothing.

    Where the parameters say nothing of a catalogue's measures, they do what their channels say.
    """
    catalogue = behaviour.catalogue.name
    moved = {path: values[name] for name, path in _OF_RECORDS.get(catalogue, {}).items()}
    scheme = compile_scheme(behaviour.set_values(moved))
    measures = scheme.measures
    effects = _Effects(measures.grades.copy(), measures.means_factors.copy(), measures.gain_factors.copy())
    if catalogue in _PUNISHMENTS:
        _PUNISHMENTS[catalogue](scheme, behaviour, values, effects)
    rows = [measures.names.index(name) for name in without]
    effects.means[rows] = effects.gain[rows] = 1.0
    changed = replace(measures, grades=effects.grades, means_factors=effects.means, gain_factors=effects.gain)
    return replace(scheme, measures=changed)


def _punish_by_hand(scheme: SchemeArrays, behaviour: Behaviour, values: Values, effects: _Effects) -> None:
    """Rongcheng's punishment is made up, since nobody knows what it was: less means, and more to lose."""
    row, grade_names = scheme.measures.names.index(PUNISHED), scheme.points[0].grade_names
    bad = FROM_C if values["from-c"] >= 0.5 else FROM_D
    effects.grades[row, : len(grade_names)] = [grade in bad for grade in grade_names]
    effects.means[row] = _choose(behaviour, MEANS, (1 - values["means-lost"]) ** -values["elasticity"])
    effects.gain[row] = _choose(behaviour, GAIN, values["fear"])


def _charge_more(scheme: SchemeArrays, behaviour: Behaviour, values: Values, effects: _Effects) -> None:
    """Jiangsu's surcharges cost means, by as much for each as the behaviour says; who has less saves on cleaning."""
    for row in _list_restrictions(scheme.measures, behaviour):
        cost = values["surcharge"] * _get_strength(behaviour, scheme.measures.names[row])
        effects.means[row] = _choose(behaviour, GAIN, (1 - cost) ** -values["saving"])
        effects.gain[row] = _choose(behaviour, GAIN, values["fear"] ** (1 / _SURCHARGES_AT_ONCE))


def _list_restrictions(measures: MeasureArrays, behaviour: Behaviour) -> list[int]:
    kinds = [behaviour.catalogue.measures[name].kind for name in measures.names]
    return [row for row, kind in enumerate(kinds) if kind == "restriction"]


def _get_strength(behaviour: Behaviour, measure: str) -> float:
    departure = behaviour.rules.measures.get(measure)
    return departure.strength.value if departure and departure.strength else 1.0


def _choose(behaviour: Behaviour, mover: str, factor: float) -> list[float]:
    """The factor for each act that is moved by this, and 1 for the others."""
    return [factor if act.moved_by == mover else 1.0 for act in behaviour.acts.by_name.values()]


_PUNISHMENTS: Mapping[str, Callable[[SchemeArrays, Behaviour, Values, _Effects], None]] = {
    RONGCHENG: _punish_by_hand,
    JIANGSU: _charge_more,
}
