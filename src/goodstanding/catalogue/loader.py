"""Reads a catalogue's folder: strictly, with the file and line of whatever is wrong.

What was parsed and checked before is taken from `parsed_store`; parsing itself is in `compilation`, imported on need.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files as package_files
from pathlib import Path

import msgspec
from pydantic import ValidationError

from goodstanding.catalogue.compiler.catalogue_builder import build_catalogue
from goodstanding.catalogue.compiler.composition import is_shared_file, list_used_catalogues
from goodstanding.catalogue.compiler.parsed_store import find_parsed
from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.primitives import USED
from goodstanding.catalogue.validation.jurisdiction import refuse_if_place_unclear
from goodstanding.catalogue.validation.open_feeds import list_open_feeds
from goodstanding.catalogue.validation.scheme_names import list_identifier_problems
from goodstanding.catalogue.validation.written_names import list_misspelt_names
from goodstanding.catalogue.wrong_values import refuse_if_problems
from goodstanding.errors import CatalogueError
from goodstanding.messages import CatalogueMessage, Message

BEHAVIOUR_FILE = "behaviour.yaml"  # what a laboratory assumes that people do: no part of the rules, nor of their digest


def locate_library_folder() -> Path:
    """Where the catalogues that come with Goodstanding are."""
    return Path(str(package_files("goodstanding"))) / "library"


def load_library() -> dict[str, Catalogue]:
    """Every catalogue that comes with Goodstanding, by name."""
    folders = sorted(path.parent for path in locate_library_folder().glob("*/catalogue.yaml"))
    return {folder.name: load_catalogue(folder) for folder in folders}


def get_catalogue_folder(name_or_folder: str) -> Path:
    """The folder of a catalogue named or pointed to; raises CatalogueError with the names there are."""
    for folder in (Path(name_or_folder), locate_library_folder() / name_or_folder):
        if (folder / "catalogue.yaml").is_file():
            return folder
    names = ", ".join(sorted(path.parent.name for path in locate_library_folder().glob("*/catalogue.yaml")))
    raise CatalogueError(Message(CatalogueMessage.CATALOGUE_NOT_FOUND, {"name": repr(name_or_folder), "names": names}))


def load_catalogue(folder: Path | str) -> Catalogue:
    """The catalogue of a folder, read and checked; raises CatalogueError with file, line and what would be right."""
    catalogue = load_files(read_texts(Path(folder)))
    refuse_if_problems(_list_folder_problems(catalogue))
    return catalogue


def _list_folder_problems(catalogue: Catalogue) -> Iterator[CatalogueError]:
    """What is asked of a folder beside what is asked of every catalogue on file."""
    yield from list_open_feeds(catalogue)
    try:
        refuse_if_place_unclear(catalogue)
    except CatalogueError as problem:
        yield problem
    yield from list_identifier_problems(catalogue)
    yield from list_misspelt_names(catalogue)


def read_texts(folder: Path) -> dict[str, str]:
    """The files of a catalogue's folder, with those of the catalogues it uses, from beside it or the library."""
    folder = folder.resolve()  # others stand beside it, also where it is called "."
    texts = _read_texts(folder, "")
    if "catalogue.yaml" not in texts:
        raise CatalogueError(
            Message(CatalogueMessage.CATALOGUE_FILE_MISSING, {"folder": str(folder)}), where=str(folder)
        )
    wanted = list_used_catalogues(texts["catalogue.yaml"])
    while wanted:
        name = wanted.pop()
        if f"{USED}{name}/catalogue.yaml" not in texts:
            sibling_folder = folder.parent / name
            used_texts = _read_texts(
                sibling_folder if sibling_folder.is_dir() else locate_library_folder() / name, f"{USED}{name}/"
            )
            texts |= {file: text for file, text in used_texts.items() if is_shared_file(file)}
            wanted += list_used_catalogues(used_texts.get(f"{USED}{name}/catalogue.yaml", ""))
    return texts


def _read_texts(folder: Path, prefix: str) -> dict[str, str]:
    files = sorted(file for file in folder.rglob("*") if file.suffix in (".yaml", ".csv"))
    files = [file for file in files if file != folder / BEHAVIOUR_FILE]
    return {prefix + file.relative_to(folder).as_posix(): _read_text(file) for file in files}


def _read_text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise CatalogueError(
            Message(CatalogueMessage.CATALOGUE_FILE_NOT_UTF8), where=str(file), remedy=str(error)
        ) from error


def load_files(texts: Mapping[str, str], kept: bool = True) -> Catalogue:
    """The catalogue that these files say, by relative path; the digest is of the files and their names.

    With `kept` what was parsed and checked before is not parsed again, in this process or another.
    """
    return _build_catalogue(_pack(texts), kept)


def compute_digest(texts: Mapping[str, str]) -> str:
    """The digest that names a catalogue of these files."""
    return hashlib.sha256(_pack(texts)).hexdigest()


def _pack(texts: Mapping[str, str]) -> bytes:
    return msgspec.json.encode(dict(sorted(texts.items())))


@cache
def _build_catalogue(packed: bytes, kept: bool) -> Catalogue:
    texts: dict[str, str] = msgspec.json.decode(packed)
    digest = hashlib.sha256(packed).hexdigest()
    if kept and (catalogue := _find_kept(texts, digest)):
        return catalogue
    from goodstanding.catalogue.compiler.compilation import compile_catalogue

    return compile_catalogue(texts, digest, kept)


def _find_kept(texts: dict[str, str], digest: str) -> Catalogue | None:
    try:
        return build_catalogue(content, texts, digest) if (content := find_parsed("catalogue", digest)) else None
    except (ValidationError, TypeError, KeyError):  # kept, but not as it should be: it is parsed again
        return None
