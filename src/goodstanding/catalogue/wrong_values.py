"""A value in a catalogue's file that means nothing: pydantic passes on why, and what would be right."""

from __future__ import annotations

from collections.abc import Iterable

from goodstanding.errors import CatalogueError
from goodstanding.messages import Message


class WrongValue(ValueError):
    """A value that means nothing where it stands."""

    def __init__(self, problem: Message, right: Message | None = None) -> None:
        super().__init__(f"{problem}; use, for example: {right}" if right else str(problem))
        self.problem, self.right = problem, right


def join_problems(problems: Iterable[CatalogueError]) -> CatalogueError | None:
    """The first of these errors, which tells the others too; what is found twice is told once."""
    different = dict[tuple[str | None, str], CatalogueError]()
    for problem in problems:
        different.setdefault((problem.where, problem.message), problem)
    if not different:
        return None
    first, *others = different.values()
    first.others = tuple(others)
    return first


def refuse_if_problems(problems: Iterable[CatalogueError]) -> None:
    """Nothing, or the first of these errors, which tells the others too."""
    if (problem := join_problems(problems)) is not None:
        raise problem
