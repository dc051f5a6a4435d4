"""A source's way in: how it can send records, what it sent, what became of it, and its records by their reference."""

from __future__ import annotations

import json
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from goodstanding.register import catalogues, error_file, quarantine, sendings, source_keys, stating
from goodstanding.register.models import Sending
from goodstanding.register.quarantine import Waiting
from goodstanding.register.store import rows
from goodstanding.web import asking, clerks, push
from goodstanding.web.about import about
from goodstanding.web.pages import page
from goodstanding.web.shapes import stating as shapes
from goodstanding.web.shapes.sending import Counts
from goodstanding.web.views.uploads import as_csv

SHOWN = 20
_BY_REFERENCE = """
SELECT record.position, record.catalogue, record.record, record.reference, record.occurred, subject.name, record.event
FROM record
JOIN subject ON subject.id = record.subject_id
WHERE record.source = %s
  AND record.reference = %s
  AND (record.replaced_at IS NULL OR record.replaced_at = record.position)
ORDER BY record.position DESC
LIMIT 20
"""


def build(request: HttpRequest, source: str) -> shapes.SendPage:
    """The ways in, the keys, what was sent last, and the records of a reference that was asked for."""
    clerks.clerk_of(request, source)
    asked = asking.words(request, "reference")
    return shapes.SendPage(
        about=about(),
        source=source,
        source_name=clerks.source_name(source),
        types=clerks.types(source),
        feeds=[clerks.feed_line(one) for one in stating.ways(source)],
        keys=[
            shapes.KeyLine(key=one.key, since=one.recorded_at, in_use=one.in_use, reason=one.reason)
            for one in source_keys.keys(source)
        ],
        sent=[_line(one) for one in sendings.newest(source, SHOWN)],
        asked=asked,
        found=_found(source, asked) if asked else None,
    )


view = page("source-send")(build)


def _line(one: Sending) -> shapes.SentLine:
    said = json.loads(one.answer) if one.answer else {}
    return shapes.SentLine(
        id=one.id,
        way=one.way,
        by=one.by,
        feed=one.feed,
        stated=one.stated,
        opened_at=one.opened_at,
        closed=one.closed_at is not None,
        position=one.position,
        counts=Counts(**said["counts"]) if said else None,
    )


def _found(source: str, reference: str) -> list[shapes.FoundLine]:
    rules = {name: one.catalogue for name, one in catalogues.on_file().items()}
    return [
        shapes.FoundLine(
            position=position,
            title=rules[catalogue].records[record].title,
            reference=held,
            occurred=date.fromisoformat(str(occurred)),
            name=name,
            withdrawn=event == "RecordWithdrawn",
        )
        for position, catalogue, record, held, occurred, name, event in rows(_BY_REFERENCE, [source, reference])
    ]


def build_sent(request: HttpRequest, source: str, sending: str) -> shapes.SentPage:
    """What became of something that the source sent in."""
    clerks.clerk_of(request, source)
    one = sendings.get(source, sending)
    return shapes.SentPage(
        about=about(),
        source=source,
        source_name=clerks.source_name(source),
        way=one.way,
        by=one.by,
        file=one.file,
        batch=push.of(one),
        waiting=len(_waiting(one)),
    )


view_sent = page("sent")(build_sent)


def _waiting(one: Sending) -> list[Waiting]:
    """Its rows that nobody has mended yet."""
    if not one.digest:
        return []
    named = f"{one.source}/{one.digest[:16]}."
    own = (waits for waits in quarantine.waiting(one.feed) if waits.file.startswith(named))
    return [waits for waits in own if waits.row is not None and waits.stated == one.stated]


@require_safe
def refused_rows(request: HttpRequest, source: str, sending: str) -> HttpResponse:
    """The rows that still wait, as CSV in the columns in which they were sent, with what is wrong."""
    clerks.clerk_of(request, source)
    one = sendings.get(source, sending)
    return as_csv(error_file.of_waiting(_waiting(one)), one.file or "batch.jsonl")
