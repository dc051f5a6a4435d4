"""Whole lists as files: CSV (RFC 4180), Parquet, JSON lines, and FollowTheMoney entities, one JSON object a line."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as parquet

Row = dict[str, Any]
TITLES = {"csv": "CSV", "parquet": "Parquet", "jsonl": "JSON lines", "ftm": "FollowTheMoney"}
ENDINGS = {"csv": "csv", "parquet": "parquet", "jsonl": "jsonl", "ftm": "ftm.jsonl"}
TYPES = {
    "csv": "text/csv; charset=utf-8; header=present",
    "parquet": "application/vnd.apache.parquet",
    "jsonl": "application/jsonl",
    "ftm": "application/jsonl",
}
COLUMNS = (
    "identifier", "name", "kind", "region", "catalogue", "list", "stage", "valid_from", "valid_to", "because",
    "as_of", "copy_valid_until",
)  # fmt: skip


def written(form: str, entries: Iterable[Row]) -> bytes:
    """The entries of a list (see `register.lists.copy`) in one of the forms of `TITLES`."""
    ways: dict[str, Callable[[Iterable[Row]], bytes]] = {
        "csv": _csv,
        "parquet": _parquet,
        "jsonl": _lines,
        "ftm": lambda rows: _lines(entity for row in rows for entity in follow_the_money(row)),
    }
    return ways[form](entries)


def _csv(entries: Iterable[Row]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(entries)
    return text.getvalue().encode()


def _parquet(entries: Iterable[Row]) -> bytes:
    table = pa.Table.from_pylist(list(entries), schema=pa.schema([(name, pa.string()) for name in COLUMNS]))
    sink = io.BytesIO()
    parquet.write_table(table, sink, compression="zstd")
    return sink.getvalue()


def _lines(entries: Iterable[Any]) -> bytes:
    return msgspec.json.Encoder().encode_lines(list(entries))


def follow_the_money(row: Row) -> Iterator[dict[str, Any]]:
    """A listing as two FollowTheMoney entities: the organisation, and the listing as a Sanction of it."""
    who = _id("subject", row["identifier"])
    yield {
        "id": who,
        "schema": "Organization",
        "properties": {"name": [row["name"]], "idNumber": [row["identifier"]], "topics": ["reg.action"]},
    }
    stated = {
        "entity": [who],
        "program": [f"{row['catalogue']}/{row['list']}"],
        "status": [row["stage"]],
        "startDate": [row["valid_from"]],
        "endDate": [row["valid_to"]] if row["valid_to"] else [],
        "modifiedAt": [row["as_of"]],
        "recordId": row["because"].split(),
        "summary": [f"This copy may be used until {row['copy_valid_until']}."],
    }
    listing = _id("listing", row["catalogue"], row["list"], row["identifier"], row["because"])
    yield {"id": listing, "schema": "Sanction", "properties": {key: value for key, value in stated.items() if value}}


def _id(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:40]
