"""What sources send in, from the first part to what became of it: the same again changes nothing, half of it neither.

A batch is open while its parts come, numbered from 0, in any order and as often as the sender likes; it takes effect
when it is closed, whole. What was sent in one piece, as a file or by a program, is closed at once.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import tempfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeAlias

from django.db import IntegrityError, transaction

from goodstanding import config
from goodstanding.errors import ContradictsEarlier, NotFound, NotPossible
from goodstanding.intake.feed_sheet import BatchSignature, IngestResult
from goodstanding.intake.files.upload_store import drop_old_uploads
from goodstanding.intake.ingest import ingest_batch
from goodstanding.intake.models import Sending
from goodstanding.intake.problems import RowProblem, pack_message, unpack_message
from goodstanding.intake.submissions.dry_run import DryRunResult, run_dry
from goodstanding.intake.submissions.formats import SubmissionFormat
from goodstanding.intake.submissions.intake_lock import hold_intake_lock, is_being_ingested
from goodstanding.intake.submissions.statements import SubmittedStatement, read_statement
from goodstanding.intake.submissions.submission_parts import refuse_if_parts_differ
from goodstanding.ledger import store as ledger
from goodstanding.messages import Message, SubmissionMessage
from goodstanding.register.projection.projector import refuse_if_overtaken

Submission: TypeAlias = Sending  # what others call the row that stands for it
KEPT_OPEN = timedelta(days=7)
MOST_OPEN = 20  # batches of a source
_SHOWN = 100
_COUNTS = ("rows", "issued", "corrected", "unchanged", "withdrawn", "quarantined")


@dataclass(frozen=True, slots=True)
class SubmissionHeader:
    """What a source begins to send: by which feed, of which day, by whom; `request_digest` is that of its request."""

    source: str
    feed: str
    way: str
    by: str
    stated: date
    file: str = ""
    idempotency: str | None = None
    request_digest: str = ""


def summarise_result(intake: IngestResult) -> dict[str, Any]:
    """What became of a file, as it is kept and answered: counts, the first problems, notes, the ledger's size."""
    problems = [
        [problem.row, problem.column, pack_message(problem.message), problem.value]
        for problem in intake.problems[:_SHOWN]
    ]
    counts, notes = {name: getattr(intake, name) for name in _COUNTS}, [pack_message(note) for note in intake.notes]
    return {"counts": counts, "problems": problems, "notes": notes, "size": intake.size}


def list_kept_problems(summary: Mapping[str, Any]) -> list[RowProblem]:
    """The problems in what is kept of a file; in words alone where it was kept before there were codes."""
    kept_problems = summary.get("problems", [])
    return [RowProblem(row, column, unpack_message(message), value) for row, column, message, value in kept_problems]


def list_kept_notes(summary: Mapping[str, Any]) -> list[Message]:
    """The notes in what is kept of a file."""
    return list(map(unpack_message, summary.get("notes", [])))


def find_earlier_submission(source: str, idempotency: str | None, request_digest: str) -> Sending | None:
    """What was asked under the same key before; raises ContradictsEarlier where that was something else."""
    if idempotency is None:
        return None
    earlier = Sending.objects.filter(source=source, idempotency=idempotency).first()
    if earlier and earlier.asked.partition(" ")[0] != request_digest:
        raise ContradictsEarlier(Message(SubmissionMessage.IDEMPOTENCY_KEY_REUSED), where="Idempotency-Key")
    return earlier


def open_submission(header: SubmissionHeader, at: datetime) -> Sending:
    """A submission that is open, or the one that the same question began before."""
    try:
        with transaction.atomic():
            return Sending.objects.create(
                id=secrets.token_hex(16), source=header.source, feed=header.feed, way=header.way, by=header.by,
                stated=header.stated, file=header.file, idempotency=header.idempotency, asked=header.request_digest,
                opened_at=at,
            )  # fmt: skip
    except IntegrityError:
        if earlier := find_earlier_submission(header.source, header.idempotency, header.request_digest):
            return earlier
        raise


def refuse_if_many_open(source: str) -> None:
    """Nothing, or NotPossible where a source has as many batches open as it may."""
    if Sending.objects.filter(source=source, way="push", closed_at=None).count() >= MOST_OPEN:
        raise NotPossible(Message(SubmissionMessage.BATCHES_OPEN, {"most": MOST_OPEN}), where=source)


def get_submission(source: str, submission_id: str) -> Sending:
    """A source's own submission; raises NotFound."""
    submission = Sending.objects.filter(source=source, id=submission_id).first()
    if submission is None:
        raise NotFound(Message(SubmissionMessage.SUBMISSION_UNKNOWN), where=submission_id[:64])
    return submission


def list_newest_submissions(source: str, limit: int) -> list[Sending]:
    """What a source sent in, newest first."""
    return list(Sending.objects.filter(source=source).order_by("-opened_at", "id")[:limit])


def close_submission(
    submission: Sending,
    submission_format: SubmissionFormat,
    digests: Sequence[str],
    signature: BatchSignature,
    at: datetime,
    dry_run: bool = False,
) -> Sending | DryRunResult:
    """Takes a batch in whose parts have these digests, in order; or says what would become of it.

    Closed again, it gives the same answer. Raises ContradictsEarlier where a part is missing or another one.
    """
    closing_request = json.dumps(list(digests))
    if submission.closed_at is not None:
        if submission.asked != _compute_closing_digest(submission.asked, closing_request):
            raise ContradictsEarlier(Message(SubmissionMessage.BATCH_CLOSED_OTHERWISE), where=submission.id)
        return submission
    refuse_if_parts_differ(submission, digests)
    content = b"".join(bytes(part.content) for part in submission.parts.order_by("number"))
    statement = read_submitted_lines(submission_format, submission.source, content, submission.stated, at, signature)
    if dry_run:
        return run_dry(statement)
    submission.asked = _compute_closing_digest(submission.asked, closing_request)
    return ingest_submission(submission, statement, at)


def read_submitted_lines(
    submission_format: SubmissionFormat,
    source: str,
    content: bytes,
    stated: date,
    at: datetime,
    signature: BatchSignature,
) -> SubmittedStatement:
    """What the rows that a program of a source sent state: JSON, an object a line."""
    with tempfile.TemporaryDirectory(dir=config.get_current_register().folder, prefix=".batch-") as folder:
        file = Path(folder) / "batch.jsonl"
        config.write_private_file(file, content)
        return read_statement(submission_format, source, file, stated, at, signature, forgiving=True)


def _compute_closing_digest(opening_request: str, closing_request: str) -> str:
    """What was asked at the opening, and the digest of what was asked at the end."""
    return f"{opening_request.partition(' ')[0]} {hashlib.sha256(closing_request.encode()).hexdigest()}"


def find_same_submission(statement: SubmittedStatement) -> Sending | None:
    """What the same source sent before by the same feed, with the same content, stated on the same day.

    Only while all of that still holds: what changed meanwhile is to be corrected, so it is no longer done before.
    """
    batch = statement.batch
    same_submissions = Sending.objects.exclude(closed_at=None).filter(
        source=batch.source, feed=batch.feed.feed, stated=batch.stated, digest=batch.sheet.digest
    )
    earlier = same_submissions.order_by("-closed_at").first()
    return earlier if earlier and not run_dry(statement).intake.changes_something else None


def find_submission_by_digest(source: str, feed: str, stated: date, digest: str) -> Sending | None:
    """What a source sent by a feed with that content, as stated on a day, if it was taken in."""
    submissions = Sending.objects.exclude(closed_at=None).filter(source=source, feed=feed, stated=stated, digest=digest)
    return submissions.order_by("-opened_at").first()


def ingest_submission(submission: Sending, statement: SubmittedStatement, at: datetime) -> Sending:
    """Takes in what was sent, once, and closes it with what became of it."""
    if earlier := find_same_submission(statement):
        return _store_result(submission, statement, earlier.answer, at)
    with ExitStack() as lock:
        with ledger.hold_append_lock():  # nobody looks at this moment whether it is taken in
            is_ours = lock.enter_context(hold_intake_lock(submission.id))
        stored = get_submission(submission.source, submission.id)
        if stored.closed_at is not None:
            return stored
        if not is_ours:
            raise ContradictsEarlier(Message(SubmissionMessage.BATCH_BUSY), where=submission.id)
        return _ingest(submission, statement, at)


def _ingest(submission: Sending, statement: SubmittedStatement, at: datetime) -> Sending:
    intake = ingest_batch(statement.batch, statement.records)
    return _store_result(submission, statement, json.dumps(summarise_result(intake), ensure_ascii=False), at)


def list_ingested_submissions(source: str, feeds: Collection[str], limit: int) -> dict[int, Sending]:
    """The newest of what a source sent by some feeds and what was taken in, by the number of each among all of them."""
    ingested = Sending.objects.exclude(closed_at=None).filter(source=source, feed__in=feeds)
    count = ingested.count()
    return {count - index: submission for index, submission in enumerate(ingested.order_by("-closed_at")[:limit])}


def ingest_upload(
    header: SubmissionHeader, statement: SubmittedStatement, feeds: Collection[str], seen: int | None, at: datetime
) -> Sending:
    """Takes in a file whose sender had seen what the source sent by these feeds, up to the number `seen` of them.

    Raises Overtaken where more was taken in since, NotPossible where something is being taken in now. A file of which
    the taking in was cut off is forgotten: it is sent again.
    """
    with ExitStack() as lock:
        with ledger.hold_append_lock():
            own = Sending.objects.filter(source=header.source, feed__in=feeds)
            _refuse_if_busy(own.filter(closed_at=None))
            refuse_if_overtaken(seen, own.exclude(closed_at=None).count())
            own.filter(closed_at=None, way="file").delete()
            submission = open_submission(header, at)
            lock.enter_context(hold_intake_lock(submission.id))
        try:
            if earlier := find_same_submission(statement):
                return _store_result(submission, statement, earlier.answer, at)
            return _ingest(submission, statement, at)
        except BaseException:
            submission.delete()
            raise


def _refuse_if_busy(open_submissions: Iterable[Sending]) -> None:
    for submission in open_submissions:
        if is_being_ingested(submission.id):
            raise NotPossible(Message(SubmissionMessage.RECORDS_BUSY, {"by": submission.by}), where="file")


def _store_result(submission: Sending, statement: SubmittedStatement, answer: str, at: datetime) -> Sending:
    submission.digest, submission.answer, submission.closed_at = statement.batch.sheet.digest, answer, at
    submission.save(update_fields=["asked", "digest", "answer", "closed_at"])
    submission.parts.all().delete()
    return submission


def note_record_submission(header: SubmissionHeader, position: int, at: datetime) -> Sending:
    """Notes who entered a single record, and where it stands in the ledger."""
    submission = open_submission(header, at)
    submission.position, submission.closed_at = position, at
    submission.save(update_fields=["position", "closed_at"])
    return submission


def delete_abandoned_submissions(at: datetime) -> None:
    """Forgets files that nobody confirmed within a day, and batches that nobody closed within a week."""
    drop_old_uploads(at)
    open_long = Sending.objects.filter(closed_at=None, opened_at__lt=at - KEPT_OPEN)
    open_long.exclude(parts__received_at__gte=at - KEPT_OPEN).delete()
