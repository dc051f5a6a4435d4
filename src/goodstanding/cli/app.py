"""The command `goodstanding`, its sub-commands and exit codes.

0  done, and everything asked about holds
1  something does not hold (verify, catalogue check)
2  wrong use of the command
3  bad input: a file, a catalogue, an identifier, a day
4  no register there, or it cannot be opened
5  not allowed
"""

from __future__ import annotations

import atexit
import os
import sys
from typing import NoReturn

import typer

from goodstanding import __version__, config
from goodstanding.cli import (
    catalogue_commands,
    charter_commands,
    erasure_commands,
    intake_commands,
    question_commands,
    replay_commands,
    report_commands,
    source_commands,
    upkeep_commands,
)
from goodstanding.cli.accounts import account_commands
from goodstanding.cli.demonstration import demo_commands
from goodstanding.cli.draft_commands import COMMANDS
from goodstanding.cli.erasure_commands import look_ups_app
from goodstanding.cli.groups import build_group
from goodstanding.cli.laboratory import check_commands, comparison_commands, lab_commands, life_commands
from goodstanding.cli.output import print_problem
from goodstanding.cli.reviews import review_commands, sample_commands
from goodstanding.errors import (
    BadFile,
    BadInput,
    CatalogueError,
    GoodstandingError,
    NotAllowed,
    NotFound,
    RegisterError,
)

LONGEST_PATH = 300  # characters that a message repeats
EXITS: tuple[tuple[type[GoodstandingError], int], ...] = (
    (RegisterError, 4),
    (NotAllowed, 5),
    (BadInput, 3),
    (CatalogueError, 3),
    (NotFound, 3),
    (GoodstandingError, 1),
)

app = build_group(
    "An accountable public-credit register.",
    name="goodstanding",
    pretty_exceptions_enable=False,
    epilog="Exit codes: 0 done, 1 something does not hold, 2 wrong use, 3 bad input, 4 no register, 5 not allowed.",
)
for name, command in {**COMMANDS, **review_commands.COMMANDS}.items():
    catalogue_commands.app.command(name)(command)
for module in (check_commands, comparison_commands, life_commands):
    for name, command in module.COMMANDS.items():
        lab_commands.app.command(name)(command)
app.add_typer(account_commands.app, name="account")
app.add_typer(catalogue_commands.app, name="catalogue")
app.add_typer(charter_commands.app, name="charter")
app.add_typer(erasure_commands.app, name="erase")
app.add_typer(lab_commands.app, name="lab")
app.add_typer(look_ups_app, name="look-ups")
app.add_typer(sample_commands.app, name="oversight")
app.add_typer(intake_commands.quarantine_app, name="quarantine")
app.add_typer(report_commands.app, name="report")
app.add_typer(source_commands.app, name="source")
for module in (upkeep_commands, intake_commands, question_commands, replay_commands, erasure_commands, demo_commands):
    for command in module.COMMANDS:
        app.command()(command)


@app.callback(invoke_without_command=True)
def read_global_options(
    register: str = typer.Option(
        "", "--register", metavar="DIR", help="The register's folder; else GOODSTANDING_REGISTER, else here."
    ),
    version: bool = typer.Option(False, "--version", help="Print the version."),
) -> None:
    """An accountable public-credit register."""
    if register:
        os.environ["GOODSTANDING_REGISTER"] = register
    if version:
        typer.echo(__version__)
        raise typer.Exit


def run() -> NoReturn:
    """Runs the command line as a process of its own, which ends as soon as all is written and closed.

    Python would first take down a thousand modules one by one, which takes half as long as loading them. It still does
    where a database is open, so that the database is closed in order and nothing stays in a file beside it.
    """
    try:
        main()
    except SystemExit as end:
        if not isinstance(end.code, int | None):
            raise
        _end_process(end.code or 0)
    _end_process(0)


def _end_process(code: int) -> NoReturn:
    if config.has_open_database():
        sys.exit(code)
    try:
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # nobody reads any more: Python says so in its own way
        sys.exit(code)
    os._exit(code)


def main() -> None:
    """Runs the command line; `--register DIR` may stand anywhere in it."""
    try:
        app(args=_move_register_first(sys.argv[1:]))
    except GoodstandingError as error:
        _end_with(error)
    except Exception as error:
        from goodstanding.register.storage.storage_errors import find_storage_problem

        if (problem := find_storage_problem(error) or _find_argument_problem(error)) is None:
            raise
        _end_with(problem)


def _find_argument_problem(error: Exception) -> BadInput | None:
    """What was typed and cannot be used, in words: a path, or bytes that are no text; None for another error."""
    if isinstance(error, UnicodeEncodeError) and error.reason == "surrogates not allowed":
        return BadInput("An argument holds bytes that are no text.", remedy="arguments in UTF-8")
    if isinstance(error, OSError) and error.filename:
        where = str(error.filename)[:LONGEST_PATH]
        return BadFile(f"{error.strerror}.", where=where, remedy="a path that can be used")
    return None


def _end_with(error: GoodstandingError) -> NoReturn:
    print_problem(f"{type(error).code}: {error.diagnostics()}")
    sys.exit(next(code for kind, code in EXITS if isinstance(error, kind)))


def _move_register_first(arguments: list[str]) -> list[str]:
    for index, argument in enumerate(arguments):
        if argument == "--register" and index + 1 < len(arguments):
            return [*arguments[index : index + 2], *arguments[:index], *arguments[index + 2 :]]
        if argument.startswith("--register="):
            return [argument, *arguments[:index], *arguments[index + 1 :]]
    return arguments
