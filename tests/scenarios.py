"""Registers in which something was played before: once for each kind of database, and from then on only copied."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

Play = Callable[[Path], Any]
Plays = tuple[tuple[str, str], ...]  # the module and name of each
COMMON = "tests.register_fixtures"  # whose scenarios every test may ask for
_PLAYS: dict[tuple[str, str], Play] = {}


@dataclass(frozen=True)
class PlayedRegister:
    """The folder of a register in which scenarios were played, and what each of them gave, by name."""

    folder: Path
    results: Mapping[str, Any]


def play_once(play: Play) -> Any:
    """A fixture by the name of `play`: the register of the test is a copy of one in which it was played.

    `play` writes its files into the folder that it is handed; the fixture gives what it gave. Of several scenarios of a
    test those of `COMMON` are played first, then in the order in which they are written.
    """
    name = play.__name__
    _PLAYS[play.__module__, name] = play

    @pytest.fixture(name=name)
    def get_result(register_folder: Any, played_register: PlayedRegister) -> Any:
        return played_register.results[name]

    return get_result


def list_plays(request: pytest.FixtureRequest) -> Iterator[tuple[str, str]]:
    """The scenarios that a test asks for, its own before common ones of the same name."""
    names = set(request.fixturenames)
    own = {name for module, name in _PLAYS if module == request.module.__name__ and name in names}
    for module, name in _PLAYS:
        if name in names and module == (request.module.__name__ if name in own else COMMON):
            yield module, name


def play_all(plays: Plays, files: Path) -> dict[str, Any]:
    """Plays scenarios in the register that is open; what each gave, by name."""
    return {key[1]: _PLAYS[key](files) for key in plays}


def name_plays(kind: str, plays: Plays) -> str:
    """The name of the folder in which these scenarios are kept for a whole run."""
    return f"played-{kind}-{hashlib.sha256(repr(plays).encode()).hexdigest()[:16]}"
