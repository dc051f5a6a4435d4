"""The library, each catalogue as a citizen reads it, and the charter."""

from __future__ import annotations

from html import escape
from typing import Any

import pytest
from tests.site_register import LABORATORY, twin
from tests.unit.web.markup import Markup

from goodstanding import charter
from goodstanding.catalogue import load_files, load_library
from goodstanding.catalogue.loader import locate_library_folder
from goodstanding.charter.report import render_assessment_html
from goodstanding.charter.vocabulary import get_vocabulary

NAMES = sorted(path.parent.name for path in locate_library_folder().glob("*/catalogue.yaml"))
CHINESE = "示例市个人诚信积分管理办法试行"
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
RULES = f"""\
catalogue: odd
version: 3
mode: lab
title: {CHINESE} {LONG}
summary: Only records, and has no worked example.
in_force: 2020-01-01
subjects: [person, organisation]
records:
  note: {{title: "<b>{CHINESE}</b>", by: [anybody], basis: act art. 1, states: report}}
"""
INSTRUMENTS = 'act: {title: The Act, jurisdiction: Nowhere, in_force: 2019-07-01, articles: {"1": {title: All}}}\n'


@pytest.fixture
def odd_catalogue(register: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a laboratory catalogue with long and Chinese names, in which hardly anything stands."""
    from goodstanding.web.catalogues import library
    from goodstanding.web.catalogues.library import load_bundled_catalogues

    odd = load_files({"catalogue.yaml": RULES, "instruments.yaml": INSTRUMENTS})
    catalogues = {**load_bundled_catalogues(), odd.name: odd}
    monkeypatch.setattr(library, "load_bundled_catalogues", lambda: catalogues)
    return odd.name


def test_the_library_shows_every_catalogue_once_where_it_belongs(anybody: Any) -> None:
    """What is in force, what could be, and what is of the laboratory stand apart, and nothing is missing."""
    page = anybody.get("/catalogues.json").json()
    names = {part: [catalogue["name"] for catalogue in page[part]] for part in ("in_force", "live", "laboratory")}
    assert sorted(names["in_force"]) == ["mx-tax-69b", "uk-food-hygiene", "us-nyc-food-grades"]
    modes = {name: catalogue.mode for name, catalogue in load_library().items()}
    assert sorted(name for part_names in names.values() for name in part_names) == sorted(modes)
    assert all(modes[name] == "lab" for name in names["laboratory"])
    assert all(modes[name] == "live" for name in names["live"])


def test_a_line_says_whom_it_reaches_what_it_does_and_since_when(anybody: Any) -> None:
    """Kinds of subject, counts, enactment and unchecked rules stand in the line."""
    [line] = [
        catalogue
        for catalogue in anybody.get("/catalogues.json").json()["in_force"]
        if catalogue["name"] == "mx-tax-69b"
    ]
    assert line["reaches"] == ["organisations"]
    assert line["does"][:2] == ["1 list", "1 restriction"]
    assert line["enactment"] == {"day": "2026-01-01", "position": 3}
    assert line["here"]["in_force_for"] == 1
    assert line["checked"]["unchecked"] == 0 < line["checked"]["rules"]


def test_a_line_counts_the_rules_that_were_not_compared_with_their_text(anybody: Any) -> None:
    """Of how many rules in all, the same in page and answer."""
    lines = anybody.get("/catalogues.json").json()["in_force"]
    [checked] = [line["checked"] for line in lines if line["name"] == "uk-food-hygiene"]
    assert 0 < checked["unchecked"] <= checked["rules"]
    page = anybody.get("/catalogues").text
    assert f"{checked['unchecked']} of {checked['rules']} rules not yet checked" in page


def test_the_charter_at_a_glance_is_said_in_words(anybody: Any) -> None:
    """Twenty-three cells for each catalogue, each with its article and its word, and a legend for those who see."""
    json_page = anybody.get("/catalogues.json").json()
    lines = [catalogue for part in ("in_force", "live", "laboratory") for catalogue in json_page[part]]
    assert all([cell["article"] for cell in line["cells"]] == list(range(1, 24)) for line in lines)
    page = Markup(anybody.get("/catalogues").text).text
    assert page.count("Article 23") == len(lines)
    for word in ("satisfied", "breached", "does not apply"):
        assert page.count(word) > 1


def test_a_laboratory_catalogue_says_that_it_never_runs_on_real_subjects(anybody: Any) -> None:
    """In its own look, with the article that it breaches, the reason and the place."""
    page, json_page = (
        anybody.get(f"/catalogues/{LABORATORY}").text,
        anybody.get(twin(f"/catalogues/{LABORATORY}")).json(),
    )
    assert "never on real subjects" in page
    assert 'class="lab"' in page
    assert json_page["enactment"] is json_page["agreement"] is json_page["day"] is None
    assessment = charter.assess(load_library()[LABORATORY])
    breached = [article for article in json_page["judgement"]["articles"] if article["status"] == "breached"]
    assert [article["number"] for article in breached] == list(assessment.breached)
    assert all(article["breaches"] and article["breaches"][0]["place"] for article in breached)
    assert breached[0]["breaches"][0]["reason"] in Markup(page).text


def test_a_breach_says_what_would_be_right(anybody: Any) -> None:
    """Beside its reason and place, on the page and in its twin, as in the report for a legislator."""
    remedy = "`lapses` of at most P5Y; only a score that somebody asks for about themselves is not kept"
    address = "/catalogues/cn-catering-faces-licences"
    assert f"Use, for example: {remedy}." in " ".join(Markup(anybody.get(address).text).text.split())
    articles = anybody.get(twin(address)).json()["judgement"]["articles"]
    breaches = [breach for article in articles for breach in article["breaches"]]
    assert remedy in [breach["remedy"] for breach in breaches]
    assert escape(remedy) in render_assessment_html([load_library()["cn-catering-faces-licences"]])


def test_a_catalogue_that_nobody_enacted_says_so(anybody: Any) -> None:
    """A live catalogue of the library is shown with its rules, its SQL and its files, and is in force for nobody."""
    page = anybody.get("/catalogues/cn-environment-12").text
    assert "Nobody enacted this here" in page
    assert anybody.get("/catalogues/cn-environment-12/sql").status_code == 200
    assert "catalogue: cn-environment-12" in anybody.get("/catalogues/cn-environment-12/files/catalogue.yaml").text


@pytest.mark.parametrize("name", NAMES)
def test_every_catalogue_has_a_page_that_fits_its_twin(anybody: Any, name: str) -> None:
    """Whatever a catalogue holds, its page answers, names all parts, and shows every title and sentence of the twin."""
    page, json_page = anybody.get(f"/catalogues/{name}"), anybody.get(f"/catalogues/{name}.json")
    assert page.status_code == json_page.status_code == 200
    read = Markup(page.text)
    shown = " ".join(read.text.split())
    assert [part["key"] for part in json_page.json()["parts"]] == ["recorded", "follows", "lasting", "leaving"]
    for part in json_page.json()["parts"]:
        assert part["title"] in shown
        for group in part["groups"]:
            for line in group["lines"]:
                assert " ".join(line["title"].split()) in shown
                assert " ".join(line["says"].split()) in shown
                assert not line["absent"] or line["reason"] is None
    assert len(read.ids) == len(set(read.ids))


def test_every_rule_with_a_basis_stands_on_the_page(register: Any) -> None:
    """No list, measure, scheme, item, step of a procedure or record type is left out of the four parts."""
    from goodstanding.web.catalogues.description.sections import build_catalogue_sections

    for catalogue in load_library().values():
        shown = {
            line.place for part in build_catalogue_sections(catalogue) for group in part.groups for line in group.lines
        }
        for kind in ("records", "lists", "measures", "schemes", "procedures"):
            assert {f"{kind}/{name}" for name in getattr(catalogue, kind)} <= shown
        for name, scheme in catalogue.schemes.items():
            assert {f"schemes/{name}/items/{item}" for item in scheme.items} <= shown
            assert {f"schemes/{name}/bands/{index}" for index in range(len(scheme.bands))} <= shown


def test_a_listing_says_how_long_it_lasts_and_how_it_ends_sooner(anybody: Any) -> None:
    """The term in words, and the steps that take somebody off."""
    parts = {part["key"]: part for part in anybody.get("/catalogues/mx-tax-69b.json").json()["parts"]}
    [lasting] = [line for group in parts["lasting"]["groups"] for line in group["lines"]]
    assert "5 years at most." in lasting["points"]
    off = [group for group in parts["leaving"]["groups"] if group["title"].startswith("Leaving the list")]
    assert {"Rebutted", "Annulled"} <= {line["title"] for line in off[0]["lines"]}


def test_twins_are_found_from_either_side(anybody: Any) -> None:
    """The laboratory and the live catalogue of one law name each other, and the articles on which they differ."""
    twins = [
        (catalogue.name, catalogue.twin) for catalogue in load_library().values() if catalogue.twin in load_library()
    ]
    assert twins
    for name, other in twins:
        twin_page = anybody.get(f"/catalogues/{name}.json").json()["twin"]
        assert twin_page["name"] == other
        assert twin_page["differs"]
        assert all(difference["here"] != difference["there"] for difference in twin_page["otherwise"])
        assert anybody.get(f"/catalogues/{other}.json").json()["twin"] is not None


def test_a_catalogue_with_hardly_anything_has_a_page(anybody: Any, odd_catalogue: str) -> None:
    """Long and Chinese names, no measure, no example and no feed: every empty part says that it is empty."""
    page = anybody.get(f"/catalogues/{odd_catalogue}").text
    assert f'<span lang="zh">{CHINESE}</span>' in page
    assert f"<b>{CHINESE}</b>" not in page
    for text in ("these rules only record", "put nobody on a list", "This catalogue has no worked cases", "Nothing"):
        assert text in page
    assert anybody.get("/catalogues").text.count(LONG) == 1
    assert anybody.get(f"/catalogues/{odd_catalogue}/calculator").status_code == 200


def test_a_catalogue_that_cannot_be_read_hides_no_other(
    register: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    """A broken folder of the library is left out and noted."""
    from goodstanding.web.catalogues import library
    from goodstanding.web.catalogues.library import load_bundled_catalogues

    for name, text in {"good": RULES.replace("odd", "good"), "bad": "catalogue: ["}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "catalogue.yaml").write_text(text, encoding="utf-8")
        (tmp_path / name / "instruments.yaml").write_text(INSTRUMENTS, encoding="utf-8")
    monkeypatch.setattr(library, "locate_library_folder", lambda: tmp_path)
    load_bundled_catalogues.cache_clear()
    try:
        assert list(load_bundled_catalogues()) == ["good"]
    finally:
        load_bundled_catalogues.cache_clear()


def test_an_unknown_catalogue_names_those_there_are(anybody: Any) -> None:
    """On page, calculator and SQL alike."""
    for address in ("/catalogues/none.json", "/catalogues/none/calculator.json", "/catalogues/none/sql.json"):
        answer = anybody.get(address)
        assert answer.status_code == 404
        assert "uk-food-hygiene" in answer.json()["remedy"]


def test_the_charter_page_has_all_articles_words_and_relations(anybody: Any) -> None:
    """Each article with what it answers, each word of each vocabulary, and what may follow from which conduct."""
    page, json_page = anybody.get("/charter").text, anybody.get("/charter.json").json()
    numbers = [article_line["number"] for chapter in json_page["chapters"] for article_line in chapter["articles"]]
    assert numbers == list(range(1, 24))
    for article in charter.ARTICLES:
        assert " ".join(article.answers.split()) in " ".join(Markup(page).text.split())
        assert f'id="article-{article.number}"' in page
    assert [relation["word"] for relation in json_page["relations"]] == list(get_vocabulary("conduct"))
    words = {
        vocabulary["vocabulary"]: {word["word"] for word in vocabulary["words"]}
        for vocabulary in json_page["vocabularies"]
    }
    for name in ("kinds", "purposes", "fields"):
        assert words[name] == set(get_vocabulary(name))  # type: ignore[arg-type]
    assert all(word["why"] for group in json_page["refused"] for word in group["words"])
