"""Opening a case from a desk: a list, a form, a look at the letter and at the days that follow, and the case."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from goodstanding.access import Actor
from goodstanding.access.case_acts import may_apply
from goodstanding.errors import NotAllowed
from goodstanding.portal.cases.delivery import send_last_letter
from goodstanding.portal.cases.presenters import present_case_intervals
from goodstanding.portal.desk.available_lists import (
    find_office_name,
    get_available_list,
    get_opening_act,
    is_opening_interim,
    list_available_lists,
    list_kinds_for_list,
)
from goodstanding.portal.desk.proposal_fields import ProposalForm
from goodstanding.portal.desk.proposal_forms import (
    APPLICATION_FIELD,
    TypedProposal,
    build_draft_case,
)
from goodstanding.portal.desk.schemas import AvailableList, ProposalPage
from goodstanding.procedure.letters import Letter
from goodstanding.procedure.notices import write_letter
from goodstanding.register.cases.applications import Application, get_application
from goodstanding.register.cases.notices import build_notice
from goodstanding.register.cases.proposals import list_own_cases, propose_case
from goodstanding.register.storage.event_kinds import EventKind
from goodstanding.web.forms.review_views import ReviewFormView, ReviewStage
from goodstanding.web.http import clock
from goodstanding.web.http.actors import get_actor
from goodstanding.web.http.pages import render_schema
from goodstanding.web.http.parameters import check_short_text, parse_number
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.schemas.forms import FieldChoice
from goodstanding.web.schemas.page_frame import PageLink


class OpeningView(ReviewFormView):
    """What the pages of one proposal and of a file of them have in common: a list is chosen first."""

    chosen: AvailableList | None = None

    def setup(self, request: HttpRequest, *arguments: Any, **parameters: Any) -> None:
        """Who opens cases, and for which list; raises NotAllowed and NotFound."""
        super().setup(request, *arguments, **parameters)
        self.actor = get_actor(request)
        get_opening_act(self.actor)
        values = request.POST if request.method == "POST" else request.GET
        suggested_list = self.suggest_list(values)
        if listed := check_short_text(str(values.get("list", "")), "list") or suggested_list:
            self.chosen = get_available_list(self.actor, listed)
        self.at = _get_day_of_list(self.chosen.value) if self.chosen else clock.get_today()

    def suggest_list(self, values: Mapping[str, str]) -> str:
        """The list where none was chosen; nothing where it has to be."""
        return ""

    def dispatch(self, request: HttpRequest, *arguments: Any, **parameters: Any) -> HttpResponse:
        """The lists to choose from, until one is chosen."""
        if self.chosen is None and request.method in ("GET", "HEAD", "POST"):
            return render_schema(request, self.template, self.build_page(None, ReviewStage.CHOOSE, {}), twin="")
        return super().dispatch(request, *arguments, **parameters)


class ProposalView(OpeningView):
    """The form of a proposal, or of an interim measure; a look at what would be sent; or the case it opened."""

    template = "portal/desk/proposal.html"
    applied: Application | None = None

    def suggest_list(self, values: Mapping[str, str]) -> str:
        """The list of the application that is answered, if one is."""
        self.applied = _find_application(self.actor, str(values.get(APPLICATION_FIELD, "")))
        return self.applied.request.list if self.applied else ""

    def build_form(self, data: Any = None, uploads: Any = None) -> ProposalForm:
        """The form; empty, it is filled as far as an application fills it."""
        assert self.chosen
        return ProposalForm(self.chosen.value, self.actor, self.at, data, uploads, _fill_from_application(self.applied))

    def list_events(self, form: ProposalForm) -> Mapping[int, PageLink] | None:
        """The cases that the office opened about whoever is meant, for the same list."""
        proposal = form.typed.proposal
        return link_own_cases([proposal.identifier], proposal.list, self.actor) if proposal else None

    def build_review(self, form: ProposalForm) -> Mapping[str, Any]:
        """The days that follow from it, and the letter as it would read."""
        draft_case = build_draft_case(form.typed, self.actor, self.at)
        return {"draft_case": draft_case, "letter": _preview_letter(form.typed, self.actor)}

    def send(self, form: ProposalForm) -> str:
        """Opens the case, and delivers its letter where it goes at once."""
        assert form.typed.proposal
        case_file = propose_case(
            form.typed.proposal, self.actor, self.at, clock.get_now(), is_opening_interim(self.actor),
            form.version_seen,
        )  # fmt: skip
        address = reverse("case", args=[case_file.position])
        send_last_letter(case_file, self.at, self.request.build_absolute_uri(address))
        return f"{address}?done={case_file.position}"

    def build_page(self, form: ProposalForm | None, stage: ReviewStage, review: Mapping[str, Any]) -> ProposalPage:
        """The page of the proposal; without a form, of the lists to choose from."""
        typed, draft_case = form.typed if form else TypedProposal(""), review.get("draft_case")
        return ProposalPage(
            about=describe_register(),
            stage=stage,
            interim=is_opening_interim(self.actor),
            office_name=find_office_name(self.actor.scope),
            lists=list_available_lists(self.actor),
            chosen=self.chosen,
            about_whom=form.present_fields() if form else [],
            finding=form.present_finding() if form else [],
            words=form.present_reasons() if form else [],
            kept=form.present_exhibits() if form else [],
            notes=typed.notes,
            kind=_find_only_kind(typed) if form else "",
            sent=[FieldChoice(value=name, title=text) for name, text in typed.values.items()],
            application=parse_number(typed.values.get(APPLICATION_FIELD, "")),
            after=present_case_intervals(draft_case, self.at) if draft_case else [],
        )


def link_own_cases(identifiers: Collection[str], listed: str, actor: Actor) -> dict[int, PageLink]:
    """The cases that an office opened about the same subjects for the same list, by position."""
    title = _("GS-%(number)s was opened about the same subject, for the same list")
    return {
        position: PageLink(title=title % {"number": position}, address=reverse("case", args=[position]))
        for position in list_own_cases(identifiers, listed, actor.scope)
    }


def _get_day_of_list(listed: str) -> date:
    return clock.get_day_in(listed.partition("/")[0])


def _find_application(actor: Actor, text: str) -> Application | None:
    """The application that is to be answered; raises NotFound, or NotAllowed for one to another source."""
    number = parse_number(text)
    if number is None:
        return None
    answered_application = get_application(number)
    allowed = may_apply(actor, EventKind.APPLICATION_PROPOSED, answered_application.resource)
    if not allowed.allowed:
        raise NotAllowed(_("This application is not yours to answer."), remedy=allowed.because)
    return answered_application


def _fill_from_application(applied: Application | None) -> dict[str, str]:
    """The form as far as an application fills it; the finding and its reasons are the office's own."""
    if applied is None:
        return {}
    request = applied.request
    form_values = {"kind": request.kind, "identifier": request.identifier, "name": request.name}
    return form_values | {APPLICATION_FIELD: str(applied.position)}


def _preview_letter(typed: TypedProposal, actor: Actor) -> Letter:
    """The letter as it would read if it were served today; of an interim measure as it is sent."""
    draft_case = build_draft_case(
        typed, actor, _get_day_of_list(typed.listed), with_notice=not is_opening_interim(actor)
    )
    return write_letter(replace(build_notice(draft_case, draft_case.acts[-1]), reference=_("a new case")))


def _find_only_kind(typed: TypedProposal) -> str:
    """The one kind of subject that can be on the list; nothing where there are several to choose from."""
    kinds = list_kinds_for_list(typed.listed)
    return kinds[0] if len(kinds) == 1 else ""


show_proposal_page = ProposalView.as_view()
