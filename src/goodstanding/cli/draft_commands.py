"""Commands by which a catalogue comes into force, and out of it: draft, comment, answer, sign, enact, retire."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from goodstanding.access import Role
from goodstanding.cli.accounts.terminal_sign_in import find_signing_account, sign_by
from goodstanding.cli.catalogue_commands import get_named_catalogue, load_runnable_catalogue
from goodstanding.cli.options import Json, now, open_chosen_register, parse_day_option
from goodstanding.cli.output import print_line, print_result
from goodstanding.errors import CatalogueError

if TYPE_CHECKING:
    from goodstanding.catalogue.redline import RuleChange

By = Annotated[str, typer.Option("--by", metavar="WHO", help="The person who does it.")]
Text = Annotated[str, typer.Argument(metavar="TEXT")]
Name = Annotated[str, typer.Argument(metavar="NAME")]
NameOrFolder = Annotated[str, typer.Argument(metavar="NAME-OR-DIR")]


def draft_catalogue(name: NameOrFolder, by: By, json: Json = False) -> None:
    """Publishes a catalogue as a draft for public comment; refused where the charter refuses it."""
    from goodstanding.register.rules.enactment import publish_draft

    catalogue = load_runnable_catalogue(name)
    _refuse_failing_examples(name)
    with open_chosen_register():
        current_draft = publish_draft(catalogue, by, now())
    print_result(
        current_draft,
        json,
        lambda shown_draft: print_line(
            f"{shown_draft.catalogue} version {shown_draft.version} is open to comment to {shown_draft.comments_until}"
        ),
    )


def _refuse_failing_examples(name: str) -> None:
    from goodstanding.catalogue import load_catalogue, run_examples
    from goodstanding.catalogue.loader import get_catalogue_folder
    from goodstanding.effects import compute_examples

    wrong = [
        result.example
        for result in run_examples(load_catalogue(get_catalogue_folder(name)), compute_examples)
        if not result.holds
    ]
    if wrong:
        remedy = "goodstanding catalogue check"
        raise CatalogueError(f"{len(wrong)} worked examples do not hold.", where=wrong[0], remedy=remedy)


def comment_on_draft(name: Name, text: Text, by: By, json: Json = False) -> None:
    """Comments on an open draft."""
    from goodstanding.register.rules.enactment import append_comment

    with open_chosen_register():
        new_comment = append_comment(name, by, text, now())
    print_result(
        new_comment, json, lambda shown_comment: print_line(f"Comment {shown_comment.number} on {name} is on record")
    )


def answer_draft_comment(
    name: Name, number: Annotated[int, typer.Argument(metavar="NUMBER")], text: Text, by: By, json: Json = False
) -> None:
    """Answers a comment on an open draft."""
    from goodstanding.register.rules.drafts import get_open_draft
    from goodstanding.register.rules.enactment import answer_comment

    with open_chosen_register():
        answer_comment(name, number, by, text, now())
        current_draft = get_open_draft(name)
    print_result(
        current_draft,
        json,
        lambda shown_draft: print_line(f"{len(shown_draft.unanswered)} comments on {name} wait for an answer"),
    )


def sign_catalogue_draft(
    name: Name,
    by: By,
    role: str = typer.Option(..., "--as", metavar="ROLE", help="author, reviewer or overseer."),
    json: Json = False,
) -> None:
    """Signs an open draft, after comments ended and were answered: three people in three roles."""
    from goodstanding.register.rules.enactment import sign_draft

    with open_chosen_register():
        part = Role.OVERSEER if role == Role.OVERSEER else None
        signer = sign_by(by, part)
        current_draft = sign_draft(name, role, signer, now(), find_signing_account(signer, part))
    print_result(
        current_draft,
        json,
        lambda shown_draft: print_line(f"Still to sign: {', '.join(shown_draft.unsigned) or 'nobody'}"),
    )


def withdraw_catalogue_draft(name: Name, reason: Text, by: By, json: Json = False) -> None:
    """Withdraws an open draft, with a reason."""
    from goodstanding.register.rules.enactment import withdraw_draft

    with open_chosen_register():
        withdraw_draft(name, by, reason, now())
    print_result(
        {"catalogue": name, "withdrawn": True}, json, lambda _result: print_line(f"The draft of {name} is withdrawn")
    )


def list_catalogue_drafts(name: Annotated[str, typer.Argument(metavar="NAME")] = "", json: Json = False) -> None:
    """Shows the drafts of a catalogue, or of all: comments, answers, signatures, how each ended."""
    from goodstanding.register.rules.drafts import list_drafts

    with open_chosen_register():
        current_drafts = list_drafts(name or None)
    print_result(current_drafts, json, _show_drafts)


def _show_drafts(current_drafts: list[Any]) -> None:
    for current_draft in current_drafts:
        ended = (
            f"in force since {current_draft.enacted_on}"
            if current_draft.enacted_on
            else current_draft.withdrawn and f"withdrawn: {current_draft.withdrawn}"
        )
        print_line(
            f"{current_draft.catalogue} version {current_draft.version}, by {current_draft.by},"
            f" {current_draft.drafted_on}: {ended or 'open'}"
        )
        for comment_ in current_draft.comments:
            print_line(f"  {comment_.number}. {comment_.by}, {comment_.day}: {comment_.text}")
            print_line(f"     {comment_.answer or 'not answered yet'}")
        print_line(f"  signed: {', '.join(f'{by} ({role})' for role, by in current_draft.signers.items()) or 'nobody'}")


def put_into_force(
    name: NameOrFolder,
    on: str = typer.Option("", "--on", metavar="DAY", help="The day of enactment; else today."),
    json: Json = False,
) -> None:
    """Puts a signed draft into force; in a demonstration register any catalogue that the charter allows, at once."""
    from goodstanding.catalogue import load_catalogue
    from goodstanding.catalogue.loader import get_catalogue_folder
    from goodstanding.procedure.local_days import compute_local_day
    from goodstanding.register.projection.projector import catch_up
    from goodstanding.register.rules.drafts import get_open_draft, load_draft_rules
    from goodstanding.register.rules.enacted_catalogues import get_enacted
    from goodstanding.register.rules.enactment import enact_catalogue_at_once, enact_draft

    instant, day = now(), parse_day_option(on, "--on")
    with open_chosen_register() as register:
        if register.demonstration:
            catalogue = load_runnable_catalogue(name)
            _refuse_failing_examples(name)
            size = enact_catalogue_at_once(catalogue, day or compute_local_day(instant, catalogue), instant)
        else:
            catalogue = load_draft_rules(get_open_draft(name))
            size = enact_draft(name, day or compute_local_day(instant, catalogue), instant)
        catch_up()
        chosen = get_enacted(
            load_catalogue(get_catalogue_folder(name)).name if register.demonstration else name
        ).catalogue
    result = {"catalogue": chosen.name, "version": chosen.version, "digest": chosen.digest, "size": size}
    print_result(
        result,
        json,
        lambda shown: print_line(
            f"{shown['catalogue']} version {shown['version']} is in force; ledger size {shown['size']}"
        ),
    )


def retire_catalogue(
    name: Name,
    on: Annotated[str, typer.Option("--on", metavar="DAY", help="The day from which it is out of force.")],
    basis: Annotated[str, typer.Option("--basis", metavar="TEXT", help="The law or decision that ends it.")],
    by: Annotated[str, typer.Option("--by", metavar="WHO", help="The person who signs.")] = "",
    role: Annotated[str, typer.Option("--as", metavar="ROLE", help="author, reviewer or overseer.")] = "",
    json: Json = False,
) -> None:
    """Takes a catalogue out of force from a day, also one that fails, once three people in three roles have signed."""
    from goodstanding.register.projection.projector import catch_up
    from goodstanding.register.rules.enactment import retire_catalogue_at_once, sign_retirement

    instant, day = now(), parse_day_option(on, "--on") or now().date()
    with open_chosen_register() as register:
        if register.demonstration and not by:
            enactment = retire_catalogue_at_once(name, day, basis, instant)
        else:
            signer = sign_by(by, Role.OVERSEER if role == Role.OVERSEER else None)
            enactment = sign_retirement(name, day, basis, role, signer, instant)
        catch_up()
    result = {
        "catalogue": name,
        "version": enactment.key[1],
        "out_of_force_on": enactment.ends_on,
        "unsigned": list(enactment.retirement.unsigned) if enactment.retirement else [],
    }
    print_result(result, json, _show_retirement)


def _show_retirement(result: dict[str, Any]) -> None:
    if result["out_of_force_on"]:
        print_line(
            f"{result['catalogue']} version {result['version']} is out of force from {result['out_of_force_on']}"
        )
    else:
        print_line(f"Still to sign: {', '.join(result['unsigned'])}")


def show_redline(before: NameOrFolder, after: NameOrFolder, json: Json = False) -> None:
    """Shows what differs between two catalogues or versions, rule by rule, in words and as rules."""
    from goodstanding.catalogue.redline import list_rule_changes

    print_result(list_rule_changes(get_named_catalogue(before), get_named_catalogue(after)), json, _show_changes)


def _show_changes(changes: list[RuleChange]) -> None:
    for change in changes:
        print_line(f"{change.change}: {change.place}")
        for sign_, words, rule in (
            ("-", change.words_before, change.rule_before),
            ("+", change.words_after, change.rule_after),
        ):
            if words or rule:
                print_line(f"  {sign_} {words}" + (f"\n    {rule}" if rule else ""))
    print_line(f"{len(changes)} rules differ")


COMMANDS: dict[str, Callable[..., None]] = {
    "draft": draft_catalogue,
    "comment": comment_on_draft,
    "answer": answer_draft_comment,
    "sign": sign_catalogue_draft,
    "withdraw": withdraw_catalogue_draft,
    "drafts": list_catalogue_drafts,
    "enact": put_into_force,
    "retire": retire_catalogue,
    "redline": show_redline,
}
