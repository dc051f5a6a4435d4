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
_cache = threading.local()


@contextmanager
def open_read_cache() -> Iterator[None]:
    """What `once` was told inside a `with` block it tells again: a page sees the register at one moment."""
    _cache.answers = {}
    try:
        yield
    finally:
        _cache.answers = None


def invalidate_read_cache() -> None:
    """Ends what was remembered: the register may have changed."""
    if getattr(_cache, "answers", None):
        _cache.answers = {}


def read_cached(question: Hashable, answer: Callable[[], T]) -> T:
    """The answer to a question, found once in a look; outside of one, found each time. Nobody changes what is given."""
    answers: dict[Hashable, Any] | None = getattr(_cache, "answers", None)
    if answers is None:
        return answer()
    if question not in answers:
        computed = answer()
        answers = _cache.answers  # finding it may have begun a new look
        answers[question] = computed
        return computed
    return answers[question]
