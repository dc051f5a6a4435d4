"""The one tree of errors."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from goodstanding import errors
from goodstanding.cli.app import EXITS
from goodstanding.errors import GoodstandingError
from goodstanding.messages import AccessMessage, Message


def _list_subclasses(kind: type[GoodstandingError]) -> Iterator[type[GoodstandingError]]:
    yield kind
    for subclass in kind.__subclasses__():
        yield from _list_subclasses(subclass)


EVERY = [kind for kind in _list_subclasses(GoodstandingError) if kind.__module__ == errors.__name__]


def _list_drawn() -> list[tuple[str, str]]:
    """Each class of the tree drawn in the docstring, with the class above it."""
    above: list[str] = []
    pairs = []
    for line in (errors.__doc__ or "").splitlines():
        if match := re.match(r"^(?P<ahead>[│├└─ ]*)(?P<name>[A-Z][A-Za-z]+)(  .*)?$", line):
            depth = len(match["ahead"]) // 4
            if match["name"] != "GoodstandingError" and depth == 0:
                continue
            above[depth:] = [match["name"]]
            pairs.append((match["name"], above[depth - 1] if depth else ""))
    return pairs


def test_the_tree_that_is_drawn_is_the_tree_that_is() -> None:
    """Every class stands in the drawing below the class it derives from, and nothing else does."""
    real = [(kind.__name__, kind.__bases__[0].__name__ if kind is not GoodstandingError else "") for kind in EVERY]
    assert sorted(_list_drawn()) == sorted(real)


def test_codes_are_distinct() -> None:
    """Every class has a code of its own, stable and in one form."""
    codes = [vars(kind).get("code") for kind in EVERY]
    assert None not in codes
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", str(code)) for code in codes)


@pytest.mark.parametrize("kind", EVERY, ids=lambda kind: kind.__name__)
def test_an_error_says_what_where_and_what_would_be_right(kind: type[GoodstandingError]) -> None:
    """The diagnostics are the message, the place and the remedy, each on its line; what is not known is left out."""
    assert kind.__doc__
    assert str(kind("It is wrong.")) == "It is wrong."
    rule = Message(AccessMessage.FILE_FOR_SUBJECT)
    label = "because" if issubclass(kind, errors.NotAllowed) else "use, for example"
    for remedy, named in (("this", "use, for example"), ("Do this.", "what to do"), (rule, label)):
        assert kind("It is wrong.", where="line 3", remedy=remedy).diagnostics().splitlines() == [
            "It is wrong.", "  where: line 3", f"  {named}: {remedy}",
        ]  # fmt: skip


@pytest.mark.parametrize("kind", EVERY, ids=lambda kind: kind.__name__)
def test_every_error_ends_the_program_with_a_documented_code(kind: type[GoodstandingError]) -> None:
    """Each class has an exit code from 1 to 5, as the command line documents them."""
    from goodstanding.cli import app

    exit_code = next(code for base, code in EXITS if issubclass(kind, base))
    assert re.search(rf"^ *{exit_code}  ", app.__doc__ or "", re.MULTILINE)
