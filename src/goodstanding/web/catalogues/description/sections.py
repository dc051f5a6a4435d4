"""All parts of a catalogue, and the four answers at the top of its page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from goodstanding.catalogue import Catalogue
from goodstanding.charter.catalogue_queries import find_longest_term
from goodstanding.web.catalogues.description.consequences import describe_consequences, list_measure_kinds
from goodstanding.web.catalogues.description.durations import describe_durations
from goodstanding.web.catalogues.description.exits import describe_exits
from goodstanding.web.catalogues.description.record_types import describe_record_types
from goodstanding.web.catalogues.description.rule_lines import join_words, name_subject_kinds
from goodstanding.web.catalogues.library import count_unchecked_rules
from goodstanding.web.catalogues.schemas import CatalogueGlance, CatalogueSection
from goodstanding.web.charter.assessment import present_judgement
from goodstanding.web.wording.durations import format_duration


def build_catalogue_sections(catalogue: Catalogue) -> list[CatalogueSection]:
    """What is recorded, what follows, for how long, how to get off; worked out once for each digest and language."""
    return _build_cached_sections(catalogue, get_language())


@lru_cache(maxsize=256)
def _build_cached_sections(catalogue: Catalogue, language: str | None) -> list[CatalogueSection]:
    return [
        describe_record_types(catalogue),
        describe_consequences(catalogue),
        describe_durations(catalogue),
        describe_exits(catalogue),
    ]


def describe_catalogue_content(catalogue: Catalogue) -> list[str]:
    """How many grades, lists and measures of each kind a catalogue has."""
    measures: list[str] = [measure.kind for measure in catalogue.measures.values()]
    counts = (len(catalogue.schemes), len(catalogue.lists), *(measures.count(kind) for kind in list_measure_kinds()))
    return [template % {"n": n} for n, template in zip(counts, _name_counts(counts), strict=True) if n]


def _name_counts(counts: Sequence[int]) -> tuple[str, ...]:
    grades, lists, restrictions, benefits, supervision, publication = counts
    return (
        ngettext("%(n)s grade", "%(n)s grades", grades),
        ngettext("%(n)s list", "%(n)s lists", lists),
        ngettext("%(n)s restriction", "%(n)s restrictions", restrictions),
        ngettext("%(n)s benefit", "%(n)s benefits", benefits),
        ngettext("%(n)s measure of supervision", "%(n)s measures of supervision", supervision),
        ngettext("%(n)s publication", "%(n)s publications", publication),
    )


def build_catalogue_glance(catalogue: Catalogue) -> list[CatalogueGlance]:
    """Whom it reaches, what follows, for how long at most, and what the charter says."""
    return [
        _build_reach_glance(catalogue),
        _build_consequence_glance(catalogue),
        _build_duration_glance(catalogue),
        _build_charter_glance(catalogue),
    ]


def _build_reach_glance(catalogue: Catalogue) -> CatalogueGlance:
    first, *others = name_subject_kinds(catalogue.subjects)
    small = _("and %(others)s") % {"others": join_words(others)} if others else _("and nobody else")
    return CatalogueGlance(label=_("Whom it reaches"), big=first.capitalize(), small=small)


def _build_consequence_glance(catalogue: Catalogue) -> CatalogueGlance:
    first, *others = describe_catalogue_content(catalogue) or [_("Nothing")]
    return CatalogueGlance(label=_("What follows"), big=first, small=join_words(others))


def _build_duration_glance(catalogue: Catalogue) -> CatalogueGlance:
    label, ends = (
        _("For how long at most"),
        [find_longest_term(rule.stays) for rule in catalogue.lists.values() if rule.case],
    )
    for scheme in catalogue.schemes.values():
        ends += [item.counts_for for item in scheme.items.values()]
        if scheme.kind != "points" and scheme.kept:
            ends.append(scheme.lapses or scheme.over)
    if not ends:
        return CatalogueGlance(label=label, big="–", small=_("nothing lasts"))
    if None in ends:
        return CatalogueGlance(
            label=label, big=_("No end"), small=_("something here ends only when something else happens")
        )
    return CatalogueGlance(
        label=label, big=format_duration(max(end for end in ends if end)), small=_("then it ends by itself")
    )


def _build_charter_glance(catalogue: Catalogue) -> CatalogueGlance:
    assessment, law = present_judgement(catalogue), count_unchecked_rules(catalogue)
    breaches = ngettext("%(n)s article breached", "%(n)s articles breached", assessment.breached) % {
        "n": assessment.breached
    }
    big = breaches if assessment.breached else _("Satisfied")
    if law.unchecked:
        small = _("%(n)s of %(all)s rules not yet checked against their text") % {"n": law.unchecked, "all": law.rules}
    else:
        small = _("Every rule was checked against its text")
    return CatalogueGlance(label=_("The charter"), big=big, small=small)
