"""Articles 6 to 11: what may follow."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.periods import Period
from goodstanding.catalogue.primitives import CodedTerm, DecidedTerm
from goodstanding.catalogue.procedures import ListRule
from goodstanding.catalogue.schemes import GradingScheme
from goodstanding.charter.catalogue_queries import (
    BreachIterator,
    Path,
    compute_longest_wait,
    find_list_case,
    find_longest_term,
    list_conduct,
    list_conduct_natures,
    list_ending_steps,
    list_person_measures,
)
from goodstanding.charter.rule_fields import list_reading_breaches
from goodstanding.charter.vocabulary import explain_missing_word, get_vocabulary, get_word_title, is_field_related
from goodstanding.messages import ArticleMessage, Message

LONGEST_LENGTH = Period.parse("P5Y")
REPAIR_AFTER = Period.parse("P1Y")
WORKING_DAYS = 3
_POINTS = ArticleMessage.POINTS_WITHOUT_END, ArticleMessage.POINTS_TOO_LONG
_GRADE = ArticleMessage.GRADE_WITHOUT_END, ArticleMessage.GRADE_TOO_LONG


def list_prior_decision_breaches(catalogue: Catalogue) -> BreachIterator:
    """6. A restriction rests on a final decision, never on a score or another list alone."""
    for name, measure in catalogue.measures.items():
        if measure.kind != "restriction":
            continue
        if measure.scheme:
            yield ("measures", name, "scheme"), Message(ArticleMessage.RESTRICTION_ON_SCORE)
        elif measure.list and catalogue.lists[measure.list].from_:
            yield ("measures", name, "list"), Message(ArticleMessage.RESTRICTION_ON_LISTS)
        elif undecided := [record for record in catalogue.resting_on(measure) if not _is_decision(catalogue, record)]:
            yield ("measures", name, "list"), Message(ArticleMessage.RESTRICTION_UNDECIDED, {"record": undecided[0]})


def _is_decision(catalogue: Catalogue, record: str) -> bool:
    return catalogue.records[record].states == "decision"


def list_relation_breaches(catalogue: Catalogue) -> BreachIterator:
    """7. Measure and conduct stand together in the relation table; one conduct, one restriction of a kind."""
    for name, measure in catalogue.measures.items():
        for conduct in list_conduct(catalogue, catalogue.resting_on(measure)) or ("",):
            if not is_field_related(conduct, measure.field):
                yield ("measures", name, "field"), _explain_missing_relation(conduct, measure.field)
    for (conduct, _, field), names in _group_restrictions(catalogue).items():
        if len(names) > 1:
            restricted = get_word_title("fields", field).lower()
            params = {"measures": _join_names(names), "field": restricted, "conduct": conduct}
            yield ("measures", names[1]), Message(ArticleMessage.RESTRICTED_TWICE, params)


def _join_names(names: list[str]) -> str | Message:
    joined: str | Message = names[0]
    for name in names[1:]:
        joined = Message(ArticleMessage.NAMES_JOINED, {"first": joined, "second": name})
    return joined


def _group_restrictions(catalogue: Catalogue) -> dict[tuple[str, str, str], list[str]]:
    """The restrictions by conduct, kind of subject and field."""
    restricted: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    for name, measure in catalogue.measures.items():
        if measure.kind == "restriction":
            records = catalogue.resting_on(measure)
            kinds = dict.fromkeys(kind for record in records for kind in catalogue.concerned(record))
            for key in product(list_conduct(catalogue, records) or ("",), kinds, [measure.field]):
                restricted[key].append(name)
    return restricted


def _explain_missing_relation(conduct: str, field: str) -> Message:
    if field not in get_vocabulary("fields"):
        return explain_missing_word("fields", field)
    code = ArticleMessage.FIELD_UNRELATED if conduct else ArticleMessage.FIELD_WITHOUT_CONDUCT
    return Message(code, {"field": get_word_title("fields", field), "conduct": conduct})


def list_proportion_breaches(catalogue: Catalogue) -> BreachIterator:
    """8. Length is graded; minor breaches and inability carry no restriction; what is needed to live is exempt."""
    restricting = _list_restricting_lists(catalogue)
    for name, rule in catalogue.lists.items():
        if rule.case and name in restricting and not _has_graded_length(catalogue, rule):
            yield ("lists", name, "stays"), Message(ArticleMessage.LENGTH_UNGRADED)
        yield from _list_exemption_breaches(
            catalogue, rule, list_conduct_natures(catalogue, catalogue.opening(name)), name in restricting
        )
    for name in list_restrictions_on_persons(catalogue):
        if not catalogue.measures[name].exempts:
            yield ("measures", name), Message(ArticleMessage.LIVELIHOOD_UNSPARED)


def _list_restricting_lists(catalogue: Catalogue) -> set[str]:
    """The lists on which a restriction rests, by itself or through lists that are made from them."""
    named = {measure.list for measure in catalogue.measures.values() if measure.kind == "restriction" and measure.list}
    while further := {part for name in named for part in catalogue.lists[name].from_} - named:
        named |= further
    return named


def list_restrictions_on_persons(catalogue: Catalogue) -> list[str]:
    """The restrictions that can bind a natural person."""
    return [name for name, measure in list_person_measures(catalogue).items() if measure.kind == "restriction"]


def _has_graded_length(catalogue: Catalogue, rule: ListRule) -> bool:
    shorter = [
        step for step in list_ending_steps(catalogue, rule) if step.role in ("performance", "settlement", "repair")
    ]
    return isinstance(rule.stays, CodedTerm | DecidedTerm) or bool(shorter)


def _list_exemption_breaches(catalogue: Catalogue, rule: ListRule, kinds: set[str], restricts: bool) -> BreachIterator:
    case = find_list_case(catalogue, rule)
    path: Path = ("cases", rule.case or "", "spares")
    if case and "duty" in kinds and "inability-to-pay" not in case.spares:
        yield path, Message(ArticleMessage.INABILITY_UNSPARED)
    if case and restricts and "breach" in kinds and "minor-first-breach" not in case.spares:
        yield path, Message(ArticleMessage.MINOR_BREACH_UNSPARED)


def list_uniformity_breaches(catalogue: Catalogue) -> BreachIterator:
    """9. Rules read neither place nor source nor somebody else's standing; nobody is bound for somebody else."""
    yield from list_reading_breaches(catalogue)
    for part, rules in (("lists", catalogue.lists), ("measures", catalogue.measures)):
        for name, rule in rules.items():
            for bound_party in rule.reaches:
                params = {"party": bound_party.replace("-", " ")}
                yield (part, name, "reaches"), Message(ArticleMessage.OTHERS_BOUND, params)


def list_retroactivity_breaches(catalogue: Catalogue) -> BreachIterator:
    """10. Effects start no earlier than enactment; the milder later rule applies."""
    if catalogue.backwards:
        yield ("backwards",), Message(ArticleMessage.EFFECT_BACKWARDS)
    if not catalogue.milder:
        yield ("milder",), Message(ArticleMessage.MILDER_RULE_IGNORED)


def list_end_breaches(catalogue: Catalogue) -> BreachIterator:
    """11. A listing ends on performance, or at its term, earlier by repair; a grade lapses; what ended is not shown."""
    for name, rule in catalogue.lists.items():
        if rule.shows_ended:
            yield ("lists", name, "shows_ended"), Message(ArticleMessage.ENDED_LISTING_SHOWN)
        if rule.case:
            duty = "duty" in list_conduct_natures(catalogue, catalogue.opening(name))
            yield from (_list_performance_breaches if duty else _list_term_breaches)(catalogue, name, rule)
    for name, scheme in catalogue.schemes.items():
        yield from _list_lapse_breaches(("schemes", name), scheme)


def _list_performance_breaches(catalogue: Catalogue, name: str, rule: ListRule) -> BreachIterator:
    ended = {
        stage
        for step in list_ending_steps(catalogue, rule)
        if step.role in ("performance", "settlement")
        for stage in step.after
    }
    if stuck := [stage for stage in rule.while_ if stage not in ended]:
        params = {"stage": stuck[0].replace("-", " ")}
        yield ("lists", name), Message(ArticleMessage.PERFORMANCE_ENDS_NOTHING, params)
    elif rule.ends_within is None or rule.ends_within > WORKING_DAYS:
        yield ("lists", name), Message(ArticleMessage.LISTING_ENDS_LATE)


def _list_term_breaches(catalogue: Catalogue, name: str, rule: ListRule) -> BreachIterator:
    most = find_longest_term(rule.stays)
    if most is None:
        yield ("lists", name), Message(ArticleMessage.LISTING_WITHOUT_END)
    elif most > LONGEST_LENGTH:
        yield ("lists", name, "stays"), Message(ArticleMessage.LISTING_TOO_LONG, {"length": most.describe()})
    repairs = [
        compute_longest_wait(step.not_before) for step in list_ending_steps(catalogue, rule) if step.role == "repair"
    ]
    if not repairs or min(repairs) > REPAIR_AFTER:
        yield ("lists", name), Message(ArticleMessage.REPAIR_TOO_LATE)


def _list_lapse_breaches(path: Path, scheme: GradingScheme) -> BreachIterator:
    if scheme.kind != "points":
        if scheme.kept and (scheme.over or scheme.lapses) is None:
            yield path, Message(ArticleMessage.GRADE_NEVER_LAPSES)
        return
    for name, item in scheme.items.items():
        if not isinstance(item.points, int) or item.points < 0:
            yield from _list_counting_breaches((*path, "items", name), item.counts_for, *_POINTS)
    for index, direct in enumerate(scheme.direct):
        yield from _list_counting_breaches((*path, "direct", index), direct.counts_for, *_GRADE)


def _list_counting_breaches(
    path: Path, counts_for: Period | None, without_end: ArticleMessage, too_long: ArticleMessage
) -> BreachIterator:
    if counts_for is None:
        yield path, Message(without_end)
    elif counts_for > LONGEST_LENGTH:
        yield path, Message(too_long, {"length": counts_for.describe()})
