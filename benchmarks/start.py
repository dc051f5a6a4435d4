"""What a person waits for before anything is done: help, the first answer of a register, and the library of rules.

All in processor time of processes of their own, each beside the imports it cannot do without, in turn. Modules are
compiled before, and the library's catalogues are kept, as they are from the second command on.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.harness.isolated_process import ROOT, ProcessFailure, measure_call
from benchmarks.harness.registers import CATALOGUE, NOW, SQLITE_URL, STATED, Registers, make_register
from benchmarks.harness.results import Bar, Outcome, Peer, Result, compute_median

PROGRAM = str(Path(sys.executable).with_name("goodstanding"))
ROUNDS, CATALOGUES = 7, 60
HELP, READING, LOADED = Bar(0.5, most=True, ratio=2.0), Bar(2.0, most=True, ratio=2.0), Bar(0.5, most=True)
PEERS = {HELP: "import typer", READING: "import django.db.models, duckdb, pyarrow"}


def run(registers: Registers) -> Iterator[Outcome]:
    """Seconds of `--help`, of a search that finds nothing, and of 60 catalogues that were loaded before."""
    folder = registers.of("start")
    measure_call(make_small_register, str(folder))
    search = (PROGRAM, "search", "nobody", "--register", str(folder))
    yield _compare_with_imports("goodstanding --help", (PROGRAM, "--help"), HELP)
    yield _compare_with_imports("goodstanding search nobody", search, READING)
    yield _measure_library()


def make_small_register(folder: str) -> None:
    """A new register with one catalogue in force."""
    make_register(folder, SQLITE_URL)
    from goodstanding.catalogue.loader import get_catalogue_folder, load_catalogue
    from goodstanding.register.projection.projector import catch_up
    from goodstanding.register.rules.enacted_catalogues import enact_catalogue

    enact_catalogue(load_catalogue(get_catalogue_folder(CATALOGUE)), STATED, NOW)
    catch_up()


def _compare_with_imports(name: str, command: Sequence[str], bar: Bar) -> Result:
    imports = PEERS[bar]
    peer = (sys.executable, "-c", imports)
    ours, theirs = [], []
    for round_ in range(-1, ROUNDS):  # the first compiles what was never imported before
        pair = _count_processor_seconds(command), _count_processor_seconds(peer)
        if round_ >= 0:
            ours.append(pair[0])
            theirs.append(pair[1])
    samples = {"ours": ours, "imports": theirs}
    return Result(name, compute_median(ours), "s", bar, Peer(f"python -c {imports!r}", compute_median(theirs)), samples)


def _count_processor_seconds(command: Sequence[str]) -> float:
    environment = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise ProcessFailure(f"{command[0]}: {done.stderr.decode().strip()}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _measure_library() -> Result:
    with tempfile.TemporaryDirectory(prefix="goodstanding-cache-") as cache:
        first = measure_call(load_catalogues, cache).value
        again = [measure_call(load_catalogues, cache).value for _ in range(ROUNDS)]
    note = f"importing what reads them takes {compute_median([timing['imported'] for timing in again]):.2f} s before"
    note += f"; parsed and checked for the first time, they take {first['loaded']:.2f} s"
    loaded = [timing["loaded"] for timing in again]
    return Result(f"loading {CATALOGUES} catalogues", compute_median(loaded), "s", LOADED, None, {"again": again}, note)


def load_catalogues(cache: str) -> dict[str, Any]:
    """Processor seconds of importing and of loading: the library over and over, each time in another version."""
    os.environ["XDG_CACHE_HOME"] = cache
    begun = time.process_time()
    from goodstanding.catalogue import load_files
    from goodstanding.catalogue.loader import locate_library_folder, read_texts

    imported = time.process_time()
    folders = sorted(path.parent for path in locate_library_folder().glob("*/catalogue.yaml"))
    for number in range(CATALOGUES):
        texts = read_texts(folders[number % len(folders)])
        load_files(texts | {"NUMBER.csv": str(number)})  # counts in the digest, and says nothing
    return {"imported": imported - begun, "loaded": time.process_time() - imported}
