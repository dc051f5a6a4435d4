"""The identifiers that a catalogue declares itself: what they look like, and whose they are."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.records import IdentifierRule
from goodstanding.web.catalogues.description.rule_lines import build_rule_line, join_words, name_subject_kinds
from goodstanding.web.catalogues.schemas import RuleGroup


def list_identifier_groups(catalogue: Catalogue) -> list[RuleGroup]:
    """The schemes of identifiers under their heading; nothing where a catalogue names subjects by known ones."""
    lines = [
        build_rule_line(catalogue, f"identifiers/{name}", rule, rule.title, _describe_scheme(name, rule))
        for name, rule in catalogue.identifiers.items()
    ]
    return [RuleGroup(title=_("Identifiers"), lines=lines)] if lines else []


def _describe_scheme(name: str, rule: IdentifierRule) -> Iterator[str]:
    yield _("Written as %(shape)s, such as %(example)s.") % {
        "shape": rule.shape or rule.pattern,
        "example": f"{name}:{rule.example}",
    }
    yield _("Of %(kinds)s.") % {"kinds": join_words(name_subject_kinds(rule.kinds))}
    if rule.check != "none":
        yield _("Its last characters check the others.")
    if not rule.unique:
        yield _("Several can have the same: it does not say who is meant.")
