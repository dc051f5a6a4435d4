"""Choices of a random catalogue: mostly what the charter allows, and some as of somebody who would get round it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from random import Random
from typing import Any

from hypothesis import strategies as st

Content = dict[str, Any]
BASES = ("act art. 1", "act art. 2", "code art. 1")
WRONG_BASES = ("charter art. 11", "note art. 1")


@dataclass(frozen=True)
class Chooser:
    """Draws a catalogue's values; of a hundred choices that have odd values, so many are odd."""

    draw: Callable[[st.SearchStrategy[int]], int] | None
    odd_share: int = 0

    def draw_number(self, low: int, high: int) -> int:
        """A whole number, both ends included: all that is drawn is drawn by this."""
        assert self.draw is not None
        return self.draw(_build_numbers(low, high))

    def pick(self, usual: Sequence[Any], odd: Sequence[Any] = ()) -> Any:
        """One of the usual values, or now and then one of the odd ones."""
        values = odd if odd and self.is_odd() else usual
        return values[self.draw_number(0, len(values) - 1)]

    def is_odd(self) -> bool:
        """Whether a choice is an odd one."""
        return bool(self.odd_share) and self.is_so(self.odd_share)

    def is_so(self, percent: int) -> bool:
        """Whether something is so that is in so many of a hundred catalogues; what is simplest is no."""
        return self.draw_number(0, 99) >= 100 - percent

    def choose_some(self, values: Sequence[Any], percent: int = 50) -> list[Any]:
        """Each of the values, or not."""
        return [value for value in values if self.is_so(percent)]

    def drop_some(self, content: Content, *keys: str, percent: int = 50) -> Content:
        """The content, each of these keys left out or not; what is None is left out."""
        dropped = {key for key in keys if self.is_so(percent)}
        return {key: value for key, value in content.items() if key not in dropped and value is not None}

    def build_rule(self, **keys: Any) -> Content:
        """A rule with its basis, and now and then with what it says, a note, or that nobody compared it."""
        shared: Content = {"basis": self.pick(BASES, WRONG_BASES if self.is_odd() else ())}
        if self.is_so(6):
            shared |= {"says": "What it says.", "note": "A note.", "verified": self.pick((True, False))}
        if self.is_so(3):
            shared |= {"verified": "secondary", "read_in": "A newspaper"}
        return {"title": "A title"} | shared | {key: value for key, value in keys.items() if value is not None}

    def build_untitled(self, **keys: Any) -> Content:
        """The same for a rule without a title."""
        return {key: value for key, value in self.build_rule(**keys).items() if key != "title"}

    def shuffle(self, values: Sequence[Any]) -> list[Any]:
        """The same values in any order."""
        left = list(values)
        return [left.pop(self.draw_number(0, len(left) - 1)) for _ in values]


@dataclass(frozen=True)
class SeededChooser(Chooser):
    """Chooses at random by itself, which is quick where nothing has to be made smaller."""

    randomness: Random = field(default_factory=lambda: Random(1))

    def draw_number(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return self.randomness.randint(low, high)


@lru_cache
def _build_numbers(low: int, high: int) -> st.SearchStrategy[int]:
    return st.integers(low, high)
