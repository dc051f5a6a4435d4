"""Recomputes spans of the ledger from its rows, without Django: `verification` does it here and in further processes.

A span begins and (but for the ledger's end) ends between tiles of 256 leaves, so that each can be checked by itself and
leaves one hash a full tile for the levels above. As a program it reads a database and spans from standard input, a line
each, and answers each span with a line.
"""

from __future__ import annotations

import gc
import os
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain, compress, repeat
from operator import sub
from typing import Any

import msgspec

from goodstanding.errors import BadEvent, CodedMessage, LedgerDiffers
from goodstanding.ledger import events, merkle
from goodstanding.ledger.bulk_read import ColumnValues, DatabaseAddress, read_values
from goodstanding.ledger.tiles import HEIGHT, WIDTH
from goodstanding.messages import LedgerMessage, Message

NO_HASH = bytes(merkle.HASH_SIZE)  # stands in the tree for an event that is missing

_EVENTS = """
    SELECT key, digest, body, salt, commitment
    FROM ledger_event
    WHERE position >= $1
      AND position < $2
    ORDER BY position"""
_LABELS = """
    SELECT position, recorded_at, kind, version
    FROM ledger_event
    WHERE position >= $1
      AND position < $2
    ORDER BY position"""
_LABELS_OF_ALL = """
    SELECT recorded_at, kind, version
    FROM ledger_event
    WHERE position = $1
      AND $2 - $1 = (
        SELECT count(*)
        FROM ledger_event
        WHERE position >= $1
          AND position < $2
          AND (recorded_at, kind, version) = (SELECT recorded_at, kind, version FROM ledger_event WHERE position = $1)
      )"""
_UNCHAINED = """
    SELECT later.position, later.key, later.version
    FROM ledger_event AS later
    LEFT JOIN ledger_event AS earlier ON earlier.key = later.key
      AND earlier.version = later.version - 1
    WHERE later.position >= $1
      AND later.position < $2
      AND later.version <> 1
      AND (earlier.position IS NULL OR earlier.position > later.position)
    ORDER BY later.position"""
_TILES = """
    SELECT "index", hashes
    FROM ledger_tile
    WHERE level = 0
      AND "index" >= $1
      AND "index" < $2
    ORDER BY "index\""""

Columns = dict[str, ColumnValues]


class LedgerFinding(msgspec.Struct, frozen=True):
    """Something that does not hold: a stable code, where (position, tile or size), and the problem, for people."""

    code: str
    where: str
    problem: LedgerMessage
    params: dict[str, Any] = {}

    @property
    def message(self) -> Message:
        """The problem with its parameters."""
        return Message(self.problem, self.params)


class PositionSpan(msgspec.Struct, frozen=True):
    """Positions [since, until), and until which position events carry which instant of recording."""

    since: int
    until: int
    recorded: tuple[tuple[int, str], ...]


class MissingBody(msgspec.Struct, frozen=True):
    """An event whose body is gone, as its row is left; `bare` is whether salt and digest are gone too."""

    position: int
    kind: str
    version: int | None
    key: str
    bare: bool


class SpanResult(msgspec.Struct, frozen=True):
    """What became of a span: the hashes of its full tiles, joined, the findings, and the events without a body."""

    since: int
    roots: bytes
    findings: tuple[LedgerFinding, ...]
    missing: tuple[MissingBody, ...] = ()


def build_finding(code: str, where: str, message: CodedMessage | None) -> LedgerFinding:
    """A finding whose problem is a message of the ledger, such as that of an error."""
    assert isinstance(message, Message) and isinstance(message.code, LedgerMessage)
    return LedgerFinding(code, where, message.code, dict(message.params))


def verify_span(connection: Any, span: PositionSpan) -> SpanResult:
    """The hashes of a span's full tiles from its events, and everything in the span that does not hold."""
    collecting = gc.isenabled()
    gc.disable()  # nothing here refers to itself, and walking what is about to be dropped takes a tenth of the time
    try:
        return _recompute_span(connection, span)
    except (LedgerDiffers, TypeError, AttributeError) as wrong:  # values of another type, too
        roots = NO_HASH * ((span.until - span.since) // WIDTH)
        where = f"positions {span.since} to {span.until}"
        unreadable = LedgerFinding("unreadable", where, LedgerMessage.SPAN_UNREADABLE, {"problem": str(wrong)})
        return SpanResult(span.since, roots, (unreadable,))
    finally:
        if collecting:
            gc.enable()


def _recompute_span(connection: Any, span: PositionSpan) -> SpanResult:
    columns = _read_columns(connection, span)
    leaves = _list_leaf_hashes(span, columns)
    roots = leaves[: len(leaves) // WIDTH * WIDTH]
    for _ in range(HEIGHT):
        roots = merkle.level_above(roots)
    missing, present = _split_missing(columns)
    by_event = chain(
        _list_gap_findings(span, columns),
        _list_instant_findings(span, columns),
        _list_commitment_findings(present),
        _list_body_findings(present),
    )
    looked_up = chain(_list_version_findings(connection, span, columns), _list_tile_findings(connection, span, leaves))
    return SpanResult(span.since, b"".join(roots), (*by_event, *looked_up), missing)


def _split_missing(columns: Columns) -> tuple[tuple[MissingBody, ...], Columns]:
    """The events without a body, and the columns of those that have one."""
    if all(columns["body"]):
        return (), columns
    names = ("position", "body", "kind", "version", "key", "salt", "digest")
    missing = tuple(
        MissingBody(position, _decode_text(kind), version, _decode_text(key or b""), not salt and digest is None)
        for position, body, kind, version, key, salt, digest in zip(*(columns[name] for name in names), strict=True)
        if not body
    )
    return missing, {name: tuple(compress(column, columns["body"])) for name, column in columns.items()}


def _read_columns(connection: Any, span: PositionSpan) -> Columns:
    """The span's events, text as bytes; a body or salt that is gone is empty."""
    events_read = read_values(connection, _EVENTS, span.since, span.until)
    filled = {name: _fill_gaps(events_read[name]) for name in ("body", "salt")}
    return events_read | filled | _read_labels(connection, span)


def _fill_gaps(column: ColumnValues) -> ColumnValues:
    """A column with an empty value for each that is gone: said here, because the database takes longer to say it."""
    return column if all(column) else tuple(value or b"" for value in column)


def _read_labels(connection: Any, span: PositionSpan) -> Columns:
    """Where the events stand, when they were recorded, their kinds and versions: read once where all are alike."""
    positions = range(span.since, span.until)
    if any((alike := read_values(connection, _LABELS_OF_ALL, span.since, span.until)).values()):
        return {"position": positions, **{name: list(values) * len(positions) for name, values in alike.items()}}
    return read_values(connection, _LABELS, span.since, span.until)


def _list_leaf_hashes(span: PositionSpan, columns: Columns) -> list[bytes]:
    """The leaf hash of each position in the span; zeros where no event is."""
    hashes = merkle.leaf_hashes(columns["commitment"])
    if len(hashes) == span.until - span.since:
        return hashes
    hash_by_position = dict(zip(columns["position"], hashes, strict=True))
    return [hash_by_position.get(position, NO_HASH) for position in range(span.since, span.until)]


def _list_gap_findings(span: PositionSpan, columns: Columns) -> Iterator[LedgerFinding]:
    if len(columns["position"]) < span.until - span.since:
        for position in sorted(set(range(span.since, span.until)) - set(columns["position"])):
            yield LedgerFinding("gap", f"position {position}", LedgerMessage.EVENT_ABSENT)


def _list_instant_findings(span: PositionSpan, columns: Columns) -> Iterator[LedgerFinding]:
    """Each event was recorded when the checkpoint that first covers it was signed."""
    ends = [min(end, span.until) for end, _ in span.recorded]
    lengths = map(sub, ends, [span.since, *ends])
    signed = [text.encode() for _, text in span.recorded]
    if list(columns["recorded_at"]) == list(chain.from_iterable(map(repeat, signed, lengths))):
        return
    for position, recorded in zip(columns["position"], columns["recorded_at"], strict=True):
        if recorded != (right := signed[bisect_right(ends, position)]):
            params = {"recorded": _decode_text(recorded), "signed": _decode_text(right)}
            problem = LedgerMessage.RECORDED_AT_ANOTHER_TIME
            yield LedgerFinding("recorded-at", f"position {position}", problem, params)


def _list_commitment_findings(columns: Columns) -> Iterator[LedgerFinding]:
    """Body and salt give the commitment, and the salt is that of the key and digest under which the event is filed."""
    recomputed = events.compute_commitments(columns["salt"], columns["body"])
    salts = events.remake_salts(columns["salt"], columns["digest"], columns["key"])
    if recomputed == list(columns["commitment"]) and salts == list(columns["salt"]):
        return
    rows = zip(columns["position"], columns["commitment"], recomputed, columns["salt"], salts, strict=True)
    for position, stored, computed, salt, right in rows:
        where = f"position {position}"
        if stored != computed:
            yield LedgerFinding("commitment", where, LedgerMessage.COMMITMENT_DIFFERS)
        elif salt != right:
            yield LedgerFinding("filing", where, LedgerMessage.FILED_DIFFERENTLY)


def _list_body_findings(columns: Columns) -> Iterator[LedgerFinding]:
    """Each body is canonical, and says the kind and version that its row says."""
    kinds = {kind: _decode_text(kind) for kind in set(columns["kind"])}
    is_uniform = len(kinds) == 1 and set(columns["version"]) == {1}
    if is_uniform and events.are_first_records(columns["body"], *kinds.values()):
        return
    stored = list(map(kinds.__getitem__, columns["kind"])), list(columns["version"])
    nothing: list[Any] = [None] * len(columns["body"])
    try:
        stated = events.read_kinds_and_versions(columns["body"])
    except BadEvent:
        stated = nothing, nothing
    if stored == stated:
        return
    rows = zip(columns["position"], columns["body"], columns["key"], *stored, *stated, strict=True)
    for position, body, key, kind, version, *claim in rows:
        if [kind, version] != claim:
            row = kind, version
            yield from _list_differences_of_body(f"position {position}", body, key, row)


def _list_differences_of_body(
    where: str, body: bytes, key: bytes | None, stored: tuple[str, int | None]
) -> Iterator[LedgerFinding]:
    try:
        value = events.decode_body(body)
    except BadEvent as wrong:
        yield build_finding("body-not-canonical", where, wrong.coded)
        return
    stated = value.get("kind"), value.get("version") if key else None  # without a key an event has no version
    if stored != stated:
        params = {"row": str(stored), "body": str(stated)}
        yield LedgerFinding("row", where, LedgerMessage.BODY_DIFFERS_FROM_ROW, params)


def _decode_text(stored: bytes) -> str:
    return stored.decode(errors="replace")


def _list_version_findings(connection: Any, span: PositionSpan, columns: Columns) -> Iterator[LedgerFinding]:
    """Before each further version of a key comes the version that it follows."""
    if set(columns["version"]) <= {1, None}:
        return
    unchained = read_values(connection, _UNCHAINED, span.since, span.until)
    for position, key, version in zip(*unchained.values(), strict=True):
        params = {"version": version, "key": _decode_text(key or b"")}
        yield LedgerFinding("version", f"position {position}", LedgerMessage.VERSION_WITHOUT_EARLIER, params)


def _list_tile_findings(connection: Any, span: PositionSpan, leaves: list[bytes]) -> Iterator[LedgerFinding]:
    columns = read_values(connection, _TILES, span.since // WIDTH, -(-span.until // WIDTH))
    stored = dict(zip(columns["index"], columns["hashes"], strict=True))
    for at in range(0, len(leaves), WIDTH):
        index = (span.since + at) // WIDTH
        yield from compare_tile(0, index, leaves[at : at + WIDTH], stored.get(index))


def compare_tile(level: int, index: int, hashes: Sequence[bytes], stored: bytes | None) -> Iterator[LedgerFinding]:
    """Nothing, or the finding that a stored tile does not begin with these hashes; more may have been added since."""
    if stored is None:
        yield LedgerFinding("tile", f"level {level}, index {index}", LedgerMessage.TILE_NOT_STORED)
    elif stored[: merkle.HASH_SIZE * len(hashes)] != b"".join(hashes):
        yield LedgerFinding("tile", f"level {level}, index {index}", LedgerMessage.TILE_DIFFERS)


def main() -> None:
    """Answers spans with counts, a line of JSON each; the first line says where the database is."""
    lines = iter(sys.stdin.buffer.readline, b"")
    with msgspec.json.decode(next(lines), type=DatabaseAddress).connect() as connection:
        for line in lines:
            count = verify_span(connection, msgspec.json.decode(line, type=PositionSpan))
            sys.stdout.buffer.write(msgspec.json.encode(count) + b"\n")
            sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
    os._exit(0)  # nothing is left open, and to take the modules apart would be waited for
