"""One face of the register for people at a terminal; `main` is the command `goodstanding`."""

from goodstanding.cli.app import main

__all__ = ["main"]
