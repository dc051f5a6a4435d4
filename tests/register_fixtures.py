"""Registers with catalogues in force, and a clerk who sends files to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.clerk import WRITERS, Row
from tests.proceedings import get_asking_function
from tests.registers import NOW
from tests.scenarios import play_once

from goodstanding import config
from goodstanding.catalogue import Catalogue, load_library

LIBRARY = load_library()
ENACTED = date(2026, 1, 1)


def enact_catalogue_at_once(catalogue: Catalogue | str) -> int:
    """Puts a catalogue, or one of the library by name, into force in the register in use."""
    from goodstanding.register.projection.projector import catch_up
    from goodstanding.register.rules.enacted_catalogues import enact_catalogue

    chosen = LIBRARY[catalogue] if isinstance(catalogue, str) else catalogue
    enact_catalogue(chosen, ENACTED, NOW)
    return catch_up()


def send_rows(
    folder: Path,
    feed: str,
    rows: Sequence[Row],
    stated: str = "2015-02-16",
    form: str = "csv",
    name: str = "file",
    at: datetime = NOW,
    **options: Any,
) -> Any:
    """Writes rows as a file of a feed, stated on a day, into a folder, and takes it in: gives the Intake."""
    from goodstanding.intake.ingest import ingest_file

    file = WRITERS[form](folder / f"{name}_{stated}.{form}", rows)
    return ingest_file(file, feed, at, **options)


@pytest.fixture
def enact(register_folder: config.RegisterSettings) -> Callable[[Catalogue | str], int]:
    """Puts a catalogue, or one of the library by name, into force in the register of the test."""
    return enact_catalogue_at_once


@pytest.fixture
def asked_proceedings(register_folder: config.RegisterSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's register asks for proceedings, as every one does outside these tests."""
    from goodstanding.register.rules.enactments import enactment_fold

    monkeypatch.setattr(enactment_fold, "needs_proceeding", get_asking_function())


@pytest.fixture
def send(register_folder: config.RegisterSettings, tmp_path: Path) -> Callable[..., Any]:
    """Writes rows as a file of a feed, stated on a day, and takes it in: gives the Intake."""
    return partial(send_rows, tmp_path)


@play_once
def exclusion(_files: Path) -> None:
    """The register of the test has the catalogue procurement-exclusion in force."""
    enact_catalogue_at_once("procurement-exclusion")


@play_once
def hygiene(_files: Path) -> None:
    """The register of the test has the catalogue uk-food-hygiene in force."""
    enact_catalogue_at_once("uk-food-hygiene")


@play_once
def list_69b(_files: Path) -> None:
    """The register of the test has the catalogue mx-tax-69b in force."""
    enact_catalogue_at_once("mx-tax-69b")


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
