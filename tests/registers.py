"""Registers made for tests, opened in this process, with catalogues in force."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests import postgres, proceedings, shared_folders

from goodstanding import config
from goodstanding.catalogue import Catalogue

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SQLITE = "sqlite:///ledger.sqlite3"
BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]  # what a fixture of registers is run for


def get_database_url(request: pytest.FixtureRequest, kind: str) -> str:
    """The URL of a database of one of both kinds, for a new register."""
    return request.getfixturevalue("new_database")() if kind == "postgres" else SQLITE


def make_register(
    folder: Path, url: str = SQLITE, enacting: Sequence[Catalogue] = (), since: date = date(2026, 1, 1),
    demonstration: bool = True,
) -> Path:  # fmt: skip
    """The folder of a new register in which these catalogues are in force since a day."""
    from goodstanding.register.projection.new_register import create_register
    from goodstanding.register.projection.projector import catch_up
    from goodstanding.register.rules.enacted_catalogues import enact_catalogue
    from goodstanding.register.storage.lifecycle import use_register

    register = config.RegisterSettings(
        folder=folder, origin="goodstanding.example/test", demonstration=demonstration, database=url
    )
    config.activate_register(register)
    proceedings.spare_proceedings()
    create_register(register, NOW - timedelta(days=60 * bool(enacting and not demonstration)))
    with use_register(folder):
        for catalogue in enacting:
            if demonstration:
                enact_catalogue(catalogue, since, NOW)
            else:
                proceedings.enact_by_proceeding(catalogue, NOW)
        catch_up()
    return folder


def copy_register(request: pytest.FixtureRequest, source: Path, folder: Path) -> config.RegisterSettings:
    """Copies a register that is closed, with its database, into a folder."""
    shutil.copytree(source, folder)
    register = config.load_settings(folder)
    if register.postgres:
        like = postgres.get_database_name(register.database)
        register = replace(register, database=request.getfixturevalue("new_database")(like))
        config.write_settings(register)
    return register


def copy_shared_register(
    request: pytest.FixtureRequest, factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]
) -> Path:
    """The folder of this process's own copy of a register that is made once for all processes of a run."""
    folder = factory.mktemp(name) / "register"
    copy_register(request, shared_folders.make_once(factory, name, make), folder)
    return folder
