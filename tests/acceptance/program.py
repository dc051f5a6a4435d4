"""The program as a person starts it: a process of its own, its output, its exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROGRAM = Path(sys.executable).with_name("goodstanding")


@dataclass(frozen=True)
class Ran:
    """What a command printed and with which code it ended."""

    code: int
    out: bytes
    err: str

    def json(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)

    def text(self) -> str:
        """Standard output as text."""
        return self.out.decode()


def environment(folder: Path | None = None, **more: str) -> dict[str, str]:
    """This process's environment without a register's settings, but for those given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GOODSTANDING_", "DJANGO_"))}
    chosen = {"GOODSTANDING_REGISTER": str(folder)} if folder else {}
    return kept | {"COLUMNS": "200", "PATH": f"{PROGRAM.parent}:{kept['PATH']}"} | chosen | more


def run(*arguments: object, register: Path | None = None, cwd: Path | None = None, **more: str) -> Ran:
    """Runs the program to its end."""
    words = [str(PROGRAM), *map(str, arguments)]
    done = subprocess.run(
        words, env=environment(register, **more), cwd=cwd, capture_output=True, timeout=300, check=False
    )
    return Ran(done.returncode, done.stdout, done.stderr.decode().lstrip())


def succeed(*arguments: object, register: Path | None = None, **more: str) -> Ran:
    """Runs the program and asserts that it ended well."""
    ran = run(*arguments, register=register, **more)
    assert ran.code == 0, f"{arguments}: {ran.code}\n{ran.err}\n{ran.text()[-2000:]}"
    assert "Traceback" not in ran.err
    return ran


def assert_holds(register: Path, **more: str) -> int:
    """Asserts that `verify` finds nothing in a register; gives its ledger's size."""
    said = succeed("verify", "--json", register=register, **more).json()
    assert (said["holds"], said["findings"]) == (True, [])
    return int(said["size"])
