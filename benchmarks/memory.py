"""Peak memory of ingest, effects, rebuild and verify, each in a process of its own with those it starts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks import effects, rebuild, verification
from benchmarks.harness.isolated_process import measure_call
from benchmarks.harness.registers import POSTGRES, SQLITE, Registers, Unavailable, make_register
from benchmarks.harness.results import Bar, Outcome, Peer, Result, Skipped

BAR = Bar(1_500, most=True)
_EMPTY = "a process that opened an empty register"


def run(registers: Registers) -> Iterator[Outcome]:
    """Megabytes at the highest, summed over the processes."""
    empty = Peer(
        _EMPTY, measure_call(open_register, str(registers.of("empty")), registers.url(SQLITE, "empty")).peak_mb
    )
    yield _build_result("ingest, sqlite", registers.ingested(SQLITE), empty)
    try:
        yield _build_result("ingest, postgres", registers.ingested(POSTGRES), empty, "the server not counted")
    except Unavailable as missing:
        yield Skipped("peak memory: ingest, postgres", str(missing))
    yield _build_result("effects", effects.measure_effects(registers), empty)
    yield _build_result("rebuild", rebuild.measure_rebuild(registers), empty)
    yield _build_result("verify", verification.measure_verification(registers), empty, "the process and its helpers")


def _build_result(name: str, measured: Any, empty: Peer, note: str = "") -> Result:
    samples = {"wall_s": measured.wall_s, "cpu_s": measured.cpu_s}
    return Result(f"peak memory: {name}", measured.peak_mb, "MB", BAR, empty, samples, note)


def open_register(folder: str, url: str) -> None:
    """Makes an empty register and ends."""
    make_register(folder, url)
