"""The few figures that the page begins with, and how they were a year before."""

from __future__ import annotations

from django.utils.translation import gettext as _

from goodstanding.register.oversight.chances import Share
from goodstanding.register.oversight.coverage import INTERIM, NONE
from goodstanding.register.oversight.grids import Line, Shown
from goodstanding.register.oversight.overview import Glance, Overview, glance
from goodstanding.register.oversight.windows import Window
from goodstanding.web.about import counted
from goodstanding.web.oversight import words
from goodstanding.web.oversight.tables import share_of
from goodstanding.web.shapes import oversight as shapes


@counted
def glance_of(window: Window) -> Glance:
    """The totals of a window."""
    return glance(window)


def glanced(held: Overview) -> list[shapes.Glanced]:
    """What is open, missed and overturned, and whether notices came first."""
    before = glance_of(held.window.earlier)
    return [
        _open(held.ages, before.ages),
        _share(_("Deadlines missed"), held.missed.all, before.missed.all, "missed", _("No step was due")),
        _share(
            _("Overturned on appeal"), held.appeals.all, before.appeals.all, "overturned", _("No appeal was decided")
        ),
        _notices(held.notices.all),
    ]


def _open(now: Shown, before: Shown) -> shapes.Glanced:
    says = _("%(n)s a year before") % {"n": _figure(before.all.total)}
    return shapes.Glanced(title=_("Open cases"), figure=_figure(now.all.total), of="", says=says)


def _figure(count: int | None) -> str:
    return words.number(count) if count is not None else _("fewer than 10")


def _share(title: str, now: Line, before: Line, part: str, nothing: str) -> shapes.Glanced:
    if now.total == 0:
        return shapes.Glanced(title=title, figure=words.number(0), of="", says=nothing)
    of = _("of %(n)s") % {"n": _figure(now.total)}
    said = _compared(share_of(now, part), share_of(before, part))
    return shapes.Glanced(title=title, figure=_figure(now.parts[part]), of=of, says=said)


def _compared(now: Share | None, before: Share | None) -> str:
    if now is None:
        return _("too few to say what share that is")
    if before is None:
        return _("%(now)s; nothing to compare it with a year before") % {"now": words.percent(now.value)}
    return _("%(now)s; %(before)s a year before") % {
        "now": words.percent(now.value), "before": words.percent(before.value)
    }  # fmt: skip


def _notices(every: Line) -> shapes.Glanced:
    title, none, interim = _("Notices served first"), every.parts[NONE], every.parts[INTERIM]
    if not every.total:
        count = words.number(0) if every.total == 0 else _("fewer than 10")
        return shapes.Glanced(title=title, figure=count, of="", says=_("No case can bind without one"))
    whole = every.total - (interim or 0)
    if none is None or interim is None or not whole:
        return shapes.Glanced(title=title, figure=_("not shown"), of="", says=_("No case can bind without one"))
    figure = words.percent((whole - none) / whole)
    return shapes.Glanced(title=title, figure=figure, of="", says=_("of listings that began to bind after a hearing"))


def window_of(window: Window) -> str:
    """The days of a window, in words."""
    from goodstanding.web.hearings.said import day

    return _("%(first)s to %(last)s") % {"first": day(window.since), "last": day(window.last_day)}
