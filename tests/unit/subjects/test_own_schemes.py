"""Schemes that a register declares: patterns with an end, checks by name, and no numbers of natural persons."""

from __future__ import annotations

from typing import Any

import pytest

from goodstanding.errors import BadIdentifier
from goodstanding.messages import Message
from goodstanding.subjects import (
    Identifier,
    build_own_scheme,
    declare_schemes,
    guess_identifiers,
    refuse_if_scheme_name_taken,
)
from goodstanding.subjects.person_overlap import find_person_overlap
from goodstanding.subjects.scheme_data import read_scheme_data
from goodstanding.subjects.value_patterns import parse_pattern

SIREN: dict[str, Any] = {"name": "fr-siren", "title": "SIREN (France)", "pattern": "[0-9]{9}", "example": "732829320"}


def find_code(error: pytest.ExceptionInfo[BadIdentifier]) -> str:
    """The code of a refusal."""
    assert isinstance(error.value.coded, Message)
    return str(error.value.coded.code)


def test_an_own_scheme_is_read_forgivingly_and_checked() -> None:
    """Spaces and joints that the pattern does not have are left out; a wrong check digit is doubted, not refused."""
    schemes = declare_schemes(build_own_scheme(**SIREN, check="luhn"))
    assert str(Identifier.parse("FR-SIREN: 732-829 320", schemes)) == "fr-siren:732829320"
    assert Identifier.parse("fr-siren:732829320", schemes).problems(schemes) == ()
    [problem] = Identifier.parse("fr-siren:732829321", schemes).problems(schemes)
    assert problem.code == "check-character-differs"


def test_a_search_finds_an_own_scheme_without_its_name_but_nothing_else_takes_it() -> None:
    """Whoever searches types the number alone; where a subject is named, the scheme stands in front."""
    schemes = declare_schemes(build_own_scheme(**SIREN, check="luhn"))
    assert [str(identifier) for identifier in guess_identifiers("732 829 320", schemes)] == ["fr-siren:732829320"]
    with pytest.raises(BadIdentifier) as refused:
        Identifier.parse("732829320", schemes)
    assert find_code(refused) == "identifier-without-scheme"


@pytest.mark.parametrize(
    ("pattern", "example", "check", "weights"),
    [
        ("[0-9]{9}", "732829320", "luhn", ()),
        ("[0-9]{6}-[0-9]{4}", "556016-0680", "luhn", ()),
        ("[0-9]{9}", "123456785", "weighted-mod-11", (3, 2, 7, 6, 5, 4, 3, 2)),
        ("[0-9]{7}[0-9X]", "0794302X", "none", ()),
        ("[A-Z]{2}[0-9]{2}[0-9A-Z]{4,10}", "GB82WEST12", "none", ()),
    ],
)
def test_checks_of_several_kinds_can_be_declared(
    pattern: str, example: str, check: str, weights: tuple[int, ...]
) -> None:
    """Each example holds under the check that is named."""
    scheme = build_own_scheme("a-number", "A number", pattern, example, check=check, weights=weights)
    assert scheme.check(example) == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"pattern": "[0-9"}, "pattern-unreadable"),
        ({"pattern": "[0-9]+"}, "pattern-unreadable"),
        ({"pattern": "(?:[0-9])*"}, "pattern-unreadable"),
        ({"pattern": "[a-z]{9}"}, "pattern-unreadable"),
        ({"pattern": ".{9}"}, "pattern-unreadable"),
        ({"pattern": "[^0]"}, "pattern-unreadable"),
        ({"pattern": "[0-9]{9}|"}, "pattern-too-wide"),
        ({"pattern": "[0-9]{0,90}"}, "pattern-too-wide"),
        ({"pattern": "([0-9]{0,9}){9}"}, "pattern-too-wide"),
        ({"pattern": "(" * 400}, "pattern-too-wide"),
        ({"example": "73282932"}, "example-wrong"),
        ({"check": "luhn", "example": "732829321"}, "example-wrong"),
        ({"check": "luhn", "pattern": "[0-9A-Z]{9}"}, "check-unfit"),
        ({"check": "weighted-mod-11"}, "check-unfit"),
        ({"check": "weighted-mod-11", "weights": (1, 2)}, "check-unfit"),
        ({"check": "luhn", "weights": (1, 2)}, "check-unfit"),
        ({"pattern": "[0-9]{18}", "example": "110105194912310021"}, "example-wrong"),
        ({"pattern": "[0-9]{17}[0-9X]", "example": "11010519491231002X"}, "identity-number-of-person"),
    ],
)
def test_what_cannot_be_a_scheme_is_refused(changes: dict[str, Any], code: str) -> None:
    """A pattern without an end or that has no sense, a check that cannot be made, an example that is none."""
    if code == "example-wrong" and "pattern" in changes:
        changes = {**changes, "check": "luhn"}
    with pytest.raises(BadIdentifier) as refused:
        build_own_scheme(**{**SIREN, **changes})
    assert find_code(refused) == code


def test_a_persons_number_is_no_value_of_any_own_scheme() -> None:
    """What the trial of a pattern lets through is refused value by value, joined or not, and not repeated."""
    schemes = declare_schemes(
        build_own_scheme("a-b", "A", "[0-9]{6}(-[0-9]{8}-[0-9X]{4}|[0-9X]{12})", "910105-00000000-0000")
    )
    for text in ("110105-19491231-002X", "11010519491231002X"):
        with pytest.raises(BadIdentifier, match="natural person") as refused:
            Identifier.parse(f"a-b:{text}", schemes)
        assert "1949" not in refused.value.diagnostics()


@pytest.mark.parametrize(
    "pattern",
    [
        "[0-9]{18}", "[0-9]{17}X", "[0-9A-Z]{18}", "[0-9A-Z]{1,20}", "110101[0-9]{12}", "11010[0-9]2[0-9]{10}X",
        "[0-9]{6}-[0-9]{8}-[0-9]{4}", "[0-9]{6}(19|20)[0-9]{6}1[0-9]{2}[0-9X]", "X-[0-9]{18}", "P[0-9]{18}",
        "[0-9-]{18}", "[0-9]{8}|[0-9]{18}", "[A-Z]{4}[0-9]{6}", "[A-Z]{4}-[0-9]{6}-[0-9A-Z]{3}", "[0-9A-Z]{13}",
        "(AB)?[A-Z]{4}[0-9]{6}",
    ],
)  # fmt: skip
def test_a_pattern_that_takes_numbers_of_persons_is_found(pattern: str) -> None:
    """Plain, joined, behind a letter, as one form of several, with part of the number fixed."""
    assert find_person_overlap(parse_pattern(pattern)) is not None


@pytest.mark.parametrize(
    "pattern",
    [
        "[0-9]{9}", "[0-9]{14}", "[0-9]{17}", "9[0-9]{17}", "[0-9]{20}", "[A-Z]{3}[0-9]{6}", "[0-9A-Z]{12}",
        "[0-9]{2}[A-Z]{5}[0-9]{4}[A-Z][0-9A-Z]Z[0-9A-Z]", "[0-9]{4}-[0-9]{4}-[0-9]{4}",
    ],
)  # fmt: skip
def test_a_pattern_of_organisations_numbers_is_none(pattern: str) -> None:
    """Nine, fourteen or twenty digits, numbers of no province, and letters where a person's number has digits."""
    assert find_person_overlap(parse_pattern(pattern)) is None


def test_the_patterns_of_the_package_are_bounded_too() -> None:
    """What the package declares it could declare as a register does."""
    data = read_scheme_data()
    for pattern in (*(scheme.pattern for scheme in data.schemes), *(scheme.pattern for scheme in data.persons)):
        assert parse_pattern(pattern).forms
    for scheme in data.schemes:
        assert scheme.bare is None or parse_pattern(scheme.bare).forms


@pytest.mark.parametrize("name", ["lei", "cn-ric", "cnuscc", "cn-us-cc", "Fr-Siren", "fr_siren", ""])
def test_an_own_scheme_has_a_name_of_its_own(name: str) -> None:
    """No name of the package, also of a person's scheme, and none that is read as one of them."""
    with pytest.raises(BadIdentifier):
        refuse_if_scheme_name_taken(name, [scheme.name for scheme in read_scheme_data().schemes])
