"""One face of the register for people at a terminal; `main` is what the command `goodstanding` does.

Every command starts by importing all modules of this room, so these import at their top only what is light: typer,
the settings, who may do what. Rules, tables and Django are imported inside the function that works with them.
"""

from goodstanding.cli.app import main

__all__ = ["main"]
