"""What a catalogue must satisfy beyond its form: each part exists, can fire, and contradicts no other."""

from __future__ import annotations

from collections import Counter

from goodstanding.catalogue.basics import CHARTER
from goodstanding.catalogue.case_checks import check_cases, check_lists, check_measures, check_procedures
from goodstanding.catalogue.checking import Checking
from goodstanding.catalogue.conditions import condition
from goodstanding.catalogue.contradictions import check_contradictions
from goodstanding.catalogue.feed_checks import check_feed
from goodstanding.catalogue.feeds import Feed
from goodstanding.catalogue.model import BASIS, Band, Catalogue, FieldRule, RecordType
from goodstanding.catalogue.places import Places
from goodstanding.catalogue.records import field_types
from goodstanding.catalogue.scheme_checks import check_schemes
from goodstanding.catalogue.schemes import Attribute, Fade
from goodstanding.errors import MissingBasis

CHARTER_ARTICLES = tuple(str(number) for number in range(1, 24))
CARRIED = ("position", "subject_id", "source", "reference", "about", "occurred", "published")


def check(catalogue: Catalogue, places: Places) -> None:
    """Raises the first CatalogueError found, with file, line and what would be right."""
    at = Checking(catalogue, places)
    _bases(at)
    _names(at)
    _records(at)
    check_procedures(at)
    check_schemes(at)
    check_cases(at)
    check_lists(at)
    check_measures(at)
    check_contradictions(at)
    for feed in catalogue.feeds.values():
        _feed(at, feed)


def _bases(at: Checking) -> None:
    for path, rule in at.catalogue.rules():
        if rule.basis or not isinstance(rule, Band | Attribute | Fade):
            _basis(at, rule.basis, (*path, "basis"))


def _basis(at: Checking, text: str, path: tuple[str | int, ...]) -> None:
    match = BASIS.match(text)
    if not match:
        remedy = "INSTRUMENT art. NUMBER"
        raise MissingBasis(f"The basis {text!r} names no article.", where=at.where(*path), remedy=remedy)
    instrument, article = match["instrument"], match["article"]
    if instrument == CHARTER:
        at.known(article, CHARTER_ARTICLES, "article of the charter", *path)
        return
    at.known(instrument, at.catalogue.instruments, "instrument", *path)
    law = at.catalogue.instruments[instrument]
    at.known(article, law.articles, f"article of {instrument}", *path)
    first = at.catalogue.in_force
    if law.in_force > first:
        problem = f"{instrument} was not yet in force on the rules' first day."
        raise MissingBasis(problem, where=at.where(*path), remedy=f"in_force: {law.in_force} or later")
    if law.until and law.until <= first:
        problem = f"{instrument} was no longer in force on the rules' first day."
        raise MissingBasis(problem, where=at.where(*path), remedy=f"an instrument in force on {first}")


def _names(at: Checking) -> None:
    """An effect is known by its rule's name, so no two rules that have effects share one."""
    kinds = ("schemes", "cases", "lists", "measures")
    named = [(kind, name) for kind in kinds for name in getattr(at.catalogue, kind)]
    count = Counter(name for _, name in named)
    for kind, name in reversed(named):
        if count[name] > 1:
            others = " and ".join(at.where(one, name) for one in kinds if name in getattr(at.catalogue, one))
            at.refuse(f"Several rules are named {name!r}: {others}.", "a name for each", kind, name)


def _records(at: Checking) -> None:
    kinds = {source.kind for source in at.catalogue.sources}
    for name, record in at.catalogue.records.items():
        place = ("records", name)
        if record.about:
            at.known(record.about, at.catalogue.records, "record type", *place, "about")
        for kind in record.by if kinds else ():
            at.known(kind, kinds, "kind of source", *place, "by")
        for field in record.fields:
            if field in CARRIED:
                at.refuse(f"Every record carries {field!r} already.", "another name", *place, "fields", field)
        if record.consent:
            proofs = [key for key, rule in record.fields.items() if rule.type == "boolean"]
            at.known(record.consent, proofs, "field that is true or false", *place, "consent")
        _published(at, name, record)


def _published(at: Checking, name: str, record: RecordType) -> None:
    outcomes: tuple[str, ...] = ()
    if record.published:
        schemes, cases = at.catalogue.schemes, at.catalogue.cases
        at.known(record.published, [*schemes, *cases], "scheme or case", "records", name, "published")
        scheme, case = schemes.get(record.published), cases.get(record.published)
        outcomes = scheme.grades if scheme else tuple(case.steps) if case else ()
    fields = {**at.fields(name), "published": FieldRule(type="code", title="What was published", one_of=outcomes)}
    for index, one in enumerate(record.explained):
        path = ("records", name, "explained", index, "when")
        at.can_hold(condition(one.when, field_types(fields), at.where(*path)), fields, *path)


def _feed(at: Checking, feed: Feed) -> None:
    check_feed(feed, at.catalogue, lambda *path: at.places.of(f"feeds/{feed.feed}.yaml", path))
