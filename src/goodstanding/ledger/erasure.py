"""Erasing events: body, salt and digest destroyed, the key replaced by its tombstone, and an event that says so.

The commitment stays, so that the tree, every proof and every checkpoint hold as before. Two people sign: one asks
(ErasureAsked), another confirms (ContentErased); a body may be missing only where such an event names its position.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from django.db import connections

from goodstanding import config
from goodstanding.errors import BadEvent, NotFound
from goodstanding.ledger import keys, store
from goodstanding.ledger.columns import BATCH
from goodstanding.ledger.notes import Signer
from goodstanding.ledger.recount import Finding, Missing
from goodstanding.ledger.store import ALIAS, Draft
from goodstanding.ledger.tombstones import tombstone

ASKED, ERASED, REFUSED = KINDS = ("ErasureAsked", "ContentErased", "ErasureRefused")
ASK, CONFIRM = "ask", "confirm"
MOST = 5_000  # positions in one event

_EVENTS = """
    SELECT position, kind, key, version, body IS NULL
    FROM ledger_event
    WHERE position IN ({marks})"""
_CHAINS = """
    SELECT position
    FROM ledger_event
    WHERE key IN (SELECT key FROM ledger_event WHERE position IN ({marks}))"""
_NAMING = {
    "sqlite": """
    SELECT position
    FROM ledger_event
    WHERE key IS NULL
      AND instr(body, %s) > 0""",
    "postgresql": """
    SELECT position
    FROM ledger_event
    WHERE key IS NULL
      AND strpos(body, %s) > 0""",
}
_DESTROY = """
    UPDATE ledger_event
    SET body = NULL, salt = NULL, digest = NULL, key = %s
    WHERE position = %s"""
_LEFT = "INSERT INTO ledger_leftover (position, files) VALUES (%s, %s)"
_LEFTOVERS = "SELECT position, files FROM ledger_leftover ORDER BY position"
_WASHED = "DELETE FROM ledger_leftover WHERE position = %s"


class Reason(msgspec.Struct, frozen=True):
    """Why something was erased: a code, and in words."""

    code: str
    text: str


class Basis(msgspec.Struct, frozen=True):
    """The law and the article that ask for it."""

    law: str
    article: str


class Signed(msgspec.Struct, frozen=True):
    """Who signed an erasure, and in which role: `ask` or `confirm`."""

    role: str
    by: str


class Asked(msgspec.Struct, frozen=True):
    """That somebody asked for an erasure: of which positions, why, on which law, on which day."""

    positions: tuple[int, ...]
    reason: Reason
    basis: Basis
    by: str
    day: date


class Gone(msgspec.Struct, frozen=True):
    """An event that was erased, as its row is left; `beside` is a record's position that stays on the same file."""

    position: int
    kind: str
    version: int | None = None
    tombstone: str = ""
    beside: int | None = None


class Erasure(msgspec.Struct, frozen=True):
    """That events were erased: who asked (at which position) and who confirmed, why, on which law, on which day."""

    asked: int
    erased: tuple[Gone, ...]
    reason: Reason
    basis: Basis
    signed: tuple[Signed, ...]
    day: date


class Going(msgspec.Struct, frozen=True):
    """An event that is to be erased; `key` finds it again where it is filed under none."""

    position: int
    beside: int | None = None
    key: str = ""


def content_of(said: Asked | Erasure) -> dict[str, Any]:
    """What is said, as the body of an event."""
    content: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(said))
    return content


def same_person(one: str, other: str) -> bool:
    """Whether two names are one person's, however they are typed."""
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def versions(positions: Iterable[int]) -> set[int]:
    """The positions of all events that are filed under the same keys as those at some positions."""
    with connections[ALIAS].cursor() as cursor:
        return {position for (position,) in _found(cursor, _CHAINS, positions)}


def naming(text: str) -> set[int]:
    """The events without a key, few among many records, in whose body a text stands."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(_NAMING[cursor.db.vendor], [text])
        return {position for (position,) in cursor.fetchall()}


def erase(
    going: Sequence[Going], asked_at: int, by: str, files: Collection[str], recorded_at: datetime, signer: Signer
) -> int:
    """Erases what was asked for at a position, confirmed by somebody else; gives the position of the ContentErased.

    One transaction destroys the rows, appends the event and notes what is left to wash out of the files, `files` being
    the digests of evidence. Raises BadEvent, and then nothing has changed, where it is not what was asked for, one
    person signed twice, a further version of a key is left out, or something was erased before.
    """
    with store.alone(), connections[ALIAS].cursor() as cursor:
        asked = asked_for(asked_at)
        gone = _gone(cursor, going)
        if missing := set(asked.positions) - {one.position for one in gone}:
            raise BadEvent("What was asked for is left out.", where=f"position {min(missing)}")
        signed = (Signed(ASK, asked.by), Signed(CONFIRM, by))
        erasure = Erasure(asked_at, gone, asked.reason, asked.basis, signed, recorded_at.date())
        if why_not := _unsigned(erasure):
            raise BadEvent(why_not, where=f"position {asked_at}", remedy="somebody else confirms")
        position = store.append([Draft(ERASED, content_of(erasure))], recorded_at, signer).size - 1
        _destroy(cursor, gone)
        cursor.execute(_LEFT, [position, msgspec.json.encode(sorted(files)).decode()])
    return position


def asked_for(position: int) -> Asked:
    """What was asked for by the event at a position; raises NotFound where it is no ErasureAsked."""
    entry = next(iter(store.read(position, position + 1)), None) if position >= 0 else None
    if entry is None or entry.kind != ASKED or entry.body is None:
        raise NotFound(f"No erasure was asked for at {position}.", remedy="the position of an ErasureAsked event")
    return msgspec.json.decode(entry.body, type=Asked)


def _gone(cursor: Any, going: Sequence[Going]) -> tuple[Gone, ...]:
    """The rows as they will be left; BadEvent for what cannot be erased."""
    if not 0 < len(going) <= MOST:
        raise BadEvent(f"{len(going)} events in one erasure", remedy=f"1 to {MOST}")
    wanted = {one.position: one for one in going}
    rows = {row[0]: row[1:] for row in _found(cursor, _EVENTS, wanted)}
    if lacking := sorted(set(wanted) - set(rows)) or [at for at, row in rows.items() if row[-1]]:
        raise BadEvent("There is no such event, or it was erased before.", where=f"position {lacking[0]}")
    if further := versions(wanted) - set(wanted):
        raise BadEvent("A further version of the same is left out.", where=f"position {min(further)}")
    secret = keys.tombstone_secret(config.current().folder)
    return tuple(
        _left(one, rows[position][0], rows[position][1] or one.key, rows[position][2], secret)
        for position, one in sorted(wanted.items())
    )


def _left(one: Going, kind: str, key: str, version: int | None, secret: bytes) -> Gone:
    if kind in KINDS:
        raise BadEvent(f"{kind} is never erased", where=f"position {one.position}")
    return Gone(one.position, kind, version, tombstone(key, secret) if key else "", one.beside)


def _destroy(cursor: Any, gone: Sequence[Gone]) -> None:
    if cursor.db.vendor == "sqlite":
        cursor.execute("PRAGMA secure_delete = ON")  # what is destroyed is overwritten at once
    cursor.executemany(_DESTROY, [(one.tombstone or None, one.position) for one in gone])


def _found(cursor: Any, statement: str, positions: Iterable[int]) -> Iterator[tuple[Any, ...]]:
    wanted = sorted(positions)
    for first in range(0, len(wanted), BATCH):
        asked = wanted[first : first + BATCH]
        cursor.execute(statement.format(marks=", ".join(["%s"] * len(asked))), asked)
        yield from cursor.fetchall()


def erasures(since: int = 0) -> dict[int, Erasure]:
    """Every erasure from a position on, by the position of its event."""
    entries = store.of_kinds((ERASED,), since)
    return {entry.position: msgspec.json.decode(entry.body or "", type=Erasure) for entry in entries}


def findings(missing: Iterable[Missing]) -> Iterator[Finding]:
    """What does not hold about erasures: bodies gone that none names, or still there; and those not signed by two."""
    named: dict[int, Gone] = {}
    for entry in store.of_kinds((ERASED,)):
        if why := _refuted(entry):
            yield Finding("erasure", f"position {entry.position}", why)
        else:
            erasure = msgspec.json.decode(entry.body or "", type=Erasure)
            named |= {one.position: one for one in erasure.erased}
    for row in missing:
        yield from _row(row, named.pop(row.position, None))
    for position in named:
        yield Finding("not-erased", f"position {position}", "its erasure is in the ledger, and so is its body")


def _refuted(entry: store.Entry) -> str:
    """Why an event does not show that two people erased what it names; nothing where it does."""
    try:
        erasure = msgspec.json.decode(entry.body or "", type=Erasure)
        asked = asked_for(erasure.asked)
    except (msgspec.DecodeError, NotFound) as wrong:
        return f"nobody asked for the erasure: {wrong}"
    if (asked.reason, asked.basis) != (erasure.reason, erasure.basis) or erasure.asked >= entry.position:
        return "another erasure was asked for"
    if not set(asked.positions) <= {one.position for one in erasure.erased}:
        return "more was asked for than it names"
    if asked.by not in [one.by for one in erasure.signed if one.role == ASK]:
        return "somebody else asked for it"
    if any(one.position >= entry.position or one.kind in KINDS for one in erasure.erased):
        return "it names what cannot be erased"
    return _unsigned(erasure)


def _unsigned(erasure: Erasure) -> str:
    """Why an erasure lacks its two signatures; nothing where it has them."""
    by = {one.role: one.by for one in erasure.signed if one.by.strip()}
    if len(erasure.signed) != 2 or set(by) != {ASK, CONFIRM}:
        return "an erasure without the signatures of who asked and who confirmed"
    return "one person asked and confirmed" if same_person(by[ASK], by[CONFIRM]) else ""


def _row(row: Missing, gone: Gone | None) -> Iterator[Finding]:
    where = f"position {row.position}"
    if gone is None:
        yield Finding("body-missing", where, "the body is gone and nothing says that it was erased")
    elif not row.bare or (gone.kind, gone.version, gone.tombstone) != (row.kind, row.version, row.key):
        yield Finding("erased-row", where, "what is left of the event is not what its erasure says")


def leftovers() -> dict[int, tuple[str, ...]]:
    """The erasures of which something may still stand outside their rows, each with the evidence to be destroyed."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(_LEFTOVERS)
        return {position: tuple(msgspec.json.decode(files)) for position, files in cursor.fetchall()}


def wash() -> bool:
    """Rewrites the ledger's database, so that nothing destroyed stands in free pages; whether it could do so wholly.

    On SQLite nothing is left in the file or its log. On PostgreSQL dead rows are gone for every query; their bytes stay
    in the files until they are overwritten, and in the server's own log and backups.
    """
    with connections[ALIAS].cursor() as cursor:
        if cursor.db.vendor == "postgresql":
            cursor.execute("VACUUM (ANALYZE) ledger_event")
            return True
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return not cursor.fetchone()[0]


def washed(positions: Iterable[int]) -> None:
    """Notes that nothing is left of some erasures."""
    with connections[ALIAS].cursor() as cursor:
        cursor.executemany(_WASHED, [(position,) for position in positions])
