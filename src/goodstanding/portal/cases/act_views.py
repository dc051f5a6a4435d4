"""Acts in a case: a form, a look at what will be sent, and the act itself; no refusal loses a word."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodstanding.access import Actor
from goodstanding.access.case_acts import ACT_HOLDERS, may_act
from goodstanding.errors import BadInput, GoodstandingError, NotAllowed, NotFound, NotPossible, Overtaken
from goodstanding.portal.cases.act_forms import (
    build_act_form,
    explain_act_refusal,
    note_missing_act_text,
    read_act_form,
)
from goodstanding.portal.cases.delivery import send_last_letter
from goodstanding.portal.cases.presenters import present_case_head, present_case_intervals
from goodstanding.portal.cases.schemas import CaseActPage, CaseIntervalSchema
from goodstanding.portal.cases.timeline import build_timeline
from goodstanding.portal.cases.views import get_visible_case
from goodstanding.procedure.case_machine import OPENING, Act, CompletedAct, apply_act
from goodstanding.procedure.letters import Letter
from goodstanding.procedure.notices import write_letter
from goodstanding.register.cases.acts import append_act, list_possible_acts
from goodstanding.register.cases.case_file import CaseAct, CaseFile, get_case
from goodstanding.register.cases.notices import build_notice, has_notice
from goodstanding.web.forms.attachments import build_event_files, collect_attachments
from goodstanding.web.forms.entered_text import EnteredForm
from goodstanding.web.http import clock
from goodstanding.web.http.errors import get_error_status, present_error, render_message
from goodstanding.web.http.pages import render_schema
from goodstanding.web.http.register_info import describe_register

ACTS = {act_name: Act(act_name) for act_name in ACT_HOLDERS if Act(act_name) not in OPENING}
CONFLICT = 409


@require_http_methods(["GET", "HEAD", "POST"])
def show_act_page(request: HttpRequest, position: int, act: str) -> HttpResponse:
    """The form of an act alone; or the act itself, once the form is sent."""
    if act not in ACTS:
        raise NotFound(_("There is no such act."), where=act[:100], remedy=", ".join(ACTS))
    case_file, actor = get_visible_case(request, position)
    act_request = _ActRequest(request, case_file, ACTS[act], actor, clock.get_today())
    if request.method == "POST":
        return _handle_post(act_request)
    return _render_act_page(
        act_request, EnteredForm(), "barred" if act_request.why_not() else "form", _get_status(act_request)
    )


class _ActRequest:
    """Somebody asks to do something in a case, today."""

    def __init__(self, request: HttpRequest, case_file: CaseFile, act: Act, actor: Actor, at: date) -> None:
        self.request, self.case_file, self.act, self.actor, self.at = request, case_file, act, actor, at

    def allowed(self) -> bool:
        """Whether the act is theirs at all."""
        return may_act(self.actor, self.act, self.case_file.resource(self.actor)).allowed

    def why_not(self) -> str:
        """Why they cannot do it today; nothing where they can."""
        refusal = list_possible_acts(self.case_file, self.actor, self.at)[self.act]
        if refusal and not self.allowed():
            return render_message(refusal)
        return explain_act_refusal(self.case_file, self.act, self.actor, self.at, refusal)


def _get_status(act_request: _ActRequest) -> int:
    if not act_request.why_not():
        return 200
    return CONFLICT if act_request.allowed() else get_error_status(NotAllowed(""))


def _handle_post(act_request: _ActRequest) -> HttpResponse:
    posted = act_request.request.POST
    entered, cleaned = read_act_form(act_request.case_file, act_request.act, posted, act_request.at)
    if act_request.allowed():  # nobody leaves files in a case in which they do not act
        entered.exhibits, file_problems = collect_attachments(
            act_request.request, act_request.case_file.position, act_request.actor, act_request.at
        )
        entered.problems += file_problems
    note_missing_act_text(act_request.act, entered)
    if entered.seen is None:
        message = _("This form does not say which case it was made from.")
        entered.problem("seen", message, _("the form of the case’s own page"))
    elif entered.seen != len(act_request.case_file.acts) and act_request.allowed():
        return _render_act_page(act_request, entered, "overtaken", CONFLICT)
    if act_request.why_not():
        return _render_act_page(act_request, entered, "barred", _get_status(act_request))
    if entered.problems or posted.get("do") == "edit":
        return _render_act_page(act_request, entered, "form", 400 if posted.get("do") != "edit" else 200)
    if posted.get("do") == "check":
        return _show_review(act_request, entered, cleaned)
    return _send_act(act_request, entered, cleaned)


def _send_act(act_request: _ActRequest, entered: EnteredForm, cleaned: dict[str, Any]) -> HttpResponse:
    content = cleaned | {"evidence": build_event_files(entered.exhibits)}
    now = datetime.now(UTC)
    try:
        after = append_act(
            act_request.case_file.position, act_request.act, act_request.actor, act_request.at, now, seen=entered.seen,
            **content
        )  # fmt: skip
    except Overtaken:
        act_request.case_file = get_case(act_request.case_file.position)
        return _render_act_page(act_request, entered, "overtaken", CONFLICT)
    except (BadInput, NotPossible, NotAllowed) as error:
        return _show_refusal(act_request, entered, error)
    sent = send_last_letter(
        after, act_request.at, act_request.request.build_absolute_uri(reverse("case", args=[after.position]))
    )
    query = {"done": after.acts[-1].position} | {
        name: n for name, n in (("sent", sent.sent), ("failed", sent.failed)) if n
    }
    return HttpResponseRedirect(f"{reverse('case', args=[after.position])}?{urlencode(query)}", status=303)


def _show_refusal(act_request: _ActRequest, entered: EnteredForm, error: GoodstandingError) -> HttpResponse:
    problem = present_error(error)
    entered.problem(problem.where or "text", problem.message, problem.remedy)
    return _render_act_page(act_request, entered, "form", get_error_status(error))


def _show_review(act_request: _ActRequest, entered: EnteredForm, cleaned: dict[str, Any]) -> HttpResponse:
    """What will be sent, how the case goes on after it, and the letter that is written about it."""
    try:
        after = _preview_case(act_request, cleaned, entered)
    except NotPossible as error:
        return _show_refusal(act_request, entered, error)
    spans = present_case_intervals(after, act_request.at)
    return _render_act_page(
        act_request, entered, "check", 200, [span for span in spans if span.state != "done"], _preview_letter(after)
    )


def _preview_case(act_request: _ActRequest, cleaned: dict[str, Any], entered: EnteredForm) -> CaseFile:
    """The case as it would be, had the act been done."""
    case_file, body = act_request.case_file, cleaned | {"evidence": build_event_files(entered.exhibits)}
    if body.get("ends_on"):
        body["ends_on"] = body["ends_on"].isoformat()
    upheld, text = bool(cleaned.get("upheld", True)), str(cleaned.get("text", ""))
    done = CompletedAct(act_request.act, act_request.at, act_request.actor.name, upheld, text, cleaned.get("ends_on"))
    case_act = CaseAct(
        -1, datetime.now(UTC), act_request.act, act_request.at, act_request.actor.name, act_request.actor.scope, body
    )
    return replace(case_file, case=apply_act(case_file.case, done), acts=(*case_file.acts, case_act))


def _preview_letter(after: CaseFile) -> Letter | None:
    """The letter that would be written, where one would."""
    if not has_notice(after, after.acts[-1]):
        return None
    return write_letter(build_notice(after, after.acts[-1]))


def _render_act_page(
    act_request: _ActRequest, entered: EnteredForm, stage: str, status: int,
    after: list[CaseIntervalSchema] | None = None,
    letter: Letter | None = None,
) -> HttpResponse:  # fmt: skip
    case_file = act_request.case_file
    since = case_file.acts[entered.seen :] if stage == "overtaken" and entered.seen is not None else ()
    schema = CaseActPage(
        about=describe_register(),
        head=present_case_head(case_file, act_request.actor, act_request.at),
        stage=stage,
        form=build_act_form(case_file, act_request.act, act_request.actor, act_request.at, entered),
        problems=entered.problems,
        meanwhile=build_timeline(case_file, since),
        after=after or [],
        because=act_request.why_not(),
    )
    return render_schema(act_request.request, "portal/cases/act.html", schema, status, letter=letter, twin="")
