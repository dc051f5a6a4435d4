"""The ledger's door: append events under one lock, durably and provably, and read them back.

`recorded_at` is when the register came to know; it is kept in whole seconds of UTC, never runs backwards, and is signed
with the checkpoint that closes each append. Positions count from 0 without gaps; a ledger's size is the next position.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import compress, islice
from pathlib import Path
from typing import Any, NamedTuple, cast

import msgspec
import pyarrow
import pyarrow.compute as compute
from django.db import connections, transaction

from goodstanding import config
from goodstanding.errors import BadEvent, ErasedBefore, LedgerDiffers
from goodstanding.ledger import events, keys, merkle, notes, tiles, tombstones
from goodstanding.ledger.bulk_read import DatabaseAddress, read_table
from goodstanding.ledger.notes import Signer
from goodstanding.ledger.read_cache import invalidate_read_cache

ALIAS = "default"  # the database that is never rebuilt
MOST_DRAFTS = 10_000  # a call: what one transaction holds

_NO_TEXT = frozenset(["\x00", *map(chr, range(0xD800, 0xE000))])  # what no database keeps as text
_LOCK = {  # on SQLite any write takes the one lock, so this one changes nothing
    "sqlite": """
        DELETE FROM ledger_checkpoint
        WHERE size < 0""",
    "postgresql": """
        SELECT pg_advisory_xact_lock(1735356260)""",
}
_LAST = """
    SELECT size, recorded_at
    FROM ledger_checkpoint
    ORDER BY size DESC
    LIMIT 1"""
_FILED = {
    "sqlite": """
        SELECT event.key, event.version, event.digest
        FROM json_each(%s) AS asked
        JOIN ledger_event AS event ON event.key = asked.value
        ORDER BY event.version""",
    "postgresql": """
        SELECT event.key, event.version, event.digest
        FROM ledger_event AS event
        WHERE event.key = ANY(%s)
        ORDER BY event.version""",
}
_ERASED_ANY = """
    SELECT 1
    FROM ledger_event
    WHERE key IS NULL
      AND kind = 'ContentErased'
    LIMIT 1"""
_COLUMNS = "position, recorded_at, kind, key, version, digest, body, salt, commitment"
_ADD_EVENT = f"""
    INSERT INTO ledger_event ({_COLUMNS})
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_COPY_EVENTS = f"""
    COPY ledger_event ({_COLUMNS})
    FROM STDIN (FORMAT binary)"""
_TYPES = ("int8", "text", "text", "text", "int4", "bytea", "text", "bytea", "bytea")  # of _COLUMNS
_TILE = """
    SELECT hashes
    FROM ledger_tile
    WHERE level = %s
      AND "index" = %s"""
_PUT_TILE = """
    INSERT INTO ledger_tile (level, "index", hashes)
    VALUES (%s, %s, %s)
    ON CONFLICT (level, "index") DO UPDATE
    SET hashes = excluded.hashes"""
_ADD_CHECKPOINT = """
    INSERT INTO ledger_checkpoint (size, root, note, recorded_at)
    VALUES (%s, %s, %s, %s)"""
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


class CanonicalBody(msgspec.Struct, frozen=True, gc=False):
    """A body that is canonical text already: what stands before the kind's text and after it, without the version.

    The version comes last, so no key of the body may sort behind it. `verify` looks at the form of every body.
    """

    before: str
    after: str

    def body(self, kind: str, version: int | None) -> bytes:
        """The whole body of an event of a kind and version."""
        last = "}" if version is None else f',"version":{version}}}'
        return f"{self.before}{kind}{self.after}{last}".encode()


class EventDraft(msgspec.Struct, frozen=True, gc=False):
    """An event before it has a place: `content` is its body without kind and version, or its canonical text.

    A `key` names what is stated once; the `digest` (32 bytes) decides whether the same is stated again; `again` is the
    kind of a further version. An event without a key is always new.
    """

    kind: str
    content: Mapping[str, Any] | CanonicalBody
    key: str | None = None
    digest: bytes | None = None
    again: str | None = None


@dataclass(frozen=True, slots=True)
class AppendResult:
    """What became of drafts: the ledger's size now, each draft's position (None: unchanged), and counts."""

    size: int
    positions: tuple[int | None, ...]
    issued: int
    corrected: int
    unchanged: int


class LedgerEntry(NamedTuple):
    """One event as it is stored; `body` is canonical JSON, None once erased."""

    position: int
    recorded_at: str
    kind: str
    key: str | None
    version: int | None
    body: str | None


_NumberedDraft = tuple[EventDraft, str, int | None]  # a draft that will be written, with its kind and version


def append(drafts: Sequence[EventDraft], recorded_at: datetime, signer: Signer) -> AppendResult:
    """Appends what is new in at most 10,000 drafts and signs the tree that holds it, all or nothing, once durable.

    Raises BadEvent for a body that is not permitted, ErasedBefore for a key under which something was erased; then
    nothing of the call is kept.
    """
    _refuse_malformed(drafts)
    with hold_append_lock(), connections[ALIAS].cursor() as cursor:
        size, latest = _read_last_checkpoint(cursor)
        filed = _read_filed_versions(cursor, {draft.key for draft in drafts if draft.key is not None})
        _refuse_erased(cursor, {draft.key for draft in drafts if draft.key is not None} - filed.keys())
        positions, fresh = _number_drafts(drafts, filed, size)
        if fresh:
            moment = max(format_instant(recorded_at), latest)
            _write_rows(cursor, size, fresh, moment, signer)
    corrected = sum(version is not None and version > 1 for _, _, version in fresh)
    unchanged = len(drafts) - len(fresh)
    return AppendResult(size + len(fresh), positions, len(fresh) - corrected, corrected, unchanged)


@contextmanager
def hold_append_lock() -> Iterator[None]:
    """Holds the one lock of appending for a `with` block: what was read inside still holds when it is appended to."""
    with transaction.atomic(using=ALIAS), connections[ALIAS].cursor() as cursor:
        cursor.execute(_LOCK[cursor.db.vendor])
        invalidate_read_cache()
        try:
            yield
        finally:
            invalidate_read_cache()


def _refuse_malformed(drafts: Sequence[EventDraft]) -> None:
    if len(drafts) > MOST_DRAFTS:
        raise BadEvent(f"{len(drafts)} drafts in one call", remedy=f"at most {MOST_DRAFTS}")
    if {len(draft.digest) for draft in drafts if draft.digest is not None} - {len(events.NO_DIGEST)}:
        raise BadEvent("a digest of another length", remedy=f"{len(events.NO_DIGEST)} bytes")
    for key in [draft.key for draft in drafts if draft.key is not None]:
        if not key or (not key.isprintable() and any(character in _NO_TEXT for character in key)):
            raise BadEvent("a key that no database keeps as text", where=repr(key))
        if key.startswith(tombstones.MARK):
            raise BadEvent("a key in the form of a tombstone", where=repr(key))


def _refuse_erased(cursor: Any, keys: set[str]) -> None:
    if erased := _list_erased_among(cursor, keys):
        remedy = "a key of its own, if it is another matter"
        raise ErasedBefore("What was filed under this key was erased.", where=min(erased), remedy=remedy)


def list_erased_keys(keys: Iterable[str]) -> set[str]:
    """Those of some keys under which something was erased; where nothing ever was, no key is looked at."""
    with connections[ALIAS].cursor() as cursor:
        if not _has_erasures(cursor):
            return set()
        remaining, erased = iter(keys), set[str]()
        while batch := set(islice(remaining, MOST_DRAFTS)):
            erased |= _list_erased_among(cursor, batch)
        return erased


def _has_erasures(cursor: Any) -> bool:
    cursor.execute(_ERASED_ANY)
    return cursor.fetchone() is not None


def _list_erased_among(cursor: Any, sought_keys: set[str]) -> set[str]:
    if not sought_keys or not _has_erasures(cursor):
        return set()
    keys_by_tombstone = tombstones.map_tombstones(
        sought_keys, keys.load_tombstone_secret(config.get_current_register().folder)
    )
    return {keys_by_tombstone[tombstone] for tombstone in _read_filed_versions(cursor, set(keys_by_tombstone))}


def format_instant(at: datetime) -> str:
    """An instant as the ledger writes it: whole seconds of UTC, so that text and time sort alike."""
    if at.tzinfo is None:
        raise BadEvent("an instant without a time zone", where=str(at), remedy="an aware datetime")
    return at.astimezone(UTC).replace(microsecond=0).isoformat()


def _read_last_checkpoint(cursor: Any) -> tuple[int, str]:
    cursor.execute(_LAST)
    row = cursor.fetchone()
    return row or (0, "")


def _read_filed_versions(cursor: Any, keys: set[str]) -> dict[str, tuple[int, bytes | None]]:
    """The latest version and digest on file under each of some keys."""
    if not keys:
        return {}
    parameter = msgspec.json.encode(keys).decode() if cursor.db.vendor == "sqlite" else list(keys)
    cursor.execute(_FILED[cursor.db.vendor], [parameter])
    return {key: (version, digest) for key, version, digest in cursor.fetchall()}


def _number_drafts(
    drafts: Sequence[EventDraft], filed: dict[str, tuple[int, bytes | None]], size: int
) -> tuple[tuple[int | None, ...], list[_NumberedDraft]]:
    """Each draft's position or None, and those to be written, in order; `filed` is brought up to date on the way."""
    fresh: list[_NumberedDraft] = []
    positions: list[int | None] = []
    for draft in drafts:
        numbered = (draft, str(draft.kind), None) if draft.key is None else _number_version(draft, filed.get(draft.key))
        positions.append(size + len(fresh) if numbered else None)
        if numbered:
            fresh.append(numbered)
            if draft.key is not None:
                filed[draft.key] = numbered[2] or 0, draft.digest
    return tuple(positions), fresh


def _number_version(draft: EventDraft, latest: tuple[int, bytes | None] | None) -> _NumberedDraft | None:
    """The draft with the version that follows the latest on file; None where that says the same."""
    if latest is None:
        return draft, str(draft.kind), 1
    version, digest = latest
    if digest is not None and digest == draft.digest:
        return None
    return draft, str(draft.again or draft.kind), version + 1


def _write_rows(cursor: Any, size: int, fresh: list[_NumberedDraft], moment: str, signer: Signer) -> None:
    drafts, kinds, versions = zip(*fresh, strict=True)
    keys, digests = [draft.key for draft in drafts], [draft.digest for draft in drafts]
    bodies = _encode_bodies(fresh)
    salts = _make_salts(digests, keys)
    commitments = events.compute_commitments(salts, bodies)
    positions, texts = range(size, size + len(fresh)), map(bytes.decode, bodies)
    moments = [moment] * len(fresh)
    rows = zip(positions, moments, kinds, keys, versions, digests, texts, salts, commitments, strict=True)
    _write_events(cursor, rows)
    root = _write_tiles(cursor, size, merkle.leaf_hashes(commitments))
    note = notes.sign_checkpoint(size + len(fresh), root, signer, datetime.fromisoformat(moment))
    cursor.execute(_ADD_CHECKPOINT, [size + len(fresh), root, note, moment])


def _make_salts(digests: list[bytes | None], keys: list[str | None]) -> list[bytes]:
    size = events.RANDOM_SIZE
    random = os.urandom(size * len(keys))
    parts = (random[at : at + size] for at in range(0, len(random), size))
    return events.make_salts(parts, digests, (key.encode() if key else None for key in keys))


def _encode_bodies(fresh: list[_NumberedDraft]) -> list[bytes]:
    """The canonical bodies; BadEvent for one that is not permitted, or is not canonical though it was said to be."""
    encoded = events.encode_bodies(
        _build_body(*numbered) for numbered in fresh if not isinstance(numbered[0].content, CanonicalBody)
    )
    bodies = [
        draft.content.body(kind, version) if isinstance(draft.content, CanonicalBody) else next(encoded)
        for draft, kind, version in fresh
    ]
    for _ in events.decode_bodies(
        compress(bodies, [isinstance(draft.content, CanonicalBody) for draft, _, _ in fresh])
    ):
        pass  # what is appended once cannot be mended, so its form is looked at before
    return bodies


def _build_body(draft: EventDraft, kind: str, version: int | None) -> dict[str, Any]:
    content = cast(Mapping[str, Any], draft.content)
    if "kind" in content or (version is not None and "version" in content):
        raise BadEvent("the ledger itself says kind and version", where=repr(content))
    numbered = {} if version is None else {"version": version}
    return {**content, "kind": kind, **numbered}


def _write_events(cursor: Any, rows: Iterable[tuple]) -> None:
    if cursor.db.vendor == "postgresql":
        with cursor.copy(_COPY_EVENTS) as copy:
            copy.set_types(_TYPES)
            for row in rows:
                copy.write_row(row)
    else:
        cursor.connection.executemany(_ADD_EVENT, rows)  # Django's own keeps every row in memory to look at the first


def _write_tiles(cursor: Any, size: int, leaves: list[bytes]) -> bytes:
    """Writes the tiles that the new leaves change; the new root."""
    grown = {
        (name.level, name.index): hashes for name, hashes in tiles.grow_tiles(size, build_tile_reader(cursor), leaves)
    }
    cursor.executemany(_PUT_TILE, [(level, index, hashes) for (level, index), hashes in grown.items()])
    read = build_tile_reader(cursor)
    node = tiles.HashReader(lambda level, index: grown.get((level, index)) or read(level, index))
    return merkle.compute_root(size + len(leaves), node)


def build_tile_reader(cursor: Any) -> tiles.TileBytes:
    """Stored tiles by level and index, as wide as they stand; LedgerDiffers where one is missing."""

    def read(level: int, index: int) -> bytes:
        stored = find_tile(cursor, level, index)
        if stored is None:
            raise LedgerDiffers("a tile is missing", where=f"level {level}, index {index}")
        return stored

    return read


def find_tile(cursor: Any, level: int, index: int) -> bytes | None:
    """A stored tile as wide as it stands, if it is there."""
    cursor.execute(_TILE, [level, index])
    row = cursor.fetchone()
    return bytes(row[0]) if row else None


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
            raise LedgerDiffers("events are missing", where=f"{first} to {end}")
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
