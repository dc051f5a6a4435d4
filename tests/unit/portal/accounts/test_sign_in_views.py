"""Signing in and out, and the accounts of a demonstration."""

from __future__ import annotations

from typing import Any

import pytest
from tests.site_register import LISTED, PRESUMED

from goodstanding import config
from goodstanding.access import Role
from goodstanding.errors import NotAllowed


@pytest.fixture
def account(register: config.RegisterSettings) -> dict[str, str]:
    """An account with a password, and nobody's tries counted yet."""
    from django.contrib.auth import get_user_model
    from django.core.cache import cache

    from goodstanding.web.models import Account

    cache.clear()
    user, _new = get_user_model().objects.get_or_create(username="one who signs in")
    user.set_password("a long and secret word")
    user.save()
    Account.objects.get_or_create(user=user, defaults={"role": "overseer"})
    return {"username": "one who signs in", "password": "a long and secret word"}


@pytest.mark.each_database
def test_the_right_password_signs_in_and_the_button_signs_out(anybody: Any, account: dict[str, str]) -> None:
    """After signing in the page names the account; after signing out nobody is signed in."""
    answer = anybody.post("/sign-in", {**account, "next": f"/subjects/{PRESUMED}"})
    assert answer.headers["Location"] == f"/subjects/{PRESUMED}"
    assert anybody.get("/sign-in.json").json()["role"] == "overseer"
    assert "one who signs in" in anybody.get("/sign-out").text
    anybody.post("/sign-out")
    assert anybody.get("/sign-in.json").json()["name"] is None


def test_a_wrong_password_keeps_the_name_and_says_what_was_wrong(anybody: Any, account: dict[str, str]) -> None:
    """Nothing that was typed is lost but the password."""
    page = anybody.post("/sign-in", account | {"password": "mistaken"})
    assert 'value="one who signs in"' in page.text
    assert "The name or the password is wrong" in page.text
    assert "mistaken" not in page.text


def test_guessing_is_slowed_down(anybody: Any, account: dict[str, str]) -> None:
    """After ten wrong tries even the right password is not looked at for a while."""
    for _again in range(10):
        anybody.post("/sign-in", account | {"password": "wrong"})
    assert anybody.post("/sign-in", account).status_code == 429
    assert anybody.get("/sign-in.json").json()["name"] is None


def test_guessing_from_many_addresses_is_slowed_down_and_locks_nobody_out(
    anybody: Any, account: dict[str, str]
) -> None:
    """After fifty wrong tries from all over, each address has one try at a time; the owner's own needs no more."""
    for number in range(50):
        guess(anybody, account, f"203.0.113.{number // 10}")
    assert [guess(anybody, account, "203.0.113.99").status_code for _again in range(2)] == [200, 429]
    assert guess(anybody, account | {"username": "ONE who signs in"}, "203.0.113.99").status_code == 429
    assert guess(anybody, account | {"username": "one of whom nobody spoke"}, "203.0.113.99").status_code == 200
    for _again in range(3):
        assert anybody.post("/sign-in", account, REMOTE_ADDR="198.51.100.7").status_code == 302
        anybody.post("/sign-out")


def test_one_network_of_the_sixth_version_is_one_address(anybody: Any, account: dict[str, str]) -> None:
    """Whoever has 2^64 addresses of their own has no more tries than others."""
    answers = [guess(anybody, account, f"2001:db8::{number}").status_code for number in range(1, 12)]
    assert answers == [200] * 10 + [429]


def guess(client: Any, account: dict[str, str], address: str) -> Any:
    """The answer to a wrong password from an address."""
    return client.post("/sign-in", account | {"password": "wrong"}, REMOTE_ADDR=address)


def test_counts_of_wrong_tries_are_not_pushed_out() -> None:
    """The cache keeps the counts of tens of thousands of addresses."""
    from django.core.cache import cache

    cache.clear()
    for number in range(2_000):
        cache.set(f"count-{number}", [1.0], 900)
    assert all(cache.get(f"count-{number}") for number in range(2_000))
    cache.clear()


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(anybody: Any, account: dict[str, str], elsewhere: str) -> None:
    """An address of another site is not followed: own work comes instead."""
    assert anybody.post("/sign-in", {**account, "next": elsewhere}).headers["Location"] == "/overseer"


def test_a_form_from_elsewhere_does_nothing(account: dict[str, str]) -> None:
    """A form without the page's own token is refused in words."""
    from django.test import Client

    answer = Client(enforce_csrf_checks=True, headers={"host": "localhost"}).post("/sign-in", account)
    assert answer.status_code == 403
    assert "Nothing was done" in answer.text


def test_an_account_without_a_part_is_anybody(register: config.RegisterSettings) -> None:
    """A user of the database who was given no role sees what anybody sees."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    user, _new = get_user_model().objects.get_or_create(username="without a part")
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    assert client.get(f"/subjects/{PRESUMED}.json").status_code == 404


def test_a_demonstration_has_an_account_for_each_role(register: config.RegisterSettings, anybody: Any) -> None:
    """Made twice they are the same accounts; the passwords work; the subjects are a presumed and a listed company."""
    from goodstanding.portal.accounts.demonstration_accounts import make_demonstration_accounts

    before = {(login.name, login.role, login.scope) for login in make_demonstration_accounts()}
    accounts = make_demonstration_accounts()
    assert {(login.name, login.role, login.scope) for login in accounts} == before
    assert {login.role for login in accounts} == {role for role in Role if role not in (Role.ANYBODY, Role.OPERATOR)}
    assert {login.scope for login in accounts if login.role == "subject"} == {PRESUMED, LISTED}
    assert len({login.password for login in accounts}) == len(accounts)
    login = next(login for login in accounts if login.scope == PRESUMED)
    anybody.post("/sign-in", {"username": login.name, "password": login.password})
    assert anybody.get(f"/subjects/{PRESUMED}.json").json()["party"] is True


def test_a_real_register_gets_no_such_accounts(register_folder: config.RegisterSettings) -> None:
    """Passwords on the screen are for demonstrations only."""
    from goodstanding.portal.accounts.demonstration_accounts import make_demonstration_accounts

    with pytest.raises(NotAllowed):
        make_demonstration_accounts()
