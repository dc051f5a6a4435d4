"""Effects of every subject at one day, reading included, beside one DuckDB query written by hand over the same read."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.harness.isolated_process import measure_call
from benchmarks.harness.registers import CATALOGUE, SQLITE, STATED, Registers, use_register
from benchmarks.harness.results import Bar, Outcome, Peer, Result, compute_median

BAR = Bar(1.0, most=True, ratio=2.5)
ROUNDS = 7
_READ = """
SELECT position, subject_id, record, source, reference, coalesce(about, '') AS about, occurred, fields,
  coalesce(published, '') AS published
FROM record
WHERE catalogue = '{catalogue}'
  AND replaced_at IS NULL
"""
_BY_HAND = """
WITH
fields AS (
  SELECT subject_id, position, occurred, nullif(published, '') AS published, from_json(fields, '{
    "status": "VARCHAR", "hygiene": "INTEGER", "structural": "INTEGER", "confidence": "INTEGER"
  }') AS f
  FROM read
  WHERE record = 'inspection'
    AND CAST(occurred AS DATE) <= DATE '{day}'
    AND CAST(occurred AS DATE) + INTERVAL 60 MONTH > DATE '{day}'
),
scores AS (
  SELECT *, f.hygiene + f.structural + f.confidence AS score, greatest(f.hygiene, f.structural, f.confidence) AS worst
  FROM fields
)
SELECT subject_id, score, position,
  CASE
    WHEN f.status IN ('exempt', 'awaiting-inspection', 'awaiting-publication') THEN NULL
    WHEN score IS NULL THEN published
    WHEN score <= 15 AND worst <= 5 THEN '5'
    WHEN score <= 20 AND worst <= 10 THEN '4'
    WHEN score <= 30 AND worst <= 10 THEN '3'
    WHEN score <= 40 AND worst <= 15 THEN '2'
    WHEN score <= 50 AND worst <= 20 THEN '1'
    ELSE '0'
  END AS grade
FROM scores
QUALIFY row_number() OVER (PARTITION BY subject_id ORDER BY occurred DESC, position DESC) = 1
"""


def run(registers: Registers) -> Iterator[Outcome]:
    """Seconds for all subjects of the register on SQLite."""
    samples = measure_effects(registers).value
    yield Result(
        f"effects of {samples['subjects']:,} subjects at one day",
        compute_median(samples["ours"]),
        "s",
        BAR,
        Peer("one query by hand, over the same read", compute_median(samples["by_hand"])),
        samples,
        f"reading alone {compute_median(samples['reading']):.2f} s",
    )


def measure_effects(registers: Registers) -> Any:
    """The measured process; run once."""
    if "effects" not in registers.measured:
        registers.measured["effects"] = measure_call(evaluate_all, registers.filled(SQLITE))
    return registers.measured["effects"]


def evaluate_all(folder: str) -> dict[str, Any]:
    """Seconds of each round: ours and by hand in turn, each with a read of its own."""
    use_register(folder)
    from goodstanding.register.rules.enacted_catalogues import get_enacted

    rules = get_enacted(CATALOGUE).catalogue
    spent: dict[str, list[float]] = {"reading": [], "ours": [], "by_hand": []}
    counted = 0
    for _ in range(ROUNDS):
        _time_into(spent["reading"], _read_records)
        counted = _time_into(spent["ours"], lambda: _evaluate_ours(rules))
        _time_into(spent["by_hand"], _evaluate_by_hand)
    return {"subjects": counted, **spent}


def _time_into(into: list[float], work: Callable[[], Any]) -> Any:
    begun = time.perf_counter()
    answer = work()
    into.append(time.perf_counter() - begun)
    return answer


def _read_records() -> Any:
    from goodstanding.effects import RECORDS
    from goodstanding.register.storage.columns import open_column_store

    with open_column_store() as store:
        return store.read(_READ.format(catalogue=CATALOGUE), RECORDS)


def _evaluate_ours(rules: Any) -> int:
    """Effects of all at one day as the register works them out; how many subjects were asked about."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from goodstanding import standing
    from goodstanding.effects import compute_intervals

    records = _read_records()
    subjects = pc.unique(records.column("subject_id"))
    points = pa.table({"subject_id": subjects, "day": pa.array([STATED] * len(subjects), pa.date32())})
    standing.evaluate(records, compute_intervals(records, rules), rules, points)
    return len(subjects)


def _evaluate_by_hand() -> int:
    import duckdb

    with duckdb.connect(config={"threads": 2, "memory_limit": "1GB"}) as duck:
        duck.register("read", _read_records())
        return int(duck.sql(_BY_HAND.replace("{day}", STATED.isoformat())).to_arrow_table().num_rows)
