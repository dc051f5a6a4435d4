"""Lets one program at a time build tables beside those in use: there is one place to build them."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from goodstanding import config

LOCK_FILE, LOCK_NUMBER = "projection.lock", 0x676F6F64


@contextmanager
def hold_rebuild_lock() -> Iterator[None]:
    """Waits until no other program builds tables; whoever is killed inside lets go. Not to be held twice at once."""
    if config.get_current_register().postgres:
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK_NUMBER])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK_NUMBER])
        return
    with config.get_current_register().path(LOCK_FILE).open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield
