"""Commands about sources: which there are, and the keys with which their programs sign."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from goodstanding.access import OPERATOR
from goodstanding.cli.groups import build_group
from goodstanding.cli.options import Json, now, open_chosen_register
from goodstanding.cli.output import print_line, print_result, print_table
from goodstanding.cli.source_change_commands import COMMANDS

app = build_group("Sources: which are admitted, and the keys they sign with.")
for name, command in COMMANDS.items():
    app.command(name)(command)
key_app = build_group("The keys with which sources sign what they send.")
app.add_typer(key_app, name="key")

SOURCE = typer.Argument(..., metavar="SOURCE", help="The source's id, as its catalogue names it.")


@key_app.command()
def add(
    source: str = SOURCE,
    public_key: str = typer.Argument(..., metavar="PUBLIC_KEY", help="A file, or the key's 32 bytes in base64."),
    replaces: str = typer.Option("", "--replaces", metavar="KEY", help="The id of the key that ends with this one."),
    json: Json = False,
) -> None:
    """Admits an Ed25519 public key: PEM, OpenSSH or base64; prints the id that signatures name."""
    file = Path(public_key)
    text = file.read_text(encoding="utf-8", errors="replace") if _is_file(file) else public_key
    with open_chosen_register():
        from goodstanding.intake.submissions.source_keys import add_source_key

        added_key = add_source_key(source, text, OPERATOR, now(), replaces)
    print_result(
        added_key, json, lambda shown_key: print_line(f"{shown_key.source} may sign with the key {shown_key.key}")
    )


def _is_file(file: Path) -> bool:
    try:
        return file.is_file()
    except OSError:  # too long to be a name
        return False


@key_app.command("list")
def list_signing_keys(source: str = typer.Argument("", metavar="[SOURCE]"), json: Json = False) -> None:
    """Lists the keys of a source, or of all, those that are no longer in use with the reason."""
    with open_chosen_register():
        from goodstanding.intake.submissions.source_keys import list_source_keys

        listed_keys = list_source_keys(source or None)
    print_result(
        listed_keys,
        json,
        lambda keys: print_table(("source", "key", "since", "in use"), [_build_key_row(key) for key in keys]),
    )


def _build_key_row(key: Any) -> tuple[Any, ...]:
    return key.source, key.key, key.recorded_at.date(), "yes" if key.in_use else f"no: {key.reason}"


@key_app.command()
def revoke(
    source: str = SOURCE,
    key: str = typer.Argument(..., metavar="KEY", help="The key's id."),
    reason: str = typer.Option(..., "--reason", help="Why, in words."),
    json: Json = False,
) -> None:
    """Ends the use of a key, from now on."""
    with open_chosen_register():
        from goodstanding.intake.submissions.source_keys import revoke_source_key

        revoked_key = revoke_source_key(source, key, reason, OPERATOR, now())
    print_result(
        revoked_key,
        json,
        lambda shown_key: print_line(f"{shown_key.source} may no longer sign with the key {shown_key.key}"),
    )
