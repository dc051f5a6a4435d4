"""Reads a catalogue's folder: strictly, with the file and line of whatever is wrong."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping
from functools import cache
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any

import msgspec
from pydantic import ValidationError
from ruamel.yaml.error import YAMLError

from goodstanding.catalogue import using
from goodstanding.catalogue.checks import check
from goodstanding.catalogue.feeds import Feed
from goodstanding.catalogue.model import Catalogue, Instrument, Source
from goodstanding.catalogue.places import USED, Places, refusal
from goodstanding.errors import CatalogueError


def library_folder() -> Path:
    """Where the catalogues that come with Goodstanding are."""
    return Path(str(package_files("goodstanding"))) / "library"


def load_library() -> dict[str, Catalogue]:
    """Every catalogue that comes with Goodstanding, by name."""
    folders = sorted(path.parent for path in library_folder().glob("*/catalogue.yaml"))
    return {folder.name: load(folder) for folder in folders}


def find(name_or_folder: str) -> Path:
    """The folder of a catalogue named or pointed to; raises CatalogueError with the names there are."""
    for folder in (Path(name_or_folder), library_folder() / name_or_folder):
        if (folder / "catalogue.yaml").is_file():
            return folder
    known = ", ".join(sorted(path.parent.name for path in library_folder().glob("*/catalogue.yaml")))
    raise CatalogueError(f"There is no catalogue {name_or_folder!r}.", remedy=f"a folder, or one of {known}")


def load(folder: Path | str) -> Catalogue:
    """The catalogue of a folder, read and checked, with the files of those it uses, from beside it or the library.

    Raises CatalogueError with file, line and what would be right.
    """
    folder = Path(folder)
    texts = _texts(folder, "")
    if "catalogue.yaml" not in texts:
        raise CatalogueError(f"{folder} holds no catalogue.yaml.", where=str(folder), remedy="a catalogue's folder")
    wanted = using.named(texts["catalogue.yaml"])
    while wanted:
        name = wanted.pop()
        if f"{USED}{name}/catalogue.yaml" not in texts:
            beside = folder.parent / name
            found = _texts(beside if beside.is_dir() else library_folder() / name, f"{USED}{name}/")
            texts |= {file: text for file, text in found.items() if using.is_taken(file)}
            wanted += using.named(found.get(f"{USED}{name}/catalogue.yaml", ""))
    return load_files(texts)


def _texts(folder: Path, prefix: str) -> dict[str, str]:
    files = sorted(file for file in folder.rglob("*") if file.suffix in (".yaml", ".csv"))
    return {prefix + file.relative_to(folder).as_posix(): _text(file) for file in files}


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise CatalogueError("The file is not in UTF-8.", where=str(file), remedy=str(error)) from error


def load_files(texts: Mapping[str, str]) -> Catalogue:
    """The catalogue that these files say, by relative path; the digest is of the files and their names."""
    return _load(msgspec.json.encode(dict(sorted(texts.items()))))


@cache
def _load(packed: bytes) -> Catalogue:
    texts: dict[str, str] = msgspec.json.decode(packed)
    places = Places()
    content = using.whole({file: _mapping(file, texts, places) for file in texts if using.is_rules(file)}, places)
    content["instruments"] = _instruments(texts, places)
    content["sources"] = _sources(texts)
    content["feeds"] = _feeds(texts, places)
    content["examples"] = _examples(texts, places)
    content["files"], content["digest"] = texts, hashlib.sha256(packed).hexdigest()
    try:
        catalogue = Catalogue.model_validate(content)
    except ValidationError as error:
        raise refusal(error, Catalogue, "catalogue.yaml", places) from error
    check(catalogue, places)
    _KEPT[catalogue.digest] = places
    return catalogue


_KEPT: dict[str, Places] = {}


def places_of(catalogue: Catalogue) -> Places:
    """The lines of a loaded catalogue's files, for whoever finds something in it later."""
    return _KEPT[catalogue.digest]


def _parse(file: str, texts: Mapping[str, str], places: Places) -> Any:
    if file not in texts:
        return {}
    try:
        return places.read(file, texts[file])
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "it is no YAML"
        raise CatalogueError(f"The file cannot be read: {problem}.", where=file + line, remedy="valid YAML") from error
    except ValueError as error:  # a day that is none
        raise CatalogueError(f"The file cannot be read: {error}.", where=file, remedy="valid YAML") from error


def _mapping(file: str, texts: Mapping[str, str], places: Places) -> dict[str, Any]:
    content = _parse(file, texts, places)
    if not isinstance(content, dict):
        raise CatalogueError(
            "The file holds no keys with values.", where=f"{file}, line 1", remedy="key: value, line by line"
        )
    return content


def _examples(texts: Mapping[str, str], places: Places) -> tuple[Any, ...]:
    content = _parse("examples.yaml", texts, places) or []
    if not isinstance(content, list) or not all(isinstance(one, dict) for one in content):
        remedy = "- example: …, with law, records and then"
        raise CatalogueError("The file is no list of examples.", where="examples.yaml, line 1", remedy=remedy)
    return tuple(content)


def _instruments(texts: Mapping[str, str], places: Places) -> dict[str, Instrument]:
    """The catalogue's own instruments, and beside them those of the catalogues that it uses."""
    files = sorted(file for file in texts if file.startswith(USED) and file.endswith("/instruments.yaml"))
    found: dict[str, Instrument] = {}
    for file in (*files, "instruments.yaml"):
        for name, value in _mapping(file, texts, places).items():
            found[name] = _validated(Instrument, value, file, places, name)
    return found


def _feeds(texts: Mapping[str, str], places: Places) -> dict[str, Feed]:
    feeds = {}
    for file in texts:
        if file.startswith("feeds/"):
            feed = _validated(Feed, _mapping(file, texts, places), file, places)
            if file != f"feeds/{feed.feed}.yaml":
                raise CatalogueError(
                    f"The feed {feed.feed!r} is in another file.", where=file, remedy=f"feeds/{feed.feed}.yaml"
                )
            feeds[feed.feed] = feed
    return feeds


def _validated(model: Any, value: Any, file: str, places: Places, *prefix: str) -> Any:
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise refusal(error, model, file, places, prefix) from error


def _sources(texts: Mapping[str, str]) -> tuple[Source, ...]:
    rows = csv.DictReader(io.StringIO(texts.get("sources.csv", "")))
    sources: dict[str, Source] = {}
    for row in rows:
        where = f"sources.csv, line {rows.line_num}"
        try:
            source = Source.model_validate(row)
        except ValidationError as error:
            remedy = "the columns id, name, kind, region"
            raise CatalogueError("A source cannot be read.", where=where, remedy=remedy) from error
        if sources.setdefault(source.id, source) is not source:
            raise CatalogueError(f"The source {source.id!r} is there twice.", where=where, remedy="each source once")
    return tuple(sources.values())
