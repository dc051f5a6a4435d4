"""A request is one look at the register: what it asks again, it is told again, at the cost of asking once."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from goodstanding.ledger.read_cache import open_read_cache


class RequestCache:
    """Django middleware: a request asks each question once, until it writes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response."""
        with open_read_cache():
            return self.get_response(request)
