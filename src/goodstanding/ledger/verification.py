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
from contextlib import contextmanager
from select import PIPE_BUF
from subprocess import DEVNULL, PIPE
from threading import Thread
from typing import Any

import msgspec
from django.db import connections

from goodstanding.errors import BadInput, BadNote, BadTile, LedgerDiffers
from goodstanding.ledger import content_erasure, merkle, notes, store, tiles
from goodstanding.ledger.bulk_read import DatabaseAddress
from goodstanding.ledger.merkle import HASH_SIZE
from goodstanding.ledger.notes import CheckpointBody, Verifier
from goodstanding.ledger.span_verification import (
    LedgerFinding,
    PositionSpan,
    SpanResult,
    build_finding,
    compare_tile,
    verify_span,
)
from goodstanding.ledger.store.entries import AFTER
from goodstanding.ledger.tiles import WIDTH
from goodstanding.messages import LedgerMessage, Message

SPAN = 4 * WIDTH  # events recomputed at a time: few enough to stay in the processor's cache
MOST_HELPERS = 4  # further processes, some 120 MB each
PAGE = 1_000  # checkpoints read at a time
TURN = 0.0005  # seconds for which a thread computes while another waits: the helpers are served by threads

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


def verify_ledger(verifier: Verifier, against: str | None = None) -> list[LedgerFinding]:
    """Everything that does not hold in the ledger signed by `verifier`; empty when all of it holds.

    `against` is the text of an older checkpoint: then it must be this log's own and the ledger a continuation of it.
    Raises BadInput where that text is no checkpoint at all.
    """
    _refuse_if_no_checkpoint(against)
    with connections[store.ALIAS].cursor() as cursor:
        cursor.execute(_SIGNED)
        signed = cursor.fetchall()
        size = signed[-1][0] if signed else 0
        workers = _SpanWorkers(store.get_database_address(), _divide_spans(signed, size))
        node = tiles.HashReader(store.build_tile_reader(cursor))
        of_rows = [*_list_stray_findings(cursor), *_list_width_findings(cursor)]  # while the helpers begin
        of_checkpoints = list(_list_checkpoint_findings(cursor, size, verifier, node))
        counts = workers.finish()
        return [
            *(finding for count in counts for finding in count.findings),
            *content_erasure.list_erasure_findings((row for count in counts for row in count.missing), size),
            *of_rows,
            *_list_upper_tile_findings(cursor, b"".join(count.roots for count in counts)),
            *of_checkpoints,
            *_list_old_checkpoint_findings(against, size, verifier, node),
        ]


def _refuse_if_no_checkpoint(against: str | None) -> None:
    """Nothing, or BadInput: a text that was cut short, or never was a checkpoint, says nothing about this ledger."""
    if against is None:
        return
    try:
        CheckpointBody.parse(notes.parse_note(against).text)
    except BadNote as wrong:
        problem = Message(LedgerMessage.KEPT_CHECKPOINT_UNREADABLE, {"problem": wrong.coded})
        raise BadInput(problem, where="the checkpoint compared against") from wrong


def _divide_spans(signed: list[tuple[int, str]], size: int) -> list[PositionSpan]:
    ends = [end for end, _ in signed]
    bounds = [(since, min(since + SPAN, size)) for since in range(0, size, SPAN)]
    return [
        PositionSpan(since, until, tuple(signed[bisect_right(ends, since) : bisect_right(ends, until - 1) + 1]))
        for since, until in bounds
    ]


class _SpanWorkers:
    """The counts of all spans, worked out by a further process for each other processor, and in the end here too."""

    def __init__(self, database: DatabaseAddress, spans: list[PositionSpan]) -> None:
        self.database, self.remaining, self.counts = database, deque(spans), list[SpanResult]()
        helpers = min((os.cpu_count() or 1) - 1, MOST_HELPERS, len(spans) // 4)
        arguments = (database, self.remaining, self.counts)
        self.threads = [Thread(target=_delegate_spans, args=arguments, daemon=True) for _ in range(helpers)]
        for thread in self.threads:
            thread.start()

    def finish(self) -> list[SpanResult]:
        """Takes part until no span is left; the counts in the order of their positions."""
        with self.database.connect() as connection, _take_short_turns():
            self.counts += [verify_span(connection, span) for span in _take_spans(self.remaining)]
            for thread in self.threads:
                thread.join()
            self.counts += [
                verify_span(connection, span) for span in _take_spans(self.remaining)
            ]  # what a helper gave back
        return sorted(self.counts, key=lambda count: count.since)


@contextmanager
def _take_short_turns() -> Iterator[None]:
    """Lets a waiting thread run soon: in Python's usual turns a helper is done with its spans before it has others."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(min(usual, TURN))
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def _take_spans(remaining: deque[PositionSpan]) -> Iterator[PositionSpan]:
    while remaining:
        try:
            yield remaining.popleft()
        except IndexError:
            return


def _delegate_spans(database: DatabaseAddress, remaining: deque[PositionSpan], counts: list[SpanResult]) -> None:
    """Hands spans to a process of its own until none is left; gives back those that it does not answer.

    One span lies ready while another is worked on: else the process would wait until this one's turn comes. A long one
    does not, for both would wait for ever if each wrote more than a pipe holds before it reads.
    """
    command = [sys.executable, "-P", "-m", "goodstanding.ledger.span_verification"]
    pending: deque[PositionSpan] = deque()
    try:
        with subprocess.Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL) as process:
            _send_line(process, _encode_line(database))
            for span in _take_spans(remaining):
                pending.append(span)
                line = _encode_line(span)
                while len(pending) > (2 if len(line) <= PIPE_BUF else 1):
                    counts.append(_receive_result(process, pending))
                _send_line(process, line)
            while pending:
                counts.append(_receive_result(process, pending))
    except (OSError, msgspec.DecodeError):
        remaining.extend(pending)


def _encode_line(message: DatabaseAddress | PositionSpan) -> bytes:
    return msgspec.json.encode(message) + b"\n"


def _send_line(process: subprocess.Popen[bytes], line: bytes) -> None:
    assert process.stdin
    process.stdin.write(line)
    process.stdin.flush()


def _receive_result(process: subprocess.Popen[bytes], pending: deque[PositionSpan]) -> SpanResult:
    assert process.stdout
    count = msgspec.json.decode(process.stdout.readline(), type=SpanResult)
    pending.popleft()
    return count


def _list_upper_tile_findings(cursor: Any, roots: bytes) -> Iterator[LedgerFinding]:
    """The tiles above the leaves' own, from the hashes of full tiles below."""
    level, hashes = 1, [roots[at : at + HASH_SIZE] for at in range(0, len(roots), HASH_SIZE)]
    while hashes:
        cursor.execute(_LEVEL, [level])
        stored = {index: bytes(tile_bytes) for index, tile_bytes in cursor.fetchall()}
        chunks = [hashes[at : at + WIDTH] for at in range(0, len(hashes), WIDTH)]
        for index, chunk in enumerate(chunks):
            yield from compare_tile(level, index, chunk, stored.get(index))
        level, hashes = level + 1, [merkle.compute_root_of_leaves(chunk) for chunk in chunks if len(chunk) == WIDTH]


def _list_stray_findings(cursor: Any) -> Iterator[LedgerFinding]:
    cursor.execute(_STRAY_EVENTS)
    for (position,) in cursor.fetchall():
        yield LedgerFinding("unsigned", f"position {position}", LedgerMessage.EVENT_UNCOVERED)


def _list_width_findings(cursor: Any) -> Iterator[LedgerFinding]:
    """Only the tiles that a tree of this size has, each as wide as it must be."""
    cursor.execute(_WIDTHS)
    for level, index, length, size in cursor.fetchall():
        width = tiles.compute_tile_width(size, level, index)
        if level < 0 or index < 0 or length != width * HASH_SIZE:
            where = f"level {level}, index {index}"
            params = {"length": length, "size": size, "right": width * HASH_SIZE}
            yield LedgerFinding("tile-width", where, LedgerMessage.TILE_WIDTH, params)


def _list_checkpoint_findings(
    cursor: Any, size: int, verifier: Verifier, node: merkle.Nodes
) -> Iterator[LedgerFinding]:
    reached = 0
    while reached < size:
        before = reached
        cursor.execute(_CHECKPOINTS, [reached, size, PAGE])
        for reached, root, note, recorded_at in cursor.fetchall():
            yield from _list_note_findings(reached, bytes(root), note, recorded_at, verifier, before)
            before = reached
            yield from _list_root_findings("checkpoint-root", f"size {reached}", reached, bytes(root), node)


def _list_note_findings(
    size: int, root: bytes, note: str, recorded_at: str, verifier: Verifier, before: int
) -> Iterator[LedgerFinding]:
    try:
        checkpoint = notes.open_checkpoint(note, verifier)
        signed_at = notes.read_signing_time(notes.parse_note(note), verifier).isoformat()
    except BadNote as wrong:
        yield build_finding("checkpoint-note", f"size {size}", wrong.coded)
        return
    if (checkpoint.size, checkpoint.root, signed_at) != (size, root, recorded_at):
        yield LedgerFinding("checkpoint-row", f"size {size}", LedgerMessage.CHECKPOINT_ROW_DIFFERS)
    after = next((line.removeprefix(AFTER) for line in checkpoint.extensions if line.startswith(AFTER)), None)
    if after not in (None, str(before)):  # those signed by earlier versions do not say
        params = {"after": after, "before": before}
        yield LedgerFinding("checkpoint-gone", f"size {size}", LedgerMessage.CHECKPOINT_GONE, params)


def _list_root_findings(code: str, where: str, size: int, root: bytes, node: merkle.Nodes) -> Iterator[LedgerFinding]:
    try:
        holds = merkle.compute_root(size, node) == root
    except (BadTile, LedgerDiffers):
        holds = False
    if not holds:
        yield LedgerFinding(code, where, LedgerMessage.ROOT_DIFFERS)


def _list_old_checkpoint_findings(
    against: str | None, size: int, verifier: Verifier, node: merkle.Nodes
) -> Iterator[LedgerFinding]:
    if against is None:
        return
    try:
        old = notes.open_checkpoint(against, verifier)
    except BadNote as wrong:
        yield build_finding("old-checkpoint", "the checkpoint compared against", wrong.coded)
        return
    where = f"size {min(old.size, size)}"
    yield from list_continuation_findings(where, old.size, old.root, size, node)


def list_continuation_findings(
    where: str, old_size: int, old_root: bytes, size: int, node: merkle.Nodes
) -> Iterator[LedgerFinding]:
    """Nothing, or the finding that a ledger of a size is no continuation of what an older checkpoint says."""
    if old_size > size:
        yield LedgerFinding("shrunk", where, LedgerMessage.LEDGER_SHRUNK, {"size": old_size})
    else:
        yield from _list_root_findings("rewritten", where, old_size, old_root, node)
