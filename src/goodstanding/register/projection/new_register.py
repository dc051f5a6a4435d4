"""Makes a new register: its folder, its keys and its tables, and the first event of its ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import connections

from goodstanding import config
from goodstanding.errors import RegisterExists
from goodstanding.ledger import keys
from goodstanding.ledger import store as ledger
from goodstanding.messages import LedgerMessage, Message, RegisterMessage
from goodstanding.register.projection.schema import create_tables, has_all_tables
from goodstanding.register.storage.event_kinds import EventKind
from goodstanding.register.storage.lifecycle import load_signer
from goodstanding.register.storage.rebuild_lock import hold_rebuild_lock


def create_register(register: config.RegisterSettings, recorded_at: datetime, is_library_pending: bool = False) -> int:
    """Makes a new register, or ends one whose making was cut off, and gives its ledger's size.

    Where the library's catalogues are to follow, that is marked first.

    Raises RegisterExists where there is one already. Settings get their name last, so that nothing is in a ledger yet
    as long as they have another.
    """
    register = config.activate_register(replace(register, folder=register.folder.resolve()))
    with hold_rebuild_lock():
        _refuse_if_exists(register)
        _prepare_signing_key(register)
        make_tables("default")
        if not has_all_tables():
            make_tables("projection")
        if is_library_pending:
            register.path(config.PENDING_FILE).touch(0o600)
        register.path(config.UNFINISHED_FILE).replace(register.path(config.SETTINGS_FILE))
        content = {"name": register.name, "origin": register.origin, "demonstration": register.demonstration}
        return ledger.append([ledger.EventDraft(EventKind.REGISTER_OPENED, content)], recorded_at, load_signer()).size


def _refuse_if_exists(register: config.RegisterSettings) -> None:
    """Nothing where no ledger has an event yet: neither the database named, nor the one that settings here name."""
    is_database_there = register.postgres or register.sqlite_file("default").is_file()
    if register.path(config.SETTINGS_FILE).exists():
        written = config.load_settings(register.folder, {})
        exists = written.database != register.database or not is_database_there or _has_events()
    else:
        exists = is_database_there and _has_events()
    if exists:
        raise RegisterExists(Message(RegisterMessage.REGISTER_EXISTS, {"folder": register.folder}))


def _has_events() -> bool:
    with connections["default"].cursor() as cursor:
        tables = connections["default"].introspection.table_names(cursor)
        present = [table for table in ("ledger_event", "ledger_checkpoint") if table in tables]
        return any(cursor.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() for table in present)


def _prepare_signing_key(register: config.RegisterSettings) -> None:
    """Makes the key, which refuses an origin that is none; one that never had settings beside it signed nothing."""
    key, unfinished = register.path(*keys.SIGNING_KEY_FILE), register.path(config.UNFINISHED_FILE)
    has_settings = register.path(config.SETTINGS_FILE).exists()
    if unfinished.exists() and not has_settings:
        key.unlink(missing_ok=True)
    is_own = has_settings and key.exists() and keys.load_signing_key(register.folder).origin == register.origin
    if key.exists() and not is_own:
        raise RegisterExists(Message(LedgerMessage.SIGNING_KEY_EXISTS), where=str(key))
    config.write_settings(register, config.UNFINISHED_FILE)
    if not is_own:
        keys.create_signing_key(register.folder, register.origin)


def make_tables(alias: str) -> None:
    """Makes the tables of one connection: the durable ones by migrations, those of a projection from its models."""
    if alias != "default":
        create_tables(alias)
        return
    from django.core.management import call_command  # brings all checks of Django, for new tables only

    if config.get_current_register().postgres:
        with connections[alias].cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {config.SCHEMAS[alias]}")
    call_command("migrate", database=alias, verbosity=0, interactive=False)
