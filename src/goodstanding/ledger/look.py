"""One look at the register: what is asked twice meanwhile is answered once, until something was written.

A look belongs to one thread. Whoever takes the ledger's lock, appends, or brings the projection up to date begins a new
one, so that what is read before writing is never what was read before waiting.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")
_look = threading.local()


@contextmanager
def one_look() -> Iterator[None]:
    """What `once` was told inside a `with` block it tells again: a page sees the register at one moment."""
    _look.answers = {}
    try:
        yield
    finally:
        _look.answers = None


def look_again() -> None:
    """Ends what was remembered: the register may have changed."""
    if getattr(_look, "answers", None):
        _look.answers = {}


def once(asked: Hashable, answer: Callable[[], T]) -> T:
    """The answer to a question, found once in a look; outside of one, found each time. Nobody changes what is given."""
    answers: dict[Hashable, Any] | None = getattr(_look, "answers", None)
    if answers is None:
        return answer()
    if asked not in answers:
        found = answer()
        answers = _look.answers  # finding it may have begun a new look
        answers[asked] = found
        return found
    return answers[asked]
