"""Three people take a catalogue out of force, whatever its rules do: its effects end on the day that they signed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from tests.clerk import uk_row
from tests.law.sound import load_sound_catalogue
from tests.proceedings import ACCOUNTS, PEOPLE, enact_by_proceeding
from tests.register_fixtures import LIBRARY, enact_catalogue_at_once
from tests.registers import NOW

from goodstanding import config
from goodstanding.errors import BadInput, NotFound
from goodstanding.ledger import store as ledger

NAME, BASIS = "uk-food-hygiene", "Judgment of the High Court of 20 November 2026"
TODAY = NOW.date()
LATER = TODAY + timedelta(days=40)
pytestmark = pytest.mark.usefixtures("hygiene")


def _sign(day: date = LATER, basis: str = BASIS, people: dict[str, str] = PEOPLE, name: str = NAME) -> Any:
    from goodstanding.register.projection.projector import catch_up
    from goodstanding.register.rules.enactment import sign_retirement

    enactments = [sign_retirement(name, day, basis, role, person, NOW) for role, person in people.items()]
    catch_up()
    return enactments[-1]


def _list_ends() -> list[str | None]:
    from goodstanding.register.storage.queries import fetch_rows

    return [end and str(end) for (end,) in fetch_rows("SELECT DISTINCT valid_to FROM effect ORDER BY valid_to")]


@pytest.mark.each_database
def test_effects_end_on_the_day_that_three_people_signed(
    send: Callable[..., Any], assert_register_holds: Callable[[], None]
) -> None:
    """Until the third has signed nothing ends; a rebuild gives the same; what was before stays shown as it was."""
    from goodstanding.register.rules.enacted_catalogues import list_enacted

    send("uk-fhrs", [uk_row(number, ratingdate="2026-03-01") for number in range(3)], stated="2026-03-16")
    before = _list_ends()
    _sign(people={"author": "Ada", "reviewer": "Ben"})
    assert _list_ends() == before
    assert _sign(people={"overseer": "Chen"}).ends_on == LATER
    assert _list_ends() == [LATER.isoformat()]
    assert list_enacted()[NAME].catalogue.until == LATER
    send("uk-fhrs", [uk_row(9, ratingdate="2026-03-02")], stated="2026-04-16")
    assert _list_ends() == [LATER.isoformat()]
    assert_register_holds()


@pytest.mark.each_database
def test_rules_that_cannot_be_read_are_taken_out_of_force_too(send: Callable[..., Any]) -> None:
    """Nobody is told of them as of a fault any more, the others go on, and a new version is in force again."""
    from goodstanding.catalogue import load_files
    from goodstanding.register.projection.projector import catch_up
    from goodstanding.register.projection.verification import verify_register
    from goodstanding.register.rules.enacted_catalogues import list_catalogue_problems, list_enacted
    from goodstanding.register.storage.lifecycle import load_signer

    send("uk-fhrs", [uk_row(1, ratingdate="2026-03-01")], stated="2026-03-16")
    content = {
        "name": NAME, "version": 7, "digest": "0" * 64, "day": TODAY.isoformat(),
        "files": {"catalogue.yaml": "catalogue: [unended"}, "charter": 1,
    }  # fmt: skip
    ledger.append([ledger.EventDraft("CatalogueEnacted", content)], NOW, load_signer())
    catch_up()
    assert _list_ends() == []
    assert list(list_catalogue_problems()) == [NAME]
    assert [finding.code for finding in verify_register().findings] == ["catalogue"]
    assert _sign(TODAY).ends_on == TODAY
    assert list_catalogue_problems() == {}
    assert verify_register().findings == ()
    texts = dict(LIBRARY[NAME].files)
    version = LIBRARY[NAME].version
    texts["catalogue.yaml"] = texts["catalogue.yaml"].replace(f"version: {version}", "version: 8", 1)
    enact_catalogue_at_once(load_files(texts))
    assert list(list_enacted()) == [NAME]
    assert LATER.isoformat() not in _list_ends()


@pytest.mark.parametrize(
    ("people", "error"),
    [
        ({"author": "Ada", "reviewer": "ADA"}, "another role"),
        ({"author": "Ada", "reviewer": " Ａda "}, "another role"),
        ({"king": "Ada"}, "Nobody signs as"),
    ],
)
def test_one_person_does_not_end_rules_alone(people: dict[str, str], error: str) -> None:
    """Three people, as for putting them into force."""
    with pytest.raises(BadInput, match=error):
        _sign(people=people)


@pytest.mark.parametrize(
    "disagreement",
    [{"day": LATER + timedelta(days=1)}, {"basis": "Another judgment"}],
)
def test_signatures_under_different_days_or_bases_do_not_add_up(disagreement: dict[str, Any]) -> None:
    """They agree on one thing, or the next one begins anew."""
    _sign(people={"author": "Ada", "reviewer": "Ben"})
    assert _sign(people={"overseer": "Chen"}, **disagreement).ends_on is None


def test_nothing_is_taken_out_of_force_backwards_twice_or_where_it_never_was() -> None:
    """What was shown on a past day stays true."""
    with pytest.raises(BadInput, match="past"):
        _sign(TODAY - timedelta(days=1))
    with pytest.raises(NotFound, match="nobodys-rules"):
        _sign(name="nobodys-rules")
    with pytest.raises(BadInput, match="basis"):
        _sign(basis=" ")
    _sign()
    with pytest.raises(BadInput, match="is out of force from"):
        _sign()


def test_an_end_that_was_written_with_a_past_day_begins_with_its_last_signature() -> None:
    """Whoever writes events past every door rewrites no yesterday."""
    from goodstanding.register.rules.enactment_history import find_newest_enactment
    from goodstanding.register.storage.lifecycle import load_signer

    catalogue = LIBRARY[NAME]
    key = {"name": NAME, "version": catalogue.version, "digest": catalogue.digest}
    for role, person in PEOPLE.items():
        content = {**key, "by": person, "role": role, "text": BASIS, "day": "2020-01-01"}
        ledger.append([ledger.EventDraft("DraftWithdrawn", content)], NOW, load_signer())
    enactment = find_newest_enactment(NAME)
    assert enactment
    assert enactment.ends_on == TODAY


def test_only_a_demonstration_retires_at_once(register_folder: config.RegisterSettings) -> None:
    """In a register for use three people sign."""
    from goodstanding.register.rules.enactment import retire_catalogue_at_once

    with pytest.raises(BadInput, match="three signatures"):
        retire_catalogue_at_once(NAME, LATER, BASIS, NOW)


def _retire_by_accounts(accounts: dict[str, str], at: datetime) -> Any:
    from goodstanding.register.rules.enactment import sign_retirement

    day = at.date() + timedelta(days=9)
    return [sign_retirement("sound", day, BASIS, role, PEOPLE[role], at, account) for role, account in accounts.items()]


UNFIT = {
    "no accounts": dict.fromkeys(ACCOUNTS, ""),
    "one without an account": {**ACCOUNTS, "reviewer": ""},
    "a subject as reviewer": {**ACCOUNTS, "reviewer": "subject:mx-rfc:X"},
    "a source as overseer": {**ACCOUNTS, "overseer": "source:E07000061"},
    "nobody's part": {**ACCOUNTS, "author": "operator:"},
}


@pytest.mark.usefixtures("asked_proceedings")
@pytest.mark.parametrize("means", UNFIT)
def test_signatures_under_an_end_are_asked_for_their_accounts(means: str) -> None:
    """As those that put rules into force: without accounts that fit nothing ends, and whoever has one signs still."""
    over = NOW + timedelta(days=33)
    enact_by_proceeding(load_sound_catalogue(), over)
    assert [enactment.ends_on for enactment in _retire_by_accounts(UNFIT[means], over)] == [None, None, None]
    unfit = {role: account for role, account in ACCOUNTS.items() if UNFIT[means][role] != account}
    assert _retire_by_accounts(unfit, over)[-1].ends_on == over.date() + timedelta(days=9)
