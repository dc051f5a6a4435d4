"""Does the ledger hold? Recomputes everything that it says from its events, and compares.

Commitments from bodies and salts, leaves from commitments, each tile, each checkpoint's root, signatures and time; the
canonical form of each body, its row, the versions of each key; that a body is missing only where an erasure signed by
two people names it; and, against an older checkpoint, that history was only continued. Each processor takes a share of
the events; memory stays at a few spans of them.
"""

from __future__ import annotations

import os
import subprocess
import sys
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator
from select import PIPE_BUF
from subprocess import DEVNULL, PIPE
from threading import Thread
from typing import Any

import msgspec
from django.db import connections

from goodstanding.errors import BadNote, BadTile, LedgerDiffers
from goodstanding.ledger import erasure, merkle, notes, store, tiles
from goodstanding.ledger.columns import Database
from goodstanding.ledger.merkle import HASH_SIZE
from goodstanding.ledger.notes import Verifier
from goodstanding.ledger.recount import Count, Finding, Span, compare_tile, recount
from goodstanding.ledger.tiles import WIDTH

SPAN = 8 * WIDTH  # events recomputed at a time: few enough to stay in the processor's cache
MOST_HELPERS = 4  # further processes, some 120 MB each
PAGE = 1_000  # checkpoints read at a time

_SIGNED = """
    SELECT size, recorded_at
    FROM ledger_checkpoint
    ORDER BY size"""
_CHECKPOINTS = """
    SELECT size, root, note, recorded_at
    FROM ledger_checkpoint
    WHERE size > %s
      AND size <= %s
    ORDER BY size
    LIMIT %s"""
_STRAY_EVENTS = """
    SELECT position
    FROM ledger_event
    WHERE position < 0
    UNION ALL
    SELECT position
    FROM ledger_event
    WHERE position >= (SELECT coalesce(max(size), 0) FROM ledger_checkpoint)"""
_WIDTHS = """
    SELECT level, "index", length(hashes), (SELECT coalesce(max(size), 0) FROM ledger_checkpoint)
    FROM ledger_tile"""
_LEVEL = """
    SELECT "index", hashes
    FROM ledger_tile
    WHERE level = %s"""


def verify(verifier: Verifier, against: str | None = None) -> list[Finding]:
    """Everything that does not hold in the ledger signed by `verifier`; empty when all of it holds.

    `against` is the text of an older checkpoint: then it must be this log's own and the ledger a continuation of it.
    """
    with connections[store.ALIAS].cursor() as cursor:
        cursor.execute(_SIGNED)
        signed = cursor.fetchall()
        size = signed[-1][0] if signed else 0
        recounting = _Recounting(store.database(), _spans(signed, size))
        of_rows = [*_strays(cursor), *_widths(cursor)]  # while the helpers begin
        counts = recounting.finish()
        node = tiles.HashReader(store.tile_reader(cursor))
        return [
            *(finding for count in counts for finding in count.findings),
            *erasure.findings(row for count in counts for row in count.missing),
            *of_rows,
            *_upper_tiles(cursor, b"".join(count.roots for count in counts)),
            *_checkpoints(cursor, size, verifier, node),
            *_old_checkpoint(against, size, verifier, node),
        ]


def _spans(signed: list[tuple[int, str]], size: int) -> list[Span]:
    ends = [end for end, _ in signed]
    bounds = [(since, min(since + SPAN, size)) for since in range(0, size, SPAN)]
    return [
        Span(since, until, tuple(signed[bisect_right(ends, since) : bisect_right(ends, until - 1) + 1]))
        for since, until in bounds
    ]


class _Recounting:
    """The counts of all spans, worked out by a further process for each other processor, and in the end here too."""

    def __init__(self, database: Database, spans: list[Span]) -> None:
        self.database, self.remaining, self.counts = database, deque(spans), list[Count]()
        helpers = min((os.cpu_count() or 1) - 1, MOST_HELPERS, len(spans) // 4)
        arguments = (database, self.remaining, self.counts)
        self.threads = [Thread(target=_delegate, args=arguments, daemon=True) for _ in range(helpers)]
        for thread in self.threads:
            thread.start()

    def finish(self) -> list[Count]:
        """Takes part until no span is left; the counts in the order of their positions."""
        with self.database.connect() as connection:
            self.counts += [recount(connection, span) for span in _taken(self.remaining)]
            for thread in self.threads:
                thread.join()
            self.counts += [recount(connection, span) for span in _taken(self.remaining)]  # what a helper gave back
        return sorted(self.counts, key=lambda count: count.since)


def _taken(remaining: deque[Span]) -> Iterator[Span]:
    while remaining:
        try:
            yield remaining.popleft()
        except IndexError:
            return


def _delegate(database: Database, remaining: deque[Span], counts: list[Count]) -> None:
    """Hands spans to a process of its own until none is left; gives back those that it does not answer.

    One span lies ready while another is worked on: else the process would wait until this one's turn comes. A long one
    does not, for both would wait for ever if each wrote more than a pipe holds before it reads.
    """
    command = [sys.executable, "-P", "-m", "goodstanding.ledger.recount"]
    asked: deque[Span] = deque()
    try:
        with subprocess.Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL) as process:
            _tell(process, _line(database))
            for span in _taken(remaining):
                asked.append(span)
                line = _line(span)
                while len(asked) > (2 if len(line) <= PIPE_BUF else 1):
                    counts.append(_answer(process, asked))
                _tell(process, line)
            while asked:
                counts.append(_answer(process, asked))
    except (OSError, msgspec.DecodeError):
        remaining.extend(asked)


def _line(what: Database | Span) -> bytes:
    return msgspec.json.encode(what) + b"\n"


def _tell(process: subprocess.Popen[bytes], line: bytes) -> None:
    assert process.stdin
    process.stdin.write(line)
    process.stdin.flush()


def _answer(process: subprocess.Popen[bytes], asked: deque[Span]) -> Count:
    assert process.stdout
    count = msgspec.json.decode(process.stdout.readline(), type=Count)
    asked.popleft()
    return count


def _upper_tiles(cursor: Any, roots: bytes) -> Iterator[Finding]:
    """The tiles above the leaves' own, from the hashes of full tiles below."""
    level, hashes = 1, [roots[at : at + HASH_SIZE] for at in range(0, len(roots), HASH_SIZE)]
    while hashes:
        cursor.execute(_LEVEL, [level])
        stored = {index: bytes(found) for index, found in cursor.fetchall()}
        chunks = [hashes[at : at + WIDTH] for at in range(0, len(hashes), WIDTH)]
        for index, chunk in enumerate(chunks):
            yield from compare_tile(level, index, chunk, stored.get(index))
        level, hashes = level + 1, [merkle.root_of(chunk) for chunk in chunks if len(chunk) == WIDTH]


def _strays(cursor: Any) -> Iterator[Finding]:
    cursor.execute(_STRAY_EVENTS)
    for (position,) in cursor.fetchall():
        yield Finding("unsigned", f"position {position}", "no checkpoint covers the event")


def _widths(cursor: Any) -> Iterator[Finding]:
    """Only the tiles that a tree of this size has, each as wide as it must be."""
    cursor.execute(_WIDTHS)
    for level, index, length, size in cursor.fetchall():
        width = tiles.width(size, level, index)
        if level < 0 or index < 0 or length != width * HASH_SIZE:
            where = f"level {level}, index {index}"
            yield Finding("tile-width", where, f"{length} bytes, where a tree of {size} leaves has {width * HASH_SIZE}")


def _checkpoints(cursor: Any, size: int, verifier: Verifier, node: merkle.Nodes) -> Iterator[Finding]:
    reached = 0
    while reached < size:
        cursor.execute(_CHECKPOINTS, [reached, size, PAGE])
        for reached, root, note, recorded_at in cursor.fetchall():
            yield from _note(reached, bytes(root), note, recorded_at, verifier)
            yield from _root("checkpoint-root", reached, bytes(root), node)


def _note(size: int, root: bytes, note: str, recorded_at: str, verifier: Verifier) -> Iterator[Finding]:
    try:
        checkpoint = notes.open_checkpoint(note, verifier)
        signed_at = notes.time_of(notes.parse(note), verifier).isoformat()
    except BadNote as wrong:
        yield Finding("checkpoint-note", f"size {size}", wrong.message)
        return
    if (checkpoint.size, checkpoint.root, signed_at) != (size, root, recorded_at):
        yield Finding("checkpoint-row", f"size {size}", "the checkpoint's row is not what its note says")


def _root(code: str, size: int, root: bytes, node: merkle.Nodes) -> Iterator[Finding]:
    try:
        holds = merkle.root(size, node) == root
    except (BadTile, LedgerDiffers):
        holds = False
    if not holds:
        yield Finding(code, f"size {size}", "the events have another root than the checkpoint says")


def _old_checkpoint(against: str | None, size: int, verifier: Verifier, node: merkle.Nodes) -> Iterator[Finding]:
    if against is None:
        return
    try:
        old = notes.open_checkpoint(against, verifier)
    except BadNote as wrong:
        yield Finding("old-checkpoint", "the checkpoint compared against", wrong.message)
        return
    if old.size > size:
        yield Finding("shrunk", f"size {size}", f"the ledger held {old.size} events before")
    else:
        yield from _root("rewritten", old.size, old.root, node)
