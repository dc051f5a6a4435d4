"""`python -m benchmarks [NAME…] [--json]`: runs the benchmarks named, or all, and prints a table or JSON."""

from __future__ import annotations

import argparse
import json
import sys

from benchmarks.harness.isolated_process import Failed
from benchmarks.harness.machine import machine
from benchmarks.harness.registers import Registers, registers
from benchmarks.harness.results import Outcome, Skipped
from benchmarks.harness.results_table import show
from benchmarks.registry import BENCHMARKS


def main() -> None:
    """Runs and prints; ends with 0 whatever the figures are."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--json", action="store_true", help="everything measured, raw samples too")
    asked = parser.parse_args()
    if unknown := sorted(set(asked.names) - set(BENCHMARKS)):
        parser.error(f"no benchmark {unknown[0]!r}; there are {', '.join(BENCHMARKS)}")
    outcomes: list[Outcome] = []
    with registers() as held:
        for name in asked.names or BENCHMARKS:
            outcomes += _run(name, held)
    about = machine()
    if asked.json:
        print(json.dumps({"machine": about, "results": [one.as_json() for one in outcomes]}, indent=1))
    else:
        show(outcomes, about)


def _run(name: str, held: Registers) -> list[Outcome]:
    print(f"{name} …", file=sys.stderr, flush=True)
    done: list[Outcome] = []
    try:
        done.extend(BENCHMARKS[name](held))
    except Failed as failed:
        done.append(Skipped(name, f"failed: {failed}"))
    return done


if __name__ == "__main__":
    main()
