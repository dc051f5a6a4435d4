"""The desk of a clerk, a decider or an appeal body: what waits for them, and what silence would do."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from goodstanding.access import Actor, Role
from goodstanding.errors import NotFound
from goodstanding.register import catalogues, queues
from goodstanding.register.queues import Desk, WorkQueue
from goodstanding.web import actors, asking
from goodstanding.web.about import describe_register
from goodstanding.web.hearings import lists, waiting
from goodstanding.web.pages import make_page_view
from goodstanding.web.paging import build_paging
from goodstanding.web.shapes import PageLink
from goodstanding.web.shapes import desks as shapes
from goodstanding.web.shapes.calculator import FieldChoice

PER_PAGE = 50
_NUMBER = re.compile(r"(?:GS-)?([0-9]{1,15})", re.IGNORECASE)


def build_desk_page(request: HttpRequest) -> shapes.DeskPage:
    """One queue of the desk of whoever asks: the one asked for, else the first in which something waits."""
    actor, at = actors.get_actor(request), actors.get_today()
    desk = queues.get_desk(actor)
    listed, number = _read_list_name(request, desk), asking.read_page_number(request)
    counts = queues.count_queued_cases(desk, at) if not listed else {}
    shown_queue = _read_queue(request, desk, counts)
    queue_page = queues.list_queue(desk, shown_queue, at, listed, number, PER_PAGE)
    lines = [waiting.present_queue_line(line, shown_queue, actor, at) for line in queue_page.lines]
    return shapes.DeskPage(
        about=describe_register(),
        role=actor.role.value,
        office=actor.scope,
        office_name=lists.find_office_name(actor.scope),
        headline=waiting.describe_queue_count(shown_queue, queue_page),
        says=waiting.describe_queue(shown_queue),
        today=at,
        queue=shown_queue.value,
        tabs=[_present_tab(queue, shown_queue, counts.get(queue)) for queue in desk.queues],
        lists=_present_desk_lists(desk),
        listed=listed,
        groups=waiting.group_queue_lines(lines),
        paging=build_paging(number, PER_PAGE, queue_page.total, len(lines)),
        more=queue_page.more,
        nearest=queues.NEAREST if listed else None,
        proposes=_list_proposal_links(actor),
        done=_describe_proposed(request),
    )


_show_desk_queue = make_page_view("desk")(build_desk_page)


@require_safe
def show_desk_page(request: HttpRequest, *, twin: bool = False) -> HttpResponse:
    """The desk; or, where a case was typed into its form, the page of that case."""
    typed = asking.read_text(request, "case")
    if not typed or twin:
        return _show_desk_queue(request, twin=twin)
    number = _NUMBER.fullmatch(typed.replace(" ", ""))
    if number is None:
        raise NotFound(_("No case is called that."), where="case", remedy=_("the number of a case, such as GS-1204"))
    return redirect("case", position=int(number[1]))


def _read_list_name(request: HttpRequest, desk: Desk) -> str:
    listed = asking.read_text(request, "list")
    list_names = [choice.value for choice in _present_desk_lists(desk)]
    if listed and listed not in list_names:
        raise NotFound(_("This desk has no such list."), where="list", remedy=", ".join(list_names))
    return listed


def _read_queue(request: HttpRequest, desk: Desk, counts: dict[WorkQueue, int]) -> WorkQueue:
    queue_name = asking.read_text(request, "queue")
    chosen_queue = next((queue for queue in desk.queues if queue.value == queue_name), None)
    if queue_name and chosen_queue is None:
        raise NotFound(_("This desk has no such queue."), where="queue", remedy=", ".join(desk.queues))
    return chosen_queue or next((queue for queue in desk.queues if counts.get(queue)), desk.queues[0])


def _present_tab(queue: WorkQueue, shown_queue: WorkQueue, count: int | None) -> shapes.QueueTab:
    has_more = count is not None and count > queues.MOST
    return shapes.QueueTab(
        name=queue.value, title=waiting.name_queue(queue), count=min(count, queues.MOST) if count is not None else None,
        more=has_more, here=queue is shown_queue,
    )  # fmt: skip


def _present_desk_lists(desk: Desk) -> list[FieldChoice]:
    """The lists that this desk's sources may state."""
    return [
        FieldChoice(value=f"{enacted.catalogue.name}/{listed}", title=rule.title)
        for enacted in catalogues.list_enacted().values()
        for listed, rule in enacted.catalogue.lists.items()
        if rule.case and any(_can_state_case(enacted.catalogue, source, rule.case) for source in desk.sources)
    ]


def _can_state_case(rules: Any, source: str, case: str) -> bool:
    return rules.cases[case].record in rules.mandates.get(source, ())


def _list_proposal_links(actor: Actor) -> list[PageLink]:
    if actor.role is Role.SOURCE:
        return [
            PageLink(title=_("Propose"), address="/desk/propose"),
            PageLink(title=_("Propose many from a file"), address="/desk/propose/many"),
        ]
    if actor.role is Role.DECIDER and lists.list_available_lists(actor):
        return [PageLink(title=_("Impose an interim measure"), address="/desk/propose")]
    return []


def _describe_proposed(request: HttpRequest) -> str:
    text = asking.read_text(request, "proposed")
    if not text.isdecimal():
        return ""
    opened_cases = int(text)
    return ngettext("One case was opened.", "%(n)s cases were opened, each by itself.", opened_cases) % {
        "n": opened_cases
    }
