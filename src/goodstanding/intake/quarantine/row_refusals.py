"""The rows of a sheet that are refused, with their problems; of many rows some at a time are Python's own values."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from goodstanding.intake.problems import RowProblem, build_problem
from goodstanding.table_files import AT_ONCE, is_large, release_table_pages, write_table_file

_AT_ONCE = 5_000


class RefusedRows:
    """Refused rows in the order of their numbers; the problems of each are made anew whenever they are asked for."""

    def __init__(self, findings: pa.Table) -> None:
        self._table = _order_by_row(findings)
        self.numbers = array("q")
        for chunk in self._table.column("row").iterchunks():
            self.numbers.extend(chunk.to_pylist())

    def __len__(self) -> int:
        return len(self.numbers)

    def __contains__(self, row: object) -> bool:
        place = bisect_left(self.numbers, row) if isinstance(row, int) else len(self)
        return place < len(self) and self.numbers[place] == row

    def items(self) -> Iterator[tuple[int, list[RowProblem]]]:
        """Each row's number and problems."""
        for start in range(0, len(self), _AT_ONCE):
            some = self._table.slice(start, _AT_ONCE)
            for row, problems in zip(*(column.to_pylist() for column in some.columns), strict=True):
                yield row, _build_problems(row, problems)
            release_table_pages()

    def iterate_problems(self) -> Iterator[RowProblem]:
        """The problems of all rows."""
        return (problem for _row, problems in self.items() for problem in problems)


def _order_by_row(findings: pa.Table) -> pa.Table:
    """One row a row of the sheet, where a finding may be made of several that lie apart."""
    numbers, places = (work(findings.column("rows")) for work in (pc.list_flatten, pc.list_parent_indices))
    problems = findings.column("problems")
    if len(numbers) == len(problems) and pc.all(pc.less(numbers[:-1], numbers[1:])).as_py():
        return pa.table({"row": numbers, "problems": problems})
    order = pc.sort_indices(numbers)
    numbers, places = numbers.take(order), places.take(order)
    if not is_large(findings):
        return pa.table({"row": numbers, "problems": problems.take(places)})
    starts = range(0, len(numbers), AT_ONCE)
    parts = ((numbers.slice(start, AT_ONCE), problems.take(places.slice(start, AT_ONCE))) for start in starts)
    return write_table_file(pa.table({"row": rows, "problems": of_rows}) for rows, of_rows in parts)


def _build_problems(row: int, stated: list[dict[str, Any]]) -> list[RowProblem]:
    """The problems of a row, each once; where it names a natural person, that alone is told."""
    causes = dict.fromkeys((part["column"], part["code"], part["params"], part["value"]) for part in stated)
    problems = [build_problem(row, *cause) for cause in causes]
    return [problem for problem in problems if problem.is_of_person] or problems
