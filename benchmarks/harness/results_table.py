"""Results as a table for people: whole words on a narrow terminal, in a file and through a pipe."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console

from benchmarks.harness.results import Bar, Outcome, Skipped
from goodstanding.cli.output import build_table

_COLUMNS = ("benchmark", "figure", "bar", "beside", "ratio", "met")


def show(outcomes: Sequence[Outcome], machine: dict[str, Any]) -> None:
    """Prints one line a result, then what was noted, what was skipped, and the machine."""
    console = Console()
    rows = [_row(outcome) for outcome in outcomes]
    console.print(build_table(_COLUMNS, rows, console.width), soft_wrap=True)
    for one in outcomes:
        if note := one.reason if isinstance(one, Skipped) else one.note:
            console.print(f"{one.name}: {note}", highlight=False)
    console.print(
        ", ".join(f"{name} {value}" for name, value in machine.items() if name != "durability"), highlight=False
    )


def _row(one: Outcome) -> tuple[str, ...]:
    if isinstance(one, Skipped):
        return (one.name, "skipped", "", "", "", "")
    beside = f"{one.peer.name}: {number(one.peer.figure)}" if one.peer else ""
    bar = _sign(one.bar) + number(one.bar.figure)
    ratio = "" if one.ratio is None else f"{one.ratio:.2f}"
    if one.bar.ratio:
        ratio += f" ({_sign(one.bar)}{one.bar.ratio})"
    return one.name, f"{number(one.figure)} {one.unit}", bar, beside, ratio, "yes" if one.met else "no"


def _sign(bar: Bar) -> str:
    return "<=" if bar.most else ">="


def number(value: float) -> str:
    """Three figures or, from a hundred, whole numbers."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
