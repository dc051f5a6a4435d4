"""Commands that keep a register: init, rebuild, verify, serve."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import typer

from goodstanding import config
from goodstanding.cli.options import Json, bring_up_to_date, now, opened
from goodstanding.cli.output import emit, progress, say
from goodstanding.errors import BadInput


def init(
    folder: Path = typer.Argument(..., metavar="DIR"),
    demonstration: bool = typer.Option(
        False, "--demonstration", help="Old or made-up data: said on every page, signed for no use."
    ),
    name: str = typer.Option("", "--name", help="The register's name."),
    origin: str = typer.Option("", "--origin", help="The name its checkpoints are signed under."),
    database: str = typer.Option("", "--database", metavar="URL", help="sqlite:///FILE or postgresql://…"),
    json: Json = False,
) -> None:
    """Makes a register in a folder: settings, keys, tables and its first event."""
    size = make(folder, demonstration, name, origin, database)
    result = {"folder": str(folder.resolve()), "demonstration": demonstration, "size": size}
    emit(result, json, lambda r: say(f"A register is in {r['folder']}; ledger size {r['size']}"))


def make(folder: Path, demonstration: bool, name: str = "", origin: str = "", database: str = "") -> int:
    """Opens a new register, with the library's live catalogues in force in a demonstration; gives the ledger size."""
    import os

    default = config.Register(folder=folder.resolve(), demonstration=demonstration)
    if demonstration:
        default = replace(default, name="Goodstanding, demonstration", origin="goodstanding.example/demonstration")
    given = {"name": name, "origin": origin, "database": database or os.environ.get("GOODSTANDING_DATABASE", "")}
    chosen: dict[str, Any] = {key: value for key, value in given.items() if value}
    register = replace(default, **chosen)
    return _open(register)


def _open(register: config.Register) -> int:
    config.prepare(register)
    from goodstanding.catalogue import load_library
    from goodstanding.register import enactment
    from goodstanding.register.opening import open_register
    from goodstanding.register.project import catch_up

    size = open_register(register, now())
    if register.demonstration:
        for catalogue in load_library().values():
            if catalogue.mode == "live":
                size = enactment.enact_at_once(catalogue, now().date(), now())
                catch_up()
    return size


def rebuild(json: Json = False) -> None:
    """Builds the register's tables anew beside the present ones, compares them row for row, then switches."""
    with opened_as_is(), progress(json) as tell:
        from goodstanding.register.rebuild import rebuild as rebuilt

        result = rebuilt(lambda done, total: tell("rebuilding", done, total))
    emit(result, json, _show_rebuilt)


def _show_rebuilt(result: Any) -> None:
    say(f"Rebuilt from {result.size} events and switched.")
    for one in result.differences:
        say(f"  differed: {one.table}, {one.side} only: {', '.join(map(str, one.row))[:200]}")
    if not result.differences:
        say("The tables in use were the same, row for row.")


def verify(
    against: Path | None = typer.Option(
        None, "--against", metavar="OLD-CHECKPOINT", help="A checkpoint kept from earlier."
    ),
    json: Json = False,
) -> None:
    """Recomputes the tree, checks every signature, tile and file in evidence, and compares with a fresh projection."""
    old = _checkpoint(against) if against else None
    with opened_as_is(), progress(json) as tell:
        from goodstanding.register.verification import verify as verified

        result = verified(old, lambda done, total: tell("projecting", done, total))
    summary = {"holds": result.holds, "size": result.size, "findings": result.findings}
    emit(summary, json, _show_verified)
    if not result.holds:
        raise typer.Exit(1)


def _checkpoint(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"The checkpoint {file} cannot be read.", remedy=str(error)) from error


@contextmanager
def opened_as_is() -> Iterator[None]:
    """The chosen register without mending anything: what is looked at is what is there, made by this version or not."""
    config.use(config.load(config.chosen_folder()))
    from goodstanding.register.opening import opened as opened_folder

    with opened_folder():
        bring_up_to_date(restore=False)
        yield


def _show_verified(summary: dict[str, Any]) -> None:
    say(f"{'Everything holds' if summary['holds'] else 'It does not hold'}: {summary['size']} events.")
    for one in summary["findings"]:
        say(f"  {one.code}: {one.where}: {one.what}")


def serve(
    host: str = typer.Option("127.0.0.1", "--host"),
    port: int = typer.Option(8000, "--port"),
    threads: int = typer.Option(4, "--threads", help="Requests answered at once."),
) -> None:
    """Serves the register's pages and API."""
    with opened() as register:
        folder = register.folder
    run_server(folder, host, port, threads)


def run_server(folder: Path, host: str, port: int, threads: int = 4) -> None:
    """Runs granian on the register's pages until it is stopped."""
    import os

    from granian import Granian
    from granian.constants import Interfaces

    os.environ["GOODSTANDING_REGISTER"] = str(folder)
    say(f"Open http://{host}:{port}/ (Ctrl-C stops it)")
    server = Granian(
        "goodstanding.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=threads,
        workers=1,
        log_enabled=False,
    )
    server.serve()


COMMANDS = (init, rebuild, verify, serve)
