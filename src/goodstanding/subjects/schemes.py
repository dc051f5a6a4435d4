"""The identifier schemes that are declared, each with its form, its check and what it refuses.

Those of the package stand in `schemes.json`. A register declares its own in its catalogues, never for natural persons:
what such a scheme takes is refused where it is the number of one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

import msgspec

from goodstanding.errors import BadIdentifier
from goodstanding.messages import Message, SubjectsMessage
from goodstanding.subjects.check_rules import (
    NO_CHECK,
    WEIGHTED,
    Check,
    build_check,
    build_check_rule,
    find_no_problems,
    remove_joints,
)
from goodstanding.subjects.kinds import KINDS
from goodstanding.subjects.person_numbers import PERSON_SCHEMES, PersonScheme
from goodstanding.subjects.scheme_data import SchemeData, read_scheme_data

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
OWN_KINDS = ("organisation", "establishment")
_SHAPE_OF_OWN_SCHEME = Message(SubjectsMessage.SHAPE_OF_OWN_SCHEME)


def _keep_value(value: str) -> str:
    return value


class IdentifierScheme(msgspec.Struct, frozen=True):
    """A way to name subjects: `form` is a regular expression over canonical values, `shape` says it in words.

    `tidy` brings a value in capitals and without spaces to its canonical spelling; `check` says what is
    doubtful about one; `persons` are the schemes of natural persons whose numbers are taken for one of this; `bare` is
    the form that cannot be mistaken for anything else when the scheme is left out, with at least `bare_digits` digits,
    if there is one. `kinds` are the kinds of subject that have such identifiers; where it is not `unique`, several
    subjects share a value, which then says of none who is meant. `is_own` says that a register declared it.
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
    kinds: tuple[str, ...] = KINDS
    unique: bool = True
    is_own: bool = False

    def render_title(self, language: str = "") -> str:
        """What such an identifier is called, in a language; a register's own scheme has one title for all."""
        return self.title.render_text(language) if isinstance(self.title, Message) else self.title

    def is_unmistakable(self, value: str) -> bool:
        """Whether a value is one of this scheme's without its scheme in front."""
        has_form = self.bare is not None and re.fullmatch(self.bare, value) is not None
        return has_form and sum(map(str.isdecimal, value)) >= self.bare_digits

    def may_mean(self, value: str) -> bool:
        """Whether somebody who searches for a value may mean one of this scheme: a register's own are known there."""
        has_own_form = self.is_own and re.fullmatch(self.form, self.tidy(value)) is not None
        return self.unique and (has_own_form or self.is_unmistakable(value))

    def refuse(self, value: str) -> SubjectsMessage | None:
        """Why a value may not be kept at all; None where it may."""
        return next((scheme.code for scheme in self.persons if scheme.has(value)), None)


def declare_schemes(*own: IdentifierScheme) -> Mapping[str, IdentifierScheme]:
    """The schemes declared here and a register's own ones, by name; an own one cannot take the place of another."""
    schemes = {scheme.name: scheme for scheme in _DECLARED}
    for scheme in own:
        refuse_if_scheme_name_taken(scheme.name, schemes)
        schemes[scheme.name] = scheme
    return MappingProxyType(schemes)


def refuse_if_scheme_name_taken(name: str, names: Iterable[str]) -> None:
    """Raises BadIdentifier for a name that is none, or is read like another: joints do not tell names apart."""
    if not _NAME.fullmatch(name) or name in (names := [*names, *(scheme.name for scheme in PERSON_SCHEMES)]):
        raise BadIdentifier(Message(SubjectsMessage.SCHEME_NAME_REFUSED, {"name": repr(name)}))
    for other in names:
        if remove_joints(other) == remove_joints(name):
            raise BadIdentifier(Message(SubjectsMessage.SCHEME_SPELT_ALIKE, {"name": repr(name), "other": other}))


def build_own_scheme(
    name: str,
    title: str,
    pattern: str,
    example: str,
    shape: str = "",
    check: str = NO_CHECK,
    weights: tuple[int, ...] = (),
    kinds: tuple[str, ...] = OWN_KINDS,
    unique: bool = True,
) -> IdentifierScheme:
    """A register's own scheme; raises BadIdentifier for a pattern, check or example that is none, or a check unfit.

    Values are spelled without joints where the pattern has none, and no number of a natural person is taken.
    """
    from goodstanding.subjects.value_patterns import parse_pattern  # most registers declare none

    value_pattern = parse_pattern(pattern)
    rule = build_check_rule(check, weights)
    is_fit = rule is None or all(map(rule.fits, value_pattern.forms))
    if not is_fit or (weights and check != WEIGHTED):
        raise BadIdentifier(Message(SubjectsMessage.CHECK_UNFIT, {"check": check, "pattern": pattern}))
    scheme = IdentifierScheme(
        name=name,
        title=title,
        form=pattern,
        shape=shape or pattern,
        example=example,
        tidy=_keep_value if value_pattern.has_joints else remove_joints,
        check=build_check(check, weights),
        persons=PERSON_SCHEMES,
        kinds=kinds,
        unique=unique,
        is_own=True,
    )
    _refuse_example(scheme)
    return scheme


def _refuse_example(scheme: IdentifierScheme) -> None:
    problem: Message | None = None
    if not re.fullmatch(scheme.form, scheme.example):
        params = {"title": scheme.title, "shape": scheme.shape}
        problem = Message(SubjectsMessage.IDENTIFIER_FORM_DOUBTFUL, params)
    elif reason := scheme.refuse(scheme.example):
        raise BadIdentifier(Message(reason, {"shape": scheme.shape}))
    else:
        problem = next(iter(scheme.check(scheme.example)), None)
    if problem is not None:
        params = {"example": scheme.example[:80], "problem": problem}
        raise BadIdentifier(Message(SubjectsMessage.EXAMPLE_WRONG, params))


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
        unique=data.unique,
    )


_DECLARED = tuple(map(_build_scheme, read_scheme_data().schemes))
SCHEMES = declare_schemes()
"""The declared schemes by name."""
