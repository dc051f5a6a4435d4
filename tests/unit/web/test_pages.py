"""Every page and its twin: they answer, they say the same, they ask nothing of anybody else, and they escape names."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from tests.unit.web.conftest import CHINESE, DRAGON, HOSTILE, LISTED, LONG, PRESUMED, SCRIPT, addresses, twin

HEX = re.compile(r"\b[0-9a-f]{64}\b")


@pytest.mark.each_database
@pytest.mark.parametrize("address", addresses())
def test_every_page_and_its_twin_answer(anybody: Any, address: str) -> None:
    """A page answers in HTML, names its twin, and the twin answers in JSON."""
    page = anybody.get(address)
    assert page.status_code == 200
    assert page.headers["Content-Type"].startswith("text/html")
    assert f'href="{html.escape(twin(address))}"' in page.text
    other = anybody.get(twin(address))
    assert other.status_code == 200
    assert other.headers["Content-Type"] == "application/json"
    assert other.json()["about"]["demonstration"] is True


@pytest.mark.parametrize("address", addresses())
def test_a_twin_says_no_less_and_no_more_than_its_page(anybody: Any, address: str) -> None:
    """Days, hashes, ledger positions and subjects of the page are those of the twin, and the other way round."""
    page, said = Read(anybody.get(address).text), anybody.get(twin(address)).json()
    texts = [value for value in leaves(said) if isinstance(value, str)]
    written = " ".join(texts)
    assert page.days <= days_in(texts)
    assert set(HEX.findall(page.text)) <= set(HEX.findall(written))
    assert page.subjects <= {text for text in texts if ":" in text}
    assert page.positions <= {value for value in leaves(said) if isinstance(value, int)}
    shown = " ".join((page.text + " " + " ".join(page.addresses)).split())
    for key in ("name", "identifier", "reference", "citation", "commitment", "title", "says"):
        for value in under(said, key):
            assert " ".join(value.split()) in shown


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
    assert [one["value"] for one in grade["scores"]] == [0, 10, 5]
    assert "Because" in page
    assert "The score of 15 alone would give 5." in page
    assert f'href="/ledger/{grade["because"][0]}"' in page


@pytest.mark.each_database
def test_a_listing_names_its_steps_its_last_day_and_how_it_ends_sooner(anybody: Any) -> None:
    """Of a final decision the steps are dated, and the day on which it ends by itself is said."""
    [listing] = anybody.get(twin(f"/subjects/{LISTED}")).json()["listings"]
    assert [step["day"] for step in listing["steps"]] == ["2018-06-01", "2018-06-25", "2018-09-28", "2018-10-23"]
    assert (listing["valid_from"], listing["valid_to"]) == ("2018-10-23", "2023-10-23")
    page = anybody.get(f"/subjects/{LISTED}").text
    assert "Ends by itself" in page
    assert "Not yet checked against its text" in page


def test_an_empty_section_says_that_it_means_nothing(anybody: Any) -> None:
    """Where nothing is in force the page says so, and that it is neither good nor bad."""
    page = anybody.get(f"/subjects/{PRESUMED}").text
    assert page.count("neither good nor bad") >= 2
    assert "neither good nor bad" in anybody.get("/search?q=zzzz").text


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


@pytest.mark.parametrize("address", addresses())
def test_pages_ask_nothing_of_anybody_else(anybody: Any, address: str) -> None:
    """No page loads anything from elsewhere, and none has a script or a style of its own."""
    page = Read(anybody.get(address).text)
    assert all(one.startswith(("/", "#", "?")) for one in page.addresses), page.addresses
    assert not page.tags & {"script", "style", "iframe", "object", "embed", "base"}
    assert not page.attributes & {"style", "onclick", "onload", "onsubmit"}


@pytest.mark.parametrize("address", addresses())
def test_pages_are_marked_up_for_readers(anybody: Any, address: str) -> None:
    """One title, one main part, a language, labels for all fields, and no identifier used twice."""
    page = Read(anybody.get(address).text)
    assert page.count["h1"] == page.count["main"] == 1
    assert page.language == "en"
    assert page.fields <= page.labelled
    assert len(page.ids) == len(set(page.ids))


def test_an_address_that_leads_nowhere_has_a_page_and_a_twin(anybody: Any) -> None:
    """What is not found is said in words to people, and in one shape to programs."""
    assert "There is no such page." in anybody.get("/nothing").text
    assert anybody.get("/nothing").status_code == 404
    said = anybody.get("/nothing.json")
    assert (said.status_code, said.json()["code"]) == (404, "not-found")


@pytest.mark.parametrize(
    ("identifier", "status", "code"),
    [("uk-fhrs-row:999", 404, "not-found"), ("nope:1", 400, "bad-identifier"), ("mx-rfc:12", 400, "bad-identifier")],
)
def test_an_identifier_that_finds_nothing_says_why(anybody: Any, identifier: str, status: int, code: str) -> None:
    """An identifier nobody holds and one that nobody could hold are told apart, on page and twin."""
    page, said = anybody.get(f"/subjects/{identifier}"), anybody.get(f"/subjects/{identifier}.json")
    assert page.status_code == said.status_code == status
    assert said.json()["code"] == code
    assert html.escape(said.json()["message"]) in page.text


def test_an_identifier_is_read_forgivingly(anybody: Any) -> None:
    """Small letters and the bare number find the same file."""
    for written in (LISTED.lower(), LISTED.split(":")[1]):
        assert anybody.get(f"/subjects/{written}.json").json()["subject"]["identifier"] == LISTED


def test_robots_are_asked_to_stay_away(anybody: Any) -> None:
    """Pages are not for indexing."""
    assert "Disallow: /" in anybody.get("/robots.txt").text


class Read(HTMLParser):
    """What a test wants to know of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text, self.tags, self.attributes, self.addresses = "", set(), set(), []
        self.days, self.positions, self.subjects = set(), set(), set()
        self.ids, self.fields, self.labelled, self.language = [], set(), set(), ""
        self.count = {"h1": 0, "main": 0}
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Takes note of a tag."""
        given = dict(attributes)
        self.tags.add(tag)
        self.attributes |= set(given)
        self.count[tag] = self.count.get(tag, 0) + 1
        self.addresses += [given[name] for name in ("href", "src", "action") if given.get(name)]
        if tag == "time":
            self.days.add((given["datetime"] or "")[:10])
        if found := re.fullmatch(r"/ledger/(\d+)", given.get("href") or ""):
            self.positions.add(int(found[1]))
        if (given.get("href") or "").startswith("/subjects/"):
            self.subjects.add(
                (given["href"] or "").removeprefix("/subjects/").replace("%3A", ":").removesuffix(".json")
            )
        self._structure(tag, given)

    def _structure(self, tag: str, given: dict[str, str | None]) -> None:
        if given.get("id"):
            self.ids.append(given["id"])
        if tag == "html":
            self.language = given.get("lang") or ""
        if tag in ("input", "select", "textarea") and given.get("type") != "hidden":
            self.fields.add(given.get("id"))
        if tag == "label":
            self.labelled.add(given.get("for"))

    def handle_data(self, data: str) -> None:
        """Takes the text."""
        self.text += data


def leaves(value: Any) -> Iterator[Any]:
    """Every value of a JSON answer, keys of objects left out."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    else:
        yield value


def under(value: Any, key: str) -> Iterator[str]:
    """Every text that stands under a key, wherever it is."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == key and isinstance(inner, str):
                yield inner
            yield from under(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from under(inner, key)


def days_in(texts: list[str]) -> set[str]:
    """The days that stand in texts."""
    return set(re.findall(r"\d{4}-\d{2}-\d{2}", json.dumps(texts)))
