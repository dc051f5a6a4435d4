"""A catalogue with some of its values changed: for a what-if, or a draft."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from goodstanding.catalogue.loader import load_files
from goodstanding.catalogue.model import Catalogue
from goodstanding.errors import UnknownKey
from goodstanding.messages import CatalogueMessage, Message


def overlay_catalogue(catalogue: Catalogue, changes: Mapping[str, Any]) -> Catalogue:
    """The catalogue with `changes` laid over it, checked again.

    `changes` is by path, as in `{"schemes.food-hygiene.lapses": "P3Y"}`; None takes a value away. The order of all
    things stays, since steps and bands count in their order, and the catalogue itself stays as it is. Raises UnknownKey
    for a path that leads nowhere, CatalogueError where the result does not hold.
    """
    from goodstanding.catalogue.compiler.source_positions import SourcePositions  # brings the parser

    content = SourcePositions().read("catalogue.yaml", catalogue.files["catalogue.yaml"])
    for path, value in changes.items():
        _set_value(content, path.split("."), value, path)
    text = json.dumps(content, ensure_ascii=False, indent=1, default=str)  # JSON is YAML, and quick to write
    return load_files({**catalogue.files, "catalogue.yaml": text}, kept=False)


def _set_value(content: Any, parts: list[str], value: Any, path: str) -> None:
    *ahead, last = parts
    for part in ahead:
        content = content[_resolve_key(content, part, path)]
    if value is None:
        del content[_resolve_key(content, last, path)]
    elif isinstance(content, dict):
        content[last] = value
    else:
        content[_resolve_key(content, last, path)] = value


def _resolve_key(content: Any, part: str, path: str) -> Any:
    key = int(part) if isinstance(content, list) and part.isdigit() else part
    there = range(len(content)) if isinstance(content, list) else content
    if not isinstance(content, dict | list) or key not in there:
        raise UnknownKey(Message(CatalogueMessage.OVERLAY_PATH_MISSING, {"part": repr(part), "path": repr(path)}))
    return key
