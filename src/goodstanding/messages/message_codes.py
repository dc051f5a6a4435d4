"""A code whose words stand beside it, and a message: a code with parameters, said in the language of its reader."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Self

DOMAIN = "django"  # the name under which Django looks for the words of pages: a language is one catalogue
CATALOGUES = Path(__file__).parents[1] / "locale"


def mark(words: str) -> str:
    """Marks words for the tools that gather them (as `_`); they are translated when they are read."""
    return words


class MessageCode(StrEnum):
    """What can be said; the words may change, the code does not. Each room's codes are a class of their own.

    A member is its code, what is wrong and what would be right; both name their parameters as `%(name)s`.
    """

    text: str
    remedy: str

    def __new__(cls, code: str, text: str, remedy: str = "") -> Self:
        """A code with its words."""
        member = str.__new__(cls, code)
        member._value_, member.text, member.remedy = code, text, remedy
        return member


@dataclass(frozen=True, slots=True)
class Message:
    """A code with its parameters; `str` gives its words in the language in which they are written here."""

    code: MessageCode
    params: Mapping[str, object] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return self.render_text()

    def render_text(self, language: str = "") -> str:
        """What is wrong, in a language; in the one that stands here where there is no catalogue of it."""
        return self._render_words(self.code.text, language)

    def render_remedy(self, language: str = "") -> str:
        """What would be right; empty where nothing is."""
        return self._render_words(self.code.remedy, language)

    def _render_words(self, words: str, language: str) -> str:
        """Words with their parameters; a parameter that is a message is said in the same language."""
        params = {
            name: value.render_text(language) if isinstance(value, Message) else value
            for name, value in self.params.items()
        }
        return _translate(language, words) % params


def _translate(language: str, words: str) -> str:
    return _load_catalogue(language).gettext(words) if language and words else words  # "" is a catalogue's own header


@lru_cache
def _load_catalogue(language: str) -> gettext.NullTranslations:
    """The words of a language, from the folder where Django looks too (`zh_Hans`, `pt_BR`); none where it has none."""
    name, dash, region = language.partition("-")
    folder = f"{name}_{region.title() if len(region) > 2 else region.upper()}" if dash else name
    return gettext.translation(DOMAIN, CATALOGUES, [folder], fallback=True)
