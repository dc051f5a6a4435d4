"""The problems of a row in quarantine as its table keeps them: column, code, parameters and value.

Rows that were put aside before problems had parameters have their words instead: column, words, value, and a code if
they had one. What has none gets it from the words of that time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from goodstanding.intake.problems import RowProblem, pack_message, unpack_message
from goodstanding.messages import IntakeMessage, Message, find_code

# Words of rows that are kept already: they never change, whatever the same is called today.
_ERASED_OF_OLD = (
    "a record with this reference was erased here, so it is not taken in again; another matter needs its own"
)
_REPEATED_OF_OLD = "the same finding stands in row "


def render_problems(problems: Iterable[RowProblem]) -> str:
    """Problems as the table keeps them."""
    parts = [
        {"column": problem.column, **pack_message(problem.message), "value": problem.value} for problem in problems
    ]
    return json.dumps(parts, ensure_ascii=False)


def parse_problems(row: int | None, kept_text: str) -> tuple[RowProblem, ...]:
    """Problems from what the table keeps, of a row or (None) a whole file."""
    return tuple(
        RowProblem(row, stored["column"], unpack_message(stored), stored["value"])
        if isinstance(stored, dict)
        else _build_problem_of_old(row, *stored)
        for stored in json.loads(kept_text)
    )


def _build_problem_of_old(
    row: int | None, column: str, words: str, value: str | None, code: str | None = None
) -> RowProblem:
    kind = _derive_code_of_old(words) if code is None else find_code(code) or IntakeMessage.WORDS_OF_OLD
    return RowProblem(row, column, Message(kind, {"words": words}), value)


def _derive_code_of_old(words: str) -> IntakeMessage:
    """The code of a problem that was kept without one: the only place that looks at words."""
    if words == _ERASED_OF_OLD:
        return IntakeMessage.ERASED_OF_OLD
    is_repeated = words.startswith(_REPEATED_OF_OLD)
    return IntakeMessage.REPEATED_OF_OLD if is_repeated else IntakeMessage.WORDS_OF_OLD
