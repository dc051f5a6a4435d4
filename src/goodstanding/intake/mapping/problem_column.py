"""The problems of findings as a column of their table, and what is added to it once the feed's query has run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyarrow as pa

from goodstanding.intake.problems import RowProblem, render_params

ProblemsByRow = dict[int, list[RowProblem]]


def add_problems(records: pa.Table, problems_by_row: Mapping[int, list[RowProblem]], always: bool = False) -> pa.Table:
    """The findings with more problems, by the number of one of their rows.

    What is said of a column already is not said twice, unless it is `always` to be said.
    """
    if not problems_by_row:
        return records
    column = records.column("problems")
    problem_lists = [
        [
            *existing_problems,
            *_iterate_new_problems([] if always else existing_problems, _join_problems(rows, problems_by_row)),
        ]
        for rows, existing_problems in zip(records.column("rows").to_pylist(), column.to_pylist(), strict=True)
    ]
    return records.set_column(records.column_names.index("problems"), "problems", pa.array(problem_lists, column.type))


def _join_problems(rows: list[int], problems_by_row: Mapping[int, list[RowProblem]]) -> list[RowProblem]:
    return [problem for row in rows for problem in problems_by_row.get(row, [])]


def _iterate_new_problems(
    existing_problems: list[dict[str, str | None]], problems: list[RowProblem]
) -> Iterator[dict[str, str | None]]:
    for problem in problems:
        if not any(other["column"] == problem.column for other in existing_problems):
            yield {
                "column": problem.column,
                "code": problem.code,
                "params": render_params(problem.message),
                "value": problem.value,
            }
