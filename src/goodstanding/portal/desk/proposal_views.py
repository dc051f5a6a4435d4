"""Opening a case from a desk: a list, a form, a look at the letter and at the days that follow, and the case."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodstanding.access import Actor
from goodstanding.access.case_acts import may_apply
from goodstanding.errors import BadInput, NotAllowed, NotPossible
from goodstanding.portal.cases.delivery import send_last_letter
from goodstanding.portal.cases.presenters import present_case_intervals
from goodstanding.portal.desk.available_lists import (
    find_office_name,
    get_available_list,
    get_opening_act,
    is_opening_interim,
    list_available_lists,
    list_kinds_for_list,
    list_stated_fields,
)
from goodstanding.portal.desk.proposal_forms import (
    APPLICATION_FIELD,
    FIELD_PREFIX,
    PLAIN_FIELDS,
    TypedProposal,
    build_draft_case,
    parse_application_number,
    read_typed_proposal,
)
from goodstanding.portal.desk.schemas import AvailableList, ProposalPage
from goodstanding.procedure.letters import Letter
from goodstanding.procedure.notices import write_letter
from goodstanding.register.cases.applications import Application, get_application
from goodstanding.register.cases.case_file import LONGEST, CaseFile
from goodstanding.register.cases.notices import build_notice
from goodstanding.register.cases.proposals import propose_case
from goodstanding.web.forms.attachments import collect_request_attachments, present_waiting_file
from goodstanding.web.forms.record_fields import build_field_input
from goodstanding.web.http import clock
from goodstanding.web.http.actors import get_actor
from goodstanding.web.http.errors import get_error_status
from goodstanding.web.http.pages import render_schema
from goodstanding.web.http.parameters import check_short_text
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.schemas.forms import ActField, FieldChoice, FieldInput
from goodstanding.web.templatetags.formatting import name_subject_kind

NO_CASE = 0  # files of a form whose case is not opened yet


@require_http_methods(["GET", "HEAD", "POST"])
def show_proposal_page(request: HttpRequest) -> HttpResponse:
    """The form of a proposal, or of an interim measure; a look at what would be sent; or the case it opened."""
    actor = get_actor(request)
    get_opening_act(actor)
    parameters = request.POST if request.method == "POST" else request.GET
    applied = _find_application(actor, str(parameters.get(APPLICATION_FIELD, "")))
    listed = check_short_text(str(parameters.get("list", "")), "list") or (applied.request.list if applied else "")
    if not listed:
        return render_schema(request, "desk-propose", _build_proposal_page(actor, "choose", None), twin="")
    chosen = get_available_list(actor, listed)
    if request.method != "POST":
        return render_schema(
            request,
            "desk-propose",
            _build_proposal_page(actor, "form", chosen, _fill_from_application(chosen, applied)),
            twin="",
        )
    return _handle_post(request, actor, chosen)


def _handle_post(request: HttpRequest, actor: Actor, chosen: AvailableList) -> HttpResponse:
    at, do = clock.get_today(), request.POST.get("do", "send")
    exhibits, file_problems = collect_request_attachments(request, NO_CASE, actor, at)
    values = {
        name: request.POST[name]
        for name in request.POST
        if name in _list_field_names(chosen) or name.startswith(FIELD_PREFIX)
    }
    typed = read_typed_proposal(chosen.value, values, actor, at, exhibits)
    typed.problems += file_problems
    if do == "edit" or typed.problems or typed.proposal is None:
        status = 200 if do == "edit" else _get_status(typed)
        return render_schema(
            request, "desk-propose", _build_proposal_page(actor, "form", chosen, typed), status, twin=""
        )
    if do == "check":
        return _render_review(request, actor, chosen, typed)
    try:
        case_file = propose_case(typed.proposal, actor, at, datetime.now(UTC), is_opening_interim(actor))
    except (BadInput, NotPossible) as error:  # somebody else was faster
        typed.problem(error.where or "text", error)
        return render_schema(
            request,
            "desk-propose",
            _build_proposal_page(actor, "form", chosen, typed),
            get_error_status(error),
            twin="",
        )
    send_last_letter(case_file, at, request.build_absolute_uri(f"/cases/{case_file.position}"))
    return HttpResponseRedirect(f"/cases/{case_file.position}?done={case_file.position}", status=303)


def _list_field_names(chosen: AvailableList) -> tuple[str, ...]:
    return (*PLAIN_FIELDS, APPLICATION_FIELD, "text")


def _find_application(actor: Actor, text: str) -> Application | None:
    """The application that is to be answered; raises NotFound, or NotAllowed for one to another source."""
    number = parse_application_number(text)
    if number is None:
        return None
    answered_application = get_application(number)
    allowed = may_apply(actor, "ApplicationProposed", answered_application.resource)
    if not allowed.allowed:
        raise NotAllowed(_("This application is not yours to answer."), remedy=allowed.because)
    return answered_application


def _fill_from_application(chosen: AvailableList, applied: Application | None) -> TypedProposal | None:
    """The form as far as an application fills it; the finding and its reasons are the office's own."""
    if applied is None:
        return None
    form_values = {"kind": applied.request.kind, "identifier": applied.request.identifier, "name": applied.request.name}
    return TypedProposal(chosen.value, values=form_values | {APPLICATION_FIELD: str(applied.position)})


def _get_status(typed: TypedProposal) -> int:
    return (
        get_error_status(NotPossible(""))
        if any(problem.code == NotPossible.code for problem in typed.problems)
        else 400
    )


def _render_review(request: HttpRequest, actor: Actor, chosen: AvailableList, typed: TypedProposal) -> HttpResponse:
    at = clock.get_today()
    draft_case = build_draft_case(typed, actor, at)
    schema = _build_proposal_page(actor, "check", chosen, typed, draft_case)
    return render_schema(request, "desk-propose", schema, letter=_preview_letter(typed, actor), twin="")


def _preview_letter(typed: TypedProposal, actor: Actor) -> Letter:
    """The letter as it would read if it were served today; of an interim measure as it is sent."""
    draft_case = build_draft_case(typed, actor, clock.get_today(), with_notice=not is_opening_interim(actor))
    return write_letter(replace(build_notice(draft_case, draft_case.acts[-1]), reference=_("a new case")))


def _build_proposal_page(
    actor: Actor,
    stage: str,
    chosen: AvailableList | None,
    typed: TypedProposal | None = None,
    draft_case: CaseFile | None = None,
) -> ProposalPage:
    filled_form = typed or TypedProposal(chosen.value if chosen else "")
    spans = present_case_intervals(draft_case, clock.get_today()) if draft_case else []
    return ProposalPage(
        about=describe_register(),
        stage=stage,
        interim=is_opening_interim(actor),
        office_name=find_office_name(actor.scope),
        lists=list_available_lists(actor),
        chosen=chosen,
        about_whom=_build_subject_fields(filled_form) if chosen else [],
        finding=_build_finding_inputs(filled_form) if chosen else [],
        words=[_build_reasons_field(filled_form)] if chosen else [],
        kept=[present_waiting_file(exhibit, NO_CASE, actor) for exhibit in filled_form.exhibits],
        problems=filled_form.problems,
        notes=filled_form.notes,
        kind=_find_only_kind(filled_form) if chosen else "",
        sent=[FieldChoice(value=name, title=text) for name, text in filled_form.values.items()],
        application=parse_application_number(filled_form.values.get(APPLICATION_FIELD, "")),
        after=spans,
    )


def _find_only_kind(typed: TypedProposal) -> str:
    """The one kind of subject that can be on the list; nothing where there are several to choose from."""
    kinds = list_kinds_for_list(typed.listed)
    return kinds[0] if len(kinds) == 1 else ""


def _build_subject_fields(typed: TypedProposal) -> list[ActField]:
    kind_choices = [
        FieldChoice(value=subject_kind, title=name_subject_kind(subject_kind))
        for subject_kind in list_kinds_for_list(typed.listed)
    ]
    fields = [_build_field(typed, "kind", _("Who is meant"), "one of these", "", kind_choices)]
    if len(kind_choices) == 1:
        fields = []
    return [
        *fields,
        _build_field(
            typed,
            "identifier",
            _("Identifier"),
            "text",
            _("Its scheme, a colon and its value: lei:5493001KJTIIGC8Y1R12"),
        ),
        _build_field(typed, "name", _("Name, exactly as your files have it"), "text"),
        _build_field(
            typed,
            "reference",
            _("Your file number"),
            "text",
            _("The same number about the same subject opens one case"),
        ),
        _build_field(typed, "occurred", _("Day of the finding"), "day"),
    ]


def _build_field(
    typed: TypedProposal, name: str, title: str, way: str, hint: str = "", choices: list[FieldChoice] | None = None
) -> ActField:
    return ActField(
        address=f"propose-{name}", field=name, title=title, way=way, hint=hint, choices=choices or [], required=True,
        entered=typed.values.get(name, ""), problem=_describe_problem(typed, name),
    )  # fmt: skip


def _describe_problem(typed: TypedProposal, name: str) -> str:
    problem = next((candidate for candidate in typed.problems if candidate.where == name), None)
    if problem is None:
        return ""
    right = _("Right would be: %(remedy)s.") % {"remedy": problem.remedy} if problem.remedy else ""
    return f"{problem.message} {right}".strip()


def _build_reasons_field(typed: TypedProposal) -> ActField:
    hint = _("Facts and law, in plain words; the subject reads them word for word. Up to %(n)s characters")
    return _build_field(typed, "text", _("Reasons"), "words", hint % {"n": f"{LONGEST:,}"})


def _build_finding_inputs(typed: TypedProposal) -> list[FieldInput]:
    """The fields of the record that the list rests on."""
    problems_by_field = {problem.where or "": problem for problem in typed.problems}
    values = typed.values
    return [
        build_field_input(f"{FIELD_PREFIX}{name}", name, rule, values.get(f"{FIELD_PREFIX}{name}"), problems_by_field)
        for name, rule in list_stated_fields(typed.listed).items()
    ]
