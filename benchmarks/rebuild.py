"""Rebuild: the whole ledger folded into fresh tables, beside writing those tables raw."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from benchmarks.harness.isolated_process import measure_call
from benchmarks.harness.registers import SQLITE, Registers, use_register
from benchmarks.harness.results import Bar, Outcome, Peer, Result
from benchmarks.ingest import RAW, measure_raw_writes

BAR = Bar(50_000, most=False)


def run(registers: Registers) -> Iterator[Outcome]:
    """Events a second on SQLite."""
    samples = measure_rebuild(registers).value
    written = measure_raw_writes(SQLITE, registers)
    peer = Peer(RAW[SQLITE], written["events"] / written["projection_s"])
    note = f"{samples['events'] / samples['cpu_s']:,.0f} events a second of processor time"
    yield Result("rebuild, sqlite", samples["events"] / samples["seconds"], "events/s", BAR, peer, samples, note)


def measure_rebuild(registers: Registers) -> Any:
    """The measured process; run once."""
    if "rebuild" not in registers.measured:
        registers.measured["rebuild"] = measure_call(rebuild_projection, registers.filled(SQLITE))
    return registers.measured["rebuild"]


def rebuild_projection(folder: str) -> dict[str, Any]:
    """Builds the projection anew beside the one in use, and takes it away again."""
    use_register(folder)
    from goodstanding.register.projection.rebuild import build_second_projection, discard_rebuild

    begun, cpu = time.perf_counter(), time.process_time()
    events = build_second_projection()
    seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
    discard_rebuild()
    return {"events": events, "seconds": seconds, "cpu_s": cpu}
