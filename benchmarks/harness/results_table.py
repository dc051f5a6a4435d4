"""Results as a table for people: whole words on a narrow terminal, in a file and through a pipe."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console

from benchmarks.harness.results import Bar, Outcome, Skipped
from goodstanding.cli.output import build_table

_COLUMNS = ("benchmark", "figure", "bar", "beside", "ratio", "met")


def print_results(outcomes: Sequence[Outcome], machine: dict[str, Any]) -> None:
    """Prints one line a result, then what was noted, what was skipped, and the machine."""
    console = Console()
    rows = [_build_row(outcome) for outcome in outcomes]
    console.print(build_table(_COLUMNS, rows, console.width), soft_wrap=True)
    for outcome in outcomes:
        if note := outcome.reason if isinstance(outcome, Skipped) else outcome.note:
            console.print(f"{outcome.name}: {note}", highlight=False)
    console.print(
        ", ".join(f"{name} {value}" for name, value in machine.items() if name != "durability"), highlight=False
    )


def _build_row(outcome: Outcome) -> tuple[str, ...]:
    if isinstance(outcome, Skipped):
        return (outcome.name, "skipped", "", "", "", "")
    beside = f"{outcome.peer.name}: {format_number(outcome.peer.figure)}" if outcome.peer else ""
    bar = _sign(outcome.bar) + format_number(outcome.bar.figure)
    ratio = "" if outcome.ratio is None else f"{outcome.ratio:.2f}"
    if outcome.bar.ratio:
        ratio += f" ({_sign(outcome.bar)}{outcome.bar.ratio})"
    return (
        outcome.name,
        f"{format_number(outcome.figure)} {outcome.unit}",
        bar,
        beside,
        ratio,
        "yes" if outcome.met else "no",
    )


def _sign(bar: Bar) -> str:
    return "<=" if bar.most else ">="


def format_number(value: float) -> str:
    """Three figures or, from a hundred, whole numbers."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
