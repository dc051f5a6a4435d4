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

from goodstanding.catalogue.compiler.parsed_store import digest_of, find_parsed, keep_parsed
from goodstanding.catalogue.primitives import NAME, USED
from goodstanding.errors import CatalogueError, UnknownKey
from goodstanding.messages import CatalogueMessage, Message

if TYPE_CHECKING:
    from goodstanding.catalogue.compiler.source_positions import SourcePositions

RULES_FILE = "catalogue.yaml"
Content = dict[str, Any]
_NAME = re.compile(NAME)  # a name that is none is refused later, and never looked for as a folder
_USES = re.compile(r"\buse\b[\"']?\s*:")


def is_rules_file(file: str) -> bool:
    """Whether a file holds a catalogue's rules: its own, or those of one that it uses."""
    return file == RULES_FILE or (file.startswith(USED) and file.endswith(f"/{RULES_FILE}"))


def is_shared_file(file: str) -> bool:
    """Whether a file of a used catalogue travels with the one that uses it: rules and instruments do."""
    return is_rules_file(file) or file.endswith("/instruments.yaml")


def list_used_catalogues(text: str) -> list[str]:
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


def compose_content(contents: Mapping[str, Content], places: SourcePositions) -> Content:
    """A catalogue's content with what it takes from others, and with lengths named by classes of repair filled in."""
    content = _add_used_content(contents, RULES_FILE, (), places)
    _fill_lengths(content)
    return content


def _add_used_content(
    contents: Mapping[str, Content], file: str, chain: tuple[str, ...], places: SourcePositions
) -> Content:
    if file in chain:
        circle = Message(CatalogueMessage.CATALOGUES_IN_CIRCLE, {"files": " -> ".join((*chain, file))})
        raise CatalogueError(circle, where=places.of(chain[-1], ("use",)))
    content = deepcopy(contents[file])
    use = content.get("use")
    for name, paths in use.items() if isinstance(use, dict) else ():
        other_file = f"{USED}{name}/{RULES_FILE}"
        if other_file not in contents:
            missing = Message(CatalogueMessage.USED_CATALOGUE_MISSING, {"name": repr(name)})
            raise UnknownKey(missing, where=places.of(file, ("use", name)))
        other = _add_used_content(contents, other_file, (*chain, file), places)
        for path in paths if isinstance(paths, list) else ():
            _take_path(content, other, str(path).split("."), places.of(file, ("use", name)))
    return content


def _take_path(content: Content, other: Any, path: list[str], where: str) -> None:
    """Lays what `other` has at a path into the content, where the content says nothing itself."""
    for part in path[:-1]:
        other, content = _get_inner(other, part, where), content.setdefault(part, {})
    value = deepcopy(_get_inner(other, path[-1], where))
    content[path[-1]] = _overlay_content(value, content[path[-1]], where) if path[-1] in content else value


def _get_inner(other: Any, part: str, where: str) -> Any:
    if not isinstance(other, dict) or part not in other:
        known_keys = list(other) if isinstance(other, dict) else []
        near = get_close_matches(part, known_keys, n=1) or [", ".join(known_keys)]
        raise UnknownKey(Message(CatalogueMessage.USED_PART_MISSING, {"part": repr(part)}), where=where, remedy=near[0])
    return other[part]


def _overlay_content(below: Any, above: Any, where: str) -> Any:
    """What a catalogue says itself, over what it takes: mappings key by key, lists by number, `+` adding at the end."""
    if isinstance(below, dict) and isinstance(above, dict):
        taken = {key: _overlay_content(below[key], value, where) for key, value in above.items() if key in below}
        return {**below, **above, **taken}
    if isinstance(below, list) and isinstance(above, dict):
        return _overlay_list(below, above, where)
    return above


def _overlay_list(below: list[Any], above: Content, where: str) -> list[Any]:
    merged = list(below)
    for key, value in above.items():
        if key == "+" and isinstance(value, list):
            merged += value
        elif key.isdigit() and int(key) < len(below):
            merged[int(key)] = _overlay_content(below[int(key)], value, where)
        else:
            params = {"key": repr(key), "last": len(below) - 1}
            raise UnknownKey(Message(CatalogueMessage.USED_LIST_WITHOUT_KEY, params), where=where)
    return merged


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
