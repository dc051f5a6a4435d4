"""How long a request may be: a file is read of nobody who has not signed in, and any absurd length is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from goodstanding.web.http.request_bodies import MOST_API_BYTES, MOST_OPEN_BYTES, SENDER

FORM = "multipart/form-data; boundary=x"
ADDRESSES = ("/sign-in", "/calculator/uk-food-hygiene", "/cases/1/reply", "/sources/uk-fhrs-la:102/files/new")


class _Unreadable:
    """A body that is never to be read."""

    def read(self, *_size: int) -> bytes:
        raise AssertionError("the body was read")

    readline = read


def post_unread(client: Any, address: str, length: object) -> Any:
    """Posts a body of a length that nothing may read."""
    unread = {"wsgi.input": _Unreadable(), "CONTENT_LENGTH": str(length), "CONTENT_TYPE": FORM}
    return client.generic("POST", address, **unread)


@pytest.mark.parametrize("length", [MOST_OPEN_BYTES + 1, 100_000_000, "9" * 40])
def test_what_nobody_sends_is_not_read(anybody: Any, length: object) -> None:
    """A hundred megabytes of somebody who has not signed in are refused by their header, at every address."""
    for address in ADDRESSES:
        answer = post_unread(anybody, address, length)
        assert answer.status_code in (413, 404)
    answer = post_unread(anybody, "/sign-in", length)
    assert answer.status_code == 413
    assert "once you have signed in" in answer.text


def test_who_has_signed_in_sends_as_much_as_a_form_takes(signed_in: Callable[..., Any]) -> None:
    """Ten files are read, to be looked at one by one; more is refused unread."""
    overseer = signed_in("overseer")
    assert post_unread(overseer, "/sign-out", 110_000_000).status_code == 413
    with pytest.raises(AssertionError, match="was read"):
        post_unread(overseer, "/sign-out", 100_000_000)


def test_a_server_is_told_who_sends(signed_in: Callable[..., Any]) -> None:
    """So that it leaves room for others."""
    overseer = signed_in("overseer")
    assert overseer.get("/").wsgi_request.META[SENDER] == overseer.get("/account").wsgi_request.user.get_username()


def test_a_program_is_told_in_its_own_form(anybody: Any) -> None:
    """A part of a batch that is too long is refused as JSON."""
    answer = post_unread(anybody, "/v1/sources/x/batches?feed=y", MOST_API_BYTES + 1)
    assert (answer.status_code, answer.json()["code"]) == (413, "too-long")


def test_a_body_without_its_length_is_not_taken_for_an_empty_one(anybody: Any) -> None:
    """What comes in chunks, with no word of how long it is, is refused by that reason, of people and of programs."""
    chunks = {"wsgi.input": _Unreadable(), "CONTENT_TYPE": FORM, "HTTP_TRANSFER_ENCODING": "chunked"}
    assert anybody.generic("POST", "/sign-in", **chunks).status_code == 411
    answer = anybody.generic("POST", "/v1/sources/x/batches?feed=y", **chunks)
    assert (answer.status_code, answer.json()["code"]) == (411, "no-length")
