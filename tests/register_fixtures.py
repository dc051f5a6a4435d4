"""Registers with catalogues in force, and a clerk who sends files to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.clerk import WRITERS, Row
from tests.registers import NOW

from goodstanding import config
from goodstanding.catalogue import Catalogue, load_library

LIBRARY = load_library()
ENACTED = date(2026, 1, 1)


@pytest.fixture
def enact(register_folder: config.RegisterSettings) -> Callable[[Catalogue | str], int]:
    """Puts a catalogue, or one of the library by name, into force in the register of the test."""
    from goodstanding.register.projection.projector import catch_up
    from goodstanding.register.rules.enacted_catalogues import enact_catalogue

    def put(catalogue: Catalogue | str) -> int:
        chosen = LIBRARY[catalogue] if isinstance(catalogue, str) else catalogue
        enact_catalogue(chosen, ENACTED, NOW)
        return catch_up()

    return put


@pytest.fixture
def exclusion(enact: Callable[[Catalogue | str], int]) -> None:
    """The register of the test has the catalogue procurement-exclusion in force."""
    enact("procurement-exclusion")


@pytest.fixture
def send(register_folder: config.RegisterSettings, tmp_path: Path) -> Callable[..., Any]:
    """Writes rows as a file of a feed, stated on a day, and takes it in: gives the Intake."""
    from goodstanding.intake.ingest import ingest_file

    def sent(
        feed: str,
        rows: Sequence[Row],
        stated: str = "2015-02-16",
        form: str = "csv",
        name: str = "file",
        at: datetime = NOW,
        **options: Any,
    ) -> Any:
        file = WRITERS[form](tmp_path / f"{name}_{stated}.{form}", rows)
        return ingest_file(file, feed, at, **options)

    return sent


@pytest.fixture
def hygiene(enact: Callable[[str], int]) -> None:
    """The register of the test has the catalogue uk-food-hygiene in force."""
    enact("uk-food-hygiene")


@pytest.fixture
def list_69b(enact: Callable[[str], int]) -> None:
    """The register of the test has the catalogue mx-tax-69b in force."""
    enact("mx-tax-69b")


@pytest.fixture
def assert_register_holds(register_folder: config.RegisterSettings) -> Callable[[], None]:
    """Asserts that the ledger holds and that the tables are what a fresh projection gives."""
    from goodstanding.register.projection.verification import verify_register

    def asserted() -> None:
        assert verify_register().findings == ()

    return asserted


def instant_after(days: int) -> datetime:
    """An instant some days after the register was opened."""
    return NOW + timedelta(days=days)
