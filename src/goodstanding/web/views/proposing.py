"""Opening a case from a desk: a list, a form, a look at the letter and at the days that follow, and the case."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodstanding.access import Actor
from goodstanding.access.acts import may_apply
from goodstanding.errors import BadInput, NotAllowed, NotPossible
from goodstanding.procedure.letters import Letter
from goodstanding.procedure.notices import write
from goodstanding.register import letters, proposals
from goodstanding.register.applications import Application, application
from goodstanding.register.hearings import LONGEST, Hearing
from goodstanding.web import actors, asking, inputs
from goodstanding.web.about import about
from goodstanding.web.hearings import attaching, lists, page, proposing, sending
from goodstanding.web.hearings.proposing import PREFIX, Typed
from goodstanding.web.pages import render_shape
from goodstanding.web.problems import status_of
from goodstanding.web.shapes import cases as cases_shapes
from goodstanding.web.shapes import desks as shapes
from goodstanding.web.shapes.calculator import Choice, Input
from goodstanding.web.templatetags.saying import kind

NO_CASE = 0  # files of a form whose case is not opened yet


@require_http_methods(["GET", "HEAD", "POST"])
def view(request: HttpRequest) -> HttpResponse:
    """The form of a proposal, or of an interim measure; a look at what would be sent; or the case it opened."""
    actor = actors.actor_of(request)
    lists.opens(actor)
    given = request.POST if request.method == "POST" else request.GET
    applied = _applied(actor, str(given.get(proposing.APPLICATION, "")))
    listed = asking.checked(str(given.get("list", "")), "list") or (applied.asked.list if applied else "")
    if not listed:
        return render_shape(request, "desk-propose", _page(actor, "choose", None), twin="")
    chosen = lists.named(actor, listed)
    if request.method != "POST":
        return render_shape(request, "desk-propose", _page(actor, "form", chosen, _from(chosen, applied)), twin="")
    return _posted(request, actor, chosen)


def _posted(request: HttpRequest, actor: Actor, chosen: shapes.Chosen) -> HttpResponse:
    at, do = actors.today(), request.POST.get("do", "send")
    exhibits, wrong = attaching.taken(request, NO_CASE, actor, at)
    values = {name: request.POST[name] for name in request.POST if name in _names(chosen) or name.startswith(PREFIX)}
    typed = proposing.read(chosen.value, values, actor, at, exhibits)
    typed.problems += wrong
    if do == "edit" or typed.problems or typed.meant is None:
        status = 200 if do == "edit" else _status(typed)
        return render_shape(request, "desk-propose", _page(actor, "form", chosen, typed), status, twin="")
    if do == "check":
        return _checked(request, actor, chosen, typed)
    try:
        held = proposals.propose(typed.meant, actor, at, datetime.now(UTC), lists.is_interim(actor))
    except (BadInput, NotPossible) as error:  # somebody else was faster
        typed.problem(error.where or "text", error)
        return render_shape(request, "desk-propose", _page(actor, "form", chosen, typed), status_of(error), twin="")
    sending.send(held, at, request.build_absolute_uri(f"/cases/{held.position}"))
    return HttpResponseRedirect(f"/cases/{held.position}?done={held.position}", status=303)


def _names(chosen: shapes.Chosen) -> tuple[str, ...]:
    return (*proposing.PLAIN, proposing.APPLICATION, "text")


def _applied(actor: Actor, text: str) -> Application | None:
    """The application that is to be answered; raises NotFound, or NotAllowed for one to another source."""
    number = proposing.application_number(text)
    if number is None:
        return None
    found = application(number)
    allowed = may_apply(actor, "ApplicationProposed", found.resource)
    if not allowed.allowed:
        raise NotAllowed(_("This application is not yours to answer."), remedy=allowed.because)
    return found


def _from(chosen: shapes.Chosen, applied: Application | None) -> Typed | None:
    """The form as far as an application fills it; the finding and its reasons are the office's own."""
    if applied is None:
        return None
    named = {"kind": applied.asked.kind, "identifier": applied.asked.identifier, "name": applied.asked.name}
    return Typed(chosen.value, values=named | {proposing.APPLICATION: str(applied.position)})


def _status(typed: Typed) -> int:
    return status_of(NotPossible("")) if any(one.code == NotPossible.code for one in typed.problems) else 400


def _checked(request: HttpRequest, actor: Actor, chosen: shapes.Chosen, typed: Typed) -> HttpResponse:
    at = actors.today()
    held = proposing.as_heard(typed, actor, at)
    shape = _page(actor, "check", chosen, typed, held)
    return render_shape(request, "desk-propose", shape, letter=_letter(typed, actor), twin="")


def _letter(typed: Typed, actor: Actor) -> Letter:
    """The letter as it would read if it were served today; of an interim measure as it is sent."""
    held = proposing.as_heard(typed, actor, actors.today(), told=not lists.is_interim(actor))
    return write(replace(letters.notice(held, held.acts[-1]), reference=_("a new case")))


def _page(
    actor: Actor, stage: str, chosen: shapes.Chosen | None, typed: Typed | None = None, held: Hearing | None = None
) -> shapes.ProposePage:
    given = typed or Typed(chosen.value if chosen else "")
    spans = page.stretches(held, actors.today()) if held else []
    return shapes.ProposePage(
        about=about(),
        stage=stage,
        interim=lists.is_interim(actor),
        office_name=lists.office_name(actor.scope),
        lists=lists.of(actor),
        chosen=chosen,
        about_whom=_about_whom(given) if chosen else [],
        finding=_finding(given) if chosen else [],
        words=[_words(given)] if chosen else [],
        kept=[attaching.kept(one, NO_CASE, actor) for one in given.exhibits],
        problems=given.problems,
        notes=given.notes,
        kind=_only_kind(given) if chosen else "",
        sent=[Choice(value=name, title=text) for name, text in given.values.items()],
        application=proposing.application_number(given.values.get(proposing.APPLICATION, "")),
        after=spans,
    )


def _only_kind(typed: Typed) -> str:
    """The one kind of subject that can be on the list; nothing where there are several to choose from."""
    known = lists.kinds(typed.listed)
    return known[0] if len(known) == 1 else ""


def _about_whom(typed: Typed) -> list[cases_shapes.Field]:
    known = [Choice(value=one, title=kind(one)) for one in lists.kinds(typed.listed)]
    fields = [_field(typed, "kind", _("Who is meant"), "one of these", "", known)]
    if len(known) == 1:
        fields = []
    return [
        *fields,
        _field(
            typed,
            "identifier",
            _("Identifier"),
            "text",
            _("Its scheme, a colon and its value: lei:5493001KJTIIGC8Y1R12"),
        ),
        _field(typed, "name", _("Name, exactly as your files have it"), "text"),
        _field(
            typed,
            "reference",
            _("Your file number"),
            "text",
            _("The same number about the same subject opens one case"),
        ),
        _field(typed, "occurred", _("Day of the finding"), "day"),
    ]


def _field(
    typed: Typed, name: str, title: str, way: str, hint: str = "", choices: list[Choice] | None = None
) -> cases_shapes.Field:
    return cases_shapes.Field(
        address=f"propose-{name}", field=name, title=title, way=way, hint=hint, choices=choices or [], required=True,
        entered=typed.values.get(name, ""), problem=_wrong(typed, name),
    )  # fmt: skip


def _wrong(typed: Typed, name: str) -> str:
    found = next((one for one in typed.problems if one.where == name), None)
    if found is None:
        return ""
    right = _("Right would be: %(remedy)s.") % {"remedy": found.remedy} if found.remedy else ""
    return f"{found.message} {right}".strip()


def _words(typed: Typed) -> cases_shapes.Field:
    hint = _("Facts and law, in plain words; the subject reads them word for word. Up to %(n)s characters")
    return _field(typed, "text", _("Reasons"), "words", hint % {"n": f"{LONGEST:,}"})


def _finding(typed: Typed) -> list[Input]:
    """The fields of the record that the list rests on."""
    wrong = {one.where or "": one for one in typed.problems}
    given = typed.values
    return [
        inputs.field_input(f"{PREFIX}{name}", name, rule, given.get(f"{PREFIX}{name}"), wrong)
        for name, rule in lists.stated(typed.listed).items()
    ]
