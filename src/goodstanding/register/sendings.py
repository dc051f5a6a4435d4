"""What sources send in, from the first part to what became of it: the same again changes nothing, half of it neither.

A batch is open while its parts come, numbered from 0, in any order and as often as the sender likes; it takes effect
when it is closed, whole. What was sent in one piece, as a file or by a program, is closed at once.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, Sum

from goodstanding import config
from goodstanding.errors import ContradictsEarlier, NotFound
from goodstanding.register import incoming, limits, stating
from goodstanding.register.intake import Intake, Signature, take_in
from goodstanding.register.models import Sending, SendingPart
from goodstanding.register.preview import Preview, preview
from goodstanding.register.stating import Statement, Way

MOST_PARTS = 1_000
KEPT_OPEN = timedelta(days=7)
_HELD = timedelta(minutes=10)  # how long whoever takes a batch in may be silent before another may
_SHOWN = 100
_COUNTS = ("rows", "issued", "corrected", "unchanged", "withdrawn", "quarantined")


@dataclass(frozen=True, slots=True)
class Opening:
    """What a source begins to send: by which feed, stated on which day, by whom; `asked` is what it asked exactly."""

    source: str
    feed: str
    way: str
    by: str
    stated: date
    file: str = ""
    idempotency: str | None = None
    asked: str = ""


def said_by(intake: Intake) -> dict[str, Any]:
    """What became of a file, as it is kept and answered: counts, the first problems, notes, the ledger's size."""
    problems = [[one.row, one.column, one.reason, one.value] for one in intake.problems[:_SHOWN]]
    counts = {name: getattr(intake, name) for name in _COUNTS}
    return {"counts": counts, "problems": problems, "notes": list(intake.notes), "size": intake.size}


def before(source: str, idempotency: str | None, asked: str) -> Sending | None:
    """What was asked under the same key before; raises ContradictsEarlier where that was something else."""
    if idempotency is None:
        return None
    found = Sending.objects.filter(source=source, idempotency=idempotency).first()
    if found and found.asked.partition(" ")[0] != asked:
        said = "Something else was sent under this Idempotency-Key."
        raise ContradictsEarlier(said, where="Idempotency-Key", remedy="a new key for what is new")
    return found


def begin(opening: Opening, at: datetime) -> Sending:
    """A sending that is open, or the one that the same question began before."""
    try:
        with transaction.atomic():
            return Sending.objects.create(
                id=secrets.token_hex(16), source=opening.source, feed=opening.feed, way=opening.way, by=opening.by,
                stated=opening.stated, file=opening.file, idempotency=opening.idempotency, asked=opening.asked,
                opened_at=at,
            )  # fmt: skip
    except IntegrityError:
        if found := before(opening.source, opening.idempotency, opening.asked):
            return found
        raise


def get(source: str, sending: str) -> Sending:
    """A source's own sending; raises NotFound."""
    found = Sending.objects.filter(source=source, id=sending).first()
    if found is None:
        raise NotFound("This source sent nothing under that id.", where=sending[:64], remedy="the id of an answer")
    return found


def newest(source: str, limit: int) -> list[Sending]:
    """What a source sent in, newest first."""
    return list(Sending.objects.filter(source=source).order_by("-opened_at", "id")[:limit])


def parts(one: Sending) -> dict[int, SendingPart]:
    """The parts that arrived of what is still open, without their content."""
    return {part.number: part for part in one.parts.defer("content").order_by("number")}


def put(one: Sending, number: int, lines: Sequence[bytes], digest: str, at: datetime) -> None:
    """Keeps a part; the same part again changes nothing. Raises ContradictsEarlier where it says something else."""
    _refuse_closed(one)
    if not 0 <= number < MOST_PARTS:
        raise NotFound("There is no such part.", where="number", remedy=f"0 to {MOST_PARTS - 1}")
    held = one.parts.exclude(number=number).aggregate(rows=Sum("rows"))["rows"] or 0
    limits.refuse_more(held + len(lines), f"part {number}")
    content = b"".join(line + b"\n" for line in lines)
    fresh = {"digest": digest, "rows": len(lines), "content": content, "received_at": at}
    kept, _new = SendingPart.objects.get_or_create(sending=one, number=number, defaults=fresh)
    if kept.digest != digest:
        said = f"Part {number} arrived before with other content."
        raise ContradictsEarlier(said, where=f"part {number}", remedy=f"the part whose digest is {kept.digest}")


def _refuse_closed(one: Sending) -> None:
    if one.closed_at is not None:
        raise ContradictsEarlier("This batch is closed.", where=one.id, remedy="a new batch")


def close(
    one: Sending, chosen: Way, digests: Sequence[str], signature: Signature, at: datetime, dry_run: bool = False
) -> Sending | Preview:
    """Takes a batch in whose parts have these digests, in order; or says what would become of it.

    Closed again, it gives the same answer. Raises ContradictsEarlier where a part is missing or another one.
    """
    asked = json.dumps(list(digests))
    if one.closed_at is not None:
        if one.asked != _closing(one.asked, asked):
            raise ContradictsEarlier("This batch was closed with other parts.", where=one.id, remedy="a new batch")
        return one
    _refuse_missing(one, digests)
    content = b"".join(bytes(part.content) for part in one.parts.order_by("number"))
    statement = read_lines(chosen, one.source, content, one.stated, at, signature)
    if dry_run:
        return preview(statement)
    one.asked = _closing(one.asked, asked)
    return take(one, statement, at)


def read_lines(chosen: Way, source: str, content: bytes, stated: date, at: datetime, signature: Signature) -> Statement:
    """What the rows that a program of a source sent state: JSON, an object a line."""
    with tempfile.TemporaryDirectory(dir=config.current().folder, prefix=".batch-") as folder:
        file = Path(folder) / "batch.jsonl"
        config.write_private(file, content)
        return stating.read_file(chosen, source, file, stated, at, signature, forgiving=True)


def _closing(opened: str, asked: str) -> str:
    """What was asked at the opening, and the digest of what was asked at the end."""
    return f"{opened.partition(' ')[0]} {hashlib.sha256(asked.encode()).hexdigest()}"


def _refuse_missing(one: Sending, digests: Sequence[str]) -> None:
    held = {number: part.digest for number, part in parts(one).items()}
    named = dict(enumerate(digests))
    wrong = [str(number) for number in sorted({*held, *named, 0}) if held.get(number) != named.get(number)]
    if wrong or not held:
        said = "The parts that arrived are not those that the batch is closed with."
        where = f"parts {', '.join(wrong[:20]) or '0'}"
        raise ContradictsEarlier(said, where=where, remedy="every part from 0 on, then their digests in order")


def same(statement: Statement) -> Sending | None:
    """What the same source sent before by the same feed, with the same content, stated on the same day."""
    batch = statement.batch
    found = Sending.objects.exclude(closed_at=None).filter(
        source=batch.source, feed=batch.feed.feed, stated=batch.stated, digest=batch.sheet.digest
    )
    return found.order_by("opened_at").first()


def by_digest(source: str, feed: str, digest: str) -> Sending | None:
    """What a source sent by a feed with that content, if it was taken in."""
    found = Sending.objects.exclude(closed_at=None).filter(source=source, feed=feed, digest=digest)
    return found.order_by("-opened_at").first()


def take(one: Sending, statement: Statement, at: datetime) -> Sending:
    """Takes in what was sent, once, and closes it with what became of it."""
    if earlier := same(statement):
        return _closed(one, statement, earlier.answer, at)
    if not _claimed(one, at):
        one.refresh_from_db()
        if one.closed_at is None:
            raise ContradictsEarlier("This is being taken in now.", where=one.id, remedy="ask again in a minute")
        return one
    try:
        intake = take_in(statement.batch, statement.found)
    except BaseException:
        Sending.objects.filter(pk=one.pk).update(claimed_at=None)
        raise
    return _closed(one, statement, json.dumps(said_by(intake), ensure_ascii=False), at)


def _claimed(one: Sending, at: datetime) -> bool:
    free = Q(claimed_at=None) | Q(claimed_at__lt=at - _HELD)
    return Sending.objects.filter(free, pk=one.pk, closed_at=None).update(claimed_at=at) == 1


def _closed(one: Sending, statement: Statement, answer: str, at: datetime) -> Sending:
    one.digest, one.answer, one.closed_at, one.claimed_at = statement.batch.sheet.digest, answer, at, None
    one.save(update_fields=["asked", "digest", "answer", "closed_at", "claimed_at"])
    one.parts.all().delete()
    return one


def note_record(opening: Opening, position: int, at: datetime) -> Sending:
    """Notes who entered a single record, and where it stands in the ledger."""
    one = begin(opening, at)
    one.position, one.closed_at = position, at
    one.save(update_fields=["position", "closed_at"])
    return one


def tidy(at: datetime) -> None:
    """Forgets files that nobody confirmed within a day, and batches that nobody closed within a week."""
    incoming.tidy(at)
    open_long = Sending.objects.filter(closed_at=None, opened_at__lt=at - KEPT_OPEN)
    open_long.exclude(parts__received_at__gte=at - KEPT_OPEN).delete()
