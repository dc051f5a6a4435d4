"""Pages that need more than the common content security policy lets them: each says which, and no other page has it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from goodstanding.web.headers import CONTENT_SECURITY_POLICY

View = Callable[..., HttpResponse]
POLICY_HEADER = "Content-Security-Policy"


def allow_own_script(view: View) -> View:
    """A view whose page asks the browser for a passkey, which only a script can: one of our own files, none inline."""

    @wraps(view)
    def scripted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers[POLICY_HEADER] = f"{CONTENT_SECURITY_POLICY}; script-src 'self'"
        return response

    return scripted


def build_form_policy(origin: str) -> str:
    """The policy of a page whose form leads on to another origin: browsers hold redirects to `form-action` too."""
    return CONTENT_SECURITY_POLICY.replace("form-action 'self'", f"form-action 'self' {origin}")
