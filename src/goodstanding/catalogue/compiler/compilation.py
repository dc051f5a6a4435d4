"""Makes a catalogue of its files' texts: parsed, joined with what it uses, of the right form, and checked."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError
from ruamel.yaml.error import YAMLError

from goodstanding.catalogue.compiler.catalogue_builder import Content, build_catalogue
from goodstanding.catalogue.compiler.composition import compose_content, is_rules_file
from goodstanding.catalogue.compiler.parsed_store import keep_parsed
from goodstanding.catalogue.compiler.source_positions import SourcePositions, build_validation_error
from goodstanding.catalogue.feeds import Feed
from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.primitives import USED, Instrument, Source
from goodstanding.catalogue.validation.catalogue_checks import check_catalogue
from goodstanding.catalogue.validation.limits import refuse_if_too_large
from goodstanding.catalogue.wrong_values import refuse_if_problems
from goodstanding.errors import CatalogueError
from goodstanding.messages import CatalogueMessage, Message


def compile_catalogue(texts: dict[str, str], digest: str, keep: bool) -> Catalogue:
    """The catalogue that these files say; raises CatalogueError with file, line and what would be right."""
    refuse_if_too_large(texts)
    places, problems = SourcePositions(), list[CatalogueError]()
    content = _content(texts, places, problems)
    try:
        catalogue = build_catalogue(content, texts, digest)
    except ValidationError as error:
        problem = build_validation_error(error, Catalogue, "catalogue.yaml", places)
        refuse_if_problems([problem, *problem.others, *problems])
    refuse_if_problems(problems)
    check_catalogue(catalogue, places)
    if keep:
        keep_parsed("catalogue", digest, content)
    return catalogue


def places_of(catalogue: Catalogue) -> SourcePositions:
    """The lines of a loaded catalogue's rules, for whoever finds something in it later."""
    return SourcePositions({file: text for file, text in catalogue.files.items() if is_rules_file(file)})


def _content(texts: Mapping[str, str], places: SourcePositions, problems: list[CatalogueError]) -> Content:
    """What the files say; of the files beside the rules what is wrong is left out and noted."""
    content = compose_content(
        {file: read_mapping(file, texts, places) for file in texts if is_rules_file(file)}, places
    )
    content["instruments"] = _instruments(texts, places, problems)
    content["sources"] = _sources(texts, problems)
    feeds = [_attempt(problems, _feed, file, texts, places) for file in texts if file.startswith("feeds/")]
    content["feeds"] = {feed["feed"]: feed for feed in feeds if feed}
    content["examples"] = _attempt(problems, _examples, texts, places) or []
    return content


def _attempt(problems: list[CatalogueError], read: Callable[..., Any], *parts: object) -> Any:
    """What is read, or None where that is refused, which is noted."""
    try:
        return read(*parts)
    except CatalogueError as problem:
        problems += [problem, *problem.others]
        return None


def _parse(file: str, texts: Mapping[str, str], places: SourcePositions) -> Any:
    if file not in texts:
        return {}
    try:
        return places.read(file, texts[file])
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None)
        code = CatalogueMessage.CATALOGUE_FILE_UNREADABLE if problem else CatalogueMessage.CATALOGUE_FILE_NO_YAML
        raise CatalogueError(Message(code, {"problem": problem}), where=file + line) from error
    except ValueError as error:  # a day that is none
        unreadable = Message(CatalogueMessage.CATALOGUE_FILE_UNREADABLE, {"problem": str(error)})
        raise CatalogueError(unreadable, where=file) from error


def read_mapping(file: str, texts: Mapping[str, str], places: SourcePositions) -> dict[str, Any]:
    """The keys and values of a file; raises CatalogueError where it is no YAML, or no mapping."""
    content = _parse(file, texts, places)
    if not isinstance(content, dict):
        raise CatalogueError(Message(CatalogueMessage.CATALOGUE_FILE_WITHOUT_KEYS), where=f"{file}, line 1")
    return content


def _examples(texts: Mapping[str, str], places: SourcePositions) -> list[Content]:
    content = _parse("examples.yaml", texts, places) or []
    if not isinstance(content, list) or not all(isinstance(entry, dict) for entry in content):
        raise CatalogueError(Message(CatalogueMessage.EXAMPLES_NO_LIST), where="examples.yaml, line 1")
    return content


def _instruments(texts: Mapping[str, str], places: SourcePositions, problems: list[CatalogueError]) -> dict[str, Any]:
    """The catalogue's own instruments, and beside them those of the catalogues that it uses."""
    files = sorted(file for file in texts if file.startswith(USED) and file.endswith("/instruments.yaml"))
    instruments: dict[str, Any] = {}
    for file in (*files, "instruments.yaml"):
        for name, value in (_attempt(problems, read_mapping, file, texts, places) or {}).items():
            if _attempt(problems, validate_model, Instrument, value, file, places, name):
                instruments[name] = value
    return instruments


def _feed(file: str, texts: Mapping[str, str], places: SourcePositions) -> Content:
    content = read_mapping(file, texts, places)
    feed = validate_model(Feed, content, file, places)
    if file != f"feeds/{feed.feed}.yaml":
        misplaced = Message(CatalogueMessage.FEED_IN_ANOTHER_FILE, {"feed": repr(feed.feed)})
        raise CatalogueError(misplaced, where=file, remedy=f"feeds/{feed.feed}.yaml")
    return content


def validate_model(model: Any, value: Any, file: str, places: SourcePositions, *prefix: str) -> Any:
    """A value as a strict model; raises CatalogueError with the line of whatever is wrong, below `prefix`."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise build_validation_error(error, model, file, places, prefix) from error


def _sources(texts: Mapping[str, str], problems: list[CatalogueError]) -> list[dict[str, str]]:
    rows = csv.DictReader(io.StringIO(texts.get("sources.csv", "")))
    sources: dict[str, dict[str, str]] = {}
    for row in rows:
        where = f"sources.csv, line {rows.line_num}"
        try:
            source = Source.model_validate(row)
        except ValidationError:
            problems.append(CatalogueError(Message(CatalogueMessage.SOURCE_UNREADABLE), where=where))
            continue
        if sources.setdefault(source.id, row) is not row:
            repeated = Message(CatalogueMessage.SOURCE_REPEATED, {"source": repr(source.id)})
            problems.append(CatalogueError(repeated, where=where))
    return list(sources.values())
