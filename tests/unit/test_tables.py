"""Tables on a terminal and in a pipe: no word is ever broken or left out."""

from __future__ import annotations

import pytest
from benchmarks.harness.results import Bar, Peer, Result, Skipped
from benchmarks.harness.results_table import print_results
from rich.cells import cell_len
from rich.console import Console

from goodstanding.cli.output import build_table

HEADER = ("catalogue", "title", "basis")
ROWS = [
    ("cn-judgment-debtors-organisations", "Organisations that did not perform a judgment, China", "spc-2017 art. 1"),
    ("食品安全信用分级管理办法", "信用 修复", "food-law-code-of-practice annex. 5"),
    ("[red]no markup[/red]", ":smile: no picture", ""),
]


def draw_table(width: int) -> str:
    """The table as it is printed to lines of a width."""
    console = Console(width=width, force_terminal=False)
    with console.capture() as printed:
        console.print(build_table(HEADER, ROWS, width), soft_wrap=True)
    return printed.get()


@pytest.mark.parametrize("width", [40, 80, 90, 117, 200])
def test_every_word_of_a_table_is_whole(width: int) -> None:
    """Cells are wrapped between words only, and a table of long words is wider than the terminal."""
    words = draw_table(width).split()
    for text in (*HEADER, *(cell for row in ROWS for cell in row)):
        assert set(text.split()) <= set(words), text


@pytest.mark.parametrize("width", [90, 100, 117, 300])
def test_a_table_that_fits_is_as_wide_as_the_terminal_at_most(width: int) -> None:
    """Where whole words fit, no line is wider than the terminal; a Chinese character is two columns wide."""
    assert max(map(cell_len, draw_table(width).splitlines())) <= width


def test_benchmarks_are_printed_in_whole_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """At 80 columns and through a pipe a result's name, figures, unit, peer, bars and note can all be read."""
    monkeypatch.setenv("COLUMNS", "80")
    name, peer = "effects of 1,234,567 subjects at one day", "OpenFisca-core, the same rule"
    result = Result(
        name, 8_765_432, "subject-rules/s", Bar(5e6, most=False, ratio=1.5), Peer(peer, 4_321_000), {}, "so"
    )
    print_results([result, Skipped("pages, postgres", "no server")], {"cores": 2})
    printed = capsys.readouterr().out
    expected = f"{name} {peer}: 8,765,432 subject-rules/s >=5,000,000 4,321,000 2.03 (>=1.5) yes pages, skipped"
    assert set(expected.split()) <= set(printed.split())
    assert "pages, postgres: no server" in printed
