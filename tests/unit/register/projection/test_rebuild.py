"""Tables are made anew by themselves where this version keeps others: once, and whole even after a kill."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.unit.register.projection.test_upgrade import mark_version

from goodstanding import config

OPENING = """
import os, signal, sys
from pathlib import Path
from goodstanding import config
config.activate_register(config.load_settings(Path(sys.argv[1])))
from goodstanding.register.projection import upgrade
kill = lambda size, total: os.kill(os.getpid(), signal.SIGKILL)
print(upgrade.bring_up_to_date(kill if sys.argv[2:] == ["killed"] else None))
"""


def start_opening(register: config.RegisterSettings, *words: str) -> subprocess.Popen[str]:
    """A program that opens the register, and is killed in the middle of building its tables if that is asked for."""
    command = [sys.executable, "-c", OPENING, str(register.folder), *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


@pytest.fixture
def size(enact: Callable[[str], int]) -> int:
    """The size of the ledger of a register whose tables an older version made."""
    events = enact("mx-tax-69b")
    mark_version(0)
    return events


def test_two_programs_that_open_an_old_register_at_once_rebuild_it_once(
    register_folder: config.RegisterSettings, size: int, assert_register_holds: Callable[[], None]
) -> None:
    """One of them makes the tables anew, the other one waits and finds nothing left to do."""
    programs = [start_opening(register_folder), start_opening(register_folder)]
    answers = sorted(program.communicate()[0].strip() for program in programs)
    assert answers[0] == "None"
    assert f"made anew from {size} events" in answers[1]
    assert_register_holds()


def test_a_rebuild_that_was_killed_is_mended_by_whoever_opens_next(
    register_folder: config.RegisterSettings, size: int, assert_register_holds: Callable[[], None]
) -> None:
    """The tables in use are as they were, nothing waits for the dead program, and the next one makes them anew."""
    from goodstanding.register.projection.upgrade import Upgrade, bring_up_to_date
    from goodstanding.register.storage.queries import fetch_rows

    program = start_opening(register_folder, "killed")
    program.communicate()
    assert program.returncode == -signal.SIGKILL
    assert fetch_rows("SELECT size FROM progress") == [(size,)]
    assert bring_up_to_date() == Upgrade((), size)
    assert_register_holds()


@pytest.mark.parametrize("table", ["effect", "progress"])
def test_a_missing_table_is_found_and_made_again(
    table: str,
    register_folder: config.RegisterSettings,
    enact: Callable[[str], int],
    assert_register_holds: Callable[[], None],
) -> None:
    """Whichever it is, all of them are made anew when the register is opened."""
    from goodstanding.register.projection.upgrade import Upgrade, bring_up_to_date, is_up_to_date
    from goodstanding.register.storage.columns import open_column_store

    size = enact("mx-tax-69b")
    with open_column_store() as store:
        store.run(f"DROP TABLE {table}")
    assert not is_up_to_date()
    assert bring_up_to_date() == Upgrade((), size)
    assert_register_holds()


def test_other_columns_and_other_rows_are_another_version(
    register_folder: config.RegisterSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A register is not up to date for a program that makes other tables, or writes other rows into the same ones."""
    from django.db import models

    from goodstanding.register.projection import schema
    from goodstanding.register.projection.models import Effect

    assert not schema.is_of_another_version()
    with monkeypatch.context() as patch:
        patch.setattr(schema, "ROWS", schema.ROWS + 1)
        assert schema.is_of_another_version()
    with monkeypatch.context() as patch:
        patch.setattr(Effect._meta.get_field("score"), "db_type", models.TextField().db_type)
        assert schema.is_of_another_version()
    assert not schema.is_of_another_version()


def test_what_an_interrupted_switch_left_is_taken_away(register_folder: config.RegisterSettings) -> None:
    """On SQLite a program that was killed after the switch leaves the older file; whoever builds next removes it."""
    from goodstanding.register.projection.rebuild import discard_rebuild, rebuild_projection

    if register_folder.postgres:
        pytest.skip("PostgreSQL switches and drops in one transaction")
    before: Path = register_folder.sqlite_file("projection")
    rebuild_projection()
    before.write_bytes(b"older")
    discard_rebuild()
    used = register_folder.sqlite_file("projection")
    assert used != before
    assert [file.name for file in used.parent.glob("*.sqlite3")] == [used.name]
