"""The forms about applications: what each asks for, and what was typed that cannot be meant; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from goodstanding.access import Actor
from goodstanding.errors import BadInput
from goodstanding.register.cases.applications import ListingOffer, ListingRequest, MoneyAmount, list_offers
from goodstanding.register.rules.identifier_schemes import parse_identifier
from goodstanding.register.storage.event_text import LONGEST_TEXT
from goodstanding.web.forms.form_fields import FieldProblem, OneOfField, TextField
from goodstanding.web.forms.money import parse_amount
from goodstanding.web.forms.review_form import AttachmentOwner, ReviewForm, ReviewFormText
from goodstanding.web.schemas.forms import ActForm
from goodstanding.web.templatetags.formatting import name_subject_kind

NEW_APPLICATION = -1  # files of an application that is not made yet


class ApplicationAct(StrEnum):
    """What somebody does with an application."""

    APPLY = "apply"
    DECLINE = "decline"
    COMPLAIN = "complain"
    ANSWER = "answer"
    PERFORMED = "performed"


def describe_application_form(act: ApplicationAct) -> ReviewFormText:
    """The words of a form."""
    return {
        ApplicationAct.APPLY: ReviewFormText(
            _("Apply for a listing"),
            _("It has no effect by itself. A clerk of the source proposes a listing because of it, or says why not."),
            _("What happened"), _("Check your application"), _("Send your application"),
        ),
        ApplicationAct.DECLINE: ReviewFormText(
            _("Decline this application"), _("Whoever applied reads your reasons word for word, and may complain."),
            _("Reasons"), _("Check your answer"), _("Decline"),
        ),
        ApplicationAct.COMPLAIN: ReviewFormText(
            _("Complain to the overseer"), _("About how it was handled. The overseer reads it, and answers."),
            _("What went wrong"), _("Check your complaint"), _("Send your complaint"),
        ),
        ApplicationAct.ANSWER: ReviewFormText(
            _("Answer the complaint"), _("Whoever applied and the source read it word for word."),
            _("Your answer"), _("Check your answer"), _("Send your answer"),
        ),
        ApplicationAct.PERFORMED: ReviewFormText(
            _("Confirm payment or performance"),
            _("You say that what was owed was paid or done. The listing ends today, and the case with it."),
            _("What was paid or done"), _("Check"), _("Confirm"),
        ),
    }[act]  # fmt: skip


class ApplicationActForm(ReviewForm):
    """The form of an act about one application: a text."""

    def __init__(self, act: ApplicationAct, data: Any = None) -> None:
        self.act = act
        super().__init__(describe_application_form(act), data=data, auto_id="%s")
        self.fields["text"] = _build_text_field(self.text.label, is_needed=act is not ApplicationAct.PERFORMED)

    def present(self, address: str, version: int) -> ActForm:
        """The form as pages and programs read it."""
        return self.present_form(self.act.value, address, version, files="files" in self.fields)


class NewApplicationForm(ReviewForm):
    """The form of an application: for which list, by which source, about whom, because of what."""

    act = ApplicationAct.APPLY

    def __init__(
        self, actor: Actor, day: date, data: Any = None, uploads: Any = None, initial: Mapping[str, str] | None = None
    ) -> None:  # fmt: skip
        owner, form_text = AttachmentOwner(NEW_APPLICATION, actor, day), describe_application_form(self.act)
        super().__init__(form_text, owner=owner, data=data, uploads=uploads, initial=initial, auto_id="%s")
        self.offers = {f"{offer.list} {offer.source}": offer for offer in list_offers()}
        self.fields |= dict(build_application_fields(self.offers, form_text.label))
        self.request: ListingRequest | None = None

    def clean(self) -> dict[str, Any]:
        """The request, where nothing stands against it by itself."""
        values = dict(self.cleaned_data)
        offer = self.offers.get(values.get("list", ""))
        if offer and "kind" in values and values["kind"] not in offer.kinds:
            kind_names = ", ".join(name_subject_kind(subject_kind) for subject_kind in offer.kinds)
            self.add_error("kind", FieldProblem(_("Subjects of this kind cannot be on this list."), kind_names))
        amount = self._parse_amount()
        if offer and not self.errors:
            named_values = (values["kind"], values["identifier"], values["name"], values["text"])
            exhibits = tuple(self.exhibits)
            self.request = ListingRequest(offer.list, offer.source, *named_values, amount, exhibits)
        return values

    def _parse_amount(self) -> MoneyAmount | None:
        try:
            return parse_amount(self.cleaned_data.get("amount", ""), self.cleaned_data.get("currency", ""))
        except BadInput as error:
            self.refuse(error, "amount")
            return None

    def present(self, address: str, version: int) -> ActForm:
        """The form as pages and programs read it."""
        return self.present_form(self.act.value, address, version, files=True)


def build_application_fields(offers: Mapping[str, ListingOffer], label: str) -> Iterator[tuple[str, TextField]]:
    """The fields of the form of an application, by name."""
    lists = [(value, f"{offer.title} · {offer.source_name}") for value, offer in offers.items()]
    missing = FieldProblem(_("No list is chosen."), _("Choose a list from the form."))
    yield "list", OneOfField(_("Which list, and which authority"), lists, missing=missing, way="choice")
    kinds = sorted({subject_kind for offer in offers.values() for subject_kind in offer.kinds})
    missing = FieldProblem(_("Nothing is chosen."), _("one of these"))
    kind_choices = [(subject_kind, name_subject_kind(subject_kind)) for subject_kind in kinds]
    yield "kind", OneOfField(_("Whom it is about"), kind_choices, missing=missing)
    hint = _("Its scheme, a colon and its value, such as mx-rfc:AAA010101AAA. A name alone does not say who is meant.")
    yield "identifier", TextField(_("Its identifier"), hint=hint, check=lambda text: str(parse_identifier(text)))
    missing = FieldProblem(_("The name is missing."), _("as it calls itself"))
    yield "name", TextField(_("Its name"), hint=_("As it calls itself"), missing=missing)
    yield "text", _build_text_field(label, is_needed=True)
    example = _("A figure such as 1200.50, if money is owed")
    yield "amount", TextField(_("Amount"), hint=example, required=False)
    yield "currency", TextField(_("Currency"), hint=_("Three letters, such as EUR"), required=False)


def _build_text_field(label: str, *, is_needed: bool) -> TextField:
    hint = _("In any language. Up to %(n)s characters") % {"n": f"{LONGEST_TEXT:,}"}
    missing = FieldProblem(_("The text is missing."), _("a text, in your own words")) if is_needed else None
    return TextField(
        label, way="words", longest=LONGEST_TEXT, hint=hint, required=is_needed, missing=missing
    )  # fmt: skip
