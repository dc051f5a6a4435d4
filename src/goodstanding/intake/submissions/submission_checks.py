"""Whether what is kept of what sources sent is what the ledger says of it: signatures, answers, and rows put aside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from goodstanding.intake.models import Quarantined, Sending
from goodstanding.intake.submissions.source_keys import has_valid_signature
from goodstanding.ledger import content_erasure, events
from goodstanding.ledger import store as ledger
from goodstanding.messages import Message, SubmissionMessage
from goodstanding.register.storage.database_checks import VerificationFinding
from goodstanding.register.storage.queries import fetch_rows


@dataclass(frozen=True, slots=True)
class _Statement:
    """A file as the ledger says that it was received."""

    position: int
    body: dict[str, Any]

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """What tells it from others: source, feed, day, and the digest of what was sent."""
        return self.body.get("source", ""), self.body["feed"], self.body["stated"], self.body["digest"]


def list_submission_faults() -> Iterator[VerificationFinding]:
    """What does not hold of signatures of batches, of answers to sources, and of the rows that were put aside."""
    answered = list(Sending.objects.exclude(closed_at=None).exclude(answer=""))  # first: the ledger is ahead of them
    statements = _list_statements()
    yield from _list_signature_faults(statements)
    yield from _list_answer_faults(answered, {statement.identity: statement.body["counts"] for statement in statements})
    yield from _list_quarantine_faults(statements)


def _list_statements() -> list[_Statement]:
    positions = [position for (position,) in fetch_rows("SELECT position FROM statement")]
    entries = ledger.list_entries_at(positions)
    return [_Statement(entry.position, events.decode_body((entry.body or "").encode())) for entry in entries]


def _list_signature_faults(statements: list[_Statement]) -> Iterator[VerificationFinding]:
    for statement in statements:
        if "signature" in statement.body and not has_valid_signature(statement.body):
            problem = Message(SubmissionMessage.BATCH_SIGNATURE_WRONG)
            yield VerificationFinding("batch-signature", f"ledger position {statement.position}", problem)


def _list_answer_faults(
    answered: list[Sending], counts: dict[tuple[str, str, str, str], dict[str, int]]
) -> Iterator[VerificationFinding]:
    """Answers that tell a source of other rows than the ledger does; one of nothing that was received is one, too."""
    problem = Message(SubmissionMessage.ANSWER_DIFFERS)
    for sending in answered:
        identity = sending.source, sending.feed, sending.stated.isoformat(), sending.digest
        if identity not in counts or _count_rows(_parse_counts(sending.answer)) != _count_rows(counts[identity]):
            yield VerificationFinding("answer", f"submission {sending.id}", problem)


def _parse_counts(answer: str) -> dict[str, int]:
    try:
        return dict(json.loads(answer)["counts"])
    except (ValueError, KeyError, TypeError):
        return {}


def _count_rows(counts: dict[str, int]) -> tuple[int, int, int]:
    """Rows, those put aside and those taken in: the same again where a sender was cut off and sent once more."""
    taken_in = sum(counts.get(name, 0) for name in ("issued", "corrected", "unchanged"))
    return counts.get("rows", 0), counts.get("quarantined", 0), taken_in


def _list_quarantine_faults(statements: list[_Statement]) -> Iterator[VerificationFinding]:
    """Files of which fewer rows wait, or waited, than were put aside; since the last erasure, which takes rows away."""
    entries_by_file = {
        (feed, file, stated.isoformat() if stated else ""): number
        for feed, file, stated, number in Quarantined.objects.exclude(row=None)
        .values_list("feed", "file", "stated")
        .annotate(number=Count("id"))
    }
    erased_at = max((entry.position for entry in ledger.list_entries_of_kinds((content_erasure.ERASED,))), default=-1)
    for statement in statements:
        body, put_aside = statement.body, statement.body["counts"].get("quarantined", 0)
        rows = entries_by_file.get((body["feed"], body["file"], body["stated"]), 0)
        if statement.position > erased_at and rows < put_aside:
            params = {"number": put_aside, "file": body["file"], "present": rows}
            problem = Message(SubmissionMessage.PUT_ASIDE_MISSING, params)
            yield VerificationFinding("quarantine", f"ledger position {statement.position}", problem)
