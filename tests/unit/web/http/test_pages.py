"""What pages say: days, reasons, names as they are, and what is not found."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from tests.site_register import CHINESE, DRAGON, HOSTILE, LISTED, LONG, PRESUMED, SCRIPT, twin


def test_every_page_of_a_demonstration_says_what_it_is_not_for(anybody: Any) -> None:
    """The notice stands on pages, on errors, and in twins."""
    for address in ("/", f"/subjects/{DRAGON}", "/ledger", "/nothing-here"):
        assert "Nothing is signed for use" in anybody.get(address).text
    assert "Nothing is signed for use" in anybody.get(twin(f"/subjects/{DRAGON}")).json()["about"]["notice"]


def test_a_page_says_on_which_day_it_looks(anybody: Any) -> None:
    """A demonstration's file is shown as it stood on the last day of its own data, in words and in ISO."""
    page = anybody.get(f"/subjects/{DRAGON}")
    assert '<time datetime="2015-02-16">16 February 2015</time>' in page.text
    [day] = anybody.get(twin(f"/subjects/{DRAGON}")).json()["days"]
    assert (day["catalogue"], day["day"], day["opening"]) == ("uk-food-hygiene", "2015-02-16", True)


def test_a_grade_stands_beside_its_reason(anybody: Any) -> None:
    """The grade, the figures behind it, what the source published, the rule and the record are on one page."""
    page = anybody.get(f"/subjects/{DRAGON}").text
    [grade] = anybody.get(twin(f"/subjects/{DRAGON}")).json()["grades"]
    assert (grade["value"], grade["published"], grade["score"]) == ("4", "4", 15)
    assert [score["value"] for score in grade["scores"]] == [0, 10, 5]
    assert "Because" in page
    assert "The score of 15 alone would give 5." in page
    assert f'href="/ledger/{grade["because"][0]}"' in page


@pytest.mark.each_database
def test_a_listing_names_its_source_its_last_day_and_how_it_ends_sooner(
    anybody: Any, signed_in: Callable[..., Any]
) -> None:
    """The last day is the same in page and answer; the dated steps are its parties' where the record is."""
    [listing] = signed_in("subject", LISTED).get(twin(f"/subjects/{LISTED}")).json()["listings"]
    assert [step["day"] for step in listing["steps"]] == ["2018-07-16", "2018-07-25", "2018-09-28", "2018-10-23"]
    [listing] = anybody.get(twin(f"/subjects/{LISTED}")).json()["listings"]
    assert (listing["source_name"], listing["steps"]) == ("Servicio de Administración Tributaria (SAT)", [])
    days = [listing[name] for name in ("valid_from", "last_day", "valid_to")]
    assert days == ["2018-10-23", "2023-10-22", "2023-10-23"]
    page = anybody.get(f"/subjects/{LISTED}").text
    assert re.search(r"23 October 2018|23 Oct 2018", page)
    assert "The listing takes effect" in page
    assert page.count("22 Oct 2023") + page.count("22 October 2023") >= 2
    assert "23 Oct" not in page.replace("23 Oct 2018", "").replace("23 October 2018", "")
    assert "Not yet checked against its text" not in page


def test_a_rule_says_that_it_was_not_compared_with_its_text(anybody: Any) -> None:
    """Beside its basis on the page of its catalogue."""
    assert "Not yet checked against its text" in anybody.get("/catalogues/uk-food-hygiene").text


def test_an_empty_section_says_that_it_means_nothing(anybody: Any) -> None:
    """That no list names a subject, that a file is not there, that a search finds nothing: neither is good nor bad."""
    for address in (f"/subjects/{DRAGON}", f"/subjects/{PRESUMED}", "/search?q=zzzz"):
        assert "neither good nor bad" in anybody.get(address).text


def test_names_are_escaped_and_never_changed(anybody: Any) -> None:
    """A name with markup is text on the page, and the same letter for letter in the twin."""
    page = anybody.get(f"/subjects/{HOSTILE}").text
    assert "<script" not in page
    assert html.escape(SCRIPT) in page
    assert anybody.get(twin(f"/subjects/{HOSTILE}")).json()["subject"]["name"] == SCRIPT
    assert "<script" not in anybody.get("/search", {"q": SCRIPT[:30]}).text


def test_a_long_name_is_whole(anybody: Any) -> None:
    """A name of any length is shown to its end."""
    name = anybody.get(twin(f"/subjects/{LONG}")).json()["subject"]["name"]
    assert name.endswith("Name" * 30)
    assert name in anybody.get(f"/subjects/{LONG}").text


def test_a_chinese_name_says_its_language(anybody: Any) -> None:
    """Readers and voices are told that a name is Chinese."""
    assert '<bdi lang="zh">示例金龙餐饮有限公司</bdi>' in anybody.get(f"/subjects/{CHINESE}").text


def test_an_address_that_leads_nowhere_has_a_page_and_a_twin(anybody: Any) -> None:
    """What is not found is said in words to people, and in one shape to programs."""
    assert "There is no such page." in anybody.get("/nothing").text
    assert anybody.get("/nothing").status_code == 404
    answer = anybody.get("/nothing.json")
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


@pytest.mark.parametrize(
    ("identifier", "status", "code"),
    [("uk-fhrs-row:999", 404, "not-found"), ("nope:1", 400, "bad-identifier"), ("mx-rfc:12", 400, "bad-identifier")],
)
def test_an_identifier_that_finds_nothing_says_why(anybody: Any, identifier: str, status: int, code: str) -> None:
    """An identifier nobody holds and one that nobody could hold are told apart, on page and twin."""
    page, answer = anybody.get(f"/subjects/{identifier}"), anybody.get(f"/subjects/{identifier}.json")
    assert page.status_code == answer.status_code == status
    assert answer.json()["code"] == code
    assert html.escape(answer.json()["message"]) in page.text


def test_an_identifier_is_read_forgivingly(anybody: Any) -> None:
    """Small letters and the bare number find the same file."""
    for written in (LISTED.lower(), LISTED.split(":")[1]):
        assert anybody.get(f"/subjects/{written}.json").json()["subject"]["identifier"] == LISTED


def test_robots_are_asked_to_stay_away(anybody: Any) -> None:
    """Pages are not for indexing."""
    assert "Disallow: /" in anybody.get("/robots.txt").text
