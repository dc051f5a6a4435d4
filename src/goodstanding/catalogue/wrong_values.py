"""A value in a catalogue's file that means nothing: pydantic passes on why, and what would be right."""

from __future__ import annotations

from goodstanding.messages import Message


class WrongValue(ValueError):
    """A value that means nothing where it stands."""

    def __init__(self, problem: Message, right: Message | None = None) -> None:
        super().__init__(f"{problem}; right would be {right}" if right else str(problem))
        self.problem, self.right = problem, right
