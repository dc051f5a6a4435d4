"""A list as a file: CSV, Parquet, JSON lines, or FollowTheMoney entities; every copy says until when it may be used."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from goodstanding.plain_text import BYTE_ORDER_MARK, quote_cell

ExportFormat = Literal["csv", "parquet", "jsonl", "ftm"]
EXPORT_FORMATS: tuple[ExportFormat, ...] = ("csv", "parquet", "jsonl", "ftm")
COLUMNS = (
    "identifier", "name", "kind", "region", "catalogue", "list", "stage", "valid_from", "valid_to", "last_day",
    "because", "as_of",
    "copy_valid_until",
)  # fmt: skip
MEDIA_TYPES = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "jsonl": "application/x-ndjson",
    "ftm": "application/x-ndjson",
}
_SCHEMATA = {"organisation": "Organization", "establishment": "Organization", "authority": "PublicBody"}


def render_list_export(entries: Iterable[dict[str, Any]], form: ExportFormat) -> bytes:
    """The entries of `copy_list` in a format. Cells that a spreadsheet would run as a formula are quoted in CSV."""
    writers: dict[ExportFormat, Callable[[Iterable[dict[str, Any]]], bytes]] = {
        "csv": _render_csv,
        "parquet": _render_parquet,
        "jsonl": _render_json_lines,
        "ftm": lambda listings: _render_json_lines(_iterate_entities(listings)),
    }
    return writers[form](entries)


def _render_csv(entries: Iterable[dict[str, Any]]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for entry in entries:
        writer.writerow([_render_cell(entry[name]) for name in COLUMNS])
    return (BYTE_ORDER_MARK + stream.getvalue()).encode()


def _render_cell(value: Any) -> str:
    return "" if value is None else quote_cell(str(value))


def _render_parquet(entries: Iterable[dict[str, Any]]) -> bytes:
    schema = pa.schema([(name, pa.string()) for name in COLUMNS])
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(list(entries), schema=schema), sink, compression="zstd")
    return sink.getvalue()


def _render_json_lines(entries: Iterable[dict[str, Any]]) -> bytes:
    return b"".join(msgspec.json.encode(entry) + b"\n" for entry in entries)


def _iterate_entities(entries: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """FollowTheMoney: the subject as an organisation, the listing as a sanction of it."""
    for entry in entries:
        organisation = {"name": [entry["name"]], "registrationNumber": [entry["identifier"]]}
        yield {"id": entry["identifier"], "schema": _SCHEMATA[entry["kind"]], "properties": organisation}
        sanction = {
            "entity": [entry["identifier"]],
            "program": [f"{entry['catalogue']}/{entry['list']}"],
            "status": [entry["stage"]],
            "startDate": [entry["valid_from"]],
            "endDate": [entry["last_day"]] if entry["last_day"] else [],
            "recordId": entry["because"].split(" "),
        }
        listing = f"{entry['identifier']}-{entry['list']}-{entry['because'].replace(' ', '-')}"
        yield {"id": listing, "schema": "Sanction", "properties": sanction}
