"""Identifiers of subjects: a scheme and a value, read forgivingly and written in one canonical way.

A value that is not of its scheme's form is refused. A failed check digit is not: live codes with wrong ones are in
use, so it warns (`problems`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from goodstanding.errors import BadIdentifier
from goodstanding.subjects.schemes import SCHEMES, Scheme, joined

LONGEST = 200
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
    def parse(cls, text: str, schemes: Mapping[str, Scheme] = SCHEMES) -> Identifier:
        """The identifier that `text` names: `scheme:value`, or a bare value that only one scheme can have.

        Spaces, small letters, full-width characters, dashes and invisible marks are forgiven. Raises BadIdentifier.
        """
        name, colon, value = text.partition(":")
        if colon and name in schemes and re.fullmatch(schemes[name].form, value):
            return _accepted(schemes[name], value)
        clean = _clean(text)
        if ":" not in clean:
            return _only(clean, schemes)
        name, _, value = clean.partition(":")
        return _fitting(_scheme(name, schemes), value)

    def problems(self, schemes: Mapping[str, Scheme] = SCHEMES) -> tuple[str, ...]:
        """What is doubtful about this identifier, in sentences for people; empty where nothing is."""
        scheme = schemes.get(self.scheme)
        if scheme is None:
            return (f"Nobody declared the scheme {self.scheme}.",)
        if not re.fullmatch(scheme.form, self.value):
            return (f"{scheme.title}: the form is {scheme.shape}.",)
        return scheme.check(self.value)


def guess(text: str, schemes: Mapping[str, Scheme] = SCHEMES) -> tuple[Identifier, ...]:
    """The identifiers that `text` can be, by its form: none for a name, several where schemes share a form.

    Eight digits, for one, are a company's number in the United Kingdom or a food establishment's in New York.
    """
    try:
        clean = _clean(text)
        return (Identifier.parse(clean, schemes),) if ":" in clean else _bare(clean, schemes)
    except BadIdentifier:
        return ()


def _clean(text: str) -> str:
    """Capitals of half width; spaces and invisible marks gone, dashes plain."""
    if len(text) > LONGEST:
        raise BadIdentifier(f"An identifier of {len(text)} characters is too long.", remedy=f"at most {LONGEST}")
    whole = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).upper()).translate(_DASHES)
    return "".join(letter for letter in whole if not letter.isspace() and unicodedata.category(letter) != "Cf")


def _bare(clean: str, schemes: Mapping[str, Scheme]) -> tuple[Identifier, ...]:
    found = []
    for scheme in schemes.values():
        unmistakable = scheme.bare and any(re.fullmatch(scheme.bare, one) for one in (clean, joined(clean)))
        if unmistakable and not scheme.refuse(scheme.tidy(clean)):
            found.append(Identifier(scheme.name, scheme.tidy(clean)))
    return tuple(found)


def _only(clean: str, schemes: Mapping[str, Scheme]) -> Identifier:
    found = _bare(clean, schemes)
    if len(found) == 1:
        return found[0]
    for scheme in schemes.values():
        _refuse(scheme, scheme.tidy(clean))
    if found:
        raise BadIdentifier("More than one scheme has such values.", where=_shown(clean), remedy=_either(found))
    raise BadIdentifier(
        "An identifier needs its scheme.", where=_shown(clean), remedy=f"scheme:value, such as {_EXAMPLE}"
    )


def _scheme(name: str, schemes: Mapping[str, Scheme]) -> Scheme:
    for scheme in schemes.values():
        if joined(scheme.name) == joined(name.lower()):
            return scheme
    raise BadIdentifier(f"Nobody declared the scheme {_shown(name.lower())}.", remedy="one of " + ", ".join(schemes))


def _fitting(scheme: Scheme, value: str) -> Identifier:
    tidy = scheme.tidy(value)
    if not re.fullmatch(scheme.form, tidy):
        _refuse(scheme, tidy)
        example = f", such as {scheme.example}" if scheme.example else ""
        raise BadIdentifier(
            f"This is no {scheme.title}.", where=f"{scheme.name}:{_shown(value)}", remedy=scheme.shape + example
        )
    return _accepted(scheme, tidy)


def _accepted(scheme: Scheme, value: str) -> Identifier:
    _refuse(scheme, value)
    return Identifier(scheme.name, value)


def _refuse(scheme: Scheme, value: str) -> None:
    """The value is left out of the message: what may not be kept may not be logged either."""
    if reason := scheme.refuse(value):
        raise BadIdentifier(reason, where=scheme.name, remedy=scheme.shape)


def _either(found: tuple[Identifier, ...]) -> str:
    return " or ".join(map(str, found))


def _shown(text: str) -> str:
    """At most forty characters, those that cannot be seen replaced."""
    short = text if len(text) <= 40 else text[:39] + "…"
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in short)
