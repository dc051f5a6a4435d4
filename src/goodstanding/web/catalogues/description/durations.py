"""For how long: listings, grades, points, and what still shows of an ended listing."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.procedures import ListRule
from goodstanding.catalogue.records import FieldRule
from goodstanding.catalogue.schemes import GradingScheme
from goodstanding.web.catalogues.description.rule_lines import build_rule_line
from goodstanding.web.catalogues.schemas import CatalogueSection, RuleGroup, RuleLine
from goodstanding.web.wording.durations import describe_term, format_days, format_duration


def describe_durations(catalogue: Catalogue) -> CatalogueSection:
    """How long everything lasts that follows."""
    groups = [
        *_group_lines("", [*_build_list_lines(catalogue), *_build_grade_lines(catalogue)]),
        *_build_class_groups(catalogue),
    ]
    return CatalogueSection(
        key="lasting",
        title=_("For how long"),
        purpose=_("What has ended is not displayed, shared or used, unless it says so here."),
        groups=groups,
        nothing=_("Nothing lasts, for nothing follows."),
    )


def _group_lines(title: str, lines: list[RuleLine]) -> list[RuleGroup]:
    return [RuleGroup(title=title, lines=lines)] if lines else []


def _build_list_lines(catalogue: Catalogue) -> Iterator[RuleLine]:
    for name, rule in catalogue.lists.items():
        heading = _("A listing: %(title)s") % {"title": rule.title}
        bare = rule.model_copy(update={"says": ""})
        yield build_rule_line(
            catalogue, f"lists/{name}/stays", bare, heading, _describe_term(rule, list_case_fields(catalogue, rule))
        )


def list_case_fields(catalogue: Catalogue, rule: ListRule) -> dict[str, FieldRule]:
    """The fields of the record that opens the case behind a list."""
    return catalogue.records[catalogue.cases[rule.case].record].fields if rule.case else {}


def _describe_term(rule: ListRule, fields: dict[str, FieldRule]) -> Iterator[str]:
    if rule.from_:
        yield _("As long as the lists do that it is made from.")
    else:
        yield from describe_term(rule.stays, fields)
        if rule.stays is not None:
            yield _describe_beginning(rule)
    if rule.ends_within is not None:
        within = format_days(rule.ends_within, working=True)
        yield _("It ends on the day of performance or repair, which the authority states within %(days)s.") % {
            "days": within
        }
    if rule.shows_ended:
        yield _("An ended listing is still shown for %(length)s.") % {"length": format_duration(rule.shows_ended)}


def _describe_beginning(rule: ListRule) -> str:
    if rule.counts_from == "shown":
        return _("Counted from the day on which it is shown to be public or served.")
    return _("Counted from the day of the decision.")


def _build_grade_lines(catalogue: Catalogue) -> Iterator[RuleLine]:
    for name, scheme in catalogue.schemes.items():
        heading = _("A grade: %(title)s") % {"title": scheme.title}
        bare = scheme.model_copy(update={"says": ""})
        yield build_rule_line(catalogue, f"schemes/{name}/lapses", bare, heading, _describe_grade_term(scheme))


def _describe_grade_term(scheme: GradingScheme) -> Iterator[str]:
    if scheme.kind == "points":
        terms = {item.counts_for for item in scheme.items.values()}
        limited_terms = sorted(term for term in terms if term)
        if limited_terms:
            shortest, most = format_duration(limited_terms[0]), format_duration(limited_terms[-1])
            yield _describe_point_terms(shortest, most)
        if None in terms:
            yield _("Some points count for ever.") if limited_terms else _("Points count for ever.")
        return
    if scheme.over:
        yield _("A finding counts in the mean for %(length)s.") % {"length": format_duration(scheme.over)}
    if scheme.lapses:
        yield _("It lapses %(length)s after the finding, or with the next one.") % {
            "length": format_duration(scheme.lapses)
        }
    elif not scheme.over:
        yield _("It has no end of its own: it stays until the next finding.") if scheme.kept else _("It is not kept.")


def _describe_point_terms(shortest: str, most: str) -> str:
    if shortest == most:
        return _("Points count for %(length)s.") % {"length": most}
    return _("Points count for %(shortest)s to %(longest)s, each as its rule says.") % {
        "shortest": shortest, "longest": most}  # fmt: skip


def _build_class_groups(catalogue: Catalogue) -> list[RuleGroup]:
    lines = [
        build_rule_line(catalogue, f"repair_classes/{name}", rule, rule.title,
             [_("%(least)s at least, %(most)s at most.") % {"least": format_duration(rule.least),
                                                                "most": format_duration(rule.most)}])
        for name, rule in catalogue.repair_classes.items()
    ]  # fmt: skip
    return _group_lines(_("Classes of gravity"), lines)
