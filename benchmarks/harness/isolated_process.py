"""Runs a function in a process of its own and watches its memory: what it gives, its seconds and its peak.

The function is named by module and takes and gives what JSON can hold. `peak_mb` is the sum of the largest resident
sizes of the process and of those it started; `cpu_s` counts user and system time of all of them.
"""

from __future__ import annotations

import importlib
import json
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LIMIT_S = 900
ROOT = Path(__file__).resolve().parents[2]
_EVERY_S = 0.02


class ProcessFailure(RuntimeError):
    """A measured process that ended with an error."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """What the function gave, and what its process took."""

    value: Any
    wall_s: float
    cpu_s: float
    peak_mb: float


def measure_call(function: Callable[..., Any], *arguments: Any, limit_s: float = LIMIT_S) -> Measurement:
    """Calls a module's function in a new process; raises Failed with what it printed where it fails."""
    call = json.dumps([function.__module__, function.__name__, arguments])
    begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "benchmarks.harness.isolated_process", call]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, cwd=ROOT) as process:
        peaks = _Peaks(process.pid)
        try:
            printed, complaint = process.communicate(timeout=limit_s)
        finally:
            process.kill()
            peaks.stop()
    if process.returncode:
        print(complaint, file=sys.stderr)
        raise ProcessFailure(complaint.strip().splitlines()[-1] if complaint.strip() else f"exit {process.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measurement(json.loads(printed.splitlines()[-1]), time.perf_counter() - begun, cpu, peaks.total_mb())


class _Peaks(threading.Thread):
    """The largest resident size of a process and of each process below it, looked at while they live."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process, self.largest, self.ended = process, dict[int, int](), threading.Event()
        self.start()

    def run(self) -> None:
        while not self.ended.wait(_EVERY_S):
            for process in [self.process, *_list_descendants(self.process)]:
                self.largest[process] = max(self.largest.get(process, 0), _read_high_water_kb(process))

    def stop(self) -> None:
        self.ended.set()
        self.join()

    def total_mb(self) -> float:
        return sum(self.largest.values()) / 1024


def _list_descendants(process: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        started = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []
    return started + [other for child in started for other in _list_descendants(child)]


def _read_high_water_kb(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)


def main() -> None:
    """Calls the function named in the first argument and prints what it gives as the last line."""
    module, name, arguments = json.loads(sys.argv[1])
    print(json.dumps(getattr(importlib.import_module(module), name)(*arguments)))


if __name__ == "__main__":
    main()
