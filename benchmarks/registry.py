"""Every benchmark by name, in the order in which they run."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from benchmarks import (
    cases,
    desks,
    effects,
    growth,
    ingest,
    memory,
    pages,
    quarantine,
    rebuild,
    rules,
    start,
    subject,
    verification,
)
from benchmarks.harness.registers import Registers
from benchmarks.harness.results import Outcome
from benchmarks.laboratory import agreement, coupled, every_experiment, mesa_lives, people, points, sizes

Benchmark = Callable[[Registers], Iterator[Outcome]]
BENCHMARKS: dict[str, Benchmark] = {
    "ingest": ingest.run,
    "effects": effects.run,
    "subject": subject.run,
    "rebuild": rebuild.run,
    "verify": verification.run,
    "memory": memory.run,
    "growth": growth.run,
    "quarantine": quarantine.run,
    "pages": pages.run,
    "hearings": cases.run,
    "desks": desks.run,
    "rules": rules.run,
    "start": start.run,
    "lab": people.run,
    "lab-points": points.run_points,
    "lab-expiry": points.run_expiry,
    "lab-country": sizes.run_country,
    "lab-memory": sizes.run_memory,
    "lab-coupled": coupled.run,
    "lab-check": agreement.run,
    "lab-mesa": mesa_lives.run,
}
LONG_BENCHMARKS: dict[str, Benchmark] = {"lab-all": every_experiment.run}  # minutes to an hour: only when asked for
