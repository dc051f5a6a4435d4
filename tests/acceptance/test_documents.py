"""Every command that a document shows is run, from top to bottom of each page, as CONTRIBUTING.md says."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.acceptance import short_data
from tests.acceptance.program import PATIENCE, build_environment

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
LIBRARY, DATA = "src/goodstanding/library", "src/goodstanding/demonstration/data"
_NAMED = re.compile(r"\b(?:uk-fhrs-row|mx-rfc):(\w+)")
_BLOCK = re.compile(r"(?:^(?P<before>[^\n]*)\n)?^```console\n(?P<lines>.*?)^```$", re.MULTILINE | re.DOTALL)


def list_commands(page: Path) -> Iterator[str]:
    """The commands of a page's blocks, but for blocks that say why they are not run."""
    for block in _BLOCK.finditer(page.read_text(encoding="utf-8")):
        if not re.fullmatch(r"<!-- not run: .+ -->", block["before"] or ""):
            yield from (line[2:] for line in block["lines"].splitlines() if line.startswith("$ "))


FOLLOWED = ROOT / "docs/tutorial/from-statute-to-register.md"  # with its files and pages, by test_tutorial
WITH_COMMANDS = [page for page in PAGES if page != FOLLOWED and any(list_commands(page))]


def test_documents_with_commands_are_found() -> None:
    """The first page and the tutorial have commands to run."""
    assert {"README.md", "first-register.md"} <= {page.name for page in WITH_COMMANDS}


@pytest.fixture
def repository_copy(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of what the documents name, without the repository's own out/.

    Unless everything is asked for, the large files are shorter: the whole ones are taken in for the demonstration.
    """
    for name in ("docs", LIBRARY, DATA):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("README.md", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    if not request.config.getoption("thorough"):
        named = {number for page in PAGES for number in _NAMED.findall(page.read_text(encoding="utf-8"))}
        for file, column in (short_data.PREMISES | short_data.COMPANIES).items():
            short_data.shorten_file(tmp_path / DATA / file, column, named)
    return tmp_path


@pytest.fixture
def shell_path(request: pytest.FixtureRequest) -> str:
    """The PATH of a shell: on it is a program that was started before, or the installed one if that is asked for."""
    installed = build_environment()["PATH"]
    return installed if request.config.getoption("thorough") else f"{request.getfixturevalue('launcher')}:{installed}"


@pytest.mark.parametrize("page", WITH_COMMANDS, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_of_a_page_ends_well(repository_copy: Path, shell_path: str, page: Path) -> None:
    """A page's blocks, one after the other in one shell, all end with 0."""
    script = "set -e -o pipefail\nmkdir -p out\n" + "\n".join(list_commands(page)) + "\n"
    words = ["bash", "-x", "-c", script]
    done = subprocess.run(
        words,
        cwd=repository_copy,
        env=build_environment(PATH=shell_path),
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-3000:]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files_that_are_there(page: Path) -> None:
    """A link inside the repository names a file of it."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text)]
    missing = [link for link in links if link and "://" not in link and not (page.parent / link).exists()]
    assert missing == []
