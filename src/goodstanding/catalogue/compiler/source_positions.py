"""Where in a catalogue's files a value stands, so that an error names file and line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import cache, cached_property, lru_cache
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode
from ruamel.yaml.resolver import VersionedResolver

from goodstanding.catalogue.primitives import USED, StrictModel
from goodstanding.catalogue.wrong_values import WrongValue, join_problems
from goodstanding.errors import CatalogueError, MissingBasis, UnknownKey
from goodstanding.messages import CatalogueMessage, Message

Path = Sequence[str | int]
DEEPEST, MOST_VALUES = 40, 200_000  # the largest catalogue has some 4,000 values, 12 deep


class _Resolver(VersionedResolver):
    """Looks up once, not for every value, which version of YAML a text is in: a fifth of the time of reading."""

    @cached_property
    def versioned_resolver(self) -> Any:
        return super().versioned_resolver


class SourcePositions:
    """The files that were read, with the lines on which their values stand."""

    def __init__(self, texts: Mapping[str, str] | None = None) -> None:
        self.texts = dict(texts or {})

    def read(self, file: str, text: str) -> Any:
        """What a YAML text says, as plain values; the text is remembered, for its lines."""
        try:
            _node, content = _parsed(text)
        except _Endless as error:
            where = f"{file}, line {error.line}"
            limits = {"values": f"{MOST_VALUES:,}", "depth": DEEPEST}
            raise CatalogueError(Message(CatalogueMessage.CATALOGUE_FILE_ENDLESS, limits), where=where) from None
        self.texts[file] = text
        return stringify_keys(content)

    def of(self, file: str, path: Path) -> str:
        """`catalogue.yaml, line 12 (schemes.food-hygiene.bands.0)`; in a used catalogue where the path leads there."""
        others = [other for other in self.texts if other.startswith(USED) and other.endswith(f"/{file}")]
        matches = [(*_follow_path(self._node(name), path), name) for name in (file, *others)]
        _, line, where = max(matches, key=lambda match: match[0])
        shown = ".".join(str(part) for part in path)
        return f"{where}, line {line}" + (f" ({shown})" if shown else "")

    def _node(self, file: str) -> Node | None:
        return _parsed(self.texts[file])[0] if file in self.texts else None


class _Endless(Exception):
    """A text that is nested too deeply, or that aliases make far larger than it is; seen at a line."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


@lru_cache(maxsize=512)  # a changed catalogue shares all files but one with the catalogue it was
def _parsed(text: str) -> tuple[Node | None, Any]:
    """The nodes of a text and what it says; both are shared, so nobody may change them."""
    yaml = YAML(typ="safe")
    yaml.Resolver = _Resolver
    node = yaml.compose(text)
    _refuse_endless_nesting(node)
    return node, None if node is None else yaml.constructor.construct_document(node)


def _refuse_endless_nesting(root: Node | None) -> None:
    waiting, seen = [(root, 1)] if root is not None else [], 0
    while waiting:
        node, depth = waiting.pop()
        seen += 1
        if depth > DEEPEST or seen > MOST_VALUES:
            raise _Endless(node.start_mark.line + 1)
        inner = node.value if isinstance(node, SequenceNode | MappingNode) else []
        for entry in inner:
            waiting += [(child, depth + 1) for child in (entry if isinstance(entry, tuple) else (entry,))]


def stringify_keys(value: Any) -> Any:
    """Keys as text, so that `5: …` and `"5": …` are the same."""
    if isinstance(value, dict):
        return {str(key) if isinstance(key, str | int) else key: stringify_keys(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [stringify_keys(inner) for inner in value]
    return value


def _follow_path(node: Node | None, path: Path) -> tuple[int, int]:
    """How many parts of the path are there, and the line of the last of them."""
    line = 1
    for depth, part in enumerate(path):
        step = _find_child(node, part)
        if step is None:
            return depth, line
        line, node = step
    return len(path), line


def _find_child(node: Node | None, part: str | int) -> tuple[int, Node] | None:
    name = {"while_": "while", "from_": "from"}.get(str(part), str(part))
    if isinstance(node, MappingNode):
        return next(((key.start_mark.line + 1, inner) for key, inner in node.value if key.value == name), None)
    if isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
        inner = node.value[part]
        return inner.start_mark.line + 1, inner
    return None


def build_validation_error(
    error: ValidationError, model: Any, file: str, places: SourcePositions, prefix: Path = ()
) -> CatalogueError:
    """What pydantic found, as an error of ours that tells all of it: unknown keys first, one thing for each line."""
    errors = sorted(error.errors(include_url=False), key=lambda value_error: value_error["type"] != "extra_forbidden")
    by_place: dict[str | None, CatalogueError] = {}  # what fits no branch of a union is told once
    for value_error in errors:
        problem = _build_value_error(value_error, model, file, places, prefix)
        by_place.setdefault(problem.where, problem)
    first = join_problems(by_place.values())
    assert first, "pydantic raises for a reason"
    return first


def _build_value_error(
    value_error: ErrorDetails, model: Any, file: str, places: SourcePositions, prefix: Path
) -> CatalogueError:
    path = [*prefix, *(part for part in value_error["loc"] if not _is_branch(part))]
    where, key = places.of(file, path), str(path[-1]) if path else ""
    if value_error["type"] == "extra_forbidden":
        near = get_close_matches(key, known_keys := sorted(_list_known_keys(model, value_error["loc"][:-1])), n=1)
        unknown = Message(CatalogueMessage.CATALOGUE_KEY_UNKNOWN, {"key": repr(key)})
        return UnknownKey(unknown, where=where, remedy=near[0] if near else ", ".join(known_keys))
    if value_error["type"] == "missing" and key == "basis":
        return MissingBasis(Message(CatalogueMessage.BASIS_MISSING), where=where)
    if value_error["type"] == "missing":
        return CatalogueError(
            Message(CatalogueMessage.CATALOGUE_KEY_MISSING, {"key": repr(key)}), where=where, remedy=f"{key}: …"
        )
    cause = value_error.get("ctx", {}).get("error")
    problem, right = (cause.problem, cause.right) if isinstance(cause, WrongValue) else (value_error["msg"], None)
    return CatalogueError(
        Message(CatalogueMessage.CATALOGUE_VALUE_WRONG, {"key": key, "problem": problem}), where=where, remedy=right
    )


def _is_branch(part: str | int) -> bool:
    """Whether part of a path is no key but what pydantic calls a branch of a union: the type that was tried."""
    return "[" in str(part) or part in _list_model_names(StrictModel)


@cache
def _list_model_names(model: type[BaseModel]) -> frozenset[str]:
    inner_models = model.__subclasses__()
    return frozenset(inner.__name__ for inner in inner_models).union(*map(_list_model_names, inner_models))


def _list_known_keys(model: Any, path: Path) -> list[str]:
    for part in path:
        inner = _list_models(model)
        if not inner:
            break
        fields = {field.alias or name: field for name, field in inner[0].model_fields.items()}
        model = fields[str(part)].annotation if str(part) in fields else model
    models = _list_models(model)
    return [field.alias or name for name, field in models[0].model_fields.items()] if models else []


def _list_models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for inner in get_args(annotation) for model in _list_models(inner)]
