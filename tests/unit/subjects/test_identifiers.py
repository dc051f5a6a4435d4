"""Reading, writing and doubting identifiers."""

from __future__ import annotations

import pytest

from goodstanding.errors import BadIdentifier
from goodstanding.subjects import SCHEMES, Identifier, IdentifierScheme, declare_schemes, guess_identifiers
from goodstanding.subjects.person_numbers import PERSON_SCHEMES
from goodstanding.subjects.scheme_data import read_scheme_data


@pytest.mark.parametrize("value", ["91350100M000100Y43", "91110000101623741K", "911101066976941872"])
def test_a_right_credit_code_has_no_problems(value: str) -> None:
    """Codes that check under GB 32100-2015 raise no doubt."""
    assert Identifier.parse(f"cn-uscc:{value}").problems() == ()


@pytest.mark.parametrize(
    ("body", "check"),
    [("91350100M000100Y4", "3"), ("91110105MA0000010", "0"), ("91110105MA0000000", "Y")],
)
def test_credit_codes_check_at_every_remainder(body: str, check: str) -> None:
    """Remainder 0 gives check digit 0 and remainder 1 gives Y, where published programs fail."""
    wrong = "1" if check != "1" else "2"
    assert Identifier.parse(f"cn-uscc:{body}{check}").problems() == ()
    assert Identifier.parse(f"cn-uscc:{body}{wrong}").problems() != ()


@pytest.mark.parametrize(
    ("value", "right"), [("91310115MA1H8R7C6D", "7"), ("91350211M0000XUF46", "R"), ("91350100M000100Y44", "3")]
)
def test_a_wrong_check_digit_warns_and_does_not_reject(value: str, right: str) -> None:
    """A failed check digit, live codes have such, is said in plain words and the code is kept."""
    (problem,) = Identifier.parse(f"cn-uscc:{value}").problems()
    assert f"is {value[-1]} where the others give {right}" in str(problem)


@pytest.mark.parametrize(
    ("text", "assert_register_holds"),
    [
        ("cn-org-code:D2143569-X", True),
        ("cn-org-code:D2143569-1", False),
        ("cn-org-code:10000004-0", True),
        ("cn-org-code:10000005-9", True),
        ("cn-org-code:10000005-0", False),
        ("cn-reg-no:110000450227521", True),
        ("cn-reg-no:110000450227525", False),
        ("lei:213800KUD8LAJWSQ9D15", True),
        ("lei:549300FX7K9QRXDE7E94", False),
        ("mx-rfc:MAB9307148T4", True),
        ("mx-rfc:ÑAÑ140114GY4", True),
        ("mx-rfc:CSO0807236Y4", False),
        ("uk-company:00000123", True),
    ],
)
def test_check_digits_of_the_other_schemes(text: str, assert_register_holds: bool) -> None:
    """Organisation codes, registration numbers, LEIs and RFCs are each checked by their own rule."""
    assert (Identifier.parse(text).problems() == ()) is assert_register_holds


def test_an_impossible_date_in_a_tax_number_warns() -> None:
    """The six digits of an RFC are a date; the thirty-first of February is doubted."""
    assert any("990231 are no date" in str(problem) for problem in Identifier.parse("mx-rfc:ABC990231AB1").problems())


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("cn-uscc: 91350100 M000100Y43", "cn-uscc:91350100M000100Y43"),
        ("CN_USCC：９１３５０１００ｍ０００１００ｙ４３", "cn-uscc:91350100M000100Y43"),
        ("cn uscc:91350100m000100y43", "cn-uscc:91350100M000100Y43"),
        ("mx-rfc:mab-930714-8t4", "mx-rfc:MAB9307148T4"),
        ("mx-rfc:n\u0303an\u0303140114gy4", "mx-rfc:ÑAÑ140114GY4"),
        ("\ufefflei:2138 00KU\u200bD8LA JWSQ 9D15\n", "lei:213800KUD8LAJWSQ9D15"),
        ("cn-org-code:d2143569x", "cn-org-code:D2143569-X"),
        ("uk-company:sc1234", "uk-company:SC001234"),
        ("uk-company:123", "uk-company:00000123"),
        ("uk-fhrs-row:226591", "uk-fhrs-row:226591"),
        ("us-nyc-camis:30075445", "us-nyc-camis:30075445"),
        ("uk-fsa-prosecution:13-14-101", "uk-fsa-prosecution:13-14-101"),
        ("ca-numbered-company:1234-5678", "ca-numbered-company:1234-5678"),
        ("ca-numbered-company:3762637", "ca-numbered-company:3762637"),
    ],
)
def test_spelling_is_forgiven(text: str, canonical: str) -> None:
    """Spaces, small letters, full width, loose accents, hyphens and left-out zeros lead to one canonical text."""
    assert str(Identifier.parse(text)) == canonical


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("91350100M000100Y43", "cn-uscc:91350100M000100Y43"),
        ("mab 930714 8t4", "mx-rfc:MAB9307148T4"),
        ("213800KUD8LAJWSQ9D15", "lei:213800KUD8LAJWSQ9D15"),
        ("1234567890", "us-nyc-camis:1234567890"),
        ("D2143569-X", "cn-org-code:D2143569-X"),
        ("110000450227521", "cn-reg-no:110000450227521"),
        ("SC123456", "uk-company:SC123456"),
    ],
)
def test_an_unmistakable_value_needs_no_scheme(text: str, canonical: str) -> None:
    """A bare value whose form only one scheme has is read as that scheme's."""
    assert str(Identifier.parse(text)) == canonical
    assert [str(identifier) for identifier in guess_identifiers(text)] == [canonical]


def test_a_value_of_two_schemes_is_not_guessed_alone() -> None:
    """Eight digits may be a British company or a New York establishment: both are guessed, neither is parsed."""
    assert [identifier.scheme for identifier in guess_identifiers("30075445")] == ["uk-company", "us-nyc-camis"]
    with pytest.raises(BadIdentifier, match="uk-company:30075445 or us-nyc-camis:30075445"):
        Identifier.parse("30075445")


@pytest.mark.parametrize(
    "name", ["The Crown Inn", "226591", "Waterloos", "金龙餐饮", "", "17 Wilmington Square", "a:b"]
)
def test_a_name_is_not_guessed_to_be_an_identifier(name: str) -> None:
    """Words and short numbers are no identifiers."""
    assert guess_identifiers(name) == ()


@pytest.mark.parametrize("text", ["mx-rfc:GODE561231GR8", "GODE 561231 GR8", "GODE561231"])
def test_a_natural_persons_tax_number_is_refused_and_not_repeated(text: str) -> None:
    """An RFC of a person, by its four letters, is refused with the reason, and the message does not hold it."""
    with pytest.raises(BadIdentifier, match="natural person") as refused:
        Identifier.parse(text)
    assert "GODE" not in refused.value.diagnostics()
    assert guess_identifiers(text) == ()


@pytest.mark.parametrize("text", ["cn-uscc:11010519491231002X", "11010519491231002x", "110199194912310038"])
def test_a_natural_persons_identity_number_is_refused(text: str) -> None:
    """A Chinese identity number has 18 characters too, but is not kept as a credit code; nor from a new county."""
    with pytest.raises(BadIdentifier, match="natural person") as refused:
        Identifier.parse(text)
    assert "1949" not in refused.value.diagnostics()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("lei:ABC", "This is no Legal Entity Identifier"),
        ("fr-siren:732829320", "Nobody declared the scheme fr-siren"),
        ("91310115MA1H8R7C", "needs its scheme"),
        ("cn-uscc:91310115MI1H8R7C67", "without I, O, S, V and Z"),
        ("uk-fhrs-row:", "up to 12 digits, such as 226591"),
        ("x" * 201, "too long"),
    ],
)
def test_what_cannot_be_an_identifier_is_refused_with_what_would_be_right(text: str, says: str) -> None:
    """A wrong form, an undeclared scheme and a missing scheme are refused in words."""
    with pytest.raises(BadIdentifier) as refused:
        Identifier.parse(text)
    assert says in refused.value.diagnostics()
    assert refused.value.remedy


def test_a_register_adds_schemes_of_its_own() -> None:
    """A name and a title declare a scheme; its values are tidied by the general rule."""
    schemes = declare_schemes(IdentifierScheme("fr-siren", "SIREN (France)"))
    assert str(Identifier.parse("FR-SIREN: 732 829 320", schemes)) == "fr-siren:732829320"
    assert Identifier("fr-siren", "732829320").problems(schemes) == ()
    assert list(map(str, Identifier("fr-siren", "732829320").problems())) == ["Nobody declared the scheme fr-siren."]
    assert "fr-siren" not in SCHEMES


@pytest.mark.parametrize("name", ["lei", "Fr-Siren", "fr:siren", ""])
def test_an_own_scheme_cannot_take_anothers_place(name: str) -> None:
    """A scheme's name is new and in lower case."""
    with pytest.raises(BadIdentifier):
        declare_schemes(IdentifierScheme(name, "Another"))


def test_every_declared_scheme_gives_a_right_example() -> None:
    """The example in an error message is itself an identifier without problems."""
    for scheme in SCHEMES.values():
        example = Identifier.parse(f"{scheme.name}:{scheme.example}")
        assert (str(example), example.problems()) == (f"{scheme.name}:{scheme.example}", ())


def test_a_value_made_by_hand_in_a_wrong_form_has_a_problem() -> None:
    """An identifier that did not come through `parse` is doubted where its form is wrong."""
    assert list(map(str, Identifier("lei", "short").problems())) == [
        "Legal Entity Identifier: the form is 18 digits and capital letters and 2 digits."
    ]


def test_the_schemes_of_the_package_are_data_with_their_source() -> None:
    """Each scheme, also of persons' numbers, says where it comes from; its functions are named, and are there."""
    data = read_scheme_data()
    assert all(scheme.source for scheme in (*data.schemes, *data.persons))
    assert list(SCHEMES) == [scheme.name for scheme in data.schemes]
    assert [scheme.name for scheme in PERSON_SCHEMES] == [scheme.name for scheme in data.persons]
