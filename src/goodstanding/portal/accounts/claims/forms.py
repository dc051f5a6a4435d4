"""The forms about mandates: somebody claims to act for a subject, and an office confirms or refuses that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from goodstanding.access import Actor, Role
from goodstanding.access.mandates import check_last_day, compute_first_day, compute_latest_end
from goodstanding.messages import CaseMessage, Message
from goodstanding.procedure.notices import Exhibit
from goodstanding.register.cases.mandates import MandateClaim, list_mandates_of_person
from goodstanding.register.rules.identifier_schemes import parse_identifier
from goodstanding.register.storage.event_text import LONGEST_TEXT
from goodstanding.web.forms.form_fields import DayField, FieldProblem, TextField
from goodstanding.web.forms.review_form import AttachmentOwner, ReviewForm, ReviewFormText
from goodstanding.web.schemas.forms import ActForm
from goodstanding.web.wording.case_terms import format_day

NEW_CLAIM = -2  # files of a claim that is not made yet


class ClaimAnswer(StrEnum):
    """What an office does with a claim."""

    CONFIRM = "confirm"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class ClaimedFile:
    """The file that somebody claims: by its identifier alone, since any other word would tell whether there is one."""

    identifier: str


class MandateClaimForm(ReviewForm):
    """The form of a claim: whose file, and why they may act for it, with a proof."""

    def __init__(
        self, person: str, day: date, data: Any = None, uploads: Any = None, identifier: str = ""
    ) -> None:  # fmt: skip
        owner = AttachmentOwner(NEW_CLAIM, Actor(Role.ANYBODY, name=person), day, most=1)
        says = _(
            "An office that does not accuse this organisation reads it word for word and decides, or the overseer does."
        )
        form_text = ReviewFormText(_("Claim a file"), says, "", _("Check your claim"), _("Send your claim"))
        initial = {"identifier": identifier}
        super().__init__(form_text, owner=owner, data=data, uploads=uploads, initial=initial, auto_id="%s")
        missing = FieldProblem(_("No identifier is given."), _("that of whoever you act for"))
        hint = _("Its scheme and value, such as mx-rfc:AAA010101AAA")
        self.fields["identifier"] = TextField(
            _("Its identifier"), longest=200, hint=hint, missing=missing, files=False,
            check=lambda identifier: ClaimedFile(str(parse_identifier(identifier))),
        )  # fmt: skip
        missing = FieldProblem(_("The text is missing."), _("a text, in your own words"))
        hint = _("Your office there and since when, or who authorised you")
        self.fields["text"] = TextField(
            _("Why may you act for it?"), way="words", longest=LONGEST_TEXT, hint=hint, missing=missing
        )  # fmt: skip

    def clean_files(self) -> list[Exhibit]:
        """The proof, which no claim goes without."""
        exhibits = super().clean_files()
        if not exhibits and "files" not in self.errors:
            missing = Message(CaseMessage.CLAIM_WITHOUT_PROOF)
            self.add_error("files", FieldProblem(missing.render_text(), missing.render_remedy()))
        return exhibits

    @property
    def subject(self) -> ClaimedFile | None:
        """Whose file is claimed, once that is clear; whether there is one is not told."""
        return self.cleaned_data.get("identifier") if self.is_bound else None

    @property
    def proof(self) -> Exhibit | None:
        """The file that proves it, once one came."""
        return next(iter(self.exhibits), None)

    def present(self, version: int) -> ActForm:
        """The form as pages read it."""
        return self.present_form("claim", reverse("claim"), version, files=True)


class ClaimAnswerForm(ReviewForm):
    """The form of what an office answers to a claim: the last day of the mandate, or why there is none."""

    def __init__(self, claim: MandateClaim, answer: ClaimAnswer, day: date, data: Any = None) -> None:
        self.claim, self.answer = claim, answer
        super().__init__(describe_answer_form(answer), data=data, auto_id="%s")
        if answer is ClaimAnswer.CONFIRM:
            first_day = find_first_day(claim, day)
            days = {"first": format_day(first_day), "last": format_day(compute_latest_end(day))}
            self.fields["until"] = DayField(
                _("Last day of the mandate"), _("It begins on %(first)s and ends on %(last)s at the latest") % days,
                needed=True, check=lambda last_day: check_last_day(last_day, first_day, day),
            )  # fmt: skip
        else:
            hint, missing = (
                _("The claimant reads it word for word"),
                FieldProblem(_("The reasons are missing."), _("a reason")),
            )
            self.fields["reason"] = TextField(
                _("Why not"), way="words", longest=LONGEST_TEXT, hint=hint, missing=missing
            )  # fmt: skip

    def present(self, version: int) -> ActForm:
        """The form as pages read it."""
        query = urlencode({"claim": self.claim.position, "do": self.answer.value})
        return self.present_form(self.answer.value, f"{reverse('claims')}?{query}", version, files=False)


def find_first_day(claim: MandateClaim, day: date) -> date:
    """The first day of the mandate, where the claim is confirmed on a day."""
    return compute_first_day(list_mandates_of_person(claim.person, claim.subject), day)


def describe_answer_form(answer: ClaimAnswer) -> ReviewFormText:
    """The words of the form of an answer."""
    if answer is ClaimAnswer.CONFIRM:
        says = _(
            "Whoever you confirm sees the whole file and may answer in every case about it, from the first day on."
            " Until then those who act for it already are told, and may object."
        )
        return ReviewFormText(_("Confirm the claim"), says, "", _("Check your answer"), _("Confirm the claim"))
    says = _("The claim ends with it. The claimant can make another.")
    return ReviewFormText(_("Refuse the claim"), says, "", _("Check your answer"), _("Refuse the claim"))
