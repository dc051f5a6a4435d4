"""Files of many rows are worked on in parts that lie on the disk: all comes out as if they were worked on at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.clerk import Row, mx_row, nyc_row, rfc, uk_row, write_establishments, write_parquet

from goodstanding import table_files
from goodstanding.catalogue import load_library
from goodstanding.intake.files.reader import read_file
from goodstanding.intake.mapping import feed_mapping
from goodstanding.messages import IntakeMessage

LIBRARY = load_library()
STATED = date(2021, 5, 18)
UK_ROWS = [
    uk_row(1),
    uk_row(2, hygiene="7"),
    uk_row(3, ratingdate=""),
    uk_row(""),
    uk_row(4),
    uk_row(5),
    uk_row(1),
    uk_row(4, hygiene="10"),
    uk_row(""),
    uk_row(6, businessname="a\nb"),
    uk_row(1),
]


def make_parts_small(patch: pytest.MonkeyPatch) -> None:
    """Few rows are many, so that a file of a dozen is worked on in parts, which end in other places at every step."""
    patch.setattr(table_files, "MANY", 2)
    patch.setattr(table_files, "AT_ONCE", 2)
    patch.setattr(feed_mapping, "PART", 3)


def map_file(file: Path, feed: str, catalogue: str) -> list[dict[str, Any]]:
    """The findings of a file."""
    rules = LIBRARY[catalogue]
    sheet = read_file(file, rules.feeds[feed])
    findings = feed_mapping.map_rows_to_records(sheet, rules.feeds[feed], rules, STATED, file.parent)
    return list(findings.to_pylist())


@pytest.mark.parametrize(
    ("feed", "catalogue", "rows"),
    [
        ("uk-fhrs", "uk-food-hygiene", UK_ROWS),
        ("mx-sat-69b", "mx-tax-69b", [mx_row(rfc(number % 5), number=str(number)) for number in range(9)]),
        (
            "us-nyc-inspections",
            "us-nyc-food-grades",
            [nyc_row(number % 4, score="x" if number == 6 else str(number)) for number in range(9)],
        ),
    ],
)
def test_findings_of_parts_are_those_of_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, feed: str, catalogue: str, rows: list[Row]
) -> None:
    """Repeats, contradictions, groups and all problems are found across parts, in the order of the file."""
    file = write_parquet(tmp_path / "file.parquet", rows)
    write_establishments(tmp_path, *range(4))
    whole = map_file(file, feed, catalogue)
    make_parts_small(monkeypatch)
    assert map_file(file, feed, catalogue) == whole
    assert any(finding["problems"] for finding in whole)


def test_a_file_in_parts_repeats_and_leaves_out_as_one_at_once(
    list_69b: None, send: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, assert_register_holds: Callable[[], None]
) -> None:
    """What another part says twice is put aside once, what no part says is withdrawn, and the others go in in order."""
    make_parts_small(monkeypatch)
    monkeypatch.setattr("goodstanding.intake.ingest.CHUNK", 4)
    rows = [mx_row(rfc(number)) for number in range(11)]
    assert send("mx-sat-69b", rows, stated="2021-05-18", form="parquet").issued == 11
    changed = mx_row(rfc(5), name="EJEMPLO MUDADO, S.A. DE C.V.")
    taken = send("mx-sat-69b", [*rows[:5], changed, *rows[6:10], rows[0]], stated="2021-06-18", form="parquet")
    assert (taken.issued, taken.corrected, taken.unchanged, taken.withdrawn, taken.quarantined) == (0, 1, 9, 1, 1)
    assert [(problem.row, problem.code) for problem in taken.problems] == [(11, IntakeMessage.ROW_REPEATED)]
    assert [note.code for note in taken.notes] == [IntakeMessage.OMITTED_WITHDRAWN]
    assert_register_holds()


def test_rows_put_aside_from_a_file_in_parts_keep_their_cells(
    hygiene: None, send: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, assert_register_holds: Callable[[], None]
) -> None:
    """Each refused row waits with its own cells, and ends its wait when another file in parts mends it."""
    from goodstanding.intake.quarantine.quarantine_entries import list_open_entries

    make_parts_small(monkeypatch)
    monkeypatch.setattr("goodstanding.intake.ingest.CHUNK", 4)
    rows = [uk_row(number, hygiene="7" if number in (2, 7) else "0") for number in range(1, 10)]
    assert send("uk-fhrs", rows, form="parquet").issued == 7
    assert [(entry.row, entry.cells["row_id"]) for entry in list_open_entries()] == [(2, "2"), (7, "7")]
    mended = [uk_row(number, hygiene="7" if number == 2 else "0") for number in range(1, 10)]
    assert send("uk-fhrs", mended, form="parquet", name="again").issued == 1
    assert {entry.cells["row_id"] for entry in list_open_entries()} == {"2"}
    assert_register_holds()
