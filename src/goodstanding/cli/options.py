"""Options that several commands share, and days as people type them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from goodstanding import config
from goodstanding.access import OPERATOR, Actor, Role
from goodstanding.cli.output import print_problem, show_progress
from goodstanding.errors import BadDay, BadInput

Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
Acting = Annotated[
    str, typer.Option("--as", metavar="ROLE[:SCOPE]", help="Ask in a role, as in overseer or subject:mx-rfc:….")
]
At = Annotated[str, typer.Option("--at", metavar="DAY", help="The day asked about; else today.")]

LARGEST_NUMBER = 10**15 - 1  # as many digits as any number in an address has


def now() -> datetime:
    """The present instant; in a demonstration that stands still a time of its own day."""
    return config.hold_day(datetime.now(UTC))


def today() -> date:
    """The present day, in UTC."""
    return now().date()


def parse_day_option(text: str, option: str) -> date | None:
    """A day as YYYY-MM-DD, None for an empty text; raises BadDay."""
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:  # not 2015-W07-1, which is a day in other words
        raise BadDay(f"{text!r} is no day.", where=option, remedy="YYYY-MM-DD, for example 2021-05-18")
    return day


def parse_actor(text: str) -> Actor:
    """The actor that `--as` names: the operator by default; raises BadInput for an unknown role."""
    if not text:
        return OPERATOR
    role, _colon, scope = text.partition(":")
    if role not in list(Role):
        raise BadInput(f"There is no role {role!r}.", where="--as", remedy=", ".join(Role))
    return Actor(Role(role), scope)


def read_text_file(file: Path, saved_as: str = "UTF-8") -> str:
    """The text of a file that an option or argument names; raises BadInput."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput("The file is not UTF-8.", where=str(file), remedy=f"the file saved as {saved_as}") from error
    except OSError as error:
        raise BadInput("The file cannot be read.", where=str(file), remedy=error.strerror) from error


@contextmanager
def open_chosen_register() -> Iterator[config.RegisterSettings]:
    """The chosen register, up to date with this version of the program and with its ledger."""
    chosen = config.activate_register(config.load_settings(config.choose_register_folder()))
    from goodstanding.ledger.content_erasure import list_leftovers
    from goodstanding.register.projection.projector import catch_up
    from goodstanding.register.storage.indexes import create_missing_indexes
    from goodstanding.register.storage.lifecycle import use_register as opened_folder

    with opened_folder(chosen.folder) as register:
        bring_up_to_date()
        catch_up()
        create_missing_indexes()
        _finish_demonstration()
        if list_leftovers():  # an erasure that was cut off
            from goodstanding.register.erasure.erasure_requests import finish_erasures

            finish_erasures()
        try:
            yield register
        finally:
            hand_over_to_witnesses()


def _finish_demonstration() -> None:
    from goodstanding.cli.demonstration.library_enactment import enact_pending_library

    if enact_pending_library():
        print_problem("The making of this demonstration was cut off. It lacked catalogues; now all are in force.")


def hand_over_to_witnesses() -> None:
    """Hands the witnesses what this command signed; says on standard error which did not take it."""
    from goodstanding.ledger.witness.handover import hand_over_if_signed

    for address, problem in hand_over_if_signed().items():
        print_problem(f"{address}: {problem.message}")


def bring_up_to_date(restore: bool = True) -> None:
    """Brings the register in use up to date with this version of the program; says on standard error what was done."""
    from goodstanding.register.projection import upgrade
    from goodstanding.register.projection.upgrade import is_up_to_date

    if is_up_to_date(restore):
        return
    with show_progress() as tell:
        done = upgrade.bring_up_to_date(lambda size, total: tell("rebuilding", size, total), restore)
    if done:
        print_problem(str(done))
