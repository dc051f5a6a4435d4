"""The charter: its articles, its words, and what it says of a catalogue."""

from __future__ import annotations

from goodstanding.web.schemas.page_frame import FrozenSchema, RegisterResponse


class CharterArticle(FrozenSchema):
    """One article: its number, its own sentence, and the law or criticism that it answers."""

    number: int
    title: str
    says: str
    answers: str


class CharterChapter(FrozenSchema):
    """The articles that belong together."""

    title: str
    articles: list[CharterArticle]


class VocabularyWord(FrozenSchema):
    """A word of a closed vocabulary; `notes` says what holds for it besides."""

    word: str
    title: str
    notes: list[str]


class VocabularySchema(FrozenSchema):
    """A closed list of words: what is not in it can be neither held nor asked for."""

    vocabulary: str
    title: str
    says: str
    words: list[VocabularyWord]


class RelationLine(FrozenSchema):
    """In which fields a measure may follow from some conduct; nothing else may follow from it.

    `law_read` is where its law was looked up; empty where it was not.
    """

    word: str
    title: str
    nature: str
    leads_to: list[str]
    law: str
    law_read: str


class RefusedWord(FrozenSchema):
    """A word that no live catalogue may use, and why."""

    word: str
    why: str


class RefusedVocabulary(FrozenSchema):
    """The words that a vocabulary leaves out on purpose."""

    title: str
    words: list[RefusedWord]


class CharterPage(RegisterResponse):
    """The charter: articles, vocabularies, the relation table, and the words that it refuses."""

    version: int
    chapters: list[CharterChapter]
    vocabularies: list[VocabularySchema]
    relations: list[RelationLine]
    refused: list[RefusedVocabulary]


class ArticleStatus(FrozenSchema):
    """What became of one article: satisfied, breached or not applicable."""

    article: int
    status: str


class ArticleBreach(FrozenSchema):
    """Why an article is breached, where in the catalogue's files that stands, and what would be right."""

    reason: str
    place: str
    remedy: str = ""


class AssessedArticle(CharterArticle):
    """An article, and what became of it for one catalogue."""

    status: str
    breaches: list[ArticleBreach]


class CharterAssessment(FrozenSchema):
    """What one version of the charter says of a catalogue."""

    version: int
    satisfied: int
    breached: int
    not_applicable: int
    articles: list[AssessedArticle]


class ArticleDifference(FrozenSchema):
    """An article of which the charter says something else for the twin."""

    number: int
    title: str
    here: str
    there: str
