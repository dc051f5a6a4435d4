"""What follows: how grades are worked out, who gets on a list, which measures rest on that."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.procedures import ListRule, Measure
from goodstanding.charter.vocabulary import get_word_title
from goodstanding.web.catalogues.description.grading import build_scheme_lines
from goodstanding.web.catalogues.description.rule_lines import build_rule_line, join_words
from goodstanding.web.catalogues.schemas import CatalogueSection, RuleGroup, RuleLine
from goodstanding.web.wording.rule_terms import speak_word


def describe_consequences(catalogue: Catalogue) -> CatalogueSection:
    """The grades, lists and measures of a catalogue."""
    return CatalogueSection(
        key="follows",
        title=_("What follows"),
        purpose=_("In plain words, next to the law it is based on."),
        groups=[*_build_grade_groups(catalogue), *_build_list_groups(catalogue), *_build_measure_groups(catalogue)],
        nothing=_("Nothing follows: these rules only record."),
    )


def _build_grade_groups(catalogue: Catalogue) -> Iterator[RuleGroup]:
    for name, scheme in catalogue.schemes.items():
        heading = _("Grade: %(title)s") % {"title": scheme.title}
        yield RuleGroup(title=heading, lines=list(build_scheme_lines(catalogue, name, scheme)))


def _build_list_groups(catalogue: Catalogue) -> Iterator[RuleGroup]:
    lines = [
        build_rule_line(catalogue, f"lists/{name}", rule, rule.title, _describe_list(catalogue, rule))
        for name, rule in catalogue.lists.items()
    ]
    if lines:
        yield RuleGroup(title=ngettext("List", "Lists", len(lines)), lines=lines)


def _describe_list(catalogue: Catalogue, rule: ListRule) -> Iterator[str]:
    if rule.case:
        steps = catalogue.cases[rule.case].steps
        stands = " / ".join(steps[name].title for name in rule.while_)
        yield _("While the case “%(case)s” stands at: %(steps)s.") % {
            "case": catalogue.cases[rule.case].title, "steps": stands}  # fmt: skip
    if rule.from_:
        names = join_words(catalogue.lists[name].title for name in rule.from_)
        yield _describe_source_lists(rule.at_least, len(rule.from_)) % {"n": rule.at_least, "lists": names}
    yield _("Anybody sees it.") if rule.audience == "anybody" else _("Only the parties see it.")
    yield _describe_copies(rule.copies)
    if rule.found_by == "name":
        yield _("It shows on a name alone.")
    yield from describe_reach(rule.reaches)


def _describe_source_lists(least: int, most: int) -> str:
    if least == 1:
        return _("Whoever stands on one of these lists: %(lists)s.")
    return _("Whoever stands on at least %(n)s of these lists: %(lists)s.") if least < most else _(
        "Whoever stands on all of these lists: %(lists)s.")  # fmt: skip


def _describe_copies(copies: str) -> str:
    sentences = {
        "nobody": _("Nobody gets a copy of the whole list."),
        "registered": _("Copies of the whole list go to registered recipients."),
        "anybody": _("Anybody can have a copy of the whole list."),
    }
    return sentences[copies]


def describe_reach(reaches: tuple[str, ...]) -> Iterator[str]:
    """Who else is bound, without a decision of their own."""
    if reaches:
        yield _("It also binds, without a decision of their own: %(who)s.") % {
            "who": join_words(map(speak_word, reaches))
        }


def _build_measure_groups(catalogue: Catalogue) -> Iterator[RuleGroup]:
    ordered = sorted(catalogue.measures.items(), key=lambda pair: list(list_measure_kinds()).index(pair[1].kind))
    for kind, measures in groupby(ordered, key=lambda pair: pair[1].kind):
        yield RuleGroup(
            title=list_measure_kinds()[kind], lines=[_build_measure_line(catalogue, *pair) for pair in measures]
        )


def list_measure_kinds() -> dict[str, str]:
    """The kinds of measure, as headings."""
    return {
        "restriction": _("Restrictions"),
        "benefit": _("Benefits"),
        "supervision": _("Level of supervision"),
        "publication": _("What is made public"),
    }


def _build_measure_line(catalogue: Catalogue, name: str, rule: Measure) -> RuleLine:
    return build_rule_line(
        catalogue, f"measures/{name}", rule, rule.title, _describe_measure(catalogue, rule), condition=rule.when
    )


def _describe_measure(catalogue: Catalogue, rule: Measure) -> Iterator[str]:
    if rule.list:
        yield _("It follows from the list “%(list)s”.") % {"list": catalogue.lists[rule.list].title}
    if rule.scheme:
        grades = join_words(rule.grades)
        yield _("It follows from “%(scheme)s” being %(grades)s.") % {
            "scheme": catalogue.schemes[rule.scheme].title, "grades": grades}  # fmt: skip
    field, purpose = capfirst(get_word_title("fields", rule.field)), capfirst(get_word_title("purposes", rule.purpose))
    yield _("Field: %(field)s. Purpose: %(purpose)s.") % {"field": field, "purpose": purpose}
    yield _("Who may ask: %(who)s.") % {"who": join_words(map(speak_word, rule.audience))}
    if rule.exempts:
        yield _("It never touches: %(exempts)s.") % {"exempts": join_words(map(speak_word, rule.exempts))}
    yield from describe_reach(rule.reaches)
    if not rule.logged:
        yield _("Whoever asks leaves no trace.")
