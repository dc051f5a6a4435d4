"""Sessions end by themselves: after half an hour in which nothing was asked, and half a day after they began."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=12)
NOTED_EVERY = timedelta(minutes=1)  # not each request is written down
BEGUN_KEY, USED_KEY = "begun_at", "used_at"


class IdleSession:
    """Django middleware: signs out whoever was idle too long, and notes when a session was used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response, to nobody where the session is over."""
        if request.user.is_authenticated:
            _use_session(request, timezone.now().timestamp())
        return self.get_response(request)


def _use_session(request: HttpRequest, instant: float) -> None:
    session = request.session
    begun_at, used_at = session.get(BEGUN_KEY, instant), session.get(USED_KEY, instant)
    if instant - used_at > IDLE.total_seconds() or instant - begun_at > LONGEST.total_seconds():
        logout(request)
    elif BEGUN_KEY not in session or instant - used_at > NOTED_EVERY.total_seconds():
        session[BEGUN_KEY], session[USED_KEY] = begun_at, instant
