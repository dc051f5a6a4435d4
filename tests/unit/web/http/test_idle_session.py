"""Sessions that end by themselves, and offices that sign in with a second step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from goodstanding import config


def move_clock(monkeypatch: pytest.MonkeyPatch, **later: float) -> None:
    """Lets some time pass."""
    instant = timezone.now() + timedelta(**later)  # noqa: TID251 sessions read this clock
    monkeypatch.setattr(timezone, "now", lambda: instant)


def find_name(client: Any) -> str | None:
    """Who is signed in."""
    return client.get("/sign-in.json").json()["name"] or None


def test_a_session_ends_after_half_an_hour_without_a_request(
    signed_in: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each request makes it last; a form that comes too late does nothing."""
    client = signed_in("overseer")
    assert find_name(client)
    with monkeypatch.context() as later:
        move_clock(later, minutes=29)
        assert find_name(client)
        move_clock(later, minutes=29)
        assert find_name(client)
        move_clock(later, minutes=31)
        assert client.post("/account/roles", {"part": ""}).status_code == 403
        assert find_name(client) is None


def test_a_session_ends_half_a_day_after_it_began(
    signed_in: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However busy it was."""
    client = signed_in("overseer")
    with monkeypatch.context() as later:
        assert find_name(client)
        for _half_hour in range(26):
            move_clock(later, minutes=28)
            name = find_name(client)
        assert name is None


@pytest.mark.parametrize(
    ("role", "scope", "is_office"),
    [("source", "mx-sat", True), ("decider", "mx-sat", True), ("appeal", "appeal-body", True), ("overseer", "", True),
     ("applicant", "", False), ("recipient", "", False)],
)  # fmt: skip
def test_in_a_register_in_use_an_office_signs_in_with_a_second_step(
    signed_in: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, role: str, scope: str, is_office: bool
) -> None:
    """Without one it is shown where to set one up and nothing else; recovery codes alone are none."""
    from allauth.mfa.models import Authenticator
    from django.contrib.auth import get_user_model

    from goodstanding.portal.accounts.allauth_adapters import SecondStepAdapter

    client, seed = signed_in(role, scope), SecondStepAdapter().encrypt("0123456789abcdef")
    user = get_user_model().objects.get(username=f"{role} {scope}".strip())
    monkeypatch.setattr(config, "_current", replace(config.get_current_register(), demonstration=False))
    Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data={"seed": seed, "used_mask": 0})
    answer = client.get("/search.json?q=dragon")
    assert answer.status_code == (403 if is_office else 200)
    if is_office:
        assert answer.json()["code"] == "second-step-missing"
        assert "/account/2fa/" in client.get("/search?q=dragon").text
        assert client.get("/account").status_code == client.get("/account/2fa/").status_code == 200
        assert client.get("/sign-in.json").json()["role"] == "anybody"
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    assert client.get("/search.json?q=dragon").status_code == 200
    Authenticator.objects.filter(user=user).delete()
