"""Names that only a folder's own check looks at: what examples expect, and whom a case spares.

Catalogues in force are not asked: older ones may have other names, and are read as they are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from difflib import get_close_matches
from typing import Any

from goodstanding.catalogue.model import Catalogue
from goodstanding.errors import CatalogueError, UnknownKey
from goodstanding.messages import CatalogueMessage, Message

EXEMPTIONS = ("inability-to-pay", "minor-first-breach", "minor", "study-debt")
Path = tuple[str | int, ...]


def list_misspelt_names(catalogue: Catalogue) -> Iterator[CatalogueError]:
    """What examples expect of rules that there are not, and exemptions that the charter does not know."""
    effects = [*catalogue.schemes, *catalogue.cases, *catalogue.lists, *catalogue.measures]
    for place, name in _list_expected_effects(catalogue):
        if name not in effects:
            yield _build_error(catalogue, CatalogueMessage.EFFECT_UNKNOWN, "examples.yaml", place, name, effects)
    for case, rule in catalogue.cases.items():
        for name in rule.spares:
            if name not in EXEMPTIONS:
                place = ("cases", case, "spares", name)
                code = CatalogueMessage.EXEMPTION_UNKNOWN
                yield _build_error(catalogue, code, "catalogue.yaml", place, name, EXEMPTIONS)


def _list_expected_effects(catalogue: Catalogue) -> Iterator[tuple[Path, str]]:
    for number, example in enumerate(catalogue.examples):
        for index, moment in enumerate(_list_mappings(example.get("then"))):
            effects = moment.get("effects")
            for name in effects if isinstance(effects, dict) else ():
                yield (number, "then", index, "effects", name), str(name)


def _list_mappings(value: Any) -> list[dict[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _build_error(
    catalogue: Catalogue, code: CatalogueMessage, file: str, place: Path, name: str, names: Collection[str]
) -> CatalogueError:
    from goodstanding.catalogue.compiler.source_positions import SourcePositions  # reads YAML, only to tell a line

    where = SourcePositions(catalogue.files).of(file, place)
    near = get_close_matches(name, names, n=1) or [", ".join(names)]
    return UnknownKey(Message(code, {"name": repr(name)}), where=where, remedy=near[0])
