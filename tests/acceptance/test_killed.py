"""kill -9 at any point of an ingest loses nothing acknowledged, and run again the ingest repeats nothing."""

from __future__ import annotations

import random
import shutil
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from tests.acceptance.program import PROGRAM, assert_holds, environment, run, succeed
from tests.clerk import UK, uk

ROWS, KILLS, VERIFIED = 40_000, 15, 3


def _file(folder: Path) -> Path:
    """A file of 40,000 establishments, stated on one day."""
    columns: dict[str, Any] = {name: [uk(1)[name]] * ROWS for name in UK}
    columns["row_id"] = [str(number) for number in range(ROWS)]
    columns["businessname"] = [f"Example Café {number}" for number in range(ROWS)]
    file = folder / "hygiene_2015-02-16.parquet"
    pq.write_table(pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()}), file)
    return file


def _durable(register: Path) -> tuple[int, dict[int, bytes]]:
    """The signed size of the ledger, and the commitment of each event in it."""
    with closing(sqlite3.connect(register / "ledger.sqlite3")) as connection:
        (size,) = connection.execute("SELECT max(size) FROM ledger_checkpoint").fetchone()
        found = connection.execute("SELECT position, commitment FROM ledger_event").fetchall()
    return int(size), dict(found)


def _killed(register: Path, file: Path, after: float) -> bool:
    """Starts an ingest and kills it after some seconds; whether it was killed before it ended."""
    words = [str(PROGRAM), "ingest", str(file), "--feed", "uk-fhrs", "--json"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(words, env=environment(register), **quiet) as process:
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
        return process.wait() == -signal.SIGKILL


def test_kill_at_any_point_loses_nothing_and_repeats_nothing(new_register: Path, tmp_path: Path) -> None:
    """However often an ingest is killed, signed events stay; the run that ends has as many as an undisturbed one."""
    file, undisturbed = _file(tmp_path), shutil.copytree(new_register, tmp_path / "undisturbed")
    begun = time.monotonic()
    expected = succeed("ingest", file, "--feed", "uk-fhrs", "--json", register=undisturbed).json()["size"]
    whole = time.monotonic() - begun
    moments, killed, cut = random.Random(20150216), 0, 0
    for attempt in range(4 * KILLS):
        if killed == KILLS:
            break
        if attempt % 4 == 0:  # a killed ingest goes on where it was, so every few attempts begin anew
            register = shutil.copytree(new_register, tmp_path / f"register{attempt}")
        size, events = _durable(register)
        if not _killed(register, file, moments.uniform(0.25, 0.9) * whole):
            continue
        killed += 1
        size_now, events_now = _durable(register)
        cut += size < size_now < expected
        assert size_now >= size
        assert len(events_now) == size_now
        assert events_now.items() >= events.items()
        if killed % (KILLS // VERIFIED) == 0:
            _finish(register, file, expected)
    assert killed == KILLS
    assert cut, "no kill came while events were being appended"


def _finish(register: Path, file: Path, expected: int) -> None:
    """Whatever the kill left holds; run again the ingest ends, and then everything is there once."""
    left = run("verify", "--json", register=register)
    assert left.json()["findings"] == []
    again = succeed("ingest", file, "--feed", "uk-fhrs", "--json", register=register).json()
    assert again["issued"] + again["unchanged"] == ROWS
    assert again["size"] == expected
    assert assert_holds(register) == expected
