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
from goodstanding.register.projection.projector import get_projected_size
from goodstanding.register.storage.lifecycle import load_signer
from goodstanding.web.schemas.page_frame import RegisterInfo

P = ParamSpec("P")
R = TypeVar("R")


def describe_register() -> RegisterInfo:
    """What every answer says about the register."""
    register, reflected = config.get_current_register(), get_projected_size()
    return RegisterInfo(
        name=register.name,
        demonstration=register.demonstration,
        notice=get_demonstration_notice() if register.demonstration else None,
        ledger_size=reflected,
        checkpoint_at=find_signing_time(register.folder, reflected),
    )


def get_demonstration_notice() -> str:
    """What a demonstration register says on every page."""
    return _(
        "Demonstration: real data are old, each catalogue open on its data’s own last day. Aldermark and everything in "
        "it, and companies named 示例, are made up. Nothing is signed for use."
    )


@lru_cache(maxsize=8)
def find_signing_time(folder: Path, size: int) -> datetime | None:
    """When the checkpoint of a size was signed, where there is one."""
    try:
        note = notes.parse_note(proofs.get_checkpoint(size))
    except NotFound:
        return None
    return notes.read_signing_time(note, load_signer().verifier)


def cache_by_ledger_size(count: Callable[P, R]) -> Callable[P, R]:
    """Remembers what a count gave for this register at this ledger size; a longer ledger is counted anew."""
    counts: dict[tuple[object, ...], R] = {}

    @wraps(count)
    def once(*args: P.args, **kwargs: P.kwargs) -> R:
        register = config.get_current_register()
        register_state = (register.folder, register.generation(), get_projected_size())
        key = (*register_state, *args, *sorted(kwargs.items()))
        if key not in counts:
            for outdated_key in [cached_key for cached_key in counts if cached_key[:3] != register_state]:
                del counts[outdated_key]
            counts[key] = count(*args, **kwargs)
        return counts[key]

    return once
