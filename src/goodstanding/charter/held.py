"""Articles 1 to 5: what may be held."""

from __future__ import annotations

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.model import BASIS, Scheme
from goodstanding.charter.parts import Found, about_persons, lists_of_persons, measures_on_persons
from goodstanding.charter.words import courts, nature, why_not, words

MONEY = frozenset({"unperformed-money-judgment"})
JUDGMENTS = MONEY | {"unperformed-delivery-judgment"}
SPARED_PERSONS = ("minor", "study-debt")
_BROUGHT = frozenset({"amount", "count", "day", "performance", "ability"})  # what a lender may weigh
_WEIGHTY = ("decision", "finding", "deed", "listing", "score", "report")  # what is about conduct


def basis(catalogue: Catalogue) -> Found:
    """1. Every rule cites an article of a published instrument."""
    for path, rule in catalogue.rules():
        match = BASIS.match(rule.basis)
        instrument = catalogue.instruments.get(match["instrument"]) if match else None
        if instrument and not instrument.published:
            yield (*path, "basis"), f"{instrument.title} was never published, so what it says is void."


def closed_vocabulary(catalogue: Catalogue) -> Found:
    """2. Conduct, kinds of field, fields of measures and purposes come from the charter's own lists."""
    yield from _conduct(catalogue)
    yield from _kinds(catalogue)
    for name, measure in catalogue.measures.items():
        if measure.purpose not in words("purposes"):
            why = why_not("purposes", measure.purpose)
            yield ("measures", name, "purpose"), f"The purpose {measure.purpose!r} does not exist. {why}"
    conduct = {word for record in catalogue.records.values() for word in record.conduct}
    if catalogue.organisations == "all" and not conduct <= MONEY:
        yield (
            ("organisations",),
            "Media, religious bodies, unions, parties and associations enter for money judgments only.",
        )


def _conduct(catalogue: Catalogue) -> Found:
    known = words("conduct")
    for name, record in catalogue.records.items():
        if record.states in _WEIGHTY and not record.conduct and not record.about:
            yield ("records", name), "The record type does not say which conduct it is about."
        for word in record.conduct:
            if word not in known:
                yield ("records", name, "conduct"), f"The conduct {word!r} does not exist. {why_not('conduct', word)}"


def _kinds(catalogue: Catalogue) -> Found:
    known = words("kinds")
    for name, record in catalogue.records.items():
        for key, field in record.fields.items():
            path = ("records", name, "fields", key)
            if not field.kind:
                yield path, "The field does not say which kind of thing it holds."
            elif field.kind not in known:
                yield (*path, "kind"), f"The kind {field.kind!r} does not exist. {why_not('kinds', field.kind)}"
            if field.type == "text" and field.public:
                yield path, "Free text is for the parties; what anybody sees is coded."


def persons(catalogue: Catalogue) -> Found:
    """3. A person enters only through a court list of money or delivery obligations, and is never published."""
    for name, record in about_persons(catalogue).items():
        if not set(record.by) <= set(courts()):
            yield ("records", name, "by"), "Only a court enters a person."
        if not set(record.conduct) <= JUDGMENTS:
            yield ("records", name, "conduct"), "A person enters for money or delivery that a court awarded, no more."
        if record.audience == "anybody":
            yield ("records", name), "A record about a person is never published."
    for name, rule in lists_of_persons(catalogue).items():
        if rule.audience == "anybody":
            yield ("lists", name, "audience"), "A list of persons is never published."
        yield from _unspared(catalogue, rule.case)
    for name, measure in measures_on_persons(catalogue).items():
        if not words("purposes").get(measure.purpose, {}).get("of_persons"):
            yield ("measures", name, "purpose"), "Nobody may look a person up for this purpose."


def _unspared(catalogue: Catalogue, case: str | None) -> Found:
    spares = catalogue.cases[case].spares if case else {}
    for who in SPARED_PERSONS if case else ():
        if who not in spares:
            yield ("cases", case or "", "spares"), f"The case does not spare whom the charter spares: {who}."


def no_score_of_persons(catalogue: Catalogue) -> Found:
    """4. No score of persons, but one that somebody asks for about themselves, for a loan."""
    for name, scheme in catalogue.schemes.items():
        if "person" in catalogue.concerned(scheme.record) and not _asked_for(catalogue, name, scheme):
            yield ("schemes", name), "A score of persons."


def _asked_for(catalogue: Catalogue, name: str, scheme: Scheme) -> bool:
    kinds = {field.kind for field in catalogue.records[scheme.record].fields.values()}
    purposes = {measure.purpose for measure in catalogue.measures.values() if measure.scheme == name}
    private = scheme.asked_by == "subject" and not scheme.kept and scheme.audience == "parties"
    return private and kinds <= _BROUGHT and purposes <= {"extending-credit"}


def good_deeds(catalogue: Catalogue) -> Found:
    """5. Good deeds of persons are not recorded; of organisations, only with consent."""
    for name, record in catalogue.records.items():
        if record.states == "deed" or "honour" in map(nature, record.conduct):
            if "person" in catalogue.concerned(name):
                yield ("records", name), "Good deeds of persons are not recorded."
            elif record.consent is None:
                yield ("records", name), "Good deeds of organisations are recorded only with their consent."
    for name, measure in measures_on_persons(catalogue).items():
        if measure.kind == "benefit":
            yield ("measures", name), "A person's conduct earns no favours."
