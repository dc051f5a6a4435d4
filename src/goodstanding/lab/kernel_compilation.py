"""How kernels are compiled, and where compiled code is kept: in a folder for each state of the laboratory's sources.

What numba keeps of a function is renewed when the function's own file changes, but not when a function that it has
taken in from another file does. So a kernel of older sources could live on after an upgrade.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from numba import config

LABORATORY = Path(__file__).parent
COMPILED = ("simulation", "world")  # the rooms with compiled functions
_PREFIX, _DIGITS = "kernels-", 16
# Compiled code that makes no arrays of its own need not count who uses them, which costs as much as its sums. Tables
# are wide, so that to hand them on by calls would cost more than all sums. And what is called by compiled code alone
# needs no door to Python, which takes a third of the time to compile.
PLAIN: dict[str, Any] = {
    "cache": True, "_nrt": False, "forceinline": True, "no_cpython_wrapper": True, "no_cfunc_wrapper": True,
}  # fmt: skip


def digest_sources(folder: Path = LABORATORY) -> str:
    """A digest of all sources that compiled code is made from, with their names."""
    digest = hashlib.sha256()
    for file in sorted({*folder.glob("*.py"), *(file for room in COMPILED for file in (folder / room).rglob("*.py"))}):
        digest.update(f"{file.relative_to(folder)}\n".encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:_DIGITS]


def choose_cache_folder(folder: Path = LABORATORY, place: Path | None = None) -> Path | None:
    """The folder for compiled code of these sources, those of others taken away; None where nothing can be written.

    It lies beside the sources, or in another place.
    """
    kept = (place or folder / "__pycache__") / (_PREFIX + digest_sources(folder))
    if not kept.is_dir():
        try:
            kept.mkdir(parents=True)
        except OSError:
            return None
        for older in kept.parent.glob(_PREFIX + "*"):
            if older != kept:
                shutil.rmtree(older, ignore_errors=True)
    return kept if os.access(kept, os.W_OK) else None


def set_cache_folder(folder: Path = LABORATORY) -> None:
    """Has numba keep compiled code in that folder, unless the environment names another (`NUMBA_CACHE_DIR`).

    Where neither the package nor the home of whoever runs it can be written, it is kept until the process ends.
    """
    if not os.environ.get("NUMBA_CACHE_DIR"):
        home = Path(os.environ.get("HOME", "/")) / ".cache" / "goodstanding"
        chosen = choose_cache_folder(folder) or choose_cache_folder(folder, home) or _make_passing_folder()
        config.CACHE_DIR = str(chosen)  # type: ignore[attr-defined]


def _make_passing_folder() -> str:
    folder = tempfile.mkdtemp(prefix="goodstanding-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
