"""A file of a source: sent, previewed, and taken in once it was confirmed; what was refused comes back to be mended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from goodstanding.access import Actor
from goodstanding.errors import BadInput, NotFound
from goodstanding.register import error_file, incoming, limits, sendings, stating
from goodstanding.register.preview import Preview, preview
from goodstanding.register.sendings import Opening, said_by
from goodstanding.register.stating import Statement, Way
from goodstanding.web import actors, asking, clerks, problems
from goodstanding.web.about import about
from goodstanding.web.pages import serialized, twin_of
from goodstanding.web.push import row_problems
from goodstanding.web.shapes import Problem
from goodstanding.web.shapes import stating as shapes
from goodstanding.web.shapes.calculator import Choice

SALT = "goodstanding.upload"
DAY = 24 * 60 * 60
SHOWN = 20
_AROUND = 64 * 1024  # what a form adds to its file


@csrf_exempt  # so that what is too long is refused unread; `_upload` looks for the token before it does anything
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, source: str, *, twin: bool = False) -> HttpResponse:
    """The form, or what becomes of what it sends."""
    actor = clerks.clerk_of(request, source)
    if request.method != "POST" or twin:
        said = _page(source, request.GET.get("feed", ""), actors.today().isoformat(), None)
        known = {"page": said, "twin": twin_of(request)}
        return serialized(said) if twin else render(request, "web/upload.html", known)
    length = str(request.META.get("CONTENT_LENGTH") or "")
    if not length.isdecimal() or int(length) > limits.MOST_BYTES + _AROUND:
        remedy = _("at most %(n)s MB; a larger one in several files") % {"n": limits.MOST_BYTES // 1024 // 1024}
        said = _("The file is too large. It was not read.")
        return _refused(request, source, Problem(code="too-long", message=said, where="file", remedy=remedy), 413)
    return _upload(request, actor)


@csrf_protect
def _upload(request: HttpRequest, actor: Actor) -> HttpResponse:
    sendings.tidy(datetime.now(UTC))
    try:
        return _taken(request, actor) if request.POST.get("do") == "take" else _checked(request, actor)
    except BadInput as error:
        return _refused(request, actor.scope, problems.of(error), problems.status_of(error))


def _refused(request: HttpRequest, source: str, problem: Problem, status: int) -> HttpResponse:
    typed: Mapping[str, str] = request.POST if status != 413 else {}
    said = _page(source, typed.get("feed", "")[:200], typed.get("stated", "")[:20], problem)
    return render(request, "web/upload.html", {"page": said}, status=status)


def _page(source: str, feed: str, stated: str, problem: Problem | None) -> shapes.UploadPage:
    feeds = [clerks.feed_line(one) for one in stating.ways(source)]
    choices = [Choice(value=one.name, title=f"{one.title} ({one.name})") for one in feeds]
    return shapes.UploadPage(
        about=about(),
        source=source,
        source_name=clerks.source_name(source),
        feeds=feeds,
        feed=feed or (feeds[0].name if len(feeds) == 1 else ""),
        choices=choices,
        stated=stated,
        most_bytes=limits.MOST_BYTES,
        most_rows=limits.MOST_ROWS,
        problem=problem,
    )


def _checked(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What would become of the file; it is kept for a day, for its source alone."""
    if not request.POST.get("feed"):
        raise BadInput(_("No feed is chosen."), where="feed", remedy=_("one of those below"))
    chosen = stating.way(actor.scope, request.POST["feed"])
    stated = asking.day(request.POST.get("stated", "").strip(), "stated")
    sent = request.FILES.get("file")
    if sent is None:
        raise BadInput(_("No file is chosen."), where="file", remedy=_("a .csv, .parquet or .jsonl file"))
    name = incoming.file_name(sent.name or "")
    digest = incoming.keep(actor.scope, name, sent.read())
    try:
        statement = _read(chosen, actor.scope, digest, stated)
    except BadInput:
        incoming.drop(actor.scope, digest)
        raise
    token = _token(actor, chosen, digest, stated, name)
    page = _check_page(actor.scope, chosen, name, statement, token)
    return render(request, "web/upload-check.html", {"page": page})


def _read(chosen: Way, source: str, digest: str, stated: date) -> Statement:
    return stating.read_file(chosen, source, incoming.kept(source, digest), stated, datetime.now(UTC))


def _token(actor: Actor, chosen: Way, digest: str, stated: date, name: str) -> str:
    said = {"source": actor.scope, "feed": chosen.name, "digest": digest, "stated": stated.isoformat(), "name": name}
    return signing.dumps(said, salt=SALT)


def _opened(token: str, source: str) -> dict[str, Any]:
    """What a token stands for; raises BadInput for one that is old, forged or of another source."""
    try:
        said: dict[str, Any] = signing.loads(token[:2_000], salt=SALT, max_age=DAY)
    except signing.BadSignature as error:
        raise BadInput(_("This preview is too old."), where="file", remedy=_("the file, sent again")) from error
    if said["source"] != source:
        raise BadInput(_("This preview is another source's."), where="file", remedy=_("the file, sent again"))
    return said


def _check_page(source: str, chosen: Way, name: str, statement: Statement, token: str) -> shapes.UploadCheckPage:
    found = preview(statement)
    said = said_by(found.intake)
    earlier = sendings.same(statement)
    rows = row_problems(said)
    return shapes.UploadCheckPage(
        about=about(),
        source=source,
        source_name=clerks.source_name(source),
        file=name,
        feed=clerks.feed_line(chosen),
        stated=statement.batch.stated,
        counts=said["counts"],
        notes=said["notes"],
        problems=rows[:SHOWN],
        more_problems=max(0, len(found.intake.problems) - SHOWN),
        first=[_finding(one, chosen) for one in found.first],
        token=token,
        sent_before=earlier.id if earlier else None,
    )


def _finding(body: Mapping[str, Any], chosen: Way) -> shapes.Finding:
    rules, subject = chosen.record.fields, body["subject"]
    fields = [
        shapes.Said(title=rule.title, value=_text(body["fields"][name]), before=None)
        for name, rule in rules.items()
        if body["fields"].get(name) is not None
    ]
    return shapes.Finding(
        row=body["row"],
        title=chosen.record.title,
        reference=body["reference"],
        name=subject["name"] or "",
        identifiers=subject["identifiers"],
        occurred=date.fromisoformat(body["occurred"]),
        fields=fields,
    )


def _text(value: Any) -> str:
    return (_("yes") if value else _("no")) if isinstance(value, bool) else str(value)


def _taken(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Takes the confirmed file in, once; a second press leads to the same place."""
    said = _opened(request.POST.get("token", ""), actor.scope)
    chosen, stated = stating.way(actor.scope, said["feed"]), date.fromisoformat(said["stated"])
    try:
        statement = _read(chosen, actor.scope, said["digest"], stated)
    except NotFound as error:
        if done := sendings.by_digest(actor.scope, chosen.name, said["digest"]):
            return redirect("sent", source=actor.scope, sending=done.id)
        raise BadInput(error.message, where="file", remedy=error.remedy) from error
    at = datetime.now(UTC)
    opening = Opening(actor.scope, chosen.name, "file", actor.name, statement.batch.stated, said["name"])
    done = sendings.take(sendings.begin(opening, at), statement, at)
    incoming.drop(actor.scope, said["digest"])
    return redirect("sent", source=actor.scope, sending=done.id)


@require_safe
def refused_rows(request: HttpRequest, source: str) -> HttpResponse:
    """The rows of a previewed file that would be refused, as CSV in its own columns, with what is wrong."""
    clerks.clerk_of(request, source)
    said = _opened(request.GET.get("token", ""), source)
    chosen = stating.way(source, said["feed"])
    statement = _read(chosen, source, said["digest"], date.fromisoformat(said["stated"]))
    found: Preview = preview(statement)
    return as_csv(error_file.of_sheet(statement.batch.sheet, found.refused), said["name"])


def as_csv(text: str, name: str) -> HttpResponse:
    """CSV to be opened in a spreadsheet: it says that it is in UTF-8, and is a file of its own."""
    stem = name.rpartition(".")[0] or "rows"
    response = HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8")
    safe = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "._-") else "_" for letter in stem)
    response.headers["Content-Disposition"] = f'attachment; filename="{safe}_problems.csv"'
    return response
