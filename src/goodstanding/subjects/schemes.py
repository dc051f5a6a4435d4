"""The identifier schemes that are declared, each with its form, its check and what it refuses.

Those of the package stand in `schemes.json`. A register may add its own: a name, a title and a form are enough.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from goodstanding.errors import BadIdentifier
from goodstanding.messages import Message, SubjectsMessage
from goodstanding.subjects.check_rules import Check, build_check, find_no_problems, remove_joints
from goodstanding.subjects.person_numbers import PERSON_SCHEMES, PersonScheme
from goodstanding.subjects.scheme_data import SchemeData, read_scheme_data

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_SHAPE_OF_OWN_SCHEME = Message(SubjectsMessage.SHAPE_OF_OWN_SCHEME)


def _keep_value(value: str) -> str:
    return value


@dataclass(frozen=True, slots=True)
class IdentifierScheme:
    """A way to name subjects: `form` is a regular expression over canonical values, `shape` says it in words.

    `tidy` brings a value in capitals and without spaces to its canonical spelling; `check` says what is
    doubtful about one; `persons` are the schemes of natural persons whose numbers are taken for one of this; `bare` is
    the form that cannot be mistaken for anything else when the scheme is left out, with at least `bare_digits` digits,
    if there is one.
    """

    name: str
    title: str | Message
    form: str = r"[0-9A-Z][0-9A-Z._/-]{0,63}"
    shape: str | Message = _SHAPE_OF_OWN_SCHEME
    example: str = ""
    tidy: Callable[[str], str] = _keep_value
    check: Check = find_no_problems
    persons: tuple[PersonScheme, ...] = ()
    bare: str | None = None
    bare_digits: int = 0

    def render_title(self, language: str = "") -> str:
        """What such an identifier is called, in a language; a register's own scheme has one title for all."""
        return self.title.render_text(language) if isinstance(self.title, Message) else self.title

    def is_unmistakable(self, value: str) -> bool:
        """Whether a value is one of this scheme's without its scheme in front."""
        has_form = self.bare is not None and re.fullmatch(self.bare, value) is not None
        return has_form and sum(map(str.isdecimal, value)) >= self.bare_digits

    def refuse(self, value: str) -> SubjectsMessage | None:
        """Why a value may not be kept at all; None where it may."""
        return next((scheme.code for scheme in self.persons if scheme.has(value)), None)


def declare_schemes(*own: IdentifierScheme) -> Mapping[str, IdentifierScheme]:
    """The schemes declared here and a register's own ones, by name; an own one cannot take the place of another."""
    schemes = {scheme.name: scheme for scheme in _DECLARED}
    for scheme in own:
        if not _NAME.fullmatch(scheme.name) or scheme.name in schemes:
            raise BadIdentifier(Message(SubjectsMessage.SCHEME_NAME_REFUSED, {"name": repr(scheme.name)}))
        schemes[scheme.name] = scheme
    return MappingProxyType(schemes)


def _hyphenate(value: str) -> str:
    plain = remove_joints(value)
    return f"{plain[:-1]}-{plain[-1:]}"


def _fill_zeros(value: str) -> str:
    """Companies House writes eight characters; many others leave out the zeros."""
    plain = remove_joints(value)
    letters = plain[:2] if plain[:2].isalpha() else ""
    digits = plain[len(letters) :]
    return letters + digits.zfill(8 - len(letters)) if digits.isdecimal() else plain


_SPELLINGS: Mapping[str, Callable[[str], str]] = {
    "kept": _keep_value,
    "plain": remove_joints,
    "hyphen-before-last": _hyphenate,
    "eight-with-zeros": _fill_zeros,
}


def _build_scheme(data: SchemeData) -> IdentifierScheme:
    return IdentifierScheme(
        name=data.name,
        title=Message(data.title),
        form=data.pattern,
        shape=Message(data.shape),
        example=data.example,
        tidy=_SPELLINGS[data.spelling],
        check=build_check(data.check, data.weights),
        persons=tuple(scheme for scheme in PERSON_SCHEMES if scheme.name in data.persons),
        bare=data.bare,
        bare_digits=data.bare_digits,
    )


_DECLARED = tuple(map(_build_scheme, read_scheme_data().schemes))
SCHEMES = declare_schemes()
"""The declared schemes by name."""
