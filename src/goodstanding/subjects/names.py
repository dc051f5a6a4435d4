"""Names as search sees them: one plain spelling, and its three-letter windows (grams).

Search compares spellings, not sounds or meanings: case, accents, width and punctuation are forgiven, script is not.
Unicode: NFKD and case folding as in UAX #15 and section 3.13 of the Unicode Standard.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

GRAM = 3
"""Letters in a gram; the trigram tokenizer of SQLite's FTS5 has the same width."""

NAMES_APART = "  "
"""What stands between two names in a searchable text: no query holds two spaces, so no gram spans two names."""

_APOSTROPHES = dict.fromkeys("'`´‘’ʻʼ′＇")
_HAN = "\u2e80-\u2fd5々〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
_KANA_AND_HANGUL = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uac00-\ud7a3"
_CJK = re.compile(f"[{_HAN}{_KANA_AND_HANGUL}]+")

_UNDECOMPOSED = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
_LOWER = {letter: letter.lower() if letter.isalnum() else " " for letter in map(chr, range(128))}
_ASCII = str.maketrans({**_LOWER, **_APOSTROPHES})
_BEFORE = str.maketrans(_APOSTROPHES)
_AFTER = str.maketrans({**_UNDECOMPOSED, **_APOSTROPHES})


def normalise_name(name: str) -> str:
    """The name in lower case and half width, without accents, apostrophes or punctuation, words one space apart.

    Words for the legal form stay ("S.A. de C.V." is "s a de c v"). Two names with the same normal spelling are
    spelled alike; that they mean the same subject is not claimed. Empty where the name has no letter or digit.
    """
    return " ".join((name.translate(_ASCII) if name.isascii() else _fold_letters(name)).split())


def build_search_text(names: Iterable[str]) -> str:
    """What search looks through for one subject: each name's normal spelling between two spaces.

    Chinese, Japanese and Korean characters, which write no spaces, become overlapping pairs, so that any two
    neighbours are found; one alone stays alone. Names without a letter or digit leave nothing.
    """
    return "".join([_pad_name(normalise_name(name)) for name in names])


def build_search_texts(subjects: Iterable[str]) -> list[str]:
    """`searchable` for many subjects, about a million a second; a subject with several names gives them one a line."""
    return [
        build_search_text(names.split("\n")) if "\n" in names else _pad_name(normalise_name(names))
        for names in subjects
    ]


def list_grams(text: str) -> tuple[str, ...]:
    """The distinct windows of three letters in a searchable text, in order; those that span two names left out."""
    windows = dict.fromkeys([text[start : start + GRAM] for start in range(len(text) - GRAM + 1)])
    if NAMES_APART not in text:
        return tuple(windows)
    return tuple([window for window in windows if NAMES_APART not in window])


def list_query_grams(words: str) -> tuple[str, ...]:
    """The grams by which subjects named `words`, or nearly so, are found.

    A single Chinese character is also looked for inside a run of pairs, where it ends one and begins the next.
    """
    text = build_search_text([words])
    inside = (f"{word} {word}" for word in text.split() if len(word) == 1 and _CJK.match(word))
    return list_grams(text) + tuple(dict.fromkeys(inside))


def repair_encoding(name: str) -> str:
    """The name with UTF-8 that was once read as Latin-1 or Windows-1252 put right ("CafÃ©" is "Café").

    Changes nothing unless the whole name, taken back to bytes, is proper UTF-8: by accident that hardly happens.
    """
    if name.isascii():
        return name
    try:
        return b"".join(map(_restore_byte, name)).decode("utf-8")
    except UnicodeError:
        return name


def _restore_byte(letter: str) -> bytes:
    """The one byte that was misread as this letter: Windows-1252 with its five holes filled from Latin-1."""
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1")


def _fold_letters(name: str) -> str:
    """Letters, digits and the marks that other scripts need; all else a space, apostrophes nothing."""
    text = unicodedata.normalize("NFKD", name.translate(_BEFORE)).casefold()
    kept = "".join(map(_keep_letter, unicodedata.normalize("NFKD", text)))
    return unicodedata.normalize("NFC", kept.translate(_AFTER))


def _keep_letter(letter: str) -> str:
    if "\u0300" <= letter <= "\u036f":
        return ""
    return letter if letter.isalnum() or unicodedata.category(letter)[0] == "M" else " "


def _pad_name(name: str) -> str:
    if not name:
        return ""
    return f" {name} " if name.isascii() else f" {' '.join(_CJK.sub(_pair_characters, name).split())} "


def _pair_characters(run: re.Match[str]) -> str:
    text = run[0]
    return f" {text} " if len(text) == 1 else f" {' '.join(map(''.join, pairwise(text)))} "
