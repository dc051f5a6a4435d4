"""Numbers of natural persons as two states write them: told from those of organisations, so that none is kept.

Charter article 3: a natural person enters through a court list alone, is looked up by identifier, and never published.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping

import msgspec
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError
from stdnum.mx import rfc

from goodstanding.messages import SubjectsMessage
from goodstanding.subjects.scheme_data import PersonSchemeData, read_scheme_data

_JOINTS = re.compile(r"[-._/ ]")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_WITHOUT_CHECK, _GROWN_UP_BEFORE = 17, "2010"
_DIGEST_FORM = r"[0-9a-f]{64}"


class PersonScheme(msgspec.Struct, frozen=True):
    """A scheme whose values are natural persons': `form` finds one in capitals, with joints and spaces where usual.

    `pattern` is the same without joints; `other_forms` are a number beside letters, or without its last character.
    `is_likely` decides where an identifier stands; `is_certain` looks at every character, for texts in which other
    things have that form too; `is_sure` tells a number that is `hidden` between other letters and digits. A number is
    kept nowhere: where a court list names persons, an identifier of this scheme has `keyed_form`, the HMAC-SHA-256 of
    the number under the register's own key.
    """

    name: str
    pattern: str
    form: re.Pattern[str]
    hidden: re.Pattern[str]
    is_likely: Callable[[str], bool]
    is_certain: Callable[[str], bool]
    is_sure: Callable[[str], bool]
    code: SubjectsMessage
    other_forms: tuple[re.Pattern[str], ...] = ()
    keyed_form: str = _DIGEST_FORM

    def has(self, value: str) -> bool:
        """Whether a number of this scheme stands in a canonical value, joined with others or by itself."""
        return any(map(self.is_likely, self.list_numbers(value)))

    def list_numbers(self, text: str) -> Iterator[str]:
        """Whatever in a text has a form of this scheme, without joints."""
        for form in (self.form, *self.other_forms):
            yield from (_JOINTS.sub("", match[0]) for match in form.finditer(text))

    def hides(self, text: str) -> bool:
        """Whether a number stands in a text without a joint or a letter that tells where it begins and ends."""
        return any(self.is_sure(match[1]) for match in self.hidden.finditer(_JOINTS.sub("", text)))


def find_person_scheme(text: str, certain: bool = False) -> PersonScheme | None:
    """The scheme of a natural person's number that stands somewhere in a text, however it is spelt, if there is one."""
    folded_text = _fold_text(text)
    for scheme in PERSON_SCHEMES:
        decides = scheme.is_certain if certain else scheme.is_likely
        if any(map(decides, scheme.list_numbers(folded_text))) or scheme.hides(folded_text):
            return scheme
    return None


def has_sure_number(text: str) -> bool:
    """Whether a number stands in a text that is one to its last character, whatever stands before and after it."""
    folded_text = _fold_text(text)
    return any(scheme.hides(folded_text) for scheme in PERSON_SCHEMES)


def _fold_text(text: str) -> str:
    """Capitals of half width, dashes plain, spaces single, invisible marks gone."""
    if text.isascii():
        return " ".join(text.upper().split())
    whole = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).upper()).translate(_DASHES)
    return " ".join("".join(letter for letter in whole if unicodedata.category(letter) != "Cf").split())


def _is_identity_number(value: str) -> bool:
    """An organisation's credit code may consist of digits alone: one whose own check holds is no person's.

    Without its check digit it is one only of who is grown up: numbers of documents may have a county and a day, too.
    """
    if len(value) == _WITHOUT_CHECK:
        return value[6:10] < _GROWN_UP_BEFORE and _is_identity_number(value + str(ric.calc_check_digit(f"{value}0")))
    try:
        return ric.is_valid(value) and not uscc.is_valid(value)
    except KeyError:  # all is right but the county, which the library does not know: counties are renamed every year
        return not uscc.is_valid(value)


def _is_number_of_known_county(value: str) -> bool:
    try:
        return ric.is_valid(value)
    except KeyError:
        return False


def _is_tax_number(value: str) -> bool:
    try:
        return len(rfc.validate(value, validate_check_digits=True)) == 13
    except ValidationError:
        return False


_TESTS: Mapping[str, Callable[[str], bool]] = {
    "any": lambda _value: True,
    "cn-ric": _is_identity_number,
    "cn-ric-of-county": _is_number_of_known_county,
    "mx-rfc-person": _is_tax_number,
}


def _build_person_scheme(data: PersonSchemeData) -> PersonScheme:
    return PersonScheme(
        name=data.name,
        pattern=data.pattern,
        form=re.compile(data.search),
        hidden=re.compile(data.hidden),
        other_forms=tuple(map(re.compile, data.also)),
        is_likely=_TESTS[data.likely],
        is_certain=_TESTS[data.certain],
        is_sure=_TESTS[data.surely],
        code=data.refusal,
    )


PERSON_SCHEMES = tuple(map(_build_person_scheme, read_scheme_data().persons))
"""The schemes of natural persons' numbers: said by the package alone, never by a catalogue or a register."""
