"""The search page: misspelt words, identifiers, other scripts, what narrows, and what comes on which page."""

from __future__ import annotations

import re
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
    """Without words there are no hits, and every region and catalogue of grades can be chosen, no list and no grade."""
    page = anybody.get("/search.json").json()
    assert page["hits"] == []
    assert (page["narrowing"]["list"], page["narrowing"]["grade"]) == ([], [])
    assert {"uk-food-hygiene"} <= {choice["value"] for choice in page["narrowing"]["catalogue"]}
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


def test_a_search_is_narrowed_before_it_is_cut(anybody: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands far down among names alike is found once a region narrows them, however few names are compared."""
    from goodstanding.register.search import name_search

    everywhere = list_hits(anybody, q="tea room", size=100)
    narrowed = list_hits(anybody, q="tea room", region="Eastbourne", size=100)
    assert set(narrowed) <= set(everywhere)
    monkeypatch.setattr(name_search, "CANDIDATES", 3)
    assert len(list_hits(anybody, q="golden dragon", region="Eastbourne", size=100)) >= 1
    page = anybody.get("/search.json", {"q": "tea room"}).json()
    assert (len(page["hits"]), page["complete"]) == (3, False)
    assert "The closest 3" in anybody.get("/search", {"q": "tea room"}).text


@pytest.mark.parametrize("words", ["golden dragon eastbourne", "Eastbourne golden dragn", "golden dragon,  EASTBOURNE"])
def test_name_and_place_are_found_together(anybody: Any, words: str) -> None:
    """Where words end or begin with a region, what is like the others comes first from there, and the page says so."""
    page = anybody.get("/search.json", {"q": words}).json()
    assert (page["place"], page["hits"][0]["subject"]["identifier"]) == ("Eastbourne", DRAGON)
    assert re.search("Those in .*Eastbourne.* come first", anybody.get("/search", {"q": words}).text)


def test_the_name_of_a_place_alone_is_searched_as_a_name(anybody: Any) -> None:
    """Only words beside it make a region a place."""
    assert anybody.get("/search.json", {"q": "Eastbourne"}).json()["place"] == ""


def test_choices_say_how_many_files_each_leaves(anybody: Any) -> None:
    """Regions, sectors and catalogues are counted over all that was found; lists and grades never are."""
    page = anybody.get("/search.json", {"q": "golden dragon"}).json()
    for name in ("region", "sector", "catalogue"):
        for choice in page["narrowing"][name]:
            narrowed = anybody.get("/search.json", {"q": "golden dragon", name: choice["value"], "size": 100}).json()
            assert narrowed["paging"]["total"] == choice["count"], (name, choice)
    seen = anybody.get("/search", {"q": "golden dragon"}).text
    assert "Eastbourne (" in seen
    assert 'name="list"' not in seen
    assert 'name="grade"' not in seen


def test_no_catalogue_that_keeps_a_list_narrows_a_search(anybody: Any) -> None:
    """Who is on a list is not found by a name, so its catalogue is no choice (charter article 21)."""
    choices = anybody.get("/search.json").json()["narrowing"]["catalogue"]
    assert LIST.split("/")[0] not in {choice["value"] for choice in choices}
    assert list_hits(anybody, q=anybody.get("/search.json", {"q": LISTED}).json()["hits"][0]["subject"]["name"],
                     catalogue=LIST.split("/")[0]) == []  # fmt: skip


def test_files_are_shown_in_the_order_asked_for(anybody: Any) -> None:
    """By name as the alphabet has it; by date the newest grade first; an order that there is not is refused."""
    names = [hit["subject"]["name"] for hit in
             anybody.get("/search.json", {"q": "tea room", "order": "name", "size": 100}).json()["hits"]]  # fmt: skip
    assert names == sorted(names)
    for query in ({"q": "tea room"}, {"region": "Eastbourne"}):
        hits = anybody.get("/search.json", {**query, "order": "date", "size": 100}).json()["hits"]
        days = [max((grade["since"] for grade in hit["grades"]), default="") for hit in hits]
        assert days == sorted(days, reverse=True)
    assert anybody.get("/search.json", {"order": "grade"}).status_code == 400


@pytest.mark.parametrize("size", ["0", "21", "1000", "x", "9" * 30])
def test_a_page_has_one_of_three_sizes(anybody: Any, size: str) -> None:
    """Twenty, fifty or a hundred files stand on a page; another number is refused."""
    assert len(list_hits(anybody, region="Eastbourne", size=50)) == 50
    assert anybody.get("/search.json", {"region": "Eastbourne", "size": size}).status_code == 400


def test_grades_are_handed_out_as_csv(anybody: Any) -> None:
    """A line for each grade that pages show; nothing for everything at once."""
    page = anybody.get("/search.json", {"region": "Eastbourne", "size": 100}).json()
    lines = anybody.get(page["csv"]).content.decode("utf-8-sig").splitlines()
    graded = [grade for hit in page["hits"] for grade in hit["grades"] if grade["value"]]
    assert len(lines) == 1 + len(graded)
    assert lines[0].startswith("identifier,name,")
    assert anybody.get("/search.csv").status_code == 400


def test_every_region_is_listed_once(anybody: Any) -> None:
    """The regions that words can name are those that can be chosen."""
    from goodstanding.register.search.faceted_search import list_regions

    chosen = {choice["value"] for choice in anybody.get("/search.json").json()["narrowing"]["region"]}
    assert len(list_regions()) == len(chosen)
    assert set(list_regions()) == chosen
