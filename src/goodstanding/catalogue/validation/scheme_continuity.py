"""What a register asks of a catalogue's schemes beside the catalogues that it has on file.

A scheme that was declared stays: its identifiers are on files. So a newer version of its catalogue has it too, and it
takes the same values in every catalogue that declares it; titles, examples, checks and legal bases may change.
"""

from __future__ import annotations

from collections.abc import Mapping

from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.records import IdentifierRule
from goodstanding.catalogue.validation.scheme_names import locate_key
from goodstanding.errors import BadIdentifier, CatalogueError
from goodstanding.messages import CatalogueMessage, Message
from goodstanding.subjects import refuse_if_scheme_name_taken

_FIXED_KEYS = ("pattern", "kinds", "unique")


def refuse_if_schemes_differ(catalogue: Catalogue, on_file: Mapping[str, Catalogue]) -> None:
    """Nothing, or CatalogueError where a scheme is not as it was declared, is left out, or is named like another."""
    declared = {name: rule for other in on_file.values() for name, rule in other.identifiers.items()}
    before = on_file[catalogue.name].identifiers if catalogue.name in on_file else {}
    for name in before:
        if name not in catalogue.identifiers:
            where = locate_key(catalogue, "catalogue.yaml", "identifiers")
            raise CatalogueError(Message(CatalogueMessage.SCHEME_LEFT_OUT, {"scheme": name}), where=where)
    for name in catalogue.identifiers:
        _refuse_if_changed(catalogue, name, declared)


def _refuse_if_changed(catalogue: Catalogue, name: str, declared: Mapping[str, IdentifierRule]) -> None:
    rule, where = catalogue.identifiers[name], locate_key(catalogue, "catalogue.yaml", "identifiers", name)
    if name not in declared:
        try:
            refuse_if_scheme_name_taken(name, declared)
        except BadIdentifier as error:
            raise CatalogueError(error.coded or "", where=where) from None
    elif any(getattr(rule, key) != getattr(declared[name], key) for key in _FIXED_KEYS):
        raise CatalogueError(Message(CatalogueMessage.SCHEME_CHANGED, {"scheme": name}), where=where)
