"""The forms about applications: what each asks for, and what was typed that cannot be meant; nothing typed is lost."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _

from goodstanding.access import Actor
from goodstanding.errors import BadInput
from goodstanding.procedure.notices import Exhibit
from goodstanding.register.cases.applications import ListingRequest, list_offers
from goodstanding.register.cases.mandates import LONGEST_TEXT
from goodstanding.subjects import Identifier
from goodstanding.web.forms.attachments import present_waiting_file
from goodstanding.web.forms.money import parse_amount
from goodstanding.web.schemas.common import ProblemSchema
from goodstanding.web.schemas.forms import ActField, ActForm, FieldChoice
from goodstanding.web.templatetags.formatting import name_subject_kind

NEW_APPLICATION = -1  # files of an application that is not made yet
FIELD_NAMES = ("list", "kind", "identifier", "name", "text", "amount", "currency")
LONGEST_FIELD = 500


class ApplicationAct(StrEnum):
    """What somebody does with an application."""

    APPLY = "apply"
    DECLINE = "decline"
    COMPLAIN = "complain"
    ANSWER = "answer"
    PERFORMED = "performed"


@dataclass(frozen=True, slots=True)
class ApplicationFormText:
    """How a form speaks."""

    title: str
    says: str
    label: str
    check: str
    send: str


def describe_application_form(act: ApplicationAct) -> ApplicationFormText:
    """The words of a form."""
    return {
        ApplicationAct.APPLY: ApplicationFormText(
            _("Apply for a listing"),
            _("It has no effect by itself. A clerk of the source proposes a listing because of it, or says why not."),
            _("What happened"), _("Check your application"), _("Send your application"),
        ),
        ApplicationAct.DECLINE: ApplicationFormText(
            _("Decline this application"), _("Whoever applied reads your reasons word for word, and may complain."),
            _("Reasons"), _("Check your answer"), _("Decline"),
        ),
        ApplicationAct.COMPLAIN: ApplicationFormText(
            _("Complain to the overseer"), _("About how it was handled. The overseer reads it, and answers."),
            _("What went wrong"), _("Check your complaint"), _("Send your complaint"),
        ),
        ApplicationAct.ANSWER: ApplicationFormText(
            _("Answer the complaint"), _("Whoever applied and the source read it word for word."),
            _("Your answer"), _("Check your answer"), _("Send your answer"),
        ),
        ApplicationAct.PERFORMED: ApplicationFormText(
            _("Confirm payment or performance"),
            _("You say that what was owed was paid or done. The listing ends today, and the case with it."),
            _("What was paid or done"), _("Check"), _("Confirm"),
        ),
    }[act]  # fmt: skip


@dataclass
class EnteredApplication:
    """What was typed, the files that came with it, and what is wrong."""

    values: dict[str, str] = field(default_factory=dict)
    exhibits: list[Exhibit] = field(default_factory=list)
    problems: list[ProblemSchema] = field(default_factory=list)

    def problem(self, error: BadInput, where: str | None = None) -> None:
        """Notes what is wrong, and where."""
        at = error.where if error.where in FIELD_NAMES else where
        self.problems.append(ProblemSchema(code=error.code, message=error.message, where=at, remedy=error.remedy))

    @property
    def text(self) -> str:
        """What was said."""
        return self.values.get("text", "")


def read_application_form(posted: Mapping[str, str], names: Sequence[str] = ("text",)) -> EnteredApplication:
    """What was typed, without what no text has; where something had to be taken out, it says so."""
    entered = EnteredApplication()
    for name in names:
        most = LONGEST_TEXT if name == "text" else LONGEST_FIELD
        typed_text = str(posted.get(name, "")).replace("\r\n", "\n").replace("\r", "\n").strip()
        visible_text = "".join(letter for letter in typed_text if _is_visible_letter(letter, name == "text"))
        entered.values[name] = visible_text
        if visible_text != typed_text:
            message = _("The text had characters that no text has. They are taken out below.")
            entered.problem(BadInput(message, where=name, remedy=_("the text as it stands below, looked at once more")))
        elif len(visible_text) > most:
            message = _("The text has %(n)s characters.") % {"n": f"{len(visible_text):,}"}
            remedy = _("at most %(most)s, the rest as a file") % {"most": f"{most:,}"}
            entered.problem(BadInput(message, where=name, remedy=remedy))
    return entered


def _is_visible_letter(letter: str, lines: bool) -> bool:
    return unicodedata.category(letter) not in ("Cc", "Cs") or (lines and letter in "\n\t")


def note_missing_application_text(act: ApplicationAct, entered: EnteredApplication) -> None:
    """Notes where nothing was said that must be said."""
    if not entered.text and act is not ApplicationAct.PERFORMED:
        entered.problem(BadInput(_("Nothing is said."), where="text", remedy=_("a text, in your own words")))


def build_request(entered: EnteredApplication) -> ListingRequest | None:
    """The request that was typed; None where something in it cannot be meant, which is then noted."""
    values, offers_by_value = entered.values, dict(_list_offers())
    chosen_offer, amount = offers_by_value.get(values["list"]), None
    if chosen_offer is None:
        entered.problem(BadInput(_("No list is chosen."), where="list", remedy=_("one of those to choose from")))
    if not values["kind"]:
        entered.problem(BadInput(_("Nothing is chosen."), where="kind", remedy=_("one of these")))
    elif chosen_offer and values["kind"] not in chosen_offer[2]:
        kind_names = ", ".join(name_subject_kind(subject_kind) for subject_kind in chosen_offer[2])
        entered.problem(BadInput(_("Nobody of this kind can be on this list."), where="kind", remedy=kind_names))
    if not values["name"]:
        entered.problem(BadInput(_("The name is missing."), where="name", remedy=_("as it calls itself")))
    try:
        Identifier.parse(values["identifier"])
    except BadInput as error:
        entered.problem(error, "identifier")
    try:
        amount = parse_amount(values["amount"], values["currency"])
    except BadInput as error:
        entered.problem(error, "amount")
    note_missing_application_text(ApplicationAct.APPLY, entered)
    if entered.problems or chosen_offer is None:
        return None
    listed, source, _kinds = chosen_offer
    named_values = (values["kind"], values["identifier"], values["name"], values["text"])
    return ListingRequest(listed, source, *named_values, amount, tuple(entered.exhibits))


def _list_offers() -> Iterator[tuple[str, tuple[str, str, tuple[str, ...]]]]:
    for offer in list_offers():
        yield f"{offer.list} {offer.source}", (offer.list, offer.source, offer.kinds)


def build_application_form(
    act: ApplicationAct,
    address: str,
    actor: Actor,
    entered: EnteredApplication | None = None,
    files: int = NEW_APPLICATION,
) -> ActForm:
    """A form, with what was typed into it; `files` tells apart the files that wait in different forms."""
    filled_form, form_text = entered or EnteredApplication(), describe_application_form(act)
    fields = (
        _build_application_fields(form_text, filled_form)
        if act is ApplicationAct.APPLY
        else [_build_text_field(form_text, filled_form, act)]
    )
    return ActForm(
        act=act.value, title=form_text.title, says=form_text.says, address=address, seen=0, fields=list(fields),
        files=act is ApplicationAct.APPLY, wordings=[],
        kept=[present_waiting_file(exhibit, files, actor) for exhibit in filled_form.exhibits],
        check=form_text.check, send=form_text.send,
    )  # fmt: skip


def _build_application_fields(form_text: ApplicationFormText, entered: EnteredApplication) -> Iterator[ActField]:
    lists = [
        FieldChoice(value=f"{offer.list} {offer.source}", title=f"{offer.title} · {offer.source_name}")
        for offer in list_offers()
    ]
    kinds = sorted({subject_kind for offer in list_offers() for subject_kind in offer.kinds})
    yield _build_field(entered, "list", _("Which list, and which authority"), "choice", lists)
    yield _build_field(
        entered,
        "kind",
        _("Whom it is about"),
        "one of these",
        [(FieldChoice(value=subject_kind, title=name_subject_kind(subject_kind))) for subject_kind in kinds],
    )
    hint = _("Its scheme, a colon and its value, such as mx-rfc:AAA010101AAA. A name alone does not say who is meant.")
    yield _build_field(entered, "identifier", _("Its identifier"), "text", hint=hint)
    yield _build_field(entered, "name", _("Its name"), "text", hint=_("As it calls itself"))
    yield _build_text_field(form_text, entered, ApplicationAct.APPLY)
    example = _("A figure such as 1200.50, if money is owed")
    yield _build_field(entered, "amount", _("Amount"), "text", hint=example, required=False)
    yield _build_field(entered, "currency", _("Currency"), "text", hint=_("Three letters, such as EUR"), required=False)


def _build_text_field(form_text: ApplicationFormText, entered: EnteredApplication, act: ApplicationAct) -> ActField:
    hint = _("In any language. Up to %(n)s characters") % {"n": f"{LONGEST_TEXT:,}"}
    return _build_field(
        entered, "text", form_text.label, "words", hint=hint, required=act is not ApplicationAct.PERFORMED
    )


def _build_field(
    entered: EnteredApplication, name: str, title: str, input_type: str, choices: Sequence[FieldChoice] = (),
    hint: str = "",
    required: bool = True,
) -> ActField:  # fmt: skip
    wrong = next((problem for problem in entered.problems if problem.where == name), None)
    right = _("Right would be: %(remedy)s.") % {"remedy": wrong.remedy} if wrong and wrong.remedy else ""
    return ActField(
        address=name, field=name, title=title, way=input_type, hint=hint, choices=list(choices), required=required,
        entered=entered.values.get(name, ""), problem=" ".join(filter(None, [wrong.message, right])) if wrong else "",
    )  # fmt: skip
