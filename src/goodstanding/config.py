"""A register's folder and settings: `goodstanding.toml`, its keys, and the databases they name.

Settings come from the file, then from the environment, which wins:

    name            GOODSTANDING_NAME             the register's name, shown on every page
    origin          GOODSTANDING_ORIGIN           the name under which its checkpoints are signed
    demonstration   GOODSTANDING_DEMONSTRATION    old or made-up data: said on every page, signed for no use
    database        GOODSTANDING_DATABASE         one URL: sqlite:///ledger.sqlite3 or postgresql://…
    hosts           GOODSTANDING_HOSTS            host names that `serve` answers to, separated by commas
"""

from __future__ import annotations

import json
import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from goodstanding.errors import NoRegister, RegisterError

FILE = "goodstanding.toml"
SCHEMAS = {"default": "public", "projection": "projection", "rebuild": "projection_next"}
CURRENT = "current"
PRAGMAS = ("busy_timeout=60000", "journal_mode=WAL", "wal_autocheckpoint=20000", "cache_size=-131072")
TYPES: dict[str, type | tuple[type, ...]] = {
    "name": str,
    "origin": str,
    "demonstration": (bool, str),
    "database": str,
    "hosts": (list, tuple, str),
}
SETTINGS = tuple(TYPES)


@dataclass(frozen=True, slots=True)
class Register:
    """The settings of one register; `folder` holds its file, keys and, on SQLite, its databases."""

    folder: Path
    name: str = "Goodstanding"
    origin: str = "goodstanding.example/register"
    demonstration: bool = False
    database: str = "sqlite:///ledger.sqlite3"
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")

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
        try:
            return int(self.path("projection", CURRENT).read_text())
        except FileNotFoundError:
            return 1

    def switch(self) -> None:
        """Makes the projection built beside the one in use, in one step."""
        following = self.path("projection", CURRENT + ".next")
        following.write_text(str(self.generation() + 1))
        following.replace(self.path("projection", CURRENT))

    def secret(self) -> str:
        """Django's secret key: from the environment, else from a file made on first use."""
        if value := os.environ.get("GOODSTANDING_SECRET_KEY"):
            return value
        file = self.path("keys", "secret")
        if not file.exists():
            write_private(file, secrets.token_urlsafe(50).encode())
        return file.read_text()


def write_private(file: Path, content: bytes) -> None:
    """Writes a file that only its owner can read; refuses to replace one."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)


def chosen_folder(option: str | Path | None = None) -> Path:
    """The register's folder: the option, else `GOODSTANDING_REGISTER`, else the current folder."""
    return Path(option or os.environ.get("GOODSTANDING_REGISTER") or ".").resolve()


def load(folder: Path) -> Register:
    """The settings of the register in `folder`; raises NoRegister or RegisterError."""
    file = folder / FILE
    if not file.is_file():
        raise NoRegister(
            f"There is no register in {folder}.",
            remedy="goodstanding init DIR makes one; --register DIR or GOODSTANDING_REGISTER names another folder",
        )
    try:
        written = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RegisterError("The settings cannot be read.", where=str(file), remedy=str(error)) from error
    return build(folder, written, os.environ)


def build(folder: Path, written: Mapping[str, Any], environment: Mapping[str, str]) -> Register:
    """Settings from a file's content and an environment; unknown names are an error."""
    unknown = sorted(set(written) - set(SETTINGS))
    if unknown:
        raise RegisterError(
            f"Unknown setting: {', '.join(unknown)}.", where=str(folder / FILE), remedy="one of " + ", ".join(SETTINGS)
        )
    values: dict[str, Any] = dict(written)
    for name, value in written.items():
        if not isinstance(value, TYPES[name]) or (
            isinstance(value, list) and not all(isinstance(one, str) for one in value)
        ):
            remedy = "a text in quotation marks; for demonstration true or false, for hosts a list of texts"
            raise RegisterError(f"The setting {name} is {value!r}.", where=str(folder / FILE), remedy=remedy)
    for name in SETTINGS:
        if (text := environment.get(f"GOODSTANDING_{name.upper()}")) is not None:
            values[name] = text
    values["demonstration"] = str(values.get("demonstration", False)).lower() in ("true", "1", "yes")
    if isinstance(hosts := values.get("hosts"), str):
        values["hosts"] = [host.strip() for host in hosts.split(",")]
    if "hosts" in values:
        values["hosts"] = tuple(values["hosts"])
    return Register(folder=folder, **values)


def write(register: Register) -> None:
    """Writes `goodstanding.toml` for a new register."""
    values = {name: getattr(register, name) for name in SETTINGS}
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in values.items()]
    register.folder.mkdir(parents=True, exist_ok=True)
    register.path(FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")


def databases(register: Register) -> dict[str, dict[str, Any]]:
    """Django's DATABASES: `default` (ledger, accounts), `projection`, and `rebuild` built beside it."""
    make = postgres_database if register.postgres else sqlite_database
    return {alias: make(register, alias) for alias in SCHEMAS}


def sqlite_database(register: Register, alias: str) -> dict[str, Any]:
    """One SQLite file: WAL; a commit of the ledger is durable, a projection can be made again."""
    durable = "FULL" if alias == "default" else "NORMAL"
    register.sqlite_file(alias).parent.mkdir(parents=True, exist_ok=True)
    pragmas = "; ".join(f"PRAGMA {pragma}" for pragma in (*PRAGMAS, f"synchronous={durable}"))
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(register.sqlite_file(alias)),
        "OPTIONS": {"init_command": pragmas, "transaction_mode": "IMMEDIATE", "timeout": 60},
        "CONN_MAX_AGE": None,
    }


def postgres_database(register: Register, alias: str) -> dict[str, Any]:
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
    }


_current: Register | None = None


def current() -> Register:
    """The register this process works on; raises NoRegister before `use`."""
    if _current is None:
        return load(chosen_folder())
    return _current


def use(register: Register | Path) -> Register:
    """Makes a register this process's own: sets Django up, or moves its connections to that register."""
    global _current
    _current = register if isinstance(register, Register) else load(register)
    os.environ["DJANGO_SETTINGS_MODULE"] = "goodstanding.settings"
    import django
    from django.apps import apps

    if apps.ready:
        _reconnect(_current)
    else:
        django.setup()
    return _current


def prepare(register: Register) -> Register:
    """Sets Django up for a register that has no folder yet."""
    return use(register)


def _reconnect(register: Register) -> None:
    from django.conf import settings
    from django.db import connections

    connections.close_all()
    settings.DATABASES = databases(register)
    connections.settings = connections.configure_settings(settings.DATABASES)
    for alias in SCHEMAS:
        if hasattr(connections._connections, alias):
            delattr(connections._connections, alias)
