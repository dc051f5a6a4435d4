"""Tables of many rows lie in files, and say the same there."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from goodstanding import table_files

ROWS = pa.table({"number": [1, 2, 3, 4, 5], "text": ["a", None, "ü", "", "e" * 5000]})


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three rows are many, and two are written at once."""
    monkeypatch.setattr(table_files, "MANY", 3)
    monkeypatch.setattr(table_files, "AT_ONCE", 2)


def test_a_large_table_moves_to_a_file_and_takes_no_memory_of_its_own() -> None:
    """Its rows stay what they are, also once what was read of them was let go of."""
    allocated = pa.total_allocated_bytes()
    moved = table_files.move_to_file(ROWS)
    assert pa.total_allocated_bytes() == allocated
    assert moved.equals(ROWS)
    table_files.release_table_pages()
    assert moved.equals(ROWS)


def test_a_small_table_stays_where_it_is() -> None:
    """To write a file for few rows would take longer than all else."""
    small = ROWS.slice(0, 3)
    assert table_files.move_to_file(small) is small


@pytest.mark.parametrize("numbers", [[], [1], [2, 3], [1, 3, 5], [1, 2, 3, 4, 5]])
@pytest.mark.parametrize("rows", [3, 5])
def test_a_filter_keeps_the_same_rows_wherever_they_lie(numbers: list[int], rows: int) -> None:
    """Few or many, all or none: those that were asked for, in order."""
    table = ROWS.slice(0, rows)
    mask = pc.is_in(table.column("number"), pa.array(numbers, pa.int64()))
    assert table_files.filter_table(table, mask).equals(table.filter(mask))
