"""Signing in and out: Django's own views, slowed down for whoever guesses."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib.auth.views import LoginView, LogoutView
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodstanding.web import actors
from goodstanding.web.about import about
from goodstanding.web.pages import page
from goodstanding.web.problems import answer
from goodstanding.web.shapes import Problem
from goodstanding.web.shapes.standing import Fact, SignedIn

TRIES = 10
PAUSE = 15 * 60


def build(request: HttpRequest) -> SignedIn:
    """Who is signed in, and what each role may see."""
    actor = actors.actor_of(request)
    return SignedIn(about=about(), name=actor.name or None, role=actor.role.value, scope=actor.scope, roles=roles())


def roles() -> list[Fact]:
    """The roles that accounts have, and what each sees."""
    said = {
        _("Subject"): _("its own file: cases, records, history, and who looked"),
        _("Source"): _("the files that it has stated records about"),
        _("Decider and appeal body"): _("the files that they decide on"),
        _("Overseer"): _("every file"),
        _("Recipient"): _("whole lists, to be used until their last day"),
    }
    return [Fact(label=label, text=text) for label, text in said.items()]


class SignIn(LoginView):
    """The form; after ten wrong tries for a name from one address it rests for a quarter of an hour."""

    template_name = "web/sign-in.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Signs in, unless there were too many tries."""
        if cache.get(_tries(request), 0) >= TRIES:
            said = _("There were too many tries. Nothing was checked.")
            return answer(request, Problem(code="too-many", message=said, remedy=_("wait a quarter of an hour")), 429)
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form: Any) -> HttpResponse:
        """The form again, with what was wrong."""
        key = _tries(self.request)
        cache.set(key, cache.get(key, 0) + 1, PAUSE)
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the form and the page around it say."""
        return super().get_context_data(**kwargs) | {"page": build(self.request), "twin": "/sign-in.json"}


def _tries(request: HttpRequest) -> str:
    told = f"{request.META.get('REMOTE_ADDR', '')} {request.POST.get('username', '')[:150]}"
    return "tries:" + hashlib.sha256(told.encode(errors="replace")).hexdigest()


def sign_in(request: HttpRequest, *, twin: bool = False) -> HttpResponse:
    """The form, or who is signed in as JSON."""
    if twin:
        return page("sign-in")(build)(request, twin=True)
    return SignIn.as_view()(request)


_leaving = page("sign-out")(build)


@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest, *, twin: bool = False) -> HttpResponse:
    """Asks whether to sign out, and does so when told."""
    if request.method == "POST" and not twin:
        return LogoutView.as_view()(request)
    return _leaving(request, twin=twin)
