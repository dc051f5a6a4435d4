"""The forms of acts: what each asks for, how it reads what was typed, and what it says is missing; nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from goodstanding.access import Actor
from goodstanding.catalogue.primitives import DecidedTerm
from goodstanding.errors import BadDay, NotPossible
from goodstanding.messages import Message, MessageCode
from goodstanding.portal.cases.reason_templates import list_reason_templates
from goodstanding.procedure.case_machine import DECIDING, Act, CompletedAct, Phase, apply_act
from goodstanding.register.cases.case_file import LONGEST, SERVICE, CaseFile
from goodstanding.register.cases.notices import is_subject_request
from goodstanding.web.forms.attachments import present_waiting_file
from goodstanding.web.forms.entered_text import EnteredForm, clean_text
from goodstanding.web.http.errors import render_message
from goodstanding.web.http.parameters import parse_day
from goodstanding.web.schemas.forms import ActField, ActForm, FieldChoice
from goodstanding.web.schemas.page_frame import ProblemSchema
from goodstanding.web.wording.case_terms import (
    compute_last_day,
    format_day,
    name_decision_outcome,
    name_phase,
    name_service,
)

LONGEST_SHORT_TEXT = 500
SERVICE_ACTS = (Act.SERVE_NOTICE, Act.SERVE_DECISION)
ACTS_WITHOUT_FILES = (Act.WITHDRAW,)


@dataclass(frozen=True, slots=True)
class ActFormText:
    """How the form of an act speaks."""

    title: str
    says: str
    label: str
    check: str
    send: str


def describe_act_form(case_file: CaseFile, act: Act) -> ActFormText:
    """The words of the form of an act."""
    everyone = _("It goes word for word to everyone who decides. Write in any language.")
    read = _("Name facts and law. The subject reads it word for word, and so does whoever hears an appeal.")
    suspends = "" if is_subject_request(case_file) else _("An appeal in time suspends what was decided.")
    apart = _("Whoever hears it stands apart from who decided.")
    posted = _("Serve the letter first, then say here how, and what proves it. From that day the time to answer runs.")
    served = _("Serve the letter first, then say here how, and what proves it. The decision is in force from that day.")
    reasons, own = _("Reasons"), _("In your own words")
    form_texts = {
        Act.REPLY: ActFormText(_("Your reply"), everyone, own, _("Check your reply"), _("Send your reply")),
        Act.APPEAL: ActFormText(
            _("Your appeal"), f"{apart} {suspends}".strip(), own, _("Check your appeal"), _("Send your appeal")
        ),
        Act.SERVE_NOTICE: ActFormText(_("Serve the notice"), posted, "", _("Check the letter"), _("Notice is served")),
        Act.SERVE_DECISION: ActFormText(_("Serve the decision"), served, "", _("Check the letter"),
        _("Decision is served")),
        Act.DECIDE: ActFormText(_("Decide"), read, reasons, _("Check the decision"), _("Decide")),
        Act.DECIDE_APPEAL: ActFormText(_("Decide the appeal"), read, reasons, _("Check the decision"), _("Decide")),
        Act.DECIDE_DISPUTE: ActFormText(_("Decide the dispute"), read, reasons, _("Check the decision"), _("Decide")),
        Act.DECIDE_REPAIR: ActFormText(_("Decide on repair"), read, reasons, _("Check the decision"), _("Decide")),
        Act.HEAR_INTERIM: ActFormText(_("Hear the interim measure"), read, reasons, _("Check the decision"),
        _("Decide")),
        Act.LIFT_SUSPENSION: ActFormText(
            _("Lift the suspension"), _("The decision binds from today, until the appeal is decided."),
            _("Order, and its reasons"), _("Check"), _("Lift the suspension"),
        ),
        Act.PERFORM: ActFormText(
            _("Confirm performance"), _("The listing ends today, and the case with it."),
            _("What was performed"), _("Check"), _("Confirm"),
        ),
        Act.WITHDRAW: ActFormText(
            _("Withdraw"), _("The case ends today. It can be opened again only as a new one."),
            _("Why"), _("Check"), _("Withdraw"),
        ),
    }  # fmt: skip
    return form_texts[act]


def explain_act_refusal(case_file: CaseFile, act: Act, actor: Actor, at: date, refusal: Message | None) -> str:
    """Why an act is not open, in plain words; nothing where it is, even if only to decide for the subject."""
    if refusal is None or (act is Act.DECIDE and can_decide_only_for_subject(case_file, actor, at)):
        return ""
    if refusal.code in (MessageCode.CASE_IN_PHASE, MessageCode.CASE_OVER):
        phase = Phase(str(refusal.params["phase"]))
        return _("Not open while the case stands at “%(phase)s”.") % {"phase": name_phase(phase)}
    return render_message(refusal)


def can_decide_only_for_subject(case_file: CaseFile, actor: Actor, at: date) -> bool:
    """Whether, today, it can be decided for the subject but not yet against it."""
    return not _can_decide(case_file, actor, at, True) and _can_decide(case_file, actor, at, False)


def _can_decide(case_file: CaseFile, actor: Actor, at: date, upheld: bool) -> bool:
    try:
        apply_act(case_file.case, CompletedAct(Act.DECIDE, at, actor.name, upheld, reasons="to be given"))
    except NotPossible:
        return False
    return True


def build_act_form(
    case_file: CaseFile, act: Act, actor: Actor, at: date, entered: EnteredForm | None = None
) -> ActForm:
    """The form of an act, with what was typed and what is wrong with it."""
    filled_form, form_text = entered or EnteredForm(), describe_act_form(case_file, act)
    early = _describe_early_decision(case_file, act, actor, at)
    return ActForm(
        act=act.value,
        title=form_text.title,
        says=" ".join(filter(None, [early, form_text.says])),
        address=reverse("act", args=[case_file.position, act.value]),
        seen=len(case_file.acts),
        fields=list(_build_act_fields(case_file, act, form_text, bool(early), filled_form)),
        files=act not in ACTS_WITHOUT_FILES,
        kept=[present_waiting_file(exhibit, case_file.position, actor) for exhibit in filled_form.exhibits],
        wordings=list_reason_templates(case_file, act),
        check=form_text.check,
        send=form_text.send,
    )


def _describe_early_decision(case_file: CaseFile, act: Act, actor: Actor, at: date) -> str:
    if (
        act is not Act.DECIDE
        or case_file.case.reply_until is None
        or not can_decide_only_for_subject(case_file, actor, at)
    ):
        return ""
    until = format_day(compute_last_day(case_file.case.reply_until))
    return _("The subject can answer until %(last)s. Until then it can only be decided for the subject.") % {
        "last": until
    }


def _build_act_fields(
    case_file: CaseFile, act: Act, form_text: ActFormText, early: bool, entered: EnteredForm
) -> Iterator[ActField]:
    if act in DECIDING:
        choices = [
            ("yes", name_decision_outcome(case_file, act, True)),
            ("no", name_decision_outcome(case_file, act, False)),
        ]
        yield _build_act_field(
            act, entered, "upheld", _("Decision"), "one of these", choices[1:] if early else choices, True
        )
    if act in SERVICE_ACTS:
        service_choices = [(service, name_service(service)) for service in SERVICE]
        yield _build_act_field(act, entered, "service", _("How it was served"), "one of these", service_choices, True)
        yield _build_act_field(
            act, entered, "proof", _("What proves it"), "text", (), True,
            _("Such as the number of the registered letter, and who signed for it"),
        )  # fmt: skip
    if form_text.label:
        hint = _("Up to %(n)s characters") % {"n": f"{LONGEST:,}"}
        yield _build_act_field(act, entered, "text", form_text.label, "words", (), act is not Act.PERFORM, hint)
    if early:
        return
    if act is Act.DECIDE and _can_set_end(case_file):
        hint = _("The first day on which it binds no more. The law’s longest term ends it in any case.")
        yield _build_act_field(act, entered, "ends_on", _("It ends on"), "day", (), False, hint)
    if act is Act.DECIDE and case_file.opened.body.get("objection") is not None:
        named = {"case": f"GS-{case_file.opened.body['objection']}"}
        hint = _("The same was rejected in %(case)s. It can be upheld only for something new.") % named
        yield _build_act_field(act, entered, "new", _("What is new since then"), "words", (), False, hint)


def _build_act_field(
    act: Act, entered: EnteredForm, name: str, title: str, input_type: str, choices: Sequence[tuple[str, str]],
    required: bool,
    hint: str = "",
) -> ActField:  # fmt: skip
    wrong = next((problem for problem in entered.problems if problem.where == name), None)
    return ActField(
        address=f"{act.value}-{name}", field=name, title=title, way=input_type, hint=hint, required=required,
        choices=[FieldChoice(value=value, title=text) for value, text in choices], entered=entered.values.get(name, ""),
        problem=" ".join(filter(None, [wrong.message, _format_remedy(wrong)])) if wrong else "",
    )  # fmt: skip


def _format_remedy(problem: ProblemSchema) -> str:
    return _("Right would be: %(remedy)s.") % {"remedy": problem.remedy} if problem.remedy else ""


def _can_set_end(case_file: CaseFile) -> bool:
    rule = case_file.rules.lists.get(case_file.listed)
    return rule is not None and isinstance(rule.stays, DecidedTerm)


def read_act_form(
    case_file: CaseFile, act: Act, posted: Mapping[str, Any], at: date
) -> tuple[EnteredForm, dict[str, Any]]:
    """What was typed, as it was typed, and as the act says it; every problem stands at its field."""
    entered = EnteredForm()
    act_values: dict[str, Any] = {}
    for name in ("upheld", "service", "proof", "text", "ends_on", "new"):
        entered.values[name] = text = _clean_field(entered, name, str(posted.get(name, "")))
        if text.strip():
            act_values[name] = text
    entered.seen = int(posted["seen"]) if str(posted.get("seen", "")).isdecimal() else None
    if act in DECIDING:
        _read_outcome(entered, act_values, act, at)
    if act in SERVICE_ACTS:
        _read_service(entered, act_values)
    expected = ({"upheld", "text", "ends_on", "new"} if act in DECIDING else set()) | (
        {"service", "proof"} if act in SERVICE_ACTS else {"text"}
    )
    return entered, {name: value for name, value in act_values.items() if name in expected}


def note_missing_act_text(act: Act, entered: EnteredForm) -> None:
    """Notes where nothing was said that must be said; a reply may be its files."""
    if act in (*SERVICE_ACTS, Act.PERFORM) or entered.values.get("text", "").strip():
        return
    if act is Act.REPLY and entered.exhibits:
        return
    message = _("A decision needs its reasons.") if act in DECIDING else _("Nothing is said.")
    remedy = _("reasons that name facts and law") if act in DECIDING else _("a text, in your own words")
    entered.problem("text", message, remedy)


def _clean_field(entered: EnteredForm, name: str, text: str) -> str:
    return clean_text(
        entered, name, text, LONGEST_SHORT_TEXT if name in ("proof", "upheld", "service", "ends_on") else LONGEST
    )


def _read_outcome(entered: EnteredForm, act_values: dict[str, Any], act: Act, at: date) -> None:
    chosen = {"yes": True, "no": False}.get(str(act_values.get("upheld", "")).strip())
    if chosen is None:
        entered.problem("upheld", _("Nothing is chosen."), _("one of the two"))
    act_values["upheld"] = chosen
    if text := str(act_values.pop("ends_on", "")).strip():
        try:
            act_values["ends_on"] = parse_day(text, "ends_on")
        except BadDay as error:
            entered.problem("ends_on", error.message, error.remedy)
            return
        if act_values["ends_on"] <= at:
            entered.problem("ends_on", _("This day is not ahead."), _("a day after today, or nothing"))


def _read_service(entered: EnteredForm, act_values: dict[str, Any]) -> None:
    if str(act_values.get("service", "")) not in SERVICE:
        entered.problem("service", _("No way of service is chosen."), _("one of these"))
    if not str(act_values.get("proof", "")).strip():
        entered.problem(
            "proof", _("What proves the service is missing."), _("such as the number of the registered letter")
        )
