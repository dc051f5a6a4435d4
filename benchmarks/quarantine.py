"""Quarantine at size: a file most of whose authorities nobody knows yet is taken in, and what waits of it is worked on.

Each is the whole command, in a process of its own, on a register in which 158,000 rows wait.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from benchmarks.harness.isolated_process import Measurement, measure_call
from benchmarks.harness.registers import (
    CATALOGUE,
    FEED,
    NOW,
    SQLITE,
    SQLITE_URL,
    STATED,
    Registers,
    locate_feed_file,
    make_register,
    use_register,
)
from benchmarks.harness.results import Bar, Outcome, Peer, Result

SECONDS, MEMORY, INTAKE = Bar(60, most=True), Bar(500, most=True), Bar(1_500, most=True)
FIRST_KNOWN = "uk-fhrs-la:418"  # the authorities before it have 158,500 of the file's rows
_OF_FEED = ("--feed", FEED)
_COMMANDS = {
    "list": ("list", *_OF_FEED, "--json"),
    "filter": ("list", *_OF_FEED, "--code", "source-not-declared", "--text", "Hotel", "--json"),
    "page": ("list", *_OF_FEED, "--after", "100000", "--limit", "500"),
    "export": ("export", *_OF_FEED),
}


def run(registers: Registers) -> Iterator[Outcome]:
    """Seconds and megabytes of each command; of the intake, beside that of the same file without refused rows."""
    folder, copy = registers.of("refused"), registers.of("dismissed")
    taken = measure_call(ingest_half_known, str(folder))
    yield from _build_results("ingest", taken, registers, INTAKE)
    for name, arguments in _COMMANDS.items():
        yield from _build_results(name, measure_call(run_command, str(folder), arguments), registers)
    shutil.copytree(folder, copy)
    dismissal = ("dismiss", *_OF_FEED, "--reason", "The office is closed.")
    yield from _build_results("dismiss", measure_call(run_command, str(copy), dismissal), registers)
    measure_call(admit_all, str(folder))
    replayed = measure_call(run_command, str(folder), ("replay", *_OF_FEED, "--json"))
    yield from _build_results("replay", replayed, registers)


def _build_results(name: str, measured: Measurement, registers: Registers, most: Bar = MEMORY) -> Iterator[Result]:
    whole = registers.ingested(SQLITE)
    samples = {"wall_s": measured.wall_s, "cpu_s": measured.cpu_s, "value": measured.value}
    peer = Peer("the file taken in with no row refused", whole.wall_s)
    yield Result(f"quarantine: {name}", measured.wall_s, "s", SECONDS, peer, samples)
    yield Result(f"quarantine: {name}, memory", measured.peak_mb, "MB", most, Peer(peer.name, whole.peak_mb), samples)


def ingest_half_known(folder: str) -> dict[str, Any]:
    """Takes the feed's file into a new register whose catalogue does not know most of its authorities yet."""
    make_register(folder, SQLITE_URL)
    from goodstanding.catalogue.loader import get_catalogue_folder, read_texts
    from goodstanding.intake.ingest import ingest_file

    files = dict(read_texts(get_catalogue_folder(CATALOGUE)))
    header, *sources = files["sources.csv"].splitlines(keepends=True)
    files["sources.csv"] = "".join([header, *(line for line in sources if line >= FIRST_KNOWN)])
    _enact(files)
    taken = ingest_file(locate_feed_file(), FEED, NOW, STATED)
    return {"rows": taken.rows, "issued": taken.issued, "quarantined": taken.quarantined}


def _enact(files: dict[str, str], **changes: Any) -> None:
    from goodstanding.catalogue import load_files, overlay_catalogue
    from goodstanding.register.projection.projector import catch_up
    from goodstanding.register.rules.enacted_catalogues import enact_catalogue

    catalogue = load_files(files)
    enact_catalogue(overlay_catalogue(catalogue, changes) if changes else catalogue, STATED, NOW)
    catch_up()


def admit_all(folder: str) -> None:
    """Enacts the catalogue with all its authorities."""
    use_register(folder)
    from goodstanding.catalogue.loader import get_catalogue_folder, read_texts

    _enact(dict(read_texts(get_catalogue_folder(CATALOGUE))), version=99)


def run_command(folder: str, arguments: list[str]) -> int:
    """Runs a command of the quarantine; gives how many lines it printed."""
    from goodstanding.cli.app import app

    with Path(folder).with_suffix(".out").open("w+", encoding="utf-8") as printed:
        with redirect_stdout(printed):
            app(["--register", folder, "quarantine", *arguments], standalone_mode=False)
        printed.seek(0)
        return sum(1 for _line in printed)
