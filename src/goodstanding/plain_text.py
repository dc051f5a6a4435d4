"""Which characters a text may be made of: the one policy of all that people write, on pages, in commands, in events.

Refused are controls (Unicode Cc, of which a text of several lines keeps the line break and the tab), halves of
surrogate pairs (Cs), what Unicode says is no character, and marks that are not seen themselves and change what is:
those that turn the order of letters round (UAX 9), the byte order mark, interlinear annotation and tags. Everything
else is honest text, in every script: joiners, private and newer characters, and the direction marks of one letter.
"""

from __future__ import annotations

import re
import unicodedata

_CONTROLS = "\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f"
_REORDERING_MARKS = "\u202a-\u202e\u2066-\u2069"
_HIDING_MARKS = "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    chr((plane << 16) + last) for plane in range(17) for last in (0xFFFE, 0xFFFF)
)
_FORBIDDEN = re.compile(f"[{_CONTROLS}\\ud800-\\udfff{_REORDERING_MARKS}{_HIDING_MARKS}{_NONCHARACTERS}]")
ONE_LINE_PATTERN = rf"^[^\x00-\x1f\x7f-\x9f{_REORDERING_MARKS}{_HIDING_MARKS}{_NONCHARACTERS}]*$"  # for JSON Schema
_MARKS = re.compile(f"[{_REORDERING_MARKS}{_HIDING_MARKS}]")
NAME_MARKS_PATTERN = f"[\u061c\u200e\u200f{_REORDERING_MARKS}{_HIDING_MARKS}]"  # for SQL too
_NAME_MARKS = re.compile(NAME_MARKS_PATTERN)
_LINE_BREAK = re.compile("\r\n|[\r\x85\u2028\u2029]")
_SHOWN_CODES = 5
_SHAPELESS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_UNSEEN_CATEGORIES = ("Zs", "Zl", "Zp", "Cc", "Cf")
_LIKE_LETTERS = str.maketrans("авеікмнорстухѕјԁһԛԝαεικνορτυχ", "abeikmhopctyxsjdhqwaeikvoptyx")  # of small letters
_MIDNIGHT = re.compile(r"(?<=[0-9]{4}-[0-9]{2}-[0-9]{2})[ t]00:00:00(\.0+)?(?![0-9])")
_LEADING_ZEROS = re.compile(r"(?<![0-9])(?<![0-9]\.)0+(?=[0-9])")


def unify_line_breaks(text: str) -> str:
    """The text with every kind of line break as a line feed."""
    return _LINE_BREAK.sub("\n", text)


def list_forbidden_codes(text: str) -> list[str]:
    """The characters of a text that no text has, as `U+0007`, each once; of many the first five. Empty: none."""
    return sorted({f"U+{ord(character):04X}" for character in _FORBIDDEN.findall(text)})[:_SHOWN_CODES]


def remove_forbidden_characters(text: str) -> str:
    """The text without what no text has."""
    return _FORBIDDEN.sub("", text)


def remove_unseen_marks(text: str) -> str:
    """The text without the marks that come along when a word is copied, and that nobody sees or means."""
    return _MARKS.sub("", text)


def remove_name_marks(name: str) -> str:
    """A name without marks that nobody sees: by them two names would look alike, or one read in another order."""
    return _NAME_MARKS.sub("", name).strip()


def join_lines(text: str) -> str:
    """The text as one line, each stretch of spaces and line breaks as one space."""
    return " ".join(text.split())


def is_blank(text: str) -> bool:
    """Whether whoever reads a text sees nothing: spaces, joiners, direction marks, letters that have no shape."""
    return all(_is_unseen(character) or unicodedata.category(character) == "Mn" for character in text)


def _is_unseen(character: str) -> bool:
    return character in _SHAPELESS or unicodedata.category(character) in _UNSEEN_CATEGORIES


def fold_looks(name: str) -> str:
    """A name without what nobody tells apart: unseen marks, spaces, width, case, letters that look alike."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(character for character in folded if not _is_unseen(character)).translate(_LIKE_LETTERS)


def fold_spelling(text: str) -> str:
    """The text without what copying changes: width and case of letters, leading zeros, spaces, a midnight at a day."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(_LEADING_ZEROS.sub("", _MIDNIGHT.sub("", folded)).split())


def replace_unprintable_characters(text: str) -> str:
    """The text as a message can quote it: a sign in the place of each character that cannot be shown."""
    return "".join(character if character.isprintable() else "\ufffd" for character in text)


_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "'")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
BYTE_ORDER_MARK = "\ufeff"  # before every CSV that people open, without which a spreadsheet garbles what is not ASCII


def quote_cell(text: str) -> str:
    """A cell that no spreadsheet runs: an apostrophe in front, unless it is a number or begins harmlessly."""
    return f"'{text}" if text.startswith(_RUNS) and not _NUMBER.fullmatch(text) else text


def unquote_cell(text: str) -> str:
    """The cell that `quote_cell` was given."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_RUNS) and quote_cell(text[1:]) == text else text


def normalize_name(name: str) -> str:
    """A name as it is kept: of usual width, composed, with single spaces."""
    return " ".join(unicodedata.normalize("NFKC", name).split())


def compute_name_key(name: str) -> str:
    """What names that are one name have in common."""
    key = normalize_name(name)
    for _round in range(2):  # a folded letter may be composed otherwise, and that one folded again
        key = normalize_name(key.casefold())
    return key


def is_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does; a remedy that is one says what to do, any other names what is right."""
    return text.endswith((".", "。"))
