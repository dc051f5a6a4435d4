"""Reading back: how many events there are, events by position and kind, and many at once as columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.compute as compute
from django.db import connections

from goodstanding.errors import LedgerDiffers
from goodstanding.ledger.bulk_read import DatabaseAddress, read_table
from goodstanding.ledger.store.entries import ALIAS, LedgerEntry
from goodstanding.messages import LedgerMessage, Message

_SIZE = """
    SELECT coalesce(max(size), 0)
    FROM ledger_checkpoint"""
_READ = """
    SELECT position, recorded_at, kind, key, version, body
    FROM ledger_event
    WHERE position >= %s
      AND position < %s
    ORDER BY position"""
_OF_KINDS = """
    SELECT position, recorded_at, kind, key, version, body
    FROM ledger_event
    WHERE key IS NULL
      AND kind IN ({marks})
      AND position >= %s
      AND body IS NOT NULL
    ORDER BY position"""
_AT = """
    SELECT position, recorded_at, kind, key, version, body
    FROM ledger_event
    WHERE position IN ({marks})
    ORDER BY position"""
_ARROW = """
    SELECT position, recorded_at, kind, coalesce(body, '') AS body
    FROM ledger_event
    WHERE position >= $1
      AND position < $2
    ORDER BY position"""
_BODIES = """
    SELECT position, body
    FROM ledger_event
    WHERE position >= $1
      AND position < $2
    ORDER BY position"""
_JOINED = """
    SELECT group_concat(coalesce(body, ''), char(10))
    FROM (
      SELECT body
      FROM ledger_event
      WHERE position >= ?
        AND position < ?
      ORDER BY position
    )"""
_POSITIONS_AT_ONCE = 1_000
_LINES_AT_ONCE = 5_000  # so few that their memory is used again for the next
_TEXT = pyarrow.string()
_BODIES_SCHEMA = pyarrow.schema([("position", pyarrow.int64()), ("body", _TEXT)])
_ARROW_SCHEMA = pyarrow.schema(
    [("position", pyarrow.int64()), ("recorded_at", _TEXT), ("kind", _TEXT), ("body", _TEXT)],
)


def get_ledger_size() -> int:
    """The ledger's size: how many events it holds."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(_SIZE)
        return int(cursor.fetchone()[0])


def read_entries(since: int = 0, until: int | None = None, batch: int = 5_000) -> Iterator[LedgerEntry]:
    """The events at positions [since, until), in order, fetched `batch` at a time; all of them where until is None."""
    end = get_ledger_size() if until is None else until
    for first in range(since, end, batch):
        with connections[ALIAS].cursor() as cursor:
            cursor.execute(_READ, [first, min(first + batch, end)])
            rows = cursor.fetchall()
        yield from (LedgerEntry._make(row) for row in rows)


def list_entries_of_kinds(kinds: Sequence[str], since: int = 0) -> Iterator[LedgerEntry]:
    """The events of some kinds without a key, from a position on, but for those erased: few among many records."""
    marks = ", ".join(["%s"] * len(kinds))
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(_OF_KINDS.format(marks=marks), [*kinds, since])
        rows = cursor.fetchall()
    yield from (LedgerEntry._make(row) for row in rows)


def list_entries_at(positions: Iterable[int]) -> Iterator[LedgerEntry]:
    """The events at single positions, in order."""
    wanted = sorted(positions)
    for first in range(0, len(wanted), _POSITIONS_AT_ONCE):
        batch = wanted[first : first + _POSITIONS_AT_ONCE]
        with connections[ALIAS].cursor() as cursor:
            cursor.execute(_AT.format(marks=", ".join(["%s"] * len(batch))), batch)
            rows = cursor.fetchall()
        yield from (LedgerEntry._make(row) for row in rows)


def read_bodies_at(positions: Iterable[int]) -> pyarrow.Table:
    """The bodies at single positions, in order, as columns position and body; without those that were erased."""
    rows = [(entry.position, entry.body) for entry in list_entries_at(positions) if entry.body is not None]
    return pyarrow.table([list(column) for column in zip(*rows, strict=True)] or [[], []], schema=_BODIES_SCHEMA)


def read_arrow_table(since: int = 0, until: int | None = None) -> pyarrow.Table:
    """The events at positions [since, until) as columns position, recorded_at, kind and body (null once erased)."""
    end = get_ledger_size() if until is None else until
    with get_database_address().connect() as connection:
        table = read_table(connection, _ARROW, since, end).cast(_ARROW_SCHEMA)
    bodies = table["body"]
    return table.set_column(3, "body", compute.if_else(compute.equal(bodies, ""), None, bodies))


def read_bodies(since: int, until: int) -> pyarrow.Table:
    """The bodies at positions [since, until) as columns position and body (null once erased)."""
    with get_database_address().connect() as connection:
        if connections[ALIAS].vendor == "sqlite":
            return pyarrow.table(
                {
                    "position": pyarrow.array(range(since, until), pyarrow.int64()),
                    "body": _read_body_lines(connection, since, until),
                }
            )
        return read_table(connection, _BODIES, since, until).cast(_BODIES_SCHEMA)


def _read_body_lines(connection: Any, since: int, until: int) -> pyarrow.ChunkedArray:
    """Bodies as SQLite joins them, one a line: canonical JSON has no line break, and one text is read at once."""
    chunks = []
    connection.text_factory = bytes
    for first in range(since, until, _LINES_AT_ONCE):
        end = min(first + _LINES_AT_ONCE, until)
        (text,) = connection.execute(_JOINED, [first, end]).fetchone()
        lines = compute.split_pattern(pyarrow.array([text or b""], pyarrow.binary()).cast(_TEXT), "\n").flatten()
        chunks.append(compute.if_else(compute.equal(lines, ""), None, lines))
        if len(chunks[-1]) != end - first:
            raise LedgerDiffers(Message(LedgerMessage.EVENTS_MISSING), where=f"{first} to {end}")
    return pyarrow.chunked_array(chunks, _TEXT)


def get_database_address() -> DatabaseAddress:
    """Where the ledger's tables are, for reading past Django."""
    settings = connections[ALIAS].settings_dict
    if connections[ALIAS].vendor == "sqlite":
        return DatabaseAddress("sqlite", f"{Path(settings['NAME']).resolve().as_uri()}?mode=ro")
    from psycopg.conninfo import make_conninfo

    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    parameters = {name: settings[setting] for name, setting in named.items() if settings[setting]}
    return DatabaseAddress("postgresql", make_conninfo(**parameters, **settings["OPTIONS"]))
