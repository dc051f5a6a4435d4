"""A page is one look at the register: what it asks again, it is told again, at the cost of asking once."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from goodstanding.register.store import one_look

READING = frozenset({"GET", "HEAD"})


class OneLook:
    """Django middleware: a request that only reads asks the projection each question once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response; a request that writes sees what it wrote."""
        if request.method not in READING:
            return self.get_response(request)
        with one_look():
            return self.get_response(request)
