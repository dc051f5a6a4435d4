"""A register's folder and settings: `goodstanding.toml`, its keys, and the databases they name.

Settings come from the file, then from the environment, which wins:

    name            GOODSTANDING_NAME             the register's name, shown on every page
    origin          GOODSTANDING_ORIGIN           the name under which its checkpoints are signed
    demonstration   GOODSTANDING_DEMONSTRATION    old or made-up data: said on every page, signed for no use
    database        GOODSTANDING_DATABASE         one URL: sqlite:///ledger.sqlite3 or postgresql://…
    hosts           GOODSTANDING_HOSTS            host names that `serve` answers to, separated by commas
    mail            GOODSTANDING_MAIL             where e-mails go: console:, folder:outbox or smtp://user:password@host
    mail_from       GOODSTANDING_MAIL_FROM        the address that e-mails come from
    evidence_bytes  GOODSTANDING_EVIDENCE_BYTES   the size of the largest file that is taken as evidence
    identity        GOODSTANDING_IDENTITY         other sign-ins (OpenID Connect), separated by commas
    witnesses       GOODSTANDING_WITNESSES        who receives each signed checkpoint, separated by commas
    laboratory      GOODSTANDING_LABORATORY       the folder of the laboratory's reports, which the site shows
    today                                         the day on which a demonstration stands still, whenever it is opened
"""

from __future__ import annotations

import json
import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from goodstanding.errors import NoRegister, RegisterError
from goodstanding.messages import Message, SettingsMessage
from goodstanding.private_files import write_private_file

SETTINGS_FILE = "goodstanding.toml"
UNFINISHED_FILE = f"{SETTINGS_FILE}.new"  # the settings of a register that is being made
PENDING_FILE = "demonstration.pending"  # there while a demonstration lacks catalogues of the library
SCHEMAS = {"default": "public", "projection": "projection", "rebuild": "projection_next"}
CURRENT_FILE = "current"
PRAGMAS = ("busy_timeout=60000", "journal_mode=WAL", "wal_autocheckpoint=20000", "cache_size=-131072")
SETTING_TYPES: dict[str, type | tuple[type, ...]] = {
    "name": str,
    "origin": str,
    "demonstration": (bool, str),
    "database": str,
    "hosts": (list, tuple, str),
    "mail": str,
    "mail_from": str,
    "evidence_bytes": (int, str),
    "identity": (list, tuple, str),
    "witnesses": (list, tuple, str),
    "laboratory": str,
    "today": date,
}
LIST_SETTINGS = ("hosts", "identity", "witnesses")
CLOCK_VARIABLE = "GOODSTANDING_TODAY"
SETTINGS = tuple(SETTING_TYPES)


@dataclass(frozen=True, slots=True)
class RegisterSettings:
    """The settings of one register; `folder` holds its file, keys and, on SQLite, its databases."""

    folder: Path
    name: str = "Goodstanding"
    origin: str = "goodstanding.example/register"
    demonstration: bool = False
    database: str = "sqlite:///ledger.sqlite3"
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    mail: str = "console:"
    mail_from: str = "register@goodstanding.example"
    evidence_bytes: int = 10_485_760
    identity: tuple[str, ...] = ()
    witnesses: tuple[str, ...] = ()
    laboratory: str = "laboratory"
    today: date | None = None

    @property
    def laboratory_folder(self) -> Path:
        """Where reports of the laboratory lie: in the register's folder, unless the setting names another."""
        return self.path(self.laboratory)

    @property
    def postgres(self) -> bool:
        """Whether the database is PostgreSQL; otherwise it is SQLite."""
        return self.database.startswith("postgres")

    def path(self, *parts: str) -> Path:
        """A path inside the register's folder."""
        return self.folder.joinpath(*parts)

    def sqlite_file(self, alias: str) -> Path:
        """The SQLite file of a connection alias; projections are numbered, so that a rebuilt one is another file."""
        if alias == "default":
            return self.path(self.database.removeprefix("sqlite:///"))
        number = self.generation() + (alias == "rebuild")
        return self.path("projection", f"{number}.sqlite3")

    def generation(self) -> int:
        """The number of the projection in use; 1 before any rebuild."""
        file = self.path("projection", CURRENT_FILE)
        try:
            return int(file.read_text())
        except FileNotFoundError:
            return 1
        except ValueError as error:
            raise RegisterError(Message(SettingsMessage.POINTER_UNREADABLE), where=str(file)) from error

    def switch(self) -> None:
        """Makes the projection built beside the one in use, in one step."""
        following = self.path("projection", CURRENT_FILE + ".next")
        following.write_text(str(self.generation() + 1))
        following.replace(self.path("projection", CURRENT_FILE))

    def secret(self) -> str:
        """Django's secret key: from the environment, else from a file made on first use."""
        if value := os.environ.get("GOODSTANDING_SECRET_KEY"):
            return value
        file = self.path("keys", "secret")
        if not file.exists():
            write_private_file(file, secrets.token_urlsafe(50).encode())
        return file.read_text()


def choose_register_folder(option: str | Path | None = None) -> Path:
    """The register's folder: the option, else `GOODSTANDING_REGISTER`, else the current folder."""
    return Path(option or os.environ.get("GOODSTANDING_REGISTER") or ".").resolve()


def load_settings(folder: Path, environment: Mapping[str, str] = os.environ) -> RegisterSettings:
    """The settings of the register in `folder`; raises NoRegister or RegisterError."""
    file = folder / SETTINGS_FILE
    if not file.is_file():
        raise NoRegister(Message(SettingsMessage.FOLDER_WITHOUT_REGISTER, {"folder": str(folder)}))
    try:
        written = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RegisterError(Message(SettingsMessage.SETTINGS_UNREADABLE), where=str(file), remedy=str(error)) from error
    return build_settings(folder, written, environment)


def build_settings(folder: Path, written: Mapping[str, Any], environment: Mapping[str, str]) -> RegisterSettings:
    """Settings from a file's content and an environment; unknown names are an error."""
    unknown = sorted(set(written) - set(SETTINGS))
    if unknown:
        names = {"names": ", ".join(unknown), "settings": ", ".join(SETTINGS)}
        raise RegisterError(Message(SettingsMessage.SETTING_UNKNOWN, names), where=str(folder / SETTINGS_FILE))
    values: dict[str, Any] = dict(written)
    for name, value in written.items():
        if not isinstance(value, SETTING_TYPES[name]) or (
            isinstance(value, list) and not all(isinstance(entry, str) for entry in value)
        ):
            raise _build_setting_error(SettingsMessage.SETTING_TYPE, folder, name, value)
    for name in (name for name in SETTINGS if name != "today"):  # the environment's day goes before it at every moment
        if (text := environment.get(f"GOODSTANDING_{name.upper()}")) is not None:
            values[name] = text
    values["demonstration"] = str(values.get("demonstration", False)).lower() in ("true", "1", "yes")
    if "evidence_bytes" in values:
        values["evidence_bytes"] = _parse_count(folder, "evidence_bytes", values["evidence_bytes"])
    for name in LIST_SETTINGS:
        if isinstance(listed := values.get(name, ()), str):
            values[name] = [part.strip() for part in listed.split(",") if part.strip()]
        if name in values:
            values[name] = tuple(values[name])
    find_demonstration_day(values["demonstration"], {CLOCK_VARIABLE: str(values.get("today", "")), **environment})
    return RegisterSettings(folder=folder, **values)


def _parse_count(folder: Path, name: str, value: Any) -> int:
    if isinstance(value, bool) or not str(value).isdecimal() or int(value) < 1:
        raise _build_setting_error(SettingsMessage.SETTING_NO_COUNT, folder, name, value)
    return int(value)


def _build_setting_error(code: SettingsMessage, folder: Path, name: str, value: Any) -> RegisterError:
    message = Message(code, {"name": name, "value": repr(value)})
    return RegisterError(message, where=str(folder / SETTINGS_FILE))


def find_demonstration_day(demonstration: bool, environment: Mapping[str, str]) -> date | None:
    """The day on which a demonstration is tried, if GOODSTANDING_TODAY names one.

    Raises RegisterError for a text that is no day, and for a register in use, whose day nobody chooses.
    """
    if not (text := environment.get(CLOCK_VARIABLE, "")):
        return None
    if not demonstration:
        problem = Message(SettingsMessage.CLOCK_OF_REGISTER_IN_USE, {"variable": CLOCK_VARIABLE})
        raise RegisterError(problem, where=CLOCK_VARIABLE)
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        problem = Message(SettingsMessage.CLOCK_NO_DAY, {"text": repr(text)})
        raise RegisterError(problem, where=CLOCK_VARIABLE) from error


def write_settings(register: RegisterSettings, name: str = SETTINGS_FILE) -> None:
    """Writes `goodstanding.toml`, or what is to become it, for a new register."""
    values = {name: getattr(register, name) for name in SETTINGS if name != "today"}
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in values.items()]
    lines += [f"today = {register.today}"] if register.today else []
    register.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = register.path(name)
    file.touch(mode=0o600)  # it may hold a password
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def build_databases(register: RegisterSettings) -> dict[str, dict[str, Any]]:
    """Django's DATABASES: `default` (ledger, accounts), `projection`, and `rebuild` built beside it."""
    make = build_postgres_database if register.postgres else build_sqlite_database
    return {alias: make(register, alias) for alias in SCHEMAS}


def build_sqlite_database(register: RegisterSettings, alias: str) -> dict[str, Any]:
    """One SQLite file: WAL; a commit of the ledger is durable, a projection can be made again."""
    durable = "FULL" if alias == "default" else "NORMAL"
    register.sqlite_file(alias).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    pragmas = "; ".join(f"PRAGMA {pragma}" for pragma in (*PRAGMAS, f"synchronous={durable}"))
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(register.sqlite_file(alias)),
        "OPTIONS": {"init_command": pragmas, "transaction_mode": "IMMEDIATE", "timeout": 60},
        "CONN_MAX_AGE": None,
    }


def build_postgres_database(register: RegisterSettings, alias: str) -> dict[str, Any]:
    """One schema of the PostgreSQL database that the URL names."""
    parts = urlsplit(register.database)
    query = dict(parse_qsl(parts.query))
    options = {"options": f"-c search_path={SCHEMAS[alias]}"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "postgres",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {**query, **options},
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,  # the server may have been started again since the last request
    }


_current: RegisterSettings | None = None


def hold_day(instant: datetime) -> datetime:
    """The present instant; in a demonstration that stands still the same time of its own day."""
    day = _current.today if _current else None
    return datetime.combine(day, instant.timetz()) if day else instant


def get_current_register() -> RegisterSettings:
    """The register this process works on; raises NoRegister before `use`."""
    if _current is None:
        return load_settings(choose_register_folder())
    return _current


def has_open_database() -> bool:
    """Whether SQLite keeps a log beside a database of this process's register, as it does while anybody has it open."""
    if _current is None or _current.postgres:
        return False
    return any(Path(f"{_current.sqlite_file(alias)}-wal").exists() for alias in SCHEMAS)


def activate_register(register: RegisterSettings | Path) -> RegisterSettings:
    """Makes a register, with or without a folder yet, this process's own: sets Django up, or moves its connections."""
    global _current
    _current = register if isinstance(register, RegisterSettings) else load_settings(register)
    os.environ["DJANGO_SETTINGS_MODULE"] = "goodstanding.settings"
    import django
    from django.apps import apps

    if apps.ready:
        _reconnect_databases(_current)
    else:
        django.setup()
    return _current


def bind_demonstration(stated: bool) -> RegisterSettings:
    """This process's register as its first event says it: no later setting makes one in use a demonstration."""
    global _current
    _current = replace(get_current_register(), demonstration=stated)
    return _current


def _reconnect_databases(register: RegisterSettings) -> None:
    from django.conf import settings
    from django.db import connections

    connections.close_all()
    settings.DATABASES = build_databases(register)
    connections.settings = connections.configure_settings(settings.DATABASES)
    for alias in SCHEMAS:
        if hasattr(connections._connections, alias):
            delattr(connections._connections, alias)
