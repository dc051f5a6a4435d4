"""Files that only their owner can read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def write_private_file(file: Path, content: bytes) -> None:
    """Writes a file that only its owner can read; refuses to replace one."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)


@contextmanager
def keep_files_private() -> Iterator[None]:
    """What is made inside a `with` block, by whatever library, only its owner can read."""
    earlier = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(earlier)
