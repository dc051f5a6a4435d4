"""The charter: the articles that every live catalogue must satisfy, its words, and what may follow from what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from goodstanding import charter
from goodstanding.charter.words import Vocabulary, courts, nature, read, title, words
from goodstanding.web.about import about
from goodstanding.web.pages import page
from goodstanding.web.rulebook.lines import spoken
from goodstanding.web.shapes import charter as shapes

_VOCABULARIES: tuple[Vocabulary, ...] = ("conduct", "kinds", "purposes", "fields")


def build(request: HttpRequest) -> shapes.CharterPage:
    """The charter as a whole."""
    return shapes.CharterPage(
        about=about(),
        version=charter.VERSION,
        chapters=list(_chapters()),
        vocabularies=[_vocabulary(name) for name in _VOCABULARIES if name != "conduct"] + [_courts()],
        relations=[_relation(word) for word in words("conduct")],
        refused=[_refused(name) for name in _VOCABULARIES],
    )


view = page("charter")(build)


def _chapters() -> Iterator[shapes.Chapter]:
    last_of = {
        5: _("What may be held"),
        11: _("What may follow"),
        18: _("How it is decided"),
        23: _("Who sees, and who answers"),
    }
    first = 1
    for last, name in last_of.items():
        articles = [_article(one) for one in charter.ARTICLES if first <= one.number <= last]
        yield shapes.Chapter(title=name, articles=articles)
        first = last + 1


def _article(one: charter.Article) -> shapes.CharterArticle:
    return shapes.CharterArticle(number=one.number, title=one.title, says=one.says, answers=one.answers)


def _titles() -> dict[str, tuple[str, str]]:
    return {
        "conduct": (_("Conduct"), _("What a record may be about.")),
        "kinds": (_("Kinds of field"), _("What a field of a record may say.")),
        "purposes": (_("Purposes"), _("For what a measure may be asked about.")),
        "fields": (_("Fields of measures"), _("Where a measure may stand.")),
    }


def _vocabulary(name: Vocabulary) -> shapes.Vocabulary:
    named, says = _titles()[name]
    held = [shapes.Word(word=word, title=one["title"], notes=list(_notes(one))) for word, one in words(name).items()]
    return shapes.Vocabulary(vocabulary=name, title=named, says=says, words=held)


def _notes(word: dict[str, Any]) -> Iterator[str]:
    if word.get("unread"):
        yield _("may be held, but no rule reads it (article 9)")
    if word.get("of_persons"):
        yield _("one of the seven for which a person may be looked up (article 3)")


def _courts() -> shapes.Vocabulary:
    held = [shapes.Word(word=one, title=spoken(one).capitalize(), notes=[]) for one in courts()]
    says = _("The only sources that may enter a natural person (article 3).")
    return shapes.Vocabulary(vocabulary="courts", title=_("Courts"), says=says, words=held)


def _relation(word: str) -> shapes.Relation:
    fields = [title("fields", one) for one in words("conduct")[word].get("leads_to", ())]
    return shapes.Relation(word=word, title=title("conduct", word), nature=_nature(nature(word)), leads_to=fields)


def _nature(word: str) -> str:
    said = {
        "duty": _("a duty not performed"),
        "breach": _("a breach"),
        "grave": _("a breach that is grave by its own definition"),
        "honour": _("an honour"),
    }
    return said.get(word, word)


def _refused(name: Vocabulary) -> shapes.RefusedWords:
    held = read("words.yaml")["refused"][name]
    refused = [shapes.Refused(word=spoken(word), why=why) for word, why in held.items()]
    return shapes.RefusedWords(title=_titles()[name][0], words=refused)
