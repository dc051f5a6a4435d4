"""All parts of a catalogue, and the four answers at the top of its page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from goodstanding.catalogue import Catalogue
from goodstanding.charter.parts import longest
from goodstanding.web.judging import judgement
from goodstanding.web.lengths import length
from goodstanding.web.library import unchecked
from goodstanding.web.rulebook.following import follows, measure_kinds
from goodstanding.web.rulebook.lasting import lasting
from goodstanding.web.rulebook.leaving import leaving
from goodstanding.web.rulebook.lines import kinds, listed
from goodstanding.web.rulebook.recorded import recorded
from goodstanding.web.shapes.catalogues import Glance, Part


def parts(catalogue: Catalogue) -> list[Part]:
    """What is recorded, what follows, for how long, how to get off; worked out once for each digest and language."""
    return _parts(catalogue, get_language())


@lru_cache(maxsize=256)
def _parts(catalogue: Catalogue, language: str | None) -> list[Part]:
    return [recorded(catalogue), follows(catalogue), lasting(catalogue), leaving(catalogue)]


def does(catalogue: Catalogue) -> list[str]:
    """How many grades, lists and measures of each kind a catalogue has."""
    measures: list[str] = [one.kind for one in catalogue.measures.values()]
    counts = (len(catalogue.schemes), len(catalogue.lists), *(measures.count(kind) for kind in measure_kinds()))
    return [said % {"n": n} for n, said in zip(counts, _counted(counts), strict=True) if n]


def _counted(counts: Sequence[int]) -> tuple[str, ...]:
    grades, lists, restrictions, benefits, supervision, publication = counts
    return (
        ngettext("%(n)s grade", "%(n)s grades", grades),
        ngettext("%(n)s list", "%(n)s lists", lists),
        ngettext("%(n)s restriction", "%(n)s restrictions", restrictions),
        ngettext("%(n)s benefit", "%(n)s benefits", benefits),
        ngettext("%(n)s measure of supervision", "%(n)s measures of supervision", supervision),
        ngettext("%(n)s publication", "%(n)s publications", publication),
    )


def glance(catalogue: Catalogue) -> list[Glance]:
    """Whom it reaches, what follows, for how long at most, and what the charter says."""
    return [_reaches(catalogue), _follows(catalogue), _longest(catalogue), _charter(catalogue)]


def _reaches(catalogue: Catalogue) -> Glance:
    first, *others = kinds(catalogue.subjects)
    small = _("and %(others)s") % {"others": listed(others)} if others else _("and nobody else")
    return Glance(label=_("Whom it reaches"), big=first.capitalize(), small=small)


def _follows(catalogue: Catalogue) -> Glance:
    first, *others = does(catalogue) or [_("Nothing")]
    return Glance(label=_("What follows"), big=first, small=listed(others))


def _longest(catalogue: Catalogue) -> Glance:
    label, ends = _("For how long at most"), [longest(rule.stays) for rule in catalogue.lists.values() if rule.case]
    for scheme in catalogue.schemes.values():
        ends += [item.counts_for for item in scheme.items.values()]
        if scheme.kind != "points" and scheme.kept:
            ends.append(scheme.lapses or scheme.over)
    if not ends:
        return Glance(label=label, big="–", small=_("nothing lasts"))
    if None in ends:
        return Glance(label=label, big=_("No end"), small=_("something here ends only when something else happens"))
    return Glance(label=label, big=length(max(one for one in ends if one)), small=_("then it ends by itself"))


def _charter(catalogue: Catalogue) -> Glance:
    found, law = judgement(catalogue), unchecked(catalogue)
    said = ngettext("%(n)s article breached", "%(n)s articles breached", found.breached) % {"n": found.breached}
    big = said if found.breached else _("Satisfied")
    small = _("%(n)s of %(all)s rules not yet checked against their text") % {"n": law.unchecked, "all": law.rules}
    return Glance(label=_("The charter"), big=big, small=small)
