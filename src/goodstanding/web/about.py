"""What every answer says about the register itself, and totals that are counted once for each ledger size."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache, wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from django.utils.translation import gettext as _

from goodstanding import config
from goodstanding.errors import NotFound
from goodstanding.ledger import notes, proofs
from goodstanding.register.opening import signer
from goodstanding.register.store import rows
from goodstanding.web.shapes import About

P = ParamSpec("P")
R = TypeVar("R")


def size() -> int:
    """The ledger size that pages reflect: that of the register's tables."""
    found = rows("SELECT size FROM progress")
    return int(found[0][0]) if found else 0


def about() -> About:
    """What every answer says about the register."""
    register, reflected = config.current(), size()
    return About(
        name=register.name,
        demonstration=register.demonstration,
        notice=notice() if register.demonstration else None,
        ledger_size=reflected,
        checkpoint_at=_signed_at(register.folder, reflected),
    )


def notice() -> str:
    """What a demonstration register says on every page."""
    return _(
        "Demonstration: old data, each catalogue open on its data’s own last day; companies named 示例 are made up. "
        "Nothing is signed for use."
    )


@lru_cache(maxsize=8)
def _signed_at(folder: Path, reflected: int) -> datetime | None:
    try:
        note = notes.parse(proofs.checkpoint(reflected))
    except NotFound:
        return None
    return notes.time_of(note, signer().verifier)


def counted(count: Callable[P, R]) -> Callable[P, R]:
    """Remembers what a count gave for this register at this ledger size; a longer ledger is counted anew."""
    held: dict[tuple[object, ...], R] = {}

    @wraps(count)
    def once(*args: P.args, **kwargs: P.kwargs) -> R:
        register = config.current()
        here = (register.folder, register.generation(), size())
        key = (*here, *args, *sorted(kwargs.items()))
        if key not in held:
            for old in [one for one in held if one[:3] != here]:
                del held[old]
            held[key] = count(*args, **kwargs)
        return held[key]

    return once
