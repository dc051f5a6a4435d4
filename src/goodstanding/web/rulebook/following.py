"""What follows: how grades are worked out, who gets on a list, which measures rest on that."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.model import ListRule, Measure
from goodstanding.charter.words import title
from goodstanding.web.rulebook.grading import scheme_lines
from goodstanding.web.rulebook.lines import line, listed, spoken
from goodstanding.web.shapes.catalogues import Group, Part, RuleLine


def follows(catalogue: Catalogue) -> Part:
    """The grades, lists and measures of a catalogue."""
    return Part(
        key="follows",
        title=_("What follows"),
        purpose=_("In plain words, beside the text that it rests on."),
        groups=[*_grades(catalogue), *_lists(catalogue), *_measures(catalogue)],
        nothing=_("Nothing follows: these rules only record."),
    )


def _grades(catalogue: Catalogue) -> Iterator[Group]:
    for name, scheme in catalogue.schemes.items():
        said = _("Grade: %(title)s") % {"title": scheme.title}
        yield Group(title=said, lines=list(scheme_lines(catalogue, name, scheme)))


def _lists(catalogue: Catalogue) -> Iterator[Group]:
    lines = [
        line(catalogue, f"lists/{name}", rule, rule.title, _list_points(catalogue, rule))
        for name, rule in catalogue.lists.items()
    ]
    if lines:
        yield Group(title=ngettext("List", "Lists", len(lines)), lines=lines)


def _list_points(catalogue: Catalogue, rule: ListRule) -> Iterator[str]:
    if rule.case:
        steps = catalogue.cases[rule.case].steps
        stands = " / ".join(steps[name].title for name in rule.while_)
        yield _("While the case “%(case)s” stands at: %(steps)s.") % {
            "case": catalogue.cases[rule.case].title, "steps": stands}  # fmt: skip
    if rule.from_:
        names = listed(catalogue.lists[name].title for name in rule.from_)
        yield _from(rule.at_least, len(rule.from_)) % {"n": rule.at_least, "lists": names}
    yield _("Anybody sees it.") if rule.audience == "anybody" else _("Only the parties see it.")
    yield _copies(rule.copies)
    if rule.found_by == "name":
        yield _("It shows on a name alone.")
    yield from reaching(rule.reaches)


def _from(least: int, most: int) -> str:
    if least == 1:
        return _("Whoever stands on one of these lists: %(lists)s.")
    return _("Whoever stands on at least %(n)s of these lists: %(lists)s.") if least < most else _(
        "Whoever stands on all of these lists: %(lists)s.")  # fmt: skip


def _copies(copies: str) -> str:
    said = {
        "nobody": _("Nobody gets a copy of the whole list."),
        "registered": _("Copies of the whole list go to registered recipients."),
        "anybody": _("Anybody can have a copy of the whole list."),
    }
    return said[copies]


def reaching(reaches: tuple[str, ...]) -> Iterator[str]:
    """Who else is bound, without a decision of their own."""
    if reaches:
        yield _("It also binds, without a decision of their own: %(who)s.") % {"who": listed(map(spoken, reaches))}


def _measures(catalogue: Catalogue) -> Iterator[Group]:
    found = sorted(catalogue.measures.items(), key=lambda pair: list(measure_kinds()).index(pair[1].kind))
    for kind, measures in groupby(found, key=lambda pair: pair[1].kind):
        yield Group(title=measure_kinds()[kind], lines=[_measure(catalogue, *pair) for pair in measures])


def measure_kinds() -> dict[str, str]:
    """The kinds of measure, as headings."""
    return {
        "restriction": _("Restrictions"),
        "benefit": _("Benefits"),
        "supervision": _("How closely somebody is watched"),
        "publication": _("What is made public"),
    }


def _measure(catalogue: Catalogue, name: str, rule: Measure) -> RuleLine:
    return line(catalogue, f"measures/{name}", rule, rule.title, _measure_points(catalogue, rule))


def _measure_points(catalogue: Catalogue, rule: Measure) -> Iterator[str]:
    if rule.list:
        yield _("It follows from the list “%(list)s”.") % {"list": catalogue.lists[rule.list].title}
    if rule.scheme:
        grades = listed(rule.grades)
        yield _("It follows from “%(scheme)s” being %(grades)s.") % {
            "scheme": catalogue.schemes[rule.scheme].title, "grades": grades}  # fmt: skip
    field, purpose = capfirst(title("fields", rule.field)), capfirst(title("purposes", rule.purpose))
    yield _("Field: %(field)s. Purpose: %(purpose)s.") % {"field": field, "purpose": purpose}
    yield _("Who may ask: %(who)s.") % {"who": listed(map(spoken, rule.audience))}
    if rule.exempts:
        yield _("It never touches: %(exempts)s.") % {"exempts": listed(map(spoken, rule.exempts))}
    yield from reaching(rule.reaches)
    if not rule.logged:
        yield _("Whoever asks leaves no trace.")
