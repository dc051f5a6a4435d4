"""The charter's closed vocabularies and its relation table, read from `words.yaml`."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any, Literal

from goodstanding.catalogue.compiler.packaged_data import read_packaged
from goodstanding.messages import EntryMessage, Message, MessageCode, ReviewMessage

Vocabulary = Literal["conduct", "kinds", "purposes", "fields", "audiences", "about"]
_MISSING_WORDS: dict[Vocabulary, MessageCode] = {
    "conduct": EntryMessage.CONDUCT_NOT_IN_CHARTER,
    "kinds": EntryMessage.KIND_NOT_IN_CHARTER,
    "purposes": EntryMessage.PURPOSE_NOT_IN_CHARTER,
    "fields": EntryMessage.FIELD_NOT_IN_CHARTER,
    "audiences": EntryMessage.AUDIENCE_NOT_IN_CHARTER,
    "about": ReviewMessage.ABOUT_NOT_IN_CHARTER,
}


def read_charter_file(file: str) -> dict[str, Any]:
    """One of the charter's own files of data."""
    return read_packaged("goodstanding.charter", file)


def _read_vocabularies() -> dict[str, Any]:
    return read_charter_file("words.yaml")


def get_vocabulary(vocabulary: Vocabulary) -> dict[str, dict[str, Any]]:
    """The words of a vocabulary, each with its title and what else is said of it."""
    entries: dict[str, dict[str, Any]] = _read_vocabularies()[vocabulary]
    return entries


def get_word_title(vocabulary: Vocabulary, word: str) -> str:
    """How a page names a word; the word itself where the charter does not have it."""
    return str(get_vocabulary(vocabulary).get(word, {}).get("title", word.replace("-", " ")))


def explain_missing_word(vocabulary: Vocabulary, word: str, fitting: Iterable[str] = ()) -> Message:
    """That the charter does not have a word, why, in its own words where it says so, and what it has instead.

    That is what `fitting` names, or else the words nearest to it.
    """
    refused = _read_vocabularies()["refused"].get(vocabulary, {})
    explanation = refused.get(word, Message(EntryMessage.WORD_UNEXPLAINED))
    words = get_vocabulary(vocabulary)
    near = ", ".join([*fitting] or get_close_matches(word, words, n=3) or words)
    return Message(_MISSING_WORDS[vocabulary], {"word": repr(word), "explanation": explanation, "near": near})


def list_source_purposes() -> tuple[str, ...]:
    """The purposes for which a source may ask about the measures that rest on its own records (article 19)."""
    return tuple(_read_vocabularies()["source_purposes"])


def list_court_kinds() -> tuple[str, ...]:
    """The kinds of source that are courts."""
    return tuple(_read_vocabularies()["courts"])


def find_conduct_nature(conduct: str) -> str:
    """`duty`, `breach`, `grave` or `honour`; nothing for conduct that the charter does not have."""
    return str(get_vocabulary("conduct").get(conduct, {}).get("nature", ""))


def describe_law(conduct: str) -> str:
    """The law that defines conduct, and where it was looked up; nothing where an article of the charter names it."""
    entry = get_vocabulary("conduct").get(conduct, {})
    if "law" not in entry:
        return ""
    source = f"looked up at {entry['checked']}" if entry["checked"] else "not looked up"
    return f"{entry['law']} ({source})"


def list_unchecked_laws() -> dict[str, str]:
    """The conduct whose law is quoted and was not looked up, with the law."""
    words = get_vocabulary("conduct").items()
    return {word: str(entry["law"]) for word, entry in words if "law" in entry and not entry["checked"]}


def can_endanger_life(conduct: str) -> bool:
    """Whether conduct can put a life in danger, so that somebody may have to act before anybody is heard."""
    return bool(get_vocabulary("conduct").get(conduct, {}).get("endangers_life"))


def list_endangering_conduct() -> tuple[str, ...]:
    """The conduct that can put a life in danger."""
    return tuple(filter(can_endanger_life, get_vocabulary("conduct")))


def is_field_related(conduct: str, field: str) -> bool:
    """Whether a measure of this field may follow from this conduct (article 7)."""
    return field in get_vocabulary("conduct").get(conduct, {}).get("leads_to", ())
