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
from goodstanding.web.calculator.entered_facts import (
    MOST_BYTES,
    MOST_RECORDS,
    EnteredFacts,
    RawInput,
    build_blank_record,
    build_example_facts,
    parse_facts,
    read_form_facts,
    read_json_facts,
)
from goodstanding.web.calculator.inputs import build_day_input, build_record_inputs
from goodstanding.web.calculator.outcomes import calculate_result
from goodstanding.web.calculator.schemas import CalculatorPage, CalculatorResult, ProblemListSchema
from goodstanding.web.catalogues.library import get_library_catalogue
from goodstanding.web.http import clock
from goodstanding.web.http.errors import render_problem
from goodstanding.web.http.pages import JSON_TYPE, get_json_address, render_json
from goodstanding.web.http.parameters import is_length_within, read_text
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.schemas.forms import FieldChoice
from goodstanding.web.schemas.page_frame import ProblemSchema

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
def show_calculator_page(request: HttpRequest, name: str) -> HttpResponse:
    """The form, filled with an example where one is chosen, or with what was typed and what follows from it."""
    catalogue = get_library_catalogue(name).catalogue
    if request.method == "POST" and (refused := find_length_refusal(request)):
        return _forbid_caching(refused)
    schema = (_build_posted_page if request.method == "POST" else _build_start_page)(request, catalogue)
    status = 400 if schema.problems else 200
    return _forbid_caching(
        render(
            request,
            "web/calculator/calculator.html",
            {"page": schema, "twin": get_json_address(request)},
            status=status,
        )
    )


@csrf_exempt  # it reads no session and changes nothing, and JSON cannot be sent from another site's form
@require_http_methods(_METHODS)
def show_calculator_json(request: HttpRequest, name: str) -> HttpResponse:
    """The same for programs: facts as JSON, outcomes as JSON."""
    catalogue = get_library_catalogue(name).catalogue
    if request.method != "POST":
        return _forbid_caching(render_json(_build_start_page(request, catalogue)))
    if request.content_type != JSON_TYPE:
        raise BadInput(_("Facts are sent as JSON."), where="Content-Type", remedy=JSON_TYPE)
    return _forbid_caching(find_length_refusal(request) or _answer_facts(read_json_facts(request), catalogue))


def _answer_facts(raw: RawInput, catalogue: Catalogue) -> HttpResponse:
    facts = parse_facts(raw, catalogue, clock.get_local_day(catalogue))
    result = None if facts.problems else _calculate_result(catalogue, facts)
    if facts.problems:
        first, *others = facts.problems
        return HttpResponse(ProblemListSchema(**first.model_dump(), others=others).model_dump_json(), JSON_TYPE, 400)
    return render_json(_build_calculator_page(catalogue, facts, result))


def find_length_refusal(request: HttpRequest) -> HttpResponse | None:
    """The refusal of facts that are longer than anybody types."""
    length = str(request.META.get("CONTENT_LENGTH") or 0)
    if is_length_within(length, MOST_BYTES):
        return None
    remedy = _("at most %(n)s bytes") % {"n": MOST_BYTES}
    return render_problem(
        request, ProblemSchema(code="too-long", message=_("That is too long to be tried."), remedy=remedy), 413
    )


def _forbid_caching(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _build_start_page(request: HttpRequest, catalogue: Catalogue) -> CalculatorPage:
    """The form on its own: with a worked example and what follows from it, or with one empty record."""
    number = _read_example_number(request, catalogue)
    if number is None:
        first = next(iter(catalogue.records), "")
        raw = {
            "at": clock.get_local_day(catalogue).isoformat(),
            "records": [build_blank_record(first)] if first else [],
        }
        return _build_calculator_page(catalogue, EnteredFacts(raw=raw))
    facts = parse_facts(build_example_facts(catalogue, number - 1), catalogue, clock.get_local_day(catalogue))
    result = None if facts.problems else _calculate_result(catalogue, facts)
    return _build_calculator_page(catalogue, facts, result, str(number))


def _read_example_number(request: HttpRequest, catalogue: Catalogue) -> int | None:
    text = read_text(request, "example")
    if not text:
        return None
    most = len(catalogue.examples)
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= most:
        remedy = _("1 to %(last)s") % {"last": most} if most else None
        raise NotFound(_("There is no such example."), where="example", remedy=remedy)
    return int(text)


def _build_posted_page(request: HttpRequest, catalogue: Catalogue) -> CalculatorPage:
    """What was typed, with one more record where that was asked for, or with what follows from it."""
    raw, form_problems = read_form_facts(request)
    if request.POST.get("do") == "add":
        return _build_calculator_page(catalogue, _add_blank_record(raw, request.POST.get("add", ""), catalogue))
    facts = parse_facts(raw, catalogue, clock.get_local_day(catalogue))
    facts.problems = [*form_problems, *facts.problems]
    return _build_calculator_page(catalogue, facts, None if facts.problems else _calculate_result(catalogue, facts))


def _add_blank_record(raw: RawInput, record: str, catalogue: Catalogue) -> EnteredFacts:
    facts = EnteredFacts(raw=raw)
    if record not in catalogue.records:
        facts.problem("add", _("There is no such type of record."), ", ".join(catalogue.records))
    elif len(raw["records"]) >= MOST_RECORDS:
        facts.problem("add", _("No more records can be tried at once."), _("fewer records"))
    else:
        raw["records"].append(build_blank_record(record))
    return facts


def _calculate_result(catalogue: Catalogue, facts: EnteredFacts) -> CalculatorResult | None:
    try:
        return calculate_result(catalogue, facts)
    except BadInput as error:
        facts.refuse(error.where or "records", error)
        return None


def _build_calculator_page(
    catalogue: Catalogue, facts: EnteredFacts, result: CalculatorResult | None = None, example: str = ""
) -> CalculatorPage:
    types: Any = catalogue.records.items()
    return CalculatorPage(
        about=describe_register(),
        name=catalogue.name,
        mode=catalogue.mode,
        title=catalogue.title,
        examples=[
            FieldChoice(value=str(at), title=worked_example["example"])
            for at, worked_example in enumerate(catalogue.examples, 1)
        ],
        example=example,
        types=[FieldChoice(value=name, title=rule.title) for name, rule in types],
        most_records=MOST_RECORDS,
        at=build_day_input(facts.raw, facts.problems),
        records=build_record_inputs(catalogue, facts.raw, facts.problems),
        problems=facts.problems,
        result=result,
    )
