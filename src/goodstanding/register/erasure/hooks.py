"""Who else holds what an erasure removes: each room names its purger when it is ready, and the erasure calls them all.

A purger is named by its path, so that naming it loads nothing. It is called inside the transaction, before anything is
erased, with the positions of the events that go and the identifiers of the files that no record is left of.
"""

from __future__ import annotations

from collections.abc import Collection

from django.utils.module_loading import import_string

_models_by_purger: dict[str, tuple[str, ...]] = {}


def add_purger(path: str, models: tuple[str, ...]) -> None:
    """Names the function that clears `models` (app label and name) of what is erased; named again, nothing changes."""
    _models_by_purger[path] = models


def purge_other_holders(positions: Collection[int], identifiers: Collection[str]) -> None:
    """Has every room clear what it holds of the events at `positions` and of files with these `identifiers`."""
    for path in _models_by_purger:
        import_string(path)(positions, identifiers)


def list_purged_models() -> frozenset[str]:
    """The models that some purger clears."""
    return frozenset(model for models in _models_by_purger.values() for model in models)
