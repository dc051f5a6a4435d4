"""The reviewer's sheet: a YAML text with the questions, each under its definition, and the answers so far; and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ruamel.yaml.error import YAMLError

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.compiler.source_positions import SourcePositions
from goodstanding.catalogue.wrong_values import refuse_if_problems
from goodstanding.charter.review.answers import Answer, list_answer_problems
from goodstanding.charter.review.questions import Question, list_questions
from goodstanding.charter.vocabulary import get_vocabulary, get_word_title
from goodstanding.errors import CatalogueError
from goodstanding.messages import CatalogueMessage, Message, ReviewMessage
from goodstanding.plain_text import join_lines, unify_line_breaks

_KEYS = ("definition", "records", "about")
_HEAD = (
    "What does this really record, and about whom? Answer each in your own words: look into what the sources write",
    "there, not at what the rules call it. `records` says it in plain words, `about` is of these, several in [ ]:",
)


def render_answer_sheet(catalogue: Catalogue, answers: Mapping[str, Answer]) -> str:
    """The sheet of a draft; what was answered to the same definition before is filled in."""
    lines = [*_HEAD, *(f"  {word}: {get_word_title('about', word)}" for word in get_vocabulary("about"))]
    sheet = [f"# {line}" for line in lines]
    sheet += [f"{key}: {value}" for key, value in _list_bonds(catalogue).items()] + ["answers:"]
    for question in list_questions(catalogue):
        sheet += _render_question(question, answers.get(question.place))
    return "\n".join(sheet) + "\n"


def _list_bonds(catalogue: Catalogue) -> dict[str, str]:
    """What a sheet is bound to."""
    return {"catalogue": catalogue.name, "version": str(catalogue.version), "digest": catalogue.digest}


def _render_question(question: Question, answer: Answer | None) -> Iterator[str]:
    yield ""
    yield from (f"  # {line}" for line in question.definition)
    yield f"  {json.dumps(question.place, ensure_ascii=False)}:"
    yield f'    definition: "{question.digest}"'
    is_answered = answer is not None and answer.definition == question.digest
    yield f"    records: {json.dumps(answer.records if answer and is_answered else '', ensure_ascii=False)}"
    yield f"    about: [{', '.join(answer.about) if answer and is_answered else ''}]"


def parse_answer_sheet(catalogue: Catalogue, text: str, file: str) -> tuple[Answer, ...]:
    """The answers of a sheet; raises CatalogueError with all that is wrong, by line, and what would be right."""
    places = SourcePositions()
    content = _read_sheet(text, file, places)
    refuse_if_problems(_list_form_problems(catalogue, content, file, places))
    answers = tuple(_build_answer(place, entry) for place, entry in content["answers"].items())
    refuse_if_problems(
        CatalogueError(problem, where=places.of(file, ("answers", place)))
        for place, problem in list_answer_problems(catalogue, answers)
    )
    return answers


def _read_sheet(text: str, file: str, places: SourcePositions) -> Any:
    try:
        return places.read(file, text)
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        where = f"{file}, line {mark.line + 1}" if mark else file
        raise CatalogueError(
            Message(CatalogueMessage.CATALOGUE_FILE_UNREADABLE, {"problem": problem}), where=where
        ) from error
    except ValueError as error:
        unreadable = Message(CatalogueMessage.CATALOGUE_FILE_UNREADABLE, {"problem": str(error)})
        raise CatalogueError(unreadable, where=file) from error


def _list_form_problems(
    catalogue: Catalogue, content: Any, file: str, places: SourcePositions
) -> Iterator[CatalogueError]:
    bonds = _list_bonds(catalogue)
    if not isinstance(content, dict) or not isinstance(content.get("answers"), dict):
        yield CatalogueError(Message(ReviewMessage.SHEET_FORM_WRONG), where=f"{file}, line 1")
        return
    for key in content.keys() - {*bonds, "answers"}:
        yield CatalogueError(Message(ReviewMessage.SHEET_FORM_WRONG), where=places.of(file, (key,)))
    for key, right in bonds.items():
        if (value := str(content.get(key))) != right:
            params = {"key": key, "value": repr(value), "right": f"{key}: {right}"}
            yield CatalogueError(Message(ReviewMessage.SHEET_OF_ANOTHER_DRAFT, params), where=places.of(file, (key,)))
    for place, entry in content["answers"].items():
        for key in _list_wrong_keys(entry):
            yield CatalogueError(
                Message(ReviewMessage.SHEET_FORM_WRONG), where=places.of(file, ("answers", place, key))
            )


def _list_wrong_keys(entry: Any) -> Iterable[str]:
    """The keys of an answer that are not there, not known, or hold something else than text, or a list of it."""
    if not isinstance(entry, dict):
        return ("",)
    wrong = set(map(str, entry.keys() ^ set(_KEYS)))
    wrong |= {key for key in _KEYS[:2] if not isinstance(entry.get(key), str)}
    about = entry.get("about")
    texts = about if isinstance(about, list) else [about]
    return sorted(wrong | ({"about"} if not all(isinstance(word, str) for word in texts) else set()))


def _build_answer(place: str, entry: Mapping[str, Any]) -> Answer:
    about = entry["about"]
    words = tuple(about) if isinstance(about, list) else (about,)
    records = join_lines(unify_line_breaks(entry["records"]))
    return Answer(place, entry["definition"], records, tuple(dict.fromkeys(words)))
