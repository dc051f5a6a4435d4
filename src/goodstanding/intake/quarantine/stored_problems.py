"""The problems of a row in quarantine as its table keeps them: column, reason, value, and the code of those that have one.

Rows that were put aside before there were codes have three parts; their code is derived from the words of that time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from goodstanding.intake.problems import ProblemCode, RowProblem, build_problem

# Words of rows that are kept already: they never change, whatever the same is called today.
_ERASED_OF_OLD = (
    "a record with this reference was erased here, so it is not taken in again; another matter needs its own"
)
_REPEATED_OF_OLD = "the same finding stands in row "


def render_problems(problems: Iterable[RowProblem]) -> str:
    """Problems as the table keeps them."""
    parts = [[problem.column, problem.reason, problem.value, problem.code or ""] for problem in problems]
    return json.dumps(parts, ensure_ascii=False)


def parse_problems(row: int | None, kept_text: str) -> tuple[RowProblem, ...]:
    """Problems from what the table keeps, of a row or (None) a whole file."""
    return tuple(
        build_problem(row, column, reason, value, code[0] if code else _derive_code_of_old(reason))
        for column, reason, value, *code in json.loads(kept_text)
    )


def _derive_code_of_old(reason: str) -> str:
    """The code of a problem that was kept without one: the only place that looks at words."""
    if reason == _ERASED_OF_OLD:
        return ProblemCode.ERASED
    return ProblemCode.REPEATED if reason.startswith(_REPEATED_OF_OLD) else ""
