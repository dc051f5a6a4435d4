"""Passwords hashed quickly, as they are in tests: what guards a real one takes half a second each time."""

from __future__ import annotations

from django.conf import global_settings

QUICK = "django.contrib.auth.hashers.MD5PasswordHasher"


def hash_quickly() -> None:
    """From now on this process hashes passwords quickly; those that were hashed slowly still open."""
    global_settings.PASSWORD_HASHERS = [QUICK, *global_settings.PASSWORD_HASHERS]
