"""The one way from records to effects: stated steps, intervals, effects; pure, over tables it is handed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

import pyarrow as pa

from goodstanding import standing
from goodstanding.catalogue.examples import ExampleQuestion
from goodstanding.catalogue.model import Catalogue
from goodstanding.charter.catalogue_queries import list_honour_cases
from goodstanding.procedure import list_intervals
from goodstanding.standing.evaluation import INTERVALS

MOST_RECORDS = 1_000_000  # of one made-up subject
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


def compute_intervals(records: pa.Table, catalogue: Catalogue) -> pa.Table:
    """The intervals that the records' stated steps start, in the columns of `standing`."""
    steps = standing.compute_stated_steps(records, catalogue)
    if steps is None:
        return INTERVALS.empty_table()
    rows = [asdict(interval) for interval in list_intervals(steps.to_pylist(), catalogue, list_honour_cases(catalogue))]
    return pa.Table.from_pylist(rows, schema=INTERVALS)


def compute_example(catalogue: Catalogue, records: list[dict[str, Any]], at: date) -> Mapping[str, dict[str, Any]]:
    """The effects at a day of one made-up subject's records, by measure."""
    return compute_examples(catalogue, [(records, at)])[0]


def compute_examples(catalogue: Catalogue, questions: list[ExampleQuestion]) -> list[Mapping[str, dict[str, Any]]]:
    """The effects of many made-up subjects, each at its day, in one go; `because` counts each one's records from 1."""
    rows = [
        _build_row(subject_id, i, record)
        for subject_id, (records, _) in enumerate(questions)
        for i, record in enumerate(records, 1)
    ]
    table = pa.Table.from_pylist(rows, schema=RECORDS)
    points = pa.table(
        {
            "subject_id": pa.array(range(len(questions)), pa.int64()),
            "day": pa.array([at for _, at in questions], pa.date32()),
        }
    )
    effects: list[dict[str, dict[str, Any]]] = [{} for _ in questions]
    for row in standing.evaluate(table, compute_intervals(table, catalogue), catalogue, points).to_pylist():
        because = [position - row["subject_id"] * MOST_RECORDS for position in row["because"]]
        effects[row["subject_id"]][row["measure"]] = row | {"subject_id": 1, "because": because}
    return list(effects)


def _build_row(subject_id: int, number: int, record: dict[str, Any]) -> dict[str, Any]:
    defaults = {
        "position": subject_id * MOST_RECORDS + number,
        "subject_id": subject_id,
        "source": "example",
        "about": None,
    }
    fields = json.dumps(record.get("fields", {}), default=str)
    return defaults | {"reference": str(number), "published": None} | record | {"fields": fields}
