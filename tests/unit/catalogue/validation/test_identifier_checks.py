"""Schemes of identifiers that a catalogue declares, and those that its feeds name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.catalogue_folders import write_texts

from goodstanding.catalogue import load_catalogue, load_files
from goodstanding.catalogue.redline import list_rule_changes
from goodstanding.errors import CatalogueError

YAML, FEED = "catalogue.yaml", "feeds/visits.yaml"
OWN = """\
identifiers:
  fr-siren: {title: SIREN (France), basis: act art. 1, pattern: "[0-9]{9}", example: "732829320", check: luhn}
"""
Texts = dict[str, str]


def declare(texts: Texts, own: str = OWN, scheme: str = "fr-siren") -> Texts:
    """The small catalogue with schemes of its own, by one of which its feed names organisations."""
    feed = texts[FEED].replace("scheme: uk-fhrs-row", f"scheme: {scheme}")
    return texts | {YAML: texts[YAML].replace("records:\n", f"{own}records:\n", 1), FEED: feed}


def refuse(folder: Path, texts: Texts) -> CatalogueError:
    """The one thing for which a folder is refused."""
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(write_texts(folder, texts))
    assert caught.value.others == ()
    return caught.value


def test_a_catalogue_declares_a_scheme_that_its_feed_names(texts: Texts, tmp_path: Path) -> None:
    """It stands beside those of the package, with its own title."""
    catalogue = load_catalogue(write_texts(tmp_path, declare(texts)))
    assert catalogue.identifier_schemes["fr-siren"].title == "SIREN (France)"
    assert "lei" in catalogue.identifier_schemes


def test_a_scheme_that_nobody_declared_is_refused_with_the_nearest(texts: Texts, tmp_path: Path) -> None:
    """A slip of the pen made files that nobody could open; it is told at its line."""
    wrong = declare(texts, scheme="fr-sirne")
    problem = refuse(tmp_path, wrong)
    line = wrong[FEED][: wrong[FEED].index("scheme:")].count("\n") + 1
    assert (problem.coded.code, problem.remedy) == ("scheme-undeclared", "fr-siren")
    assert (problem.where or "").startswith(f"{FEED}, line {line} ")


def test_a_catalogue_on_file_with_an_unknown_scheme_is_read(texts: Texts) -> None:
    """Registers of today have such ones: only a new catalogue is refused."""
    assert load_files(declare(texts, scheme="fr-sirne")).feeds


@pytest.mark.parametrize(
    ("old", "new", "code", "key"),
    [
        ("[0-9]{9}", "[0-9]{18}", "example-wrong", "example"),
        ("[0-9]{9}", "[0-9]+", "pattern-unreadable", "pattern"),
        ("[0-9]{9}", "[0-9]{90}", "pattern-too-wide", "pattern"),
        ("[0-9]{9}", "[0-9A-Z]{9}", "check-unfit", "check"),
        ('"732829320"', '"732829321"', "example-wrong", "example"),
        ("fr-siren:", "l-e-i:", "scheme-spelt-alike", "l-e-i"),
        ("fr-siren:", "lei:", "scheme-name-refused", "lei"),
        ("fr-siren:", "cn-ric:", "scheme-name-refused", "cn-ric"),
        ("check: luhn", "kinds: [establishment]", "scheme-of-other-kinds", "scheme"),
        ("check: luhn", "unique: false", "schemes-shared", "subject.identifiers"),
    ],
)
def test_a_scheme_that_cannot_be_is_refused_at_its_line(
    texts: Texts, tmp_path: Path, old: str, new: str, code: str, key: str
) -> None:
    """Pattern, check, example, name and kinds, each where it stands."""
    scheme = new.rstrip(":") if new.endswith(":") else "fr-siren"
    problem = refuse(tmp_path, declare(texts, OWN.replace(old, new, 1), scheme))
    assert problem.coded.code == code
    assert (problem.where or "").endswith(f"{key})")
    assert "line " in (problem.where or "")


def test_a_scheme_of_persons_is_refused(texts: Texts, tmp_path: Path) -> None:
    """Whether a number is a person's is said by the package alone, whatever the scheme is called."""
    own = OWN.replace("[0-9]{9}", "[0-9]{6}(19|20)[0-9]{6}[0-9]{4}").replace("732829320", "999999199001010004")
    problem = refuse(tmp_path, declare(texts, own.replace(", check: luhn", "")))
    assert problem.coded.code == "scheme-takes-persons"
    assert (problem.where or "").endswith("(identifiers.fr-siren.pattern)")


def test_a_key_that_nobody_knows_and_a_check_that_there_is_not_are_refused(
    refuse_change: Callable[..., CatalogueError],
) -> None:
    """Neither is a scheme said to be of persons, nor is a check made up."""
    for wrong in (OWN.replace("check: luhn", "person: true"), OWN.replace("luhn", "mod-97")):
        assert "identifiers.fr-siren" in (refuse_change(YAML, "records:\n", f"{wrong}records:\n").where or "")


def test_another_catalogue_can_take_a_scheme_over(texts: Texts, tmp_path: Path) -> None:
    """One catalogue declares it, the others use it."""
    write_texts(tmp_path / "small", declare(texts))
    other = declare(texts, own="")
    other[YAML] = (
        other[YAML]
        .replace("catalogue: small", "catalogue: other")
        .replace("records:\n", "use: {small: [identifiers]}\nrecords:\n", 1)
    )
    catalogue = load_catalogue(write_texts(tmp_path / "other", other))
    assert catalogue.identifier_schemes["fr-siren"].form == "[0-9]{9}"


def test_a_redline_shows_that_a_scheme_came_in(texts: Texts) -> None:
    """Whoever signs a draft sees its schemes, pattern and check."""
    [change] = list_rule_changes(load_files(declare(texts, own="")), load_files(declare(texts)))
    assert (change.place, change.change) == ("identifiers.fr-siren", "added")
    assert "[0-9]{9}" in change.rule_after and "luhn" in change.rule_after
