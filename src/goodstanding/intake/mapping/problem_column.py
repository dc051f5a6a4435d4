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
    place, kind = records.column_names.index("problems"), records.schema.field("problems").type
    parts = records.select(["rows", "problems"]).to_batches()  # one by one: as Python's own values they are large
    columns = [pa.array(_extend_problems(part, problems_by_row, always), kind) for part in parts]
    return records.set_column(place, "problems", pa.chunked_array(columns, kind))


def _extend_problems(
    part: pa.RecordBatch, problems_by_row: Mapping[int, list[RowProblem]], always: bool
) -> list[list[dict[str, str | None]]]:
    return [
        [
            *existing_problems,
            *_iterate_new_problems([] if always else existing_problems, _join_problems(rows, problems_by_row)),
        ]
        for rows, existing_problems in zip(*(column.to_pylist() for column in part.columns), strict=True)
    ]


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
