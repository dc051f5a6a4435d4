"""The limit of an ingest: the very rows it produced, written into identical empty tables and nothing worked out.

The rows are read back from a filled register before the clock starts. The tables are those of a new register, with the
same keys, indexes and search index, emptied. Both files (or schemas) are committed after every 10,000 ledger positions,
as the ingest commits its ledger, and as durably; subjects, identifiers, records and effects go with the positions that
opened or made them. SQLite is written by `executemany`, PostgreSQL by binary COPY of what COPY gave.
"""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.harness.registers import make_register

CHUNK = 10_000


@dataclass(frozen=True, slots=True)
class Table:
    """A table, the column by which its rows go with ledger positions, and which database holds it."""

    name: str
    by: str
    columns: str
    ledger: bool = False

    def select(self, since: int, until: int) -> str:
        """The rows that go with positions [since, until)."""
        first = "" if since else f" OR {self.by} < 0"
        return f"SELECT {self.columns} FROM {self.name} WHERE {self.by} >= {since} AND {self.by} < {until}{first}"


_EFFECT = "subject_id, catalogue, version, measure, kind, audience, value, score, valid_from, valid_to, because, why"
_EVENT = "position, recorded_at, kind, key, version, digest, body, salt, commitment"
_RECORD = (
    "position, subject_id, event, catalogue, record, source, reference, version, about, occurred, stated, fields,"
    " published, feed, row, replaced_at"
)
_SUBJECT = "id, kind, name, names, searchable, region, sector"
TABLES = (
    Table("ledger_event", "position", _EVENT, ledger=True),
    Table("ledger_tile", '"index" * 256', 'level, "index", hashes', ledger=True),
    Table("ledger_checkpoint", "size", "size, root, note, recorded_at", ledger=True),
    Table("identifier", "subject_id", "text, subject_id"),
    Table("record", "position", _RECORD),
    Table("subject", "id", _SUBJECT),
    Table("effect", "subject_id", _EFFECT),
)
EMPTIED = ("progress", "enactment", "statement")
SEARCH = "INSERT INTO subject_search (rowid, searchable) VALUES (?, ?)"


def write_rows(filled: str, empty: str, url: str) -> dict[str, Any]:
    """Seconds to write the rows of a filled register raw into a new one: the ledger's, the projection's, and both."""
    make_register(empty, url)
    return _write_postgres(filled, url) if url.startswith("postgres") else _write_sqlite(filled, empty)


def _write_sqlite(filled: str, empty: str) -> dict[str, Any]:
    from django.db import connections

    connections.close_all()
    source_tables, target_tables = (_Files(Path(folder)) for folder in (filled, empty))
    target_tables.empty()
    size = source_tables.size()
    chunks = [(since, source_tables.rows(since, since + CHUNK)) for since in range(0, size + 1, CHUNK)]
    return _time_writes(size, chunks, target_tables)


def _time_writes(size: int, chunks: list[tuple[int, Any]], taken: Any) -> dict[str, Any]:
    spent = {True: 0.0, False: 0.0}
    cpu = time.process_time()
    for _, parts in chunks:
        for ledger in (True, False):
            begun = time.perf_counter()
            taken.add({table: rows for table, rows in parts.items() if table.ledger == ledger}, ledger)
            spent[ledger] += time.perf_counter() - begun
    begun = time.perf_counter()
    taken.close()
    closing = time.perf_counter() - begun
    return {
        "events": size,
        "seconds": spent[True] + spent[False] + closing,
        "ledger_s": spent[True],
        "projection_s": spent[False],
        "closing_s": closing,
        "cpu_s": time.process_time() - cpu,
        "commits": 2 * len(chunks),
        **taken.settings,
    }


class _Files:
    """The two files of a register on SQLite, opened by Python's own SQLite and nothing else in this process."""

    def __init__(self, folder: Path) -> None:
        self.ledger = _connect_sqlite(folder / "ledger.sqlite3", "FULL")
        self.projection = _connect_sqlite(folder / "projection" / "1.sqlite3", "NORMAL")
        self.settings = {
            "synchronous": [connection.execute("PRAGMA synchronous").fetchone()[0] for connection in self.both()]
        }

    def both(self) -> tuple[sqlite3.Connection, sqlite3.Connection]:
        return self.ledger, self.projection

    def empty(self) -> None:
        for table in TABLES:
            (self.ledger if table.ledger else self.projection).execute(f"DELETE FROM {table.name}")
        for connection in self.both():
            connection.commit()

    def size(self) -> int:
        return int(self.ledger.execute("SELECT max(size) FROM ledger_checkpoint").fetchone()[0])

    def rows(self, since: int, until: int) -> dict[Table, list[tuple[Any, ...]]]:
        return {
            table: (self.ledger if table.ledger else self.projection).execute(table.select(since, until)).fetchall()
            for table in TABLES
        }

    def add(self, parts: dict[Table, list[tuple[Any, ...]]], ledger: bool) -> None:
        connection = self.ledger if ledger else self.projection
        for table, rows in parts.items():
            marks = ", ".join("?" * (table.columns.count(",") + 1))
            connection.executemany(f"INSERT INTO {table.name} ({table.columns}) VALUES ({marks})", rows)
            if table.name == "subject":
                connection.executemany(SEARCH, ((row[0], row[4]) for row in rows))
        connection.commit()

    def close(self) -> None:
        for connection in self.both():
            connection.close()


def _connect_sqlite(file: Path, synchronous: str) -> sqlite3.Connection:
    from goodstanding import config

    connection = sqlite3.connect(file)
    for pragma in (*config.PRAGMAS, f"synchronous={synchronous}"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _write_postgres(filled: str, url: str) -> dict[str, Any]:
    from goodstanding import config

    target, source = url, config.load_settings(Path(filled)).database
    with _Copies(source) as source_tables:
        size = source_tables.size()
        chunks = [(since, source_tables.rows(since, since + CHUNK)) for since in range(0, size + 1, CHUNK)]
        grams = source_tables.grams()
    with _Copies(target) as target_tables:
        target_tables.empty()
        chunks[-1][1].update(grams)
        return _time_writes(size, chunks, target_tables)


_GRAM = Table("gram", "n", "gram, n")


class _Copies:
    """A register's schemas on PostgreSQL, read and written by binary COPY."""

    def __init__(self, url: str) -> None:
        import psycopg

        self.connection = psycopg.connect(url, options="-c search_path=public,projection")
        self.settings: dict[str, Any] = {}
        for name in ("fsync", "synchronous_commit", "server_version"):
            self.settings[name] = str(self._ask(f"SHOW {name}"))

    def __enter__(self) -> _Copies:
        return self

    def __exit__(self, *raised: object) -> None:
        self.connection.close()

    def empty(self) -> None:
        self.connection.execute(f"TRUNCATE {', '.join([*(table.name for table in TABLES), *EMPTIED, 'gram'])}")
        self.connection.commit()

    def size(self) -> int:
        return int(self._ask("SELECT max(size) FROM ledger_checkpoint"))

    def _ask(self, statement: str) -> Any:
        row = self.connection.execute(statement).fetchone()
        return row[0] if row else None

    def rows(self, since: int, until: int) -> dict[Table, list[bytes]]:
        return {table: self._out(table.name, table.select(since, until)) for table in TABLES}

    def grams(self) -> dict[Table, list[bytes]]:
        return {_GRAM: self._out("gram", "SELECT gram, n FROM gram")}

    def _out(self, name: str, select: str) -> list[bytes]:
        if name == "subject":
            select = select.replace(" FROM", ", grams FROM", 1)
        with self.connection.cursor().copy(f"COPY ({select}) TO STDOUT (FORMAT binary)") as copy:
            return [bytes(block) for block in copy]

    def add(self, parts: dict[Table, list[bytes]], ledger: bool) -> None:
        for table, blocks in parts.items():
            columns = table.columns + (", grams" if table.name == "subject" else "")
            with self.connection.cursor().copy(f"COPY {table.name} ({columns}) FROM STDIN (FORMAT binary)") as copy:
                for block in blocks:
                    copy.write(block)
        self.connection.commit()

    def close(self) -> None:
        self.connection.close()
