"""A record of a clerk's own source: looked at, and withdrawn with a reason."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodstanding.errors import BadInput, NotFound, NotPossible
from goodstanding.intake.submissions.formats import get_format
from goodstanding.intake.submissions.single_record import check_withdrawal_reason, withdraw_record
from goodstanding.portal.submissions.clerks import get_clerk, get_source_name
from goodstanding.portal.submissions.review_pages import build_record_review_page
from goodstanding.portal.submissions.schemas import CarriedValue, RecordValueLine, SourceRecordPage, WithdrawalPage
from goodstanding.register.files.records import Record, find_record
from goodstanding.register.files.subjects import Subject, get_subject
from goodstanding.register.projection.case_rows import CASE_FINDING_KINDS
from goodstanding.register.rules.enacted_catalogues import list_enacted, list_on_file
from goodstanding.web.http import clock
from goodstanding.web.http.access_log import log_access
from goodstanding.web.http.errors import get_error_status, present_error
from goodstanding.web.http.pages import get_json_address, make_page_view, render_json
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.schemas.common import ProblemSchema
from goodstanding.web.subjects.presenters import load_event_stamps, present_record, present_subject
from goodstanding.web.subjects.schemas import RecordSchema as RecordShape


def get_source_record(source: str, position: int) -> tuple[Record, Subject]:
    """A record of the source's own, and whose it is; raises NotFound for every other position."""
    subject_and_record = find_record(position)
    if subject_and_record is None or subject_and_record[1].source != source:
        raise NotFound(_("This source has no record there."), where=str(position), remedy=_("one of its own records"))
    return subject_and_record[1], get_subject(subject_and_record[0])


def explain_unchangeable(record: Record) -> str:
    """Why a record can be neither corrected nor withdrawn; nothing where it can."""
    if record.event in CASE_FINDING_KINDS:
        return _("It is a finding of a case, so what becomes of it is decided there.")
    if record.event == "RecordWithdrawn":
        return _("It was withdrawn. What is to be stated anew gets a new reference.")
    if record.replaced_at is not None:
        return _("A later version took its place, at position %(n)s.") % {"n": record.replaced_at}
    if record.catalogue not in list_enacted():
        return _("Its catalogue is not in force here.")
    return ""


def refuse_if_unchangeable(record: Record) -> None:
    """Nothing, or NotPossible that says why the record can be neither corrected nor withdrawn."""
    if reason := explain_unchangeable(record):
        raise NotPossible(reason, where=str(record.position), remedy=_("its newest version"))


def build_source_record_page(request: HttpRequest, source: str, position: int) -> SourceRecordPage:
    """One record of the source's own; that a clerk opened it is noted."""
    actor = get_clerk(request, source)
    record, subject = get_source_record(source, position)
    log_access(actor, subject.identifier, request.path[:500])
    return SourceRecordPage(
        about=describe_register(),
        source=source,
        source_name=get_source_name(source),
        record=present_own_record(record),
        subject=present_subject(subject),
        why_not=explain_unchangeable(record),
    )


def present_own_record(record: Record) -> RecordShape:
    """A record as its party reads it."""
    register_info = describe_register()
    rules = {name: enacted.catalogue for name, enacted in list_on_file().items()}
    return present_record(record, rules, True, load_event_stamps([record.position]), register_info.ledger_size)


show_source_record_page = make_page_view("own-record")(build_source_record_page)


@require_http_methods(["GET", "HEAD", "POST"])
def show_record_withdrawal_page(
    request: HttpRequest, source: str, position: int, *, twin: bool = False
) -> HttpResponse:
    """The form for the reason, what would follow without the record, or where it now stands."""
    actor = get_clerk(request, source)
    record, subject = get_source_record(source, position)
    refuse_if_unchangeable(record)
    if twin or request.method != "POST":
        return _render_withdrawal_form(request, record, subject, "", None, twin=twin)
    reason, doing = request.POST.get("reason", "").strip(), request.POST.get("do", "check")
    if doing == "change":
        return _render_withdrawal_form(request, record, subject, reason, None)
    try:
        cleaned_reason = check_withdrawal_reason(reason)
        if doing != "send":
            return _render_withdrawal_review(request, record, cleaned_reason)
        done = withdraw_record(record, cleaned_reason, actor.name, clock.get_today(), datetime.now(UTC))
    except BadInput as error:
        return _render_withdrawal_form(request, record, subject, reason, present_error(error), get_error_status(error))
    return redirect("own-record", source=source, position=done)


def _render_withdrawal_form(
    request: HttpRequest, record: Record, subject: Subject, reason: str, problem: ProblemSchema | None,
    status: int = 200,
    twin: bool = False,
) -> HttpResponse:  # fmt: skip
    schema = WithdrawalPage(
        about=describe_register(),
        source=record.source,
        source_name=get_source_name(record.source),
        record=present_own_record(record),
        subject=present_subject(subject),
        reason=reason,
        problem=problem,
    )
    if twin:
        return render_json(schema)
    context = {"page": schema, "twin": get_json_address(request) if request.method != "POST" else ""}
    return render(request, "web/record-withdraw.html", context, status=status)


def _render_withdrawal_review(request: HttpRequest, record: Record, reason: str) -> HttpResponse:
    submission_format = get_format(record.source, f"{record.catalogue}/{record.record}")
    stated_values = [
        RecordValueLine(title=_("Your reference"), value=record.reference, before=None),
        RecordValueLine(title=_("Why"), value=reason, before=None),
    ]
    actor = get_clerk(request, record.source)
    kept = [CarriedValue(name="reason", value=reason)]
    review_page = build_record_review_page(
        request, actor, submission_format, {}, record, doing="withdraw", stated_values=stated_values, kept=kept
    )
    return render(request, "web/record-check.html", {"page": review_page})
