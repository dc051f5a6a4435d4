"""Small catalogues for tests: a few lines of rules, records as tuples, and what follows from them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from goodstanding import standing
from goodstanding.catalogue import Catalogue, load_files
from goodstanding.effects import RECORDS, compute_intervals
from goodstanding.errors import CatalogueError

HEAD = """\
catalogue: tiny
version: 1
mode: {mode}
title: Tiny
summary: Rules for one test.
in_force: 2020-01-01
subjects: [organisation]
"""
INSTRUMENTS = """\
act:
  title: The Act
  jurisdiction: Nowhere
  in_force: 2019-07-01
  articles: {"1": {title: All}}
"""
StatedRecord = tuple[str, str, dict[str, Any]]


def build_catalogue_texts(rules: str, mode: str = "live") -> dict[str, str]:
    """The files of a catalogue with these rules; ON stands for the basis of a rule."""
    text = HEAD.format(mode=mode) + rules.replace("ON", "basis: act art. 1")
    return {"catalogue.yaml": text, "instruments.yaml": INSTRUMENTS}


def make_catalogue(rules: str, mode: str = "live") -> Catalogue:
    """The catalogue with these rules."""
    return load_files(build_catalogue_texts(rules, mode))


def get_refusal(rules: str, mode: str = "live") -> CatalogueError:
    """The error with which these rules are refused."""
    with pytest.raises(CatalogueError) as caught:
        make_catalogue(rules, mode)
    return caught.value


def locate_line(rules: str, needle: str) -> str:
    """Where a text first stands in the rules, as an error begins to name it."""
    text = build_catalogue_texts(rules)["catalogue.yaml"]
    return f"catalogue.yaml, line {text[: text.index(needle.replace('ON', 'basis: act art. 1'))].count(chr(10)) + 1} "


def build_record_table(records: list[StatedRecord]) -> pa.Table:
    """Records of subject 1, each a type, a day and its fields; `about` and `published` are taken out of the fields."""
    rows = []
    for position, (record, occurred, stated) in enumerate(records, 1):
        carried = {key: stated.get(key) for key in ("about", "published")}
        fields = json.dumps({key: value for key, value in stated.items() if key not in carried})
        row = {"position": position, "subject_id": 1, "record": record, "source": "s", "reference": str(position)}
        rows.append(row | carried | {"occurred": date.fromisoformat(occurred), "fields": fields})
    return pa.Table.from_pylist(rows, schema=RECORDS)


def compute_effects_on(catalogue: Catalogue, records: list[StatedRecord], day: str) -> dict[str, dict[str, Any]]:
    """The effects at a day, by measure; of several of one measure the last."""
    stated = build_record_table(records)
    points = pa.table({"subject_id": pa.array([1], pa.int64()), "day": pa.array([date.fromisoformat(day)])})
    effects = standing.evaluate(stated, compute_intervals(stated, catalogue), catalogue, points)
    return {row["measure"]: row for row in effects.to_pylist()}


def list_intervals(catalogue: Catalogue, records: list[StatedRecord], measure: str) -> list[tuple[Any, ...]]:
    """The stretches of one measure: from, to, value, score, because, why."""
    stated = build_record_table(records)
    rows = standing.compute_effects(stated, compute_intervals(stated, catalogue), catalogue).to_pylist()
    names = ("valid_from", "valid_to", "value", "score", "because", "why")
    days = [tuple(str(row[name]) if name.startswith("valid") else row[name] for name in names) for row in rows]
    return sorted(stretch for stretch, row in zip(days, rows, strict=True) if row["measure"] == measure)
