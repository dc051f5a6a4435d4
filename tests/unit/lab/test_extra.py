"""The laboratory's libraries are an extra: the register needs none of them."""

from __future__ import annotations

import subprocess
import sys

import pytest


def run_python(code: str) -> str:
    """What a program prints, in a process of its own."""
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("library", ["numba", "numpy"])
def test_without_its_extra_the_laboratory_says_what_to_install(library: str) -> None:
    """The library that is missing, and the command that brings it."""
    code = f"""
import sys
sys.modules[{library!r}] = None  # as where it is not installed
from goodstanding.errors import LaboratoryError
try:
    import goodstanding.lab
except LaboratoryError as missing:
    print(missing.diagnostics())
"""
    text = run_python(code)
    assert f"The laboratory needs {library}, which is not installed." in text
    assert 'use, for example: pip install "goodstanding[lab]"' in text


def test_the_command_of_the_register_loads_neither_numba_nor_the_laboratory() -> None:
    """Who keeps a register does not wait for libraries of the laboratory."""
    code = """
import sys
import goodstanding.cli.app
print(sorted(name for name in sys.modules if name in ("numba", "numpy", "scipy", "jinja2", "goodstanding.lab")))
"""
    assert run_python(code) == "[]\n"


def test_the_command_of_the_laboratory_says_what_to_install() -> None:
    """It ends as bad input does, with the command that brings what is missing, and no trace of the program."""
    code = """
import sys
sys.modules["numba"] = None  # as where it is not installed
sys.argv = ["goodstanding", "lab", "list"]
from goodstanding.cli import main
main()
"""
    ended = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert ended.returncode == 3
    assert 'use, for example: pip install "goodstanding[lab]"' in ended.stderr
    assert "Traceback" not in ended.stderr
