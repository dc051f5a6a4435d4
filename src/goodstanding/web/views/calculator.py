"""The calculator: facts in, outcomes out. It reads no file of the register and keeps nothing."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from goodstanding.catalogue import Catalogue
from goodstanding.errors import BadInput, NotFound
from goodstanding.web import actors, asking, entering, inputs, library, outcomes
from goodstanding.web.about import about
from goodstanding.web.entering import Facts
from goodstanding.web.pages import JSON, serialized, twin_of
from goodstanding.web.problems import answer
from goodstanding.web.shapes import Problem
from goodstanding.web.shapes.calculator import CalculatorPage, Choice, Problems, Result

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
def view(request: HttpRequest, name: str) -> HttpResponse:
    """The form, filled with an example where one is chosen, or with what was typed and what follows from it."""
    catalogue = library.get(name).catalogue
    if request.method == "POST" and (refused := too_long(request)):
        return _unkept(refused)
    said = (_posted if request.method == "POST" else _chosen)(request, catalogue)
    status = 400 if said.problems else 200
    return _unkept(render(request, "web/calculator.html", {"page": said, "twin": twin_of(request)}, status=status))


@csrf_exempt  # it reads no session and changes nothing, and JSON cannot be sent from another site's form
@require_http_methods(_METHODS)
def twin(request: HttpRequest, name: str) -> HttpResponse:
    """The same for programs: facts as JSON, outcomes as JSON."""
    catalogue = library.get(name).catalogue
    if request.method != "POST":
        return _unkept(serialized(_chosen(request, catalogue)))
    if request.content_type != JSON:
        raise BadInput(_("Facts are sent as JSON."), where="Content-Type", remedy=JSON)
    return _unkept(too_long(request) or _answered(entering.from_json(request), catalogue))


def _answered(raw: entering.Raw, catalogue: Catalogue) -> HttpResponse:
    facts = entering.read(raw, catalogue)
    found = None if facts.problems else _worked_out(catalogue, facts)
    if facts.problems:
        first, *others = facts.problems
        return HttpResponse(Problems(**first.model_dump(), others=others).model_dump_json(), JSON, 400)
    return serialized(_page(catalogue, facts, found))


def too_long(request: HttpRequest) -> HttpResponse | None:
    """The refusal of facts that are longer than anybody types."""
    length = str(request.META.get("CONTENT_LENGTH") or 0)
    if length.isdecimal() and int(length) <= entering.MOST_BYTES:
        return None
    remedy = _("at most %(n)s bytes") % {"n": entering.MOST_BYTES}
    return answer(request, Problem(code="too-long", message=_("That is too long to be tried."), remedy=remedy), 413)


def _unkept(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _chosen(request: HttpRequest, catalogue: Catalogue) -> CalculatorPage:
    """The form on its own: with a worked example and what follows from it, or with one empty record."""
    number = _example(request, catalogue)
    if number is None:
        first = next(iter(catalogue.records), "")
        raw = {"at": actors.today().isoformat(), "records": [entering.blank(first)] if first else []}
        return _page(catalogue, Facts(raw=raw))
    facts = entering.read(entering.of_example(catalogue, number - 1), catalogue)
    found = None if facts.problems else _worked_out(catalogue, facts)
    return _page(catalogue, facts, found, str(number))


def _example(request: HttpRequest, catalogue: Catalogue) -> int | None:
    text = asking.words(request, "example")
    if not text:
        return None
    most = len(catalogue.examples)
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= most:
        remedy = _("1 to %(last)s") % {"last": most} if most else None
        raise NotFound(_("There is no such example."), where="example", remedy=remedy)
    return int(text)


def _posted(request: HttpRequest, catalogue: Catalogue) -> CalculatorPage:
    """What was typed, with one more record where that was asked for, or with what follows from it."""
    raw, odd = entering.from_form(request)
    if request.POST.get("do") == "add":
        return _page(catalogue, _with_one_more(raw, request.POST.get("add", ""), catalogue))
    facts = entering.read(raw, catalogue)
    facts.problems = [*odd, *facts.problems]
    return _page(catalogue, facts, None if facts.problems else _worked_out(catalogue, facts))


def _with_one_more(raw: entering.Raw, record: str, catalogue: Catalogue) -> Facts:
    facts = Facts(raw=raw)
    if record not in catalogue.records:
        facts.problem("add", _("There is no such type of record."), ", ".join(catalogue.records))
    elif len(raw["records"]) >= entering.MOST_RECORDS:
        facts.problem("add", _("No more records can be tried at once."), _("fewer records"))
    else:
        raw["records"].append(entering.blank(record))
    return facts


def _worked_out(catalogue: Catalogue, facts: Facts) -> Result | None:
    try:
        return outcomes.result(catalogue, facts)
    except BadInput as error:
        facts.problem(error.where or "records", error.message, error.remedy)
        return None


def _page(catalogue: Catalogue, facts: Facts, found: Result | None = None, example: str = "") -> CalculatorPage:
    types: Any = catalogue.records.items()
    return CalculatorPage(
        about=about(),
        name=catalogue.name,
        mode=catalogue.mode,
        title=catalogue.title,
        examples=[Choice(value=str(at), title=one["example"]) for at, one in enumerate(catalogue.examples, 1)],
        example=example,
        types=[Choice(value=name, title=rule.title) for name, rule in types],
        most_records=entering.MOST_RECORDS,
        at=inputs.at_input(facts.raw, facts.problems),
        records=inputs.records(catalogue, facts.raw, facts.problems),
        problems=facts.problems,
        result=found,
    )
