"""A list as a file: CSV, Parquet, JSON lines, or FollowTheMoney entities; every copy says until when it may be used."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

Format = Literal["csv", "parquet", "jsonl", "ftm"]
FORMATS: tuple[Format, ...] = ("csv", "parquet", "jsonl", "ftm")
COLUMNS = (
    "identifier", "name", "kind", "region", "catalogue", "list", "stage", "valid_from", "valid_to", "because", "as_of",
    "copy_valid_until",
)  # fmt: skip
TYPES = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "jsonl": "application/x-ndjson",
    "ftm": "application/x-ndjson",
}
_SCHEMATA = {"organisation": "Organization", "establishment": "Organization", "authority": "PublicBody"}


def written(entries: Iterable[dict[str, Any]], form: Format) -> bytes:
    """The entries of `lists.copy` in a format. Cells that a spreadsheet would run as a formula are quoted in CSV."""
    writers: dict[Format, Callable[[Iterable[dict[str, Any]]], bytes]] = {
        "csv": _csv,
        "parquet": _parquet,
        "jsonl": _lines,
        "ftm": lambda them: _lines(_entities(them)),
    }
    return writers[form](entries)


def _csv(entries: Iterable[dict[str, Any]]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for entry in entries:
        writer.writerow([_cell(entry[name]) for name in COLUMNS])
    return stream.getvalue().encode()


def _cell(value: Any) -> str:
    text = "" if value is None else str(value)
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _parquet(entries: Iterable[dict[str, Any]]) -> bytes:
    schema = pa.schema([(name, pa.string()) for name in COLUMNS])
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(list(entries), schema=schema), sink, compression="zstd")
    return sink.getvalue()


def _lines(entries: Iterable[dict[str, Any]]) -> bytes:
    return b"".join(msgspec.json.encode(entry) + b"\n" for entry in entries)


def _entities(entries: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """FollowTheMoney: the subject as an organisation, the listing as a sanction of it."""
    for entry in entries:
        who = {"name": [entry["name"]], "registrationNumber": [entry["identifier"]]}
        yield {"id": entry["identifier"], "schema": _SCHEMATA[entry["kind"]], "properties": who}
        said = {
            "entity": [entry["identifier"]],
            "program": [f"{entry['catalogue']}/{entry['list']}"],
            "status": [entry["stage"]],
            "startDate": [entry["valid_from"]],
            "endDate": [entry["valid_to"]] if entry["valid_to"] else [],
            "recordId": entry["because"].split(" "),
        }
        listing = f"{entry['identifier']}-{entry['list']}-{entry['because'].replace(' ', '-')}"
        yield {"id": listing, "schema": "Sanction", "properties": said}
