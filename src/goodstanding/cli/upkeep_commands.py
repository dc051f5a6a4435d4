"""Commands that keep a register: init, rebuild, verify, serve."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import typer

from goodstanding import config
from goodstanding.cli.demonstration.library_enactment import enact_pending_library, is_library_pending
from goodstanding.cli.options import Json, bring_up_to_date, now, open_chosen_register
from goodstanding.cli.output import print_line, print_result, show_progress
from goodstanding.errors import BadInput, RegisterExists
from goodstanding.private_files import keep_files_private

HEADER_MILLISECONDS, HEADER_BYTES = 10_000, 64 * 1024
MOST_CONNECTIONS = 1024


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
    size = make_register(folder, demonstration, name, origin, database)
    result = {"folder": str(folder.resolve()), "demonstration": demonstration, "size": size}
    print_result(
        result, json, lambda shown: print_line(f"A register is in {shown['folder']}; ledger size {shown['size']}")
    )


def make_register(
    folder: Path, demonstration: bool, name: str = "", origin: str = "", database: str = "", today: date | None = None
) -> int:
    """Opens a new register, with the library's live catalogues in force in a demonstration; gives the ledger size.

    `today` is the day on which a demonstration stands still.
    """
    import os

    default = config.RegisterSettings(folder=folder.resolve(), demonstration=demonstration, today=today)
    if demonstration:
        default = replace(default, name="Goodstanding, demonstration", origin="goodstanding.example/demonstration")
    options = {"name": name, "origin": origin, "database": database or os.environ.get("GOODSTANDING_DATABASE", "")}
    chosen: dict[str, Any] = {key: value for key, value in options.items() if value}
    with keep_files_private():
        return _open_new_register(replace(default, **chosen))


def _open_new_register(register: config.RegisterSettings) -> int:
    config.activate_register(register)
    from goodstanding.cli.demonstration.demo_days import OPENED_ON, find_instant
    from goodstanding.ledger import store
    from goodstanding.register.projection.new_register import create_register
    from goodstanding.register.storage.lifecycle import close_connections

    try:
        create_register(register, find_instant(OPENED_ON), is_library_pending=register.demonstration)
    except RegisterExists:
        if not is_library_pending(register):
            raise
    enact_pending_library()
    size = store.get_ledger_size()
    close_connections()
    return size


def rebuild(json: Json = False) -> None:
    """Builds the register's tables anew beside the present ones, compares them row for row, then switches."""
    with open_register_as_is(), show_progress(json) as tell:
        from goodstanding.register.projection.rebuild import rebuild_projection as rebuilt

        result = rebuilt(lambda done, total: tell("rebuilding", done, total))
    print_result(result, json, _show_rebuild)


def _show_rebuild(result: Any) -> None:
    print_line(f"Rebuilt from {result.size} events and switched.")
    for difference in result.differences:
        print_line(
            f"  differed: {difference.table}, {difference.side} only: {', '.join(map(str, difference.row))[:200]}"
        )
    if not result.differences:
        print_line("The tables in use were the same, row for row.")


def verify(
    against: Path | None = typer.Option(
        None, "--against", metavar="OLD-CHECKPOINT", help="A checkpoint kept from earlier."
    ),
    json: Json = False,
) -> None:
    """Recomputes the tree, checks every signature, tile and file in evidence, and compares with a fresh projection."""
    old = _read_checkpoint(against) if against else None
    with open_register_as_is(), show_progress(json) as tell:
        from goodstanding.intake.submissions.submission_checks import list_submission_faults
        from goodstanding.register.projection.verification import verify_register as verified

        result = verified(old, lambda done, total: tell("projecting", done, total), (list_submission_faults,), now())
    findings = [
        {"code": finding.code, "where": finding.where, "what": str(finding.problem)} for finding in result.findings
    ]
    summary = {"holds": result.holds, "size": result.size, "findings": findings}
    print_result(summary, json, _show_verification)
    if not result.holds:
        raise typer.Exit(1)


def _read_checkpoint(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"The checkpoint {file} cannot be read.", remedy=str(error)) from error


@contextmanager
def open_register_as_is() -> Iterator[None]:
    """The chosen register without mending anything: what is looked at is what is there, made by this version or not."""
    config.activate_register(config.load_settings(config.choose_register_folder()))
    from goodstanding.register.storage.lifecycle import use_register as opened_folder

    with opened_folder():
        bring_up_to_date(restore=False)
        yield


def _show_verification(summary: dict[str, Any]) -> None:
    print_line(f"{'Everything holds' if summary['holds'] else 'It does not hold'}: {summary['size']} events.")
    for finding in summary["findings"]:
        print_line(f"  {finding['code']}: {finding['where']}: {finding['what']}")


def serve(
    host: str = typer.Option("127.0.0.1", "--host"),
    port: int = typer.Option(8000, "--port", min=0, max=65535),
    threads: int = typer.Option(4, "--threads", min=1, help="Requests that a process answers at once."),
    workers: int = typer.Option(1, "--workers", min=1, help="Processes; one that ends is started again."),
) -> None:
    """Serves the register's pages and API."""
    with open_chosen_register() as register:
        folder = register.folder
    run_server(folder, host, port, threads, workers)


def run_server(folder: Path, host: str, port: int, threads: int = 4, workers: int = 1) -> None:
    """Runs granian on the register's pages until it is stopped."""
    import os

    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.http import HTTP1Settings

    _refuse_if_address_taken(host, port)
    os.environ |= {"GOODSTANDING_REGISTER": str(folder), "GOODSTANDING_THREADS": str(threads)}
    print_line(f"Open http://{host}:{port}/ (Ctrl-C stops it)")
    server = Granian(
        "goodstanding.asgi:application",
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_MILLISECONDS, max_buffer_size=HEADER_BYTES),
        websockets=False,
        workers=workers,
        backpressure=get_most_connections(),
        respawn_failed_workers=True,
        log_enabled=False,
    )
    server.serve()


def get_most_connections() -> int:
    """How many a process has at once: half the files that it may open, so that pages and tables find the others."""
    import resource

    return min(MOST_CONNECTIONS, resource.getrlimit(resource.RLIMIT_NOFILE)[0] // 2)


def _refuse_if_address_taken(host: str, port: int) -> None:
    """Nothing, or BadInput: granian would share the port with another server of its kind, each answering some."""
    import socket

    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as after a server that has just ended
            probe.bind(address)
    except OSError as error:
        message = f"Nothing can be served at {host}:{port}: {error.strerror}."
        raise BadInput(message, remedy="another --port or --host, or the program stopped that answers there") from error


COMMANDS = (init, rebuild, verify, serve)
