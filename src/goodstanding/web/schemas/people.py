"""How pages name people: as the human whom their account names, never by what they sign in with where it names one."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Any

from django.core.signals import request_started
from pydantic import AfterValidator


def name_person(name: str) -> str:
    """The human who signs in with a name; the name itself where no account has it, or its account names nobody."""
    return _find_full_name(name) or name


@lru_cache(maxsize=1_000)
def _find_full_name(name: str) -> str:
    from django.contrib.auth import get_user_model

    user = get_user_model().objects.filter(username=name).first() if name else None
    return str(user.get_full_name()) if user else ""


def _forget_names(**_signal: Any) -> None:
    """A page asks for each name once, and anew for the next page."""
    _find_full_name.cache_clear()


request_started.connect(_forget_names)

PersonName = Annotated[str, AfterValidator(name_person)]
