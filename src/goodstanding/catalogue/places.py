"""Where in a catalogue's files a value stands, so that an error names file and line."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from goodstanding.errors import CatalogueError, MissingBasis, UnknownKey

Path = Sequence[str | int]


class Places:
    """The parsed files, kept with their line numbers."""

    def __init__(self) -> None:
        self.trees: dict[str, Any] = {}

    def keep(self, file: str, tree: Any) -> Any:
        """Remembers a parsed file and gives it as plain values."""
        self.trees[file] = tree
        return plain(tree)

    def of(self, file: str, path: Path) -> str:
        """`catalogue.yaml, line 12 (schemes.food-hygiene.bands.0)`."""
        line, node = 1, self.trees.get(file)
        for part in path:
            step = _line(node, part)
            if step is None:
                break
            line, node = step
        shown = ".".join(str(part) for part in path)
        return f"{file}, line {line}" + (f" ({shown})" if shown else "")


def plain(value: Any) -> Any:
    """YAML's own mappings, sequences and scalars as Python's."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return str(value) if isinstance(value, str) else value


def _line(node: Any, part: str | int) -> tuple[int, Any] | None:
    name: Any = "while" if part == "while_" else part
    marks: Any = getattr(node, "lc", None)
    try:
        if isinstance(node, dict) and name in node:
            return marks.key(name)[0] + 1, node[name]
        if isinstance(node, list) and isinstance(name, int):
            return marks.item(name)[0] + 1, node[name]
    except (AttributeError, KeyError, IndexError):
        return None
    return None


def refusal(error: ValidationError, model: Any, file: str, places: Places, prefix: Path = ()) -> CatalogueError:
    """The first thing pydantic found, as an error of ours with file, line and what would be right."""
    errors = error.errors(include_url=False)
    found = next((one for one in errors if one["type"] == "extra_forbidden"), errors[0])
    path = [*prefix, *(part for part in found["loc"])]
    where, key = places.of(file, path), str(path[-1]) if path else ""
    if found["type"] == "extra_forbidden":
        near = get_close_matches(key, known := sorted(_keys(model, found["loc"][:-1])), n=1)
        return UnknownKey(f"There is no key {key!r} here.", where=where, remedy=near[0] if near else ", ".join(known))
    if found["type"] == "missing" and key == "basis":
        return MissingBasis("The rule names no basis.", where=where, remedy="basis: INSTRUMENT art. NUMBER")
    if found["type"] == "missing":
        return CatalogueError(f"The key {key!r} is missing.", where=where, remedy=f"{key}: …")
    message, _, right = found["msg"].removeprefix("Value error, ").partition("; right would be ")
    return CatalogueError(f"{key}: {message}.", where=where, remedy=right or "see docs/reference/catalogue.md")


def _keys(model: Any, path: Path) -> list[str]:
    for part in path:
        inner = _models(model)
        if not inner:
            break
        fields = {field.alias or name: field for name, field in inner[0].model_fields.items()}
        model = fields[str(part)].annotation if str(part) in fields else model
    found = _models(model)
    return [field.alias or name for name, field in found[0].model_fields.items()] if found else []


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for inner in get_args(annotation) for model in _models(inner)]
