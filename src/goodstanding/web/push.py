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
from goodstanding.register import sendings, stating
from goodstanding.register.models import Sending
from goodstanding.register.preview import Preview, preview
from goodstanding.register.sendings import Opening, said_by
from goodstanding.register.stating import Way
from goodstanding.web import asking, push_rows
from goodstanding.web.pages import JSON
from goodstanding.web.shapes import Problem, Shape
from goodstanding.web.shapes import sending as shapes
from goodstanding.web.signatures import encoded
from goodstanding.web.signed import Sender, sender

Source = Annotated[str, Path(min_length=1, max_length=asking.LONGEST, pattern=r"^[^\x00-\x20\x7f/]+$")]
Id = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
Number = Annotated[int, Path(ge=0, lt=sendings.MOST_PARTS)]
FeedName = Annotated[
    str,
    Query(
        max_length=asking.LONGEST,
        pattern=r"^[a-z0-9_-]+(/[a-z0-9_-]+)?$",
        description="The feed, or catalogue/record for rows in the canonical form.",
    ),
]
Stated = Annotated[
    str,
    Query(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$", description="The day on which the source states it; else today."),
]
More = Annotated[bool, Query(description="More parts follow: the batch stays open until it is closed.")]
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
_OTHERWISE = dict.fromkeys((400, 403, 404, 409, 413), Problem)

router = Router(tags=["sources"])


@router.post(
    "/{source}/batches",
    response={200: shapes.Batch, 201: shapes.Batch, **_OTHERWISE},
    openapi_extra={"parameters": [*_SIGNED, _DIGEST, _ONCE], "requestBody": _ROWS},
)
def send_batch(
    request: HttpRequest,
    source: Source,
    feed: FeedName,
    stated: Stated = "",
    more: More = False,
    dry_run: DryRun = False,
) -> HttpResponse:
    """Sends a batch whole, or its part 0 where more parts follow; sent again, it changes nothing."""
    _only(request, "feed", "stated", "more", "dry_run")
    by = sender(request, source)
    chosen = stating.way(source, feed)
    lines = push_rows.rows(by.body, request.content_type or "", chosen, "part 0")
    content = b"".join(line + b"\n" for line in lines)
    asked = _digest(json.dumps([feed, stated, more, hashlib.sha256(content).hexdigest()]).encode())
    day = asking.day(stated, "stated") if stated else by.at.date()
    opening = Opening(source, feed, "push", by.actor.name, day, idempotency=by.idempotency, asked=asked)
    if more and dry_run:
        raise BadInput(_("A batch of several parts is tried when it is closed."), where="dry_run", remedy="more=false")
    if not dry_run and (earlier := sendings.before(source, by.idempotency, asked)) and (more or earlier.closed_at):
        return _answer(of(earlier), 200)
    return _open(opening, lines, by) if more else _whole(opening, chosen, content, by, dry_run)


def _open(opening: Opening, lines: list[bytes], by: Sender) -> HttpResponse:
    sendings.tidy(by.at)
    one = sendings.begin(opening, by.at)
    sendings.put(one, 0, lines, _sha256(by.body), by.at)
    return _answer(of(one), 201)


def _whole(opening: Opening, chosen: Way, content: bytes, by: Sender, dry_run: bool) -> HttpResponse:
    signature = by.signature((_sha256(by.body),))
    statement = sendings.read_lines(chosen, opening.source, content, opening.stated, by.at, signature)
    if dry_run:
        return _answer(tried(opening, preview(statement)), 200)
    if earlier := sendings.same(statement):
        return _answer(of(earlier), 200)
    one = sendings.begin(opening, by.at)
    return _answer(of(sendings.take(one, statement, by.at)), 201)


@router.get(
    "/{source}/batches/{batch}",
    response={200: shapes.Batch, 400: Problem, 403: Problem, 404: Problem},
    openapi_extra={"parameters": _SIGNED},
)
def batch_state(request: HttpRequest, source: Source, batch: Id) -> HttpResponse:
    """Which parts of a batch arrived, or what became of it once it was closed."""
    _only(request)
    sender(request, source)
    return _answer(of(sendings.get(source, batch)), 200)


@router.put(
    "/{source}/batches/{batch}/parts/{number}",
    response={200: shapes.Batch, **_OTHERWISE},
    openapi_extra={"parameters": [*_SIGNED, _DIGEST], "requestBody": _ROWS},
)
def send_part(request: HttpRequest, source: Source, batch: Id, number: Number) -> HttpResponse:
    """Sends one part of an open batch; the same part again changes nothing."""
    _only(request)
    by = sender(request, source)
    one = sendings.get(source, batch)
    chosen = stating.way(source, one.feed)
    lines = push_rows.rows(by.body, request.content_type or "", chosen, f"part {number}")
    sendings.put(one, number, lines, _sha256(by.body), by.at)
    return _answer(of(one), 200)


@router.post(
    "/{source}/batches/{batch}/close",
    response={200: shapes.Batch, **_OTHERWISE},
    openapi_extra={
        "parameters": [*_SIGNED, _DIGEST],
        "requestBody": {
            "required": True,
            "content": {JSON: {"schema": {
                "type": "object", "required": ["parts"], "additionalProperties": False,
                "properties": {"parts": {"type": "array", "minItems": 1, "items": _TEXT,
                                         "description": "The SHA-256 of each part's body in base64, from part 0 on."}},
            }}},
        },
    },
)  # fmt: skip
def close_batch(request: HttpRequest, source: Source, batch: Id, dry_run: DryRun = False) -> HttpResponse:
    """Closes a batch, so that it takes effect; names its parts by their digests, so that none is missing or another."""
    _only(request, "dry_run")
    by = sender(request, source)
    one = sendings.get(source, batch)
    digests = _closing(by.body)
    done = sendings.close(one, stating.way(source, one.feed), digests, by.signature(tuple(digests)), by.at, dry_run)
    opening = Opening(source, one.feed, one.way, one.by, one.stated)
    return _answer(tried(opening, done) if isinstance(done, Preview) else of(done), 200)


def _closing(body: bytes) -> list[str]:
    try:
        digests = shapes.Closing.model_validate_json(body, strict=True).parts
    except ValueError as error:
        raise BadInput(
            _("This does not say which parts the batch has."), where="parts", remedy='{"parts": ["…"]}'
        ) from error
    if not 0 < len(digests) <= sendings.MOST_PARTS:
        said = _("A batch has at least one part, and at most %(most)s.") % {"most": sendings.MOST_PARTS}
        raise BadInput(said, where="parts", remedy='{"parts": ["…"]}')
    return digests


def of(one: Sending) -> shapes.Batch:
    """A sending as a batch's answer: the same each time once it is closed."""
    said: dict[str, Any] = json.loads(one.answer) if one.answer else {}
    held = sendings.parts(one).values() if one.closed_at is None else ()
    return _batch(
        said, id=one.id, source=one.source, feed=one.feed, stated=one.stated, opened_at=one.opened_at,
        closed_at=one.closed_at, state="closed" if one.closed_at else "open",
        parts=[shapes.Part(number=part.number, rows=part.rows, sha256=part.digest) for part in held],
    )  # fmt: skip


def tried(opening: Opening, found: Preview) -> shapes.Batch:
    """What would become of a batch."""
    return _batch(
        said_by(found.intake), id=None, source=opening.source, feed=opening.feed, stated=found.intake.stated,
        opened_at=None, closed_at=None, state="dry run", parts=[],
    )  # fmt: skip


def row_problems(said: dict[str, Any]) -> list[shapes.RowProblem]:
    """The first problems of what was sent, as they are kept."""
    names = ("row", "column", "reason", "value")
    return [shapes.RowProblem(**dict(zip(names, one, strict=True))) for one in said.get("problems", [])]


def _batch(said: dict[str, Any], **known: Any) -> shapes.Batch:
    counts = shapes.Counts(**said["counts"]) if said else None
    return shapes.Batch(
        **known,
        counts=counts,
        problems=row_problems(said),
        notes=said.get("notes", []),
        ledger_size=said.get("size"),
    )


def _only(request: HttpRequest, *names: str) -> None:
    """A signature keeps the whole address, so it holds nothing but what is read."""
    if odd := sorted(set(request.GET) - set(names)):
        raise BadInput(_("There is no such parameter."), where=odd[0][:100], remedy=", ".join(names) or None)


def _answer(shape: Shape, status: int) -> HttpResponse:
    return HttpResponse(shape.model_dump_json(), content_type=JSON, status=status)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _sha256(body: bytes) -> str:
    return encoded(hashlib.sha256(body).digest())
