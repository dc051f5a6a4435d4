"""Folders that one test run makes once for all its processes: what takes long to build is built by one of them."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest


def make_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder of a name that `make` fills, by whichever process of the run asks first; the others wait for it."""
    processes = "PYTEST_XDIST_WORKER" in os.environ  # then each has a folder of its own within that of the run
    run = factory.getbasetemp().parent if processes else factory.getbasetemp()
    folder = run / name
    with (run / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            unfinished = run / f"{name}-unfinished"
            make(unfinished)
            unfinished.rename(folder)
    return folder
