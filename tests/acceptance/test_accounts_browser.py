"""Signing in, with passkeys too, and claiming a file, in a real browser; every page of somebody's own is sound."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from tests.acceptance import browsing
from tests.acceptance.browsing import PASSWORD, TODAY, Site, list_faults, sign_in
from tests.site_register import PRESUMED, let_act, make_site_register

from goodstanding.access.mandates import WAITING_DAYS

PEOPLE = {
    "Ada Clerk": ("source", "mx-sat"), "Olga Overseer": ("overseer", ""),
    "Emil Director": ("subject", PRESUMED), "Dora Director": (), "Kim": (),
}  # fmt: skip
OWN = (
    "/account", "/account/roles", "/account/claim", "/account/password/change/", "/account/email/", "/account/2fa/",
    "/account/3rdparty/", "/account/2fa/webauthn/", "/sign-out",
)  # fmt: skip
OPEN = (
    "/sign-in", "/account/2fa/webauthn/login/", "/account/password/reset/", "/account/password/reset/done/",
    "/account/signup/", "/account/inactive/", "/account/password/reset/key/1-x/", "/account/confirm-email/x/",
    "/account/3rdparty/login/cancelled/",
)  # fmt: skip

Sound = Callable[[Any], None]

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The small register, served, in which people have accounts."""
    browsing.get_browser_program()
    folder = make_site_register(tmp_path_factory.mktemp("accounts") / "register", tmp_path_factory.mktemp("files"))
    from goodstanding.register.storage.lifecycle import use_register

    with use_register(folder):
        for name, part in PEOPLE.items():
            browsing.give_account(name, *part)
            if "subject" in part:
                let_act(name, PRESUMED)
    with browsing.serve_site(folder) as site:
        yield site


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page with a device that holds passkeys."""
    opened = browsing.open_page(browser, ["error"])
    device = opened.context.new_cdp_session(opened)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield opened
    opened.context.close()


@pytest.fixture
def assert_sound(axe_at: tuple[int, ...]) -> Sound:
    """Asserts that axe finds nothing serious on a page and that it fits, on a wide and on a narrow screen."""

    def asserted(page: Any) -> None:
        assert list_faults(page, axe_at) == [], page.url

    return asserted


@pytest.mark.parametrize("address", OPEN)
def test_a_page_of_signing_in_is_sound(page: Any, site: Site, assert_sound: Sound, address: str) -> None:
    """Nothing serious for whoever cannot see or use a mouse, no complaint of the browser, nothing beside the page."""
    page.goto(site.address + address)
    assert_sound(page)
    assert not [complaint for complaint in page.complaints if "status of 40" not in complaint]


def test_the_pages_of_one_s_own_are_sound(page: Any, site: Site, assert_sound: Sound) -> None:
    """For whoever has a part and for whoever has none yet."""
    for name in ("Emil Director", "Kim"):
        sign_in(page, site, name)
        for address in OWN:
            page.goto(site.address + address)
            assert_sound(page)
        page.click("main form button")
    assert not page.complaints


def test_a_passkey_is_added_and_signs_in_alone_and_as_a_second_step(page: Any, site: Site, assert_sound: Sound) -> None:
    """After adding it a password alone is not enough; without a password the passkey is."""
    sign_in(page, site, "Kim")
    page.goto(f"{site.address}/account/2fa/webauthn/add/")
    page.fill("input[name=password]", PASSWORD)
    page.click("form.sign button")
    page.wait_for_url("**/webauthn/add/")
    assert_sound(page)
    page.fill("input[name=name]", "Work computer")
    page.check("input[name=passwordless]")
    page.click("[data-passkey-button]")
    page.wait_for_url("**/account/2fa/recovery-codes/")
    assert page.locator(".codes li").count() == 10
    assert_sound(page)
    page.goto(f"{site.address}/account/2fa/webauthn/")
    assert "Work computer" in page.inner_text("main")
    assert_sound(page)
    page.goto(f"{site.address}/sign-out")
    page.click("main form button")
    sign_in(page, site, "Kim")
    page.wait_for_url("**/account/2fa/authenticate/")
    assert_sound(page)
    page.goto(f"{site.address}/account")
    assert "/sign-in" in page.url or "/authenticate" in page.url
    page.goto(f"{site.address}/account/2fa/authenticate/")
    page.click("[data-passkey-button]")
    page.wait_for_url(f"{site.address}/")
    page.goto(f"{site.address}/sign-out")
    page.click("main form button")
    page.goto(f"{site.address}/account/2fa/webauthn/login/?next=/charter")
    page.click("[data-passkey-button]")
    page.wait_for_url(f"{site.address}/charter")
    assert "Kim" in page.inner_text(".tools")
    assert not page.complaints


def test_a_claim_is_made_confirmed_and_revoked(browser: Any, page: Any, site: Site, assert_sound: Sound) -> None:
    """It is confirmed by the overseer and begins days later; then it opens the file, and says when it ended."""
    sign_in(page, site, "Dora Director")
    page.goto(f"{site.address}/account/claim?identifier={PRESUMED}")
    page.fill("#text", "I am its director since 2019.")
    page.set_input_files("#files", {"name": "deed.txt", "mimeType": "text/plain", "buffer": b"A deed, made up.\n"})
    page.click("button[value=review]")
    assert_sound(page)
    page.click("button[value=send]")
    assert "waiting" in page.inner_text("main")
    desk = browsing.open_page(browser)
    sign_in(desk, site, "Olga Overseer")
    desk.goto(f"{site.address}/account/claims")
    assert_sound(desk)
    desk.fill("input[name=until]", desk.get_attribute("input[name=until]", "max"))
    desk.click("button:has-text('Confirm')")
    assert_sound(desk)
    desk.click("button[value=send]")
    desk.wait_for_url("**/account/claims")
    assert_sound(desk)
    site.at(TODAY + timedelta(days=WAITING_DAYS))
    for opened, name in ((page, "Dora Director"), (desk, "Olga Overseer")):
        opened.context.clear_cookies()
        sign_in(opened, site, name)
    page.goto(f"{site.address}/subjects/{PRESUMED}")
    assert page.locator("#history").count() == 1
    desk.goto(f"{site.address}/account/representatives")
    desk.click(".card:has-text('Dora Director') summary")
    assert_sound(desk)
    desk.fill(".card:has-text('Dora Director') textarea", "The deed was forged.")
    desk.click(".card:has-text('Dora Director') details button")
    page.goto(f"{site.address}/subjects/{PRESUMED}")
    assert "ended on" in page.inner_text("h1")
    assert "The deed was forged." in page.inner_text("main")
    assert_sound(page)
    page.goto(f"{site.address}/account/claim")
    assert_sound(page)
    desk.context.close()
    site.at(TODAY)
