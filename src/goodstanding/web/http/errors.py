"""Errors as answers: one table of statuses, one shape, as a page for people and as JSON for programs."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from goodstanding import errors
from goodstanding.messages import Message
from goodstanding.register.storage.storage_errors import find_storage_problem
from goodstanding.web.schemas.page_frame import ProblemSchema
from goodstanding.web.schemas.people import name_person

STATUS_BY_ERROR: dict[type[errors.GoodstandingError], int] = {
    errors.BadInput: 400,
    errors.ContradictsEarlier: 409,
    errors.UnknownFeed: 404,
    errors.UnknownList: 404,
    errors.NotFound: 404,
    errors.NotAllowed: 403,
    errors.NotPossible: 409,
    errors.NotDelivered: 503,
    errors.BadTile: 404,
    errors.ErasedBefore: 409,
    errors.LedgerError: 500,
    errors.CatalogueError: 500,
    errors.RegisterError: 503,
    errors.GoodstandingError: 500,
}
LARGEST_NUMBER = 10**15 - 1  # as many digits as any number in an address has
JSON_TYPE = "application/json"
log = logging.getLogger("goodstanding.web")


def get_error_status(error: errors.GoodstandingError) -> int:
    """The HTTP status of an error: that of the nearest class in the table."""
    return next(STATUS_BY_ERROR[kind] for kind in type(error).__mro__ if kind in STATUS_BY_ERROR)


def is_json_request(request: HttpRequest) -> bool:
    """Whether a program asks: for a twin, or under `/v1`."""
    return request.path.endswith(".json") or request.path.startswith(reverse("endpoints"))


def render_problem(request: HttpRequest, problem: ProblemSchema, status: int) -> HttpResponse:
    """A problem as the asker reads it."""
    if is_json_request(request):
        return HttpResponse(problem.model_dump_json(), content_type=JSON_TYPE, status=status)
    return render(request, "web/problem.html", {"problem": problem, "status": status}, status=status)


def present_error(error: errors.GoodstandingError) -> ProblemSchema:
    """An error of the house in the shape in which it is answered."""
    language = get_language() or ""
    return ProblemSchema(
        code=error.code,
        message=render_message(error.coded) if error.coded else error.render_text(language),
        where=error.where,
        remedy=error.render_remedy(language),
    )


def render_message(message: errors.CodedMessage | None) -> str:
    """The words of a message of a lower floor, in the language in which the page is read; none where there is none."""
    if isinstance(message, Message) and isinstance(person := message.params.get("person"), str):
        message = Message(message.code, {**message.params, "person": name_person(person)})
    return message.render_text(get_language() or "") if message else ""


def is_own_form(request: HttpRequest) -> bool:
    """Whether a page of ours sent a form that is checked before it is sent: its browser says so, and names a step."""
    origin = f"{request.scheme}://{request.get_host()}"
    return request.method == "POST" and request.headers.get("Origin") == origin and "step" in request.POST


def _render_kept_form(request: HttpRequest, problem: ProblemSchema, status: int) -> HttpResponse:
    """A problem with a form that was not read, and with all that was typed, to go back to it."""
    left_out = ("csrfmiddlewaretoken", "step")
    typed = [(name, text) for name, texts in request.POST.lists() if name not in left_out for text in texts]
    context = {"problem": problem, "status": status, "typed": typed, "has_files": bool(request.FILES)}
    return render(request, "web/kept_form.html", context, status=status)


class ErrorResponses:
    """Django middleware: turns errors of the house, and refused methods, into answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response; one that refuses the method says so in the one shape."""
        response = self.get_response(request)
        if response.status_code == 405 and "Allow" in response.headers:
            problem = ProblemSchema(
                code="method", message=_("This address does not accept this method."), remedy=response.headers["Allow"]
            )
            refused = render_problem(request, problem, 405)
            refused.headers["Allow"] = response.headers["Allow"]
            return refused
        return response

    def process_view(
        self, request: HttpRequest, view: Any, arguments: Sequence[Any], parameters: Mapping[str, Any]
    ) -> HttpResponse | None:
        """No page has a number of more than fifteen digits, and databases have none of twenty: nothing is there."""
        too_large = any(isinstance(number, int) and number > LARGEST_NUMBER for number in parameters.values())
        return handle_not_found(request) if too_large else None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The answer to an error of the house; anything else is Django's to report."""
        if isinstance(error, errors.RegisterError) or not isinstance(error, errors.GoodstandingError):
            return answer_storage_problem(request, error)
        status = get_error_status(error)
        if status >= 500:
            log.error("%s", error.diagnostics(), exc_info=error)
        if status in (403, 404) and not request.user.is_authenticated and is_own_form(request):
            message = _("You are signed out. Nothing was sent, and nothing that you typed is lost.")
            remedy = _("Sign in, then come back to this page and continue.")
            return _render_kept_form(request, ProblemSchema(code=error.code, message=message, remedy=remedy), status)
        return render_problem(request, present_error(error), status)


def answer_storage_problem(request: HttpRequest, error: BaseException) -> HttpResponse | None:
    """What answers while the register's disk or database fails, reading nothing of it; None for another error."""
    problem = error if isinstance(error, errors.RegisterError) else find_storage_problem(error)
    if problem is None:
        return None
    log.error("%s", problem.diagnostics(), exc_info=error)
    message = _(
        "The register is not available at the moment. The problem was logged. Your request was not carried out."
    )
    answered = ProblemSchema(code=problem.code, message=message, remedy=_("Try again later."))
    return _render_plainly(request, answered, get_error_status(problem))


def _render_plainly(request: HttpRequest, problem: ProblemSchema, status: int) -> HttpResponse:
    """A problem without a template, whose frame would ask the register."""
    if is_json_request(request):
        return HttpResponse(problem.model_dump_json(), content_type=JSON_TYPE, status=status)
    title = _("Not available") if status == HTTPStatus.SERVICE_UNAVAILABLE else _("Broken")
    page = f"<!doctype html><html lang=en><title>{title}</title><h1>{problem.message}</h1>"
    return HttpResponse(page, status=status)


def handle_not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Django's handler for an address that leads nowhere."""
    return render_problem(
        request, ProblemSchema(code="not-found", message=_("There is no such page."), where=request.path[:200]), 404
    )


def handle_bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Django's handler for a request that cannot be read, or is too long to be."""
    if isinstance(exception, TooManyFieldsSent | RequestDataTooBig):
        return render_problem(request, ProblemSchema(code="too-long", message=_("This is too long to be read.")), 413)
    return render_problem(request, ProblemSchema(code="bad-input", message=_("This request cannot be read.")), 400)


def handle_forbidden(request: HttpRequest, exception: Any = None, reason: str = "") -> HttpResponse:
    """Django's handler for a refused request, a form without its token for one."""
    if is_own_form(request):
        message = _("You signed in or out after this form was opened. Nothing was sent, and nothing is lost.")
        return _render_kept_form(request, ProblemSchema(code="not-allowed", message=message), 403)
    message = _("This form is too old, or was not sent from this site. Nothing was done.")
    return render_problem(
        request, ProblemSchema(code="not-allowed", message=message, remedy=_("Open the page again.")), 403
    )


def handle_too_many_requests(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """What answers too many tries at a password, a code or a form."""
    message = _("You have tried too often. Nothing was checked.")
    return render_problem(
        request, ProblemSchema(code="too-many", message=message, remedy=_("Wait 15 minutes, then try again.")), 429
    )


def handle_server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler for a fault of the program: says so, touching nothing that may be at fault."""
    if (error := sys.exception()) and (answer := answer_storage_problem(request, error)):
        return answer
    problem = ProblemSchema(
        code="error", message="Something went wrong. The problem was logged. Your request was not carried out."
    )
    return _render_plainly(request, problem, 500)
