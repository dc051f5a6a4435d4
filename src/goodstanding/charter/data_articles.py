"""Articles 2 to 5: what may be held."""

from __future__ import annotations

from collections.abc import Iterator

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.feeds import Feed, ValueMapping
from goodstanding.catalogue.field_values import TRUTHS
from goodstanding.catalogue.primitives import BASIS
from goodstanding.catalogue.records import RecordType
from goodstanding.catalogue.schemes import GradingScheme
from goodstanding.catalogue.validation.scheme_names import describe_person_overlap
from goodstanding.charter.catalogue_queries import (
    BreachIterator,
    Path,
    list_person_lists,
    list_person_measures,
    list_person_record_types,
)
from goodstanding.charter.feed_articles import list_columns_of_others
from goodstanding.charter.vocabulary import explain_missing_word, find_conduct_nature, get_vocabulary, list_court_kinds
from goodstanding.messages import EntryMessage, Message

MONEY = frozenset({"unperformed-money-judgment"})
JUDGMENTS = MONEY | {"unperformed-delivery-judgment"}
SPARED_PERSONS = ("minor", "study-debt")
SHORTEST_NAME = 8  # letters of a first and a second name; codes of letters alone are shorter
DIGITS = frozenset("0123456789")
_LENDER_KINDS = frozenset({"amount", "count", "day", "performance", "ability"})  # what a lender may weigh
_CONDUCT_WEIGHTS = ("decision", "finding", "deed", "listing", "score", "report")  # what is about conduct
_WORDS = ("remark", "official")  # kinds of field in which somebody writes what they want
_OPEN_TYPES = ("code", "codes")  # free text, unless the words that they may have are listed
_STATED_BY_COURTS = ("decision", "step", "disclosure")
_FOLLOWING = ("step", "decision", "finding", "status")  # what can be about a judgment on file


def list_vocabulary_breaches(catalogue: Catalogue) -> BreachIterator:
    """2. Conduct, kinds of field, fields of measures and purposes come from the charter's own lists."""
    yield from _list_conduct_breaches(catalogue)
    for name, record in catalogue.records.items():
        yield from _list_field_breaches(name, record)
    for name, measure in catalogue.measures.items():
        if measure.purpose not in get_vocabulary("purposes"):
            yield ("measures", name, "purpose"), explain_missing_word("purposes", measure.purpose)
    for feed in catalogue.feeds.values():
        yield from _list_reference_breaches(catalogue, feed)
    conduct = {word for record in catalogue.records.values() for word in record.conduct}
    if catalogue.organisations == "all" and not conduct <= MONEY:
        yield ("organisations",), Message(EntryMessage.ORGANISATIONS_UNSPARED)


def _list_conduct_breaches(catalogue: Catalogue) -> BreachIterator:
    vocabulary = get_vocabulary("conduct")
    for name, record in catalogue.records.items():
        if record.states in _CONDUCT_WEIGHTS and not record.conduct and not record.about:
            yield ("records", name), Message(EntryMessage.CONDUCT_UNSTATED)
        for word in record.conduct:
            if word not in vocabulary:
                yield ("records", name, "conduct"), explain_missing_word("conduct", word)


def _list_field_breaches(name: str, record: RecordType) -> BreachIterator:
    vocabulary = get_vocabulary("kinds")
    for key, field in record.fields.items():
        path = ("records", name, "fields", key)
        if not field.kind:
            yield path, Message(EntryMessage.KIND_UNSTATED, {"kinds": ", ".join(vocabulary)})
        elif field.kind not in vocabulary:
            yield (*path, "kind"), explain_missing_word("kinds", field.kind)
        if field.type == "text" and field.public:
            yield path, Message(EntryMessage.FREE_TEXT_PUBLIC, {"field": key})
        elif field.type in _OPEN_TYPES and field.public and not field.one_of:
            yield path, Message(EntryMessage.OPEN_CODE_PUBLIC, {"field": key})


def _list_reference_breaches(catalogue: Catalogue, feed: Feed) -> BreachIterator:
    """A record's reference stands beside it for anybody, so no column of remarks fills it."""
    fields = catalogue.records[feed.record].fields
    remarks = {
        column
        for key, value in feed.fields.items()
        if fields[key].type == "text" and fields[key].kind in _WORDS
        for column in value.reads()
    }
    for column in sorted(remarks & set(feed.reference.reads())):
        params = {"feed": feed.feed, "column": column}
        yield ("records", feed.record), Message(EntryMessage.FREE_TEXT_REFERENCE, params)


def list_person_breaches(catalogue: Catalogue) -> BreachIterator:
    """3. A person enters only through a court list of money or delivery obligations, and is never published."""
    yield from _list_identifier_breaches(catalogue)
    for name, record in list_person_record_types(catalogue).items():
        yield from _list_court_breaches(catalogue, ("records", name, "by"), record)
        yield from _list_person_record_breaches(catalogue, name, record)
    for name, rule in list_person_lists(catalogue).items():
        if rule.audience == "anybody":
            yield ("lists", name, "audience"), Message(EntryMessage.PERSON_LIST_PUBLIC)
        if rule.copies != "nobody":
            yield ("lists", name, "copies"), Message(EntryMessage.PERSON_LIST_COPIED)
        yield from _list_missing_exemptions(catalogue, rule.case)
    for name, measure in list_person_measures(catalogue).items():
        if not get_vocabulary("purposes").get(measure.purpose, {}).get("of_persons"):
            purposes = ", ".join(word for word, entry in get_vocabulary("purposes").items() if entry.get("of_persons"))
            yield ("measures", name, "purpose"), Message(EntryMessage.PERSON_LOOK_UP, {"purposes": purposes})


def _list_court_breaches(catalogue: Catalogue, path: Path, record: RecordType) -> BreachIterator:
    """Whoever enters a person is a court: by the charter's list or by a law, with nobody but courts above it."""
    courts = {*list_court_kinds(), *catalogue.courts}
    params = {"courts": ", ".join(list_court_kinds())}
    if not record.by or not set(record.by) <= courts:
        yield path, Message(EntryMessage.PERSON_WITHOUT_COURT, params)
        return
    for kind in record.by:
        yield from ((path, defect) for defect in _list_court_defects(catalogue, kind, courts))


def _list_court_defects(catalogue: Catalogue, kind: str, courts: set[str]) -> Iterator[Message]:
    params = {"court": kind}
    kind_by_source = {source.id: source.kind for source in catalogue.sources}
    directors = [source.above for source in catalogue.sources if source.kind == kind and source.above]
    directors += [catalogue.admissions[kind].above] if kind in catalogue.admissions else []
    if any(kind_by_source.get(above, above) not in courts for above in directors if above):
        yield Message(EntryMessage.COURT_DIRECTED, params)
    stated = [record.states for record in catalogue.records.values() if kind in record.by and not record.about]
    if set(stated) - set(_STATED_BY_COURTS):
        yield Message(EntryMessage.COURT_INVESTIGATES, params)
    founded = catalogue.courts.get(kind)
    match = BASIS.match(founded.basis) if founded else None
    instrument = catalogue.instruments.get(match["instrument"]) if match else None
    article = instrument.articles.get(match["article"]) if instrument and match else None
    if founded and not (founded.is_compared and article and article.verified):
        yield Message(EntryMessage.COURT_UNFOUNDED, params)


def _list_person_record_breaches(catalogue: Catalogue, name: str, record: RecordType) -> BreachIterator:
    brings = record.states == "disclosure" and not record.conduct and not record.about
    follows = record.states in _FOLLOWING and record.about and not record.conduct
    decides = record.states == "decision" and record.conduct and set(record.conduct) <= JUDGMENTS
    if not (brings or follows or decides):
        yield ("records", name, "conduct"), Message(EntryMessage.PERSON_FOR_OTHER_CONDUCT)
    if record.audience == "anybody":
        yield ("records", name), Message(EntryMessage.PERSON_RECORD_PUBLIC)
    for key, field in record.fields.items():
        if get_vocabulary("kinds").get(field.kind, {}).get("of_persons") is False:
            params = {"field": key, "kind": str(get_vocabulary("kinds")[field.kind]["title"]).lower()}
            yield ("records", name, "fields", key, "kind"), Message(EntryMessage.PERSON_FIELD, params)


def _list_identifier_breaches(catalogue: Catalogue) -> BreachIterator:
    for name, identifiers in catalogue.identifiers.items():
        if message := describe_person_overlap(name, identifiers.pattern):
            yield ("identifiers", name, "pattern"), message
        elif _can_be_name(identifiers.pattern):
            yield ("identifiers", name, "pattern"), Message(EntryMessage.SCHEME_TAKES_NAMES, {"scheme": name})
    for feed in catalogue.feeds.values():
        path = ("records", feed.record)
        for identifier in feed.subject.identifiers:
            rule, start = catalogue.identifiers.get(identifier.scheme), identifier.value.prefix
            if start and rule and (message := describe_person_overlap(identifier.scheme, rule.pattern, start)):
                yield ("identifiers", identifier.scheme, "pattern"), message
        if feed.subject.kind not in (kinds := catalogue.concerned(feed.record)):
            params = {"feed": feed.feed, "kind": feed.subject.kind, "kinds": ", ".join(kinds)}
            yield path, Message(EntryMessage.FEED_OF_OTHERS, params)
        if feed.subject.kind == "establishment":
            yield from ((path, message) for message in _list_owner_joins(feed))


def _can_be_name(pattern: str) -> bool:
    """Whether a value of this pattern can be somebody's name: long enough, and nowhere a digit."""
    from goodstanding.subjects.value_patterns import parse_pattern  # most catalogues declare none

    forms = (form for form in parse_pattern(pattern).forms if len(form) >= SHORTEST_NAME)
    return any(DIGITS.isdisjoint(frozenset().union(*form)) for form in forms)


def _list_owner_joins(feed: Feed) -> Iterator[Message]:
    """Fields that repeat a name, which would lead from one premises to the others of an owner."""
    columns = {column for name in (feed.subject.name, *feed.subject.other_names) for column in name.reads()}
    for key, value in feed.fields.items():
        if not columns.isdisjoint(value.reads()):
            yield Message(EntryMessage.OWNER_JOINED, {"feed": feed.feed, "field": key})


def _list_missing_exemptions(catalogue: Catalogue, case: str | None) -> BreachIterator:
    spares = catalogue.cases[case].spares if case else {}
    for exemption in SPARED_PERSONS if case else ():
        if exemption not in spares:
            yield ("cases", case or "", "spares"), Message(EntryMessage.PERSON_UNSPARED, {"exemption": exemption})


def list_person_score_breaches(catalogue: Catalogue) -> BreachIterator:
    """4. No score of persons, but one that somebody asks for about themselves, for a loan, from what they bring."""
    of_persons = {
        name: scheme for name, scheme in catalogue.schemes.items() if "person" in catalogue.concerned(scheme.record)
    }
    for number, (name, scheme) in enumerate(of_persons.items()):
        if not _is_requested_score(catalogue, name, scheme):
            yield ("schemes", name), Message(EntryMessage.PERSON_SCORE)
        elif number:
            yield ("schemes", name), Message(EntryMessage.PERSON_SCORES_JOINED, {"scheme": next(iter(of_persons))})


def _is_requested_score(catalogue: Catalogue, name: str, scheme: GradingScheme) -> bool:
    brought = [scheme.record, *([scheme.starts_with] if scheme.starts_with else [])]
    brought += [bonus.needs for bonus in scheme.bonus if bonus.needs]
    purposes = {measure.purpose for measure in catalogue.measures.values() if measure.scheme == name}
    private = scheme.asked_by == "subject" and not scheme.kept and not scheme.public_grades
    private = private and scheme.audience == "parties"
    return (
        private and purposes <= {"extending-credit"} and all(_is_brought(catalogue.records[part]) for part in brought)
    )


def _is_brought(record: RecordType) -> bool:
    """Whether a record is what somebody brings themselves, and about money: never what a court or a score states."""
    kinds = {field.kind for field in record.fields.values()}
    return record.states == "disclosure" and not record.conduct and not record.about and kinds <= _LENDER_KINDS


def list_good_deed_breaches(catalogue: Catalogue) -> BreachIterator:
    """5. Good deeds of persons are not recorded; of organisations, only with consent, which a record asks for."""
    for name, record in catalogue.records.items():
        if record.states == "deed" or "honour" in map(find_conduct_nature, record.conduct):
            if "person" in catalogue.concerned(name):
                yield ("records", name), Message(EntryMessage.PERSON_DEED)
            elif record.consent is None:
                yield ("records", name), Message(EntryMessage.DEED_WITHOUT_CONSENT)
        for feed in catalogue.feeds.values():
            value = feed.fields.get(record.consent or "")
            if feed.record == name and value and _is_always_yes(value, feed):
                yield ("records", name, "consent"), Message(EntryMessage.CONSENT_FILLED, {"feed": feed.feed})
    for name, measure in list_person_measures(catalogue).items():
        if measure.kind == "benefit":
            yield ("measures", name), Message(EntryMessage.PERSON_BENEFIT)


def _is_always_yes(value: ValueMapping, feed: Feed) -> bool:
    """Whether a feed says yes for a row that does not: by a constant, another row, an empty cell or a no."""
    denials = {"*", "", *(word for word, truth in TRUTHS.items() if not truth)}
    agreeing = {word.lower() for word, truth in (value.map or {}).items() if truth}
    constant = value.text is not None or value.otherwise is not None
    is_contained = value.contains is not None and any(value.contains.lower() in word for word in denials - {"*"})
    is_of_others = value.gather not in (None, "same") or not list_columns_of_others(feed).isdisjoint(value.reads())
    return constant or is_contained or is_of_others or bool(value.prefix) or not denials.isdisjoint(agreeing)
