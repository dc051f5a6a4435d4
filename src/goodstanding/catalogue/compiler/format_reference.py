"""Every key of a catalogue's files as a page of the documentation: its type, its default, and an example of it.

Types and defaults are those of the models by which the files are read. Examples are the shortest that stand in the
catalogues given; where none has a key, one that stands here.
"""

from __future__ import annotations

import json
import re
import types
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from goodstanding.catalogue.feeds import Feed
from goodstanding.catalogue.model import Catalogue, Instrument, Source
from goodstanding.catalogue.primitives import Code, Expression, Length, Name

LONGEST = 90  # letters of an example
_READ_APART: Mapping[type[BaseModel], set[str]] = {
    Catalogue: {"instruments", "sources", "feeds", "examples", "files", "digest"}
}
_FILES: Mapping[type[BaseModel], str] = {
    Catalogue: "`catalogue.yaml`",
    Instrument: "`instruments.yaml`, by name",
    Source: "a row of `sources.csv`",
    Feed: "`feeds/NAME.yaml`",
}
_WORDS = {
    Name: "name", Code: "code", Expression: "condition or expression", Length: "length of time", str: "text",
    int: "whole number", bool: "`true` or `false`", date: "day", float: "number", Any: "anything",
}  # fmt: skip
_EXAMPLES = {
    ("FileForm", "days"): "DD/MM/YYYY", ("FileForm", "separator"): ";", ("FileForm", "encoding"): "latin-1",
    ("FileForm", "title_lines"): 2, ("FileForm", "sheet"): "Ratings", ("Feed", "written"): {"days": "DD/MM/YYYY"},
    ("Feed", "stated"): "published_on", ("Feed", "about"): "decision_no", ("Feed", "skip_when"): {"status": "draft"},
    ("ValueMapping", "stated_when"): {"status": ["closed"]}, ("ValueMapping", "joined_by"): " ",
    ("ValueMapping", "real_days"): ["1970-01-01"], ("Source", "above"): "cn-court-1",
    ("SnapshotRule", "withdraw_at_most"): 0.05, ("IdentifierRule", "title"): "SIREN (France)",
    ("Catalogue", "identifiers"): {"fr-siren": {"title": "SIREN (France)", "pattern": "[0-9]{9}", "…": "…"}},
    ("IdentifierRule", "pattern"): "[0-9]{9}", ("IdentifierRule", "example"): "732829320",
    ("IdentifierRule", "shape"): "9 digits", ("IdentifierRule", "check"): "luhn",
    ("IdentifierRule", "weights"): [3, 7, 9, 10, 5, 8, 4, 2], ("IdentifierRule", "kinds"): ["organisation"],
}  # fmt: skip
_OF_TYPE = {Length: "P1Y", int: 5, date: "2026-01-01", str: "In plain words."}
_PLAIN = re.compile(r"[A-Za-zÀ-ÿ0-9_][\w .()/+*=<>'-]*")


def render_format_reference(catalogues: Iterable[Catalogue]) -> str:
    """The page: each model in the order in which its key first comes, a table of its keys."""
    models = list(_iterate_models(_FILES))
    examples = _collect_examples(catalogues)
    parts = [
        "# Every key of a catalogue",
        "Each table is one part of a catalogue's files, with the keys that it takes; any other key is refused. What"
        " they mean together is in [Catalogue](catalogue.md). Made by `goodstanding catalogue keys`, and a test holds"
        " that it is up to date.",
        *(_render_model(model, examples) for model in models),
    ]
    return "\n\n".join(parts) + "\n"


def _iterate_models(roots: Iterable[type[BaseModel]]) -> Iterator[type[BaseModel]]:
    seen: set[type[BaseModel]] = set()
    pending = list(roots)
    while pending:
        model = pending.pop(0)
        if model in seen:
            continue
        seen.add(model)
        yield model
        pending = [*_iterate_parts(model), *pending]


def _iterate_parts(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for hint in _list_keys(model).values():
        yield from (part for part in _flatten(hint) if isinstance(part, type) and issubclass(part, BaseModel))


def _list_keys(model: type[BaseModel]) -> dict[str, Any]:
    hints = get_type_hints(model, include_extras=True)
    return {name: hints[name] for name in model.model_fields if name not in _READ_APART.get(model, ())}


def _flatten(hint: Any) -> Iterator[Any]:
    yield hint
    for inner in get_args(hint):
        yield from _flatten(inner)


def _render_model(model: type[BaseModel], examples: Mapping[tuple[str, str], Any]) -> str:
    summary = (model.__doc__ or "").strip().partition("\n\n")[0]
    place = f" In {_FILES[model]}." if model in _FILES else ""
    lines = ["| key | type | default | example |", "| --- | --- | --- | --- |"]
    for name, hint in _list_keys(model).items():
        field = model.model_fields[name]
        key = field.alias or name
        example = _render_example(_choose_example(model.__name__, name, hint, field, examples))
        lines.append(f"| `{key}` | {_render_type(hint)} | {_render_default(field)} | {example} |")
    return f"## {_name_model(model)}\n\n{' '.join(summary.split())}{place}\n\n" + "\n".join(lines)


def _name_model(model: type[BaseModel]) -> str:
    words = re.sub(r"(?<!^)(?=[A-Z])", " ", model.__name__)
    return words[0] + words[1:].lower()


def _render_type(hint: Any) -> str:
    if word := next((text for known_hint, text in _WORDS.items() if known_hint == hint), None):
        return word
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _render_type(arguments[0])
    if origin is Literal:
        return ", ".join(f"`{str(value).replace('|', chr(92) + '|')}`" for value in arguments)
    if origin in (Union, types.UnionType):
        return " or ".join(dict.fromkeys(_render_type(part) for part in arguments if part is not type(None)))
    if origin is tuple:
        return f"list of: {_render_type(arguments[0])}"
    if origin is dict:
        return f"by {_render_type(arguments[0])}: {_render_type(arguments[1])}"
    return f"[{_name_model(hint)}](#{_name_model(hint).lower().replace(' ', '-')})"


def _render_default(field: FieldInfo) -> str:
    if field.is_required():
        return "needed"
    default = field.get_default(call_default_factory=True)
    is_empty = default is None or default in ("", (), {}) or isinstance(default, BaseModel)
    return "none" if is_empty else f"`{_render_value(default)}`"


def _choose_example(model: str, name: str, hint: Any, field: FieldInfo, examples: Mapping[tuple[str, str], Any]) -> Any:
    """A value of the key, of the same key elsewhere, or of its type; None where that is a table of its own."""
    example = examples.get((model, name))
    if example is None:
        example = next((value for (_model, key), value in examples.items() if key == name), None)
    if example is not None or any(isinstance(part, type) and issubclass(part, BaseModel) for part in _flatten(hint)):
        return example
    if hint is bool:
        return not field.default
    choices = get_args(hint) if get_origin(hint) is Literal else ()
    others = [value for value in choices if value != field.default]
    return others[0] if others else next(value for part, value in _OF_TYPE.items() if part in list(_flatten(hint)))


def _render_example(value: Any) -> str:
    return "see there" if value is None else "`" + _render_value(value).replace("|", "\\|") + "`"


def _render_value(value: Any) -> str:
    """A value as YAML on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_render_value(key)}: {_render_value(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_render_value, value)) + "]"
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    text = str(value)
    is_word = isinstance(value, str) and not (_PLAIN.fullmatch(text) and not text.endswith(" "))
    return json.dumps(text, ensure_ascii=False) if is_word or text in ("true", "false", "null") else text


def _collect_examples(catalogues: Iterable[Catalogue]) -> dict[tuple[str, str], Any]:
    """For each key the shortest value that some catalogue gives it."""
    examples_by_key: dict[tuple[str, str], Any] = {}
    for catalogue in catalogues:
        for part in _iterate_instances(catalogue):
            for name in sorted(part.model_fields_set):
                value = _simplify(getattr(part, name))
                before = examples_by_key.get((type(part).__name__, name))
                if value not in ({}, [], "", None) and (before is None or _measure(value) < _measure(before)):
                    examples_by_key[type(part).__name__, name] = value
    short = {key: value for key, value in examples_by_key.items() if len(_render_value(value)) <= LONGEST}
    return {**_EXAMPLES, **short}


def _measure(value: Any) -> tuple[int, str]:
    text = _render_value(value)
    return len(text), text


def _simplify(value: Any) -> Any:
    """A value as it stands in a file: only what is said, a value that is only a column as its name."""
    if isinstance(value, BaseModel):
        content = value.model_dump(mode="json", by_alias=True, exclude_unset=True)
        return content["column"] if list(content) == ["column"] else content
    if isinstance(value, dict):
        return {key: _simplify(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_simplify(part) for part in value]
    return value if isinstance(value, bool | int | float) or value is None else str(value)


def _iterate_instances(value: Any) -> Iterator[BaseModel]:
    if isinstance(value, BaseModel):
        yield value
        for name in type(value).model_fields:
            yield from _iterate_instances(getattr(value, name))
    elif isinstance(value, dict):
        for part in value.values():
            yield from _iterate_instances(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _iterate_instances(part)
