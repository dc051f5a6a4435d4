"""Proposals from a file: a list, the file, a look at every row, and then a case for each. Decisions never come so."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodstanding.access import Actor
from goodstanding.errors import BadFile, BadInput, NotAllowed, NotPossible
from goodstanding.register import proposals
from goodstanding.web import actors, asking
from goodstanding.web.about import about
from goodstanding.web.hearings import lists, tables
from goodstanding.web.hearings.proposing import PREFIX
from goodstanding.web.hearings.tables import Read
from goodstanding.web.pages import render_shape
from goodstanding.web.problems import of
from goodstanding.web.shapes import Problem
from goodstanding.web.shapes import desks as shapes
from goodstanding.web.shapes.calculator import Choice

ORDER = "/desk?queue=to-serve&proposed="


@require_http_methods(["GET", "HEAD", "POST"])
def view(request: HttpRequest) -> HttpResponse:
    """The form; a look at every row of a file; or the cases that its rows opened."""
    actor = actors.actor_of(request)
    lists.opens(actor)
    if lists.is_interim(actor):
        raise NotAllowed(_("Interim measures are imposed one by one."), remedy=_("charter article 16"))
    given = request.POST if request.method == "POST" else request.GET
    listed = asking.checked(str(given.get("list", "")), "list")
    if not listed:
        return render_shape(request, "desk-many", _page(actor, "choose"), twin="")
    chosen = lists.named(actor, listed)
    if request.method != "POST":
        return render_shape(request, "desk-many", _page(actor, "form", chosen), twin="")
    return _posted(request, actor, chosen)


def _posted(request: HttpRequest, actor: Actor, chosen: shapes.Chosen) -> HttpResponse:
    content = ""
    try:
        content = _content(request)
        rows = tables.read(chosen.value, content, actor, actors.today())
    except BadFile as error:
        shape = _page(actor, "form", chosen, content=content, problems=[of(error)])
        return render_shape(request, "desk-many", shape, 400, twin="")
    if request.POST.get("do") != "send":
        return render_shape(request, "desk-many", _page(actor, "check", chosen, rows, content), twin="")
    return _proposed(request, actor, chosen, rows)


def _content(request: HttpRequest) -> str:
    """The file that was sent, or the text of it that an earlier look left in the form."""
    file = request.FILES.get("file")
    if file is not None:
        if file.size > tables.MOST_BYTES:
            return tables.decoded(b" " * (tables.MOST_BYTES + 1), file.name or "")
        return tables.decoded(file.read(), file.name or "")
    text = request.POST.get("content", "").replace("\r\n", "\n")
    if not text.strip():
        raise BadFile(_("No file was chosen."), remedy=_("a CSV file"))
    return tables.decoded(text.encode(errors="replace"), "")


def _proposed(request: HttpRequest, actor: Actor, chosen: shapes.Chosen, rows: list[Read]) -> HttpResponse:
    cases: dict[int, int] = {}
    for row in rows:
        if row.typed.meant is None:
            continue
        try:
            held = proposals.propose(row.typed.meant, actor, actors.today(), datetime.now(UTC))
        except (BadInput, NotPossible) as error:  # somebody else was faster
            row.typed.problem(error.where or "text", error)
        else:
            cases[row.number] = held.position
    if len(cases) == len(rows):
        return HttpResponseRedirect(f"{ORDER}{len(cases)}", status=303)
    return render_shape(request, "desk-many", _page(actor, "done", chosen, rows, cases=cases), twin="")


def _page(
    actor: Actor, stage: str, chosen: shapes.Chosen | None = None, rows: list[Read] | None = None, content: str = "",
    problems: list[Problem] | None = None, cases: dict[int, int] | None = None,
) -> shapes.ManyPage:  # fmt: skip
    given, opened = rows or [], cases or {}
    return shapes.ManyPage(
        about=about(),
        stage=stage,
        office_name=lists.office_name(actor.scope),
        lists=lists.of(actor),
        chosen=chosen,
        columns=_columns(chosen.value) if chosen else [],
        example=",".join(tables.columns(chosen.value)) if chosen else "",
        problems=problems or [],
        rows=[_row(one, opened) for one in given],
        right=sum(one.typed.meant is not None for one in given),
        content=content,
        most=tables.MOST_ROWS,
    )


def _row(one: Read, opened: dict[int, int]) -> shapes.Row:
    values, wrong = one.typed.values, [_plain(each) for each in one.typed.problems]
    return shapes.Row(
        number=one.number, name=values.get("name", ""), identifier=values.get("identifier", ""),
        reference=values.get("reference", ""), problems=wrong, notes=one.typed.notes, case=opened.get(one.number),
    )  # fmt: skip


def _plain(problem: Problem) -> Problem:
    """A problem at the column as the file names it."""
    return problem.model_copy(update={"where": (problem.where or "").removeprefix(PREFIX)})


def _columns(listed: str) -> list[Choice]:
    """Every column with what it holds."""
    plain = {
        "kind": ", ".join(lists.kinds(listed)),
        "identifier": _("its scheme, a colon and its value: lei:5493001KJTIIGC8Y1R12"),
        "name": _("exactly as your files have it"),
        "reference": _("your file number"),
        "occurred": _("the day of the finding: 2026-11-03"),
        "text": _("the reasons, in plain words"),
    }
    stated = lists.stated(listed)
    return [
        Choice(value=name, title=plain.get(name) or _said(stated[name].title, stated[name].one_of, stated[name].type))
        for name in tables.columns(listed)
    ]


def _said(title: str, codes: tuple[str, ...], way: str) -> str:
    ways = {"boolean": _("yes or no"), "date": _("a day: 2026-11-03"), "integer": _("a whole number")}
    return f"{title}: {', '.join(codes) or ways.get(way, _('a text'))}"
