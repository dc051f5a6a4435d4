"""The charter: its articles, its words, and what it says of a catalogue."""

from __future__ import annotations

from goodstanding.web.shapes.answers import Answer, Shape


class CharterArticle(Shape):
    """One article: its number, its own sentence, and the law or criticism that it answers."""

    number: int
    title: str
    says: str
    answers: str


class Chapter(Shape):
    """The articles that belong together."""

    title: str
    articles: list[CharterArticle]


class Word(Shape):
    """A word of a closed vocabulary; `notes` says what holds for it besides."""

    word: str
    title: str
    notes: list[str]


class Vocabulary(Shape):
    """A closed list of words: what is not in it can be neither held nor asked for."""

    vocabulary: str
    title: str
    says: str
    words: list[Word]


class Relation(Shape):
    """In which fields a measure may follow from some conduct; nothing else may follow from it."""

    word: str
    title: str
    nature: str
    leads_to: list[str]


class Refused(Shape):
    """A word that no live catalogue may use, and why."""

    word: str
    why: str


class RefusedWords(Shape):
    """The words that a vocabulary leaves out on purpose."""

    title: str
    words: list[Refused]


class CharterPage(Answer):
    """The charter: articles, vocabularies, the relation table, and the words that it refuses."""

    version: int
    chapters: list[Chapter]
    vocabularies: list[Vocabulary]
    relations: list[Relation]
    refused: list[RefusedWords]


class Cell(Shape):
    """What became of one article: satisfied, breached or not applicable."""

    article: int
    status: str


class Breach(Shape):
    """Why an article is breached, and where in the catalogue's files that stands."""

    reason: str
    place: str


class Judged(CharterArticle):
    """An article, and what became of it for one catalogue."""

    status: str
    breaches: list[Breach]


class Judgement(Shape):
    """What one version of the charter says of a catalogue."""

    version: int
    satisfied: int
    breached: int
    not_applicable: int
    articles: list[Judged]
