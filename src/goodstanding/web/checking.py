"""The page that shows a record once more before it is sent, corrected or withdrawn, with what would follow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from goodstanding.access import Actor
from goodstanding.register.file import Record
from goodstanding.register.stating import Way
from goodstanding.web import clerks, facts
from goodstanding.web.about import about
from goodstanding.web.following import would_follow
from goodstanding.web.shapes import stating as shapes


def check_page(
    request: HttpRequest, actor: Actor, chosen: Way, body: Mapping[str, Any], record: Record | None, *, doing: str,
    said: list[shapes.Said], kept: list[shapes.Kept],
) -> shapes.RecordCheckPage:  # fmt: skip
    """What will be sent, and what would follow from it."""
    name = clerks.source_name(actor.scope)
    called = str(body["subject"]["name"] or "") if body else ""
    found = would_follow(request, actor, chosen.catalogue, body, record, name)
    return shapes.RecordCheckPage(
        about=about(),
        source=actor.scope,
        source_name=name,
        action=request.path,
        doing=doing,
        name=chosen.catalogue.name,
        mode=chosen.catalogue.mode,
        type=clerks.type_line(chosen),
        on_file=facts.named(found.on_file) if found.on_file else None,
        renamed=called if found.on_file and called not in ("", found.on_file.name) else "",
        said=said,
        kept=kept,
        whole=found.whole,
        at=found.at,
        rests_on=found.rests_on,
        result=found.result,
    )
