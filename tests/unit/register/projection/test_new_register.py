"""Making a register: once, also where it was cut off, and never over one that has an event."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.registers import NOW, SQLITE

from goodstanding import config
from goodstanding.errors import BadNote, RegisterExists
from goodstanding.ledger import keys

ORIGIN = "goodstanding.example/test"


@pytest.fixture
def new_settings(tmp_path: Path) -> Iterator[config.RegisterSettings]:
    """The settings of a register that is not made yet."""
    from goodstanding.register.storage.lifecycle import close_connections

    yield config.RegisterSettings(folder=tmp_path / "register", origin=ORIGIN, database=SQLITE)
    close_connections()


def _create(register: config.RegisterSettings) -> int:
    from goodstanding.register.projection.new_register import create_register

    return create_register(register, NOW)


def _leave_begun(register: config.RegisterSettings) -> None:
    """As a kill leaves it that comes before anything but the folder and the settings."""
    config.write_settings(register, config.UNFINISHED_FILE)


def _leave_empty_key(register: config.RegisterSettings) -> None:
    """As a kill leaves it that comes while the key is written."""
    _leave_begun(register)
    register.path("keys").mkdir()
    register.path(*keys.SIGNING_KEY_FILE).touch()


def _leave_tables(register: config.RegisterSettings) -> None:
    """As a kill leaves it that comes between the tables and the settings' name."""
    from goodstanding.register.projection.new_register import make_tables

    _leave_begun(register)
    keys.create_signing_key(register.folder, "goodstanding.example/first-try")
    config.activate_register(register)
    make_tables("default")
    make_tables("projection")


def _leave_settings(register: config.RegisterSettings) -> None:
    """As a kill leaves it that comes before the first event."""
    _leave_tables(register)
    register.path(*keys.SIGNING_KEY_FILE).unlink()
    keys.create_signing_key(register.folder, ORIGIN)
    register.path(config.UNFINISHED_FILE).rename(register.path(config.SETTINGS_FILE))


@pytest.mark.parametrize("leave", [_leave_begun, _leave_empty_key, _leave_tables, _leave_settings])
def test_where_making_was_cut_off_it_goes_on(
    new_settings: config.RegisterSettings, leave: Callable[[config.RegisterSettings], None]
) -> None:
    """The register is the one asked for now, holds, and nothing of the attempt is left beside it."""
    from goodstanding.register.projection.verification import verify_register

    leave(replace(new_settings, name="First try"))
    assert _create(new_settings) == 1
    assert config.load_settings(new_settings.folder) == new_settings
    assert not new_settings.path(config.UNFINISHED_FILE).exists()
    assert verify_register().findings == ()
    with pytest.raises(RegisterExists):
        _create(new_settings)


def _keep_all(_register: config.RegisterSettings) -> None:
    pass


def _lose_settings(register: config.RegisterSettings) -> None:
    register.path(config.SETTINGS_FILE).unlink()


def _lose_ledger(register: config.RegisterSettings) -> None:
    register.path("ledger.sqlite3").unlink()


def _lose_settings_and_ledger(register: config.RegisterSettings) -> None:
    _lose_settings(register)
    _lose_ledger(register)


def _read_files(folder: Path) -> dict[str, bytes]:
    kept = [file for file in folder.rglob("*") if file.is_file() and not file.name.endswith((".lock", "-shm", "-wal"))]
    return {str(file.relative_to(folder)): file.read_bytes() for file in kept}


@pytest.mark.parametrize("change", [_keep_all, _lose_settings, _lose_ledger, _lose_settings_and_ledger])
@pytest.mark.parametrize("origin", [ORIGIN, "goodstanding.example/another"])
def test_what_is_left_of_a_register_is_never_touched(
    new_settings: config.RegisterSettings, change: Callable[[config.RegisterSettings], None], origin: str
) -> None:
    """Whatever its folder lost: key and events stay, however often it is tried."""
    from goodstanding.register.storage.lifecycle import close_connections

    _create(new_settings)
    close_connections()
    change(new_settings)
    before = _read_files(new_settings.folder)
    for _attempt in range(2):
        with pytest.raises(RegisterExists):
            _create(replace(new_settings, origin=origin))
        close_connections()
        assert _read_files(new_settings.folder) == before


def test_settings_that_name_another_database_are_not_written_over(new_settings: config.RegisterSettings) -> None:
    """The events are there, though the database that is asked for has none."""
    _create(new_settings)
    with pytest.raises(RegisterExists):
        _create(replace(new_settings, database="sqlite:///other.sqlite3"))
    assert config.load_settings(new_settings.folder).database == SQLITE


def test_an_origin_that_is_none_is_refused_as_often_as_it_is_named(new_settings: config.RegisterSettings) -> None:
    """The folder stays free for one that can be."""
    for _attempt in range(2):
        with pytest.raises(BadNote, match="spaces"):
            _create(replace(new_settings, origin="two words"))
    assert _create(new_settings) == 1


def test_one_database_on_a_server_has_one_register(
    new_settings: config.RegisterSettings, fresh_database: str, tmp_path: Path
) -> None:
    """A second folder cannot put its first event behind the events of another."""
    from goodstanding.ledger import store

    register = replace(new_settings, database=fresh_database)
    _leave_begun(register)
    assert _create(register) == 1
    with pytest.raises(RegisterExists):
        _create(replace(register, folder=tmp_path / "second"))
    assert store.get_ledger_size() == 1
    shutil.rmtree(register.folder)
