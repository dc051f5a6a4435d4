"""The program behind a real proxy that ends TLS: forms are taken, and browsers are told to stay with HTTPS."""

from __future__ import annotations

import http.client
import re
import shutil
import ssl
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from tests.acceptance.browsing import Site
from tests.acceptance.tls_proxy import open_tls_proxy

SIGN_IN = "/sign-in"


class _Visitor:
    """Somebody who reads and fills in pages through the proxy, as a browser does: with cookies, Origin and Referer."""

    def __init__(self, port: int, trust: ssl.SSLContext) -> None:
        self.port, self.trust, self.cookies = port, trust, dict[str, str]()
        self.origin = f"https://localhost:{port}"

    def ask(self, method: str, path: str, **fields: str) -> tuple[http.client.HTTPResponse, str]:
        """The answer and its text."""
        connection = http.client.HTTPSConnection("localhost", self.port, context=self.trust)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if method == "POST":
            headers |= {"Origin": self.origin, "Referer": self.origin + path}
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request(method, path, urlencode(fields) if fields else None, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _equals, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        connection.close()
        return answer, text


@pytest.fixture
def visitor(new_register: Path, tmp_path: Path) -> Iterator[_Visitor]:
    """A visitor of a new register that is served behind HTTPS."""
    site = Site(shutil.copytree(new_register, tmp_path / "register"), GOODSTANDING_HTTPS="1", GOODSTANDING_PROXIES="1")
    try:
        with open_tls_proxy(site.port, tmp_path) as (port, trust):
            yield _Visitor(port, trust)
    finally:
        site.stop()


def test_forms_and_hsts_work_behind_tls(visitor: _Visitor) -> None:
    """A form is read rather than refused, cookies are for HTTPS only, and HSTS is sent with every page."""
    page, text = visitor.ask("GET", SIGN_IN)
    assert page.status == 200
    assert "max-age=31536000" in page.headers["Strict-Transport-Security"]
    assert all("Secure" in cookie for cookie in page.headers.get_all("Set-Cookie", []))
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text)
    assert token
    sent, text = visitor.ask(
        "POST", SIGN_IN, login="nobody", password="wrong wrong wrong", csrfmiddlewaretoken=token[1]
    )
    assert (sent.status, "was not sent from this site" in text) == (200, False)


def test_a_form_of_another_site_is_refused_behind_tls(visitor: _Visitor) -> None:
    """What another origin sends is still refused."""
    _page, text = visitor.ask("GET", SIGN_IN)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text)
    assert token
    visitor.origin = "https://elsewhere.example"
    sent, _text = visitor.ask("POST", SIGN_IN, login="nobody", password="wrong", csrfmiddlewaretoken=token[1])
    assert sent.status == 403
