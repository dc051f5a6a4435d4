"""Rebuild: the whole ledger folded into fresh tables, beside writing those tables raw."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from benchmarks.harness.isolated_process import measure
from benchmarks.harness.registers import SQLITE, Registers, use
from benchmarks.harness.results import Bar, Outcome, Peer, Result
from benchmarks.ingest import RAW, written_raw

BAR = Bar(50_000, most=False)


def run(registers: Registers) -> Iterator[Outcome]:
    """Events a second on SQLite."""
    found = rebuilt(registers).value
    written = written_raw(SQLITE, registers)
    peer = Peer(RAW[SQLITE], written["events"] / written["projection_s"])
    note = f"{found['events'] / found['cpu_s']:,.0f} events a second of processor time"
    yield Result("rebuild, sqlite", found["events"] / found["seconds"], "events/s", BAR, peer, found, note)


def rebuilt(registers: Registers) -> Any:
    """The measured process; run once."""
    if "rebuild" not in registers.measured:
        registers.measured["rebuild"] = measure(beside, registers.filled(SQLITE))
    return registers.measured["rebuild"]


def beside(folder: str) -> dict[str, Any]:
    """Builds the projection anew beside the one in use, and takes it away again."""
    use(folder)
    from goodstanding.register.projection.rebuild import build_second_projection, discard_rebuild

    begun, cpu = time.perf_counter(), time.process_time()
    events = build_second_projection()
    seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
    discard_rebuild()
    return {"events": events, "seconds": seconds, "cpu_s": cpu}
