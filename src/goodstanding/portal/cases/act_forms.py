"""The forms of acts: what each asks for, and what it says where something is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from goodstanding.access import Actor
from goodstanding.catalogue.primitives import DecidedTerm
from goodstanding.messages import Message, ProcedureMessage
from goodstanding.portal.cases.reason_templates import list_reason_templates
from goodstanding.procedure.case_machine import find_act_refusal
from goodstanding.procedure.case_states import DECIDING, Act, CompletedAct, Phase
from goodstanding.procedure.intervals import compute_last_day
from goodstanding.register.cases.case_file import LONGEST, SERVICE, CaseFile
from goodstanding.register.cases.notices import is_subject_request
from goodstanding.web.forms.attachments import build_event_files
from goodstanding.web.forms.form_fields import FieldProblem, FutureDayField, OneOfField, TextField
from goodstanding.web.forms.review_form import AttachmentOwner, ReviewForm, ReviewFormText
from goodstanding.web.http.errors import render_message
from goodstanding.web.schemas.forms import ActForm
from goodstanding.web.wording.case_terms import format_day, name_decision_outcome, name_phase, name_service

OUTCOMES = ("yes", "no")
SERVICE_ACTS = (Act.SERVE_NOTICE, Act.SERVE_DECISION)
ACTS_WITHOUT_FILES = (Act.WITHDRAW,)


def describe_act_form(case_file: CaseFile, act: Act) -> ReviewFormText:
    """The words of the form of an act."""
    everyone = _("It goes word for word to everyone who decides. Write in any language.")
    read = _("Name facts and law. The subject reads it word for word, and so does whoever hears an appeal.")
    suspends = "" if is_subject_request(case_file) else _("An appeal in time suspends what was decided.")
    apart = _("Whoever hears it stands apart from who decided.")
    posted = _("Serve the letter first, then say here how, and what proves it. From that day the time to answer runs.")
    served = _("Serve the letter first, then say here how, and what proves it. The decision is in force from that day.")
    reasons, own = _("Reasons"), _("In your own words")
    form_texts = {
        Act.REPLY: ReviewFormText(_("Your reply"), everyone, own, _("Check your reply"), _("Send your reply")),
        Act.APPEAL: ReviewFormText(
            _("Your appeal"), f"{apart} {suspends}".strip(), own, _("Check your appeal"), _("Send your appeal")
        ),
        Act.SERVE_NOTICE: ReviewFormText(
            _("Serve the notice"), posted, "", _("Check the letter"), _("Notice is served")
        ),
        Act.SERVE_DECISION: ReviewFormText(
            _("Serve the decision"), served, "", _("Check the letter"), _("Decision is served")
        ),
        Act.DECIDE: ReviewFormText(_("Decide"), read, reasons, _("Check the decision"), _("Decide")),
        Act.DECIDE_APPEAL: ReviewFormText(_("Decide the appeal"), read, reasons, _("Check the decision"), _("Decide")),
        Act.DECIDE_DISPUTE: ReviewFormText(
            _("Decide the dispute"), read, reasons, _("Check the decision"), _("Decide")
        ),
        Act.DECIDE_REPAIR: ReviewFormText(_("Decide on repair"), read, reasons, _("Check the decision"), _("Decide")),
        Act.HEAR_INTERIM: ReviewFormText(
            _("Hear the interim measure"), read, reasons, _("Check the decision"), _("Decide")
        ),
        Act.LIFT_SUSPENSION: ReviewFormText(
            _("Lift the suspension"), _("The decision binds from today, until the appeal is decided."),
            _("Order, and its reasons"), _("Check"), _("Lift the suspension"),
        ),
        Act.PERFORM: ReviewFormText(
            _("Confirm performance"), _("The listing ends today, and the case with it."),
            _("What was performed"), _("Check"), _("Confirm"),
        ),
        Act.WITHDRAW: ReviewFormText(
            _("Withdraw"), _("The case ends today. It can be opened again only as a new one."),
            _("Why"), _("Check"), _("Withdraw"),
        ),
    }  # fmt: skip
    return form_texts[act]


def explain_act_refusal(case_file: CaseFile, act: Act, actor: Actor, at: date, refusal: Message | None) -> str:
    """Why an act is not open, in plain words; nothing where it is, even if only to decide for the subject."""
    if refusal is None or (act is Act.DECIDE and can_decide_only_for_subject(case_file, actor, at)):
        return ""
    if refusal.code in (ProcedureMessage.CASE_IN_PHASE, ProcedureMessage.CASE_OVER):
        phase = Phase(str(refusal.params["phase"]))
        return _("Not open while the case stands at “%(phase)s”.") % {"phase": name_phase(phase)}
    return render_message(refusal)


def can_decide_only_for_subject(case_file: CaseFile, actor: Actor, at: date) -> bool:
    """Whether, today, it can be decided for the subject but not yet against it."""
    return not _can_decide(case_file, actor, at, True) and _can_decide(case_file, actor, at, False)


def _can_decide(case_file: CaseFile, actor: Actor, at: date, upheld: bool) -> bool:
    done = CompletedAct(Act.DECIDE, at, actor.name, upheld, reasons="to be given")
    return find_act_refusal(case_file.case, done) is None


class CaseActForm(ReviewForm):
    """The form of an act in a case, as whoever acts can fill it in on a day."""

    def __init__(
        self, case_file: CaseFile, act: Act, actor: Actor, at: date, data: Any = None, uploads: Any = None,
        keeps_files: bool = True,
    ) -> None:  # fmt: skip
        early = _describe_early_decision(case_file, act, actor, at)
        form_text = describe_act_form(case_file, act)
        form_text = replace(form_text, says=" ".join(filter(None, [early, form_text.says])))
        owner = AttachmentOwner(case_file.position, actor, at) if keeps_files else None
        super().__init__(form_text, owner=owner, data=data, uploads=uploads, auto_id=f"{act.value}-%s")
        self.case_file, self.act = case_file, act
        self.fields |= dict(_build_act_fields(case_file, act, form_text.label, bool(early), at))
        self.order_fields([name for name in self.fields if name != "files"])

    def clean(self) -> dict[str, Any]:
        """What was typed; a reply may be its files alone."""
        if self.act is Act.REPLY and not self.cleaned_data.get("text", "x").strip() and not self.exhibits:
            self.add_error("text", _build_missing_text(self.act))
        return dict(self.cleaned_data)

    def build_content(self) -> dict[str, Any]:
        """What the act says, with its files."""
        names = [name for name, field in self.fields.items() if isinstance(field, TextField)]
        content = {name: self.cleaned_data[name] for name in names if str(self.cleaned_data.get(name) or "").strip()}
        if self.act in DECIDING:
            content["upheld"] = content["upheld"] == "yes"
        return content | {"evidence": build_event_files(self.exhibits)}

    def present(self) -> ActForm:
        """The form as pages and programs read it."""
        return self.present_form(
            self.act.value, reverse("act", args=[self.case_file.position, self.act.value]), len(self.case_file.acts),
            files=self.act not in ACTS_WITHOUT_FILES,
            reason_templates=list_reason_templates(self.case_file, self.act),
        )  # fmt: skip


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
    case_file: CaseFile, act: Act, label: str, early: bool, at: date
) -> Iterator[tuple[str, TextField]]:
    if act in DECIDING:
        yield "upheld", _build_outcome_field(case_file, act, early)
    if act in SERVICE_ACTS:
        yield from _build_service_fields()
    if label:
        hint, needed = _("Up to %(n)s characters") % {"n": f"{LONGEST:,}"}, act is not Act.PERFORM
        missing = _build_missing_text(act) if needed and act is not Act.REPLY else None
        yield "text", TextField(label, way="words", longest=LONGEST, hint=hint, required=needed, missing=missing)
    if act is Act.DECIDE and not early:
        yield from _build_decision_fields(case_file, at)


def _build_outcome_field(case_file: CaseFile, act: Act, early: bool) -> TextField:
    choices = [(code, name_decision_outcome(case_file, act, code == "yes")) for code in OUTCOMES]
    missing = FieldProblem(_("Nothing is chosen."), _("one of the two"))
    return OneOfField(_("Decision"), choices[1:] if early else choices, missing=missing, accepted=OUTCOMES)


def _build_service_fields() -> Iterator[tuple[str, TextField]]:
    missing = FieldProblem(_("No way of service is chosen."), _("one of these"))
    choices = [(service, name_service(service)) for service in SERVICE]
    yield "service", OneOfField(_("How it was served"), choices, missing=missing)
    hint = _("Such as the number of the registered letter, and who signed for it")
    missing = FieldProblem(
        _("What proves the service is missing."), _("such as the number of the registered letter")
    )  # fmt: skip
    yield "proof", TextField(_("What proves it"), hint=hint, missing=missing)


def _build_decision_fields(case_file: CaseFile, at: date) -> Iterator[tuple[str, TextField]]:
    if _can_set_end(case_file):
        hint = _("The first day on which it binds no more. The law’s longest term ends it in any case.")
        yield "ends_on", FutureDayField(_("It ends on"), at, hint)
    if (objection := case_file.opened.body.get("objection")) is not None:
        hint = _("The same was rejected in %(case)s. It can be upheld only for something new.")
        hint %= {"case": f"GS-{objection}"}
        yield "new", TextField(_("What is new since then"), way="words", longest=LONGEST, hint=hint, required=False)


def _build_missing_text(act: Act) -> FieldProblem:
    if act in DECIDING:
        return FieldProblem(_("A decision needs its reasons."), _("reasons that name facts and law"))
    return FieldProblem(_("The text is missing."), _("a text, in your own words"))


def _can_set_end(case_file: CaseFile) -> bool:
    rule = case_file.rules.lists.get(case_file.listed)
    return rule is not None and isinstance(rule.stays, DecidedTerm)
