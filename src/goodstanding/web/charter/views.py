"""The charter: the articles that every live catalogue must satisfy, its words, and what may follow from what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from goodstanding import charter
from goodstanding.charter.vocabulary import (
    Vocabulary,
    find_conduct_nature,
    get_vocabulary,
    get_word_title,
    list_court_kinds,
    read_charter_file,
)
from goodstanding.web.charter.schemas import (
    CharterArticle,
    CharterChapter,
    CharterPage,
    RefusedVocabulary,
    RefusedWord,
    RelationLine,
    VocabularySchema,
    VocabularyWord,
)
from goodstanding.web.http.pages import make_page_view
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.wording.rule_terms import speak_word

_VOCABULARIES: tuple[Vocabulary, ...] = ("conduct", "kinds", "purposes", "fields", "audiences", "about")


def build_charter_page(request: HttpRequest) -> CharterPage:
    """The charter as a whole."""
    return CharterPage(
        about=describe_register(),
        version=charter.VERSION,
        chapters=list(_present_chapters()),
        vocabularies=[_present_vocabulary(name) for name in _VOCABULARIES if name != "conduct"] + [_present_courts()],
        relations=[_present_relation(word) for word in get_vocabulary("conduct")],
        refused=[_present_refused_words(name) for name in _VOCABULARIES],
    )


show_charter_page = make_page_view("web/charter/charter.html")(build_charter_page)


def _present_chapters() -> Iterator[CharterChapter]:
    last_of = {
        5: _("What may be held"),
        11: _("What may follow"),
        18: _("How it is decided"),
        23: _("Who sees, and who answers"),
    }
    first = 1
    for last, name in last_of.items():
        articles = [_present_article(article) for article in charter.ARTICLES if first <= article.number <= last]
        yield CharterChapter(title=name, articles=articles)
        first = last + 1


def _present_article(article: charter.Article) -> CharterArticle:
    return CharterArticle(number=article.number, title=article.title, says=article.says, answers=article.answers)


def _get_vocabulary_titles() -> dict[str, tuple[str, str]]:
    return {
        "conduct": (_("Conduct"), _("What a record may be about.")),
        "kinds": (_("Kinds of field"), _("What a field of a record may say.")),
        "purposes": (_("Purposes"), _("For what a measure may be asked about.")),
        "fields": (_("Fields of measures"), _("Where a measure may stand.")),
        "audiences": (_("Audiences"), _("Who may ask about a measure, beside the source that stated its records.")),
        "about": (_("About whom"), _("About whom a record or field is, in the answer that a reviewer gives.")),
    }


def _present_vocabulary(name: Vocabulary) -> VocabularySchema:
    vocabulary_title, says = _get_vocabulary_titles()[name]
    vocabulary_words = [
        VocabularyWord(word=word, title=word_entry["title"], notes=list(_describe_word_notes(word_entry)))
        for word, word_entry in get_vocabulary(name).items()
    ]
    return VocabularySchema(vocabulary=name, title=vocabulary_title, says=says, words=vocabulary_words)


def _describe_word_notes(word: dict[str, Any]) -> Iterator[str]:
    if word.get("unread"):
        yield _("may be held, but no rule reads it (article 9)")
    if purposes := word.get("purposes"):
        titles = [get_word_title("purposes", purpose).lower() for purpose in purposes]
        yield _("for: %(purposes)s") % {"purposes": ", ".join(titles)}
        if word.get("of_persons"):
            yield _("about persons too (article 3)")
    elif word.get("of_persons"):
        yield _("one of the seven for which a person may be looked up (article 3)")


def _present_courts() -> VocabularySchema:
    court_words = [
        VocabularyWord(word=court, title=speak_word(court).capitalize(), notes=[]) for court in list_court_kinds()
    ]
    says = _("The only sources that may enter a natural person (article 3).")
    return VocabularySchema(vocabulary="courts", title=_("Courts"), says=says, words=court_words)


def _present_relation(word: str) -> RelationLine:
    fields = [get_word_title("fields", field) for field in get_vocabulary("conduct")[word].get("leads_to", ())]
    return RelationLine(
        word=word,
        title=get_word_title("conduct", word),
        nature=_describe_nature(find_conduct_nature(word)),
        leads_to=fields,
        law=get_vocabulary("conduct")[word].get("law", ""),
        law_read=get_vocabulary("conduct")[word].get("checked") or "",
    )


def _describe_nature(word: str) -> str:
    descriptions = {
        "duty": _("a duty not performed"),
        "breach": _("a breach"),
        "grave": _("a breach that is grave by its own definition"),
        "honour": _("an honour"),
    }
    return descriptions.get(word, word)


def _present_refused_words(name: Vocabulary) -> RefusedVocabulary:
    refused_words = read_charter_file("words.yaml")["refused"][name]
    refused = [RefusedWord(word=speak_word(word), why=reason) for word, reason in refused_words.items()]
    return RefusedVocabulary(title=_get_vocabulary_titles()[name][0], words=refused)
