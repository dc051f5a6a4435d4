"""Which database a table lives in: the projection's tables apart from everything durable."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

PROJECTION = "projection"
REBUILD = "rebuild"
_alias: ContextVar[str] = ContextVar("projection_alias", default=PROJECTION)


def get_projection_alias() -> str:
    """The connection that projection queries use now: `projection`, or `rebuild` while building beside."""
    return _alias.get()


@contextmanager
def redirect_projection(alias: str) -> Iterator[None]:
    """Sends the projection's queries to another connection for the time of a `with` block."""
    token = _alias.set(alias)
    try:
        yield
    finally:
        _alias.reset(token)


class ProjectionRouter:
    """Django's router: the app `projection` in its own database, everything else in `default`."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        """The alias to read a model from."""
        return get_projection_alias() if model._meta.app_label == PROJECTION else "default"

    db_for_write = db_for_read

    def allow_relation(self, first_model: Any, second_model: Any, **hints: Any) -> bool:
        """Relations stay inside one database."""
        return bool((first_model._meta.app_label == PROJECTION) == (second_model._meta.app_label == PROJECTION))

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Projection tables are made in `projection` and `rebuild`, all others in `default`."""
        return (app_label == PROJECTION) == (db != "default")
