"""The refused rows of a sheet: each with its own problems, in the order of the sheet, however many there are."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from goodstanding import table_files
from goodstanding.intake.quarantine import row_refusals
from goodstanding.intake.quarantine.row_refusals import RefusedRows
from goodstanding.messages import IntakeMessage

TEXTS = [("column", pa.string()), ("code", pa.string()), ("params", pa.string()), ("value", pa.string())]
SCHEMA = pa.schema([("rows", pa.list_(pa.int64())), ("problems", pa.list_(pa.struct(TEXTS)))])


def build_problem(column: str, code: IntakeMessage = IntakeMessage.VALUE_MISSING) -> dict[str, Any]:
    """A problem as the table of findings has it."""
    return {"column": column, "code": str(code), "params": "{}", "value": None}


def build_rows(*findings: tuple[list[int], list[dict[str, Any]]]) -> RefusedRows:
    """The refused rows of some findings."""
    return RefusedRows(pa.Table.from_pylist([{"rows": rows, "problems": of} for rows, of in findings], schema=SCHEMA))


def list_columns(rows: RefusedRows) -> list[tuple[int, list[str]]]:
    """Each row with the columns of its problems."""
    return [(row, [problem.column for problem in problems]) for row, problems in rows.items()]


@pytest.mark.parametrize("many", [2, 100])
def test_rows_of_findings_that_lie_apart_come_in_the_order_of_the_sheet(
    monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    """Each row of a finding has its problems, also where they are looked at a few at a time and lie in a file."""
    monkeypatch.setattr(table_files, "MANY", many)
    monkeypatch.setattr(row_refusals, "AT_ONCE", 2)
    monkeypatch.setattr(row_refusals, "_AT_ONCE", 2)
    rows = build_rows(([3, 9], [build_problem("a")]), ([4, 5], [build_problem("b")]), ([1], [build_problem("c")]))
    assert list_columns(rows) == [(1, ["c"]), (3, ["a"]), (4, ["b"]), (5, ["b"]), (9, ["a"])]
    assert {problem.row for problem in rows.iterate_problems()} == {1, 3, 4, 5, 9}


def test_rows_are_counted_and_found_by_their_numbers() -> None:
    """A number that no refused row has is not among them, and nothing is where no row was refused."""
    rows = build_rows(([2], [build_problem("a")]), ([5], [build_problem("a")]))
    assert (len(rows), [number in rows for number in (1, 2, 3, 5, 6, None)]) == (
        2,
        [False, True, False, True, False, False],
    )
    assert (len(build_rows()), list(build_rows().items()), 1 in build_rows()) == (0, [], False)


def test_a_problem_is_told_once_and_nothing_beside_a_persons_number() -> None:
    """What is wrong twice is told once; of a row with a person's number that alone is told."""
    person = build_problem("b", IntakeMessage.ROW_OF_PERSON)
    rows = build_rows(
        ([1], [build_problem("a"), build_problem("a"), build_problem("b")]), ([2], [build_problem("a"), person])
    )
    assert list_columns(rows) == [(1, ["a", "b"]), (2, ["b"])]
