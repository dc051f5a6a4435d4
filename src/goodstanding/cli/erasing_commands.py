"""Commands about what goes: erasures, asked for by one and confirmed by another; what is due; old look-ups."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from goodstanding.cli.groups import CommandGroup, build_group
from goodstanding.cli.options import Json, now, opened, today
from goodstanding.cli.output import emit, progress, say, table

By = Annotated[str, typer.Option("--by", metavar="WHO", help="The person who does it.")]
Asked = Annotated[int, typer.Argument(metavar="ASKED", help="The ledger position at which it was asked for.")]


class _AskFirst(CommandGroup):
    """`erase 12 13 …` is short for `erase ask 12 13 …`."""

    def parse_args(self, context: Any, args: list[str]) -> list[str]:
        """What the command line says, with `ask` put in where a position comes first."""
        return super().parse_args(context, ["ask", *args] if args and args[0].isdecimal() else args)


app = build_group("Erases what the law says must go: one person asks, another confirms.", _AskFirst)
look_ups_app = build_group("Who opened what is not public.")


@app.command()
def ask(
    positions: Annotated[list[int], typer.Argument(metavar="POSITION...", help="Ledger positions of what is to go.")],
    reason: Annotated[str, typer.Option("--reason", metavar="CODE", help="term, unlawful, order or request.")],
    basis: Annotated[str, typer.Option("--basis", metavar="LAW-AND-ARTICLE", help="As in: gdpr-2016-679 art. 17")],
    by: By,
    text: str = typer.Option("", "--text", help="The reason in words; they stay, so they must not repeat what goes."),
    json: Json = False,
) -> None:
    """Asks for an erasure; prints all that would go with it, and erases nothing."""
    with opened():
        from goodstanding.register import erasure

        made = erasure.ask(positions, erasure.Why(reason, text, basis), by, now())
    emit(made, json, _show_asked)


def _show_asked(one: Any) -> None:
    say(f"Asked for at {one.position}: {len(one.asked.positions)} events would go, for good and at every known time.")
    say(f"  positions {', '.join(map(str, one.asked.positions))}")
    say(f"  somebody other than {one.asked.by} confirms: goodstanding erase confirm {one.position} --by WHO")


@app.command()
def confirm(asked: Asked, by: By, json: Json = False) -> None:
    """Confirms an erasure that somebody else asked for: then it is gone."""
    with opened(), progress(json) as tell:
        from goodstanding.register import erasure

        tell("erasing", 0, 1)
        done = erasure.confirm(asked, by, now())
    emit(done, json, _show_done)


def _show_done(done: Any) -> None:
    say(f"Erased: {len(done.erased)} events, named by the event at {done.position}.")
    if not done.washed:
        say("  Somebody was reading, so words may still stand in the files; the next command tries again.")
    from goodstanding import config

    if config.current().postgres:
        say("  PostgreSQL: no query finds it. Its bytes stay in the server's files until they are overwritten, and in")
        say("  its log and backups for as long as you keep them (docs/explanation/erasure.md).")


@app.command()
def refuse(
    asked: Asked, by: By, text: str = typer.Option(..., "--text", help="Why not, in words."), json: Json = False
) -> None:
    """Refuses an erasure that was asked for."""
    with opened():
        from goodstanding.register import erasure

        erasure.refuse(asked, by, text, now())
    emit({"refused": asked}, json, lambda one: say(f"What was asked for at {one['refused']} stays."))


@app.command("list")
def list_(json: Json = False) -> None:
    """Lists the erasures that were asked for and wait for somebody else's confirmation."""
    with opened():
        from goodstanding.register import erasure

        found = erasure.open_asks()
    rows = [
        (one.position, len(one.asked.positions), one.asked.reason.code, one.asked.by, one.asked.day) for one in found
    ]
    emit(found, json, lambda _found: table(("asked at", "events", "reason", "by", "day"), rows))


def retention(
    due: bool = typer.Option(False, "--due", help="The ledger positions of the records whose time is over."),
    json: Json = False,
) -> None:
    """Says what will go when, by catalogue and month; counts under 10 are not told."""
    with opened(), progress(json) as tell:
        from goodstanding.register import retention as kept

        tell("counting", 0, 1)
        if due:
            found = kept.due(today())
            emit(found, json, lambda them: say(" ".join(str(one.position) for one in them) or "Nothing is due."))
        else:
            emit(kept.plan(today()), json, _show_plan)


def _show_plan(lines: Any) -> None:
    rows = [(one.catalogue, _when(one), "fewer than 10" if one.records is None else one.records) for one in lines]
    table(("catalogue", "goes", "records"), rows)


def _when(line: Any) -> str:
    if line.overdue:
        return "now: its time is over"
    if line.first is None:
        return "no day yet: something rests on it"
    return f"{line.first} to before {line.next}"


@look_ups_app.command()
def purge(json: Json = False) -> None:
    """Deletes look-ups that are older than five years (charter article 20)."""
    with opened():
        from goodstanding.ledger import erasure
        from goodstanding.web.look_ups import purge as purged

        count = purged(today())
        if count:
            erasure.wash()
    emit({"deleted": count}, json, lambda one: say(f"{one['deleted']} look-ups older than five years are deleted."))


COMMANDS = (retention,)
