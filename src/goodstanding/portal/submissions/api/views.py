"""`/v1/sources`: where the programs of sources send their batches, signed with their keys.

A batch is sent whole, or in numbered parts that may come in any order and again. It takes effect when it is closed.
"""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Path, Query, Router

from goodstanding.errors import BadInput
from goodstanding.intake.submissions.batches import (
    Submission,
    SubmissionHeader,
    close_submission,
    delete_abandoned_submissions,
    find_earlier_submission,
    find_same_submission,
    get_submission,
    ingest_submission,
    list_kept_notes,
    list_kept_problems,
    open_submission,
    read_submitted_lines,
    refuse_if_many_open,
    summarise_result,
)
from goodstanding.intake.submissions.dry_run import DryRunResult, run_dry
from goodstanding.intake.submissions.formats import SubmissionFormat, get_format
from goodstanding.intake.submissions.submission_parts import MOST_PARTS, list_parts, store_part
from goodstanding.portal.submissions.api.authentication import BatchSender, authenticate_sender
from goodstanding.portal.submissions.api.message_signatures import encode_base64
from goodstanding.portal.submissions.api.rows import parse_part, parse_rows
from goodstanding.portal.submissions.api.schemas import (
    RowCounts,
    RowProblem,
    SubmissionClosing,
    SubmissionPart,
    SubmissionSchema,
)
from goodstanding.web.http.pages import JSON_TYPE
from goodstanding.web.http.parameters import LONGEST_TEXT, parse_day
from goodstanding.web.schemas.page_frame import FrozenSchema, ProblemSchema

SourceName = Annotated[str, Path(min_length=1, max_length=LONGEST_TEXT, pattern=r"^[^\x00-\x20\x7f/]+$")]
BatchId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
PartNumber = Annotated[int, Path(ge=0, lt=MOST_PARTS)]
FeedName = Annotated[
    str,
    Query(
        max_length=LONGEST_TEXT,
        pattern=r"^[a-z0-9_-]+(/[a-z0-9_-]+)?$",
        description="The feed, or catalogue/record for rows in the canonical form.",
    ),
]
StatedDay = Annotated[
    str,
    Query(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$", description="The day on which the source states it; else today."),
]
MoreParts = Annotated[bool, Query(description="More parts follow: the batch stays open until it is closed.")]
DryRun = Annotated[bool, Query(description="Say what would become of it, and write nothing.")]

_TEXT = {"type": "string"}
_SIGNED = [
    {"name": "Signature-Input", "in": "header", "required": True, "schema": _TEXT, "description": "RFC 9421"},
    {"name": "Signature", "in": "header", "required": True, "schema": _TEXT, "description": "RFC 9421, Ed25519"},
]
_DIGEST = {"name": "Content-Digest", "in": "header", "required": True, "schema": _TEXT, "description": "RFC 9530"}
_ONCE = {"name": "Idempotency-Key", "in": "header", "required": False, "schema": _TEXT,
         "description": "The same key with the same request gives the same answer."}  # fmt: skip
_ROWS = {
    "required": True,
    "content": {
        "application/json": {"schema": {"type": "array", "minItems": 1, "items": {"type": "object"}}},
        "application/x-ndjson": {"schema": {"type": "string", "description": "JSON, an object a line"}},
    },
}
_OTHERWISE = dict.fromkeys((400, 403, 404, 409, 413), ProblemSchema)

router = Router(tags=["sources"])


@router.post(
    "/{source}/batches",
    operation_id="goodstanding_web_push_send_batch",
    summary="Send Batch",
    response={200: SubmissionSchema, 201: SubmissionSchema, **_OTHERWISE},
    openapi_extra={"parameters": [*_SIGNED, _DIGEST, _ONCE], "requestBody": _ROWS},
)
def send_batch(
    request: HttpRequest,
    source: SourceName,
    feed: FeedName,
    stated: StatedDay = "",
    more: MoreParts = False,
    dry_run: DryRun = False,
) -> HttpResponse:
    """Sends a batch whole, or its part 0 where more parts follow; sent again, it changes nothing."""
    _refuse_if_unknown_parameters(request, "feed", "stated", "more", "dry_run")
    batch_sender = authenticate_sender(request, source)
    submission_format = get_format(source, feed)
    parse = parse_part if more else parse_rows
    lines = parse(batch_sender.body, request.content_type or "", submission_format, "part 0")
    content = b"".join(line + b"\n" for line in lines)
    request_digest = _compute_hex_digest(json.dumps([feed, stated, more, hashlib.sha256(content).hexdigest()]).encode())
    day = parse_day(stated, "stated") if stated else submission_format.compute_day(batch_sender.at)
    opening = SubmissionHeader(
        source,
        feed,
        "push",
        batch_sender.actor.name,
        day,
        idempotency=batch_sender.idempotency,
        request_digest=request_digest,
    )
    if more and dry_run:
        raise BadInput(_("A batch of several parts is tried when it is closed."), where="dry_run", remedy="more=false")
    if (
        not dry_run
        and (earlier := find_earlier_submission(source, batch_sender.idempotency, request_digest))
        and (more or earlier.closed_at)
    ):
        return _render_answer(present_batch(earlier), 200)
    return (
        _open_batch(opening, lines, batch_sender)
        if more
        else _ingest_whole_batch(opening, submission_format, content, batch_sender, dry_run)
    )


def _open_batch(opening: SubmissionHeader, lines: list[bytes], batch_sender: BatchSender) -> HttpResponse:
    delete_abandoned_submissions(batch_sender.at)
    refuse_if_many_open(opening.source)
    submission = open_submission(opening, batch_sender.at)
    store_part(submission, 0, lines, _compute_base64_digest(batch_sender.body), batch_sender.at)
    return _render_answer(present_batch(submission), 201)


def _ingest_whole_batch(
    opening: SubmissionHeader,
    submission_format: SubmissionFormat,
    content: bytes,
    batch_sender: BatchSender,
    dry_run: bool,
) -> HttpResponse:
    signature = batch_sender.signature((_compute_base64_digest(batch_sender.body),))
    statement = read_submitted_lines(
        submission_format, opening.source, content, opening.stated, batch_sender.at, signature
    )
    if dry_run:
        return _render_answer(present_dry_run(opening, run_dry(statement)), 200)
    if earlier := find_same_submission(statement):
        return _render_answer(present_batch(earlier), 200)
    submission = open_submission(opening, batch_sender.at)
    return _render_answer(present_batch(ingest_submission(submission, statement, batch_sender.at)), 201)


@router.get(
    "/{source}/batches/{batch}",
    operation_id="goodstanding_web_push_batch_state",
    summary="Batch State",
    response={200: SubmissionSchema, 400: ProblemSchema, 403: ProblemSchema, 404: ProblemSchema},
    openapi_extra={"parameters": _SIGNED},
)
def get_batch_state(request: HttpRequest, source: SourceName, batch: BatchId) -> HttpResponse:
    """Which parts of a batch arrived, or what became of it once it was closed."""
    _refuse_if_unknown_parameters(request)
    authenticate_sender(request, source)
    return _render_answer(present_batch(get_submission(source, batch)), 200)


@router.put(
    "/{source}/batches/{batch}/parts/{number}",
    operation_id="goodstanding_web_push_send_part",
    summary="Send Part",
    response={200: SubmissionSchema, **_OTHERWISE},
    openapi_extra={"parameters": [*_SIGNED, _DIGEST], "requestBody": _ROWS},
)
def send_part(request: HttpRequest, source: SourceName, batch: BatchId, number: PartNumber) -> HttpResponse:
    """Sends one part of an open batch; the same part again changes nothing."""
    _refuse_if_unknown_parameters(request)
    batch_sender = authenticate_sender(request, source)
    submission = get_submission(source, batch)
    submission_format = get_format(source, submission.feed)
    lines = parse_part(batch_sender.body, request.content_type or "", submission_format, f"part {number}")
    store_part(submission, number, lines, _compute_base64_digest(batch_sender.body), batch_sender.at)
    return _render_answer(present_batch(submission), 200)


@router.post(
    "/{source}/batches/{batch}/close", operation_id="goodstanding_web_push_close_batch", summary="Close Batch",
    response={200: SubmissionSchema, **_OTHERWISE},
    openapi_extra={
        "parameters": [*_SIGNED, _DIGEST],
        "requestBody": {
            "required": True,
            "content": {JSON_TYPE: {"schema": {
                "type": "object", "required": ["parts"], "additionalProperties": False,
                "properties": {"parts": {"type": "array", "minItems": 1, "items": _TEXT,
                                         "description": "The SHA-256 of each part's body in base64, from part 0 on."}},
            }}},
        },
    },
)  # fmt: skip
def close_batch(request: HttpRequest, source: SourceName, batch: BatchId, dry_run: DryRun = False) -> HttpResponse:
    """Closes a batch, so that it takes effect; names its parts by their digests, so that none is missing or another."""
    _refuse_if_unknown_parameters(request, "dry_run")
    batch_sender = authenticate_sender(request, source)
    submission = get_submission(source, batch)
    digests = _parse_closing(batch_sender.body)
    done = close_submission(
        submission,
        get_format(source, submission.feed),
        digests,
        batch_sender.signature(tuple(digests)),
        batch_sender.at,
        dry_run,
    )
    opening = SubmissionHeader(source, submission.feed, submission.way, submission.by, submission.stated)
    return _render_answer(
        present_dry_run(opening, done) if isinstance(done, DryRunResult) else present_batch(done), 200
    )


def _parse_closing(body: bytes) -> list[str]:
    try:
        digests = SubmissionClosing.model_validate_json(body, strict=True).parts
    except ValueError as error:
        raise BadInput(
            _("This does not say which parts the batch has."), where="parts", remedy='{"parts": ["…"]}'
        ) from error
    if not 0 < len(digests) <= MOST_PARTS:
        message = _("A batch has at least one part, and at most %(most)s.") % {"most": MOST_PARTS}
        raise BadInput(message, where="parts", remedy='{"parts": ["…"]}')
    return digests


def present_batch(submission: Submission, language: str = "") -> SubmissionSchema:
    """A submission as a batch's answer: the same each time once it is closed."""
    summary: dict[str, Any] = json.loads(submission.answer) if submission.answer else {}
    parts = list_parts(submission).values() if submission.closed_at is None else ()
    return _build_batch(
        summary, language, id=submission.id, source=submission.source, feed=submission.feed, stated=submission.stated,
        opened_at=submission.opened_at,
        closed_at=submission.closed_at, state="closed" if submission.closed_at else "open",
        parts=[SubmissionPart(number=part.number, rows=part.rows, sha256=part.digest) for part in parts],
    )  # fmt: skip


def present_dry_run(opening: SubmissionHeader, preview_result: DryRunResult) -> SubmissionSchema:
    """What would become of a batch."""
    return _build_batch(
        summarise_result(preview_result.intake), "", id=None, source=opening.source, feed=opening.feed,
        stated=preview_result.intake.stated,
        opened_at=None, closed_at=None, state="dry run", parts=[],
    )  # fmt: skip


def present_row_problems(summary: dict[str, Any], language: str) -> list[RowProblem]:
    """The first problems of what was sent, in a language."""
    return [RowProblem(**problem.describe(language)) for problem in list_kept_problems(summary)]


def present_notes(summary: dict[str, Any], language: str) -> list[str]:
    """What is to be known of what was sent, in a language."""
    return [note.render_text(language) for note in list_kept_notes(summary)]


def _build_batch(summary: dict[str, Any], language: str, **attributes: Any) -> SubmissionSchema:
    counts = RowCounts(**summary["counts"]) if summary else None
    return SubmissionSchema(
        **attributes,
        counts=counts,
        problems=present_row_problems(summary, language),
        notes=present_notes(summary, language),
        ledger_size=summary.get("size"),
    )


def _refuse_if_unknown_parameters(request: HttpRequest, *names: str) -> None:
    """A signature keeps the whole address, so it holds nothing but what is read."""
    if unknown_names := sorted(set(request.GET) - set(names)):
        raise BadInput(_("There is no such parameter."), where=unknown_names[0][:100], remedy=", ".join(names) or None)


def _render_answer(schema: FrozenSchema, status: int) -> HttpResponse:
    return HttpResponse(schema.model_dump_json(), content_type=JSON_TYPE, status=status)


def _compute_hex_digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _compute_base64_digest(body: bytes) -> str:
    return encode_base64(hashlib.sha256(body).digest())
