"""What a subject may ask for or say about an entry of its file, and how the form for it speaks."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from goodstanding.access import Actor
from goodstanding.errors import BadInput, NotFound
from goodstanding.portal.own_file.schemas import RequestPage
from goodstanding.procedure.case_machine import DISPUTES
from goodstanding.procedure.notices import Exhibit
from goodstanding.procedure.time_limits import build_terms
from goodstanding.register.cases import public_replies
from goodstanding.register.cases.case_file import LONGEST
from goodstanding.register.cases.public_replies import check_reply_text, list_public_entries
from goodstanding.register.cases.subject_requests import explain_repair_refusal
from goodstanding.register.files.case_queries import list_case_rows
from goodstanding.register.files.records import Record, find_record
from goodstanding.register.files.subjects import Subject
from goodstanding.register.rules.enacted_catalogues import list_on_file
from goodstanding.web.forms.attachments import present_waiting_file
from goodstanding.web.http.register_info import describe_register, get_reflected_size
from goodstanding.web.schemas.common import ProblemSchema
from goodstanding.web.schemas.forms import ActField, ActForm, StatedValue
from goodstanding.web.subjects.presenters import present_subject
from goodstanding.web.wording.case_terms import compute_last_day, format_day

LARGEST_POSITION = 2**53


class EntryRequestKind(StrEnum):
    """What a subject does about an entry."""

    DISPUTE = "dispute"
    LINK = "link"
    REPAIR = "repair"
    REPLY = "reply"


REQUEST_FOLDERS = {
    EntryRequestKind.DISPUTE: "disputes",
    EntryRequestKind.LINK: "disputes",
    EntryRequestKind.REPAIR: "repairs",
    EntryRequestKind.REPLY: "replies",
}


@dataclass(frozen=True, slots=True)
class RequestFormText:
    """How a form speaks."""

    title: str
    says: str
    label: str
    check: str
    send: str


def describe_request_form(kind: EntryRequestKind) -> RequestFormText:
    """The words of a form."""
    everyone = _("It goes word for word to everyone who decides. Write in any language.")
    own = _("In your own words")
    return {
        EntryRequestKind.DISPUTE: RequestFormText(_("Dispute this record"), everyone,
        _("What is wrong, and how you know"),
                             _("Check your dispute"), _("Send your dispute")),
        EntryRequestKind.LINK: RequestFormText(_("This is not about us"), everyone,
        _("Whom it may be about, and how you know"),
                          _("Check your dispute"), _("Send your dispute")),
        EntryRequestKind.REPAIR: RequestFormText(_("Ask for repair"), everyone,
        _("What you have put right, and what shows it"),
                            _("Check your request"), _("Send your request")),
        EntryRequestKind.REPLY: RequestFormText(
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
        return f"/file/{REQUEST_FOLDERS[self.doing]}/{self.record.position}{mark}"

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


def clean_request_text(entry_request: EntryRequest, text: str) -> tuple[str, list[ProblemSchema]]:
    """A text with one kind of line end and nothing unseen, and what is wrong with it; nothing legible is lost."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    seen = "".join(letter for letter in plain if letter in "\n\t" or unicodedata.category(letter) not in ("Cc", "Cs"))
    if seen != plain:
        message = _("The text had characters that no text has. They are taken out below.")
        return seen, [_build_text_problem(message, _("the text as it stands below, looked at once more"))]
    if not seen:
        return seen, [_build_text_problem(_("Nothing is said."), _("a text, in your own words"))]
    if len(seen) > entry_request.most:
        named = {"n": f"{len(seen):,}", "most": f"{entry_request.most:,}"}
        return seen, [_build_text_problem(_("The text has %(n)s characters.") % named, _("at most %(most)s") % named)]
    return seen, _refusals_of_publication(seen) if entry_request.doing is EntryRequestKind.REPLY else []


def _refusals_of_publication(text: str) -> list[ProblemSchema]:
    try:
        check_reply_text(text)
    except BadInput as error:
        return [_build_text_problem(error.message, error.remedy)]
    return []


def _build_text_problem(message: str, remedy: str | None) -> ProblemSchema:
    return ProblemSchema(code="bad-input", message=message, where="text", remedy=remedy)


def present_request_page(
    entry_request: EntryRequest,
    stage: str,
    text: str = "",
    exhibits: Sequence[Exhibit] = (),
    problems: Sequence[ProblemSchema] = (),
) -> RequestPage:
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
        form=_build_request_form(entry_request, text, exhibits, problems),
        problems=list(problems),
    )


def _build_request_form(
    entry_request: EntryRequest, text: str, exhibits: Sequence[Exhibit], problems: Sequence[ProblemSchema]
) -> ActForm:
    form_text, position = describe_request_form(entry_request.doing), entry_request.record.position
    wrong = next((problem for problem in problems if problem.where == "text"), None)
    right = _("Right would be: %(remedy)s.") % {"remedy": wrong.remedy} if wrong and wrong.remedy else ""
    field = ActField(
        address="text", field="text", title=form_text.label, way="words", required=True, choices=[], entered=text,
        hint=_("Up to %(n)s characters") % {"n": f"{entry_request.most:,}"},
        problem=" ".join(filter(None, [wrong.message, right])) if wrong else "",
    )  # fmt: skip
    return ActForm(
        act=entry_request.doing.value, title=form_text.title, says=form_text.says, address=entry_request.address,
        seen=0, fields=[field],
        files=entry_request.doing is not EntryRequestKind.REPLY,
        kept=[present_waiting_file(exhibit, position, entry_request.actor) for exhibit in exhibits],
        wordings=[], check=form_text.check, send=form_text.send,
    )  # fmt: skip


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
    earlier_cases = list_case_rows(entry_request.who.id, get_reflected_size())
    return any(row["about"] == entry_request.record.position and row["act"] in DISPUTES for row in earlier_cases)


def explain_request_refusal(entry_request: EntryRequest) -> str:
    """Why it cannot be asked for today, as far as that is known before anything is written; else nothing."""
    if entry_request.doing is EntryRequestKind.REPLY and not list_public_entries(
        entry_request.record.position, entry_request.at
    ):
        return _("Nothing that anybody reads rests on this record today, so no reply can stand beside it.")
    if entry_request.doing is EntryRequestKind.REPAIR:
        return explain_repair_refusal(entry_request.record, entry_request.at)
    if (
        entry_request.doing in (EntryRequestKind.DISPUTE, EntryRequestKind.LINK)
        and entry_request.record.replaced_at is not None
    ):
        return _("A later version took its place.")
    return ""
