"""Registers made by the program's own commands."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from tests import shared_folders
from tests.acceptance import browsing, short_data, warm
from tests.acceptance.program import assert_holds, succeed


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What happens at random is tried from one seed on, or from many where everything is asked for, side by side."""
    if "seed" in metafunc.fixturenames:
        module = metafunc.module
        seeds, times = module.MANY if metafunc.config.getoption("thorough") else module.FEW
        metafunc.parametrize(("seed", "times"), [(module.SEED + number, times) for number in range(seeds)])


@pytest.fixture(scope="session")
def new_register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a new demonstration register with an overseer and a recipient, made once and then only copied."""
    folder = tmp_path_factory.mktemp("new") / "register"
    succeed("init", folder, "--demonstration")
    for name, role in (("Olga Overseer", "overseer"), ("Rex Recipient", "recipient")):
        succeed("account", "add", name, "--role", role, register=folder)
    return folder


@pytest.fixture
def register(new_register: Path, tmp_path: Path) -> Iterator[Path]:
    """A new demonstration register's folder; at the end of the test everything in it still holds."""
    folder = shutil.copytree(new_register, tmp_path / "register")
    yield folder
    assert_holds(folder)


@pytest.fixture(scope="session")
def launcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a program that was started before, for the front of a shell's PATH."""
    with warm.open_launcher(tmp_path_factory.mktemp("warm")) as folder:
        yield folder


@pytest.fixture(scope="session")
def demonstration(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the demonstration register, built once from the repository's own data; nobody may write to it.

    Unless everything is asked for, a twentieth of the premises is in it.
    """

    def build(folder: Path) -> None:
        thorough = request.config.getoption("thorough")
        data = short_data.DATA if thorough else short_data.copy_short_data(tmp_path_factory.mktemp("short") / "data")
        build_demonstration(folder, data)

    return shared_folders.make_once(tmp_path_factory, "demonstration", build)


def build_demonstration(folder: Path, data: Path) -> None:
    """Builds the demonstration register in a folder, with what the program says of it beside."""
    with mock.patch("goodstanding.cli.demonstration.demo_commands.locate_data_folder", return_value=data):
        ran = succeed("demo", "--no-serve", "--json", register=folder)
    (folder / "demo.json").write_bytes(ran.out)


@pytest.fixture(scope="module")
def browser(site: Any) -> Iterator[Any]:
    """A real browser; it is started after the register of the module's site is made, and ends with the module."""
    with browsing.start_browser() as opened:
        yield opened


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page in a context of its own."""
    opened = browsing.open_page(browser)
    yield opened
    opened.context.close()


@pytest.fixture(scope="session")
def axe_at(request: pytest.FixtureRequest) -> tuple[int, ...]:
    """The widths at which axe looks at a page; how it fits is looked at on both."""
    thorough = request.config.getoption("thorough")
    return (browsing.WIDE, browsing.NARROW) if thorough else (browsing.WIDE,)
