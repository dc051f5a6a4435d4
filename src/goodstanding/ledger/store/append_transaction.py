"""Appending under one lock, durably and provably, all or nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import compress
from typing import Any, cast

from django.db import connections, transaction

from goodstanding.errors import BadEvent
from goodstanding.ledger import events, merkle, notes, tombstones
from goodstanding.ledger.notes import Signer
from goodstanding.ledger.read_cache import invalidate_read_cache
from goodstanding.ledger.store.entries import AFTER, ALIAS, AppendResult, CanonicalBody, EventDraft, format_instant
from goodstanding.ledger.store.filed_keys import read_filed_versions, refuse_if_erased
from goodstanding.ledger.store.stored_tiles import write_tiles
from goodstanding.ledger.witness.new_checkpoint import CHECKPOINT_SIGNED
from goodstanding.messages import LedgerMessage, Message

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
_COLUMNS = "position, recorded_at, kind, key, version, digest, body, salt, commitment"
_ADD_EVENT = f"""
    INSERT INTO ledger_event ({_COLUMNS})
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_COPY_EVENTS = f"""
    COPY ledger_event ({_COLUMNS})
    FROM STDIN (FORMAT binary)"""
_TYPES = ("int8", "text", "text", "text", "int4", "bytea", "text", "bytea", "bytea")  # of _COLUMNS
_ADD_CHECKPOINT = """
    INSERT INTO ledger_checkpoint (size, root, note, recorded_at)
    VALUES (%s, %s, %s, %s)"""
_NumberedDraft = tuple[EventDraft, str, int | None]  # a draft that will be written, with its kind and version


def append(drafts: Sequence[EventDraft], recorded_at: datetime, signer: Signer) -> AppendResult:
    """Appends what is new in at most 10,000 drafts and signs the tree that holds it, all or nothing, once durable.

    Raises BadEvent for a body that is not permitted, ErasedBefore for a key under which something was erased; then
    nothing of the call is kept.
    """
    _refuse_malformed(drafts)
    with hold_append_lock(), connections[ALIAS].cursor() as cursor:
        size, latest = _read_last_checkpoint(cursor)
        filed = read_filed_versions(cursor, {draft.key for draft in drafts if draft.key is not None})
        refuse_if_erased(cursor, {draft.key for draft in drafts if draft.key is not None} - filed.keys())
        positions, fresh = _number_drafts(drafts, filed, size)
        if fresh:
            moment = max(format_instant(recorded_at), latest)
            _write_rows(cursor, size, fresh, moment, signer)
            transaction.on_commit(CHECKPOINT_SIGNED.set, using=ALIAS)
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
        raise BadEvent(Message(LedgerMessage.TOO_MANY_DRAFTS, {"number": len(drafts), "most": MOST_DRAFTS}))
    if {len(draft.digest) for draft in drafts if draft.digest is not None} - {len(events.NO_DIGEST)}:
        raise BadEvent(Message(LedgerMessage.DIGEST_LENGTH, {"size": len(events.NO_DIGEST)}))
    for key in [draft.key for draft in drafts if draft.key is not None]:
        if not key or (not key.isprintable() and any(character in _NO_TEXT for character in key)):
            raise BadEvent(Message(LedgerMessage.EVENT_KEY_NO_TEXT), where=repr(key))
        if key.startswith(tombstones.MARK):
            raise BadEvent(Message(LedgerMessage.EVENT_KEY_LIKE_TOMBSTONE), where=repr(key))


def _read_last_checkpoint(cursor: Any) -> tuple[int, str]:
    cursor.execute(_LAST)
    row = cursor.fetchone()
    return row or (0, "")


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
    root = write_tiles(cursor, size, merkle.leaf_hashes(commitments))
    linked = replace(signer, extensions=(*signer.extensions, f"{AFTER}{size}"))
    note = notes.sign_checkpoint(size + len(fresh), root, linked, datetime.fromisoformat(moment))
    cursor.execute(_ADD_CHECKPOINT, [size + len(fresh), root, note, moment])


def _make_salts(digests: list[bytes | None], keys: list[str | None]) -> list[bytes]:
    size = events.RANDOM_SIZE
    random = os.urandom(size * len(keys))
    parts = [random[at : at + size] for at in range(0, len(random), size)]
    return events.make_salts(parts, digests, [key.encode() if key else None for key in keys])


def _encode_bodies(fresh: list[_NumberedDraft]) -> list[bytes]:
    """The canonical bodies; BadEvent for one that is not permitted, or is not canonical though it was said to be."""
    encoded = events.encode_bodies(
        _build_body(*numbered) for numbered in fresh if not isinstance(numbered[0].content, CanonicalBody)
    )
    bodies = [
        draft.content.body(kind, version) if isinstance(draft.content, CanonicalBody) else next(encoded)
        for draft, kind, version in fresh
    ]
    is_text = [isinstance(draft.content, CanonicalBody) for draft, _, _ in fresh]
    events.refuse_if_not_canonical(compress(bodies, is_text))  # what is appended once cannot be mended
    return bodies


def _build_body(draft: EventDraft, kind: str, version: int | None) -> dict[str, Any]:
    content = cast(Mapping[str, Any], draft.content)
    if "kind" in content or (version is not None and "version" in content):
        raise BadEvent(Message(LedgerMessage.BODY_SAYS_KIND), where=repr(content))
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
