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
from goodstanding.register.queues import Desk, Queue
from goodstanding.web import actors, asking
from goodstanding.web.about import about
from goodstanding.web.hearings import lists, waiting
from goodstanding.web.pages import page
from goodstanding.web.paging import paging
from goodstanding.web.shapes import Link
from goodstanding.web.shapes import desks as shapes
from goodstanding.web.shapes.calculator import Choice

PER_PAGE = 50
_NUMBER = re.compile(r"(?:GS-)?([0-9]{1,15})", re.IGNORECASE)


def build(request: HttpRequest) -> shapes.DeskPage:
    """One queue of the desk of whoever asks: the one asked for, else the first in which something waits."""
    actor, at = actors.actor_of(request), actors.today()
    desk = queues.desk_of(actor)
    listed, number = _listed(request, desk), asking.page_number(request)
    counted = queues.counts(desk, at) if not listed else {}
    which = _queue(request, desk, counted)
    part = queues.queue(desk, which, at, listed, number, PER_PAGE)
    lines = [waiting.line(one, which, actor, at) for one in part.lines]
    return shapes.DeskPage(
        about=about(),
        role=actor.role.value,
        office=actor.scope,
        office_name=lists.office_name(actor.scope),
        headline=waiting.headline(which, part),
        says=waiting.says(which),
        today=at,
        queue=which.value,
        tabs=[_tab(one, which, counted.get(one)) for one in desk.queues],
        lists=_lists(desk),
        listed=listed,
        groups=waiting.groups(lines),
        paging=paging(number, PER_PAGE, part.total, len(lines)),
        more=part.more,
        nearest=queues.NEAREST if listed else None,
        proposes=_proposes(actor),
        done=_done(request),
    )


_view = page("desk")(build)


@require_safe
def view(request: HttpRequest, *, twin: bool = False) -> HttpResponse:
    """The desk; or, where a case was typed into its form, the page of that case."""
    typed = asking.words(request, "case")
    if not typed or twin:
        return _view(request, twin=twin)
    number = _NUMBER.fullmatch(typed.replace(" ", ""))
    if number is None:
        raise NotFound(_("No case is called that."), where="case", remedy=_("the number of a case, such as GS-1204"))
    return redirect("case", position=int(number[1]))


def _listed(request: HttpRequest, desk: Desk) -> str:
    listed = asking.words(request, "list")
    known = [one.value for one in _lists(desk)]
    if listed and listed not in known:
        raise NotFound(_("This desk has no such list."), where="list", remedy=", ".join(known))
    return listed


def _queue(request: HttpRequest, desk: Desk, counted: dict[Queue, int]) -> Queue:
    asked = asking.words(request, "queue")
    found = next((one for one in desk.queues if one.value == asked), None)
    if asked and found is None:
        raise NotFound(_("This desk has no such queue."), where="queue", remedy=", ".join(desk.queues))
    return found or next((one for one in desk.queues if counted.get(one)), desk.queues[0])


def _tab(which: Queue, here: Queue, count: int | None) -> shapes.Tab:
    more = count is not None and count > queues.MOST
    return shapes.Tab(
        name=which.value, title=waiting.title(which), count=min(count, queues.MOST) if count is not None else None,
        more=more, here=which is here,
    )  # fmt: skip


def _lists(desk: Desk) -> list[Choice]:
    """The lists that this desk's sources may state."""
    return [
        Choice(value=f"{one.catalogue.name}/{listed}", title=rule.title)
        for one in catalogues.enacted().values()
        for listed, rule in one.catalogue.lists.items()
        if rule.case and any(_may(one.catalogue, source, rule.case) for source in desk.sources)
    ]


def _may(rules: Any, source: str, case: str) -> bool:
    return rules.cases[case].record in rules.mandates.get(source, ())


def _proposes(actor: Actor) -> list[Link]:
    if actor.role is Role.SOURCE:
        return [
            Link(title=_("Propose"), address="/desk/propose"),
            Link(title=_("Propose many from a file"), address="/desk/propose/many"),
        ]
    if actor.role is Role.DECIDER and lists.of(actor):
        return [Link(title=_("Impose an interim measure"), address="/desk/propose")]
    return []


def _done(request: HttpRequest) -> str:
    text = asking.words(request, "proposed")
    if not text.isdecimal():
        return ""
    n = int(text)
    return ngettext("One case was opened.", "%(n)s cases were opened, each by itself.", n) % {"n": n}
