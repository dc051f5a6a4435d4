"""The desk of a clerk, a decider or an appeal body: what waits for them, and what silence would do."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from goodstanding.access import Actor, Role
from goodstanding.errors import NotFound
from goodstanding.portal.accounts.claims.answer_views import list_waiting_claims
from goodstanding.portal.desk.available_lists import find_office_name, list_available_lists
from goodstanding.portal.desk.queue_presenters import (
    describe_queue,
    describe_queue_count,
    group_queue_lines,
    name_queue,
    present_queue_line,
)
from goodstanding.portal.desk.schemas import DeskPage, QueueTab
from goodstanding.register.cases.desks import Desk, WorkQueue, get_desk
from goodstanding.register.cases.work_queues import MOST, NEAREST, count_queued_cases, list_queue
from goodstanding.register.files.point_in_time import PointInTime
from goodstanding.register.rules.enacted_catalogues import list_enacted
from goodstanding.web.http import clock
from goodstanding.web.http.actors import get_actor
from goodstanding.web.http.pages import make_page_view
from goodstanding.web.http.pagination import build_paging
from goodstanding.web.http.parameters import parse_number, read_page_number, read_text
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.schemas.forms import FieldChoice
from goodstanding.web.schemas.page_frame import PageLink

PER_PAGE = 50
_NUMBER = re.compile(r"(?:GS-)?([0-9]{1,15})", re.IGNORECASE)


def build_desk_page(request: HttpRequest) -> DeskPage:
    """One queue of the desk of whoever asks: the one asked for, else the first in which something waits."""
    actor, moment = get_actor(request), clock.get_moment()
    desk = get_desk(actor)
    listed, number = _read_list_name(request, desk), read_page_number(request)
    counts = count_queued_cases(desk, moment) if not listed else {}
    shown_queue = _read_queue(request, desk, counts)
    queue_page = list_queue(desk, shown_queue, moment, listed, number, PER_PAGE)
    lines = [present_queue_line(line, shown_queue, actor, moment.case_day(line.catalogue)) for line in queue_page.lines]
    return DeskPage(
        about=describe_register(),
        role=actor.role.value,
        office=actor.scope,
        office_name=find_office_name(actor.scope),
        headline=describe_queue_count(shown_queue, queue_page),
        says=describe_queue(shown_queue),
        today=_find_day_of_desk(desk, moment),
        queue=shown_queue.value,
        tabs=[_present_tab(queue, shown_queue, counts.get(queue)) for queue in desk.queues],
        claims=len(list_waiting_claims(request)) if actor.role is Role.APPEAL else None,
        lists=_present_desk_lists(desk),
        listed=listed,
        groups=group_queue_lines(lines),
        paging=build_paging(number, PER_PAGE, queue_page.total, len(lines)),
        more=queue_page.has_more,
        nearest=NEAREST if listed else None,
        proposes=_list_proposal_links(actor),
        done=_describe_proposed(request),
    )


_show_desk_queue = make_page_view("portal/desk/desk.html")(build_desk_page)


@require_safe
def show_desk_page(request: HttpRequest, *, twin: bool = False) -> HttpResponse:
    """The desk; or, where a case was typed into its form, the page of that case."""
    typed = read_text(request, "case")
    if not typed or twin:
        return _show_desk_queue(request, twin=twin)
    number = _NUMBER.fullmatch(typed.replace(" ", ""))
    if number is None:
        raise NotFound(_("No case is called that."), where="case", remedy=_("the number of a case, such as GS-1204"))
    return redirect("case", position=int(number[1]))


def _read_list_name(request: HttpRequest, desk: Desk) -> str:
    listed = read_text(request, "list")
    list_names = [choice.value for choice in _present_desk_lists(desk)]
    if listed and listed not in list_names:
        raise NotFound(_("This desk has no such list."), where="list", remedy=", ".join(list_names))
    return listed


def _read_queue(request: HttpRequest, desk: Desk, counts: dict[WorkQueue, int]) -> WorkQueue:
    queue_name = read_text(request, "queue")
    chosen_queue = next((queue for queue in desk.queues if queue.value == queue_name), None)
    if queue_name and chosen_queue is None:
        raise NotFound(_("This desk has no such queue."), where="queue", remedy=", ".join(desk.queues))
    return chosen_queue or next((queue for queue in desk.queues if counts.get(queue)), desk.queues[0])


def _present_tab(queue: WorkQueue, shown_queue: WorkQueue, count: int | None) -> QueueTab:
    has_more = count is not None and count > MOST
    return QueueTab(
        name=queue.value, title=name_queue(queue), count=min(count, MOST) if count is not None else None,
        more=has_more, here=queue is shown_queue,
    )  # fmt: skip


def _present_desk_lists(desk: Desk) -> list[FieldChoice]:
    """The lists that this desk's sources may state."""
    return [
        FieldChoice(value=f"{enacted.catalogue.name}/{listed}", title=rule.title)
        for enacted in list_enacted().values()
        for listed, rule in enacted.catalogue.lists.items()
        if rule.case and any(_can_state_case(enacted.catalogue, source, rule.case) for source in desk.sources)
    ]


def _find_day_of_desk(desk: Desk, moment: PointInTime) -> date:
    """The day that it is at a desk: of its lists, should it be another somewhere, the later one."""
    days = {moment.case_day(choice.value.partition("/")[0]) for choice in _present_desk_lists(desk)}
    return max(days, default=moment.today)


def _can_state_case(rules: Any, source: str, case: str) -> bool:
    return rules.cases[case].record in rules.mandates.get(source, ())


def _list_proposal_links(actor: Actor) -> list[PageLink]:
    if actor.role is Role.SOURCE:
        return [
            PageLink(title=_("Propose"), address=reverse("propose")),
            PageLink(title=_("Propose many from a file"), address=reverse("propose-many")),
        ]
    if actor.role is Role.DECIDER and list_available_lists(actor):
        return [PageLink(title=_("Impose an interim measure"), address=reverse("propose"))]
    return []


def _describe_proposed(request: HttpRequest) -> str:
    opened_cases = parse_number(read_text(request, "proposed"))
    if opened_cases is None:
        return ""
    return ngettext("One case was opened.", "%(n)s cases were opened, each by itself.", opened_cases) % {
        "n": opened_cases
    }
