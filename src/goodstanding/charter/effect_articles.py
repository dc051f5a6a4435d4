"""Articles 6 to 10: what may follow, and for what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import product

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.primitives import CodedTerm, DecidedTerm
from goodstanding.catalogue.procedures import CaseRule, ListRule, Measure
from goodstanding.charter.burdens.adverse_measures import (
    Weight,
    is_purpose_related,
    is_requested_score,
    list_bars,
    list_ground_records,
    list_missing_exemptions,
    list_purpose_fields,
    list_records_behind,
    list_shown_lists,
)
from goodstanding.charter.burdens.exemption_proofs import explain_unproven_spare
from goodstanding.charter.burdens.office_terms import list_office_term_breaches
from goodstanding.charter.catalogue_queries import (
    BreachIterator,
    Path,
    find_list_case,
    has_short_term,
    list_conduct,
    list_conduct_natures,
    list_ending_steps,
    list_listing_cases,
    list_person_measures,
    list_undecided_records,
)
from goodstanding.charter.feed_articles import list_own_day_breaches, list_shared_finding_breaches
from goodstanding.charter.rule_fields import list_reading_breaches
from goodstanding.charter.vocabulary import explain_missing_word, get_vocabulary, get_word_title, is_field_related
from goodstanding.messages import ArticleMessage, ConsequenceMessage, Message

_DECIDED = ("decision", "listing")  # what is decided about somebody, after they were heard
_BarKey = tuple[str, str, str]  # conduct, kind of subject, field or purpose


def list_prior_decision_breaches(catalogue: Catalogue) -> BreachIterator:
    """6. Whatever bars or shows somebody rests on a final decision, never on a score or another list alone."""
    for name, measure in list_bars(catalogue).items():
        if measure.scheme:
            yield ("measures", name, "scheme"), Message(ConsequenceMessage.RESTRICTION_ON_SCORE)
        elif measure.list and catalogue.lists[measure.list].from_:
            yield ("measures", name, "list"), Message(ConsequenceMessage.RESTRICTION_ON_LISTS)
        elif measure.list and (records := list_undecided_records(catalogue, measure.list)):
            yield ("measures", name, "list"), Message(ConsequenceMessage.RESTRICTION_UNDECIDED, {"record": records[0]})
    for name, scheme in catalogue.schemes.items():
        for record in {scheme.record, scheme.starts_with or scheme.record}:
            if catalogue.records[record].states in _DECIDED:
                yield ("schemes", name, "record"), Message(ConsequenceMessage.GRADE_OF_DECISION, {"record": record})
    for name, weight in list_shown_lists(catalogue).items():
        if weight == "display" and (records := list_undecided_records(catalogue, name)):
            yield ("lists", name), Message(ConsequenceMessage.LIST_UNDECIDED, {"record": records[0]})


def list_relation_breaches(catalogue: Catalogue) -> BreachIterator:
    """7. Measure and conduct stand together in the relation table; one conduct, one restriction of a kind."""
    for name, measure in catalogue.measures.items():
        is_of_conduct = not measure.scheme or not is_requested_score(catalogue.schemes[measure.scheme])
        for conduct in list_conduct(catalogue, list_ground_records(catalogue, measure)) or ("",):
            if (conduct or is_of_conduct) and not is_field_related(conduct, measure.field):
                yield ("measures", name, "field"), _explain_missing_relation(conduct, measure.field)
        if not is_purpose_related(measure.purpose, measure.field):
            yield ("measures", name, "purpose"), _explain_other_purpose(measure)
    for name in list_shown_lists(catalogue):
        if not list_conduct(catalogue, list_records_behind(catalogue, name)):
            yield ("lists", name), _explain_missing_relation("", "public-information")
    yield from list_stacked_bars(catalogue)
    yield from _list_repeated_listings(catalogue)


def _list_repeated_listings(catalogue: Catalogue) -> BreachIterator:
    """Cases that list anew for what another case lists already: by the same record, or by one that follows it."""
    cases = [(name, case) for name, case in list_listing_cases(catalogue).items() if _is_of_burden(catalogue, case)]
    for number, (name, case) in enumerate(cases):
        origins = _list_origins(catalogue, case.record)
        for other, other_case in cases[:number]:
            if case.record in _list_origins(catalogue, other_case.record) or other_case.record in origins:
                params = {"first": other, "second": name}
                yield ("cases", name, "record"), Message(ConsequenceMessage.LISTED_TWICE, params)


def _is_of_burden(catalogue: Catalogue, case: CaseRule) -> bool:
    return "honour" not in list_conduct_natures(catalogue, (case.record,))


def _list_origins(catalogue: Catalogue, record: str) -> tuple[str, ...]:
    """A record type and those that it follows."""
    origins = [record]
    for origin in origins:  # grows by what each is about
        about = catalogue.records[origin].about
        origins += [about] if about and about not in origins else []
    return tuple(origins)


def list_stacked_bars(catalogue: Catalogue, others: Iterable[Catalogue] = ()) -> BreachIterator:
    """The measures that bar somebody for conduct for which one before them, here or in another catalogue, does too.

    Two are of a kind where they stand in one field, or are asked about for one purpose.
    """
    groups: defaultdict[_BarKey, list[str]] = defaultdict(list)
    for home in (*others, catalogue):
        for name, keys in _list_bar_keys(home).items():
            for key in keys:
                groups[key].append(name if home is catalogue else f"{home.name}/{name}")
    stacks = dict.fromkeys((key[0], tuple(names)) for key, names in groups.items() if len(names) > 1)
    for conduct, names in stacks:
        if measure := catalogue.measures.get(names[-1]):
            restricted = get_word_title("fields", measure.field).lower()
            params = {"measures": _join_names(names), "field": restricted, "conduct": conduct}
            yield ("measures", names[-1]), Message(ConsequenceMessage.RESTRICTED_TWICE, params)


@lru_cache(maxsize=512)
def _list_bar_keys(catalogue: Catalogue) -> Mapping[str, tuple[_BarKey, ...]]:
    return {name: tuple(_build_bar_keys(catalogue, measure)) for name, measure in list_bars(catalogue).items()}


def _build_bar_keys(catalogue: Catalogue, measure: Measure) -> Iterator[_BarKey]:
    """By conduct and kind of subject, each field and each purpose in which somebody can be barred once."""
    kinds = dict.fromkeys(kind for record in catalogue.resting_on(measure) for kind in catalogue.concerned(record))
    conduct = list_conduct(catalogue, list_ground_records(catalogue, measure)) or ("",)
    return product(conduct, kinds, (f"field {measure.field}", f"purpose {measure.purpose}"))


def _join_names(names: tuple[str, ...]) -> str | Message:
    joined: str | Message = names[0]
    for name in names[1:]:
        joined = Message(ConsequenceMessage.NAMES_JOINED, {"first": joined, "second": name})
    return joined


def _explain_missing_relation(conduct: str, field: str) -> Message:
    if field not in get_vocabulary("fields"):
        return explain_missing_word("fields", field)
    leads = ", ".join(get_vocabulary("conduct").get(conduct, {}).get("leads_to", ()))
    unnamed = ConsequenceMessage.FIELD_OF_OTHER_CONDUCT if conduct else ConsequenceMessage.FIELD_WITHOUT_CONDUCT
    params = {"field": get_word_title("fields", field), "conduct": conduct, "fields": leads}
    return Message(ConsequenceMessage.FIELD_UNRELATED if leads else unnamed, params)


def _explain_other_purpose(measure: Measure) -> Message:
    params = {"purpose": measure.purpose, "field": measure.field, "fields": ", ".join(list_purpose_fields(measure))}
    return Message(ConsequenceMessage.PURPOSE_UNRELATED, params)


def list_proportion_breaches(catalogue: Catalogue) -> BreachIterator:
    """8. Length is graded; minor breaches and inability carry no restriction; what is needed to live is exempt."""
    weights = _list_weights(catalogue)
    for name, rule in catalogue.lists.items():
        if rule.case and name in weights and not _has_graded_length(catalogue, rule):
            yield ("lists", name, "stays"), Message(ConsequenceMessage.LENGTH_UNGRADED)
        natures = list_conduct_natures(catalogue, list_records_behind(catalogue, name))
        yield from _list_missing_spares(catalogue, rule, natures, weights.get(name) == "bar")
    for case, case_rule in catalogue.cases.items():
        for name, exemption in case_rule.spares.items():
            if message := explain_unproven_spare(catalogue, case_rule.record, name, exemption.when):
                yield ("cases", case, "spares", name, "when"), message
    for name, measure in list_person_measures(catalogue).items():
        if name in list_bars(catalogue) and (missing := list_missing_exemptions(measure)):
            yield ("measures", name), _explain_missing_exemptions(measure, missing)


def _explain_missing_exemptions(measure: Measure, missing: list[str]) -> Message:
    code = ConsequenceMessage.LIVELIHOOD_HALF_SPARED if measure.exempts else ConsequenceMessage.LIVELIHOOD_UNSPARED
    return Message(code, {"exemptions": ", ".join(missing)})


def _list_weights(catalogue: Catalogue) -> dict[str, Weight]:
    """What each list costs whom it names, by itself or through lists that are made from it."""
    weights = dict(list_shown_lists(catalogue))
    for name, rule in catalogue.lists.items():
        for part in rule.from_ if weights.get(name) == "bar" else ():
            weights[part] = "bar"
    return weights


def _has_graded_length(catalogue: Catalogue, rule: ListRule) -> bool:
    """Whether it is short, depends on the case, or can end before its term."""
    if has_short_term(rule) or isinstance(rule.stays, DecidedTerm):
        return True
    if isinstance(rule.stays, CodedTerm) and len(set(rule.stays.terms.values())) > 1:
        return True
    return any(step.role in ("performance", "settlement", "repair") for step in list_ending_steps(catalogue, rule))


def _list_missing_spares(catalogue: Catalogue, rule: ListRule, natures: set[str], bars: bool) -> BreachIterator:
    case = find_list_case(catalogue, rule)
    path: Path = ("cases", rule.case or "", "spares")
    if case and "duty" in natures and "inability-to-pay" not in case.spares:
        yield path, Message(ConsequenceMessage.INABILITY_UNSPARED)
    if case and bars and "breach" in natures and "minor-first-breach" not in case.spares:
        yield path, Message(ConsequenceMessage.MINOR_BREACH_UNSPARED)


def list_uniformity_breaches(catalogue: Catalogue) -> BreachIterator:
    """9. Rules read neither place nor source nor somebody else's standing; nobody is bound for somebody else."""
    yield from list_reading_breaches(catalogue)
    yield from list_shared_finding_breaches(catalogue)
    yield from list_office_term_breaches(catalogue)
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
    yield from list_own_day_breaches(catalogue)
