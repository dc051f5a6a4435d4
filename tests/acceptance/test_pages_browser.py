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
from tests.unit.web.conftest import (
    CHINESE,
    DRAGON,
    HOSTILE,
    LABORATORY,
    LISTED,
    LONG,
    PRESUMED,
    addresses,
    made,
)

from goodstanding.catalogue.load import library_folder

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
ODD = ("/oversight", "/nothing", f"/subjects/{DRAGON}?at=2010-01-01", "/subjects/nope:1", "/search?page=x")
CATALOGUES = sorted(path.parent.name for path in library_folder().glob("*/catalogue.yaml"))
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
        except (urllib.error.URLError, ConnectionError, TimeoutError):
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


@pytest.mark.parametrize("address", [*addresses(), *ODD])
def test_axe_finds_no_serious_violation(page: Any, site: str, address: str) -> None:
    """Names, contrast, landmarks and labels are such that everybody can use the page."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    page.goto(site + address)
    assert serious(axe, page) == []


def serious(axe: Any, page: Any) -> list[str]:
    """What axe finds on the open page that is serious or critical, and where."""
    found = [one for one in axe.run(page).response["violations"] if one["impact"] in ("serious", "critical")]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]


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


@pytest.mark.parametrize("name", CATALOGUES)
def test_every_catalogue_and_its_calculator_fit(page: Any, site: str, name: str) -> None:
    """Whatever a catalogue holds, its page and a worked example fit both widths, without complaint."""
    for address in (
        f"/catalogues/{name}",
        f"/catalogues/{name}/calculator",
        f"/catalogues/{name}/calculator?example=1",
    ):
        page.goto(site + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], address
    assert not page.complaints


def test_facts_are_changed_and_worked_out_by_keyboard_alone(page: Any, site: str) -> None:
    """An example, another value, Enter: the outcome comes first, and what was entered is still there."""
    page.goto(f"{site}/catalogues/uk-food-hygiene/calculator")
    page.focus("#example")
    page.keyboard.type("With 10, 5 and 20")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/calculator?example=*")
    assert page.inner_text(".grade").startswith("1")
    page.focus("#records-0-fields-confidence")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"
    page.keyboard.type("10")
    page.focus("#at")
    page.keyboard.press("Enter")
    page.wait_for_url("**/calculator#result")
    assert page.inner_text(".grade").startswith("3")
    assert page.locator("#records-0-fields-confidence").input_value() == "10"
    assert "Confidence in management 10" in page.inner_text(".because")
    assert not page.complaints


def test_what_is_wrong_is_reached_from_the_top(page: Any, site: str) -> None:
    """Adding a record leads to it; an error on top leads to its field."""
    page.goto(f"{site}/catalogues/uk-food-hygiene/calculator")
    page.click("text=Add it")
    page.wait_for_url("**/calculator#record-2")
    page.click("text=Work out what follows")
    page.wait_for_url("**/calculator#result")
    assert page.locator(".wrong").count() == 4
    page.click('.banner--stop a[href="#records-1-occurred"]')
    assert page.evaluate("document.activeElement.id") == "records-1-occurred"


def test_the_laboratory_looks_like_no_register(page: Any, site: str) -> None:
    """Its buttons have another colour, dark enough, and words say what it is."""
    colours = {}
    for name in ("uk-food-hygiene", LABORATORY):
        page.goto(f"{site}/catalogues/{name}")
        colours[name] = page.evaluate("getComputedStyle(document.querySelector('a.btn')).backgroundColor")
    assert len(set(colours.values())) == 2
    assert sum(map(int, colours[LABORATORY].strip("rgb()").split(","))) < 3 * 128
    assert "never on real subjects" in page.inner_text(".banner--lab")


def test_long_tables_fold_on_a_small_screen(page: Any, site: str) -> None:
    """At 390 pixels the law stands under its rule and names its column; at 1280 beside it."""
    page.goto(f"{site}/catalogues/{LABORATORY}")
    rule = page.locator("table.rule tbody tr:not(.group-row)").first.locator("td")
    left, right = rule.nth(0).bounding_box(), rule.nth(1).bounding_box()
    folded = page.viewport_size["width"] < 800
    assert (right["y"] >= left["y"] + left["height"]) == folded
    assert (right["x"] > left["x"] + 100) == (not folded)
