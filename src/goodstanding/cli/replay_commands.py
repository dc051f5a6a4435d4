"""The command that replays published proceedings: what breaks their own order, and how long each step took."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import typer

from goodstanding.access import WHOLE_REGISTER, Action, Actor, may
from goodstanding.cli.accounts.terminal_sign_in import AccountName, sign_in_actor
from goodstanding.cli.options import Acting, At, Json, now, open_chosen_register, parse_day_option
from goodstanding.cli.output import print_line, print_result, print_table
from goodstanding.errors import NotAllowed, NotFound

SHOWN_FINDINGS = 20  # findings of a rule that are printed where nobody asked for all of them
LENGTH_COLUMNS = ("from", "to", "proceedings", "shortest", "a quarter by", "half by", "three quarters by", "longest")
RULE_KIND_TITLES = {
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
    account: AccountName = "",
    json: Json = False,
) -> None:
    """Replays published proceedings: what breaks their own order, what changed between files, how long steps took."""
    from goodstanding.catalogue import load_catalogue
    from goodstanding.catalogue.loader import get_catalogue_folder
    from goodstanding.intake.replay.catalogue_replay import replay_files

    if files:
        result = replay_files(
            files, load_catalogue(get_catalogue_folder(catalogue)), feed, parse_day_option(stated, "--stated")
        )
    else:
        result = _replay_on_file(catalogue, at, (role, account), feed)
    if rule and rule not in [broken_rule.rule for broken_rule in result.replay.broken]:
        rule_names = ", ".join(broken_rule.rule for broken_rule in result.replay.broken)
        raise NotFound(f"There is no rule {rule!r}.", where="--rule", remedy=rule_names)
    if markdown_file:
        markdown_file.write_text(render_replay_markdown(result), encoding="utf-8")
    print_result(_put_into_words(result), json, lambda shown: _show_rule(shown, rule) if rule else _show_replay(shown))


def _replay_on_file(catalogue: str, at: str, part: tuple[str, str], feed: str) -> Any:
    from goodstanding.intake.replay.catalogue_replay import list_named_subjects, replay_records_on_file
    from goodstanding.register.files.point_in_time import PointInTime
    from goodstanding.web.http.access_log import log_accesses

    with open_chosen_register():
        actor = _sign_in_overseer(*part)
        moment = PointInTime.of(now(), parse_day_option(at, "--at"))
        result = replay_records_on_file(catalogue, moment.case_day(catalogue), feed)
        log_accesses(actor, list_named_subjects(result), f"goodstanding replay {catalogue}")
        return result


def _sign_in_overseer(role: str, account: str) -> Actor:
    actor = sign_in_actor(role, account)
    decision = may(actor, Action.SEE_PARTIES, WHOLE_REGISTER)
    if not decision.allowed:
        remedy = "--as overseer, or the files that the source published"
        raise NotAllowed(f"A replay of what is on file: {decision.because}.", where="--as", remedy=remedy)
    return actor


def _put_into_words(result: Any) -> Any:
    """The same with what rules say, and the notes on findings, in words."""
    broken = tuple(replace(broken_rule, says=str(broken_rule.says)) for broken_rule in result.replay.broken)
    findings = tuple(replace(finding, note=str(finding.note or "")) for finding in result.replay.findings)
    return replace(result, replay=replace(result.replay, broken=broken, findings=findings))


def _show_replay(result: Any) -> None:
    replayed = result.replay
    print_line(
        f"{result.catalogue}, {result.case}: {replayed.proceedings:,} proceedings; {result.refused} rows refused"
    )
    print_line()
    print_table(
        ("stated on", "proceedings", "published status follows from the days", "does not"),
        [
            (
                statement.day,
                f"{statement.proceedings:,}",
                f"{statement.follow:,} of {statement.published:,}",
                f"{statement.published - statement.follow:,}",
            )
            for statement in replayed.stated
        ],
    )
    for about, title in RULE_KIND_TITLES.items():
        print_line(f"\n{title}: {replayed.about.get(about, 0):,} proceedings")
        days = [str(statement.day) for statement in replayed.stated]
        print_table(("rule", *days, "in all", "what it says"), list(_build_rule_rows(replayed, about)))
    print_line("\nHow long it took, in calendar days")
    print_table(LENGTH_COLUMNS, [_build_length_row(length) for length in replayed.lengths])
    for broken_rule in replayed.broken:
        _show_findings(replayed, broken_rule.rule, SHOWN_FINDINGS)


def _build_rule_rows(replayed: Any, about: str) -> Iterator[tuple[str, ...]]:
    for broken_rule in replayed.broken:
        if broken_rule.about == about:
            yield (
                broken_rule.rule,
                *(f"{count:,}" for count in broken_rule.by_day.values()),
                f"{broken_rule.proceedings:,}",
                str(broken_rule.says),
            )


def _build_length_row(length: Any) -> tuple[str, ...]:
    days = (length.count, length.shortest, length.quarter, length.median, length.three_quarters, length.longest)
    return length.earlier, length.later, *(f"{number:,}" for number in days)


def _show_rule(result: Any, rule: str) -> None:
    _show_findings(result.replay, rule, len(result.replay.findings))


def _show_findings(replayed: Any, rule: str, limit: int) -> None:
    findings = [finding for finding in replayed.findings if finding.rule == rule]
    if findings:
        print_line(f"\n{rule}: {next(broken_rule.says for broken_rule in replayed.broken if broken_rule.rule == rule)}")
    for finding in findings[:limit]:
        days = ", ".join(f"{step} {step_day or 'without a day'}" for step, step_day in finding.days)
        stated = " and ".join(map(str, finding.stated))
        print_line(f"  {finding.reference}, as stated on {stated}: {'; '.join(filter(None, (days, finding.note)))}")
    if len(findings) > limit:
        print_line(f"  and {len(findings) - limit:,} more (--rule {rule})")


def render_replay_markdown(result: Any) -> str:
    """The counts of a replay as tables, without the name of any proceeding."""
    replayed = result.replay
    days = [str(statement.day) for statement in replayed.stated]
    parts = [_render_table(("", *days), "l" + "r" * len(days), _build_statement_rows(replayed))]
    for about, title in RULE_KIND_TITLES.items():
        rows = [(f"`{rule}`", says, *counts) for rule, *counts, says in _build_rule_rows(replayed, about)]
        parts.append(f"**{title}**: {replayed.about.get(about, 0):,} proceedings.\n")
        parts.append(_render_table(("rule", "what it says", *days, "in all"), "ll" + "r" * (len(days) + 1), rows))
    parts.append("**How long it took**, in calendar days.\n")
    parts.append(_render_table(LENGTH_COLUMNS, "llrrrrrr", [_build_length_row(length) for length in replayed.lengths]))
    return "\n".join(parts)


def _build_statement_rows(replayed: Any) -> Iterator[tuple[str, ...]]:
    yield "proceedings", *(f"{statement.proceedings:,}" for statement in replayed.stated)
    yield "published statuses", *(f"{statement.published:,}" for statement in replayed.stated)
    yield "that follow from the days", *(f"{statement.follow:,}" for statement in replayed.stated)


def _render_table(header: tuple[str, ...], sides: str, rows: Iterator[tuple[str, ...]] | list[tuple[str, ...]]) -> str:
    lines = [
        "| " + " | ".join(header) + " |",
        "| " + " | ".join("---:" if side == "r" else "---" for side in sides) + " |",
    ]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


COMMANDS = (replay,)
