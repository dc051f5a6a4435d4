"""The numbered parts of a batch that is still open: they come in any order, and as often as the sender likes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Sum
from django.db.models.functions import Length

from goodstanding.errors import ContradictsEarlier, NotFound
from goodstanding.intake.files.limits import refuse_if_too_many_bytes, refuse_if_too_many_rows
from goodstanding.intake.models import Sending, SendingPart
from goodstanding.messages import Message, SubmissionMessage

MOST_PARTS = 1_000


def list_parts(submission: Sending) -> dict[int, SendingPart]:
    """The parts that arrived of what is still open, without their content."""
    return {part.number: part for part in submission.parts.defer("content").order_by("number")}


def store_part(submission: Sending, number: int, lines: Sequence[bytes], digest: str, at: datetime) -> None:
    """Keeps a part; the same part again changes nothing. Raises ContradictsEarlier where it says something else."""
    _refuse_if_closed(submission)
    if not 0 <= number < MOST_PARTS:
        raise NotFound(Message(SubmissionMessage.PART_NUMBER_UNKNOWN, {"last": MOST_PARTS - 1}), where="number")
    content = b"".join(line + b"\n" for line in lines)
    stored = submission.parts.exclude(number=number).aggregate(rows=Sum("rows"), size=Sum(Length("content")))
    refuse_if_too_many_rows((stored["rows"] or 0) + len(lines), f"part {number}")
    refuse_if_too_many_bytes((stored["size"] or 0) + len(content), f"part {number}")
    fresh = {"digest": digest, "rows": len(lines), "content": content, "received_at": at}
    kept, _new = SendingPart.objects.get_or_create(sending=submission, number=number, defaults=fresh)
    if kept.digest != digest:
        params = {"number": number, "digest": kept.digest}
        raise ContradictsEarlier(Message(SubmissionMessage.PART_DIFFERS, params), where=f"part {number}")


def _refuse_if_closed(submission: Sending) -> None:
    if submission.closed_at is not None:
        raise ContradictsEarlier(Message(SubmissionMessage.BATCH_CLOSED), where=submission.id)


def refuse_if_parts_differ(submission: Sending, digests: Sequence[str]) -> None:
    """Raises ContradictsEarlier where a batch is closed with other parts than those that arrived."""
    stored_digests = {number: part.digest for number, part in list_parts(submission).items()}
    named = dict(enumerate(digests))
    wrong = [
        str(number)
        for number in sorted({*stored_digests, *named, 0})
        if stored_digests.get(number) != named.get(number)
    ]
    if wrong or not stored_digests:
        where = f"parts {', '.join(wrong[:20]) or '0'}"
        raise ContradictsEarlier(Message(SubmissionMessage.PARTS_DIFFER), where=where)
