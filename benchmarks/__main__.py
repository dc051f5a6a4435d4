"""`python -m benchmarks [NAME…] [--long] [--json]`: runs the benchmarks named, or all, and prints a table or JSON."""

from __future__ import annotations

import argparse
import json
import sys

from benchmarks.harness.isolated_process import ProcessFailure
from benchmarks.harness.machine import describe_machine
from benchmarks.harness.registers import Registers, open_registers
from benchmarks.harness.results import Outcome, Skipped
from benchmarks.harness.results_table import print_results
from benchmarks.registry import BENCHMARKS, LONG_BENCHMARKS


def main() -> None:
    """Runs and prints; ends with 0 whatever the figures are."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    every_one = BENCHMARKS | LONG_BENCHMARKS
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(every_one))
    parser.add_argument("--long", action="store_true", help="those too that take minutes to an hour")
    parser.add_argument("--json", action="store_true", help="everything measured, raw samples too")
    arguments = parser.parse_args()
    if unknown := sorted(set(arguments.names) - set(every_one)):
        parser.error(f"no benchmark {unknown[0]!r}; there are {', '.join(every_one)}")
    outcomes: list[Outcome] = []
    with open_registers() as registers:
        for name in arguments.names or (every_one if arguments.long else BENCHMARKS):
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
        done.extend((BENCHMARKS | LONG_BENCHMARKS)[name](registers))
    except ProcessFailure as failed:
        done.append(Skipped(name, f"failed: {failed}"))
    return done


if __name__ == "__main__":
    main()
