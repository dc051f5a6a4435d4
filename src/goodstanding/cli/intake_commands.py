"""Commands that take findings in: ingest, and the quarantine of what was refused."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated, Any

import typer

from goodstanding.access import OPERATOR
from goodstanding.cli.groups import build_group
from goodstanding.cli.options import LARGEST_NUMBER, Json, now, open_chosen_register, parse_day_option
from goodstanding.cli.output import print_json_list, print_line, print_result, print_table, show_progress
from goodstanding.errors import BadInput
from goodstanding.plain_text import BYTE_ORDER_MARK

Feed = Annotated[str, typer.Option("--feed", metavar="F", help="Of this feed.")]
File = Annotated[str, typer.Option("--file", metavar="NAME", help="Of files whose names begin so.")]
Column = Annotated[str, typer.Option("--column", metavar="NAME", help="With a problem in this column.")]
Code = Annotated[str, typer.Option("--code", metavar="CODE", help="With a problem of this code.")]
Text = Annotated[str, typer.Option("--text", metavar="TEXT", help="With this text in a cell.")]
SHOWN_ENTRIES = 500  # where nobody says how many
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
    rows = "1 row" if result.rows == 1 else f"{result.rows} rows"
    print_line(f"{rows} of {result.file}, stated {result.stated}")
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
def list_quarantine(
    feed: Feed = "",
    file: File = "",
    column: Column = "",
    code: Code = "",
    text: Text = "",
    dismissed: bool = typer.Option(False, "--dismissed", help="What was dismissed, with the reason."),
    after: int = typer.Option(
        0, "--after", metavar="NUMBER", min=0, max=LARGEST_NUMBER, help="Only what has a higher number."
    ),
    limit: int = typer.Option(0, "--limit", metavar="N", min=0, max=LARGEST_NUMBER, help="At most so many."),
    json: Json = False,
) -> None:
    """Lists what is in quarantine, with the reasons."""
    with open_chosen_register():
        from goodstanding.intake.quarantine.quarantine_entries import (
            EntryFilter,
            iterate_open_entries,
            refuse_if_feed_unknown,
        )

        refuse_if_feed_unknown(feed)
        entry_filter = EntryFilter(feed, file, column, code, text, (), dismissed, after)
        if json:
            print_json_list(map(_describe_entry, iterate_open_entries(entry_filter, limit or None)))
        else:
            most = limit or SHOWN_ENTRIES
            _show_entries(list(iterate_open_entries(entry_filter, most)), entry_filter.select().count())


def _describe_entry(entry: Any) -> dict[str, Any]:
    """An entry as programs read it; why it was dismissed only where it was."""
    content = asdict(_say_in_words(entry))
    return content if entry.dismissed else {name: value for name, value in content.items() if name != "dismissed"}


def _show_entries(entries: list[Any], number: int) -> None:
    is_dismissed = any(entry.dismissed for entry in entries)
    header = ("number", "feed", "file", "row", "problems", *(["dismissed"] if is_dismissed else []))
    print_table(header, [_build_row(entry) for entry in entries])
    if number > len(entries):
        print_line(f"and {number - len(entries):,} more (--after {entries[-1].id}, or --limit N)")


def _build_row(entry: Any) -> tuple[Any, ...]:
    problems = "; ".join(problem.words() for problem in entry.problems)
    cells = (entry.id, entry.feed, entry.file, entry.row or "whole file", problems)
    return (*cells, entry.dismissed) if entry.dismissed else cells


@quarantine_app.command()
def dismiss(
    numbers: list[int] = typer.Argument(
        None, metavar="[NUMBER]…", min=1, max=LARGEST_NUMBER, help="Of single entries."
    ),
    reason: str = typer.Option(..., "--reason", help="Why, in a sentence."),
    feed: Feed = "",
    file: File = "",
    column: Column = "",
    code: Code = "",
    text: Text = "",
    json: Json = False,
) -> None:
    """Gives up what waits, with a reason: it is kept, and no longer listed or tried again."""
    if not any((numbers, feed, file, column, code, text)):
        raise BadInput(
            "Nothing says what is dismissed.", where="--feed", remedy="a NUMBER, or --feed, --file, --column …"
        )
    with open_chosen_register():
        from goodstanding.intake.quarantine.entry_resolution import dismiss_entries
        from goodstanding.intake.quarantine.quarantine_entries import EntryFilter, refuse_if_feed_unknown

        refuse_if_feed_unknown(feed)
        entry_filter = EntryFilter(feed, file, column, code, text, tuple(numbers or ()))
        number = dismiss_entries(entry_filter, reason, OPERATOR.name, now())
    print_result({"dismissed": number}, json, lambda shown: print_line(f"dismissed {shown['dismissed']}"))


@quarantine_app.command()
def export(
    feed: str = typer.Option(..., "--feed"),
    to: Path | None = typer.Option(None, "--to", help="A file; else standard output."),
) -> None:
    """Writes refused rows as CSV in the clerk's own columns, the problems in a last column."""
    with open_chosen_register():
        from goodstanding.intake.quarantine.quarantine_entries import export_open_rows, refuse_if_feed_unknown

        refuse_if_feed_unknown(feed)
        with nullcontext(sys.stdout) if to is None else to.open("w", encoding="utf-8") as stream:
            stream.write(BYTE_ORDER_MARK)
            export_open_rows(stream, feed)


@quarantine_app.command()
def replay(feed: str = typer.Option(..., "--feed"), json: Json = False) -> None:
    """Takes refused rows in again under the rules and sources of now."""
    with open_chosen_register():
        from goodstanding.intake.replay.quarantine_replay import replay_quarantine

        done = replay_quarantine(feed, now())
    print_result([_say_in_words(result) for result in done] if json else done, json, _show_results)


def _show_results(done: Any) -> None:
    for result in done:
        _show_result(result)
    if not done:
        print_line("Nothing to replay.")


COMMANDS = (ingest, template)
