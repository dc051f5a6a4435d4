"""Identifiers of subjects: a scheme and a value, read forgivingly and written in one canonical way.

A value that is not of its scheme's form is refused. A failed check digit is not: live codes with wrong ones are in
use, so it warns (`problems`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from goodstanding import plain_text
from goodstanding.errors import BadIdentifier
from goodstanding.messages import Message, SubjectsMessage
from goodstanding.subjects.check_rules import remove_joints
from goodstanding.subjects.person_numbers import find_person_scheme
from goodstanding.subjects.schemes import SCHEMES, IdentifierScheme

LONGEST_IDENTIFIER = 200
"""Characters that are read at most; no scheme needs a third of them."""

_EXAMPLE = "cn-uscc:91350100M000100Y43"
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")


@dataclass(frozen=True, slots=True, order=True)
class Identifier:
    """A scheme's name and a value in that scheme's canonical spelling; `parse` makes sure of both."""

    scheme: str
    value: str

    def __str__(self) -> str:
        """The canonical text, `scheme:value`."""
        return f"{self.scheme}:{self.value}"

    @classmethod
    def parse(cls, text: str, schemes: Mapping[str, IdentifierScheme] = SCHEMES) -> Identifier:
        """The identifier that `text` names: `scheme:value`, or a bare value that only one scheme can have.

        Spaces, small letters, full-width characters, dashes and invisible marks are forgiven. Raises BadIdentifier,
        which never repeats a natural person's number.
        """
        try:
            return cls._parse_text(text, schemes)
        except BadIdentifier as error:
            person_scheme = find_person_scheme(text[:LONGEST_IDENTIFIER])
            if person_scheme is None or (isinstance(error.coded, Message) and error.coded.code == person_scheme.code):
                raise
            raise BadIdentifier(Message(person_scheme.code, {"shape": _EXAMPLE})) from None

    @classmethod
    def _parse_text(cls, text: str, schemes: Mapping[str, IdentifierScheme]) -> Identifier:
        name, colon, value = text.partition(":")
        if colon and name in schemes and re.fullmatch(schemes[name].form, value):
            return _accept_value(schemes[name], value)
        clean = _clean_text(text)
        if ":" not in clean:
            return _parse_bare(clean, schemes)
        name, _, value = clean.partition(":")
        return _fit_scheme(_get_scheme(name, schemes), value)

    def problems(self, schemes: Mapping[str, IdentifierScheme] = SCHEMES) -> tuple[Message, ...]:
        """What is doubtful about this identifier, in sentences for people; empty where nothing is."""
        scheme = schemes.get(self.scheme)
        if scheme is None:
            return (_describe_undeclared_scheme(self.scheme, schemes),)
        if not re.fullmatch(scheme.form, self.value):
            params = {"title": scheme.title, "shape": scheme.shape}
            return (Message(SubjectsMessage.IDENTIFIER_FORM_DOUBTFUL, params),)
        return scheme.check(self.value)


def guess_identifiers(text: str, schemes: Mapping[str, IdentifierScheme] = SCHEMES) -> tuple[Identifier, ...]:
    """The identifiers that `text` can be, by its form: none for a name, several where schemes share a form.

    Eight digits, for one, are a company's number in the United Kingdom or a food establishment's in New York.
    """
    try:
        clean = _clean_text(text)
        if ":" in clean:
            return (Identifier.parse(clean, schemes),)
        return _match_bare(clean, schemes, IdentifierScheme.may_mean)
    except BadIdentifier:
        return ()


def _clean_text(text: str) -> str:
    """Capitals of half width; spaces and invisible marks gone, dashes plain."""
    if len(text) > LONGEST_IDENTIFIER:
        params = {"length": len(text), "most": LONGEST_IDENTIFIER}
        raise BadIdentifier(Message(SubjectsMessage.IDENTIFIER_TOO_LONG, params))
    whole = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).upper()).translate(_DASHES)
    return "".join(letter for letter in whole if not letter.isspace() and unicodedata.category(letter) != "Cf")


def _match_bare(
    clean: str,
    schemes: Mapping[str, IdentifierScheme],
    matches: Callable[[IdentifierScheme, str], bool] = IdentifierScheme.is_unmistakable,
) -> tuple[Identifier, ...]:
    identifiers = []
    for scheme in schemes.values():
        is_match = any(matches(scheme, spelling) for spelling in (clean, remove_joints(clean)))
        if is_match and not scheme.refuse(scheme.tidy(clean)):
            identifiers.append(Identifier(scheme.name, scheme.tidy(clean)))
    return tuple(identifiers)


def _parse_bare(clean: str, schemes: Mapping[str, IdentifierScheme]) -> Identifier:
    identifiers = _match_bare(clean, schemes)
    if len(identifiers) == 1:
        return identifiers[0]
    for scheme in schemes.values():
        _refuse_value(scheme, scheme.tidy(clean))
    if identifiers:
        message = Message(SubjectsMessage.IDENTIFIER_AMBIGUOUS, {"identifiers": _join_alternatives(identifiers)})
        raise BadIdentifier(message, where=_shorten_text(clean))
    message = Message(SubjectsMessage.IDENTIFIER_WITHOUT_SCHEME, {"example": _EXAMPLE})
    raise BadIdentifier(message, where=_shorten_text(clean))


def _get_scheme(name: str, schemes: Mapping[str, IdentifierScheme]) -> IdentifierScheme:
    for scheme in schemes.values():
        if remove_joints(scheme.name) == remove_joints(name.lower()):
            return scheme
    raise BadIdentifier(_describe_undeclared_scheme(_shorten_text(name.lower()), schemes))


def _describe_undeclared_scheme(name: str, schemes: Mapping[str, IdentifierScheme]) -> Message:
    return Message(SubjectsMessage.SCHEME_UNDECLARED, {"scheme": name, "schemes": ", ".join(schemes)})


def _fit_scheme(scheme: IdentifierScheme, value: str) -> Identifier:
    tidy = scheme.tidy(value)
    if not re.fullmatch(scheme.form, tidy):
        _refuse_value(scheme, tidy)
        raise BadIdentifier(_describe_form(scheme), where=f"{scheme.name}:{_shorten_text(value)}")
    return _accept_value(scheme, tidy)


def _describe_form(scheme: IdentifierScheme) -> Message:
    params = {"title": scheme.title, "shape": scheme.shape}
    if not scheme.example:
        return Message(SubjectsMessage.IDENTIFIER_MISFORMED_FOR_OWN_SCHEME, params)
    return Message(SubjectsMessage.IDENTIFIER_MISFORMED, {**params, "example": scheme.example})


def _accept_value(scheme: IdentifierScheme, value: str) -> Identifier:
    _refuse_value(scheme, value)
    return Identifier(scheme.name, value)


def _refuse_value(scheme: IdentifierScheme, value: str) -> None:
    """The value is left out of the message: what may not be kept may not be logged either."""
    if reason := scheme.refuse(value):
        raise BadIdentifier(Message(reason, {"shape": scheme.shape}), where=scheme.name)


def _join_alternatives(identifiers: tuple[Identifier, ...]) -> str | Message:
    alternatives: str | Message = str(identifiers[0])
    for identifier in identifiers[1:]:
        params = {"first": alternatives, "second": str(identifier)}
        alternatives = Message(SubjectsMessage.EITHER_IDENTIFIER, params)
    return alternatives


def _shorten_text(text: str) -> str:
    """At most forty characters, those that cannot be seen replaced."""
    short = text if len(text) <= 40 else text[:39] + "…"
    return plain_text.replace_unprintable_characters(short)
