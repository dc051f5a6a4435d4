"""Accounts: several parts for one person, a second step, a new password, and no way in by oneself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from typing import Any
from urllib.parse import urlencode

import pytest
from tests.site_register import LISTED, PRESUMED, let_act

from goodstanding import config
from goodstanding.errors import RegisterError

PASSWORD = "a long and secret word"
PLAIN = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
OWN = (
    "/account", "/account/roles", "/account/claim", "/account/claims", "/account/representatives",
    "/account/password/change/", "/account/email/", "/account/2fa/", "/account/2fa/totp/activate/",
    "/account/2fa/webauthn/", "/account/2fa/webauthn/add/", "/account/2fa/recovery-codes/", "/account/3rdparty/",
)  # fmt: skip
OPEN = (
    "/account/2fa/webauthn/login/", "/account/signup/", "/account/password/reset/", "/account/password/reset/done/",
    "/account/inactive/", "/account/3rdparty/login/cancelled/", "/account/3rdparty/login/error/",
    "/account/password/reset/key/1-nonsense/", "/account/confirm-email/", "/account/confirm-email/nonsense/",
)  # fmt: skip
SCRIPTED = {"/account/2fa/webauthn/login/", "/account/2fa/webauthn/add/", "/account/2fa/webauthn/reauthenticate/"}


@pytest.fixture
def person(register: config.RegisterSettings) -> Iterator[Callable[..., Any]]:
    """Makes a person with a password and parts; nobody's tries are counted yet, and afterwards nobody is left."""
    from django.contrib.auth import get_user_model
    from django.core.cache import cache

    from goodstanding.web.models import Account

    cache.clear()
    users = []

    def new(name: str, *parts: tuple[str, str], email: str = "") -> Any:
        user = get_user_model().objects.create_user(name, email, PASSWORD)
        users.append(user)
        for role, scope in parts:
            Account.objects.create(user=user, role=role, scope=scope)
            if role == "subject":
                let_act(name, scope)
        return user

    yield new
    for user in users:
        user.delete()


def sign_in(client: Any, name: str, **fields: str) -> Any:
    """The answer to signing in."""
    return client.post("/sign-in", {"username": name, "password": PASSWORD, **fields})


def get_part(client: Any) -> tuple[str, str]:
    """The role and scope in which a client acts."""
    page = client.get("/sign-in.json").json()
    return page["role"], page["scope"]


@pytest.mark.each_database
def test_whoever_has_several_parts_acts_in_the_one_they_choose(anybody: Any, person: Callable[..., Any]) -> None:
    """Before the choice they are anybody; they can change it, and choose none."""
    person("Dora", ("applicant", ""), ("overseer", ""), ("subject", PRESUMED))
    wanted = f"/subjects/{PRESUMED}"
    query = urlencode({"next": wanted})
    assert sign_in(anybody, "Dora", next=wanted).headers["Location"] == f"/account/roles?{query}"
    assert get_part(anybody) == ("anybody", "")
    parts = {part["role"]: part["number"] for part in anybody.get("/account/roles.json").json()["parts"]}
    chosen = anybody.post("/account/roles", {"part": parts["subject"], "next": wanted})
    assert chosen.headers["Location"] == wanted
    assert get_part(anybody) == ("subject", PRESUMED)
    assert anybody.get(f"{wanted}.json").json()["party"] is True
    anybody.post("/account/roles", {"part": parts["overseer"]})
    assert get_part(anybody) == ("overseer", "")
    anybody.post("/account/roles", {"part": ""})
    assert get_part(anybody) == ("anybody", "")


def test_nobody_chooses_the_part_of_somebody_else(anybody: Any, person: Callable[..., Any]) -> None:
    """A forged number is answered on the page, and changes nothing."""
    from goodstanding.web.models import Account

    person("Overseer", ("overseer", ""))
    person("Dora", ("applicant", ""), ("recipient", ""))
    sign_in(anybody, "Dora")
    others = Account.objects.get(user__username="Overseer").pk
    for forged in (str(others), "0", "-1", "x", "9" * 40):
        answer = anybody.post("/account/roles", {"part": forged})
        assert answer.status_code == 404
        assert "You have no such part" in answer.text
    assert get_part(anybody) == ("anybody", "")


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_a_choice_leads_nowhere_else(anybody: Any, person: Callable[..., Any], elsewhere: str) -> None:
    """An address of another site is not followed."""
    person("Dora", ("applicant", ""))
    sign_in(anybody, "Dora")
    assert anybody.post("/account/roles", {"part": "", "next": elsewhere}).headers["Location"] == "/account"


def test_the_account_page_names_every_part_and_how_one_signs_in(anybody: Any, person: Callable[..., Any]) -> None:
    """With the subject's name, until when its mandate holds, and the desks that are open."""
    from goodstanding.web.http.clock import get_today

    person("Dora", ("subject", LISTED), email="dora@example.org")
    sign_in(anybody, "Dora")
    account_page = anybody.get("/account.json").json()
    [part] = account_page["parts"]
    assert (part["role"], part["scope"], part["why_not"]) == ("subject", LISTED, None)
    assert part["until"] > get_today().isoformat()
    assert account_page["email"] == "dora@example.org"
    page = anybody.get("/account").text
    assert "EJEMPLO" in page
    assert "/account/representatives" in page


@pytest.mark.parametrize("address", OWN)
def test_one_s_own_pages_ask_nobody_but_whoever_is_signed_in(anybody: Any, address: str) -> None:
    """Everybody else is led to sign in, and a program is refused."""
    answer = anybody.get(address)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in")
    if not address.endswith("/"):
        assert anybody.get(f"{address}.json").status_code == 403
        assert anybody.post(address).status_code in (403, 405)


@pytest.mark.parametrize("address", [*OPEN, *OWN, "/sign-in"])
def test_every_page_is_ours_and_only_passkeys_have_a_script(
    anybody: Any, person: Callable[..., Any], address: str
) -> None:
    """Each stands in the frame of this register; one of our own scripts is let in where a passkey is asked for."""
    person("Dora", ("source", "mx-sat"))
    if address in OWN:
        sign_in(anybody, "Dora")
        anybody.post("/account/reauthenticate/", {"password": PASSWORD})
    answer = anybody.get(address, follow=True)
    if address == "/account/representatives":
        assert answer.status_code == 200
    if address == "/account/2fa/recovery-codes/":
        assert answer.status_code == 404
    assert '<header class="top">' in answer.text
    assert "<main" in answer.text
    scripted = answer.wsgi_request.path in SCRIPTED
    assert answer.headers["Content-Security-Policy"] == PLAIN + ("; script-src 'self'" if scripted else "")
    assert ("<script" in answer.text) is scripted
    assert "no-store" in answer.headers["Cache-Control"] or not answer.wsgi_request.user.is_authenticated


def test_nobody_makes_an_account_by_themselves(anybody: Any, register: config.RegisterSettings) -> None:
    """Neither by the form that django-allauth has for it nor by sending what it would send."""
    from django.contrib.auth import get_user_model

    before = get_user_model().objects.count()
    sent = {"username": "mallory", "password1": PASSWORD, "email": "mallory@example.org"}
    for answer in (anybody.get("/account/signup/"), anybody.post("/account/signup/", sent)):
        assert "How to get an account" in answer.text
    assert anybody.get("/account/3rdparty/signup/").headers["Location"] == "/sign-in"
    assert get_user_model().objects.count() == before


def test_a_new_password_comes_by_a_link_that_works_once(anybody: Any, person: Callable[..., Any]) -> None:
    """The link goes to the account's address; the old password is refused then, and so is the link."""
    from django.core import mail
    from django.test import override_settings

    person("Dora", ("overseer", ""), email="dora@example.org")
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        assert anybody.post("/account/password/reset/", {"email": "dora@example.org"}).status_code == 302
        wait_for_letters()
        [sent] = mail.outbox
    assert sent.to == ["dora@example.org"]
    [link] = re.findall(r"http://localhost(/account/password/reset/key/\S+)", sent.body)
    form = anybody.get(link).headers["Location"]
    refused = anybody.post(form, {"password1": "short", "password2": "short"})
    assert "12" in refused.text
    changed = "another long and secret word"
    anybody.post(form, {"password1": changed, "password2": changed})
    assert "not work any more" in anybody.get(link, follow=True).text
    assert sign_in(anybody, "Dora").status_code == 200
    assert anybody.post("/sign-in", {"username": "Dora", "password": changed}).status_code == 302


def wait_for_letters() -> None:
    """Until the letters that go out after an answer have gone out."""
    from goodstanding.portal.accounts.allauth_adapters import background

    background.submit(lambda: None).result()


def test_nobody_waits_for_a_letter(anybody: Any, person: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer comes before the mail server takes the letter: its time would tell that the address has an account."""
    from threading import Event

    from django.core.mail import EmailMessage

    person("Dora", email="dora@example.org")
    is_answered, sent = Event(), list[str]()
    monkeypatch.setattr(EmailMessage, "send", lambda letter: sent.extend(letter.to if is_answered.wait(600) else ()))
    assert anybody.post("/account/password/reset/", {"email": "dora@example.org"}).status_code == 302
    assert sent == []
    is_answered.set()
    wait_for_letters()
    assert sent == ["dora@example.org"]


def test_nobody_learns_whether_an_address_has_an_account(anybody: Any, person: Callable[..., Any]) -> None:
    """Both are answered alike, and only one gets an e-mail."""
    from django.core import mail
    from django.test import override_settings

    person("Dora", email="dora@example.org")
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        addresses = ("dora@example.org", "nobody@example.org")
        answers = [anybody.post("/account/password/reset/", {"email": address}, follow=True) for address in addresses]
        wait_for_letters()
        assert [len(message.to) for message in mail.outbox] == [1]
    assert answers[0].text == answers[1].text
    assert answers[0].status_code == 200


def get_code(secret: str) -> str:
    """The code that an app shows now."""
    totp = import_module("allauth.mfa.totp.internal.auth")
    _before, counter, _after = totp.yield_hotp_counters_from_time()
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))


def set_up_app(client: Any, name: str) -> tuple[str, list[str]]:
    """Sets up an app for somebody who is signed in: its secret, and the recovery codes."""
    sign_in(client, name)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    page = client.get("/account/2fa/totp/activate/").text
    secret = re.findall(r'class="id breakable">([A-Z2-7]{16,})<', page)[0]
    answer = client.post("/account/2fa/totp/activate/", {"code": get_code(secret)}, follow=True)
    return secret, re.findall(r'<li class="id">([0-9]+)</li>', answer.text)


def test_with_an_app_the_password_alone_lets_nobody_in(anybody: Any, person: Callable[..., Any]) -> None:
    """The code of the moment does, each recovery code does once, and a wrong one does not."""
    from django.core.cache import cache

    user = person("Dora", ("overseer", ""))
    secret, codes = set_up_app(anybody, "Dora")
    assert len(codes) == 10
    stored = user.authenticator_set.get(type="totp").data["secret"]
    assert secret not in stored
    for code, wanted in (("000000", "anybody"), (codes[0], "overseer"), (codes[0], "anybody")):
        anybody.post("/sign-out")
        assert sign_in(anybody, "Dora").headers["Location"] == "/account/2fa/authenticate/"
        assert get_part(anybody) == ("anybody", "")
        anybody.post("/account/2fa/authenticate/", {"code": code})
        assert get_part(anybody)[0] == wanted
    cache.clear()
    anybody.post("/account/2fa/authenticate/", {"code": get_code(secret)})
    assert get_part(anybody)[0] == "overseer"


def test_codes_are_not_tried_without_end(anybody: Any, person: Callable[..., Any]) -> None:
    """After some wrong codes the right one is not looked at for a while."""
    person("Dora", ("overseer", ""))
    _secret, codes = set_up_app(anybody, "Dora")
    anybody.post("/sign-out")
    sign_in(anybody, "Dora")
    for _again in range(12):
        anybody.post("/account/2fa/authenticate/", {"code": "000000"})
    anybody.post("/account/2fa/authenticate/", {"code": codes[0]})
    assert get_part(anybody)[0] == "anybody"


@pytest.mark.parametrize("credential", ["", "{}", "[]", "nonsense", '{"id": "x", "response": {}}', "null", '"\x00"'])
def test_what_is_no_passkey_signs_nobody_in(anybody: Any, register: config.RegisterSettings, credential: str) -> None:
    """A clear answer, and no fault of the program."""
    anybody.get("/account/2fa/webauthn/login/")
    answer = anybody.post("/account/2fa/webauthn/login/", {"credential": credential})
    assert answer.status_code == 400
    assert get_part(anybody) == ("anybody", "")


def test_a_closed_account_is_out_at_once(anybody: Any, person: Callable[..., Any]) -> None:
    """In the middle of a session, and when it comes back."""
    user = person("Dora", ("overseer", ""))
    sign_in(anybody, "Dora")
    assert get_part(anybody)[0] == "overseer"
    user.is_active = False
    user.save()
    assert get_part(anybody) == ("anybody", "")
    assert sign_in(anybody, "Dora").headers.get("Location") in (None, "/account/inactive/")
    assert get_part(anybody) == ("anybody", "")


def test_wrong_tries_from_elsewhere_lock_nobody_out(anybody: Any, person: Callable[..., Any]) -> None:
    """They count by name and address together."""
    person("Dora", ("overseer", ""))
    for _again in range(11):
        last = anybody.post("/sign-in", {"username": "Dora", "password": "wrong"}, REMOTE_ADDR="203.0.113.9")
    assert last.status_code == 429
    assert "tried too often" in last.text
    assert sign_in(anybody, "Dora").status_code == 302


def test_accounts_of_before_are_kept(register_folder: config.RegisterSettings) -> None:
    """The table that gave each person one account becomes one that gives several; nobody loses theirs."""
    from django.contrib.auth import get_user_model
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    from goodstanding.web.models import Account

    people = [get_user_model().objects.create_user(name) for name in ("Dora", "Emil")]
    executor = MigrationExecutor(connections["default"])
    newest = [node for node in executor.loader.graph.leaf_nodes() if node[0] == "web"]
    executor.migrate([("web", "0001_initial")])
    before = executor.loader.project_state(("web", "0001_initial")).apps.get_model("web", "Account")
    for user, role, scope in zip(people, ("source", "overseer"), ("mx-sat", ""), strict=True):
        before.objects.create(user_id=user.pk, role=role, scope=scope)
    MigrationExecutor(connections["default"]).migrate(newest)
    kept = {(account.user.username, account.role, account.scope) for account in Account.objects.all()}
    assert kept == {("Dora", "source", "mx-sat"), ("Emil", "overseer", "")}
    Account.objects.create(user=people[0], role="overseer")
    assert people[0].accounts.count() == 2


@pytest.mark.parametrize(
    ("written", "environment"),
    [
        ({}, {"GOODSTANDING_TODAY": "2027-01-05"}),
        ({"demonstration": True}, {"GOODSTANDING_TODAY": "5 January"}),
    ],
)
def test_the_day_of_a_register_in_use_is_not_chosen(written: dict[str, Any], environment: dict[str, str]) -> None:
    """A register in use with a day of its own does not start, nor does a demonstration with a day that is none."""
    from pathlib import Path

    with pytest.raises(RegisterError) as refusal:
        config.build_settings(Path("/somewhere"), written, environment)
    assert refusal.value.where == "GOODSTANDING_TODAY"


def test_a_demonstration_is_tried_on_another_day(
    register: config.RegisterSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The day is the one named, and without one another."""
    from goodstanding.web.http.clock import get_today

    assert get_today() != date(2027, 1, 5)
    monkeypatch.setenv("GOODSTANDING_TODAY", "2027-01-05")
    assert get_today() == date(2027, 1, 5)
