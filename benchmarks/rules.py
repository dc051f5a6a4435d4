"""Rules: loading, changing and assessing catalogues, and rules worked out for many subjects beside OpenFisca."""

from __future__ import annotations

import json
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from benchmarks.harness.isolated_process import measure
from benchmarks.harness.registers import CATALOGUE, Registers
from benchmarks.harness.results import Bar, Outcome, Peer, Result, median

LOADED, LAID, ASSESSED = Bar(1.0, most=True), Bar(50.0, most=True), Bar(1.0, most=True)
WORKED_OUT = Bar(5_000_000, most=False)
SUBJECTS, SEED, ROUNDS = 1_000_000, 2015, 5
DAY = date(2015, 2, 16)
SCORES = {"hygiene": [0, 5, 10, 15, 20, 25], "structural": [0, 5, 10, 15, 20, 25], "confidence": [0, 5, 10, 20, 30]}
BANDS = [(15, 5, 5), (20, 10, 4), (30, 10, 3), (40, 15, 2), (50, 20, 1)]  # total, worst single score, rating


def run(registers: Registers) -> Iterator[Outcome]:
    """Seconds of the library's catalogues; subject-rules a second, and a rule of three variables beside OpenFisca."""
    found = measure(library).value
    yield Result(f"loading {found['catalogues']} catalogues", found["load"], "s", LOADED, None, found)
    yield Result("overlay of the slowest catalogue", max(found["overlays"]), "ms", LAID, None, {})
    yield Result("assessing all of them", found["assess"], "s", ASSESSED, None, {})
    ours, theirs = measure(worked_out).value, measure(openfisca).value
    note = f"{ours['rules']} rules a subject; 3 variables each: {3 * SUBJECTS / median(ours['seconds']):,.0f} against"
    note += f" {3 * SUBJECTS / median(theirs['seconds']):,.0f} values/s"
    peer = Peer("OpenFisca-core, the same rule", _rate(theirs, ours["rules"]))
    figure = _rate(ours, ours["rules"])
    yield Result("rules worked out", figure, "subject-rules/s", WORKED_OUT, peer, ours | {"openfisca": theirs}, note)


def _rate(found: dict[str, Any], rules: int) -> float:
    return rules * SUBJECTS / median(found["seconds"])


def _timed(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def library() -> dict[str, Any]:
    """Seconds to load and to assess every catalogue for the first time, and milliseconds of an overlay of each."""
    with tempfile.TemporaryDirectory(prefix="goodstanding-cache-") as empty:
        os.environ["XDG_CACHE_HOME"] = empty  # nothing was parsed before
        return _library()


def _library() -> dict[str, Any]:
    from goodstanding.catalogue import load_library, overlay_catalogue
    from goodstanding.charter import assess

    begun = time.perf_counter()
    held = load_library()
    loaded = time.perf_counter() - begun
    assessed = _timed(lambda: [assess(catalogue) for catalogue in held.values()])

    def laid(version: int) -> list[float]:
        return [1000 * _timed(lambda one=one: overlay_catalogue(one, {"version": version})) for one in held.values()]

    overlays = [median(each) for each in zip(*map(laid, range(100, 105)), strict=True)]
    return {"catalogues": len(held), "load": loaded, "assess": assessed, "overlays": overlays}


def _scores() -> list[dict[str, int]]:
    draw = random.Random(SEED)
    return [{name: draw.choice(values) for name, values in SCORES.items()} for _ in range(SUBJECTS)]


def worked_out() -> dict[str, Any]:
    """Seconds to work the food hygiene rating out of a million made-up findings, their fields read from JSON."""
    import pyarrow as pa

    from goodstanding import standing
    from goodstanding.catalogue import load_library
    from goodstanding.register.rules.effect_calculation import RECORDS
    from goodstanding.standing.evaluation import INTERVALS

    catalogue = load_library()[CATALOGUE]
    scheme = catalogue.schemes["food-hygiene"]
    said = [json.dumps({"status": "rated"} | scores) for scores in _scores()]
    ids = pa.array(range(SUBJECTS), pa.int64())
    fixed = {"record": "inspection", "source": "x", "reference": "1", "about": "", "published": ""}
    columns = {"position": ids, "subject_id": ids, "occurred": pa.array([DAY] * SUBJECTS), "fields": pa.array(said)}
    columns |= {name: pa.array([text] * SUBJECTS) for name, text in fixed.items()}
    records = pa.table(columns).select(RECORDS.names).cast(RECORDS)
    points = pa.table({"subject_id": ids, "day": pa.array([DAY] * SUBJECTS)})
    spent = [
        _timed(lambda: standing.evaluate(records, INTERVALS.empty_table(), catalogue, points)) for _ in range(ROUNDS)
    ]
    return {"rules": 1 + len(scheme.ungraded) + len(scheme.bands), "seconds": spent}


def openfisca() -> dict[str, Any]:
    """Seconds of OpenFisca-core for the same rating of the same findings: total, worst and rating."""
    import numpy as np
    from openfisca_core import entities, periods, simulations, taxbenefitsystems, variables

    place = entities.build_entity("place", "places", "A place", is_person=True)

    def variable(name: str, formula: Callable[..., Any] | None = None) -> type[variables.Variable]:
        made = {"value_type": int, "entity": place, "definition_period": periods.DAY, "label": name}
        return type(name, (variables.Variable,), made | ({"formula": formula} if formula else {}))

    def total(places: Any, period: Any) -> Any:
        return sum(places(name, period) for name in SCORES)

    def worst(places: Any, period: Any) -> Any:
        return np.maximum.reduce([places(name, period) for name in SCORES])

    def rating(places: Any, period: Any) -> Any:
        low, high = places("total", period), places("worst", period)
        return np.select([(low <= most) & (high <= single) for most, single, _ in BANDS], [b[2] for b in BANDS], 0)

    system = taxbenefitsystems.TaxBenefitSystem([place])
    for made in (
        *map(variable, SCORES),
        variable("total", total),
        variable("worst", worst),
        variable("rating", rating),
    ):
        system.add_variable(made)
    drawn = _scores()
    inputs = {name: np.array([scores[name] for scores in drawn]) for name in SCORES}

    def once() -> None:
        simulation = simulations.SimulationBuilder().build_default_simulation(system, count=SUBJECTS)
        for name, values in inputs.items():
            simulation.set_input(name, DAY.isoformat(), values)
        simulation.calculate("rating", DAY.isoformat())

    return {"seconds": [_timed(once) for _ in range(ROUNDS)]}
