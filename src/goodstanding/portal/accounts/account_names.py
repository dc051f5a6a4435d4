"""Names that people sign in with: which are one name, whose account it is, and passwords that give it away.

Names that differ only in capitals, width or composition are one name, so that nobody passes for somebody else. A name
is never used again once its account was closed.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from goodstanding.access import Role
from goodstanding.plain_text import compute_name_key, normalize_name

SIGNING_ROLES = (Role.SOURCE, Role.DECIDER, Role.APPEAL)  # whose acts go into letters, which name a human
LEAST_VARIETY = 6  # different characters in a password
SHORTEST_NAME = 3  # of the parts of a name that a password may not contain


def list_users_of_name(name: str) -> list[Any]:
    """The accounts whose names are one name with this, closed ones too: several only where they are old."""
    key, users = compute_name_key(name), get_user_model().objects
    names = [username for username in users.values_list("username", flat=True) if compute_name_key(username) == key]
    return list(users.filter(username__in=names).order_by("pk"))


def find_user_of_name(name: str) -> Any | None:
    """Whoever signs in with a name as it was typed, or else the only one whose name it is in any spelling."""
    users = get_user_model().objects
    exact = users.filter(username=name).first() or users.filter(username=normalize_name(name)).first()
    others = list_users_of_name(name) if exact is None else []
    return exact or (others[0] if len(others) == 1 else None)


class SignInBackend(AuthenticationBackend):
    """Django-allauth's, but that an older second account of the same name in other capitals locks nobody out."""

    def _authenticate_by_username(self, username: str, password: str) -> Any | None:
        return self._check_password(find_user_of_name(username), password)


class OwnNameValidator:
    """Refuses a password that contains the name, or the address, of whoever sets it."""

    def validate(self, password: str, user: Any = None) -> None:
        """Nothing, or ValidationError."""
        fields = (getattr(user, name, "") or "" for name in ("username", "first_name", "email"))
        words = (word for field in fields for word in compute_name_key(field).replace("@", " ").split())
        if any(len(word) >= SHORTEST_NAME and word in compute_name_key(password) for word in words):
            raise ValidationError(_("Your own name or address is part of this password."), "own-name")

    def get_help_text(self) -> str:
        """What is asked for."""
        return _("Without your name or address in it.")


class VarietyValidator:
    """Refuses a password of few different characters, or one that counts up or down."""

    def validate(self, password: str, user: Any = None) -> None:
        """Nothing, or ValidationError."""
        steps = {ord(later) - ord(earlier) for earlier, later in pairwise(password)}
        if len(set(password)) < LEAST_VARIETY or steps <= {1, -9} or steps <= {-1, 9}:
            raise ValidationError(_("This password repeats itself, and is guessed soon."), "variety")

    def get_help_text(self) -> str:
        """What is asked for."""
        return _("At least %(number)s different characters.") % {"number": LEAST_VARIETY}
