"""Whether a bad grade makes the next breach likelier than the same life would have had: Rongcheng and its twins.

All arms of a life have the same candidates and are counted from the day of the first bad grade. So whoever breaches
often does so in each arm, and what is left of the ratio is the doing of the measures.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache

import numpy as np

from goodstanding.lab.acts import Acts, load_acts
from goodstanding.lab.behaviour.behaviour_file import Behaviour, load_behaviour
from goodstanding.lab.compilation.compiler import compile_scheme
from goodstanding.lab.compilation.scheme_arrays import SchemeArrays
from goodstanding.lab.experiments.setups.setup import FIXED, STRONG, Measurement, RunSize, Setup, Values
from goodstanding.lab.simulation.kernel_tables import find_breaches
from goodstanding.lab.simulation.reactions import GAIN, MEANS, MECHANISMS
from goodstanding.lab.simulation.run_counts import Mechanisms, SchemeCounts
from goodstanding.lab.simulation.runs import run
from goodstanding.lab.world import Population

CATALOGUE, PUNISHED = "rongcheng-2014", "punished"
FEEDBACK = "feedback"  # the mechanism: switched off, a grade changes nothing
BAD_GRADES, LAST_GRADE = ("C", "D"), ("D",)
LEAST_AGE = 18
TWIN: Mechanisms = ()
ARMS: tuple[Mechanisms, ...] = (MECHANISMS, (MEANS,), (GAIN,), TWIN)
STRONGEST = {"means-lost": 0.5, "elasticity": 3.0, "fear": 1.0, "from-c": 1.0}
_OF_ACTS = {"late-bills": "late-bill.rate", "arrears": "bank-arrears.rate", "tickets": "traffic-ticket.rate"}
_OF_RECORDS = {"late-bills-noticed": "records.late-bill.noticed"}


def measure_spiral(values: Values, seed: int, switch: str, size: RunSize) -> Measurement:
    """Breaches after the first bad grade, scheme over twin; on fixed lives what a study without a twin would see."""
    chosen = dict(values) | (STRONGEST if switch == STRONG else {})
    counts = run_scheme(chosen, seed, size, TWIN if switch == FEEDBACK else MECHANISMS)
    spiral = counts.estimate_spiral(counts.arms[0].mechanisms, TWIN)
    figures = {
        "ratio-low": spiral.low,
        "ratio-high": spiral.high,
        "ratio-by-means": _get_ratio(counts, (MEANS,)),
        "ratio-by-deterrence": _get_ratio(counts, (GAIN,)),
        "without-twin": _compute_naive_ratio(counts),
        "fallen": counts.fallen / counts.agents,
        "never-back": _compute_never_back(counts, counts.arms[0].mechanisms),
        "never-back-by-rule": _compute_never_back(counts, TWIN),
    }
    naive = figures["without-twin"] if switch == FIXED else spiral.value
    return Measurement(_count_as_none(naive), {name: _count_as_none(value) for name, value in figures.items()})


SPIRALS = Setup(measure_spiral)


def run_scheme(values: Values, seed: int, size: RunSize, mechanisms: Mechanisms) -> SchemeCounts:
    """Rongcheng's points over drawn adults of China, with the twin and each mechanism alone."""
    behaviour = _load_behaviour().set_values({path: values[name] for name, path in _OF_RECORDS.items()})
    scheme = _punish(compile_scheme(behaviour), behaviour.acts, values)
    population = _draw_population(size.agents).with_seed(seed)
    arms = tuple(dict.fromkeys((mechanisms, *ARMS)))
    acts = load_acts().set_values({path: values[name] for name, path in _OF_ACTS.items()})
    start = behaviour.rules.runs.from_
    return run(population, scheme, size.months, start=start, bad_grades=BAD_GRADES, arms=arms, acts=acts).schemes[0]


def _punish(scheme: SchemeArrays, acts: Acts, values: Values) -> SchemeArrays:
    """The scheme with a made-up punishment, since nobody knows what it was: less means, and more to lose."""
    measures, names = scheme.measures, scheme.origins.act_names
    row, grade_names = measures.names.index(PUNISHED), scheme.points[0].grade_names
    grades, means, gain = measures.grades.copy(), measures.means_factors.copy(), measures.gain_factors.copy()
    bad = BAD_GRADES if values["from-c"] >= 0.5 else LAST_GRADE
    grades[row, : len(grade_names)] = [grade in bad for grade in grade_names]
    factors = {MEANS: (1 - values["means-lost"]) ** -values["elasticity"], GAIN: values["fear"]}
    movers = [acts.by_name[name].moved_by for name in names]
    means[row] = [factors[MEANS] if mover == MEANS else 1.0 for mover in movers]
    gain[row] = [factors[GAIN] if mover == GAIN else 1.0 for mover in movers]
    return replace(scheme, measures=replace(measures, grades=grades, means_factors=means, gain_factors=gain))


@cache
def _load_behaviour() -> Behaviour:
    return load_behaviour(CATALOGUE)


@cache
def _draw_population(persons: int) -> Population:
    return Population.draw("china", persons=persons, least_age=LEAST_AGE)


def _get_ratio(counts: SchemeCounts, mechanisms: Mechanisms) -> float:
    return counts.estimate_spiral(mechanisms, TWIN).value


def _compute_naive_ratio(counts: SchemeCounts) -> float:
    """In the twin, so that no measure does anything: all that is left is who falls."""
    lives = next(iter(counts.lives.values()))
    return counts.compute_rate_ratio(TWIN, find_breaches(lives.scheme, counts.act_names))


def _compute_never_back(counts: SchemeCounts, mechanisms: Mechanisms) -> float:
    return 1 - counts.get_arm(mechanisms).back / counts.fallen if counts.fallen else math.nan


def _count_as_none(ratio: float) -> float:
    """Where nobody fell there is no spiral: 1."""
    return ratio if np.isfinite(ratio) else 1.0
