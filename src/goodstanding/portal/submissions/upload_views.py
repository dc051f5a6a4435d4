"""A file of a source: sent, previewed, and taken in once it was confirmed; what was refused comes back to be mended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodstanding.catalogue.feeds import ENCODINGS
from goodstanding.intake.files.feed_template import render_template
from goodstanding.intake.files.limits import MOST_BYTES, MOST_ROWS
from goodstanding.intake.files.upload_store import drop_upload
from goodstanding.intake.quarantine.error_report import render_refused_rows
from goodstanding.intake.submissions.batches import (
    Submission,
    SubmissionHeader,
    delete_abandoned_submissions,
    find_same_submission,
    ingest_upload,
    list_ingested_submissions,
    summarise_result,
)
from goodstanding.intake.submissions.dry_run import run_dry
from goodstanding.intake.submissions.formats import SubmissionFormat, get_format, list_feeds_of_record, list_formats
from goodstanding.plain_text import BYTE_ORDER_MARK
from goodstanding.portal.submissions.api.views import present_notes, present_row_problems
from goodstanding.portal.submissions.clerks import get_clerk, get_source_name, present_feed
from goodstanding.portal.submissions.schemas import RecordValueLine, UploadedFinding, UploadPage, UploadReviewPage
from goodstanding.portal.submissions.upload_form import UploadForm, parse_encoding, parse_upload_token, read_upload
from goodstanding.web.forms.review_views import ReviewFormView, ReviewStage
from goodstanding.web.http import clock
from goodstanding.web.http.pages import render_schema
from goodstanding.web.http.parameters import is_length_within, parse_day
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.schemas.forms import FieldChoice
from goodstanding.web.schemas.page_frame import PageLink, ProblemSchema
from goodstanding.web.schemas.people import name_person

SHOWN_PROBLEMS, SHOWN_SUBMISSIONS = 20, 10
_FORM_BYTES = 64 * 1024  # what a form adds to its file
FORM_TEMPLATE, REVIEW_TEMPLATE = "portal/submissions/upload.html", "portal/submissions/upload_review.html"


class UploadView(ReviewFormView):
    """The form for a file; a look at what would become of it; or what became of it."""

    has_twin = True

    def setup(self, request: HttpRequest, *arguments: Any, **parameters: Any) -> None:
        """Which clerk, of which source."""
        super().setup(request, *arguments, **parameters)
        self.source = parameters["source"]
        self.actor = get_clerk(request, self.source)

    def post(self, request: HttpRequest, **parameters: Any) -> HttpResponse:
        """What the form leads to; what is too long is refused unread."""
        length = str(request.META.get("CONTENT_LENGTH") or "")
        if not self.is_twin and not is_length_within(length, MOST_BYTES + _FORM_BYTES):
            return self._refuse_length()
        delete_abandoned_submissions(clock.get_now())
        return super().post(request, **parameters)

    def _refuse_length(self) -> HttpResponse:
        message = _("The file is too large. It was not read.")
        remedy = _("at most %(n)s MB; a larger one in several files") % {"n": MOST_BYTES // 1024 // 1024}
        problem = ProblemSchema(code="too-long", message=message, where="file", remedy=remedy)
        form = UploadForm(self.source)
        page = _build_upload_page(form, problem)
        return render_schema(self.request, FORM_TEMPLATE, page, 413, problems=[problem], twin="")

    def build_form(self, data: Any = None, uploads: Any = None) -> UploadForm:
        """The form, with what was sent; empty, it is filled as its address says."""
        return UploadForm(self.source, data, uploads, {"feed": self.request.GET.get("feed", "")})

    def list_events(self, form: UploadForm) -> Mapping[int, PageLink] | None:
        """What the source sent in last for records of the same type, by its number."""
        if form.statement is None:
            return None
        feeds = list_feeds_of_record(form.submission_format, self.source)
        submissions = list_ingested_submissions(self.source, feeds, SHOWN_SUBMISSIONS)
        return {number: _link_submission(submission) for number, submission in submissions.items()}

    def send(self, form: UploadForm) -> str:
        """Takes the file in, once; a second press leads to the same place."""
        submission = form.earlier_submission or self._ingest_file(form)
        return reverse("sent", kwargs={"source": self.source, "sending": submission.id})

    def _ingest_file(self, form: UploadForm) -> Submission:
        assert form.statement
        feed, stated = form.submission_format.name, form.statement.batch.stated
        header = SubmissionHeader(self.source, feed, "file", self.actor.name, stated, form.name)
        feeds = list_feeds_of_record(form.submission_format, self.source)
        submission = ingest_upload(header, form.statement, feeds, form.version_seen, clock.get_now())
        drop_upload(self.source, form.digest)
        return submission

    def get_template(self, stage: ReviewStage) -> str:
        """The template of a stage: where more was taken in meanwhile, what would become of the file shows again."""
        return REVIEW_TEMPLATE if stage in (ReviewStage.CHECK, ReviewStage.OVERTAKEN) else FORM_TEMPLATE

    def build_page(
        self, form: UploadForm, stage: ReviewStage, review: Mapping[str, Any]
    ) -> UploadPage | UploadReviewPage:
        """The form, or what would become of the file."""
        if stage in (ReviewStage.CHECK, ReviewStage.OVERTAKEN):
            return _build_review_page(form)
        return _build_upload_page(form, next(iter(form.present_problems()), None))

    def build_context(self, form: UploadForm) -> dict[str, Any]:
        """The file that waits in the form."""
        return {"waiting": form}


show_upload_page = UploadView.as_view()


def _link_submission(submission: Submission) -> PageLink:
    address = reverse("sent", kwargs={"source": submission.source, "sending": submission.id})
    title = _("%(by)s sent records of the same type") % {"by": name_person(submission.by)}
    return PageLink(title=title, address=address)


def _build_upload_page(form: UploadForm, problem: ProblemSchema | None) -> UploadPage:
    feeds = [present_feed(submission_format) for submission_format in list_formats(form.source)]
    choices = [FieldChoice(value=feed_line.name, title=f"{feed_line.title} ({feed_line.name})") for feed_line in feeds]
    return UploadPage(
        about=describe_register(),
        source=form.source,
        source_name=get_source_name(form.source),
        feeds=feeds,
        feed=form.typed["feed"] or (feeds[0].name if len(feeds) == 1 else ""),
        choices=choices,
        stated=form.typed["stated"],
        encoding=form.typed["encoding"],
        encodings=_list_encodings() if form.asks_encoding else [],
        most_bytes=MOST_BYTES,
        most_rows=MOST_ROWS,
        problem=problem,
    )


def _list_encodings() -> list[FieldChoice]:
    """The encodings to choose from, where a file was not in UTF-8 or one was chosen before."""
    titles = {"utf-8": "UTF-8", "latin-1": _("Latin-1, Western Europe (windows-1252)")}
    return [FieldChoice(value=name, title=titles.get(name, name)) for name in ENCODINGS]


def _build_review_page(form: UploadForm) -> UploadReviewPage:
    assert form.statement
    dry_run, earlier = run_dry(form.statement), find_same_submission(form.statement)
    summary = summarise_result(dry_run.intake)
    language = get_language() or ""
    return UploadReviewPage(
        about=describe_register(),
        source=form.source,
        source_name=get_source_name(form.source),
        file=form.name,
        feed=present_feed(form.submission_format),
        stated=form.statement.batch.stated,
        counts=summary["counts"],
        notes=present_notes(summary, language),
        problems=present_row_problems(summary, language)[:SHOWN_PROBLEMS],
        more_problems=max(0, len(dry_run.intake.problems) - SHOWN_PROBLEMS),
        first=[_present_finding(body, form.submission_format) for body in dry_run.first],
        token=form.token,
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


@require_safe
def download_template(request: HttpRequest, source: str) -> HttpResponse:
    """An empty file of a feed, with the header that its files have."""
    get_clerk(request, source)
    submission_format = get_format(source, request.GET.get("feed", ""))
    template = render_template(submission_format.columns, submission_format.feed.written)
    return build_csv_response(template, submission_format.name.replace("/", "_"), "template")


@require_safe
def download_refused_rows(request: HttpRequest, source: str) -> HttpResponse:
    """The rows of a previewed file that would be refused, as CSV in its own columns, with what is wrong."""
    get_clerk(request, source)
    waiting = parse_upload_token(request.GET.get("token", ""), source)
    submission_format, stated = get_format(source, waiting["feed"]), parse_day(waiting["stated"], "token")
    encoding = parse_encoding(waiting.get("encoding", ""))
    statement = read_upload(submission_format, source, waiting["digest"], stated, encoding)
    refused_rows = render_refused_rows(statement.batch.sheet, run_dry(statement).refused)
    return build_csv_response(refused_rows, waiting["name"])


def build_csv_response(text: str, name: str, kind: str = "problems") -> HttpResponse:
    """CSV to be opened in a spreadsheet: it says that it is in UTF-8, and is a file of its own."""
    stem = name.rpartition(".")[0] or "rows"
    response = HttpResponse(BYTE_ORDER_MARK + text, content_type="text/csv; charset=utf-8")
    safe = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "._-") else "_" for letter in stem)
    response.headers["Content-Disposition"] = f'attachment; filename="{safe}_{kind}.csv"'
    return response
