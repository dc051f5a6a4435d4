"""Whatever is typed into an address: a clear refusal, never a fault of the program."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.profiles import share_of_examples
from tests.site_register import DRAGON, LIST

ODD = (
    "\x00", "' OR 1=1 --", "%s", "%", "\u202e", "💥", "a" * 5000, "-1", "1e9", "0", "2015-02-30", "9999-12-31",
    "0001-01-01", "../../etc/passwd", "<script>", '"', "*", "NEAR(", "ß" * 200, "9" * 400, "food-hygiene:", ":",
    "uk-fhrs-row:", "mx-rfc:" + "A" * 300, "\u00a0", "\n", "NaN", "null", "[]", "{}",
)  # fmt: skip
ADDRESSES = Path(__file__).with_name("addresses.txt").read_text(encoding="utf-8").splitlines()
TEXTS = st.one_of(st.text(max_size=220), st.sampled_from(ODD))
NAMES = ("q", "list", "grade", "sector", "region", "page", "at", "known")
PATHS = (
    "/subjects/{}", "/ledger/{}", "/catalogues/{}", "/lists/{}", "/lists/mx-tax-69b/{}", "/tlog/{}", "/tlog/tile/{}",
    "/tlog/tile/0/{}", "/catalogues/mx-tax-69b/files/{}", "/catalogues/{}/sql", "/{}", "/v1/{}", "/v1/subjects/{}",
    "/v1/ledger/events/{}", "/v1/lists/mx-tax-69b/{}", "/v1/agreement/{}", "/static/{}",
    "/account/{}", "/account/claims/{}/proof", "/account/confirm-email/{}/", "/account/password/reset/key/{}/",
    "/account/oidc/{}/login/", "/account/oidc/{}/login/callback/?state=x",
)  # fmt: skip
SEVERE = settings(
    max_examples=share_of_examples(60),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def is_answered_well(answer: Any) -> bool:
    """Whether an answer is no fault of the program, and is in one of the two forms."""
    kind = answer.headers.get("Content-Type", "")
    return answer.status_code < 500 and (answer.status_code < 400 or kind.startswith(("text/html", "application/json")))


@pytest.mark.each_database
@pytest.mark.parametrize("path", ["/search", "/search.json", "/v1/search", f"/subjects/{DRAGON}", f"/v1/lists/{LIST}"])
def test_any_text_in_any_parameter_is_answered(anybody: Any, path: str) -> None:
    """No parameter of a page brings the program down, for anybody."""

    @SEVERE
    @given(st.dictionaries(st.sampled_from(NAMES), TEXTS, min_size=1))
    def ask(query: dict[str, str]) -> None:
        assert is_answered_well(anybody.get(path, query)), query

    ask()


@pytest.mark.each_database
def test_any_moment_is_answered_to_those_who_may_ask(signed_in: Callable[..., Any]) -> None:
    """A day or ledger size that cannot be is refused; every other one is answered."""
    overseer = signed_in("overseer")

    @SEVERE
    @given(at=st.one_of(TEXTS, st.dates().map(str)), identifier=st.one_of(TEXTS, st.integers(-5, 200).map(str)))
    @example(at="9999-12-31", identifier="0")
    @example(at="0001-01-01", identifier="79")
    def ask(at: str, identifier: str) -> None:
        for path in (f"/subjects/{DRAGON}.json", f"/lists/{LIST}.json", "/search.json"):
            assert is_answered_well(overseer.get(path, {"at": at, "known": identifier, "q": "golden"})), (
                path,
                at,
                identifier,
            )

    ask()


@pytest.mark.each_database
@pytest.mark.parametrize("path", PATHS)
def test_any_text_in_any_address_is_answered(anybody: Any, path: str) -> None:
    """No address brings the program down."""

    @SEVERE
    @given(TEXTS)
    def ask(text: str) -> None:
        assert is_answered_well(anybody.get(path.format(quote(text, safe="/")))), text

    ask()


@pytest.mark.parametrize("digits", [16, 19, 20, 26, 5000])
def test_a_number_that_no_database_has_is_not_found(signed_in: Callable[..., Any], digits: int) -> None:
    """At every address with a number in it and in every role: 404, as for a number that nothing has."""
    addresses = [re.sub(r"<int:\w+>", "9" * digits, line.split()[0]) for line in ADDRESSES if "<int:" in line]
    addresses = [f"/{re.sub('<str:source>', 'uk-fhrs-la:102', address)}" for address in addresses]
    for role, scope in (("overseer", ""), ("source", "uk-fhrs-la:102"), ("subject", DRAGON)):
        client = signed_in(role, scope)
        answers = {address: client.get(re.sub("<[a-z]+:[a-z]+>", "x", address)).status_code for address in addresses}
        assert {address: status for address, status in answers.items() if status != 404} == {}


@pytest.mark.parametrize("text", ["9" * 16, "9" * 150, "\u0663", "-1", "1e9", " "])
def test_a_number_that_none_is_has_an_answer(signed_in: Callable[..., Any], text: str) -> None:
    """In the questions of addresses too: it is refused, not found or left out, and nothing breaks."""
    addresses = ("/ledger?position=", "/search?q=x&page=", "/?known=", "/calculator/uk-food-hygiene?example=",
                 "/desk?proposed=", "/account/claims?claim=", "/cases/0?done=")  # fmt: skip
    for address in addresses:
        assert is_answered_well(signed_in("source", "uk-fhrs-la:102").get(address + quote(text))), address


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
@pytest.mark.parametrize(
    "path", ["/", "/search", f"/subjects/{DRAGON}.json", "/v1/lists", "/ledger/0", "/tlog/checkpoint"]
)
def test_pages_are_only_read(anybody: Any, method: str, path: str) -> None:
    """A method that would change something is refused, with the methods there are."""
    answer = getattr(anybody, method)(path)
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_a_foreign_host_is_refused(register: Any) -> None:
    """A request under another host name is not answered."""
    from django.test import Client

    assert Client(headers={"host": "elsewhere.example"}).get("/").status_code == 400


def test_any_text_in_a_form_of_signing_in_is_answered(anybody: Any) -> None:
    """Names, passwords, addresses to go on to, and what claims to be a passkey."""
    from django.core.cache import cache

    @SEVERE
    @given(TEXTS, TEXTS)
    def ask(first: str, other: str) -> None:
        cache.clear()
        assert is_answered_well(anybody.post("/sign-in", {"username": first, "password": other, "next": other})), (
            first,
            other,
        )
        assert is_answered_well(anybody.get("/sign-in", {"next": first})), first
        assert is_answered_well(anybody.post("/account/password/reset/", {"email": first})), first
        assert is_answered_well(anybody.post("/account/2fa/webauthn/login/", {"credential": first, "next": other})), (
            first,
            other,
        )

    ask()


def test_any_text_in_a_form_of_one_s_own_is_answered(signed_in: Callable[..., Any]) -> None:
    """Parts, claims, what settles them, mandates and e-mail addresses."""
    client = signed_in("source", "mx-sat")

    @SEVERE
    @given(TEXTS, TEXTS)
    def ask(first: str, other: str) -> None:
        for address, sent in (
            ("/account/roles", {"part": first, "next": other}),
            ("/account/claim", {"identifier": first, "text": other}),
            ("/account/claims", {"claim": first, "do": "refuse", "reason": other}),
            ("/account/claims", {"claim": first, "do": "confirm", "until": other}),
            ("/account/representatives", {"mandate": first, "reason": other}),
            ("/account/email/", {"email": first, "action_add": other}),
        ):
            assert is_answered_well(client.post(address, sent)), (address, first, other)

    ask()
