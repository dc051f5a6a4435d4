"""Checkpoints go to a witness by themselves: from commands and from a server; a witness that is away is said."""

from __future__ import annotations

import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from tests.acceptance.browsing import Site
from tests.acceptance.program import PATIENCE, run_in_process, succeed
from tests.clerk import uk_row, write_csv


def _read_newest(register: Path) -> str:
    """The newest checkpoint of a register, as it was signed."""
    with closing(sqlite3.connect(register / "ledger.sqlite3")) as connection:
        return str(connection.execute("SELECT note FROM ledger_checkpoint ORDER BY size DESC").fetchone()[0])


def test_a_command_hands_over_what_it_signed_or_says_who_is_away(new_register: Path, tmp_path: Path) -> None:
    """An ingest ends well either way; `verify` ends with 1 while nobody could be asked, and with 0 once all agrees."""
    register = shutil.copytree(new_register, tmp_path / "register")
    disk = tmp_path / "disk"
    settings = {"GOODSTANDING_WITNESSES": f"file:{disk}/kept.notes"}
    file = write_csv(tmp_path / "hygiene_2015-02-16.csv", [uk_row(number) for number in range(1, 4)])
    ran = succeed("ingest", file, "--feed", "uk-fhrs", register=register, **settings)
    assert f"file:{disk}/kept.notes: the witness cannot be reached" in ran.err
    away = run_in_process("verify", "--json", register=register, **settings)
    assert (away.code, [finding["code"] for finding in away.json()["findings"]]) == (1, ["witness-away"])
    disk.mkdir()
    file = write_csv(tmp_path / "hygiene_2015-02-17.csv", [uk_row(number) for number in range(1, 5)])
    assert succeed("ingest", file, "--feed", "uk-fhrs", register=register, **settings).err == ""
    assert (disk / "kept.notes").read_text() == _read_newest(register)
    succeed("verify", register=register, **settings)


def test_verify_finds_a_backup_that_was_put_back(new_register: Path, tmp_path: Path) -> None:
    """The register that was put back holds by itself; the witness has seen a later one."""
    register = shutil.copytree(new_register, tmp_path / "register")
    backup = shutil.copytree(register, tmp_path / "backup")
    settings = {"GOODSTANDING_WITNESSES": f"file:{tmp_path}/kept.notes"}
    file = write_csv(tmp_path / "hygiene_2015-02-16.csv", [uk_row(1)])
    succeed("ingest", file, "--feed", "uk-fhrs", register=register, **settings)
    succeed("verify", register=backup)
    ran = run_in_process("verify", "--json", register=backup, **settings)
    assert (ran.code, [finding["code"] for finding in ran.json()["findings"]]) == (1, ["shrunk"])


def test_a_server_hands_over_by_itself(new_register: Path, tmp_path: Path) -> None:
    """A server that starts hands the witness the newest checkpoint, whoever signed it."""
    register = shutil.copytree(new_register, tmp_path / "register")
    witness = tmp_path / "kept.notes"
    site = Site(register, GOODSTANDING_WITNESSES=f"file:{witness}")
    try:
        end = time.monotonic() + PATIENCE
        while not witness.exists() and time.monotonic() < end:
            time.sleep(0.05)
    finally:
        site.stop()
    assert witness.read_text() == _read_newest(register)
