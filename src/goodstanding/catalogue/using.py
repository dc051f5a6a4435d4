"""One catalogue using parts of another: its procedures, classes of repair, record types or whatever else it declares.

What is taken stands where it stood in the other one; what the catalogue says itself comes first, key by key. The files
of those used travel with the catalogue, under `use/`, so that an enacted catalogue is complete.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from goodstanding.catalogue.basics import NAME, USED
from goodstanding.catalogue.parsed_store import digest_of, find_parsed, keep_parsed
from goodstanding.errors import CatalogueError, UnknownKey

if TYPE_CHECKING:
    from goodstanding.catalogue.places import Places

RULES = "catalogue.yaml"
Content = dict[str, Any]
_NAME = re.compile(NAME)  # a name that is none is refused later, and never looked for as a folder
_USES = re.compile(r"\buse\b[\"']?\s*:")


def is_rules(file: str) -> bool:
    """Whether a file holds a catalogue's rules: its own, or those of one that it uses."""
    return file == RULES or (file.startswith(USED) and file.endswith(f"/{RULES}"))


def is_taken(file: str) -> bool:
    """Whether a file of a used catalogue travels with the one that uses it: rules and instruments do."""
    return is_rules(file) or file.endswith("/instruments.yaml")


def named(text: str) -> list[str]:
    """The catalogues that a catalogue's text says it uses; none where the text cannot be read."""
    if not _USES.search(text):  # most use none, and reading takes long
        return []
    names: list[str] | None = find_parsed("uses", digest_of(text))
    if names is None:
        names = _parsed_names(text)
        keep_parsed("uses", digest_of(text), names)
    return names


def _parsed_names(text: str) -> list[str]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        content = YAML(typ="safe").load(text)
    except (YAMLError, ValueError):
        return []
    use = content.get("use") if isinstance(content, dict) else None
    return [name for name in use if isinstance(name, str) and _NAME.match(name)] if isinstance(use, dict) else []


def whole(contents: Mapping[str, Content], places: Places) -> Content:
    """A catalogue's content with what it takes from others, and with lengths named by classes of repair filled in."""
    content = _with_used(contents, RULES, (), places)
    _fill_lengths(content)
    return content


def _with_used(contents: Mapping[str, Content], file: str, way: tuple[str, ...], places: Places) -> Content:
    if file in way:
        raise CatalogueError(
            f"Catalogues use each other in a circle: {' -> '.join((*way, file))}.",
            where=places.of(way[-1], ("use",)),
            remedy="take the shared part into a catalogue of its own",
        )
    content = deepcopy(contents[file])
    use = content.get("use")
    for name, paths in use.items() if isinstance(use, dict) else ():
        other_file = f"{USED}{name}/{RULES}"
        if other_file not in contents:
            raise UnknownKey(
                f"There is no catalogue {name!r} to use.", where=places.of(file, ("use", name)), remedy="its folder"
            )
        other = _with_used(contents, other_file, (*way, file), places)
        for path in paths if isinstance(paths, list) else ():
            _take(content, other, str(path).split("."), places.of(file, ("use", name)))
    return content


def _take(content: Content, other: Any, path: list[str], where: str) -> None:
    """Lays what `other` has at a path into the content, where the content says nothing itself."""
    for part in path[:-1]:
        other, content = _inner(other, part, where), content.setdefault(part, {})
    value = deepcopy(_inner(other, path[-1], where))
    content[path[-1]] = _laid(value, content[path[-1]], where) if path[-1] in content else value


def _inner(other: Any, part: str, where: str) -> Any:
    if not isinstance(other, dict) or part not in other:
        known = list(other) if isinstance(other, dict) else []
        near = get_close_matches(part, known, n=1) or [", ".join(known)]
        raise UnknownKey(f"The used catalogue has no {part!r}.", where=where, remedy=near[0])
    return other[part]


def _laid(below: Any, above: Any, where: str) -> Any:
    """What a catalogue says itself, over what it takes: mappings key by key, lists by number, `+` adding at the end."""
    if isinstance(below, dict) and isinstance(above, dict):
        taken = {key: _laid(below[key], value, where) for key, value in above.items() if key in below}
        return {**below, **above, **taken}
    if isinstance(below, list) and isinstance(above, dict):
        return _list(below, above, where)
    return above


def _list(below: list[Any], above: Content, where: str) -> list[Any]:
    made = list(below)
    for key, value in above.items():
        if key == "+" and isinstance(value, list):
            made += value
        elif key.isdigit() and int(key) < len(below):
            made[int(key)] = _laid(below[int(key)], value, where)
        else:
            remedy = f"0 to {len(below) - 1} for a change, or + with a list to add"
            raise UnknownKey(f"The used list has no {key!r}.", where=where, remedy=remedy)
    return made


def _fill_lengths(value: Any, classes: Any = None) -> None:
    """`terms: most` stands for the longest time of each class of repair, `terms: least` for the shortest."""
    if not isinstance(value, dict):
        return
    classes = value.get("repair_classes", classes)
    for inner in value.values():
        _fill_lengths(inner, classes)
    named = value.get("terms")
    if named in ("least", "most") and "by" in value and isinstance(classes, dict):
        value["terms"] = {code: rule.get(named) for code, rule in classes.items() if isinstance(rule, dict)}
