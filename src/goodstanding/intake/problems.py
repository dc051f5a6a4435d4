"""Why a row or a whole file was refused, in the clerk's own columns and in plain words; what is done by kind has a code.

Programs decide by `code`, never by the words of `reason`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar


class ProblemCode(StrEnum):
    """The kinds of problems after which quarantine does not do what it does after all others."""

    ERASED = "erased"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row, or (row None) a whole file, was refused; `value` is what stood there."""

    row: int | None
    column: str
    reason: str
    value: str | None = None
    code: ClassVar[ProblemCode | None] = None

    def words(self) -> str:
        """In one line, for a clerk: `ratingdate: not a day such as 2015-02-16 ('soon')`."""
        shown = f" ({self.value!r})" if self.value is not None else ""
        return f"{self.column}: {self.reason}{shown}" if self.column else f"{self.reason}{shown}"


@dataclass(frozen=True, slots=True)
class ErasedRecordProblem(RowProblem):
    """The row states a record that was erased here, so that nothing of it is kept."""

    code: ClassVar[ProblemCode | None] = ProblemCode.ERASED


@dataclass(frozen=True, slots=True)
class RepeatedRowProblem(RowProblem):
    """Another row of the file states the same finding, so that only a clerk can say which of the two is meant."""

    code: ClassVar[ProblemCode | None] = ProblemCode.REPEATED


_TYPES: Mapping[str, type[RowProblem]] = {
    problem_type.code: problem_type for problem_type in (ErasedRecordProblem, RepeatedRowProblem) if problem_type.code
}


def build_problem(row: int | None, column: str, reason: str, value: str | None, code: str) -> RowProblem:
    """A problem of the kind that a code names; of no kind of its own where the code is empty."""
    return _TYPES.get(code, RowProblem)(row, column, reason, value)
