"""What an answer of the reviewer must be: to this definition, in plain words, and about whom the model lets it be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from goodstanding.catalogue import Catalogue
from goodstanding.charter.review.questions import Question, list_questions
from goodstanding.charter.vocabulary import explain_missing_word, get_vocabulary, get_word_title
from goodstanding.messages import Message, ReviewMessage
from goodstanding.plain_text import fold_spelling, join_lines, list_forbidden_codes

LEAST_WORDS, MOST_CHARACTERS = 3, 500
_WORD = re.compile(r"[^\W\d_]+")
_SUBJECT_PARTS = ("record", "conduct")  # what is about the subject, whatever its fields say
NOBODY, OFFICIAL = "nobody", "official"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the reviewer says that is recorded at a place, about whom, and the digest of the definition answered to."""

    place: str
    definition: str
    records: str
    about: tuple[str, ...]


def list_answer_problems(catalogue: Catalogue, answers: Iterable[Answer]) -> Iterator[tuple[str, Message]]:
    """What is wrong with the answers to a catalogue's questions: each place with why, questions without one too."""
    questions, answered = {question.place: question for question in list_questions(catalogue)}, set[str]()
    for answer in answers:
        if answer.place in answered:
            yield answer.place, Message(ReviewMessage.ANSWER_REPEATED)
        answered.add(answer.place)
        yield from ((answer.place, problem) for problem in _list_problems(questions, answer))
    for place, question in questions.items():
        if place not in answered:
            yield place, _build_missing(question)


def _list_problems(questions: Mapping[str, Question], answer: Answer) -> Iterator[Message]:
    if (question := questions.get(answer.place)) is None:
        near = ", ".join(get_close_matches(answer.place, questions, n=1) or questions)
        yield Message(ReviewMessage.ANSWER_UNASKED, {"near": near})
        return
    if answer.definition != question.digest:
        yield Message(ReviewMessage.ANSWER_TO_ANOTHER_DEFINITION, {"digest": question.digest})
    if not answer.records.strip() and not answer.about:
        yield _build_missing(question)
        return
    yield from _list_text_problems(question, answer.records)
    yield from _list_about_problems(question, answer.about)


def _list_text_problems(question: Question, text: str) -> Iterator[Message]:
    if (codes := list_forbidden_codes(text)) or text != join_lines(text):
        characters = ", ".join(codes or ("U+000A", "U+0020"))
        yield Message(ReviewMessage.ANSWER_OF_FORBIDDEN_CHARACTERS, {"characters": characters})
    elif len(text) > MOST_CHARACTERS:
        yield Message(ReviewMessage.ANSWER_TOO_LONG, {"most": MOST_CHARACTERS})
    elif _count_words(text) < LEAST_WORDS:
        yield Message(ReviewMessage.ANSWER_TOO_SHORT, {"least": LEAST_WORDS})
    elif fold_spelling(text).strip(".") == fold_spelling(question.title):
        yield Message(ReviewMessage.ANSWER_REPEATS_TITLE)


def _count_words(text: str) -> int:
    """The different words of a text; in a script without capitals, which may have no spaces, each letter counts."""
    words = {word.casefold() for word in _WORD.findall(text)}
    return len({part for word in words for part in ([word] if word != word.upper() else word)})


def _list_about_problems(question: Question, words: tuple[str, ...]) -> Iterator[Message]:
    fitting = _list_fitting_words(question)
    if not words:
        yield Message(ReviewMessage.ABOUT_UNSTATED, {"words": ", ".join(fitting)})
    for word in words:
        if word not in get_vocabulary("about"):
            yield explain_missing_word("about", word, fitting)
        elif word not in fitting or (word == NOBODY and len(words) > 1):
            params = {"title": get_word_title("about", word), "kinds": ", ".join(question.concerns)}
            yield Message(ReviewMessage.ABOUT_OTHERS, params | {"words": ", ".join(fitting)})
    if words:
        yield from _list_omissions(question, words, fitting)


def _build_missing(question: Question) -> Message:
    return Message(ReviewMessage.ANSWER_MISSING, {"words": ", ".join(_list_fitting_words(question))})


def _list_fitting_words(question: Question) -> list[str]:
    return [word for word in get_vocabulary("about") if _fits(question, word)]


def _fits(question: Question, word: str) -> bool:
    """Whether the model lets something at the place be about somebody."""
    entry = get_vocabulary("about")[word]
    if "kinds" not in entry:
        return question.part not in _SUBJECT_PARTS
    return not set(entry["kinds"]).isdisjoint(question.concerns) and question.states in entry.get(
        "states", (question.states,)
    )


def _list_omissions(question: Question, words: tuple[str, ...], fitting: list[str]) -> Iterator[Message]:
    """Of whom the model lets a record be, or whom a field names, and the answer is silent."""
    about = {word: get_vocabulary("about").get(word, {}) for word in words}
    covered = {kind for entry in about.values() for kind in entry.get("kinds", ())}
    left_out = [kind for kind in question.concerns if kind not in covered] if question.part == "record" else []
    if left_out:
        params = {"kinds": ", ".join(left_out), "words": ", ".join(fitting)}
        yield Message(ReviewMessage.ABOUT_LEAVES_OUT, params)
    if question.part == "field" and question.kind == OFFICIAL and OFFICIAL not in words:
        yield Message(ReviewMessage.OFFICIAL_LEFT_OUT, {"title": get_word_title("kinds", OFFICIAL)})
