"""kill -9 at any point of an ingest loses nothing acknowledged, and run again the ingest repeats nothing."""

from __future__ import annotations

import itertools
import random
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.acceptance.program import PROGRAM, assert_holds, build_environment, run_in_process, run_process, succeed
from tests.clerk import UK, uk_row
from tests.profiles import share_of_examples

ROWS = share_of_examples(80_000)
FEW, MANY = (1, 4), (4, 10)  # seeds, and kills of each: usually, and before a release
SEED = 20150216  # the first


def _write_file(folder: Path) -> Path:
    """A file of establishments, stated on one day."""
    columns: dict[str, Any] = {name: [uk_row(1)[name]] * ROWS for name in UK}
    columns["row_id"] = [str(number) for number in range(ROWS)]
    columns["businessname"] = [f"Example Café {number}" for number in range(ROWS)]
    file = folder / "hygiene_2015-02-16.parquet"
    pq.write_table(pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()}), file)
    return file


def _read_durable(register: Path) -> tuple[int, dict[int, bytes]]:
    """The signed size of the ledger, and the commitment of each event in it."""
    with closing(sqlite3.connect(register / "ledger.sqlite3")) as connection:
        (size,) = connection.execute("SELECT max(size) FROM ledger_checkpoint").fetchone()
        rows = connection.execute("SELECT position, commitment FROM ledger_event").fetchall()
    return int(size), dict(rows)


def _read_size(register: Path) -> int:
    """The signed size of the ledger."""
    with closing(sqlite3.connect(register / "ledger.sqlite3")) as connection:
        return int(connection.execute("SELECT max(size) FROM ledger_checkpoint").fetchone()[0])


def _kill_ingest(register: Path, file: Path, moment: Callable[[Path], bool]) -> bool:
    """Starts an ingest and kills it when the moment has come; whether it was killed before it ended."""
    return _kill(("ingest", file, "--feed", "uk-fhrs", "--json"), register, moment)


def _kill(arguments: tuple[object, ...], register: Path, moment: Callable[[Path], bool]) -> bool:
    """Starts a command and kills it when the moment has come; whether it was killed before it ended."""
    words = [str(PROGRAM), *map(str, arguments)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(words, env=build_environment(register), **quiet) as process:
        while process.poll() is None and not moment(register):
            time.sleep(0.001)
        process.send_signal(signal.SIGKILL)
        return process.wait() == -signal.SIGKILL


def test_kill_at_any_point_loses_nothing_and_repeats_nothing(
    new_register: Path, tmp_path: Path, seed: int, times: int
) -> None:
    """However often an ingest is killed, signed events stay; the run that ends has as many as an undisturbed one."""
    file, undisturbed = _write_file(tmp_path), shutil.copytree(new_register, tmp_path / "undisturbed")
    begun = time.monotonic()
    expected = succeed("ingest", file, "--feed", "uk-fhrs", "--json", register=undisturbed, by=run_process).json()[
        "size"
    ]
    moments = _list_moments(random.Random(seed), time.monotonic() - begun, expected)
    killed, cut = 0, 0
    for attempt in itertools.count():
        if killed == times:
            break
        if attempt % 4 == 0:  # a killed ingest goes on where it was, so every few attempts begin anew
            register = shutil.copytree(new_register, tmp_path / f"register{attempt}")
        size, events = _read_durable(register)
        if not _kill_ingest(register, file, next(moments)):
            continue
        killed += 1
        size_now, events_now = _read_durable(register)
        cut += size < size_now < expected
        assert size_now >= size
        assert len(events_now) == size_now
        assert events_now.items() >= events.items()
        if killed % (times // 2) == 0:
            _finish(register, file, expected)
    assert cut, "no kill came while events were being appended"


@pytest.mark.parametrize("file", ["goodstanding.toml.new", "keys/ledger.key", "ledger.sqlite3"])
def test_a_register_whose_making_was_killed_is_made_by_the_next_try(tmp_path: Path, file: str) -> None:
    """Nothing has to be removed by hand, and the register that comes of it holds."""
    folder = tmp_path / "register"
    assert _kill(("init", folder), folder, lambda register: (register / file).exists())
    unfinished = run_in_process("verify", register=folder)
    assert (unfinished.code, "goodstanding init DIR" in unfinished.err) == (4, True), unfinished.err
    succeed("init", folder)
    assert assert_holds(folder) == 1


@pytest.mark.parametrize("finishing", [("init", "--demonstration"), ("search", "nobody")])
def test_a_demonstration_whose_making_was_killed_is_ended_by_the_next_command(
    tmp_path: Path, finishing: tuple[str, ...]
) -> None:
    """Killed after its first event it lacks catalogues; whatever opens it puts them into force, each once."""
    folder, whole = tmp_path / "register", tmp_path / "whole"
    assert _kill(("init", folder, "--demonstration"), folder, _has_events)
    size = _read_size(folder)
    refused = run_in_process("init", folder, "--demonstration", "--name", "Another")
    assert (refused.code, _read_size(folder)) == (4, size), refused.err
    command, *options = finishing
    succeed(*((command, folder, *options) if command == "init" else finishing), register=folder)
    succeed("init", whole, "--demonstration")
    assert size < _read_size(folder) == _read_size(whole) == assert_holds(folder)
    again = run_in_process("init", folder, "--demonstration")
    assert (again.code, sorted(path.name for path in folder.glob("demonstration*"))) == (refused.code, [])


def _has_events(register: Path) -> bool:
    try:
        return _read_size(register) >= 1
    except (sqlite3.Error, TypeError):  # no file, no table, no checkpoint yet
        return False


def _list_moments(dice: random.Random, whole: float, expected: int) -> Iterator[Callable[[Path], bool]]:
    """Moments to kill at, by turns: when the ledger has grown to some size, and after some share of the whole time."""
    while True:
        share = dice.uniform(0.05, 0.9)
        yield lambda register, until=share * expected: _read_size(register) >= until
        share, begun = dice.uniform(0.05, 0.9), time.monotonic()
        yield lambda _register, end=begun + share * whole: time.monotonic() >= end


def _finish(register: Path, file: Path, expected: int) -> None:
    """Whatever the kill left holds; run again the ingest ends, and then everything is there once."""
    left = run_in_process("verify", "--json", register=register)
    assert left.json()["findings"] == []
    again = succeed("ingest", file, "--feed", "uk-fhrs", "--json", register=register).json()
    assert again["issued"] + again["unchanged"] == ROWS
    assert again["size"] == expected
    assert assert_holds(register) == expected
