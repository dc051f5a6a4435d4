"""Disks and databases that fail: a clear word at the terminal, 503 on the pages, and never a traceback."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests import registers
from tests.acceptance.program import PROGRAM, build_environment, run_in_process, run_process, succeed
from tests.clerk import uk_row, write_csv

from goodstanding.catalogue import load_library

SMALL = 400  # blocks of 1,024 bytes that a file may have at most


@pytest.fixture(scope="module")
def small_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with one catalogue in force; only copied."""
    folder = tmp_path_factory.mktemp("small") / "register"
    return registers.make_register(folder, enacting=[load_library()["uk-food-hygiene"]])


@pytest.fixture
def folder(small_folder: Path, tmp_path: Path) -> Path:
    """That register, for the test alone."""
    return shutil.copytree(small_folder, tmp_path / "register")


def test_a_new_register_is_its_owners_alone(tmp_path: Path) -> None:
    """Every folder that `init` makes is 0700, every file 0600, the outbox too."""
    succeed("init", tmp_path / "new", by=run_process)
    succeed("catalogue", "list", register=tmp_path / "new", by=run_process, GOODSTANDING_MAIL="folder:outbox")
    paths = [tmp_path / "new", *(tmp_path / "new").rglob("*")]
    assert {oct(path.stat().st_mode & 0o777) for path in paths if path.is_dir()} == {"0o700"}
    assert {oct(path.stat().st_mode & 0o777) for path in paths if path.is_file()} == {"0o600"}
    assert (tmp_path / "new" / "outbox").is_dir()


def test_a_full_disk_is_said_in_plain_words(folder: Path, tmp_path: Path) -> None:
    """An ingest that finds no room ends with 4 and says so; with room again the same goes in whole."""
    file = write_csv(tmp_path / "hygiene_2015-02-16.csv", [uk_row(number) for number in range(3_000)])
    command = f'ulimit -f {SMALL}; exec "$0" ingest "$1" --feed uk-fhrs'
    words = ["bash", "-c", command, str(PROGRAM), str(file)]
    ran = subprocess.run(words, env=build_environment(folder), capture_output=True, text=True, check=False)
    assert (ran.returncode, "Traceback" in ran.stderr) == (4, False), ran.stderr
    assert ran.stderr.lstrip().startswith("register: The disk is full")
    assert succeed("ingest", file, "--feed", "uk-fhrs", "--json", register=folder).json()["quarantined"] == 0
    assert succeed("verify", "--json", register=folder).json()["holds"]


def _break_pointer(folder: Path) -> None:
    (folder / "projection" / "current").write_text("first")


def _break_tables(folder: Path) -> None:
    (folder / "projection" / "1.sqlite3").write_bytes(b"no database " * 1_000)


def _break_schema(folder: Path) -> None:
    file = folder / "ledger.sqlite3"
    file.write_bytes(file.read_bytes().replace(b"CREATE TABLE", b"CREATE \xd4ABLE"))  # no text: SQLite quotes it


@pytest.mark.parametrize("damage", [_break_pointer, _break_tables, _break_schema])
def test_damaged_tables_are_said_in_plain_words(folder: Path, damage: Callable[[Path], None]) -> None:
    """A command ends with 4 and says what is damaged; the pages answer 503, for people and for programs."""
    damage(folder)
    ran = run_in_process("search", "Example", register=folder)
    assert (ran.code, "Traceback" in ran.err) == (4, False), ran.err
    assert ran.err.startswith("register: ")


@pytest.mark.parametrize("damage", [_break_pointer, _break_tables])
def test_pages_answer_503_while_the_tables_cannot_be_read(folder: Path, damage: Callable[[Path], None]) -> None:
    """What the public asks for is not there at present: said without a template that would ask the register again."""
    from django.test import Client

    from goodstanding.register.storage.lifecycle import use_register

    with use_register(folder):
        damage(folder)
        for page in ("/", "/search?q=example", "/search.json?q=example"):
            answer = Client(raise_request_exception=False, SERVER_NAME="localhost").get(page)
            assert (answer.status_code, b"Traceback" in answer.content) == (503, False), page


def test_a_damaged_register_opens_and_its_pages_answer_503(folder: Path) -> None:
    """A site that is started on a schema that is no text is there, and says that it cannot answer."""
    from django.test import Client

    from goodstanding.register.storage.lifecycle import use_register

    _break_schema(folder)
    with use_register(folder):
        answer = Client(raise_request_exception=False, SERVER_NAME="localhost").get("/search.json?q=example")
        assert (answer.status_code, b"Traceback" in answer.content) == (503, False)
