"""Why a row or a whole file was refused, in the clerk's own columns and in plain words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row, or (row None) a whole file, was refused; `value` is what stood there."""

    row: int | None
    column: str
    reason: str
    value: str | None = None

    def words(self) -> str:
        """In one line, for a clerk: `ratingdate: not a day such as 2015-02-16 ('soon')`."""
        shown = f" ({self.value!r})" if self.value is not None else ""
        return f"{self.column}: {self.reason}{shown}" if self.column else f"{self.reason}{shown}"
