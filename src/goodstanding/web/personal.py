"""Pages of somebody's own: for whoever is signed in; forms that act, answer what they cannot take, and then lead on."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodstanding.errors import BadInput, NotAllowed, NotFound, NotPossible
from goodstanding.web import problems
from goodstanding.web.pages import Build, page, twin_of

Act = Callable[..., HttpResponse]
TYPED_WRONG = (BadInput, NotFound, NotPossible)


def own(template: str, act: Act | None = None) -> Callable[[Build], Callable[..., HttpResponse]]:
    """A page for whoever is signed in; `act` does what its form says and gives where to go on to.

    What cannot be done is said on the page itself, with all that was typed: `build` is handed the `problem`.
    """

    def decorate(build: Build) -> Callable[..., HttpResponse]:
        shown = page(template)(build)

        @require_http_methods(["GET", "HEAD", "POST"] if act else ["GET", "HEAD"])
        @wraps(build)
        def view(request: HttpRequest, *, twin: bool = False, **asked: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return _signed_out(request, twin)
            if request.method != "POST" or twin or act is None:
                return shown(request, twin=twin, **asked)
            try:
                return act(request, **asked)
            except TYPED_WRONG as error:
                said = build(request, problem=problems.of(error), **asked)
                status = problems.status_of(error)
            return render(request, f"web/{template}.html", {"page": said, "twin": twin_of(request)}, status=status)

        return view

    return decorate


def _signed_out(request: HttpRequest, twin: bool) -> HttpResponse:
    if not twin and request.method != "POST":
        return redirect_to_login(request.get_full_path())
    raise NotAllowed(_("This is for whoever is signed in."), remedy=_("sign in first: /sign-in"))


def name_of(request: HttpRequest) -> str:
    """The name that whoever is signed in signs in with."""
    return str(request.user.get_username())


def typed(request: HttpRequest, name: str) -> str:
    """What was typed into a field."""
    return str(request.POST.get(name, ""))


def next_of(request: HttpRequest, else_to: str) -> str:
    """Where to go on to: an address of ours that was asked for, else `else_to`."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return asked if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, None) else else_to
