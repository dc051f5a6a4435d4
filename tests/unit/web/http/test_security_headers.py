"""Headers: on every response the same strict ones, errors and static files included."""

from __future__ import annotations

from typing import Any

import pytest
from tests.site_register import DRAGON, LIST

ODD = (
    "/nothing", f"/lists/{LIST}.csv", "/tlog/checkpoint", "/tlog/nothing", "/robots.txt", "/v1/openapi.json",
    "/v1/nothing", "/ledger?position=1", "/static/web/goodstanding.css", "/subjects/x",
    f"/subjects/{DRAGON}?at=2000-01-01",
)  # fmt: skip


@pytest.mark.parametrize("address", ODD)
def test_every_response_is_guarded(anybody: Any, address: str) -> None:
    """Errors, files and redirects are guarded as pages and their twins are."""
    answer = anybody.get(address)
    answer.close()
    assert_guarded(answer.headers)


def assert_guarded(headers: Any) -> None:
    """Nothing from elsewhere, no frame, no guessing of types, no index, no trace to other sites."""
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'none'", "style-src": "'self'", "img-src": "'self'", "form-action": "'self'",
        "frame-ancestors": "'none'", "base-uri": "'none'",
    }  # fmt: skip
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "noindex" in headers["X-Robots-Tag"]


def test_the_public_gets_no_cookie(anybody: Any) -> None:
    """Whoever only reads is not told apart from anybody else."""
    for address in ("/", f"/subjects/{DRAGON}", "/search?q=golden"):
        assert not anybody.get(address).cookies
