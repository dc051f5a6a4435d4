"""Article 9: one conduct has one term, whichever office states it, unless the law of the two offices differs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.primitives import BASIS, CodedTerm, LegalRule
from goodstanding.catalogue.procedures import CaseRule
from goodstanding.charter.burdens.adverse_measures import list_records_behind
from goodstanding.charter.catalogue_queries import BreachIterator, Path, find_longest_term, list_conduct
from goodstanding.charter.vocabulary import list_court_kinds
from goodstanding.messages import ArticleMessage, Message


class _OfficeTerm(NamedTuple):
    path: Path
    name: str
    law: str  # the instrument that it rests on
    offices: frozenset[str]
    conduct: frozenset[str]
    subjects: frozenset[str]
    days: frozenset[int]


def list_office_term_breaches(catalogue: Catalogue) -> BreachIterator:
    """Lists, schemes and records on display that last longer for one office's statements than for another's."""
    courts = {*list_court_kinds(), *catalogue.courts}
    for terms in (_list_listing_terms(catalogue), _list_grade_terms(catalogue), _list_display_terms(catalogue)):
        for first, second in combinations(terms, 2):
            if _is_told_by_office(first, second, courts) and not _follow_each_other(catalogue, first, second):
                params = {"first": first.name, "second": second.name, "conduct": min(first.conduct & second.conduct)}
                yield second.path, Message(ArticleMessage.TERM_BY_OFFICE, params)


def _is_told_by_office(first: _OfficeTerm, second: _OfficeTerm, courts: set[str]) -> bool:
    """Whether who states it alone makes the difference; a court and an office that is none decide different things."""
    is_of_one_kind = first.offices != second.offices and (first.offices <= courts) == (second.offices <= courts)
    is_of_one_thing = bool(first.conduct & second.conduct) and bool(first.subjects & second.subjects)
    return is_of_one_kind and is_of_one_thing and first.law == second.law and first.days != second.days


def _list_listing_terms(catalogue: Catalogue) -> Iterator[_OfficeTerm]:
    for name, rule in catalogue.lists.items():
        if rule.case:
            case = catalogue.cases[rule.case]
            stating = [case.steps[stage].record or case.record for stage in rule.while_]
            terms = rule.stays.terms.values() if isinstance(rule.stays, CodedTerm) else [find_longest_term(rule.stays)]
            days = frozenset(term.longest_days() for term in terms if term)
            yield _build_term(catalogue, ("lists", name, "stays"), rule, stating, days)


def _list_grade_terms(catalogue: Catalogue) -> Iterator[_OfficeTerm]:
    for name, scheme in catalogue.schemes.items():
        days = frozenset(length.longest_days() for length in (scheme.lapses, scheme.over) if length)
        yield _build_term(catalogue, ("schemes", name), scheme, [scheme.record], days)


def _list_display_terms(catalogue: Catalogue) -> Iterator[_OfficeTerm]:
    for name, record in catalogue.records.items():
        if record.audience == "anybody" and not record.about:
            days = frozenset([record.display_term.longest_days()])
            yield _build_term(catalogue, ("records", name, "shown_for"), record, [name], days)


def _build_term(
    catalogue: Catalogue, path: Path, rule: LegalRule, stating: list[str], days: frozenset[int]
) -> _OfficeTerm:
    match = BASIS.match(rule.basis)
    behind = list_records_behind(catalogue, str(path[1])) if path[0] == "lists" else tuple(stating)
    return _OfficeTerm(
        path,
        str(path[1]),
        match["instrument"] if match else "",
        frozenset(office for record in stating for office in catalogue.records[record].by),
        frozenset(list_conduct(catalogue, behind)),
        frozenset(subject for record in stating for subject in catalogue.concerned(record)),
        days,
    )


def _follow_each_other(catalogue: Catalogue, first: _OfficeTerm, second: _OfficeTerm) -> bool:
    """Whether the steps of one list come after those of the other in one case: a ladder, which both climb alike."""
    if first.path[0] != "lists":
        return False
    rules = [catalogue.lists[term.name] for term in (first, second)]
    if rules[0].case != rules[1].case:
        return False
    case = catalogue.cases[rules[0].case or ""]
    before, after = ({*rule.while_} for rule in rules)
    return bool(_list_steps_before(case, after) & before or _list_steps_before(case, before) & after)


def _list_steps_before(case: CaseRule, steps: set[str]) -> set[str]:
    """The steps from which others can be reached, and these themselves."""
    reached = set(steps)
    while more_steps := {name for step in reached for name in case.steps[step].after if name in case.steps} - reached:
        reached |= more_steps
    return reached
