"""The keys that the model of a catalogue has, and those of them that some content uses: read from the model itself."""

from __future__ import annotations

from collections.abc import Iterator
from inspect import get_annotations
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from goodstanding.catalogue import Catalogue

Key = tuple[str, str]  # the name of the class of the model that declares it, and the key
NOT_DRAWN: dict[Key, str] = {
    ("Catalogue", "use"): "What is taken from another catalogue stands in this one as if it were its own.",
    ("Catalogue", "feeds"): "A feed makes records of files; here records are drawn as they come of it.",
    ("Catalogue", "examples"): "Examples bind nobody.",
    ("Catalogue", "files"): "The text of the files is no rule.",
    ("Catalogue", "digest"): "The name of that text is no rule.",
}


def list_model_keys(model: type[BaseModel] = Catalogue) -> set[Key]:
    """Every key of a class of the model, and of the classes that it is made of."""
    keys = {(_find_owner(model, name), name) for name in _list_fields(model)}
    for annotation in _list_fields(model).values():
        for part in _list_models(annotation):
            keys |= list_model_keys(part)
    return keys


def list_used_keys(content: Any, annotation: Any = Catalogue) -> Iterator[Key]:
    """Every key of the model that some content uses."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if isinstance(content, dict) and _is_model(annotation):
        fields = _list_fields(annotation)
        for name, value in content.items() if content.keys() <= fields.keys() else ():
            yield _find_owner(annotation, name), name
            yield from list_used_keys(value, fields[name])
    elif isinstance(content, dict) and origin is dict:
        for value in content.values():
            yield from list_used_keys(value, parts[1])
    elif isinstance(content, list) and origin is tuple:
        for value in content:
            yield from list_used_keys(value, parts[0])
    elif origin is not dict:
        for part in parts:
            yield from list_used_keys(content, part)


def _list_fields(model: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _find_owner(model: type[BaseModel], key: str) -> str:
    """The class that declares a key: what all rules share is drawn for some of them."""
    attribute = next(name for name, field in model.model_fields.items() if key in (name, field.alias))
    return next(part.__name__ for part in model.__mro__ if attribute in get_annotations(part))


def _list_models(annotation: Any) -> Iterator[type[BaseModel]]:
    if _is_model(annotation):
        yield annotation
    for part in get_args(annotation):
        yield from _list_models(part)


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)
