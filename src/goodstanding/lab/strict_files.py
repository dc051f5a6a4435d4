"""Files of the laboratory, read as strictly as a catalogue: an error names file and line, and what would be right."""

from __future__ import annotations

from importlib.resources import files as package_files
from typing import Any, TypeVar

from goodstanding.catalogue.compiler.compilation import read_mapping, validate_model
from goodstanding.catalogue.compiler.source_positions import SourcePositions
from goodstanding.catalogue.primitives import StrictModel

Model = TypeVar("Model", bound=StrictModel)


class StrictFile:
    """A YAML file that was read: what it says as plain values, and the lines on which that stands."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text
        self._positions = SourcePositions()
        self.content: dict[str, Any] = read_mapping(name, {name: text}, self._positions)

    def parse_model(self, model: type[Model], *path: str) -> Model:
        """The file, or what stands at a path of it, as a strict model; raises CatalogueError with the line."""
        value: Any = self.content
        for key in path:
            value = value[key]
        parsed: Model = validate_model(model, value, self.name, self._positions, *path)
        return parsed

    def parse_models(self, model: type[Model]) -> dict[str, Model]:
        """A file of named things: each as a strict model."""
        return {name: self.parse_model(model, name) for name in self.content}

    def locate(self, *path: str | int) -> str:
        """The file and line of a path, for an error."""
        return self._positions.of(self.name, path)


def read_packaged_file(name: str) -> StrictFile:
    """A file of data that comes with the laboratory, by its path below it."""
    return StrictFile(f"lab/{name}", (package_files("goodstanding.lab") / name).read_text(encoding="utf-8"))
