"""Commands that take findings in: ingest, and the quarantine of what was refused."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import typer

from goodstanding.cli.groups import build_group
from goodstanding.cli.options import Json, now, open_chosen_register, parse_day_option
from goodstanding.cli.output import print_line, print_result, print_table, show_progress
from goodstanding.errors import BadInput
from goodstanding.plain_text import BYTE_ORDER_MARK

quarantine_app = build_group("Rows and files that were refused.")


def ingest(
    file: Path = typer.Argument(..., metavar="FILE"),
    feed: str = typer.Option(..., "--feed", metavar="F"),
    stated: str = typer.Option(
        "", "--stated", metavar="DAY", help="The day the source states the file, where nothing else says it."
    ),
    dry_run: bool = typer.Option(False, "--dry-run", help="Look, and write nothing."),
    encoding: str = typer.Option("", "--encoding", metavar="NAME", help="Of a file that is not in UTF-8: latin-1, …"),
    json: Json = False,
) -> None:
    """Takes in a file of a feed; refused rows go into quarantine, the rest goes in."""
    with open_chosen_register(), show_progress(json) as tell:
        from goodstanding.intake.ingest import ingest_file

        day, codec = parse_day_option(stated, "--stated"), _parse_encoding(encoding)
        result = ingest_file(file, feed, now(), day, dry_run, tell, codec)
    print_result(_say_in_words(result) if json else result, json, _show_result)


def _parse_encoding(text: str) -> Any:
    from goodstanding.catalogue.feeds import ENCODINGS

    if text and text not in ENCODINGS:
        raise BadInput(f"No encoding is called {text}.", where="--encoding", remedy=", ".join(ENCODINGS))
    return text or None


def template(feed: str = typer.Option(..., "--feed", metavar="F")) -> None:
    """Writes an empty file of a feed (CSV): the header that its files have."""
    with open_chosen_register():
        from goodstanding.intake.files.feed_template import render_template
        from goodstanding.register.rules.enacted_catalogues import get_feed

        _catalogue, declared_feed = get_feed(feed)
    header = render_template(declared_feed.columns(), declared_feed.written)
    sys.stdout.write(BYTE_ORDER_MARK + header)


def _say_in_words(entry: Any) -> Any:
    """A result or an entry with its problems and notes as programs read them, in words."""
    notes = {"notes": tuple(map(str, entry.notes))} if hasattr(entry, "notes") else {}
    return replace(entry, problems=tuple(problem.describe() for problem in entry.problems), **notes)


def _show_result(result: Any) -> None:
    print_line(f"{result.rows} rows of {result.file}, stated {result.stated}")
    print_line(
        f"  issued {result.issued}, corrected {result.corrected}, unchanged {result.unchanged},"
        f" withdrawn {result.withdrawn}"
    )
    print_line(
        f"  quarantined {result.quarantined}" + (" (goodstanding quarantine list)" if result.quarantined else "")
    )
    for problem in result.problems[:10]:
        print_line(f"    row {problem.row}: {problem.words()}")
    for note in result.notes:
        print_line(f"  note: {note}")
    print_line(f"  ledger size {result.size}")


@quarantine_app.command("list")
def list_quarantine(feed: str = typer.Option("", "--feed"), json: Json = False) -> None:
    """Lists what is in quarantine, with the reasons."""
    with open_chosen_register():
        from goodstanding.intake.quarantine.quarantine_entries import list_open_entries

        open_entries = list_open_entries(feed or None)
    print_result(
        [_say_in_words(entry) for entry in open_entries] if json else open_entries,
        json,
        lambda entries: print_table(("feed", "file", "row", "problems"), [_build_row(entry) for entry in entries]),
    )


def _build_row(entry: Any) -> tuple[Any, ...]:
    return entry.feed, entry.file, entry.row or "whole file", "; ".join(problem.words() for problem in entry.problems)


@quarantine_app.command()
def export(
    feed: str = typer.Option(..., "--feed"),
    to: Path | None = typer.Option(None, "--to", help="A file; else standard output."),
) -> None:
    """Writes refused rows as CSV in the clerk's own columns, the problems in a last column."""
    stream = io.StringIO()
    with open_chosen_register():
        from goodstanding.intake.quarantine.quarantine_entries import export_open_rows

        stream.write(BYTE_ORDER_MARK)
        export_open_rows(stream, feed)
    if to:
        to.write_text(stream.getvalue(), encoding="utf-8")
    else:
        sys.stdout.write(stream.getvalue())


@quarantine_app.command()
def replay(feed: str = typer.Option(..., "--feed"), json: Json = False) -> None:
    """Takes refused rows in again under the rules and sources of now."""
    with open_chosen_register():
        from goodstanding.intake.ingest import replay_quarantine

        done = replay_quarantine(feed, now())
    print_result([_say_in_words(result) for result in done] if json else done, json, _show_results)


def _show_results(done: Any) -> None:
    for result in done:
        _show_result(result)
    if not done:
        print_line("Nothing to replay.")


COMMANDS = (ingest, template)
