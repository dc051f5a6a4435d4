"""The charter's closed vocabularies and its relation table, read from `words.yaml`."""

from __future__ import annotations

from typing import Any, Literal

from goodstanding.catalogue.packaged_data import read_packaged

Vocabulary = Literal["conduct", "kinds", "purposes", "fields"]


def read(file: str) -> dict[str, Any]:
    """One of the charter's own files of data."""
    return read_packaged("goodstanding.charter", file)


def _all() -> dict[str, Any]:
    return read("words.yaml")


def words(vocabulary: Vocabulary) -> dict[str, dict[str, Any]]:
    """The words of a vocabulary, each with its title and what else is said of it."""
    found: dict[str, dict[str, Any]] = _all()[vocabulary]
    return found


def title(vocabulary: Vocabulary, word: str) -> str:
    """How a page names a word; the word itself where the charter does not have it."""
    return str(words(vocabulary).get(word, {}).get("title", word.replace("-", " ")))


def why_not(vocabulary: Vocabulary, word: str) -> str:
    """Why the charter does not have a word."""
    return str(_all()["refused"][vocabulary].get(word, "It is not in the charter's list."))


def courts() -> tuple[str, ...]:
    """The kinds of source that are courts."""
    return tuple(_all()["courts"])


def nature(conduct: str) -> str:
    """`duty`, `breach`, `grave` or `honour`; nothing for conduct that the charter does not have."""
    return str(words("conduct").get(conduct, {}).get("nature", ""))


def related(conduct: str, field: str) -> bool:
    """Whether a measure of this field may follow from this conduct (article 7)."""
    return field in words("conduct").get(conduct, {}).get("leads_to", ())
