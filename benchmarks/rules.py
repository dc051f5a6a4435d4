"""Rules: loading, changing and assessing catalogues, and rules worked out for many subjects beside OpenFisca."""

from __future__ import annotations

import json
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from benchmarks.harness.isolated_process import measure_call
from benchmarks.harness.registers import CATALOGUE, Registers
from benchmarks.harness.results import Bar, Outcome, Peer, Result, compute_median, time_call

if TYPE_CHECKING:
    from goodstanding.catalogue import Catalogue

LOADED, LAID, ASSESSED = Bar(1.0, most=True), Bar(50.0, most=True), Bar(1.0, most=True)
RUN_DRY, ALL_RUN_DRY, MANY = Bar(150.0, most=True), Bar(3.0, most=True), 60
WORKED_OUT = Bar(5_000_000, most=False)
SUBJECTS, SEED, ROUNDS = 1_000_000, 2015, 5
DAY = date(2015, 2, 16)
SCORES = {"hygiene": [0, 5, 10, 15, 20, 25], "structural": [0, 5, 10, 15, 20, 25], "confidence": [0, 5, 10, 20, 30]}
BANDS = [(15, 5, 5), (20, 10, 4), (30, 10, 3), (40, 15, 2), (50, 20, 1)]  # total, worst single score, rating


def run(registers: Registers) -> Iterator[Outcome]:
    """Seconds of the library's catalogues; subject-rules a second, and a rule of three variables beside OpenFisca."""
    samples = measure_call(time_library).value
    yield Result(f"loading {samples['catalogues']} catalogues", samples["load"], "s", LOADED, None, samples)
    yield Result("overlay of the slowest catalogue", max(samples["overlays"]), "ms", LAID, None, {})
    yield Result("assessing all of them", samples["assess"], "s", ASSESSED, None, {})
    yield Result("dry run of the slowest catalogue", 1000 * max(samples["dry"]), "ms", RUN_DRY, None, {})
    seconds = (samples["assess"] + sum(samples["dry"])) / samples["catalogues"]
    yield Result(f"assessing {MANY}, dry runs included", MANY * seconds, "s", ALL_RUN_DRY, None, {})
    ours, theirs = measure_call(time_rules).value, measure_call(time_openfisca).value
    values = [f"{3 * SUBJECTS / compute_median(times['seconds']):,.0f}" for times in (ours, theirs)]
    note = f"{ours['rules']} rules a subject; 3 variables each: {values[0]} against {values[1]} values/s"
    peer = Peer("OpenFisca-core, the same rule", _compute_rate(theirs, ours["rules"]))
    figure = _compute_rate(ours, ours["rules"])
    yield Result("rules worked out", figure, "subject-rules/s", WORKED_OUT, peer, ours | {"openfisca": theirs}, note)


def _compute_rate(samples: dict[str, Any], rules: int) -> float:
    return rules * SUBJECTS / compute_median(samples["seconds"])


def time_library() -> dict[str, Any]:
    """Seconds to load and to assess every catalogue for the first time, and milliseconds of an overlay of each."""
    with tempfile.TemporaryDirectory(prefix="goodstanding-cache-") as empty:
        os.environ["XDG_CACHE_HOME"] = empty  # nothing was parsed before
        return _time_library()


def _time_library() -> dict[str, Any]:
    from goodstanding.catalogue import load_library, overlay_catalogue
    from goodstanding.charter import assess

    begun = time.perf_counter()
    catalogues = load_library()
    loaded = time.perf_counter() - begun
    assessed = time_call(lambda: [assess(catalogue) for catalogue in catalogues.values()])
    dry = _time_dry_runs(list(catalogues.values()))

    def laid(version: int) -> list[float]:
        return [
            1000 * time_call(overlay_catalogue, catalogue, {"version": version}) for catalogue in catalogues.values()
        ]

    overlays = [compute_median(times) for times in zip(*map(laid, range(100, 105)), strict=True)]
    return {"catalogues": len(catalogues), "load": loaded, "assess": assessed, "dry": dry, "overlays": overlays}


def _time_dry_runs(catalogues: list[Catalogue]) -> list[float]:
    """Seconds of the first dry run of each, its feeds included, once the engine for tables is open."""
    from goodstanding.intake.mapping.feed_dry_run import list_feed_failures
    from goodstanding.register.rules.dry_run import find_failure
    from goodstanding.table_engine import open_table_engine

    open_table_engine(0).close()
    return [
        time_call(lambda catalogue=catalogue: (find_failure(catalogue), list_feed_failures(catalogue)))
        for catalogue in catalogues
    ]


def _draw_scores() -> list[dict[str, int]]:
    draw = random.Random(SEED)
    return [{name: draw.choice(values) for name, values in SCORES.items()} for _ in range(SUBJECTS)]


def time_rules() -> dict[str, Any]:
    """Seconds to work the food hygiene rating out of a million made-up findings, their fields read from JSON."""
    import pyarrow as pa

    from goodstanding import standing
    from goodstanding.catalogue import load_library
    from goodstanding.effects import RECORDS
    from goodstanding.standing.evaluation import INTERVALS

    catalogue = load_library()[CATALOGUE]
    scheme = catalogue.schemes["food-hygiene"]
    fields = [json.dumps({"status": "rated"} | scores) for scores in _draw_scores()]
    ids = pa.array(range(SUBJECTS), pa.int64())
    fixed = {"record": "inspection", "source": "x", "reference": "1", "about": "", "published": ""}
    columns = {"position": ids, "subject_id": ids, "occurred": pa.array([DAY] * SUBJECTS), "fields": pa.array(fields)}
    columns |= {name: pa.array([text] * SUBJECTS) for name, text in fixed.items()}
    records = pa.table(columns).select(RECORDS.names).cast(RECORDS)
    points = pa.table({"subject_id": ids, "day": pa.array([DAY] * SUBJECTS)})
    spent = [
        time_call(lambda: standing.evaluate(records, INTERVALS.empty_table(), catalogue, points)) for _ in range(ROUNDS)
    ]
    return {"rules": 1 + len(scheme.ungraded) + len(scheme.bands), "seconds": spent}


def time_openfisca() -> dict[str, Any]:
    """Seconds of OpenFisca-core for the same rating of the same findings: total, worst and rating."""
    import numpy as np
    from openfisca_core import entities, periods
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    place = entities.build_entity("place", "places", "A place", is_person=True)

    def variable(name: str, formula: Callable[..., Any] | None = None) -> type[Variable]:
        attributes = {"value_type": int, "entity": place, "definition_period": periods.DAY, "label": name}
        return type(name, (Variable,), attributes | ({"formula": formula} if formula else {}))

    def total(places: Any, period: Any) -> Any:
        return sum(places(name, period) for name in SCORES)

    def worst(places: Any, period: Any) -> Any:
        return np.maximum.reduce([places(name, period) for name in SCORES])

    def rating(places: Any, period: Any) -> Any:
        low, high = places("total", period), places("worst", period)
        return np.select([(low <= most) & (high <= single) for most, single, _ in BANDS], [b[2] for b in BANDS], 0)

    system = TaxBenefitSystem([place])
    for formula_variable in (
        *map(variable, SCORES),
        variable("total", total),
        variable("worst", worst),
        variable("rating", rating),
    ):
        system.add_variable(formula_variable)
    drawn = _draw_scores()
    inputs = {name: np.array([scores[name] for scores in drawn]) for name in SCORES}

    def once() -> None:
        simulation = SimulationBuilder().build_default_simulation(system, count=SUBJECTS)
        for name, values in inputs.items():
            simulation.set_input(name, DAY.isoformat(), values)
        simulation.calculate("rating", DAY.isoformat())

    return {"seconds": [time_call(once) for _ in range(ROUNDS)]}
