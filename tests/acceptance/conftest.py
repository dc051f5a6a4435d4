"""Registers made by the real program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.acceptance.program import assert_holds, succeed

DATA = Path(__file__).parents[2] / "src" / "goodstanding" / "demonstration" / "data"


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Path]:
    """A new demonstration register's folder; at the end of the test everything in it still holds."""
    folder = tmp_path / "register"
    succeed("init", folder, "--demonstration")
    yield folder
    assert_holds(folder)


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the demonstration register, built once from the repository's own data; nobody may write to it."""
    folder = tmp_path_factory.mktemp("demonstration") / "register"
    ran = succeed("demo", "--no-serve", "--json", register=folder)
    (folder / "demo.json").write_bytes(ran.out)
    return folder
