"""What a subject may ask for or say about an entry of its file, and how the form for it speaks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from goodstanding.access import Actor
from goodstanding.errors import NotFound
from goodstanding.portal.own_file.schemas import RequestPage
from goodstanding.procedure.case_states import DISPUTES
from goodstanding.procedure.intervals import compute_last_day
from goodstanding.procedure.time_limits import build_terms
from goodstanding.register.cases import public_replies
from goodstanding.register.cases.case_file import LONGEST
from goodstanding.register.cases.public_replies import EntryEvent, check_reply_text, list_public_entries
from goodstanding.register.cases.subject_requests import explain_repair_refusal
from goodstanding.register.files.case_queries import list_case_rows
from goodstanding.register.files.records import Record, find_record
from goodstanding.register.files.subjects import Subject
from goodstanding.register.projection.projector import get_projected_size
from goodstanding.register.rules.enacted_catalogues import list_on_file
from goodstanding.web.forms.form_fields import FieldProblem, TextField
from goodstanding.web.forms.review_form import AttachmentOwner, ReviewForm, ReviewFormText
from goodstanding.web.http.errors import render_message
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.schemas.forms import ActForm, StatedValue
from goodstanding.web.schemas.page_frame import PageLink
from goodstanding.web.subjects.presenters import present_subject
from goodstanding.web.wording.case_terms import format_day

LARGEST_POSITION = 2**53


class EntryRequestKind(StrEnum):
    """What a subject does about an entry."""

    DISPUTE = "dispute"
    LINK = "link"
    REPAIR = "repair"
    REPLY = "reply"


REQUEST_ADDRESS_NAMES = {
    EntryRequestKind.DISPUTE: "dispute",
    EntryRequestKind.LINK: "dispute",
    EntryRequestKind.REPAIR: "repair",
    EntryRequestKind.REPLY: "reply",
}


def describe_request_form(kind: EntryRequestKind) -> ReviewFormText:
    """The words of a form."""
    everyone = _("It goes word for word to everyone who decides. Write in any language.")
    own = _("In your own words")
    return {
        EntryRequestKind.DISPUTE: ReviewFormText(_("Dispute this record"), everyone,
        _("What is wrong, and how you know"),
                             _("Check your dispute"), _("Send your dispute")),
        EntryRequestKind.LINK: ReviewFormText(_("This is not about us"), everyone,
        _("Whom it may be about, and how you know"),
                          _("Check your dispute"), _("Send your dispute")),
        EntryRequestKind.REPAIR: ReviewFormText(_("Ask for repair"), everyone,
        _("What you have put right, and what shows it"),
                            _("Check your request"), _("Send your request")),
        EntryRequestKind.REPLY: ReviewFormText(
            _("Reply in public"),
            _("Anybody who reads this entry reads your words beside it, marked as yours. Name no person in them."),
            own, _("Check your reply"), _("Publish your reply"),
        ),
    }[kind]  # fmt: skip


@dataclass(frozen=True, slots=True)
class EntryRequest:
    """A subject's representative about to do something about the entry that rests on a record, on a day."""

    doing: EntryRequestKind
    actor: Actor
    who: Subject
    record: Record
    at: date

    @property
    def address(self) -> str:
        """Where the form is sent to."""
        mark = "?link=1" if self.doing is EntryRequestKind.LINK else ""
        return reverse(REQUEST_ADDRESS_NAMES[self.doing], args=[self.record.position]) + mark

    @property
    def most(self) -> int:
        """The most letters that a text may have."""
        return public_replies.LONGEST if self.doing is EntryRequestKind.REPLY else LONGEST


def get_subject_record(subject: Subject, position: int) -> Record:
    """A record in the subject's own file; raises NotFound for any other, so that nobody learns of one."""
    entry = find_record(position) if position < LARGEST_POSITION else None
    if entry is None or entry[0] != subject.id:
        raise NotFound(_("There is no such record in your file."), remedy=_("a record that your file shows"))
    return entry[1]


class EntryRequestForm(ReviewForm):
    """The form of a request about an entry, or of a public reply beside it."""

    def __init__(self, entry_request: EntryRequest, data: Any = None, uploads: Any = None) -> None:
        self.entry_request, is_reply = entry_request, entry_request.doing is EntryRequestKind.REPLY
        owner = AttachmentOwner(entry_request.record.position, entry_request.actor, entry_request.at)
        form_text = describe_request_form(entry_request.doing)
        super().__init__(form_text, owner=None if is_reply else owner, data=data, uploads=uploads, auto_id="%s")
        self.fields["text"] = TextField(
            form_text.label, way="words", longest=entry_request.most, files=not is_reply,
            hint=_("Up to %(n)s characters") % {"n": f"{entry_request.most:,}"},
            missing=FieldProblem(_("The text is missing."), _("a text, in your own words")),
            check=check_reply_text if is_reply else None,
        )  # fmt: skip

    def present(self, version: int) -> ActForm:
        """The form as pages and programs read it."""
        request = self.entry_request
        return self.present_form(request.doing.value, request.address, version, files="files" in self.fields)


def link_entry_event(position: int, event: EntryEvent) -> PageLink:
    """What happened about an entry, as it is told to whoever had not seen it."""
    if event is EntryEvent.CASE:
        title = _("GS-%(number)s was opened about this record") % {"number": position}
        return PageLink(title=title, address=reverse("case", args=[position]))
    if event is EntryEvent.REPLY:
        return PageLink(title=_("A reply was published beside it"), address=f"{reverse('own-file')}#replies")
    return PageLink(title=_("A later version of the record took its place"), address=reverse("own-file"))


def present_request_page(entry_request: EntryRequest, stage: str, form: EntryRequestForm, version: int) -> RequestPage:
    """The form, or what will be sent, with what was typed and what is wrong with it."""
    record = entry_request.record
    return RequestPage(
        about=describe_register(),
        subject=present_subject(entry_request.who),
        doing=entry_request.doing.value,
        stage=stage,
        position=record.position,
        entry=f"{record.title}, {format_day(record.occurred)}",
        source_name=record.source_name,
        says=[StatedValue(title=title, value=value) for title, value in record.shown],
        suspends=entry_request.doing in (EntryRequestKind.DISPUTE, EntryRequestKind.LINK)
        and not _has_earlier_dispute(entry_request),
        answer_until=_compute_answer_day(entry_request),
        form=form.present(version),
    )


def _compute_answer_day(entry_request: EntryRequest) -> date | None:
    """The last day on which the source can answer, were it sent today."""
    if entry_request.doing is EntryRequestKind.REPLY:
        return None
    catalogue = list_on_file()[entry_request.record.catalogue].catalogue
    terms = build_terms(catalogue)
    limit = terms.repair if entry_request.doing is EntryRequestKind.REPAIR else terms.dispute
    return compute_last_day(terms.over(entry_request.at, limit, "authority"))


def _has_earlier_dispute(entry_request: EntryRequest) -> bool:
    """Whether the same was disputed before, so that another dispute suspends nothing if that was refused."""
    earlier_cases = list_case_rows(entry_request.who.id, get_projected_size())
    return any(row["about"] == entry_request.record.position and row["act"] in DISPUTES for row in earlier_cases)


def explain_request_refusal(entry_request: EntryRequest) -> str:
    """Why it cannot be asked for today, as far as that is known before anything is written; else nothing."""
    if entry_request.doing is EntryRequestKind.REPLY and not list_public_entries(
        entry_request.record.position, entry_request.at
    ):
        return _("Nothing that anybody reads rests on this record today, so no reply can stand beside it.")
    if entry_request.doing is EntryRequestKind.REPAIR:
        return render_message(explain_repair_refusal(entry_request.record, entry_request.at))
    if (
        entry_request.doing in (EntryRequestKind.DISPUTE, EntryRequestKind.LINK)
        and entry_request.record.replaced_at is not None
    ):
        return _("A later version took its place.")
    return ""
