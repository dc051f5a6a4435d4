"""Makes a new register: its folder, its keys and its tables, and the first event of its ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import connections

from goodstanding import config
from goodstanding.errors import RegisterExists
from goodstanding.ledger import keys
from goodstanding.ledger import store as ledger
from goodstanding.messages import Message, RegisterMessage
from goodstanding.register.projection.schema import create_tables
from goodstanding.register.storage.event_kinds import EventKind
from goodstanding.register.storage.lifecycle import load_signer


def create_register(register: config.RegisterSettings, recorded_at: datetime) -> int:
    """Makes a new register and gives its ledger's size; raises RegisterExists where there is one already."""
    file = register.path(config.SETTINGS_FILE)
    if file.exists():
        raise RegisterExists(Message(RegisterMessage.REGISTER_EXISTS, {"folder": register.folder}))
    register = replace(register, folder=register.folder.resolve())
    keys.create_signing_key(register.folder, register.origin)  # first: it refuses an origin that is none
    config.write_settings(register)
    config.activate_register(register)
    make_tables("default")
    make_tables("projection")
    content = {"name": register.name, "origin": register.origin, "demonstration": register.demonstration}
    return ledger.append([ledger.EventDraft(EventKind.REGISTER_OPENED, content)], recorded_at, load_signer()).size


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
