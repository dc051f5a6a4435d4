"""The schemes of identifiers in this register: those of the package, and those that its catalogues declare."""

from __future__ import annotations

from collections.abc import Mapping

from goodstanding.errors import BadIdentifier
from goodstanding.ledger.read_cache import read_cached
from goodstanding.messages import Message, SubjectsMessage
from goodstanding.register.rules.enacted_catalogues import list_on_file
from goodstanding.subjects import SCHEMES, Identifier, IdentifierScheme


def list_schemes() -> Mapping[str, IdentifierScheme]:
    """Every scheme by which a subject can be named here, by name; also of catalogues that give no outcome."""
    return read_cached("identifier schemes", _compute_schemes)


def _compute_schemes() -> Mapping[str, IdentifierScheme]:
    schemes = dict(SCHEMES)
    for enacted_catalogue in list_on_file().values():
        schemes |= enacted_catalogue.catalogue.identifier_schemes
    return schemes


def parse_identifier(
    text: str, kind: str = "", known_schemes: Mapping[str, IdentifierScheme] | None = None
) -> Identifier:  # fmt: skip
    """The identifier that a text names in this register, of a subject of a kind; raises BadIdentifier.

    Whoever reads many of them asks for the schemes once.
    """
    schemes = known_schemes or list_schemes()
    identifier = Identifier.parse(text, schemes)
    scheme = schemes[identifier.scheme]
    if kind and kind not in scheme.kinds:
        params = {"scheme": scheme.name, "kind": kind, "kinds": ", ".join(scheme.kinds)}
        raise BadIdentifier(Message(SubjectsMessage.SCHEME_OF_OTHER_KINDS, params))
    if not scheme.unique:
        raise BadIdentifier(Message(SubjectsMessage.SCHEME_SHARED, {"title": scheme.title}))
    return identifier
