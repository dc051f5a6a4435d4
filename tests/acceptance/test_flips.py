"""One bit flipped anywhere in a register's raw files is found by `verify`, or changes nothing that anybody reads."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests import registers
from tests.acceptance.program import run_in_process, succeed
from tests.clerk import uk_row, write_csv

from goodstanding.catalogue import load_library

FEW, MANY = (1, 16), (10, 50)  # seeds, and flips of each: usually, and before a release
SEED = 41  # the first
FILES = ("ledger.sqlite3", "projection/1.sqlite3")
_TABLES = "SELECT name FROM sqlite_master WHERE rootpage > 0 AND type = 'table'"
OUTSIDE = ("auth_", "account_", "mfa_", "django_", "web_", "socialaccount_", "sqlite_")  # docs say so, by name


@pytest.fixture(scope="module")
def small_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with one catalogue in force and forty establishments, closed; only copied."""
    folder = tmp_path_factory.mktemp("flips")
    registers.make_register(folder / "register", enacting=[load_library()["uk-food-hygiene"]], demonstration=False)
    file = write_csv(folder / "hygiene_2015-02-16.csv", [uk_row(number) for number in range(1, 41)])
    succeed("ingest", file, "--feed", "uk-fhrs", register=folder / "register")
    return folder / "register"


def _read_tables(register: Path) -> list[Any]:
    """All that stands in the tables that are verified, and whether their indexes lead to it."""
    content: list[Any] = []
    for name in FILES:
        with closing(sqlite3.connect(register / name)) as connection:
            tables = connection.execute(_TABLES).fetchall()
            connection.text_factory = bytes
            for (table,) in sorted(tables):
                if not table.startswith(OUTSIDE):
                    content.append((table, connection.execute(f'SELECT * FROM "{table}" NOT INDEXED').fetchall()))
            content += connection.execute("PRAGMA integrity_check").fetchall()
    return content


def _is_changed(register: Path, before: list[Any]) -> bool:
    """Whether somebody who reads the tables is told anything else, or nothing."""
    try:
        return _read_tables(register) != before
    except (sqlite3.Error, UnicodeDecodeError):
        return True


def _flip_bit(file: Path, dice: random.Random) -> int:
    """Flips one bit of a file; gives the place of its byte."""
    content = bytearray(file.read_bytes())
    place = dice.randrange(len(content))
    content[place] ^= 1 << dice.randrange(8)
    file.write_bytes(content)
    return place


def test_a_flipped_bit_is_found_or_changes_nothing(small_folder: Path, tmp_path: Path, seed: int, times: int) -> None:
    """Whichever bit it is: where the tables read otherwise `verify` fails, in plain words."""
    dice, unseen, detected = random.Random(seed), [], 0
    before = _read_tables(small_folder)
    for number in range(times):
        register = shutil.copytree(small_folder, tmp_path / str(number))
        name = FILES[number % len(FILES)]
        place = _flip_bit(register / name, dice)
        changed = _is_changed(shutil.copytree(register, tmp_path / f"{number}-read"), before)
        ran = run_in_process("verify", "--json", register=register)
        assert "Traceback" not in ran.err, (name, place, ran.err)
        detected += ran.code != 0
        if changed and ran.code == 0:
            unseen.append((name, place))
        shutil.rmtree(register)
        shutil.rmtree(tmp_path / f"{number}-read")
    assert unseen == []
    assert detected, "no flip changed anything"
