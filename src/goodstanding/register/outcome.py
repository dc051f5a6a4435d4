"""The one way from records to effects: stated steps, intervals, effects; pure, over tables it is handed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

import pyarrow as pa

from goodstanding import standing
from goodstanding.catalogue.model import Catalogue
from goodstanding.procedure import intervals
from goodstanding.standing.evaluate import INTERVALS

RECORDS = pa.schema(
    {
        "position": pa.int64(),
        "subject_id": pa.int64(),
        "record": pa.string(),
        "source": pa.string(),
        "reference": pa.string(),
        "about": pa.string(),
        "occurred": pa.date32(),
        "fields": pa.string(),
        "published": pa.string(),
    }
)


def intervals_of(records: pa.Table, catalogue: Catalogue) -> pa.Table:
    """The intervals that the records' stated steps start, in the columns of `standing`."""
    steps = standing.stated_steps(records, catalogue)
    if steps is None:
        return INTERVALS.empty_table()
    rows = [asdict(interval) for interval in intervals(steps.to_pylist(), catalogue)]
    return pa.Table.from_pylist(rows, schema=INTERVALS)


def work_example(catalogue: Catalogue, records: list[dict[str, Any]], at: date) -> Mapping[str, dict[str, Any]]:
    """The effects at a day of one made-up subject's records, by measure: how worked examples are run."""
    table = pa.Table.from_pylist([_row(i, record) for i, record in enumerate(records, 1)], schema=RECORDS)
    points = pa.table({"subject_id": pa.array([1], pa.int64()), "day": pa.array([at], pa.date32())})
    found = standing.evaluate(table, intervals_of(table, catalogue), catalogue, points)
    return {row["measure"]: row for row in found.to_pylist()}


def _row(position: int, record: dict[str, Any]) -> dict[str, Any]:
    given = {"position": position, "subject_id": 1, "source": "example", "reference": str(position), "about": None}
    fields = json.dumps(record.get("fields", {}), default=str)
    return given | {"published": None} | record | {"fields": fields}
