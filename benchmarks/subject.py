"""One subject: its stored effects, as a page reads them, and the same explained afresh by DuckDB."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.harness.isolated_process import measure
from benchmarks.harness.registers import SQLITE, STATED, Registers, use
from benchmarks.harness.results import Bar, Outcome, Peer, Result, median, quantile

STORED, AFRESH = Bar(5.0, most=True), Bar(20.0, most=True)
SUBJECTS, SEED = 300, 2015


def run(registers: Registers) -> Iterator[Outcome]:
    """Milliseconds for one subject of the register on SQLite, the median of those drawn."""
    found = measure(of_some, registers.filled(SQLITE)).value
    rows = Peer("its rows read, nothing said about them", median(found["rows"]))
    yield Result(
        "stored effects of one subject", median(found["stored"]), "ms", STORED, rows, found, _late(found, "stored")
    )
    empty = Peer("a DuckDB connection that answers SELECT 1", median(found["connection"]))
    yield Result(
        "one subject explained afresh", median(found["afresh"]), "ms", AFRESH, empty, {}, _late(found, "afresh")
    )


def _late(found: dict[str, list[float]], name: str) -> str:
    return f"95th percentile {quantile(found[name], 0.95):.2f} ms"


def of_some(folder: str) -> dict[str, list[float]]:
    """Milliseconds of each subject drawn: stored effects, their bare rows, explained afresh, an empty connection."""
    use(folder)
    from goodstanding.register.files.effects import list_effects, recompute_effects
    from goodstanding.register.files.point_in_time import PointInTime
    from goodstanding.register.files.records import list_records
    from goodstanding.register.projection.projector import get_projected_size
    from goodstanding.register.rules.enacted_catalogues import list_enacted
    from goodstanding.register.storage.queries import fetch_rows

    moment, held = PointInTime(STATED), get_projected_size()
    ids = [row[0] for row in fetch_rows("SELECT id FROM subject ORDER BY id")]
    drawn = random.Random(SEED).sample(ids, SUBJECTS)
    spent: dict[str, list[float]] = {"rows": [], "stored": [], "connection": [], "afresh": []}
    for one in drawn:
        known = list_records(one)
        under = {record.catalogue for record in known}
        spent["rows"].append(_ms(lambda one=one: fetch_rows("SELECT * FROM effect WHERE subject_id = %s", [one])))
        spent["stored"].append(_ms(lambda one=one, known=known: list_effects(one, known, moment)))
        spent["connection"].append(_ms(_empty))
        rules = [each.catalogue for name, each in list_enacted().items() if name in under]
        spent["afresh"].append(
            _ms(lambda one=one, known=known, rules=rules: [recompute_effects(rule, one, known, held) for rule in rules])
        )
    return {name: samples[20:] for name, samples in spent.items()}


def _ms(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begun)


def _empty() -> None:
    import duckdb

    with duckdb.connect() as duck:
        duck.sql("SELECT 1").fetchall()
