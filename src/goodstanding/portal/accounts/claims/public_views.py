"""Where anybody begins to claim a file: by an identifier that is only read, never looked up, so no answer differs."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from goodstanding import config
from goodstanding.access.mandates import ANSWER_DAYS, WAITING_DAYS
from goodstanding.errors import GoodstandingError
from goodstanding.portal.accounts.schemas import PublicClaimPage
from goodstanding.register.rules.identifier_schemes import parse_identifier
from goodstanding.web.http.errors import get_error_status, present_error
from goodstanding.web.http.pages import render_json, render_schema
from goodstanding.web.http.parameters import read_text
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.schemas.page_frame import ProblemSchema


@require_safe
def show_public_claim_page(request: HttpRequest, *, twin: bool = False) -> HttpResponse:
    """The page that asks for an identifier, and says how to go on with one that is well formed."""
    typed, problem, status = read_text(request, "identifier"), None, 200
    try:
        identifier = str(parse_identifier(typed)) if typed else ""
    except GoodstandingError as error:
        identifier, problem, status = "", present_error(error), get_error_status(error)
    page = _build_page(request, typed, identifier, problem)
    if twin:
        return render_json(page)
    return render_schema(request, "portal/accounts/public_claim.html", page, status)


def _build_page(request: HttpRequest, typed: str, identifier: str, problem: ProblemSchema | None) -> PublicClaimPage:
    register = config.get_current_register()
    return PublicClaimPage(
        about=describe_register(),
        typed=typed,
        identifier=identifier,
        problem=problem,
        signed_in=request.user.is_authenticated,
        next=_build_next_address(request, identifier) if identifier else "",
        outside=bool(register.identity),
        answer_days=ANSWER_DAYS,
        waiting_days=WAITING_DAYS,
    )


def _build_next_address(request: HttpRequest, identifier: str) -> str:
    """The form of the claim: at once, or after signing in."""
    form = f"{reverse('claim')}?{urlencode({'identifier': identifier})}"
    return form if request.user.is_authenticated else f"{reverse('sign-in')}?{urlencode({'next': form})}"
