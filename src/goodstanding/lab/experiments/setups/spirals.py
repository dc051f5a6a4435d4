"""Whether a bad grade makes the next breach likelier than the same life would have had: schemes and their twins.

All arms of a life have the same candidates and are counted from the day of the first bad grade. So whoever breaches
often does so in each arm, and what is left of the ratio is the doing of the measures. Under which catalogues is said
in the experiment's file; the claim holds at a point where it does under one of them, so the greatest counts. Those of
which the direction was put in stand beside them and decide nothing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache

from goodstanding.lab.acts import AgentKind
from goodstanding.lab.behaviour.behaviour_file import Behaviour, load_behaviour
from goodstanding.lab.compilation.behaviour_origins import list_origins
from goodstanding.lab.compilation.breaches import find_breaches
from goodstanding.lab.compilation.compiler import list_variants
from goodstanding.lab.experiments.experiment_file import TriedScheme, get_experiment
from goodstanding.lab.experiments.setups.punishments import list_acts_of, punish
from goodstanding.lab.experiments.setups.setup import (
    FIXED,
    MEASURE,
    STRONG,
    Figures,
    Measurement,
    RunSize,
    Setup,
    Values,
    list_estimate_figures,
)
from goodstanding.lab.simulation.agreement import check_lives
from goodstanding.lab.simulation.reactions import GAIN, MEANS, MECHANISMS
from goodstanding.lab.simulation.run_counts import Mechanisms, Run, SchemeCounts
from goodstanding.lab.simulation.runs import run
from goodstanding.lab.statistics.intervals import Estimate
from goodstanding.lab.world import Population

EXPERIMENT = "downward-spiral"
FEEDBACK = "feedback"  # the mechanism: switched off, a grade changes nothing
TWIN: Mechanisms = ()
APART: Mapping[str, Mechanisms] = {"by-means": (MEANS,), "by-deterrence": (GAIN,)}
STRONGEST = {"means-lost": 0.5, "surcharge": 0.05, "elasticity": 3.0, "saving": 3.0, "fear": 1.0, "from-c": 1.0}
CHECKED_LIVES = 10


def measure_spirals(values: Values, seed: int, switch: str, size: RunSize) -> Measurement:
    """Breaches after the first bad grade or listing, scheme over twin, under each scheme, and the greatest that counts.

    On fixed lives it is what a study without a twin would see.
    """
    chosen, schemes = dict(values) | (STRONGEST if switch == STRONG else {}), list_schemes(size.brief)
    figures = {name: _measure_scheme(scheme, chosen, seed, switch, size) for name, scheme in schemes.items()}
    flat = {f"{name}{key}": value for name, of_scheme in figures.items() for key, value in of_scheme.items()}
    deciding = [figures[name] for name in list_schemes(brief=True)]
    joined = {key: max(of_scheme[key] for of_scheme in deciding) for key in ("", "-low", "-high")}
    return Measurement(joined[""], {**flat, f"{MEASURE}-low": joined["-low"], f"{MEASURE}-high": joined["-high"]})


def describe_spirals(values: Values, seed: int, size: RunSize) -> Figures:
    """What is left of the ratio under each scheme where only means act, and where only deterrence does."""
    estimates = dict[str, Estimate]()
    for name, scheme in list_schemes(size.brief).items():
        counts = run_scheme(scheme, values, seed, size, (MECHANISMS, *APART.values(), TWIN)).schemes[0]
        apart = {key: counts.estimate_spiral(mechanisms, TWIN) for key, mechanisms in APART.items()}
        estimates |= {f"{name}-{key}": estimate for key, estimate in apart.items()}
    return list_estimate_figures(estimates)


def check_spirals(values: Values, seed: int, size: RunSize) -> None:
    """Asks the rules about a few lives under each scheme; raises LaboratoryError on one difference.

    The rules punish from the last grade on, so they are asked about that reading of them.
    """
    for scheme in list_schemes(size.brief).values():
        behaviour = _load_behaviour(scheme.catalogue)
        lived = run_scheme(scheme, dict(values) | {"from-c": 0.0}, seed, size, (MECHANISMS,))
        variants = list_variants(behaviour, list_origins(behaviour))
        check_lives(lived, scheme.catalogue, behaviour.catalogue, variants, CHECKED_LIVES)


def list_schemes(brief: bool = False) -> Mapping[str, TriedScheme]:
    """The catalogues under which the claim is tried; in brief, those that decide."""
    return get_experiment(EXPERIMENT).list_schemes(brief)


def _measure_scheme(scheme: TriedScheme, values: Values, seed: int, switch: str, size: RunSize) -> Figures:
    """The ratio under the empty name, the ends of its interval, and what it is made of.

    Where nobody fell it stands at 1 with an interval that says nothing.
    """
    mechanisms = TWIN if switch == FEEDBACK else MECHANISMS
    counts = run_scheme(scheme, values, seed, size, tuple(dict.fromkeys((mechanisms, TWIN)))).schemes[0]
    spiral, naive = counts.estimate_spiral(mechanisms, TWIN), _compute_naive_ratio(counts)
    ends = (naive, naive, naive) if switch == FIXED else (spiral.value, spiral.low, spiral.high)
    figures = {
        **dict(zip(("", "-low", "-high"), ends, strict=True)),
        "-without-twin": naive,
        "-fallen": counts.fallen / counts.agents,
        "-never-back": _compute_never_back(counts, mechanisms),
        "-never-back-by-rule": _compute_never_back(counts, TWIN),
    }
    return {name: 1.0 if math.isnan(value) else value for name, value in figures.items()}


def run_scheme(scheme: TriedScheme, values: Values, seed: int, size: RunSize, arms: tuple[Mechanisms, ...]) -> Run:
    """Lives under a catalogue, with these mechanisms at work; falls are those of the first arm."""
    behaviour = _load_behaviour(scheme.catalogue)
    population = _draw_population(scheme.catalogue, scheme.who, size.agents).with_seed(seed)
    return run(
        population, punish(behaviour, values, scheme.without), size.months, start=behaviour.rules.runs.from_,
        bad_grades=scheme.bad, bad_lists=scheme.bad_lists, arms=arms, acts=list_acts_of(values),
    )  # fmt: skip


@cache
def _load_behaviour(catalogue: str) -> Behaviour:
    return load_behaviour(catalogue)


@cache
def _draw_population(catalogue: str, who: AgentKind, size: int) -> Population:
    drawn = _load_behaviour(catalogue).rules.population
    persons, firms = (size, 0) if who == "person" else (0, size)
    return Population.draw(drawn.draw, persons=persons, firms=firms, least_age=drawn.least_age, part=drawn.part)


def _compute_naive_ratio(counts: SchemeCounts) -> float:
    """In the twin, so that no measure does anything: all that is left is who falls."""
    lives = next(iter(counts.lives.values()))
    return counts.compute_rate_ratio(TWIN, find_breaches(lives.scheme, counts.act_names))


def _compute_never_back(counts: SchemeCounts, mechanisms: Mechanisms) -> float:
    return 1 - counts.get_arm(mechanisms).back / counts.fallen if counts.fallen else math.nan


SPIRALS = Setup(
    measure_spirals,
    describe_spirals,
    catalogues=tuple(dict.fromkeys(scheme.catalogue for scheme in list_schemes().values())),
    check=check_spirals,
)
