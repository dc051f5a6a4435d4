"""Signing in, with passkeys too, and claiming a file, in a real browser; every page of somebody's own is sound."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.acceptance.test_pages_browser import ARGUMENTS, _answering, program
from tests.unit.web.conftest import PRESUMED, let_act, made

PASSWORD = "a long and secret word"
PEOPLE = {"Ada Clerk": ("source", "mx-sat"), "Emil Director": ("subject", PRESUMED), "Dora Director": None, "Kim": None}
SERIOUS = ("serious", "critical")
OWN = (
    "/account", "/account/roles", "/account/claim", "/account/password/change/", "/account/email/", "/account/2fa/",
    "/account/3rdparty/", "/account/2fa/webauthn/", "/sign-out",
)  # fmt: skip
OPEN = (
    "/sign-in", "/account/2fa/webauthn/login/", "/account/password/reset/", "/account/password/reset/done/",
    "/account/signup/", "/account/inactive/", "/account/password/reset/key/1-x/", "/account/confirm-email/x/",
    "/account/3rdparty/login/cancelled/",
)  # fmt: skip

__all__ = ["program"]
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(program: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running server over the small register, under a name for which browsers have passkeys."""
    folder = made(tmp_path_factory.mktemp("accounts") / "register", tmp_path_factory.mktemp("files"))
    _people(folder)
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
        yield _answering(f"http://127.0.0.1:{port}").replace("127.0.0.1", "localhost")
    finally:
        server.terminate()
        server.wait(10)


def _people(folder: Path) -> None:
    from django.contrib.auth import get_user_model

    from goodstanding.register.opening import opened
    from goodstanding.web.models import Account

    with opened(folder):
        for name, part in PEOPLE.items():
            user = get_user_model().objects.create_user(name, password=PASSWORD)
            if part:
                Account.objects.create(user=user, role=part[0], scope=part[1])
            if part and part[0] == "subject":
                let_act(name, part[1])


@pytest.fixture(scope="module")
def browser(program: str, site: str) -> Iterator[Any]:
    """A real browser."""
    driver = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with driver.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page with a device that holds passkeys, which remembers every complaint."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.complaints = []
    opened.on("console", lambda said: opened.complaints.append(said.text) if said.type == "error" else None)
    opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
    device = context.new_cdp_session(opened)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield opened
    context.close()


def sign_in(page: Any, site: str, name: str) -> None:
    """Signs in with the password."""
    page.goto(f"{site}/sign-in")
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    page.click("form.sign button")


def sound(page: Any) -> None:
    """Asserts that axe finds nothing serious and that the page fits, on a wide and on a narrow screen."""
    from axe_playwright_python.sync_playwright import Axe

    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        found = [one for one in Axe().run(page).response["violations"] if one["impact"] in SERIOUS]
        assert not found, (page.url, [(one["id"], one["nodes"][0]["html"]) for one in found])
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.parametrize("address", OPEN)
def test_a_page_of_signing_in_is_sound(page: Any, site: str, address: str) -> None:
    """Nothing serious for whoever cannot see or use a mouse, no complaint of the browser, nothing beside the page."""
    page.goto(site + address)
    sound(page)
    assert not [one for one in page.complaints if "status of 40" not in one]


def test_the_pages_of_one_s_own_are_sound(page: Any, site: str) -> None:
    """For whoever has a part and for whoever has none yet."""
    for name in ("Emil Director", "Kim"):
        sign_in(page, site, name)
        for address in OWN:
            page.goto(site + address)
            sound(page)
        page.click("main form button")
    assert not page.complaints


def test_a_passkey_is_added_and_signs_in_alone_and_as_a_second_step(page: Any, site: str) -> None:
    """After adding it a password alone is not enough; without a password the passkey is."""
    sign_in(page, site, "Kim")
    page.goto(f"{site}/account/2fa/webauthn/add/")
    page.fill("input[name=password]", PASSWORD)
    page.click("form.sign button")
    page.wait_for_url("**/webauthn/add/")
    sound(page)
    page.fill("input[name=name]", "Work computer")
    page.check("input[name=passwordless]")
    page.click("[data-passkey-button]")
    page.wait_for_url("**/account/2fa/recovery-codes/")
    assert page.locator(".codes li").count() == 10
    sound(page)
    page.goto(f"{site}/account/2fa/webauthn/")
    assert "Work computer" in page.inner_text("main")
    sound(page)
    page.goto(f"{site}/sign-out")
    page.click("main form button")
    sign_in(page, site, "Kim")
    page.wait_for_url("**/account/2fa/authenticate/")
    sound(page)
    page.goto(f"{site}/account")
    assert "/sign-in" in page.url or "/authenticate" in page.url
    page.goto(f"{site}/account/2fa/authenticate/")
    page.click("[data-passkey-button]")
    page.wait_for_url(f"{site}/")
    page.goto(f"{site}/sign-out")
    page.click("main form button")
    page.goto(f"{site}/account/2fa/webauthn/login/?next=/charter")
    page.click("[data-passkey-button]")
    page.wait_for_url(f"{site}/charter")
    assert "Kim" in page.inner_text(".tools")
    assert not page.complaints


def test_a_claim_is_made_confirmed_and_revoked(browser: Any, page: Any, site: str) -> None:
    """The claimant's session opens the file while the mandate holds, and says when it ended."""
    sign_in(page, site, "Dora Director")
    page.goto(f"{site}/account/claim?identifier={PRESUMED}")
    page.fill("#text", "I am its director since 2019.")
    page.set_input_files("#proof", {"name": "deed.txt", "mimeType": "text/plain", "buffer": b"A deed, made up.\n"})
    page.click("main form button")
    assert "waiting" in page.inner_text("main")
    desk = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    sign_in(desk, site, "Ada Clerk")
    desk.goto(f"{site}/account/claims")
    sound(desk)
    desk.fill("input[name=until]", desk.get_attribute("input[name=until]", "max"))
    desk.click("button:has-text('Confirm')")
    desk.wait_for_url("**/account/claims")
    sound(desk)
    page.goto(f"{site}/subjects/{PRESUMED}")
    assert page.locator("#history").count() == 1
    desk.goto(f"{site}/account/representatives")
    desk.click(".card:has-text('Dora Director') summary")
    sound(desk)
    desk.fill(".card:has-text('Dora Director') textarea", "The deed was forged.")
    desk.click(".card:has-text('Dora Director') details button")
    page.goto(f"{site}/subjects/{PRESUMED}")
    assert "ended on" in page.inner_text("h1")
    assert "The deed was forged." in page.inner_text("main")
    sound(page)
    page.goto(f"{site}/account/claim")
    sound(page)
    desk.context.close()
