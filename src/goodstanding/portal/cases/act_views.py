"""Acts in a case: a form, a look at what will be sent, and the act itself; no refusal loses a word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from goodstanding.access import Actor
from goodstanding.access.case_acts import ACT_HOLDERS, may_act
from goodstanding.errors import NotAllowed, NotFound
from goodstanding.portal.cases.act_forms import CaseActForm, explain_act_refusal
from goodstanding.portal.cases.delivery import send_last_letter
from goodstanding.portal.cases.presenters import present_case_head, present_case_intervals
from goodstanding.portal.cases.reason_prompts import list_reason_questions, present_reason_prompts
from goodstanding.portal.cases.schemas import CaseActPage
from goodstanding.portal.cases.timeline import build_timeline
from goodstanding.portal.cases.views import get_visible_case
from goodstanding.procedure.case_machine import apply_act
from goodstanding.procedure.case_states import OPENING, Act, CompletedAct
from goodstanding.procedure.letters import Letter
from goodstanding.procedure.notices import write_letter
from goodstanding.register.cases.acts import append_act, build_full_name, list_possible_acts
from goodstanding.register.cases.case_file import CaseAct, CaseFile, get_case
from goodstanding.register.cases.notices import build_notice, has_notice
from goodstanding.web.forms.review_views import ReviewFormView, ReviewStage
from goodstanding.web.http import clock
from goodstanding.web.http.errors import get_error_status, render_message
from goodstanding.web.http.register_info import describe_register

ACTS = {act_name: Act(act_name) for act_name in ACT_HOLDERS if Act(act_name) not in OPENING}


class CaseActView(ReviewFormView):
    """The form of an act alone; or the act itself, once the form is sent."""

    template = "portal/cases/act.html"

    def setup(self, request: HttpRequest, *arguments: Any, position: int, act: str, **parameters: Any) -> None:
        """Which act, in which case, by whom, today; raises NotFound for an act that is none."""
        super().setup(request, *arguments, **parameters)
        if act not in ACTS:
            raise NotFound(_("There is no such act."), where=act[:100], remedy=", ".join(ACTS))
        self.case_file, self.actor = get_visible_case(request, position)
        self.act, self.at = ACTS[act], clock.get_day_in(self.case_file.catalogue)

    def build_form(self, data: Any = None, uploads: Any = None) -> CaseActForm:
        """The form; nobody leaves files in a case in which they do not act."""
        return CaseActForm(self.case_file, self.act, self.actor, self.at, data, uploads, self._is_permitted())

    def find_version(self, form: CaseActForm) -> int:
        """How many acts the case has."""
        return len(self.case_file.acts)

    def is_stale(self, form: CaseActForm) -> bool:
        """Whether something was done in the case since; whoever does not act in it is told that alone."""
        return super().is_stale(form) and self._is_permitted()

    def reload(self) -> None:
        """The case with what was done in it meanwhile."""
        self.case_file = get_case(self.case_file.position)

    def explain_refusal(self) -> str:
        """Why they cannot do it today; nothing where they can."""
        refusal = list_possible_acts(self.case_file, self.actor, self.at)[self.act]
        if refusal and not self._is_permitted():
            return render_message(refusal)
        return explain_act_refusal(self.case_file, self.act, self.actor, self.at, refusal)

    def get_refusal_status(self) -> int:
        """Not theirs at all, or not open today."""
        return super().get_refusal_status() if self._is_permitted() else get_error_status(NotAllowed(""))

    def _is_permitted(self) -> bool:
        return may_act(self.actor, self.act, self.case_file.resource(self.actor)).allowed

    def build_review(self, form: CaseActForm) -> Mapping[str, Any]:
        """How the case goes on after it, the letter that is written about it, and what to check again."""
        after = _preview_case(form, self.actor, self.at)
        spans = present_case_intervals(after, self.at)
        questions = list_reason_questions(self.case_file, self.act, self.actor, form.cleaned_data.get("text", ""))
        following = [span for span in spans if span.state != "done"]
        return {"after": following, "letter": _preview_letter(after), "questions": list(questions)}

    def send(self, form: CaseActForm) -> str:
        """Writes the act down, and delivers its letter."""
        position, now = self.case_file.position, clock.get_now()
        address = reverse("case", args=[position])
        after = append_act(
            position, self.act, self.actor, self.at, now, seen=form.version_seen, **form.build_content()
        )  # fmt: skip
        delivery = send_last_letter(after, self.at, self.request.build_absolute_uri(address))
        counts = {"sent": delivery.sent, "failed": delivery.failed}
        query = {"done": after.acts[-1].position} | {name: count for name, count in counts.items() if count}
        return f"{address}?{urlencode(query)}"

    def build_page(self, form: CaseActForm, stage: ReviewStage, review: Mapping[str, Any]) -> CaseActPage:
        """The page of the act."""
        since = self.case_file.acts[form.version_seen :] if stage is ReviewStage.OVERTAKEN else ()
        form.case_file = self.case_file
        return CaseActPage(
            about=describe_register(),
            head=present_case_head(self.case_file, self.actor, self.at),
            stage=stage,
            form=form.present(),
            meanwhile=build_timeline(self.case_file, since),
            after=review.get("after", []),
            prompts=present_reason_prompts(self.case_file, self.act) if self._is_permitted() else None,
            questions=review.get("questions", []),
        )


def _preview_case(form: CaseActForm, actor: Actor, at: date) -> CaseFile:
    """The case as it would be, had the act been done."""
    body, case_file = {**form.build_content(), **build_full_name(actor)}, form.case_file
    upheld, text, ends_on = bool(body.get("upheld", True)), str(body.get("text", "")), body.get("ends_on")
    case = apply_act(case_file.case, CompletedAct(form.act, at, actor.name, upheld, text, ends_on))
    if ends_on:
        body["ends_on"] = ends_on.isoformat()
    case_act = CaseAct(-1, clock.get_now(), form.act, at, actor.name, actor.scope, body)
    return replace(case_file, case=case, acts=(*case_file.acts, case_act))


def _preview_letter(after: CaseFile) -> Letter | None:
    """The letter that would be written, where one would."""
    if not has_notice(after, after.acts[-1]):
        return None
    return write_letter(build_notice(after, after.acts[-1]))


show_act_page = CaseActView.as_view()
