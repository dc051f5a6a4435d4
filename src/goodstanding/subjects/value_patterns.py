r"""The patterns that a declared scheme may have: a part of regular expressions of which every form can be listed.

Characters, classes (`[0-9A-Z]`), alternatives (`(AB|C)`), `?`, `{8}` and `{2,4}`; nothing without an end. A pattern has
so few forms, and each is so short, that no value takes long to match, and that forms can be compared.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from goodstanding.errors import BadIdentifier
from goodstanding.messages import Message, SubjectsMessage
from goodstanding.subjects.check_rules import JOINTS

LONGEST_VALUE, MOST_FORMS, LONGEST_PATTERN = 64, 500, 200
Form = tuple[frozenset[str], ...]  # for each place of a value the characters that may stand there
_COUNT = re.compile(r"\{(\d{1,2})(?:,(\d{1,2}))?\}")
_PLAIN, _CLASS_MARKS = frozenset("-_/&"), frozenset("._/&")


@dataclass(frozen=True, slots=True)
class ValuePattern:
    """A pattern: its text, which is a regular expression too, and every form that a value can have."""

    text: str
    forms: tuple[Form, ...]

    @property
    def has_joints(self) -> bool:
        """Whether hyphens, points, strokes or underscores belong to some values."""
        return any(not characters.isdisjoint(JOINTS) for form in self.forms for characters in form)

    def fix_start(self, start: str) -> ValuePattern:
        """The pattern of those values that begin with a text."""
        begun = tuple(map(frozenset, start))
        forms = (form for form in self.forms if all(map(frozenset.issubset, begun, form)))
        return ValuePattern(f"{start} {self.text}", tuple((*begun, *form[len(begun) :]) for form in forms))


@lru_cache(maxsize=512)
def parse_pattern(text: str) -> ValuePattern:
    """The pattern that a text says; raises BadIdentifier for what is none, or has too many or too long forms."""
    parser = _PatternParser(text)
    forms = parser.parse_alternatives()
    if parser.place < len(text):
        parser.refuse()
    if () in forms:
        _refuse_width(text)
    return ValuePattern(text, forms)


def _refuse_width(text: str) -> None:
    params = {"pattern": text[:80], "forms": MOST_FORMS, "length": LONGEST_VALUE}
    raise BadIdentifier(Message(SubjectsMessage.PATTERN_TOO_WIDE, params))


class _PatternParser:
    """Reads a pattern from the left; `place` is the character that comes next."""

    def __init__(self, text: str) -> None:
        self.text, self.place = text, 0
        if len(text) > LONGEST_PATTERN:
            _refuse_width(text)

    def refuse(self) -> None:
        """Raises BadIdentifier for the character that comes next."""
        params = {"pattern": self.text[:80], "place": self.place + 1}
        raise BadIdentifier(Message(SubjectsMessage.PATTERN_UNREADABLE, params))

    def parse_alternatives(self) -> tuple[Form, ...]:
        """The forms of what stands between `|`."""
        forms = self._parse_sequence()
        while self._take("|"):
            forms = self._limit((*forms, *self._parse_sequence()))
        return forms

    def _parse_sequence(self) -> tuple[Form, ...]:
        forms: tuple[Form, ...] = ((),)
        while self.place < len(self.text) and self.text[self.place] not in "|)":
            forms = self._join(forms, self._parse_repeated())
        return forms

    def _parse_repeated(self) -> tuple[Form, ...]:
        element = self._parse_element()
        if self._take("?"):
            return self._limit(((), *element))
        count = _COUNT.match(self.text, self.place)
        if not count:
            return element
        least, most = int(count[1]), int(count[2] or count[1])
        if least > most:
            self.refuse()
        self.place = count.end()
        forms: tuple[Form, ...] = () if least else ((),)
        repeated: tuple[Form, ...] = ((),)
        for number in range(1, most + 1):
            repeated = self._join(repeated, element)
            forms = self._limit((*forms, *repeated)) if number >= least else forms
        return forms

    def _parse_element(self) -> tuple[Form, ...]:
        if self._take("("):
            forms = self.parse_alternatives()
            if not self._take(")"):
                self.refuse()
            return forms
        if self._take("["):
            return ((self._parse_class(),),)
        return ((frozenset(self._parse_character(_PLAIN)),),)

    def _parse_class(self) -> frozenset[str]:
        characters: list[str] = []
        while not self._take("]"):
            may_be_hyphen = not characters or self.text.startswith("-]", self.place)
            first = self._parse_character(_CLASS_MARKS | {"-"} if may_be_hyphen else _CLASS_MARKS)
            is_range = self.text[self.place : self.place + 1] == "-" and self.text[self.place + 1 :][:1] != "]"
            characters += self._parse_range(first) if is_range else first
        if not characters or len(characters) > len(set(characters)):
            self.refuse()
        return frozenset(characters)

    def _parse_range(self, first: str) -> Iterable[str]:
        self.place += 1
        last = self._parse_character(frozenset())
        if not any(first in span and last in span for span in ("0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")):
            self.refuse()
        return map(chr, range(ord(first), ord(last) + 1))

    def _parse_character(self, marks: frozenset[str]) -> str:
        if self.text.startswith("\\.", self.place):
            self.place += 2
            return "."
        character = self.text[self.place : self.place + 1]
        if character not in marks and not _is_letter_or_digit(character):
            self.refuse()
        self.place += 1
        return character

    def _take(self, mark: str) -> bool:
        is_next = self.text.startswith(mark, self.place)
        self.place += len(mark) if is_next else 0
        return is_next

    def _join(self, before: tuple[Form, ...], after: tuple[Form, ...]) -> tuple[Form, ...]:
        if len(before) * len(after) > MOST_FORMS:
            _refuse_width(self.text)
        return self._limit(tuple((*head, *tail) for head in before for tail in after))

    def _limit(self, forms: tuple[Form, ...]) -> tuple[Form, ...]:
        if len(forms) > MOST_FORMS or any(len(form) > LONGEST_VALUE for form in forms):
            _refuse_width(self.text)
        return forms


def _is_letter_or_digit(character: str) -> bool:
    """Whether a character is a letter or digit as values have them: in capitals, of half width, composed."""
    return character.isalnum() and unicodedata.normalize("NFKC", character).upper() == character
