"""The machine and the settings that figures depend on."""

from __future__ import annotations

import os
import platform
import sqlite3
from importlib.metadata import version
from typing import Any

LIBRARIES = ("duckdb", "pyarrow", "adbc-driver-sqlite", "django", "msgspec")


def describe_machine() -> dict[str, Any]:
    """Cores, memory, load, versions, and how durable a commit is."""
    return {
        "cores": os.cpu_count(),
        "memory_mb": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20,
        "load_1_5_15": os.getloadavg(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        **{name: version(name) for name in LIBRARIES},
        "durability": {
            "sqlite": "WAL; the ledger synchronous=FULL (fsync at every commit), the projection synchronous=NORMAL",
            "postgres": "as its server sets fsync and synchronous_commit; see the ingest's samples",
        },
    }
