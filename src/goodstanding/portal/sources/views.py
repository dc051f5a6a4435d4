"""The changes of sources, for the overseer's office: what waits for a second signature, and what rows wait for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from goodstanding.access import Actor
from goodstanding.intake.quarantine.source_backlog import list_unadmitted_sources, render_admission_draft
from goodstanding.plain_text import BYTE_ORDER_MARK
from goodstanding.portal.sources.forms import Settlement, describe_change_form
from goodstanding.portal.sources.presenters import list_backlogs, present_change
from goodstanding.portal.sources.schemas import SourceChangesPage
from goodstanding.register.rules.enacted_catalogues import get_enacted
from goodstanding.register.rules.source_changes import list_source_changes, refuse_if_not_allowed
from goodstanding.register.rules.source_checks import SourceAct
from goodstanding.web.http.actors import get_actor
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.http.signed_in_pages import make_signed_in_view
from goodstanding.web.schemas.page_frame import PageLink

SHOWN_SETTLED = 20
DONE_ACTS = ("proposed", *(settlement.value for settlement in Settlement))


def get_admitting_actor(request: HttpRequest) -> Actor:
    """Whoever has a say in which sources there are; raises NotAllowed for everybody else."""
    actor = get_actor(request)
    refuse_if_not_allowed(actor)
    return actor


def build_source_changes_page(request: HttpRequest) -> SourceChangesPage:
    """What waits for a second signature, oldest first, and the newest that was settled."""
    actor = get_admitting_actor(request)
    changes = [present_change(proposed, actor.name) for proposed in list_source_changes()]
    settled = sorted(
        (change for change in changes if change.settled_at), key=lambda change: change.settled_at or 0, reverse=True
    )
    return SourceChangesPage(
        about=describe_register(),
        open=[change for change in changes if change.settled_at is None],
        settled=settled[:SHOWN_SETTLED],
        backlogs=list(list_backlogs()),
        acts=[_link_act(act) for act in SourceAct],
        done=next((act for act in DONE_ACTS if act == request.GET.get("done")), ""),
    )


show_source_changes_page = make_signed_in_view("portal/sources/changes.html")(build_source_changes_page)


def _link_act(act: SourceAct) -> PageLink:
    return PageLink(title=describe_change_form(act).title, address=reverse("source-change-new", args=[act.value]))


@require_safe
def download_source_backlog(request: HttpRequest, name: str) -> HttpResponse:
    """The unknown sources of a catalogue for which rows wait, as a table to be filled in."""
    get_admitting_actor(request)
    table = render_admission_draft(list_unadmitted_sources(get_enacted(name).catalogue))
    headers = {"Content-Disposition": content_disposition_header(True, f"sources-{name}.csv")}
    return HttpResponse(BYTE_ORDER_MARK + table, content_type="text/csv; charset=utf-8", headers=headers)
