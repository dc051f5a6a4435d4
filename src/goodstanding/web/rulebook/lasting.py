"""For how long: listings, grades, points, and what still shows of an ended listing."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.model import FieldRule, ListRule, Scheme
from goodstanding.web.lengths import days, length, stays
from goodstanding.web.rulebook.lines import line
from goodstanding.web.shapes.catalogues import Group, Part, RuleLine


def lasting(catalogue: Catalogue) -> Part:
    """How long everything lasts that follows."""
    groups = [*_group("", [*_lists(catalogue), *_grades(catalogue)]), *_classes(catalogue)]
    return Part(
        key="lasting",
        title=_("For how long"),
        purpose=_("What has ended is not displayed, shared or used, unless it says so here."),
        groups=groups,
        nothing=_("Nothing lasts, for nothing follows."),
    )


def _group(title: str, lines: list[RuleLine]) -> list[Group]:
    return [Group(title=title, lines=lines)] if lines else []


def _lists(catalogue: Catalogue) -> Iterator[RuleLine]:
    for name, rule in catalogue.lists.items():
        said = _("A listing: %(title)s") % {"title": rule.title}
        bare = rule.model_copy(update={"says": ""})
        yield line(catalogue, f"lists/{name}/stays", bare, said, _term(rule, case_fields(catalogue, rule)))


def case_fields(catalogue: Catalogue, rule: ListRule) -> dict[str, FieldRule]:
    """The fields of the record that opens the case behind a list."""
    return catalogue.records[catalogue.cases[rule.case].record].fields if rule.case else {}


def _term(rule: ListRule, fields: dict[str, FieldRule]) -> Iterator[str]:
    if rule.from_:
        yield _("As long as the lists do that it is made from.")
    else:
        yield from stays(rule.stays, fields)
        if rule.stays is not None:
            yield _counted_from(rule)
    if rule.ends_within is not None:
        within = days(rule.ends_within, working=True)
        yield _("After performance or repair it ends within %(days)s.") % {"days": within}
    if rule.shows_ended:
        yield _("An ended listing is still shown for %(length)s.") % {"length": length(rule.shows_ended)}


def _counted_from(rule: ListRule) -> str:
    if rule.counts_from == "shown":
        return _("Counted from the day on which it is shown to be public or served.")
    return _("Counted from the day of the decision.")


def _grades(catalogue: Catalogue) -> Iterator[RuleLine]:
    for name, scheme in catalogue.schemes.items():
        said = _("A grade: %(title)s") % {"title": scheme.title}
        bare = scheme.model_copy(update={"says": ""})
        yield line(catalogue, f"schemes/{name}/lapses", bare, said, _grade_term(scheme))


def _grade_term(scheme: Scheme) -> Iterator[str]:
    if scheme.kind == "points":
        terms = {item.counts_for for item in scheme.items.values()}
        known = sorted(term for term in terms if term)
        if known:
            shortest, most = length(known[0]), length(known[-1])
            yield _span(shortest, most)
        if None in terms:
            yield _("Some points count for ever.") if known else _("Points count for ever.")
        return
    if scheme.over:
        yield _("A finding counts in the mean for %(length)s.") % {"length": length(scheme.over)}
    if scheme.lapses:
        yield _("It lapses %(length)s after the finding, or with the next one.") % {"length": length(scheme.lapses)}
    elif not scheme.over:
        yield _("It has no end of its own: it stays until the next finding.") if scheme.kept else _("It is not kept.")


def _span(shortest: str, most: str) -> str:
    if shortest == most:
        return _("Points count for %(length)s.") % {"length": most}
    return _("Points count for %(shortest)s to %(longest)s, each as its rule says.") % {
        "shortest": shortest, "longest": most}  # fmt: skip


def _classes(catalogue: Catalogue) -> list[Group]:
    lines = [
        line(catalogue, f"repair_classes/{name}", rule, rule.title,
             [_("%(least)s at least, %(most)s at most.") % {"least": length(rule.least), "most": length(rule.most)}])
        for name, rule in catalogue.repair_classes.items()
    ]  # fmt: skip
    return _group(_("Classes of gravity"), lines)
