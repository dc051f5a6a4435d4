"""What commands print: results on standard output (JSON with `--json`), progress and errors on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

_CURSOR_MOVES = dict.fromkeys((7, 8, 11, 12, 13))


@cache
def get_console(stderr: bool = False) -> Console:
    """Where people read: standard output, whose lines are never broken, or standard error."""
    from rich.console import Console

    return Console(highlight=False, stderr=stderr, soft_wrap=not stderr)


def emit(value: Any, as_json: bool, show: Callable[[Any], None]) -> None:
    """Prints a result: as one JSON document, or as `show` does for people."""
    if as_json:
        import msgspec

        sys.stdout.buffer.write(msgspec.json.format(as_json_bytes(value), indent=2) + b"\n")
        sys.stdout.flush()
    else:
        show(value)


def as_json_bytes(value: Any) -> bytes:
    """A result as JSON: dataclasses by their fields, days in ISO."""
    import msgspec

    return msgspec.json.encode(value, enc_hook=_plain)


def _plain(value: Any) -> Any:
    from pydantic import BaseModel

    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude={"files"})
    return str(value)


def say(text: str = "") -> None:
    """A line for people, as it is: names are never taken for markup, nor can they move the cursor."""
    print(text.translate(_CURSOR_MOVES), flush=True)


def table(header: tuple[str, ...], rows: Iterator[tuple[Any, ...]] | list[tuple[Any, ...]]) -> None:
    """A plain table."""
    from rich.table import Table

    made = Table(box=None, pad_edge=False, header_style="bold")
    for name in header:
        made.add_column(name, overflow="fold")
    for row in rows:
        made.add_row(*(_escaped(cell) for cell in row))
    get_console().print(made)


def _escaped(cell: Any) -> str:
    from rich.markup import escape

    return escape("" if cell is None else str(cell))


@contextmanager
def progress(quiet: bool = False) -> Iterator[Callable[[str, int, int], None]]:
    """A function (what, done, total) that draws one bar for each thing that is done, on standard error."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:12}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=get_console(stderr=True), transient=True, disable=quiet) as bars:
        tasks: dict[str, Any] = {}

        def tell(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done, total=total)

        yield tell
