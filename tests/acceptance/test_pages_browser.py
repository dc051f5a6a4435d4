"""The real program and a real browser: pages without complaint, without scripts, and without scrolling sideways."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.unit.web.conftest import CHINESE, DRAGON, HOSTILE, LISTED, LONG, PRESUMED, addresses, made

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
ODD = ("/nothing", f"/subjects/{DRAGON}?at=2010-01-01", "/subjects/nope:1", "/search?page=x")
PASSWORD = "a long and secret word"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def program() -> str:
    """The browser's own program, or a skip that says that none is installed."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("no chromium is installed here")
    return found


@pytest.fixture(scope="module")
def site(program: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running server over the small register, in which an overseer has an account."""
    folder = made(tmp_path_factory.mktemp("site") / "register", tmp_path_factory.mktemp("files"))
    _overseer(folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen(
        [*command, "goodstanding.web.wsgi:application"],
        env=os.environ | {"GOODSTANDING_REGISTER": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield _answering(f"http://127.0.0.1:{port}")
    finally:
        server.terminate()
        server.wait(10)


def _overseer(folder: Path) -> None:
    from django.contrib.auth import get_user_model

    from goodstanding.register.opening import opened
    from goodstanding.web.models import Account

    with opened(folder):
        user = get_user_model().objects.create_user("overseer", password=PASSWORD)
        Account.objects.create(user=user, role="overseer")


def _answering(address: str) -> str:
    for _again in range(200):
        try:
            urllib.request.urlopen(f"{address}/robots.txt", timeout=2).close()
            return address
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    pytest.fail("the server does not answer")


@pytest.fixture(scope="module")
def browser(program: str, site: str) -> Iterator[Any]:
    """A real browser; it is started after the register is made, since its loop forbids Django the database."""
    driver = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with driver.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(params=[1280, 390])
def page(browser: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A page of a width, without JavaScript of ours to run, that remembers every complaint and every request."""
    context = browser.new_context(viewport={"width": request.param, "height": 900})
    opened = context.new_page()
    opened.complaints, opened.asked = [], []
    opened.on(
        "console", lambda said: opened.complaints.append(said.text) if said.type in ("error", "warning") else None
    )
    opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
    opened.on("request", lambda one: opened.asked.append(one.url))
    yield opened
    context.close()


@pytest.mark.parametrize("address", [*addresses(), *ODD])
def test_a_page_opens_without_complaint_and_without_scrolling_sideways(page: Any, site: str, address: str) -> None:
    """No error and no breach of the policy is reported, nothing is asked of elsewhere, and the page fits its width."""
    page.goto(site + address)
    complaints = [one for one in page.complaints if "status of 40" not in one]
    assert not complaints
    assert all(one.startswith(site) for one in page.asked)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


@pytest.mark.parametrize("identifier", [DRAGON, LISTED, PRESUMED, HOSTILE, CHINESE, LONG])
def test_a_party_s_page_fits_too(page: Any, site: str, identifier: str) -> None:
    """Cases, history and both dates are added for the overseer, and the page still fits."""
    page.goto(f"{site}/sign-in")
    page.fill("#id_username", "overseer")
    page.fill("#id_password", PASSWORD)
    page.click("form.sign button")
    page.goto(f"{site}/subjects/{identifier}")
    assert page.locator("#history").count() == 1
    assert page.locator("input#at").count() == page.locator("input#known").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_a_name_is_found_from_the_home_page_by_keyboard_alone(page: Any, site: str) -> None:
    """Skip link, search field, words, Enter, first hit: each can be reached and seen without a mouse."""
    page.goto(site)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.focus("#q")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"
    page.keyboard.type("golden dragn")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=golden+dragn")
    page.focus(".results a.name")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/subjects/{DRAGON}")
    assert page.inner_text("h1") == "Golden Dragon"


def test_a_script_in_a_name_does_not_run(page: Any, site: str) -> None:
    """Markup in a name is shown as the text that it is."""
    dialogs: list[str] = []
    page.on("dialog", lambda one: (dialogs.append(one.message), one.dismiss()))
    page.goto(f"{site}/subjects/{HOSTILE}")
    assert "<script>" in page.inner_text("h1")
    assert not dialogs
