"""Commands about what goes: erasures, asked for by one and confirmed by another; what is due; old look-ups."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from goodstanding.cli.accounts.terminal_sign_in import sign_by
from goodstanding.cli.groups import CommandGroup, build_group
from goodstanding.cli.options import Json, now, open_chosen_register, today
from goodstanding.cli.output import print_line, print_result, print_table, show_progress

By = Annotated[str, typer.Option("--by", metavar="WHO", help="The account of the person who does it; signs in.")]
RequestPosition = Annotated[int, typer.Argument(metavar="ASKED", help="The ledger position at which it was asked for.")]


class _AskFirstGroup(CommandGroup):
    """`erase 12 13 …` is short for `erase ask 12 13 …`."""

    def parse_args(self, context: Any, args: list[str]) -> list[str]:
        """What the command line says, with `ask` put in where a position comes first."""
        return super().parse_args(context, ["ask", *args] if args and args[0].isdecimal() else args)


app = build_group("Erases what the law says must go: one person asks, another confirms.", _AskFirstGroup)
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
    with open_chosen_register():
        from goodstanding.register.erasure.erasure_requests import ErasureGrounds, request_erasure

        request = request_erasure(positions, ErasureGrounds(reason, text, basis), sign_by(by), now())
    print_result(request, json, _show_request)


def _show_request(request: Any) -> None:
    print_line(
        f"Asked for at {request.position}: {len(request.asked.positions)} events would go, "
        f"for good and at every known time."
    )
    print_line(f"  positions {', '.join(map(str, request.asked.positions))}")
    print_line(
        f"  somebody other than {request.asked.by} confirms: goodstanding erase confirm {request.position} --by WHO"
    )


@app.command()
def confirm(request_position: RequestPosition, by: By, json: Json = False) -> None:
    """Confirms an erasure that somebody else asked for: then it is gone."""
    with open_chosen_register():
        from goodstanding.register.erasure.erasure_requests import confirm_erasure

        signer = sign_by(by)
        with show_progress(json) as tell:
            tell("erasing", 0, 1)
            done = confirm_erasure(request_position, signer, now())
    print_result(done, json, _show_erased)


def _show_erased(done: Any) -> None:
    print_line(f"Erased: {len(done.erased)} events, named by the event at {done.position}.")
    if not done.washed:
        print_line("  Somebody was reading, so words may still stand in the files; the next command tries again.")
    from goodstanding import config

    if config.get_current_register().postgres:
        print_line(
            "  PostgreSQL: no query finds it. Its bytes stay in the server's files until they are overwritten, and in"
        )
        print_line("  its log and backups for as long as you keep them (docs/explanation/erasure.md).")


@app.command()
def refuse(
    request_position: RequestPosition,
    by: By,
    text: str = typer.Option(..., "--text", help="Why not, in words."),
    json: Json = False,
) -> None:
    """Refuses an erasure that was asked for."""
    with open_chosen_register():
        from goodstanding.register.erasure.erasure_requests import append_erasure_refusal

        append_erasure_refusal(request_position, sign_by(by), text, now())
    print_result(
        {"refused": request_position},
        json,
        lambda result: print_line(f"What was asked for at {result['refused']} stays."),
    )


@app.command("list")
def list_erasure_requests(json: Json = False) -> None:
    """Lists the erasures that were asked for and wait for somebody else's confirmation."""
    with open_chosen_register():
        from goodstanding.register.erasure.erasure_requests import list_open_erasures

        requests = list_open_erasures()
    rows = [
        (request.position, len(request.asked.positions), request.asked.reason.code, request.asked.by, request.asked.day)
        for request in requests
    ]
    print_result(requests, json, lambda _requests: print_table(("asked at", "events", "reason", "by", "day"), rows))


def retention(
    due: bool = typer.Option(False, "--due", help="The ledger positions of the records whose time is over."),
    json: Json = False,
) -> None:
    """Says what will go when, by catalogue and month; counts under 10 are not told."""
    with open_chosen_register(), show_progress(json) as tell:
        from goodstanding.register.erasure.retention import build_retention_plan, list_due_records

        tell("counting", 0, 1)
        if due:
            due_records = list_due_records(today())
            print_result(
                due_records,
                json,
                lambda records: print_line(" ".join(str(record.position) for record in records) or "Nothing is due."),
            )
        else:
            print_result(build_retention_plan(today()), json, _show_retention_plan)


def _show_retention_plan(lines: Any) -> None:
    rows = [
        (line.catalogue, _describe_term(line), "fewer than 10" if line.records is None else line.records)
        for line in lines
    ]
    print_table(("catalogue", "goes", "records"), rows)


def _describe_term(line: Any) -> str:
    if line.overdue:
        return "now: its time is over"
    if line.first is None:
        return "no day yet: something rests on it"
    return f"{line.first} to before {line.next}"


@look_ups_app.command()
def purge(json: Json = False) -> None:
    """Deletes look-ups that are older than five years (charter article 20)."""
    with open_chosen_register():
        from goodstanding.ledger import content_erasure
        from goodstanding.web.http.access_log import purge_access_entries as purged

        count = purged(today())
        if count:
            content_erasure.purge_free_pages()
    print_result(
        {"deleted": count},
        json,
        lambda result: print_line(f"{result['deleted']} look-ups older than five years are deleted."),
    )


COMMANDS = (retention,)
