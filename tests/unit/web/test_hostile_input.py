"""Whatever is typed into an address: a clear refusal, never a fault of the program."""

from __future__ import annotations

from collections.abc import Callable
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


@pytest.mark.parametrize(
    "path", ["/cases/{}", "/ledger/{}", "/applications/{}", "/file/disputes/{}", "/sources/uk-fhrs-la:102/records/{}"]
)
def test_a_number_that_no_database_has_is_answered(signed_in: Callable[..., Any], path: str) -> None:
    """A number of 26 digits names nothing: 404, as for one that nothing has."""
    for role, scope in (("overseer", ""), ("source", "uk-fhrs-la:102"), ("subject", DRAGON)):
        assert signed_in(role, scope).get(path.format("9" * 26)).status_code == 404


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
