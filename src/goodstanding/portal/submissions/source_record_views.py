"""A record of a clerk's own source: looked at, and withdrawn with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from goodstanding.errors import BadInput, NotFound, NotPossible
from goodstanding.intake.submissions.formats import get_format
from goodstanding.intake.submissions.single_record import check_withdrawal_reason, withdraw_record
from goodstanding.portal.submissions.clerks import get_clerk, get_source_name
from goodstanding.portal.submissions.review_pages import build_record_review_page
from goodstanding.portal.submissions.schemas import (
    CarriedValue,
    RecordReviewPage,
    RecordValueLine,
    SourceRecordPage,
    WithdrawalPage,
)
from goodstanding.register.files.records import Record, find_record
from goodstanding.register.files.subjects import Subject, get_subject
from goodstanding.register.projection.case_rows import CASE_FINDING_KINDS
from goodstanding.register.rules.enacted_catalogues import list_enacted, list_on_file
from goodstanding.register.storage.event_kinds import EventKind
from goodstanding.web.forms.form_fields import build_field_problem
from goodstanding.web.forms.review_form import NO_TEXT, ReviewForm
from goodstanding.web.forms.review_views import ReviewFormView, ReviewStage
from goodstanding.web.http import clock
from goodstanding.web.http.access_log import log_access
from goodstanding.web.http.pages import make_page_view
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.schemas.page_frame import PageLink
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
    if record.event == EventKind.RECORD_WITHDRAWN:
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


def link_newest_version(record: Record) -> dict[int, PageLink]:
    """Where the newest version of a record stands, by its position."""
    position = record.replaced_at or record.position
    address = reverse("own-record", kwargs={"source": record.source, "position": position})
    return {position: PageLink(title=_("The newest version of this record"), address=address)}


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


show_source_record_page = make_page_view("portal/submissions/source_record.html")(build_source_record_page)


class WithdrawalForm(ReviewForm):
    """The form for the reason of a withdrawal."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(NO_TEXT, data=data)
        self.fields["reason"] = forms.Field(required=False)

    @property
    def reason(self) -> str:
        """The reason as it was typed."""
        return str(self["reason"].value() or "").strip()

    def clean_reason(self) -> str:
        """The reason as its event says it."""
        try:
            return check_withdrawal_reason(self.reason)
        except BadInput as error:
            raise build_field_problem(error) from error


class RecordWithdrawalView(ReviewFormView):
    """The form for the reason, what would follow without the record, or where it now stands."""

    template, review_template = "portal/submissions/record_withdrawal.html", "portal/submissions/record_review.html"
    has_twin = True

    def setup(self, request: HttpRequest, *arguments: Any, **parameters: Any) -> None:
        """Which clerk, of which source, and which of its records."""
        super().setup(request, *arguments, **parameters)
        self.actor = get_clerk(request, parameters["source"])
        self.record, self.subject = get_source_record(parameters["source"], parameters["position"])

    def get(self, request: HttpRequest, **parameters: Any) -> HttpResponse:
        """The form; raises NotPossible for a record that cannot be withdrawn."""
        refuse_if_unchangeable(self.record)
        return super().get(request, **parameters)

    def build_form(self, data: Any = None, uploads: Any = None) -> WithdrawalForm:
        """The form, with what was sent."""
        return WithdrawalForm(data)

    def list_events(self, form: ReviewForm) -> Mapping[int, PageLink]:
        """The newest version of the record."""
        return link_newest_version(self.record)

    def reload(self) -> None:
        """The record as it stands by now."""
        self.record, self.subject = get_source_record(self.record.source, self.record.position)

    def explain_refusal(self) -> str:
        """Why the record cannot be withdrawn; nothing where it can."""
        return explain_unchangeable(self.record)

    def send(self, form: WithdrawalForm) -> str:
        """Withdraws the record."""
        reason, now = form.cleaned_data["reason"], clock.get_now()
        position = withdraw_record(self.record, reason, self.actor.name, clock.get_day_in(self.record.catalogue), now)
        return reverse("own-record", kwargs={"source": self.record.source, "position": position})

    def build_page(
        self, form: WithdrawalForm, stage: ReviewStage, review: Mapping[str, Any]
    ) -> WithdrawalPage | RecordReviewPage:
        """The form for the reason, or what would follow."""
        if stage is ReviewStage.CHECK:
            return self._build_review_page(form.cleaned_data["reason"], self.find_version(form))
        return WithdrawalPage(
            about=describe_register(),
            source=self.record.source,
            source_name=get_source_name(self.record.source),
            record=present_own_record(self.record),
            subject=present_subject(self.subject),
            reason=form.reason,
            problem=next(iter(form.present_problems()), None),
        )

    def _build_review_page(self, reason: str, version: int) -> RecordReviewPage:
        record = self.record
        stated_values = [
            RecordValueLine(title=_("Your reference"), value=record.reference, before=None),
            RecordValueLine(title=_("Why"), value=reason, before=None),
        ]
        kept = [CarriedValue(name="reason", value=reason), CarriedValue(name="version", value=str(version))]
        return build_record_review_page(
            self.request, self.actor, get_format(record.source, f"{record.catalogue}/{record.record}"), {}, record,
            doing="withdraw", stated_values=stated_values, kept=kept,
        )  # fmt: skip


show_record_withdrawal_page = RecordWithdrawalView.as_view()
