"""Signing in by an identity provider (OpenID Connect): led there, back, and in only where it was connected before."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from goodstanding import config
from goodstanding.errors import RegisterError
from goodstanding.portal.accounts.openid_providers import build_provider_settings

PASSWORD = "a long and secret word"


class Provider(BaseHTTPRequestHandler):
    """Says where its parts are, gives a token for any code, and says that whoever comes is `sub` 4711."""

    def answer(self, content: dict[str, Any]) -> None:
        """Writes JSON."""
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        """The parts, or who it is."""
        address = f"http://127.0.0.1:{self.server.server_address[1]}"
        if self.path.endswith("/.well-known/openid-configuration"):
            ends = {"issuer": address, "authorization_endpoint": "https://login.city.example/authorize"}
            ends |= {f"{name}_endpoint": f"{address}/{name}" for name in ("token", "userinfo")}
            self.answer(ends | {"jwks_uri": f"{address}/keys"})
        else:
            self.answer({"sub": "4711", "preferred_username": "dora", "email": "dora@city.example"})

    def do_POST(self) -> None:
        """A token."""
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.answer({"access_token": "a-token", "token_type": "Bearer"})

    def log_message(self, *_arguments: Any) -> None:
        """Nothing."""


@pytest.fixture
def city(register: config.RegisterSettings) -> Iterator[str]:
    """The URL of a provider that is running, and configured here as `city`."""
    from django.core.cache import cache
    from django.test import override_settings

    cache.clear()
    server = HTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://client:secret@127.0.0.1:{server.server_address[1]}/realm?id=city&name=City+of+Anqu"
    with override_settings(SOCIALACCOUNT_PROVIDERS=build_provider_settings([url])):
        yield url
    server.shutdown()
    server.server_close()


@pytest.fixture
def person(register: config.RegisterSettings) -> Iterator[Callable[[str], Any]]:
    """Makes a person, an overseer; afterwards nobody is left."""
    from django.contrib.auth import get_user_model

    from goodstanding.web.models import Account

    users = []

    def new(name: str) -> Any:
        user = get_user_model().objects.create_user(name, password=PASSWORD)
        users.append(user)
        Account.objects.create(user=user, role="overseer")
        return user

    yield new
    for user in users:
        user.delete()


def sign_in_with_provider(client: Any, query: str = "") -> Any:
    """Goes to the provider and comes back with a code; the last answer here."""
    led = client.post(f"/account/oidc/city/login/{query}").headers["Location"]
    there = {name: values[0] for name, values in parse_qs(urlsplit(led).query).items()}
    assert led.startswith("https://login.city.example/authorize?")
    assert there["client_id"] == "client"
    assert there["code_challenge_method"] == "S256"
    assert there["redirect_uri"] == "http://localhost/account/oidc/city/login/callback/"
    return client.get("/account/oidc/city/login/callback/", {"code": "a-code", "state": there["state"]}, follow=True)


def test_the_page_says_where_one_is_led_and_may_lead_nowhere_else(anybody: Any, city: str) -> None:
    """Its form may go to the provider's own origin, and to no other."""
    assert "City of Anqu" in anybody.get("/sign-in").text
    answer = anybody.get("/account/oidc/city/login/")
    assert "Go to City of Anqu" in answer.text
    assert "form-action 'self' https://login.city.example;" in answer.headers["Content-Security-Policy"]
    assert "script-src" not in answer.headers["Content-Security-Policy"]


def test_whoever_connected_nothing_gets_no_account(anybody: Any, city: str) -> None:
    """The provider's word alone makes no account and opens none."""
    from django.contrib.auth import get_user_model

    before = get_user_model().objects.count()
    assert "How to get an account" in sign_in_with_provider(anybody).text
    assert anybody.get("/sign-in.json").json()["name"] is None
    assert get_user_model().objects.count() == before


def test_whoever_connected_it_is_signed_in_by_it(anybody: Any, city: str, person: Callable[[str], Any]) -> None:
    """Connected once after signing in with a password; until it is disconnected."""
    from django.test import Client

    person("Dora")
    anybody.post("/sign-in", {"username": "Dora", "password": PASSWORD})
    page = sign_in_with_provider(anybody, "?process=connect")
    assert "The sign-in was connected." in page.text
    elsewhere = Client(headers={"host": "localhost"})
    sign_in_with_provider(elsewhere)
    assert elsewhere.get("/sign-in.json").json()["role"] == "overseer"
    [connected] = re.findall(r'id="connected-([0-9]+)"', page.text)
    anybody.post("/account/3rdparty/", {"account": connected})
    again = Client(headers={"host": "localhost"})
    assert "How to get an account" in sign_in_with_provider(again).text


@pytest.mark.parametrize("query", ["?code=x&state=forged", "?error=access_denied", "?code=x", "?state=%00", ""])
def test_a_forged_return_signs_nobody_in(anybody: Any, city: str, query: str) -> None:
    """A clear page, and no fault of the program."""
    answer = anybody.get(f"/account/oidc/city/login/callback/{query}", follow=True)
    assert answer.status_code < 500
    assert '<header class="top">' in answer.text
    assert anybody.get("/sign-in.json").json()["name"] is None


def test_a_provider_that_does_not_answer_is_said_by_name(anybody: Any, register: config.RegisterSettings) -> None:
    """With what to do instead; a provider that nobody configured is not found."""
    from django.test import override_settings

    silent = build_provider_settings(["http://client:secret@127.0.0.1:9/x?id=city&name=City+of+Anqu"])
    with override_settings(SOCIALACCOUNT_PROVIDERS=silent):
        answer = anybody.get("/account/oidc/city/login/")
        assert answer.status_code == 502
        assert "City of Anqu does not answer" in answer.text
        assert anybody.get("/account/oidc/other/login/").status_code == 404
        assert anybody.get("/account/oidc/other/login/callback/?code=x").status_code == 404


def test_a_provider_is_one_url() -> None:
    """Client and secret are read as URLs write them, and are not in the issuer's address."""
    [app] = build_provider_settings(["https://a%40b:c%3Ad@login.example/realms/x/?id=x&name=X+y"])["openid_connect"][
        "APPS"
    ]
    assert (app["provider_id"], app["name"], app["client_id"], app["secret"]) == ("x", "X y", "a@b", "c:d")
    assert app["settings"]["server_url"] == "https://login.example/realms/x"
    assert build_provider_settings([]) == {}


@pytest.mark.parametrize(
    "urls",
    [["http://a:b@login.example/x"], ["https://login.example/x"], ["ftp://a:b@x"], ["nonsense"],
     ["https://a:b@x/?id=A B"], ["https://a:b@x/?other=1"], ["https://a:b@x", "https://c:d@y"]],
)  # fmt: skip
def test_what_names_no_provider_is_refused(urls: list[str]) -> None:
    """Without TLS, without a client, with an unknown part, or twice under one id; the secret is not repeated."""
    with pytest.raises(RegisterError) as refusal:
        build_provider_settings(urls)
    assert "b@" not in str(refusal.value).replace("CLIENT:SECRET@", "")
