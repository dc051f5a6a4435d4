"""The real program and a real browser: pages without complaint, without scripts, and without scrolling sideways."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests.acceptance import browsing
from tests.acceptance.browsing import NARROW, WIDE, Site, list_faults
from tests.site_register import (
    CHINESE,
    DRAGON,
    HOSTILE,
    LABORATORY,
    LISTED,
    LONG,
    PRESUMED,
    list_addresses,
    make_site_register,
)

from goodstanding.catalogue.loader import locate_library_folder

ODD = ("/oversight", "/nothing", f"/subjects/{DRAGON}?at=2010-01-01", "/subjects/nope:1", "/search?page=x")
OF_EACH_KIND = (
    "uk-food-hygiene",  # grades of the latest finding, no list
    "cn-environment-12",  # points
    "sesame",  # a score card, in the laboratory
    "mx-tax-69b",  # a list of what a source decided
    "imminent-danger",  # a list of cases that are heard here, with interim measures
    LABORATORY,  # lists, in the laboratory
)
CATALOGUES = sorted(path.parent.name for path in locate_library_folder().glob("*/catalogue.yaml"))

pytestmark = pytest.mark.browser


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Of the catalogues one of each kind is looked at, or all where a thorough run is asked for."""
    if "catalogue" in metafunc.fixturenames:
        metafunc.parametrize("catalogue", CATALOGUES if metafunc.config.getoption("thorough") else OF_EACH_KIND)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The small register, served; an overseer has an account in it."""
    browsing.get_browser_program()
    folder = make_site_register(tmp_path_factory.mktemp("site") / "register", tmp_path_factory.mktemp("files"))
    from goodstanding.register.storage.lifecycle import use_register

    with use_register(folder):
        browsing.give_account("overseer", "overseer")
    with browsing.serve_site(folder) as site:
        yield site


@pytest.fixture(scope="module")
def overseer(browser: Any, site: Site) -> Iterator[Any]:
    """A page on which the overseer is signed in."""
    page = browsing.open_page(browser)
    browsing.sign_in(page, site, "overseer")
    yield page
    page.context.close()


@pytest.mark.parametrize("address", [*list_addresses(), *ODD])
def test_a_page_is_sound(page: Any, site: Site, axe_at: tuple[int, ...], address: str) -> None:
    """No error, no breach of the policy, nothing asked of elsewhere, nothing serious for axe; it fits both widths."""
    page.goto(site.address + address)
    wrong = list_faults(page, axe_at)
    wrong += [f"complains: {complaint}" for complaint in page.complaints if "status of 40" not in complaint]
    wrong += [f"asks elsewhere: {url}" for url in page.requested if not url.startswith(site.address)]
    assert not wrong, f"{address}: {wrong}"


@pytest.mark.parametrize("identifier", [DRAGON, LISTED, PRESUMED, HOSTILE, CHINESE, LONG])
def test_a_party_s_page_fits_too(overseer: Any, site: Site, identifier: str) -> None:
    """Cases, history and both dates are added for the overseer, and the page still fits."""
    overseer.goto(f"{site.address}/subjects/{identifier}")
    assert overseer.locator("#history").count() == 1
    assert overseer.locator("input#at").count() == overseer.locator("input#known").count() == 1
    assert not list_faults(overseer, axe_at=())


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_name_is_found_from_the_home_page_by_keyboard_alone(page: Any, site: Site, width: int) -> None:
    """Skip link, search field, words, Enter, first hit: each can be reached and seen without a mouse."""
    browsing.resize(page, width)
    page.goto(site.address)
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


def test_a_script_in_a_name_does_not_run(page: Any, site: Site) -> None:
    """Markup in a name is shown as the text that it is."""
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(f"{site.address}/subjects/{HOSTILE}")
    assert "<script>" in page.inner_text("h1")
    assert not dialogs


def test_every_catalogue_and_its_calculator_fit(page: Any, site: Site, catalogue: str) -> None:
    """Whatever a catalogue holds, its page and a worked example fit both widths, without complaint."""
    for path in ("", "/calculator", "/calculator?example=1"):
        page.goto(f"{site.address}/catalogues/{catalogue}{path}")
        assert not list_faults(page, axe_at=()), page.url
    assert not page.complaints


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_facts_are_changed_and_worked_out_by_keyboard_alone(page: Any, site: Site, width: int) -> None:
    """An example, another value, Enter: the outcome comes first, and what was entered is still there."""
    browsing.resize(page, width)
    page.goto(f"{site.address}/catalogues/uk-food-hygiene/calculator")
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


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_what_is_wrong_is_reached_from_the_top(page: Any, site: Site, width: int) -> None:
    """Adding a record leads to it; an error on top leads to its field."""
    browsing.resize(page, width)
    page.goto(f"{site.address}/catalogues/uk-food-hygiene/calculator")
    page.click("text=Add it")
    page.wait_for_url("**/calculator#record-2")
    page.click("text=Work out what follows")
    page.wait_for_url("**/calculator#result")
    assert page.locator(".wrong").count() == 4
    page.click('.banner--stop a[href="#records-1-occurred"]')
    assert page.evaluate("document.activeElement.id") == "records-1-occurred"


def test_the_laboratory_looks_like_no_register(page: Any, site: Site) -> None:
    """Its buttons have another colour, dark enough, and words say what it is."""
    colours = {}
    for name in ("uk-food-hygiene", LABORATORY):
        page.goto(f"{site.address}/catalogues/{name}")
        colours[name] = page.evaluate("getComputedStyle(document.querySelector('a.btn')).backgroundColor")
    assert len(set(colours.values())) == 2
    assert sum(map(int, colours[LABORATORY].strip("rgb()").split(","))) < 3 * 128
    assert "never on real subjects" in page.inner_text(".banner--lab")


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_long_tables_fold_on_a_small_screen(page: Any, site: Site, width: int) -> None:
    """At 390 pixels the law stands under its rule and names its column; at 1280 beside it."""
    browsing.resize(page, width)
    page.goto(f"{site.address}/catalogues/{LABORATORY}")
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    rule = page.locator("table.rule tbody tr:not(.group-row)").first.locator("td")
    left, right = rule.nth(0).bounding_box(), rule.nth(1).bounding_box()
    folded = width == NARROW
    assert (right["y"] >= left["y"] + left["height"]) == folded
    assert (right["x"] > left["x"] + 100) == (not folded)
