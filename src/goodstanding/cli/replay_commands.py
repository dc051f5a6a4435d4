"""The command that replays published proceedings: what breaks their own order, and how long each step took."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from goodstanding.access import Action, Resource, may
from goodstanding.cli.options import Acting, At, Json, acting, day, opened, today
from goodstanding.cli.output import emit, say, table
from goodstanding.errors import NotAllowed, NotFound

SHOWN = 20  # findings of a rule that are printed where nobody asked for all of them
LENGTHS = ("from", "to", "proceedings", "shortest", "a quarter by", "half by", "three quarters by", "longest")
LINES = {
    "order": "Order of the steps",
    "time": "Times of the procedure",
    "publication": "Publication and status",
    "change": "From one file to the next",
}


def replay(
    catalogue: str = typer.Argument(..., metavar="NAME-OR-DIR"),
    files: list[Path] = typer.Argument(None, metavar="[FILE]…", help="The source's files; else the records on file."),
    feed: str = typer.Option("", "--feed", metavar="F", help="Where several feeds of the catalogue state proceedings."),
    stated: str = typer.Option("", "--stated", metavar="DAY", help="The day of a file that does not say its own."),
    rule: str = typer.Option("", "--rule", metavar="RULE", help="Print every finding of this rule, and no others."),
    markdown_file: Path | None = typer.Option(None, "--markdown", metavar="FILE", help="Write the counts as tables."),
    at: At = "",
    role: Acting = "",
    json: Json = False,
) -> None:
    """Replays published proceedings: what breaks their own order, what changed between files, how long steps took."""
    from goodstanding.catalogue import load
    from goodstanding.catalogue.load import find
    from goodstanding.register.replaying import of_files

    if files:
        found = of_files(files, load(find(catalogue)), feed, day(stated, "--stated"))
    else:
        found = _on_file(catalogue, at, role, feed)
    if rule and rule not in [one.rule for one in found.replay.broken]:
        known = ", ".join(one.rule for one in found.replay.broken)
        raise NotFound(f"There is no rule {rule!r}.", where="--rule", remedy=known)
    if markdown_file:
        markdown_file.write_text(markdown(found), encoding="utf-8")
    emit(found, json, lambda one: _show_rule(one, rule) if rule else _show(one))


def _on_file(catalogue: str, at: str, role: str, feed: str) -> Any:
    from goodstanding.register.replaying import on_file

    decision = may(acting(role), Action.SEE_PARTIES, Resource())
    if not decision.allowed:
        remedy = "--as overseer, or the files that the source published"
        raise NotAllowed(f"A replay of what is on file: {decision.because}.", where="--as", remedy=remedy)
    with opened():
        return on_file(catalogue, day(at, "--at") or today(), feed)


def _show(found: Any) -> None:
    replayed = found.replay
    say(f"{found.catalogue}, {found.case}: {replayed.proceedings:,} proceedings; {found.refused} rows refused")
    say()
    table(
        ("stated on", "proceedings", "published status follows from the days", "does not"),
        [
            (one.day, f"{one.proceedings:,}", f"{one.follow:,} of {one.published:,}", f"{one.published - one.follow:,}")
            for one in replayed.stated
        ],
    )
    for about, title in LINES.items():
        say(f"\n{title}: {replayed.about.get(about, 0):,} proceedings")
        days = [str(one.day) for one in replayed.stated]
        table(("rule", *days, "in all", "what it says"), list(_broken(replayed, about)))
    say("\nHow long it took, in calendar days")
    table(LENGTHS, [_length(one) for one in replayed.lengths])
    for one in replayed.broken:
        _show_findings(replayed, one.rule, SHOWN)


def _broken(replayed: Any, about: str) -> Iterator[tuple[str, ...]]:
    for one in replayed.broken:
        if one.about == about:
            yield one.rule, *(f"{count:,}" for count in one.by_day.values()), f"{one.proceedings:,}", one.says


def _length(one: Any) -> tuple[str, ...]:
    days = (one.count, one.shortest, one.quarter, one.median, one.three_quarters, one.longest)
    return one.earlier, one.later, *(f"{number:,}" for number in days)


def _show_rule(found: Any, rule: str) -> None:
    _show_findings(found.replay, rule, len(found.replay.findings))


def _show_findings(replayed: Any, rule: str, most: int) -> None:
    findings = [one for one in replayed.findings if one.rule == rule]
    if findings:
        say(f"\n{rule}: {next(one.says for one in replayed.broken if one.rule == rule)}")
    for one in findings[:most]:
        days = ", ".join(f"{what} {each or 'without a day'}" for what, each in one.days)
        stated = " and ".join(map(str, one.stated))
        say(f"  {one.reference}, as stated on {stated}: {'; '.join(filter(None, (days, one.note)))}")
    if len(findings) > most:
        say(f"  and {len(findings) - most:,} more (--rule {rule})")


def markdown(found: Any) -> str:
    """The counts of a replay as tables, without the name of any proceeding."""
    replayed = found.replay
    days = [str(one.day) for one in replayed.stated]
    said = [_table(("", *days), "l" + "r" * len(days), _statements(replayed))]
    for about, title in LINES.items():
        rows = [(f"`{rule}`", says, *counts) for rule, *counts, says in _broken(replayed, about)]
        said.append(f"**{title}**: {replayed.about.get(about, 0):,} proceedings.\n")
        said.append(_table(("rule", "what it says", *days, "in all"), "ll" + "r" * (len(days) + 1), rows))
    said.append("**How long it took**, in calendar days.\n")
    said.append(_table(LENGTHS, "llrrrrrr", [_length(one) for one in replayed.lengths]))
    return "\n".join(said)


def _statements(replayed: Any) -> Iterator[tuple[str, ...]]:
    yield "proceedings", *(f"{one.proceedings:,}" for one in replayed.stated)
    yield "published statuses", *(f"{one.published:,}" for one in replayed.stated)
    yield "that follow from the days", *(f"{one.follow:,}" for one in replayed.stated)


def _table(header: tuple[str, ...], sides: str, rows: Iterator[tuple[str, ...]] | list[tuple[str, ...]]) -> str:
    lines = ["| " + " | ".join(header) + " |", "| " + " | ".join("---:" if s == "r" else "---" for s in sides) + " |"]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


COMMANDS = (replay,)
