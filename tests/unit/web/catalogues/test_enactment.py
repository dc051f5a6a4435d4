"""How rules come into force, on their page: drafts, comments and answers, signatures, what a version changes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.law.sound import load_sound_catalogue
from tests.registers import NOW

from goodstanding import charter, config

OVER = NOW + timedelta(days=31)


@pytest.fixture
def browse(register_folder: config.RegisterSettings) -> Any:
    """A browser of the register's pages, in this process."""
    from django.test import Client

    return Client(headers={"host": "localhost"})


@pytest.fixture
def proceeding(register_folder: config.RegisterSettings) -> Any:
    """The room of the proceeding."""
    from goodstanding.register.rules import enactment

    return enactment


@pytest.mark.each_database
def test_an_open_draft_can_be_read_by_anybody(browse: Any, proceeding: Any) -> None:
    """Its rules, until when it can be commented on, comments word for word and escaped, and that it binds nobody."""
    proceeding.publish_draft(load_sound_catalogue(), "Ada", NOW)
    proceeding.append_comment("sound", "A citizen", "Why <b>three</b> years?", NOW)
    shown = browse.get("/catalogues/sound").content.decode()
    for text in ("Draft published", "22 December 2026", "Why &lt;b&gt;three", "Not answered yet", "It binds nobody"):
        assert text in shown, text
    assert "Nobody enacted this here" not in shown
    assert browse.get("/catalogues/sound.json").json()["drafts"][0]["comments"][0]["by"] == "A citizen"
    for address in ("/catalogues", "/catalogues/sound"):
        page = browse.get(address).content.decode()
        assert "A sound catalogue" in page
        assert "Version 1 is proposed" in page


def test_a_draft_takes_comments_to_its_last_day(proceeding: Any) -> None:
    """The page invites comments until then; an open draft is still told of after it, and a withdrawn one is not."""
    from goodstanding.web.catalogues.enactment import present_drafts

    last_day = proceeding.publish_draft(load_sound_catalogue(), "Ada", NOW).comments_until
    days = (last_day, last_day + timedelta(days=1))
    assert [(draft.open, draft.takes_comments) for day in days for draft in present_drafts("sound", day)] == [
        (True, True),
        (True, False),
    ]
    proceeding.withdraw_draft("sound", "Ada", "Not wanted.", NOW)
    assert [(draft.open, draft.takes_comments) for draft in present_drafts("sound", last_day)] == [(False, False)]


def test_the_way_into_force_and_what_a_new_version_changes(browse: Any, proceeding: Any) -> None:
    """Who signed, under which charter, and rule by rule what differs."""
    from goodstanding.register.projection.projector import catch_up

    for version, changes in (("1", ()), ("2", (("version: 1", "version: 2"), ("lapses: P2Y", "lapses: P1Y")))):
        proceeding.publish_draft(load_sound_catalogue(*changes), "Ada", NOW)
        for role, by in (("author", "Ada"), ("reviewer", "Ben"), ("overseer", "Chen")):
            proceeding.sign_draft("sound", role, by, OVER)
        proceeding.enact_draft("sound", OVER.date(), OVER)
        catch_up()
        assert f"Version {version}" in browse.get("/catalogues/sound").content.decode()
    newest, first = browse.get("/catalogues/sound.json").json()["drafts"]
    assert [change["place"] for change in newest["changes"]] == ["schemes.food"]
    assert ("P2Y" in newest["changes"][0]["rule_before"], "P1Y" in newest["changes"][0]["rule_after"]) == (True, True)
    assert (first["charter"], first["changes"]) == (charter.VERSION, [])
    event = browse.get(f"/ledger/{newest['position']}").content.decode()
    assert "CatalogueDrafted" in event


@pytest.mark.each_database
def test_a_version_that_cannot_be_used_is_told_on_its_page_and_holds_up_no_other(
    browse: Any, proceeding: Any, enact: Any
) -> None:
    """Pages, the list of catalogues and the pages of others go on; the page says why nothing follows."""
    from goodstanding.ledger import store as ledger
    from goodstanding.register.projection.projector import catch_up
    from goodstanding.register.storage.lifecycle import load_signer

    enact(load_sound_catalogue())
    enact("uk-food-hygiene")
    broken = {"catalogue.yaml": "catalogue: sound\nschemes: {a: [}"}
    content = {"name": "sound", "version": 2, "digest": "0" * 64, "files": broken, "day": "2026-11-22", "charter": 1}
    ledger.append([ledger.EventDraft("CatalogueEnacted", content)], NOW, load_signer())
    draft = {"name": "unread", "version": 1, "digest": "1" * 64, "files": broken, "by": "Ada"}
    ledger.append([ledger.EventDraft("CatalogueDrafted", draft)], NOW, load_signer())
    catch_up()
    page = browse.get("/catalogues/sound.json").json()
    assert (page["version"], page["enactment"]) == (1, None)
    assert "cannot be read" in page["problem"]
    assert "Nothing follows from the version on file" in browse.get("/catalogues/sound").content.decode()
    for address in ("/", "/catalogues", "/catalogues/uk-food-hygiene", "/charter", "/search?q=a"):
        assert browse.get(address).status_code == 200, address
    assert browse.get("/catalogues/uk-food-hygiene.json").json()["problem"] is None
