"""A file of a source: sent, previewed, and taken in once it was confirmed; what was refused comes back to be mended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from goodstanding.access import Actor
from goodstanding.errors import BadInput, NotFound
from goodstanding.intake.files.limits import MOST_BYTES, MOST_ROWS
from goodstanding.intake.files.upload_store import check_file_name, drop_upload, get_upload, keep_upload
from goodstanding.intake.quarantine.error_report import render_refused_rows
from goodstanding.intake.submissions.batches import (
    SubmissionHeader,
    delete_abandoned_submissions,
    find_same_submission,
    find_submission_by_digest,
    ingest_submission,
    open_submission,
    summarise_result,
)
from goodstanding.intake.submissions.dry_run import DryRunResult, run_dry
from goodstanding.intake.submissions.formats import SubmissionFormat, get_format, list_formats
from goodstanding.intake.submissions.statements import SubmittedStatement, read_statement
from goodstanding.portal.submissions.api.views import present_notes, present_row_problems
from goodstanding.portal.submissions.clerks import get_clerk, get_source_name, present_feed
from goodstanding.portal.submissions.schemas import RecordValueLine, UploadedFinding, UploadPage, UploadReviewPage
from goodstanding.web.http import clock
from goodstanding.web.http.errors import get_error_status, present_error
from goodstanding.web.http.pages import get_json_address, render_json
from goodstanding.web.http.parameters import parse_day
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.schemas.forms import FieldChoice
from goodstanding.web.schemas.page_frame import ProblemSchema

SALT = "goodstanding.upload"
DAY_SECONDS = 24 * 60 * 60
SHOWN_PROBLEMS = 20
_FORM_BYTES = 64 * 1024  # what a form adds to its file


@csrf_exempt  # so that what is too long is refused unread; `_handle_upload` looks for the token before it does anything
@require_http_methods(["GET", "HEAD", "POST"])
def show_upload_page(request: HttpRequest, source: str, *, twin: bool = False) -> HttpResponse:
    """The form, or what becomes of what it sends."""
    actor = get_clerk(request, source)
    if request.method != "POST" or twin:
        content = _build_upload_page(source, request.GET.get("feed", ""), clock.get_today().isoformat(), None)
        context = {"page": content, "twin": get_json_address(request)}
        return render_json(content) if twin else render(request, "portal/submissions/upload.html", context)
    length = str(request.META.get("CONTENT_LENGTH") or "")
    if not length.isdecimal() or int(length) > MOST_BYTES + _FORM_BYTES:
        remedy = _("at most %(n)s MB; a larger one in several files") % {"n": MOST_BYTES // 1024 // 1024}
        content = _("The file is too large. It was not read.")
        return _render_refusal(
            request, source, ProblemSchema(code="too-long", message=content, where="file", remedy=remedy), 413
        )
    return _handle_upload(request, actor)


@csrf_protect
def _handle_upload(request: HttpRequest, actor: Actor) -> HttpResponse:
    delete_abandoned_submissions(datetime.now(UTC))
    try:
        return (
            _ingest_upload(request, actor)
            if request.POST.get("do") == "take"
            else _render_upload_review(request, actor)
        )
    except BadInput as error:
        return _render_refusal(request, actor.scope, present_error(error), get_error_status(error))


def _render_refusal(request: HttpRequest, source: str, problem: ProblemSchema, status: int) -> HttpResponse:
    typed: Mapping[str, str] = request.POST if status != 413 else {}
    schema = _build_upload_page(source, typed.get("feed", "")[:200], typed.get("stated", "")[:20], problem)
    return render(request, "portal/submissions/upload.html", {"page": schema}, status=status)


def _build_upload_page(source: str, feed: str, stated: str, problem: ProblemSchema | None) -> UploadPage:
    feeds = [present_feed(submission_format) for submission_format in list_formats(source)]
    choices = [FieldChoice(value=feed_line.name, title=f"{feed_line.title} ({feed_line.name})") for feed_line in feeds]
    return UploadPage(
        about=describe_register(),
        source=source,
        source_name=get_source_name(source),
        feeds=feeds,
        feed=feed or (feeds[0].name if len(feeds) == 1 else ""),
        choices=choices,
        stated=stated,
        most_bytes=MOST_BYTES,
        most_rows=MOST_ROWS,
        problem=problem,
    )


def _render_upload_review(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What would become of the file; it is kept for a day, for its source alone."""
    if not request.POST.get("feed"):
        raise BadInput(_("No feed is chosen."), where="feed", remedy=_("one of those below"))
    submission_format = get_format(actor.scope, request.POST["feed"])
    stated = parse_day(request.POST.get("stated", "").strip(), "stated")
    sent = request.FILES.get("file")
    if sent is None:
        raise BadInput(_("No file is chosen."), where="file", remedy=_("a .csv, .parquet or .jsonl file"))
    name = check_file_name(sent.name or "")
    digest = keep_upload(actor.scope, name, sent.read())
    try:
        statement = _read_statement(submission_format, actor.scope, digest, stated)
    except BadInput:
        drop_upload(actor.scope, digest)
        raise
    token = _sign_preview_token(actor, submission_format, digest, stated, name)
    page = _build_upload_review_page(actor.scope, submission_format, name, statement, token)
    return render(request, "portal/submissions/upload_review.html", {"page": page})


def _read_statement(submission_format: SubmissionFormat, source: str, digest: str, stated: date) -> SubmittedStatement:
    return read_statement(submission_format, source, get_upload(source, digest), stated, datetime.now(UTC))


def _sign_preview_token(actor: Actor, submission_format: SubmissionFormat, digest: str, stated: date, name: str) -> str:
    token_content = {
        "source": actor.scope,
        "feed": submission_format.name,
        "digest": digest,
        "stated": stated.isoformat(),
        "name": name,
    }
    return signing.dumps(token_content, salt=SALT)


def _parse_preview_token(token: str, source: str) -> dict[str, Any]:
    """What a token stands for; raises BadInput for one that is old, forged or of another source."""
    try:
        token_content: dict[str, Any] = signing.loads(token[:2_000], salt=SALT, max_age=DAY_SECONDS)
    except signing.BadSignature as error:
        raise BadInput(_("This preview is too old."), where="file", remedy=_("the file, sent again")) from error
    if token_content["source"] != source:
        raise BadInput(_("This preview is another source's."), where="file", remedy=_("the file, sent again"))
    return token_content


def _build_upload_review_page(
    source: str, submission_format: SubmissionFormat, name: str, statement: SubmittedStatement, token: str
) -> UploadReviewPage:
    dry_run = run_dry(statement)
    summary = summarise_result(dry_run.intake)
    earlier = find_same_submission(statement)
    language = get_language() or ""
    rows = present_row_problems(summary, language)
    return UploadReviewPage(
        about=describe_register(),
        source=source,
        source_name=get_source_name(source),
        file=name,
        feed=present_feed(submission_format),
        stated=statement.batch.stated,
        counts=summary["counts"],
        notes=present_notes(summary, language),
        problems=rows[:SHOWN_PROBLEMS],
        more_problems=max(0, len(dry_run.intake.problems) - SHOWN_PROBLEMS),
        first=[_present_finding(body, submission_format) for body in dry_run.first],
        token=token,
        sent_before=earlier.id if earlier else None,
    )


def _present_finding(body: Mapping[str, Any], submission_format: SubmissionFormat) -> UploadedFinding:
    rules, subject = submission_format.record.fields, body["subject"]
    fields = [
        RecordValueLine(title=rule.title, value=_render_value(body["fields"][name]), before=None)
        for name, rule in rules.items()
        if body["fields"].get(name) is not None
    ]
    return UploadedFinding(
        row=body["row"],
        title=submission_format.record.title,
        reference=body["reference"],
        name=subject["name"] or "",
        identifiers=subject["identifiers"],
        occurred=date.fromisoformat(body["occurred"]),
        fields=fields,
    )


def _render_value(value: Any) -> str:
    return (_("yes") if value else _("no")) if isinstance(value, bool) else str(value)


def _ingest_upload(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Takes the confirmed file in, once; a second press leads to the same place."""
    token_content = _parse_preview_token(request.POST.get("token", ""), actor.scope)
    submission_format, stated = (
        get_format(actor.scope, token_content["feed"]),
        date.fromisoformat(token_content["stated"]),
    )
    try:
        statement = _read_statement(submission_format, actor.scope, token_content["digest"], stated)
    except NotFound as error:
        if done := find_submission_by_digest(actor.scope, submission_format.name, token_content["digest"]):
            return redirect("sent", source=actor.scope, sending=done.id)
        raise BadInput(error.coded or error.message, where="file") from error
    at = datetime.now(UTC)
    opening = SubmissionHeader(
        actor.scope, submission_format.name, "file", actor.name, statement.batch.stated, token_content["name"]
    )
    done = ingest_submission(open_submission(opening, at), statement, at)
    drop_upload(actor.scope, token_content["digest"])
    return redirect("sent", source=actor.scope, sending=done.id)


@require_safe
def download_refused_rows(request: HttpRequest, source: str) -> HttpResponse:
    """The rows of a previewed file that would be refused, as CSV in its own columns, with what is wrong."""
    get_clerk(request, source)
    token_content = _parse_preview_token(request.GET.get("token", ""), source)
    submission_format = get_format(source, token_content["feed"])
    statement = _read_statement(
        submission_format, source, token_content["digest"], date.fromisoformat(token_content["stated"])
    )
    dry_run: DryRunResult = run_dry(statement)
    return build_csv_response(render_refused_rows(statement.batch.sheet, dry_run.refused), token_content["name"])


def build_csv_response(text: str, name: str) -> HttpResponse:
    """CSV to be opened in a spreadsheet: it says that it is in UTF-8, and is a file of its own."""
    stem = name.rpartition(".")[0] or "rows"
    response = HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8")
    safe = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "._-") else "_" for letter in stem)
    response.headers["Content-Disposition"] = f'attachment; filename="{safe}_problems.csv"'
    return response
