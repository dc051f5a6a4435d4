"""One face of the register for people at a terminal; `main` is what the command `goodstanding` does.

Every command starts by importing all modules of this room, so these import at their top only what is light: typer,
the settings, who may do what. Rules, tables and Django are imported inside the function that works with them.
"""

import gc

COLLECTED_AFTER = 200_000  # objects: imports make many that stay, and to look for garbage among them takes a tenth
gc.set_threshold(COLLECTED_AFTER)

from goodstanding.cli.app import main  # noqa: E402  it imports all commands

__all__ = ["main"]
