"""The program as a person uses it: its output and its exit code, in this process or started as one of its own.

`run` calls the program's `main` here, which saves the two seconds of a start; `start` starts what is installed.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from goodstanding import config

PROGRAM = Path(sys.executable).with_name("goodstanding")
PATIENCE = 1800  # seconds until a program that hangs is given up; none is expected to take so long


@dataclass(frozen=True)
class CommandResult:
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


def build_environment(folder: Path | None = None, **variables: str) -> dict[str, str]:
    """This process's environment without a register's settings, but for those given."""
    left = ("GOODSTANDING_", "DJANGO_", "PYTHONDONTWRITEBYTECODE")  # each start would compile every module anew
    kept = {name: value for name, value in os.environ.items() if not name.startswith(left)}
    chosen = {"GOODSTANDING_REGISTER": str(folder)} if folder else {}
    return kept | {"COLUMNS": "200", "PATH": f"{PROGRAM.parent}:{kept['PATH']}"} | chosen | variables


def run_process(
    *arguments: object, register: Path | None = None, cwd: Path | None = None, **variables: str
) -> CommandResult:
    """Runs the installed program to its end, as a process of its own."""
    words = [str(PROGRAM), *map(str, arguments)]
    done = subprocess.run(
        words, env=build_environment(register, **variables), cwd=cwd, capture_output=True, timeout=PATIENCE, check=False
    )
    return CommandResult(done.returncode, done.stdout, done.stderr.decode().lstrip())


def run_in_process(
    *arguments: object, register: Path | None = None, cwd: Path | None = None, **variables: str
) -> CommandResult:
    """Runs the program to its end in this process, with an environment and a folder as for a process of its own."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _stream in range(2))
    with contextlib.ExitStack() as stack:
        stack.enter_context(mock.patch.dict(os.environ, build_environment(register, **variables), clear=True))
        stack.enter_context(mock.patch.object(sys, "argv", [str(PROGRAM), *map(str, arguments)]))
        stack.enter_context(contextlib.redirect_stdout(out))
        stack.enter_context(contextlib.redirect_stderr(err))
        stack.enter_context(contextlib.chdir(cwd or Path.cwd()))
        stack.enter_context(_no_register_in_use())
        code = _code()
    return CommandResult(code, out.buffer.getvalue(), err.buffer.getvalue().decode().lstrip())


def _code() -> int:
    try:
        from goodstanding.cli import main  # here, so that what it prints to at its start is what is captured

        main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except Exception:  # as the interpreter does where nobody catches it
        traceback.print_exc()
        return 1
    return 0


@contextlib.contextmanager
def _no_register_in_use() -> Iterator[None]:
    """Lets the program find its register by itself, and gives this process back the one it had."""
    with mock.patch.object(config, "_current", None):
        yield
    if config._current:
        config.activate_register(config._current)


def succeed(
    *arguments: object,
    register: Path | None = None,
    by: Callable[..., CommandResult] = run_in_process,
    **variables: str,
) -> CommandResult:
    """Runs the program and asserts that it ended well."""
    ran = by(*arguments, register=register, **variables)
    assert ran.code == 0, f"{arguments}: {ran.code}\n{ran.err}\n{ran.text()[-2000:]}"
    assert "Traceback" not in ran.err
    return ran


def assert_not_there(identifier: str, never_was: str, *options: str, register: Path) -> None:
    """Asserts that a standing is refused in the words and form in which that of what never was is refused."""
    commands = [("standing", subject, *options, "--json") for subject in (identifier, never_was)]
    hidden, unknown = (run_in_process(*command, register=register) for command in commands)
    assert (hidden.code, hidden.out) == (unknown.code, unknown.out) == (3, b"")
    assert hidden.err == unknown.err.replace(never_was, identifier)


def assert_holds(register: Path, **variables: str) -> int:
    """Asserts that `verify` finds nothing in a register; gives its ledger's size."""
    report = succeed("verify", "--json", register=register, **variables).json()
    assert (report["holds"], report["findings"]) == (True, [])
    return int(report["size"])
