"""Pages that need more than the common content security policy lets them: each says which, and no other page has it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

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


CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class SecurityHeaders:
    """Django middleware, the outermost: static files and errors have the headers too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response with the headers; what a signed-in person sees, and what answers a form, is kept by no cache."""
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        user = getattr(request, "user", None)
        unkept = request.method == "POST" or (user is not None and user.is_authenticated)
        response.headers.setdefault("Cache-Control", "private, no-store" if unkept else "no-cache")
        return response
