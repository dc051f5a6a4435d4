"""What commands print: results on standard output (JSON with `--json`), progress and errors on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from goodstanding.plain_text import remove_forbidden_characters

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

GAP = 2  # characters after each column


@cache
def get_console(stderr: bool = False) -> Console:
    """Where people read: standard output, whose lines are never broken, or standard error."""
    from rich.console import Console

    return Console(highlight=False, stderr=stderr, soft_wrap=not stderr)


def print_result(value: Any, as_json: bool, show: Callable[[Any], None]) -> None:
    """Prints a result: as one JSON document, or as `show` does for people."""
    if as_json:
        import msgspec

        sys.stdout.buffer.write(msgspec.json.format(encode_json(value), indent=2) + b"\n")
        sys.stdout.flush()
    else:
        show(value)


def print_json_list(values: Iterable[Any]) -> None:
    """Prints a list as one JSON document, one value after the other: there may be more than fit into memory."""
    import msgspec

    separator = b"["
    for value in values:
        text = msgspec.json.format(encode_json(value), indent=2).replace(b"\n", b"\n  ")
        sys.stdout.buffer.write(separator + b"\n  " + text)
        separator = b","
    sys.stdout.buffer.write(b"[]\n" if separator == b"[" else b"\n]\n")
    sys.stdout.flush()


def encode_json(value: Any) -> bytes:
    """A result as JSON: dataclasses by their fields, days in ISO."""
    import msgspec

    return msgspec.json.encode(value, enc_hook=_encode_other)


def _encode_other(value: Any) -> Any:
    from pydantic import BaseModel

    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude={"files"})
    return str(value)


def print_line(text: str = "") -> None:
    """A line for people, as it is: names are never taken for markup, nor do they command the terminal."""
    print(remove_forbidden_characters(text), flush=True)


def print_paragraph(text: str, indent: int = 0) -> None:
    """A sentence or more for people, broken between words where the terminal ends."""
    import textwrap

    start = " " * indent
    lines = textwrap.wrap(
        remove_forbidden_characters(text), get_console().width, initial_indent=start, subsequent_indent=start,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
    print("\n".join(lines), flush=True)


def print_problem(text: str) -> None:
    """A line for people on standard error, in the same way."""
    get_console(stderr=True).print(remove_forbidden_characters(text), markup=False, soft_wrap=True)


def print_table(header: tuple[str, ...], rows: Iterator[tuple[Any, ...]] | list[tuple[Any, ...]]) -> None:
    """A plain table, wrapped between words where the terminal is narrow, and wider than it where words are long."""
    texts = [["" if cell is None else remove_forbidden_characters(str(cell)) for cell in row] for row in rows]
    console = get_console()
    console.print(build_table(header, texts, console.width), soft_wrap=True)


def build_table(header: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> Table:
    """A table for lines of `width` characters in which no word is broken: a column is as wide as its longest word."""
    from rich.table import Table
    from rich.text import Text

    widths = _column_widths([list(column) for column in zip(header, *rows, strict=True)], width)
    drawn = Table(box=None, padding=(0, GAP, 0, 0), header_style="bold", width=_line_width(widths))
    for name, column in zip(header, widths, strict=True):
        drawn.add_column(name, width=column)
    for row in rows:
        drawn.add_row(*map(Text, row))
    return drawn


def _column_widths(columns: list[list[str]], width: int) -> list[int]:
    """What each column gets: its longest word, and of what is left its share by what its longest line lacks."""
    from rich.cells import cell_len

    least = [max((cell_len(word) for text in column for word in text.split()), default=1) for column in columns]
    lacks = [max(map(cell_len, column)) - words for column, words in zip(columns, least, strict=True)]
    left = min(max(0, width - _line_width(least)), sum(lacks))
    return [words + left * lack // (sum(lacks) or 1) for words, lack in zip(least, lacks, strict=True)]


def _line_width(widths: Sequence[int]) -> int:
    return sum(widths) + GAP * len(widths)


@contextmanager
def show_progress(quiet: bool = False) -> Iterator[Callable[[str, int, int], None]]:
    """A function (what, done, total) that draws one bar for each thing that is done, on standard error."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:12}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=get_console(stderr=True), transient=True, disable=quiet) as bars:
        tasks: dict[str, Any] = {}

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield tell
