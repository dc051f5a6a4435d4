"""Commands that take findings in: ingest, and the quarantine of what was refused."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import typer

from goodstanding.cli.groups import build_group
from goodstanding.cli.options import Json, day, now, opened
from goodstanding.cli.output import emit, progress, say, table

quarantine_app = build_group("Rows and files that were refused.")


def ingest(
    file: Path = typer.Argument(..., metavar="FILE"),
    feed: str = typer.Option(..., "--feed", metavar="F"),
    stated: str = typer.Option(
        "", "--stated", metavar="DAY", help="The day the source states the file, where nothing else says it."
    ),
    dry_run: bool = typer.Option(False, "--dry-run", help="Look, and write nothing."),
    json: Json = False,
) -> None:
    """Takes in a file of a feed; refused rows go into quarantine, the rest goes in."""
    with opened(), progress(json) as tell:
        from goodstanding.register import intake

        result = intake.ingest(file, feed, now(), day(stated, "--stated"), dry_run, tell)
    emit(result, json, _show)


def _show(result: Any) -> None:
    say(f"{result.rows} rows of {result.file}, stated {result.stated}")
    say(
        f"  issued {result.issued}, corrected {result.corrected}, unchanged {result.unchanged},"
        f" withdrawn {result.withdrawn}"
    )
    say(f"  quarantined {result.quarantined}" + (" (goodstanding quarantine list)" if result.quarantined else ""))
    for problem in result.problems[:10]:
        say(f"    row {problem.row}: {problem.words()}")
    for note in result.notes:
        say(f"  note: {note}")
    say(f"  ledger size {result.size}")


@quarantine_app.command("list")
def list_(feed: str = typer.Option("", "--feed"), json: Json = False) -> None:
    """Lists what is in quarantine, with the reasons."""
    with opened():
        from goodstanding.register import quarantine

        found = quarantine.waiting(feed or None)
    emit(found, json, lambda entries: table(("feed", "file", "row", "problems"), [_row(entry) for entry in entries]))


def _row(entry: Any) -> tuple[Any, ...]:
    return entry.feed, entry.file, entry.row or "whole file", "; ".join(problem.words() for problem in entry.problems)


@quarantine_app.command()
def export(
    feed: str = typer.Option(..., "--feed"),
    to: Path | None = typer.Option(None, "--to", help="A file; else standard output."),
) -> None:
    """Writes refused rows as CSV in the clerk's own columns, the problems in a last column."""
    stream = io.StringIO()
    with opened():
        from goodstanding.register import quarantine

        quarantine.export(stream, feed)
    if to:
        to.write_text(stream.getvalue(), encoding="utf-8")
    else:
        sys.stdout.write(stream.getvalue())


@quarantine_app.command()
def replay(feed: str = typer.Option(..., "--feed"), json: Json = False) -> None:
    """Takes refused rows in again under the rules and sources of now."""
    with opened():
        from goodstanding.register import intake

        done = intake.replay(feed, now())
    emit(done, json, _show_all)


def _show_all(done: Any) -> None:
    for one in done:
        _show(one)
    if not done:
        say("Nothing to replay.")


COMMANDS = (ingest,)
