"""Results as a table for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.results import Bar, Outcome, Skipped

_COLUMNS = ("benchmark", "figure", "unit", "bar", "beside", "its figure", "ratio", "bar of ratio", "met")


def show(outcomes: Sequence[Outcome], machine: dict[str, Any]) -> None:
    """Prints one line a result, then what was noted, what was skipped, and the machine."""
    table = Table(*_COLUMNS)
    for one in outcomes:
        table.add_row(*_row(one))
    console = Console()
    console.print(table)
    for one in outcomes:
        if note := one.reason if isinstance(one, Skipped) else one.note:
            console.print(f"{one.name}: {note}", highlight=False)
    console.print(
        ", ".join(f"{name} {value}" for name, value in machine.items() if name != "durability"), highlight=False
    )


def _row(one: Outcome) -> tuple[str, ...]:
    if isinstance(one, Skipped):
        return (one.name, "skipped", *[""] * 7)
    peer, ratio = one.peer, one.ratio
    beside = (peer.name, number(peer.figure)) if peer else ("", "")
    asked = f"{_sign(one.bar)} {one.bar.ratio}" if one.bar.ratio else ""
    bar = f"{_sign(one.bar)} {number(one.bar.figure)}"
    shown = "" if ratio is None else f"{ratio:.2f}"
    return one.name, number(one.figure), one.unit, bar, *beside, shown, asked, "yes" if one.met else "no"


def _sign(bar: Bar) -> str:
    return "<=" if bar.most else ">="


def number(value: float) -> str:
    """Three figures or, from a hundred, whole numbers."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
