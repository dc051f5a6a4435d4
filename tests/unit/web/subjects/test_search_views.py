"""The search page: misspelt words, identifiers, other scripts, what narrows, and what comes on which page."""

from __future__ import annotations

from typing import Any

import pytest
from tests.site_register import CHINESE, DRAGON, LIST, LISTED, NUMBERS

pytestmark = pytest.mark.each_database


def list_hits(client: Any, **query: Any) -> list[str]:
    """The identifiers that a search gives, in order."""
    return [hit["subject"]["identifier"] for hit in client.get("/search.json", query).json()["hits"]]


@pytest.mark.parametrize("words", ["golden dragn", "goldn dragon", "GOLDEN  DRAGON", "dragon golden"])
def test_a_misspelt_name_is_found(anybody: Any, words: str) -> None:
    """One wrong letter, capitals and order do not hide a name."""
    assert list_hits(anybody, q=words)[0] == DRAGON


def test_a_chinese_name_is_found(anybody: Any) -> None:
    """A part of a Chinese name finds it."""
    assert list_hits(anybody, q="金龙餐饮") == [CHINESE]


@pytest.mark.parametrize("written", [LISTED, NUMBERS["listed"], NUMBERS["listed"].lower()])
def test_an_identifier_finds_its_file(anybody: Any, written: str) -> None:
    """An identifier finds one file, and the answer says that it was found so."""
    page = anybody.get("/search.json", {"q": written}).json()
    assert [hit["by_identifier"] for hit in page["hits"]] == [True]
    assert page["by_identifier"] is True


def test_an_empty_search_shows_the_form_and_what_narrows_it(anybody: Any) -> None:
    """Without words there are no hits, and every list, grade and region can be chosen."""
    page = anybody.get("/search.json").json()
    assert page["hits"] == []
    assert {choice["value"] for choice in page["narrowing"]["list"]} == {LIST}
    assert {"food-hygiene:5", "food-grade:A"} <= {choice["value"] for choice in page["narrowing"]["grade"]}
    assert {"Eastbourne", "Bronx"} <= {choice["value"] for choice in page["narrowing"]["region"]}
    assert "Nothing found" not in anybody.get("/search").text


def test_a_search_is_narrowed_by_grade_region_and_list(anybody: Any) -> None:
    """What narrows holds together with the words, and without any."""
    assert list_hits(anybody, grade="food-hygiene:4") == [DRAGON]
    assert list_hits(anybody, q="golden dragon", region="Bronx") == []
    assert list_hits(anybody, q="golden dragon", region="Eastbourne", grade="food-hygiene:4") == [DRAGON]
    assert list_hits(anybody, list=LIST) == [LISTED]


def test_pages_follow_one_another(anybody: Any) -> None:
    """Sixty tea rooms come twenty a page, none twice, and a page after the last is not found."""
    pages = [list_hits(anybody, region="Eastbourne", page=number) for number in (1, 2, 3, 4)]
    everything = [identifier for page in pages for identifier in page]
    assert len(everything) == len(set(everything)) == 66
    assert anybody.get("/search.json", {"region": "Eastbourne", "page": 5}).status_code == 404


def test_an_unknown_list_is_not_found(anybody: Any) -> None:
    """A list that no catalogue has is an error that names those there are."""
    answer = anybody.get("/search.json?list=none")
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown-list")


def test_a_hit_without_a_grade_says_why(anybody: Any) -> None:
    """An exempt establishment has no grade, and the hit says for which reason."""
    [hit] = anybody.get("/search.json?q=example+sweets").json()["hits"][:1]
    assert (hit["grades"][0]["value"], hit["grades"][0]["reason"]) == (
        None,
        "Exempt from the scheme, so it has no grade.",
    )
