"""One subject: its stored effects, as a page reads them, and the same explained afresh by DuckDB."""

from __future__ import annotations

import random
from collections.abc import Iterator

from benchmarks.harness.isolated_process import measure_call
from benchmarks.harness.registers import SQLITE, STATED, Registers, use_register
from benchmarks.harness.results import Bar, Outcome, Peer, Result, compute_median, compute_quantile, time_call

STORED, AFRESH = Bar(5.0, most=True), Bar(20.0, most=True)
SUBJECTS, SEED = 300, 2015


def run(registers: Registers) -> Iterator[Outcome]:
    """Milliseconds for one subject of the register on SQLite, the median of those drawn."""
    samples = measure_call(time_subjects, registers.filled(SQLITE)).value
    rows = Peer("its rows read, nothing said about them", compute_median(samples["rows"]))
    yield Result(
        "stored effects of one subject",
        compute_median(samples["stored"]),
        "ms",
        STORED,
        rows,
        samples,
        _describe_late(samples, "stored"),
    )
    empty = Peer("a DuckDB connection that answers SELECT 1", compute_median(samples["connection"]))
    yield Result(
        "one subject explained afresh",
        compute_median(samples["afresh"]),
        "ms",
        AFRESH,
        empty,
        {},
        _describe_late(samples, "afresh"),
    )


def _describe_late(samples: dict[str, list[float]], name: str) -> str:
    return f"95th percentile {compute_quantile(samples[name], 0.95):.2f} ms"


def time_subjects(folder: str) -> dict[str, list[float]]:
    """Milliseconds of each subject drawn: stored effects, their bare rows, explained afresh, an empty connection."""
    use_register(folder)
    from goodstanding.register.files.effects import list_effects, recompute_effects
    from goodstanding.register.files.point_in_time import PointInTime
    from goodstanding.register.files.records import list_records
    from goodstanding.register.projection.projector import get_projected_size
    from goodstanding.register.rules.enacted_catalogues import list_rule_versions
    from goodstanding.register.storage.queries import fetch_rows

    moment, size = PointInTime(STATED), get_projected_size()
    ids = [row[0] for row in fetch_rows("SELECT id FROM subject ORDER BY id")]
    drawn = random.Random(SEED).sample(ids, SUBJECTS)
    spent: dict[str, list[float]] = {"rows": [], "stored": [], "connection": [], "afresh": []}
    for subject_id in drawn:
        records = list_records(subject_id)
        under = {record.catalogue for record in records}
        spent["rows"].append(time_call(fetch_rows, "SELECT * FROM effect WHERE subject_id = %s", [subject_id]))
        spent["stored"].append(time_call(list_effects, subject_id, records, moment))
        spent["connection"].append(time_call(_open_duckdb))
        rules = [versions for name, versions in list_rule_versions().items() if name in under]
        spent["afresh"].append(sum(time_call(recompute_effects, rule, subject_id, records, size) for rule in rules))
    return {name: [1000 * seconds for seconds in samples[20:]] for name, samples in spent.items()}


def _open_duckdb() -> None:
    import duckdb

    with duckdb.connect() as duck:
        duck.sql("SELECT 1").fetchall()
