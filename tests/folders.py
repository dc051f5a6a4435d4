"""Where tests write: in memory where there is room for it, since the ledger waits for the disk at every append."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

_MEMORY, _ROOM = Path("/dev/shm"), 6 << 30  # a file system in memory, and what a whole run may need of it


def get_temporary_folder() -> Path:
    """The folder for temporary files."""
    roomy = os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM
    return _MEMORY if roomy else Path(tempfile.gettempdir())
