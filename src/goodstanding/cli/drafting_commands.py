"""Commands by which a catalogue comes into force: draft, comment, answer, sign, withdraw, enact, drafts, redline."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from goodstanding.cli.catalogue_commands import named
from goodstanding.cli.options import Json, day, now, opened, today
from goodstanding.cli.output import emit, say
from goodstanding.errors import CatalogueError

if TYPE_CHECKING:
    from goodstanding.catalogue.redline import Change

By = Annotated[str, typer.Option("--by", metavar="WHO", help="The person who does it.")]
Text = Annotated[str, typer.Argument(metavar="TEXT")]
Name = Annotated[str, typer.Argument(metavar="NAME")]
NameOrFolder = Annotated[str, typer.Argument(metavar="NAME-OR-DIR")]


def draft(name: NameOrFolder, by: By, json: Json = False) -> None:
    """Publishes a catalogue as a draft for public comment; refused where the charter refuses it."""
    from goodstanding.catalogue import load
    from goodstanding.catalogue.load import find
    from goodstanding.register import enactment

    catalogue = load(find(name))
    _refuse_unworked(name)
    with opened():
        made = enactment.publish(catalogue, by, now())
    emit(
        made, json, lambda one: say(f"{one.catalogue} version {one.version} is open to comment to {one.comments_until}")
    )


def _refuse_unworked(name: str) -> None:
    from goodstanding.catalogue import load, run_examples
    from goodstanding.catalogue.load import find
    from goodstanding.register.outcome import work_examples

    wrong = [result.example for result in run_examples(load(find(name)), work_examples) if not result.holds]
    if wrong:
        remedy = "goodstanding catalogue check"
        raise CatalogueError(f"{len(wrong)} worked examples do not hold.", where=wrong[0], remedy=remedy)


def comment(name: Name, text: Text, by: By, json: Json = False) -> None:
    """Comments on an open draft."""
    from goodstanding.register import enactment

    with opened():
        made = enactment.comment(name, by, text, now())
    emit(made, json, lambda one: say(f"Comment {one.number} on {name} is on record"))


def answer(
    name: Name, number: Annotated[int, typer.Argument(metavar="NUMBER")], text: Text, by: By, json: Json = False
) -> None:
    """Answers a comment on an open draft."""
    from goodstanding.register import enactment

    with opened():
        enactment.answer(name, number, by, text, now())
        made = enactment.open_draft(name)
    emit(made, json, lambda one: say(f"{len(one.unanswered)} comments on {name} wait for an answer"))


def sign(
    name: Name,
    by: By,
    role: str = typer.Option(..., "--as", metavar="ROLE", help="author, reviewer or overseer."),
    json: Json = False,
) -> None:
    """Signs an open draft, after comments ended and were answered: three people in three roles."""
    from goodstanding.register import enactment

    with opened():
        made = enactment.sign(name, role, by, now())
    emit(made, json, lambda one: say(f"Still to sign: {', '.join(one.unsigned) or 'nobody'}"))


def withdraw(name: Name, reason: Text, by: By, json: Json = False) -> None:
    """Withdraws an open draft, with a reason."""
    from goodstanding.register import enactment

    with opened():
        enactment.withdraw(name, by, reason, now())
    emit({"catalogue": name, "withdrawn": True}, json, lambda one: say(f"The draft of {name} is withdrawn"))


def drafts(name: Annotated[str, typer.Argument(metavar="NAME")] = "", json: Json = False) -> None:
    """Shows the drafts of a catalogue, or of all: comments, answers, signatures, how each ended."""
    from goodstanding.register import enactment

    with opened():
        found = enactment.drafts(name or None)
    emit(found, json, _show_drafts)


def _show_drafts(found: list[Any]) -> None:
    for one in found:
        ended = (
            f"in force since {one.enacted_on}" if one.enacted_on else one.withdrawn and f"withdrawn: {one.withdrawn}"
        )
        say(f"{one.catalogue} version {one.version}, by {one.by}, {one.drafted_on}: {ended or 'open'}")
        for comment_ in one.comments:
            say(f"  {comment_.number}. {comment_.by}, {comment_.day}: {comment_.text}")
            say(f"     {comment_.answer or 'not answered yet'}")
        say(f"  signed: {', '.join(f'{by} ({role})' for role, by in one.signers.items()) or 'nobody'}")


def enact(
    name: NameOrFolder,
    on: str = typer.Option("", "--on", metavar="DAY", help="The day of enactment; else today."),
    json: Json = False,
) -> None:
    """Puts a signed draft into force; in a demonstration register any catalogue that the charter allows, at once."""
    from goodstanding.catalogue import load
    from goodstanding.catalogue.load import find
    from goodstanding.register import catalogues, enactment
    from goodstanding.register.project import catch_up

    with opened() as register:
        if register.demonstration:
            catalogue = load(find(name))
            _refuse_unworked(name)
            size = enactment.enact_at_once(catalogue, day(on, "--on") or today(), now())
        else:
            size = enactment.enact(name, day(on, "--on") or today(), now())
        catch_up()
        chosen = catalogues.get(load(find(name)).name if register.demonstration else name).catalogue
    result = {"catalogue": chosen.name, "version": chosen.version, "digest": chosen.digest, "size": size}
    emit(result, json, lambda r: say(f"{r['catalogue']} version {r['version']} is in force; ledger size {r['size']}"))


def redline_(before: NameOrFolder, after: NameOrFolder, json: Json = False) -> None:
    """Shows what differs between two catalogues or versions, rule by rule, in words and as rules."""
    from goodstanding.catalogue.redline import redline

    emit(redline(named(before), named(after)), json, _show_changes)


def _show_changes(changes: list[Change]) -> None:
    for one in changes:
        say(f"{one.change}: {one.place}")
        for sign_, words, rule in (("-", one.words_before, one.rule_before), ("+", one.words_after, one.rule_after)):
            if words or rule:
                say(f"  {sign_} {words}" + (f"\n    {rule}" if rule else ""))
    say(f"{len(changes)} rules differ")


COMMANDS: dict[str, Callable[..., None]] = {
    "draft": draft,
    "comment": comment,
    "answer": answer,
    "sign": sign,
    "withdraw": withdraw,
    "drafts": drafts,
    "enact": enact,
    "redline": redline_,
}
