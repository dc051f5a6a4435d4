"""Applications for a listing that were made in a window, by what their source answered, or that it let time pass."""

from __future__ import annotations

from goodstanding.register.applications import Application, applications
from goodstanding.register.authorities import offices
from goodstanding.register.oversight.grids import Grid
from goodstanding.register.oversight.windows import Window

ANSWERS = ("proposed", "declined", "waiting", "silent")


def asked(window: Window) -> Grid:
    """By source, the applications made in a window, as they stand on its day."""
    tree = offices()
    found = [one for one in applications() if window.since <= one.day < window.until and one.day <= window.at]
    return Grid.of(ANSWERS, [(tree.now(one.asked.source), _became(one, window), 1) for one in found])


def _became(one: Application, window: Window) -> str:
    if one.proposed_on is not None and one.proposed_on <= window.at:
        return "proposed"
    if one.declined_on is not None and one.declined_on <= window.at:
        return "declined"
    return "silent" if window.at >= one.answer_until else "waiting"
