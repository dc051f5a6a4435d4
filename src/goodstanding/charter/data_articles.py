"""Articles 2 to 5: what may be held."""

from __future__ import annotations

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.schemes import GradingScheme
from goodstanding.catalogue.validation.scheme_names import describe_person_overlap
from goodstanding.charter.catalogue_queries import (
    BreachIterator,
    list_person_lists,
    list_person_measures,
    list_person_record_types,
)
from goodstanding.charter.vocabulary import explain_missing_word, find_conduct_nature, get_vocabulary, list_court_kinds
from goodstanding.messages import ArticleMessage, Message

MONEY = frozenset({"unperformed-money-judgment"})
JUDGMENTS = MONEY | {"unperformed-delivery-judgment"}
SPARED_PERSONS = ("minor", "study-debt")
_LENDER_KINDS = frozenset({"amount", "count", "day", "performance", "ability"})  # what a lender may weigh
_CONDUCT_WEIGHTS = ("decision", "finding", "deed", "listing", "score", "report")  # what is about conduct


def list_vocabulary_breaches(catalogue: Catalogue) -> BreachIterator:
    """2. Conduct, kinds of field, fields of measures and purposes come from the charter's own lists."""
    yield from _list_conduct_breaches(catalogue)
    yield from _list_kind_breaches(catalogue)
    for name, measure in catalogue.measures.items():
        if measure.purpose not in get_vocabulary("purposes"):
            yield ("measures", name, "purpose"), explain_missing_word("purposes", measure.purpose)
    conduct = {word for record in catalogue.records.values() for word in record.conduct}
    if catalogue.organisations == "all" and not conduct <= MONEY:
        yield ("organisations",), Message(ArticleMessage.ORGANISATIONS_UNSPARED)


def _list_conduct_breaches(catalogue: Catalogue) -> BreachIterator:
    vocabulary = get_vocabulary("conduct")
    for name, record in catalogue.records.items():
        if record.states in _CONDUCT_WEIGHTS and not record.conduct and not record.about:
            yield ("records", name), Message(ArticleMessage.CONDUCT_UNSTATED)
        for word in record.conduct:
            if word not in vocabulary:
                yield ("records", name, "conduct"), explain_missing_word("conduct", word)


def _list_kind_breaches(catalogue: Catalogue) -> BreachIterator:
    vocabulary = get_vocabulary("kinds")
    for name, record in catalogue.records.items():
        for key, field in record.fields.items():
            path = ("records", name, "fields", key)
            if not field.kind:
                yield path, Message(ArticleMessage.KIND_UNSTATED)
            elif field.kind not in vocabulary:
                yield (*path, "kind"), explain_missing_word("kinds", field.kind)
            if field.type == "text" and field.public:
                yield path, Message(ArticleMessage.FREE_TEXT_PUBLIC)


def list_person_breaches(catalogue: Catalogue) -> BreachIterator:
    """3. A person enters only through a court list of money or delivery obligations, and is never published."""
    for name, identifiers in catalogue.identifiers.items():
        if message := describe_person_overlap(name, identifiers.pattern):
            yield ("identifiers", name, "pattern"), message
    for name, record in list_person_record_types(catalogue).items():
        if not set(record.by) <= set(list_court_kinds()):
            yield ("records", name, "by"), Message(ArticleMessage.PERSON_WITHOUT_COURT)
        if not set(record.conduct) <= JUDGMENTS:
            yield ("records", name, "conduct"), Message(ArticleMessage.PERSON_FOR_OTHER_CONDUCT)
        if record.audience == "anybody":
            yield ("records", name), Message(ArticleMessage.PERSON_RECORD_PUBLIC)
    for name, rule in list_person_lists(catalogue).items():
        if rule.audience == "anybody":
            yield ("lists", name, "audience"), Message(ArticleMessage.PERSON_LIST_PUBLIC)
        yield from _list_missing_exemptions(catalogue, rule.case)
    for name, measure in list_person_measures(catalogue).items():
        if not get_vocabulary("purposes").get(measure.purpose, {}).get("of_persons"):
            yield ("measures", name, "purpose"), Message(ArticleMessage.PERSON_LOOK_UP)


def _list_missing_exemptions(catalogue: Catalogue, case: str | None) -> BreachIterator:
    spares = catalogue.cases[case].spares if case else {}
    for exemption in SPARED_PERSONS if case else ():
        if exemption not in spares:
            yield ("cases", case or "", "spares"), Message(ArticleMessage.PERSON_UNSPARED, {"exemption": exemption})


def list_person_score_breaches(catalogue: Catalogue) -> BreachIterator:
    """4. No score of persons, but one that somebody asks for about themselves, for a loan."""
    for name, scheme in catalogue.schemes.items():
        if "person" in catalogue.concerned(scheme.record) and not _is_requested_score(catalogue, name, scheme):
            yield ("schemes", name), Message(ArticleMessage.PERSON_SCORE)


def _is_requested_score(catalogue: Catalogue, name: str, scheme: GradingScheme) -> bool:
    kinds = {field.kind for field in catalogue.records[scheme.record].fields.values()}
    purposes = {measure.purpose for measure in catalogue.measures.values() if measure.scheme == name}
    private = scheme.asked_by == "subject" and not scheme.kept and scheme.audience == "parties"
    return private and kinds <= _LENDER_KINDS and purposes <= {"extending-credit"}


def list_good_deed_breaches(catalogue: Catalogue) -> BreachIterator:
    """5. Good deeds of persons are not recorded; of organisations, only with consent."""
    for name, record in catalogue.records.items():
        if record.states == "deed" or "honour" in map(find_conduct_nature, record.conduct):
            if "person" in catalogue.concerned(name):
                yield ("records", name), Message(ArticleMessage.PERSON_DEED)
            elif record.consent is None:
                yield ("records", name), Message(ArticleMessage.DEED_WITHOUT_CONSENT)
    for name, measure in list_person_measures(catalogue).items():
        if measure.kind == "benefit":
            yield ("measures", name), Message(ArticleMessage.PERSON_BENEFIT)
