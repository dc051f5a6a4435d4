"""The questions of a catalogue: for each record type, field and code, what it really records, and about whom.

A question has a place that stays the same in every version, and a definition: all that decides what is recorded there,
the columns of the feeds included. A new version asks again where the definition differs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Literal

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.feeds import Feed, ValueMapping
from goodstanding.catalogue.primitives import SubjectKind
from goodstanding.catalogue.records import FieldRule
from goodstanding.charter.vocabulary import find_conduct_nature, get_word_title
from goodstanding.plain_text import join_lines

Part = Literal["record", "conduct", "field", "code"]
_Lines = Iterator[tuple[str, Any]]  # what is defined, and as what
_Origin = tuple[tuple[str, Any], ...]  # the same of the record type around it
_NOT_OF_RECORD = {"feed", "title", "record", "fields", "written", "ignored", "licence"}
_NOT_OF_CODE = {"map", "others"}


@dataclass(frozen=True)
class Question:
    """One question: its place, what it is about, in records of which weight and of whom, and the definition.

    `kind` is the kind of the field, where it is about a field or one of its codes.
    """

    place: str
    part: Part
    title: str
    states: str
    concerns: tuple[SubjectKind, ...]
    definition: tuple[str, ...]
    kind: str = ""

    @cached_property
    def digest(self) -> str:
        """What names the definition: an answer to another one is no answer."""
        return hashlib.sha256("\n".join((self.part, *self.definition)).encode()).hexdigest()[:32]


@lru_cache(maxsize=512)
def list_questions(catalogue: Catalogue) -> tuple[Question, ...]:
    """The questions of a catalogue, in the order in which its records are written."""
    return tuple(question for name in catalogue.records for question in _iterate_questions(catalogue, name))


def _iterate_questions(catalogue: Catalogue, name: str) -> Iterator[Question]:
    record, place = catalogue.records[name], f"records.{name}"
    feeds = [feed for feed in catalogue.feeds.values() if feed.record == name]
    about = (record.states, concerns := catalogue.concerned(name))
    origin = (("record type", record.title), ("states", record.states), ("concerns", concerns))
    yield Question(place, "record", record.title, *about, _render(_define_record(catalogue, name, feeds)))
    for word in record.conduct:
        lines = _render(_define_conduct(origin, word))
        yield Question(f"{place}.conduct.{word}", "conduct", get_word_title("conduct", word), *about, lines)
    for key, field in record.fields.items():
        mappings = {feed.feed: feed.fields[key] for feed in feeds if key in feed.fields}
        lines = _render(_define_field(origin, field, mappings))
        yield Question(f"{place}.fields.{key}", "field", field.title, *about, lines, field.kind)
        for code in field.one_of:
            lines = _render(_define_code(origin, field, code, mappings))
            yield Question(f"{place}.fields.{key}.one_of.{code}", "code", code, *about, lines, field.kind)


def _define_record(catalogue: Catalogue, name: str, feeds: list[Feed]) -> _Lines:
    record = catalogue.records[name]
    yield from (("title", record.title), ("says", record.says), ("basis", record.basis), ("states", record.states))
    yield from (("by", record.by), ("concerns", catalogue.concerned(name)), ("conduct", record.conduct))
    yield from (("about", record.about), ("consent", record.consent), ("audience", record.audience))
    for feed in feeds:
        yield f"feed {feed.feed}", _dump(feed, _NOT_OF_RECORD)


def _define_conduct(origin: _Origin, word: str) -> _Lines:
    yield from origin
    yield from (("conduct", word), ("title", get_word_title("conduct", word)), ("nature", find_conduct_nature(word)))


def _define_field(origin: _Origin, field: FieldRule, mappings: dict[str, ValueMapping]) -> _Lines:
    yield from origin
    yield from (("title", field.title), ("type", field.type), ("kind", field.kind), ("one_of", field.one_of))
    yield from (("at_least", field.at_least), ("at_most", field.at_most))
    yield from ((f"feed {name}", _dump(mapping)) for name, mapping in mappings.items())


def _define_code(origin: _Origin, field: FieldRule, code: str, mappings: dict[str, ValueMapping]) -> _Lines:
    yield from origin
    yield from (("field", field.title), ("kind", field.kind), ("code", code))
    for name, mapping in mappings.items():
        words = [word for word, value in (mapping.map or {}).items() if str(value) == code]
        yield f"feed {name}", _dump(mapping, _NOT_OF_CODE) | {"words": words}


def _dump(mapping: Feed | ValueMapping, left_out: set[str] | None = None) -> dict[str, Any]:
    return mapping.model_dump(mode="json", exclude=left_out, exclude_defaults=True)


def _render(lines: _Lines) -> tuple[str, ...]:
    """Each as one line; what is not said is left out."""
    return tuple(f"{name}: {_render_value(value)}" for name, value in lines if value not in (None, "", ()))


def _render_value(value: Any) -> str:
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return ", ".join(value) if isinstance(value, tuple) else join_lines(str(value))
