"""Brings a register up to date that another version of the program made: by itself, whenever it is opened.

Durable tables (ledger, quarantine, accounts) are changed by their migrations; the projection is built anew from the
ledger. Both are asked for at each opening, so asking is cheap: names of migrations are read from folders, not imported.
"""

from __future__ import annotations

import pkgutil
from dataclasses import dataclass
from pathlib import Path

from django.apps import AppConfig, apps
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from goodstanding import config
from goodstanding.errors import RegisterError
from goodstanding.messages import Message, RegisterMessage
from goodstanding.register.projection import rebuild
from goodstanding.register.projection.new_register import make_tables
from goodstanding.register.projection.projector import Progress
from goodstanding.register.projection.schema import has_all_tables, is_of_another_version
from goodstanding.register.storage.database_router import PROJECTION
from goodstanding.register.storage.rebuild_lock import hold_rebuild_lock

OWN = "goodstanding."


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What was done to a register: migrations of its durable tables, and of how many events its tables were made."""

    migrations: tuple[str, ...]
    rebuilt: int | None

    def __str__(self) -> str:
        return str(self.describe())

    def describe(self) -> Message:
        """What was done, for people."""
        params = {"migrations": ", ".join(self.migrations), "events": self.rebuilt}
        if self.rebuilt is None:
            return Message(RegisterMessage.UPGRADED_DURABLE, params)
        return Message(RegisterMessage.UPGRADED_BOTH if self.migrations else RegisterMessage.UPGRADED_TABLES, params)


def bring_up_to_date(progress: Progress | None = None, restore: bool = True) -> Upgrade | None:
    """What was done, or None where nothing was to do; raises RegisterError as `is_up_to_date` does."""
    if is_up_to_date(restore):
        return None
    with hold_rebuild_lock():  # whoever waited for it finds nothing left to do
        migrations = list_pending_migrations()
        if migrations:
            make_tables("default")
        rebuilt = rebuild.replace(progress) if _is_projection_stale(restore) else None
    return Upgrade(migrations, rebuilt) if migrations or rebuilt is not None else None


def is_up_to_date(restore: bool = True) -> bool:
    """Whether nothing is to do; raises RegisterError for a register of a later version, or a database without a ledger.

    `restore` says whether tables that are gone are to be made anew, as those of another version are.
    """
    return not list_pending_migrations() and not _is_projection_stale(restore)


def list_pending_migrations() -> tuple[str, ...]:
    """The migrations of durable tables that this register has not had; raises RegisterError where it had later ones."""
    applied = set(MigrationRecorder(connections["default"]).applied_migrations())
    available = {(label, name) for label, names in _list_migrations().items() for name in names}
    _refuse_if_no_register(applied)
    _refuse_if_later(applied - available)
    return tuple(f"{label}.{name}" for label, name in sorted(available - applied))


def _list_migrations() -> dict[str, list[str]]:
    durable = [app for app in apps.get_app_configs() if app.label != PROJECTION]
    return {app.label: _list_names(app) for app in durable}


def _list_names(app: AppConfig) -> list[str]:
    modules = pkgutil.iter_modules([str(Path(app.path) / "migrations")])
    return [module.name for module in modules if not module.ispkg and module.name[0] not in "_~"]


def _refuse_if_no_register(applied: set[tuple[str, str]]) -> None:
    if not any(label == "ledger" for label, _name in applied):
        register = config.get_current_register()
        code = RegisterMessage.POSTGRES_WITHOUT_LEDGER if register.postgres else RegisterMessage.DATABASE_WITHOUT_LEDGER
        raise RegisterError(Message(code, {"database": register.database}), where=str(register.folder))


def _refuse_if_later(unknown: set[tuple[str, str]]) -> None:
    own = {app.label for app in apps.get_app_configs() if app.name.startswith(OWN) and app.label != PROJECTION}
    later = sorted(f"{label}.{name}" for label, name in unknown if label in own)
    if later:
        raise RegisterError(Message(RegisterMessage.REGISTER_OF_LATER_VERSION), where=", ".join(later))


def _is_projection_stale(restore: bool) -> bool:
    try:
        return is_of_another_version() or (restore and not has_all_tables())
    except rebuild.DATABASE_ERRORS:  # damaged tables are looked at as they are by `verify`, and replaced by `rebuild`
        if restore:
            raise
        return False
