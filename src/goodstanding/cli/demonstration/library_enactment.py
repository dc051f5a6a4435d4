"""The library's live catalogues in a demonstration: in force from the beginning, also where its making was cut off.

A mark stands in the folder from before the first event until all of them are in force.
"""

from __future__ import annotations

import fcntl

from goodstanding import config


def is_library_pending(register: config.RegisterSettings) -> bool:
    """Whether a demonstration with these very settings lacks some of its catalogues."""
    if not register.path(config.PENDING_FILE).exists():
        return False
    written = config.load_settings(register.folder, {})
    names = ("name", "origin", "database", "demonstration")
    return all(getattr(written, name) == getattr(register, name) for name in names)


def enact_pending_library() -> bool:
    """Puts into force what is not yet; whether something was left to do. Of two programs at once the second waits."""
    mark = config.get_current_register().path(config.PENDING_FILE)
    try:
        stream = mark.open("rb")
    except FileNotFoundError:
        return False
    with stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        if not mark.exists():
            return False
        _enact_library()
        mark.unlink()
    return True


def _enact_library() -> None:
    from goodstanding.catalogue import load_library
    from goodstanding.cli.demonstration.demo_days import OPENED_ON, find_instant
    from goodstanding.procedure.local_days import compute_local_day
    from goodstanding.register.projection.projector import catch_up
    from goodstanding.register.rules.enactment import enact_catalogue_at_once

    catch_up()
    recorded_at = find_instant(OPENED_ON)
    for catalogue in load_library().values():
        if catalogue.mode == "live":
            enact_catalogue_at_once(catalogue, compute_local_day(recorded_at, catalogue), recorded_at)
            catch_up()
