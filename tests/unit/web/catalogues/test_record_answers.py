"""A catalogue's page shows beside each definition what the reviewer says that is really recorded, and about whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.law.sound import load_sound_catalogue
from tests.proceedings import ACCOUNTS, answer_questions, enact_by_proceeding
from tests.registers import NOW

from goodstanding import config

SOUND = load_sound_catalogue()
CHANGED = load_sound_catalogue(("version: 1", "version: 2"), ("title: Able to pay", "title: Able or willing to pay"))
OVER = NOW + timedelta(days=31)
ORDER, ABLE = "records/order", "able"


@pytest.fixture
def browse(register_folder: config.RegisterSettings) -> Any:
    """A browser of the register's pages, in this process."""
    from django.test import Client

    return Client(headers={"host": "localhost"})


def _get_page(browse: Any) -> tuple[dict[str, Any], str]:
    from goodstanding.register.projection.projector import catch_up

    catch_up()
    return browse.get("/catalogues/sound.json").json(), browse.get("/catalogues/sound").content.decode()


def _find_record(page: dict[str, Any], place: str) -> dict[str, Any]:
    [recorded] = [part for part in page["parts"] if part["key"] == "recorded"]
    [line] = [line for group in recorded["groups"] for line in group["lines"] if line["place"] == place]
    return line  # type: ignore[no-any-return]


@pytest.mark.each_database
@pytest.mark.usefixtures("asked_proceedings")
def test_the_reviewer_s_answers_stand_beside_the_definitions(browse: Any) -> None:
    """Of the record type, its conduct, each field and each code; who answered, when and where in the ledger."""
    enact_by_proceeding(SOUND, OVER)
    page, shown = _get_page(browse)
    assert (page["review"]["by"], page["review"]["day"], page["review"]["signed"]) == ("Ben", str(OVER.date()), True)
    order = _find_record(page, ORDER)
    assert order["answer"]["about"] == [
        "The organisation itself",
        "A person under a court’s order to pay or to hand over",
    ]
    assert [code["code"] for code in order["codes"]] == ["unperformed-money-judgment"]
    fields = {field["field"]: field for field in order["fields"]}
    assert fields[ABLE]["answer"]["records"] == "What the source itself writes at records.order.fields.able"
    assert [code["code"] for code in fields["place"]["codes"]] == ["north", "south"]
    for text in (
        "The reviewer says:",
        "records.order.fields.place.one_of.south",
        f"/ledger/{page['review']['position']}",
    ):
        assert text in shown, text
    assert "no independent reviewer has looked" not in shown


@pytest.mark.usefixtures("asked_proceedings")
def test_the_page_tells_since_which_version_an_answer_stands(browse: Any) -> None:
    """What a new version changed was answered anew."""
    enact_by_proceeding(SOUND, OVER)
    enact_by_proceeding(CHANGED, OVER + timedelta(days=40))
    page, shown = _get_page(browse)
    order = _find_record(page, ORDER)
    versions = {field["field"]: field["answer"]["since_version"] for field in order["fields"]}
    assert (versions.pop(ABLE), set(versions.values())) == (2, {1})
    assert "Answered with version 1; the same since." in shown


@pytest.mark.usefixtures("asked_proceedings")
def test_answers_to_a_draft_are_public_before_anybody_signs(browse: Any) -> None:
    """As the reviewer wrote them, escaped; and the page says that nobody signed them yet."""
    from goodstanding.register.rules.enactment import publish_draft
    from goodstanding.register.rules.enactments.review_acts import append_review

    publish_draft(SOUND, "Ada", NOW)
    first, *others = answer_questions(SOUND)
    answers = (replace(first, records="What <b>the</b> court writes"), *others)
    append_review("sound", answers, "Ben", NOW, ACCOUNTS["reviewer"])
    page, shown = _get_page(browse)
    assert (page["review"]["signed"], page["drafts"][0]["reviewed"]["by"]) == (False, "Ben")
    for text in ("What &lt;b&gt;the&lt;/b&gt; court writes", "Nobody has signed it yet.", "Answered what the records"):
        assert text in shown, text


def test_the_page_of_a_demonstration_says_that_nobody_reviewed(browse: Any, enact: Any) -> None:
    """Nobody was asked, and nothing is made up."""
    enact(SOUND)
    page, shown = _get_page(browse)
    assert (page["review"], _find_record(page, ORDER)["answer"]) == (None, None)
    assert "no independent reviewer has looked" in shown
