"""What a command loads before it begins: help needs no rules and no tables, a question to a register no site."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.acceptance.program import succeed

HEAVY = {"django", "duckdb", "pyarrow", "rich", "sqlglot", "ruamel.yaml", "cryptography", "goodstanding.catalogue"}
SITE = {
    "ninja",
    "requests",
    "altair",
    "typst",
    "holidays",
    "sqlglot",
    "ruamel.yaml",
    "granian",
    "goodstanding.urls",
}


def list_loaded_modules(arguments: list[str], cache: Path) -> set[str]:
    """The modules that are loaded when a command has ended."""
    code = f"""
import sys
from goodstanding.cli import main
sys.argv = ["goodstanding", *{arguments!r}]
try:
    main()
except SystemExit:
    pass
print(*sys.modules, file=sys.stderr)
"""
    environment = {"XDG_CACHE_HOME": str(cache), "HOME": str(cache)}
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, env=environment)
    return set(done.stderr.split())


@pytest.mark.parametrize("arguments", [["--help"], ["catalogue", "--help"], ["search", "--help"], ["--version"]])
def test_help_loads_nothing_heavy(arguments: list[str], tmp_path: Path) -> None:
    """Whoever asks for help waits for the command line alone."""
    loaded = list_loaded_modules(arguments, tmp_path)
    assert "goodstanding.cli.app" in loaded
    assert not HEAVY & loaded


def test_a_question_to_a_register_loads_no_site(register: Path, tmp_path: Path) -> None:
    """A search loads neither the site, nor calendars, nor what parses texts that were parsed before."""
    list_loaded_modules(["--register", str(register), "search", "nobody"], tmp_path)
    loaded = list_loaded_modules(["--register", str(register), "search", "nobody"], tmp_path)
    assert "goodstanding.register.search.faceted_search" in loaded
    assert not SITE & loaded


def test_a_command_leaves_nothing_beside_its_databases(tmp_path: Path) -> None:
    """However fast its process ends, a database is whole in its one file, so that this file may be copied."""
    folder = tmp_path / "register"
    succeed("init", folder, "--demonstration")
    left = [sorted(file.name for file in folder.rglob("*.sqlite3*"))]
    for command in (["catalogue", "enact", "uk-food-hygiene"], ["search", "nobody"], ["verify"]):
        succeed(*command, register=folder)
        left.append(sorted(file.name for file in folder.rglob("*.sqlite3*")))
    assert left == [["1.sqlite3", "ledger.sqlite3"]] * 4
