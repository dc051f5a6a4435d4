"""Opening a register that is there: its settings, its connections, and who signs its checkpoints."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from django.db import DatabaseError, connection, connections

from goodstanding import config
from goodstanding.errors import GoodstandingError
from goodstanding.ledger import events, keys
from goodstanding.ledger import store as ledger
from goodstanding.ledger.bulk_read import close_idle_connections
from goodstanding.ledger.notes import Signer
from goodstanding.ledger.store import LedgerEntry
from goodstanding.register.storage.connections import close_reader
from goodstanding.register.storage.event_fold import EventFold
from goodstanding.register.storage.event_kinds import EventKind

DEMONSTRATION_LINE = "demonstration, not for use"


def load_signer() -> Signer:
    """Who signs this register's checkpoints; a demonstration's say that they are for no use."""
    register = config.get_current_register()
    return _load_signer_of_folder(register.folder, (DEMONSTRATION_LINE,) if register.demonstration else ())


@lru_cache(maxsize=8)
def _load_signer_of_folder(folder: Path, lines: tuple[str, ...]) -> Signer:
    return keys.load_signing_key(folder, lines)


@contextmanager
def use_register(folder: Path | str | None = None) -> Iterator[config.RegisterSettings]:
    """The register of a folder for the time of a `with` block; its connections are closed at the end."""
    config.activate_register(config.load_settings(config.choose_register_folder(folder)))
    try:
        yield bind_first_event()
    finally:
        close_connections()


def bind_first_event() -> config.RegisterSettings:
    """The register in use, a demonstration if and only if its first event says so.

    Where nothing can be read yet (no tables, a database that fails) the settings stand, until somebody needs it.
    """
    try:
        if ledger.get_ledger_size() == 0:
            return config.get_current_register()
        return config.bind_demonstration(is_demonstration())
    except (DatabaseError, UnicodeDecodeError, GoodstandingError):  # SQLite may quote damaged bytes
        return config.get_current_register()


def is_demonstration() -> bool:
    """Whether the ledger's own first event opened it as a demonstration, whatever settings say."""
    return any(_OPENED.items().values())


def _fold_opening(opened: dict[int, bool], entry: LedgerEntry) -> None:
    if entry.position == 0:
        body = events.decode_body((entry.body or "{}").encode())
        opened[0] = body.get("demonstration") is True


_OPENED: EventFold[int, bool] = EventFold((EventKind.REGISTER_OPENED,), _fold_opening)


def close_connections() -> None:
    """Closes all that this process has open of a register's databases."""
    close_reader()
    close_idle_connections()
    connections.close_all()


def release_page_cache() -> None:
    """Lets go of what SQLite keeps of the pages that this thread has read through Django, to read them no more."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA shrink_memory")
