"""How long a request may be: decided from its header, before anything of its body is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from goodstanding import config
from goodstanding.web.http.errors import render_problem
from goodstanding.web.http.parameters import is_length_within
from goodstanding.web.schemas.page_frame import ProblemSchema

MOST_OPEN_BYTES = 128 * 1024  # from whoever has not signed in
MOST_API_BYTES = 8 * 1024 * 1024
MOST_FORM_FILES = 10
REFUSAL = "goodstanding.refusal"  # where a server says why it gives a request without its body
SENDER = "goodstanding.sender"  # where a server is told who sends
TOO_SLOW, TOO_MANY = "slow", "many"


class RequestBodies:
    """Django middleware, before that for forms, which reads them: what is too long is refused and never read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, arguments: Sequence[Any], parameters: Mapping[str, Any]
    ) -> HttpResponse | None:
        """Why the body is not read; nothing where it may be."""
        if "Transfer-Encoding" in request.headers:
            return _answer_without_length(request)
        if refusal := request.META.get(REFUSAL):
            return _answer_unread(request, refusal)
        if not _is_for_programs(request):
            request.META[SENDER] = request.user.get_username()
        most = get_most_bytes(request)
        if is_length_within(str(request.META.get("CONTENT_LENGTH") or 0), most):
            return None
        remedy = _("at most %(most)s") % {"most": filesizeformat(most)}
        if not request.user.is_authenticated:
            remedy = _("%(most)s; more, with files, once you have signed in") % {"most": remedy}
        problem = ProblemSchema(code="too-long", message=_("That is too long. It was not read."), remedy=remedy)
        return render_problem(request, problem, 413)


def get_most_bytes(request: HttpRequest) -> int:
    """How long a request may be: a part of a batch, else a form, with its files once its sender has signed in."""
    if _is_for_programs(request):
        return MOST_API_BYTES
    if not request.user.is_authenticated:
        return MOST_OPEN_BYTES
    return settings.DATA_UPLOAD_MAX_MEMORY_SIZE + MOST_FORM_FILES * config.get_current_register().evidence_bytes


def _is_for_programs(request: HttpRequest) -> bool:
    return request.path.startswith(reverse("endpoints"))


def _answer_without_length(request: HttpRequest) -> HttpResponse:
    message = _("This does not say how long it is. It was not read.")
    problem = ProblemSchema(code="no-length", message=message, remedy=_("with the header Content-Length"))
    return render_problem(request, problem, 411)


def _answer_unread(request: HttpRequest, refusal: str) -> HttpResponse:
    if refusal == TOO_MANY:
        message = _("Too many large files are being sent at present. Nothing was read.")
        problem = ProblemSchema(code="too-many", message=message, remedy=_("the same again in a few minutes"))
        return render_problem(request, problem, 429)
    message = _("That was sent too slowly. Nothing was done.")
    problem = ProblemSchema(code="too-slow", message=message, remedy=_("the same again over a faster connection"))
    return render_problem(request, problem, 408)
