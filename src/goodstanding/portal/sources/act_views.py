"""Proposing a change of sources, and signing or declining one: a form, a second look, and the act itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from goodstanding.errors import NotFound
from goodstanding.intake.quarantine.source_backlog import list_unadmitted_sources, render_admission_draft
from goodstanding.ledger.content_erasure import is_same_person
from goodstanding.portal.sources.forms import LONGEST_TABLE, Settlement, SourceChangeForm, list_admitting_catalogues
from goodstanding.portal.sources.presenters import describe_change, present_change, present_checked_change
from goodstanding.portal.sources.schemas import SourceChangePage, SourceChangeSchema
from goodstanding.portal.sources.views import get_admitting_actor
from goodstanding.register.rules.enacted_catalogues import get_enacted
from goodstanding.register.rules.source_changes import (
    ProposedChange,
    decline_source_change,
    list_source_changes,
    propose_source_change,
    sign_source_change,
)
from goodstanding.register.rules.source_checks import SourceAct, check_source_change
from goodstanding.web.forms.review_form import ReviewForm
from goodstanding.web.forms.review_views import ReviewFormView, ReviewStage
from goodstanding.web.http import clock
from goodstanding.web.http.parameters import read_text
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.schemas.page_frame import PageLink


class _SourceFormView(ReviewFormView):
    """What proposing and settling have in common."""

    template = "portal/sources/act.html"

    def setup(self, request: HttpRequest, *arguments: Any, **parameters: Any) -> None:
        """Who acts; raises NotAllowed for whoever has no say in which sources there are."""
        super().setup(request, *arguments, **parameters)
        self.actor = get_admitting_actor(request)
        self.checked: SourceChangeSchema | None = None

    def list_events(self, form: ReviewForm) -> dict[int, PageLink]:
        """Every change that was proposed or settled: whoever acts has seen them all."""
        address = reverse("source-changes")
        changes = list_source_changes()
        proposed = {
            change.position: PageLink(title=_("Proposed: %(what)s") % {"what": describe_change(change.change)},
                                      address=address)
            for change in changes
        }  # fmt: skip
        settled = {
            change.settled_at: PageLink(title=_name_settlement(change), address=address)
            for change in changes
            if change.settled_at is not None
        }
        return proposed | settled

    def build_page(self, form: Any, stage: ReviewStage, review: Mapping[str, Any]) -> SourceChangePage:
        """The page of the form."""
        return SourceChangePage(
            about=describe_register(),
            act=form.act.value,
            stage=stage,
            change=self.checked,
            form=form.present(self.request.path, self.find_version(form)),
        )


def _name_settlement(change: ProposedChange) -> str:
    template = _("Declined: %(what)s") if change.declined else _("Signed: %(what)s")
    return template % {"what": describe_change(change.change)}


class NewSourceChangeView(_SourceFormView):
    """The form of a change; a look at what will be proposed; or the change that was."""

    def setup(self, request: HttpRequest, *arguments: Any, act: str, **parameters: Any) -> None:
        """Which act; raises NotFound for one that is none."""
        super().setup(request, *arguments, **parameters)
        if act not in tuple(SourceAct):
            raise NotFound(_("There is no such act."), where=act[:100], remedy=", ".join(SourceAct))
        self.act = SourceAct(act)

    def build_form(self, data: Any = None, uploads: Any = None) -> SourceChangeForm:
        """The form; empty, it has the sources for which rows wait."""
        return SourceChangeForm(self.act, data, None if data else self._build_initial_values())

    def _build_initial_values(self) -> dict[str, str]:
        names = [name for name, _title in list_admitting_catalogues()]
        name = names[0] if len(names) == 1 else read_text(self.request, "catalogue")
        if self.act not in (SourceAct.ADMIT, SourceAct.END) or name not in names:
            return {}
        if self.act is SourceAct.END:
            return {"catalogue": name}
        table = render_admission_draft(list_unadmitted_sources(get_enacted(name).catalogue))
        whole_lines = table[: LONGEST_TABLE // 2].rpartition("\n")[0]  # names and bases come to it
        return {"catalogue": name, "sources": whole_lines}

    def explain_refusal(self) -> str:
        """That no catalogue lets sources be admitted, where that is so."""
        needs_catalogue = self.act in (SourceAct.ADMIT, SourceAct.END)
        is_open = not needs_catalogue or bool(list_admitting_catalogues())
        return "" if is_open else _("No catalogue in force lets sources be admitted.")

    def build_review(self, form: Any) -> Mapping[str, Any]:
        """The change as it would stand in the ledger."""
        change = check_source_change(form.build_change(), clock.get_now())
        self.checked = present_checked_change(change, self.actor.name, clock.get_today())
        return {}

    def send(self, form: Any) -> str:
        """Proposes the change."""
        propose_source_change(form.build_change(), self.actor, clock.get_now(), form.version_seen)
        return f"{reverse('source-changes')}?done=proposed"


class SourceChangeSettlementView(_SourceFormView):
    """The change once more, whole, to be signed or declined by somebody else."""

    def setup(
        self, request: HttpRequest, *arguments: Any, position: int, doing: str, **parameters: Any
    ) -> None:  # fmt: skip
        """Which change; raises NotFound where there is none, or no such act."""
        super().setup(request, *arguments, **parameters)
        self.position = position
        self.reload()
        if doing not in tuple(Settlement):
            raise NotFound(_("There is no such act."), where=doing[:100], remedy=", ".join(Settlement))
        self.settlement = Settlement(doing)

    def reload(self) -> None:
        """The change as it stands now."""
        changes = {change.position: change for change in list_source_changes()}
        if self.position not in changes:
            raise NotFound(_("No such change of sources was proposed."), where=str(self.position)[:20])
        self.proposed = changes[self.position]
        self.checked = present_change(self.proposed, self.actor.name)

    def build_form(self, data: Any = None, uploads: Any = None) -> SourceChangeForm:
        """The form, with what was sent."""
        return SourceChangeForm(self.settlement, data)

    def explain_refusal(self) -> str:
        """That it is settled already, or that whoever proposed it does not sign."""
        if self.proposed.settled_at is not None:
            return _("This change was signed or declined already.")
        if self.settlement is Settlement.SIGN and is_same_person(self.proposed.by, self.actor.name):
            return _("You proposed this, so somebody else of the overseer’s office signs.")
        return ""

    def build_review(self, form: Any) -> Mapping[str, Any]:
        """Nothing, or why it can no longer be done."""
        if self.settlement is Settlement.SIGN:
            check_source_change(self.proposed.change, clock.get_now())
        return {}

    def send(self, form: Any) -> str:
        """Signs or declines."""
        if self.settlement is Settlement.SIGN:
            sign_source_change(self.position, self.actor, clock.get_now(), form.version_seen)
        else:
            text = form.cleaned_data["text"]
            decline_source_change(self.position, self.actor, text, clock.get_now(), form.version_seen)
        return f"{reverse('source-changes')}?done={self.settlement.value}"


show_new_source_change_page = NewSourceChangeView.as_view()
show_source_change_settlement_page = SourceChangeSettlementView.as_view()
