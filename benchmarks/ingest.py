"""Ingest: from a feed's file to durable, committed to the tree, projected and searchable, beside writing it raw."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.harness import raw_writes
from benchmarks.harness.isolated_process import measure_call
from benchmarks.harness.registers import POSTGRES, SQLITE, Registers, Unavailable
from benchmarks.harness.results import Bar, Outcome, Peer, Result, Skipped

BARS = {SQLITE: Bar(25_000, most=False, ratio=0.4), POSTGRES: Bar(15_000, most=False, ratio=0.4)}
RAW = {SQLITE: "the same rows by executemany", POSTGRES: "the same rows by COPY"}


def run(registers: Registers) -> Iterator[Outcome]:
    """Rows a second on each database."""
    for database in BARS:
        try:
            yield _measure_database(database, registers)
        except Unavailable as missing:
            yield Skipped(f"ingest, {database}", str(missing))


def _measure_database(database: str, registers: Registers) -> Result:
    taken = registers.ingested(database).value
    written = measure_raw_writes(database, registers)
    peer = Peer(RAW[database], taken["rows"] / written["seconds"])
    samples = {"ingest": taken, "raw": written}
    note = f"{taken['rows'] / taken['cpu_s']:,.0f} rows a second of this process's own processor time"
    return Result(
        f"ingest, {database}", taken["rows"] / taken["seconds"], "rows/s", BARS[database], peer, samples, note
    )


def measure_raw_writes(database: str, registers: Registers) -> dict[str, float]:
    """What writing the rows of the ingest raw took; measured once a run."""
    if database not in registers.raws:
        filled, name = registers.filled(database), f"raw_{database}"
        url = registers.url(database, name)
        registers.raws[database] = measure_call(raw_writes.write_rows, filled, str(registers.of(name)), url).value
    return registers.raws[database]
