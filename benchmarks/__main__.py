"""`python -m benchmarks [NAME…] [--json]`: runs the benchmarks named, or all, and prints a table or JSON."""

from __future__ import annotations

import argparse
import json
import sys

from benchmarks.harness.isolated_process import ProcessFailure
from benchmarks.harness.machine import describe_machine
from benchmarks.harness.registers import Registers, open_registers
from benchmarks.harness.results import Outcome, Skipped
from benchmarks.harness.results_table import print_results
from benchmarks.registry import BENCHMARKS


def main() -> None:
    """Runs and prints; ends with 0 whatever the figures are."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--json", action="store_true", help="everything measured, raw samples too")
    arguments = parser.parse_args()
    if unknown := sorted(set(arguments.names) - set(BENCHMARKS)):
        parser.error(f"no benchmark {unknown[0]!r}; there are {', '.join(BENCHMARKS)}")
    outcomes: list[Outcome] = []
    with open_registers() as registers:
        for name in arguments.names or BENCHMARKS:
            outcomes += _run(name, registers)
    about = describe_machine()
    if arguments.json:
        print(json.dumps({"machine": about, "results": [outcome.as_json() for outcome in outcomes]}, indent=1))
    else:
        print_results(outcomes, about)


def _run(name: str, registers: Registers) -> list[Outcome]:
    print(f"{name} …", file=sys.stderr, flush=True)
    done: list[Outcome] = []
    try:
        done.extend(BENCHMARKS[name](registers))
    except ProcessFailure as failed:
        done.append(Skipped(name, f"failed: {failed}"))
    return done


if __name__ == "__main__":
    main()
