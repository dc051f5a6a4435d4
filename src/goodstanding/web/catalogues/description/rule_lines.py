"""One rule as a line of a page: its words, its points, the article it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.primitives import LegalRule
from goodstanding.register.rules.legal_basis import find_legal_basis
from goodstanding.web.catalogues.schemas import RuleLine
from goodstanding.web.wording.legal_basis import present_legal_basis
from goodstanding.web.wording.rule_terms import speak_word


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
        reason=present_legal_basis(find_legal_basis(catalogue, rule)),
        **details,
    )


def build_absent_line(place: str, title: str, says: str) -> RuleLine:
    """A step that the rules leave out."""
    return RuleLine(place=place, title=title, says=says, points=[], absent=True)


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
