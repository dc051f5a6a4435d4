"""What a disk or a database that fails says, in the register's own words: full, read-only, locked, damaged, away."""

from __future__ import annotations

import errno
import sqlite3
import sys
from collections.abc import Iterator

from goodstanding.errors import RegisterError
from goodstanding.messages import Message, SettingsMessage

_FULL = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
_FORBIDDEN = (errno.EROFS, errno.EACCES, errno.EPERM)
_OWN_FAULTS = ("IntegrityError", "ProgrammingError", "DataError", "NotSupportedError")  # the program's, not the disk's
_DRIVER_ERRORS = (
    ("django.db", "DatabaseError"),
    ("django.db", "InterfaceError"),
    ("psycopg", "Error"),
    ("adbc_driver_manager", "Error"),
    ("duckdb", "IOException"),
)
_SIGNS = (  # what databases say, in small letters
    (("disk is full", "no space left", "disk full", "file too large", "disk i/o"), SettingsMessage.DISK_FULL),
    (("readonly", "read-only", "read only", "unable to open"), SettingsMessage.DISK_READ_ONLY),
    (("is locked", "busy", "lock timeout", "deadlock"), SettingsMessage.DATABASE_LOCKED),
    (("malformed", "not a database", "corrupt"), SettingsMessage.DATABASE_DAMAGED),
    (("connect", "terminating", "server closed", "shutting down", "starting up"), SettingsMessage.DATABASE_AWAY),
)
_DAMAGED_SCHEMA = b"malformed database schema"  # SQLite quotes what is damaged, which may be no text


def find_storage_problem(error: BaseException) -> RegisterError | None:
    """The error as one of the register's disk or database; None where it is another one."""
    for cause in _list_causes(error):
        if isinstance(cause, OSError) and (code := _find_disk_code(cause)):
            return RegisterError(Message(code, {"problem": cause.strerror or str(cause)}), where=cause.filename)
        if _is_database_error(cause) and (code := _find_database_code(cause)):
            return RegisterError(Message(code, {"problem": _read_words(cause)}))
    return None


def _list_causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what it came from."""
    seen = set[int]()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _find_disk_code(error: OSError) -> SettingsMessage | None:
    if error.errno in _FULL:
        return SettingsMessage.DISK_FULL
    return SettingsMessage.DISK_READ_ONLY if error.errno in _FORBIDDEN else None


def _is_database_error(error: BaseException) -> bool:
    """Whether a database failed; drivers that nobody loaded cannot have."""
    if isinstance(error, UnicodeDecodeError):
        return error.object.startswith(_DAMAGED_SCHEMA)
    loaded = (getattr(sys.modules.get(module), name, None) for module, name in _DRIVER_ERRORS)
    return isinstance(error, (sqlite3.Error, *(kind for kind in loaded if kind is not None)))


def _find_database_code(error: BaseException) -> SettingsMessage | None:
    text = _read_words(error).lower()
    if code := next((code for signs, code in _SIGNS if any(sign in text for sign in signs)), None):
        return code
    return None if type(error).__name__ in _OWN_FAULTS else SettingsMessage.DATABASE_FAILS


def _read_words(error: BaseException) -> str:
    """What a database said, even where Python could not read it."""
    text = error.object.decode(errors="replace") if isinstance(error, UnicodeDecodeError) else str(error)
    return text.strip()
