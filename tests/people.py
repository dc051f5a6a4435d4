"""Who meets in the example cases: a buyer's clerk and decider, the company that it would exclude, a board of appeal."""

from __future__ import annotations

from typing import Any

from goodstanding.access import Actor, Role

CLERK = Actor(Role.SOURCE, "example-buyer", "Ada Clerk", full_name="Ada Clerk")
DECIDER = Actor(Role.DECIDER, "example-buyer", "Ben Decider", full_name="Ben Decider")
BOARD = Actor(Role.APPEAL, "example-board", "Chen Board", full_name="Chen Board")
COMPANY = Actor(Role.SUBJECT, "lei:529900T8BM49AURSDO55", "Dora Director")
LISTED = "procurement-exclusion/excluded-for-misconduct"


def add_second_step(user: Any) -> None:
    """Gives somebody an app with codes, without which no office signs in where a register is in use."""
    from allauth.mfa.models import Authenticator

    Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": {}})
