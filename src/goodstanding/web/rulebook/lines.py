"""One rule as a line of a page: its words, its points, the article it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.model import Based
from goodstanding.register import words
from goodstanding.web import facts
from goodstanding.web.shapes.catalogues import RuleLine


def line(
    catalogue: Catalogue,
    place: str,
    rule: Based,
    title: str,
    points: Iterable[str] = (),
    **more: Any,
) -> RuleLine:
    """A rule beside its law."""
    return RuleLine(
        place=place,
        title=title,
        says=rule.says,
        points=[point for point in points if point],
        reason=facts.reason(words.law(catalogue, rule)),
        **more,
    )


def absent(place: str, title: str, says: str) -> RuleLine:
    """A step that the rules leave out."""
    return RuleLine(place=place, title=title, says=says, points=[], absent=True)


def spoken(word: str) -> str:
    """A word of a catalogue as it stands in a sentence: tax authority."""
    return word.replace("-", " ")


def listed(names: Iterable[str]) -> str:
    """Words one after another: a, b and c."""
    *first, last = [*names] or [""]
    if not first:
        return last
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last}


def kinds(subjects: Iterable[str]) -> list[str]:
    """Kinds of subject in words, in the plural."""
    titles = {
        "organisation": _("organisations"),
        "establishment": _("establishments"),
        "authority": _("public authorities"),
        "person": _("natural persons"),
    }
    return [titles.get(one, spoken(one)) for one in subjects]
