"""How names are spelled for search."""

from __future__ import annotations

import pytest

from goodstanding.subjects import build_search_text, build_search_texts, list_grams, normalise_name, repair_encoding
from goodstanding.subjects.names import list_query_grams


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("ASESORES EN AVALÚOS Y ACTIVOS, S.A. DE C.V.", "asesores en avaluos y activos s a de c v"),
        ("Café Rouge", "cafe rouge"),
        ("  THE   Crown (Inn)\t", "the crown inn"),
        ("McDonald's", "mcdonalds"),
        ("Domino’s  Pizza", "dominos pizza"),
        ("Straße & Łódź Ærø", "strasse lodz aero"),
        ("ＡＢＣ　Ｌｔｄ．", "abc ltd"),
        ("示例金龙餐饮有限公司", "示例金龙餐饮有限公司"),
        ("Кафе «Йога»", "кафе иога"),
        ("한국식당", "한국식당"),
        ("🍕!!!", ""),
        ("", ""),
    ],
)
def test_a_name_has_one_normal_spelling(name: str, spelled: str) -> None:
    """Case, accents, width, apostrophes and punctuation go; letters, digits and legal forms stay."""
    assert normalise_name(name) == spelled


def test_a_searchable_text_stands_between_spaces() -> None:
    """A word's beginning and end make grams of their own."""
    assert build_search_text(["Afton Hotel"]) == " afton hotel "
    assert list_grams(" kfc ") == (" kf", "kfc", "fc ")


def test_names_of_one_subject_share_no_gram() -> None:
    """No gram spans two names, so that no words are found where one name ends and another begins."""
    text = build_search_text(["Ab", "", "Cd"])
    assert text == " ab  cd "
    assert set(list_grams(text)) == set(list_grams(" ab ")) | set(list_grams(" cd "))


def test_many_subjects_are_spelled_as_one_is() -> None:
    """The batch gives for each subject what `searchable` gives, several names coming one a line."""
    subjects = ["Afton Hotel", "金龙\nGolden Dragon", "", "🍕", "Café\n\nKaffee"]
    assert build_search_texts(subjects) == [build_search_text(names.split("\n")) for names in subjects]


def test_chinese_runs_become_pairs() -> None:
    """Any two neighbouring characters are found; one alone stands alone; other writing is left as it is."""
    assert build_search_text(["示例金龙7号店Bar"]) == " 示例 例金 金龙 7 号店 bar "
    assert build_search_text(["龙"]) == " 龙 "


@pytest.mark.parametrize("words", ["金龙", "龙", "餐饮有限"])
def test_part_of_a_chinese_name_shares_grams_with_it(words: str) -> None:
    """A pair of characters, a longer part or one character inside leads to the whole name."""
    text = build_search_text(["示例金龙餐饮有限公司"])
    assert set(list_query_grams(words)) & set(list_grams(text))


def test_a_pair_that_is_not_there_shares_no_pair() -> None:
    """Characters in another order are another name."""
    assert "龙金" not in build_search_text(["示例金龙餐饮有限公司"])
    assert not set(list_query_grams("龙金")) & set(list_grams(build_search_text(["示例金龙餐饮有限公司"])))


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("CafÃ© Rouge", "Café Rouge"),
        ("CAFÃ\x89 CULTURE", "CAFÉ CULTURE"),
        ("Aksiâ\x80\x99s Bakery", "Aksi’s Bakery"),
        ("Aksiâ€™s Bakery", "Aksi’s Bakery"),
        ("Â£-Poundstretcher Extra", "£-Poundstretcher Extra"),
        ("Café Rouge", "Café Rouge"),
        ("Avalúos", "Avalúos"),
        ("金龙", "金龙"),
        ("Plain", "Plain"),
    ],
)
def test_text_in_the_wrong_encoding_is_mended(broken: str, whole: str) -> None:
    """UTF-8 once read as Latin-1 or Windows-1252 is put right; whatever is right already stays."""
    assert repair_encoding(broken) == whole
