"""Every benchmark by name, in the order in which they run."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from benchmarks import desks, effects, hearings, ingest, memory, one_subject, pages, rebuild, rules, start, verify
from benchmarks.registers import Registers
from benchmarks.results import Outcome

Benchmark = Callable[[Registers], Iterator[Outcome]]
BENCHMARKS: dict[str, Benchmark] = {
    "ingest": ingest.run,
    "effects": effects.run,
    "subject": one_subject.run,
    "rebuild": rebuild.run,
    "verify": verify.run,
    "memory": memory.run,
    "pages": pages.run,
    "hearings": hearings.run,
    "desks": desks.run,
    "rules": rules.run,
    "start": start.run,
}
