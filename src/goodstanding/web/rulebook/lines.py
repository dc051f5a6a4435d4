"""One rule as a line of a page: its words, its points, the article it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.model import LegalRule
from goodstanding.register import words
from goodstanding.web import facts
from goodstanding.web.shapes.catalogues import RuleLine


def build_rule_line(
    catalogue: Catalogue,
    place: str,
    rule: LegalRule,
    title: str,
    points: Iterable[str] = (),
    **details: Any,
) -> RuleLine:
    """A rule beside its law."""
    return RuleLine(
        place=place,
        title=title,
        says=rule.says,
        points=[point for point in points if point],
        reason=facts.present_legal_basis(words.find_legal_basis(catalogue, rule)),
        **details,
    )


def build_absent_line(place: str, title: str, says: str) -> RuleLine:
    """A step that the rules leave out."""
    return RuleLine(place=place, title=title, says=says, points=[], absent=True)


def speak_word(word: str) -> str:
    """A word of a catalogue as it stands in a sentence: tax authority."""
    return word.replace("-", " ")


def join_words(names: Iterable[str]) -> str:
    """Words one after another: a, b and c."""
    *first, last = [*names] or [""]
    if not first:
        return last
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last}


def name_subject_kinds(subjects: Iterable[str]) -> list[str]:
    """Kinds of subject in words, in the plural."""
    titles = {
        "organisation": _("organisations"),
        "establishment": _("establishments"),
        "authority": _("public authorities"),
        "person": _("natural persons"),
    }
    return [titles.get(subject_kind, speak_word(subject_kind)) for subject_kind in subjects]
