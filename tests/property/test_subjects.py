"""What holds for every identifier and every name."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from string import ascii_lowercase

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.cn import ric

from goodstanding.errors import BadIdentifier
from goodstanding.subjects import (
    SCHEMES,
    Identifier,
    IdentifierScheme,
    build_search_text,
    build_search_texts,
    declare_schemes,
    find_person_scheme,
    guess_identifiers,
    list_grams,
    normalise_name,
    plan_search,
    rank_names,
    repair_encoding,
)
from goodstanding.subjects.names import list_query_grams
from goodstanding.subjects.person_numbers import PERSON_SCHEMES
from goodstanding.subjects.person_overlap import find_person_overlap
from goodstanding.subjects.value_patterns import ValuePattern, parse_pattern

HOSTILE = st.text(alphabet=st.characters(), max_size=60) | st.text(
    alphabet="\x00\n\r\t\u202e\u200f\u200b\ufeff\ud800\u0301\u1160:-_：９ﷺİßŉ🍕👩\u200d🚀שלום中龙é'%\"\\;1A",
    max_size=40,
)
IDENTIFIERS = st.sampled_from(list(SCHEMES.values())).flatmap(
    lambda scheme: st.from_regex(scheme.form, fullmatch=True, alphabet=st.characters(codec="utf-8")).map(
        lambda value: f"{scheme.name}:{value}"
    )
)
CLASSES = st.sampled_from(["[0-9]", "[A-Z]", "[0-9A-Z]", "[02-4]", "A", "7", "-", "/", "&", "\\."])
COUNTS = st.sampled_from(["", "?", "{2}", "{0,2}", "{1,3}", "{6}", "{8}", "{18}"])
ELEMENTS = st.tuples(CLASSES, COUNTS).map("".join)
PATTERNS = st.recursive(
    st.lists(ELEMENTS, min_size=1, max_size=4).map("".join),
    lambda inner: st.lists(inner, min_size=1, max_size=2).map(lambda parts: f"({'|'.join(parts)})") | ELEMENTS,
    max_leaves=4,
)
DAYS = st.dates(date(1930, 1, 1), date(2020, 12, 31)).map(lambda day: f"{day:%Y%m%d}")
REGIONS = st.sampled_from(["110105", "440305", "310104", "510104", "610102", "350102"])
IDENTITY_NUMBERS = st.tuples(REGIONS, DAYS, st.integers(0, 999).map("{:03}".format)).map(
    lambda parts: f"{''.join(parts)}{ric.calc_check_digit(''.join(parts) + '0')}"
)
LETTERS = st.text(alphabet=ascii_lowercase, min_size=5, max_size=24)


def find_identifier(text: str) -> Identifier | None:
    """The identifier, or None where the text is refused."""
    try:
        return Identifier.parse(text)
    except BadIdentifier:
        return None


@given(IDENTIFIERS | HOSTILE | st.sampled_from(list(SCHEMES)).flatmap(lambda name: HOSTILE.map(f"{name}:".__add__)))
def test_an_identifier_is_read_again_as_it_was_written(text: str) -> None:
    """Whatever is read has one canonical text, which is read as the same identifier."""
    if (identifier := find_identifier(text)) is not None:
        assert Identifier.parse(str(identifier)) == identifier


@given(IDENTIFIERS)
def test_a_value_of_the_right_form_is_kept_as_it_is(text: str) -> None:
    """A canonical value comes back unchanged, whatever its check digit, unless a person's number is refused."""
    identifier = find_identifier(text)
    assert identifier is None or str(identifier) == text
    assert identifier is None or all(str(problem).endswith(".") for problem in identifier.problems())


@given(
    IDENTIFIERS,
    st.sampled_from([str.lower, str.upper, lambda text: f" {text}\n", lambda text: text.replace(":", " : ")]),
)
def test_spelling_does_not_matter(text: str, respelled: Callable[[str], str]) -> None:
    """Capitals and spaces change nothing in what is read."""
    assert find_identifier(respelled(text)) == find_identifier(text)


def find_pattern(text: str) -> ValuePattern | None:
    """The pattern, or None where the text is refused."""
    try:
        return parse_pattern(text)
    except BadIdentifier:
        return None


@given(PATTERNS, st.data())
def test_the_forms_of_a_pattern_are_the_values_that_it_takes(text: str, data: st.DataObject) -> None:
    """What the regular expression takes has one of the forms, and what has one of the forms is taken."""
    assume((pattern := find_pattern(text)) is not None)
    assert pattern is not None
    value = data.draw(st.from_regex(text, fullmatch=True))
    lengths = [form for form in pattern.forms if len(form) == len(value)]
    assert any(all(letter in place for letter, place in zip(value, form, strict=True)) for form in lengths)
    form = data.draw(st.sampled_from(pattern.forms))
    other_value = "".join(data.draw(st.sampled_from(sorted(place))) for place in form)
    assert re.fullmatch(text, other_value)


@given(HOSTILE | st.text(alphabet="[](){}|?-0A9Z,1.\\/&", max_size=20))
def test_hostile_patterns_are_read_or_refused(text: str) -> None:
    """No text makes the reading of a pattern raise but BadIdentifier, and what is read is a regular expression."""
    if find_pattern(text) is not None:
        re.compile(text)


@given(
    IDENTITY_NUMBERS, st.lists(st.sampled_from(["{}", "[0-9]", "[0-9A-Z]", "[{}]", "{}-?"]), min_size=18, max_size=18)
)
def test_a_pattern_made_of_a_persons_number_is_found(number: str, makers: list[str]) -> None:
    """However many of its characters a pattern leaves open, and wherever it puts hyphens."""
    assume(find_person_scheme(number))
    text = "".join(maker.format(letter) for letter, maker in zip(number, makers, strict=True))
    pattern = find_pattern(text)
    assert pattern is None or find_person_overlap(pattern)


@given(PATTERNS, st.data())
def test_no_number_of_a_person_is_an_identifier_of_an_own_scheme(text: str, data: st.DataObject) -> None:
    """What a pattern takes is refused where it is a person's number, also of a pattern whose trial found none."""
    assume(find_pattern(text) is not None)
    value = data.draw(st.from_regex(text, fullmatch=True))
    own = IdentifierScheme("own", "Own", form=text, persons=PERSON_SCHEMES)
    if find_person_scheme(value):
        with pytest.raises(BadIdentifier, match="natural person"):
            Identifier.parse(f"own:{value}", declare_schemes(own))


@given(HOSTILE)
def test_hostile_text_is_read_or_refused(text: str) -> None:
    """No text makes anything raise but BadIdentifier."""
    find_identifier(text)
    guess_identifiers(text)
    repair_encoding(text)
    plan = plan_search(text, lambda wanted: dict.fromkeys(wanted, 3))
    rank_names(text, [(1, text), (2, "The Crown")], 5)
    assert len(plan.grams) == len(plan.weights)


@given(HOSTILE)
def test_normal_spelling_is_stable(name: str) -> None:
    """The normal spelling of a normal spelling is itself, in single spaces, without controls or capitals."""
    spelled = normalise_name(name)
    assert normalise_name(spelled) == spelled
    assert spelled == " ".join(spelled.split())
    assert spelled == "".join(letter for letter in spelled if letter.isprintable())


@given(st.lists(HOSTILE, max_size=4))
def test_batches_and_single_subjects_are_spelled_alike(names: list[str]) -> None:
    """A batch gives each subject the text it has alone, and that text has no line break."""
    one_a_line = ["\n".join(names), *names]
    texts = build_search_texts(one_a_line)
    assert texts == [build_search_text(subject.split("\n")) for subject in one_a_line]
    assert not any("\n" in text for text in texts)


@given(st.lists(HOSTILE, max_size=4))
def test_a_subject_has_the_grams_of_its_names_and_no_others(names: list[str]) -> None:
    """Names side by side make no gram that none of them has alone."""
    alone = {gram for name in names for gram in list_grams(build_search_text([name]))}
    assert set(list_grams(build_search_text(names))) == alone


@given(LETTERS, st.data())
def test_one_wrong_letter_leaves_a_common_gram(name: str, data: st.DataObject) -> None:
    """A name of five letters or more, with one replaced, left out or put in, shares a gram with itself."""
    at = data.draw(st.integers(0, len(name) - 1))
    letter = data.draw(st.sampled_from(ascii_lowercase))
    for wrong in (name[:at] + letter + name[at + 1 :], name[:at] + name[at + 1 :], name[:at] + letter + name[at:]):
        assert set(list_query_grams(wrong)) & set(list_grams(build_search_text([name])))


@given(LETTERS.filter(lambda name: len(name) >= 6), st.data())
def test_two_letters_exchanged_leave_a_common_gram(name: str, data: st.DataObject) -> None:
    """A name of six letters or more, with two neighbours exchanged, shares a gram with itself."""
    at = data.draw(st.integers(0, len(name) - 2))
    wrong = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    assert set(list_query_grams(wrong)) & set(list_grams(build_search_text([name])))


@given(HOSTILE, st.lists(st.tuples(st.integers(0, 5), HOSTILE), max_size=8), st.integers(0, 10))
def test_ranking_gives_each_key_once_best_first(words: str, candidates: list[tuple[int, str]], limit: int) -> None:
    """Keys come from the candidates, once each, by falling score, at most as many as asked for."""
    ranked = rank_names(words, candidates, limit)
    keys = [key for key, _ in ranked]
    assert len(keys) == len(set(keys)) <= limit
    assert set(keys) <= {key for key, _ in candidates}
    assert [score for _, score in ranked] == sorted((score for _, score in ranked), reverse=True)
