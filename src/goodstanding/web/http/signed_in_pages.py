"""Pages of somebody's own: for whoever is signed in; forms that act, answer what they cannot take, and then lead on."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodstanding.errors import BadInput, NotAllowed, NotFound, NotPossible
from goodstanding.web.http.errors import get_error_status, present_error
from goodstanding.web.http.pages import PageBuilder, get_json_address, make_page_view

FormAction = Callable[..., HttpResponse]
FORM_ERRORS = (BadInput, NotFound, NotPossible)


def make_signed_in_view(
    template: str, act: FormAction | None = None
) -> Callable[[PageBuilder], Callable[..., HttpResponse]]:
    """A page for whoever is signed in; `act` does what its form says and gives where to go on to.

    What cannot be done is said on the page itself, with all that was typed: `build` is handed the `problem`.
    """

    def decorate(build: PageBuilder) -> Callable[..., HttpResponse]:
        plain_view = make_page_view(template)(build)

        @require_http_methods(["GET", "HEAD", "POST"] if act else ["GET", "HEAD"])
        @wraps(build)
        @require_sign_in
        def view(request: HttpRequest, *, twin: bool = False, **parameters: Any) -> HttpResponse:
            if request.method != "POST" or twin or act is None:
                return plain_view(request, twin=twin, **parameters)
            try:
                return act(request, **parameters)
            except FORM_ERRORS as error:
                schema = build(request, problem=present_error(error), **parameters)
                status = get_error_status(error)
            return render(request, template, {"page": schema, "twin": get_json_address(request)}, status=status)

        return view

    return decorate


def require_sign_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view for whoever is signed in; others are led to where they sign in, or told that they have to."""

    @wraps(view)
    def guarded_view(request: HttpRequest, *, twin: bool = False, **parameters: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _answer_signed_out(request, twin)
        return view(request, twin=twin, **parameters)

    return guarded_view


def _answer_signed_out(request: HttpRequest, twin: bool) -> HttpResponse:
    if not twin and request.method != "POST":
        return redirect_to_login(request.get_full_path())
    raise NotAllowed(
        _("Sign in to use this page."), remedy=_("Sign in at %(address)s.") % {"address": reverse("sign-in")}
    )


def get_user_name(request: HttpRequest) -> str:
    """The name that whoever is signed in signs in with."""
    return str(request.user.get_username())


def read_posted_text(request: HttpRequest, name: str) -> str:
    """What was typed into a field."""
    return str(request.POST.get(name, ""))


def get_next_address(request: HttpRequest, else_to: str) -> str:
    """Where to go on to: an address of ours that was asked for, else `else_to`."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    return address if address.startswith("/") and url_has_allowed_host_and_scheme(address, None) else else_to
