"""What a catalogue must satisfy beyond its form: bases exist, conditions fit their fields, bands can be reached."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import partial
from typing import Any

from goodstanding.catalogue.bands import check_bands
from goodstanding.catalogue.conditions import NUMBER, Condition, compared, condition
from goodstanding.catalogue.feed_checks import check_feed
from goodstanding.catalogue.feeds import Feed
from goodstanding.catalogue.model import BASIS, Band, Catalogue, FieldRule, Scheme, Step, Term
from goodstanding.catalogue.places import Places
from goodstanding.catalogue.schemes import Attribute, Fade
from goodstanding.errors import BadCondition, CatalogueError, MissingBasis, UnknownKey

CHARTER = "charter"
CHARTER_ARTICLES = tuple(str(number) for number in range(1, 24))


def check(catalogue: Catalogue, places: Places) -> None:
    """Raises the first CatalogueError found, with file, line and what would be right."""
    _Check(catalogue, places).all()


def field_types(fields: Mapping[str, FieldRule]) -> Mapping[str, str]:
    """What a condition over a record may read: its fields, and the days it carries."""
    return {**{name: rule.type for name, rule in fields.items()}, "occurred": "date"}


class _Check:
    def __init__(self, catalogue: Catalogue, places: Places) -> None:
        self.catalogue, self.places = catalogue, places

    def all(self) -> None:
        for part in (self.bases, self.records, self.schemes, self.cases, self.lists, self.measures, self.feeds):
            part()

    def where(self, *path: str | int) -> str:
        return self.places.of("catalogue.yaml", path)

    def known(self, name: str, names: Iterable[str], what: str, *path: str | int) -> None:
        names = list(names)
        if name not in names:
            near = get_close_matches(name, names, n=1)
            remedy = near[0] if near else ", ".join(names) or f"declare a {what} first"
            raise UnknownKey(f"There is no {what} {name!r}.", where=self.where(*path), remedy=remedy)

    def condition(self, text: str, record: str, *path: str | int, wants: str | None = None) -> Condition:
        fields = self.catalogue.records[record].fields
        found = condition(text, field_types(fields), self.where(*path), *([wants] if wants else []))
        for name, value in compared(found.tree):
            self.possible(value, fields.get(name), name, *path)
        return found

    def possible(self, value: str, field: FieldRule | None, name: str, *path: str | int) -> None:
        if field and field.one_of and value not in field.one_of:
            near = get_close_matches(value, field.one_of, n=1)
            remedy = near[0] if near else "one of " + ", ".join(field.one_of)
            raise BadCondition(f"The field {name!r} is never {value!r}.", where=self.where(*path), remedy=remedy)

    def bases(self) -> None:
        for path, rule in self.catalogue.rules():
            if isinstance(rule, Band | Attribute | Fade) and not rule.basis:
                continue
            self.basis(rule.basis, (*path, "basis"))

    def basis(self, text: str, path: tuple[str | int, ...]) -> None:
        match = BASIS.match(text)
        if not match:
            remedy = "INSTRUMENT art. NUMBER"
            raise MissingBasis(f"The basis {text!r} names no article.", where=self.where(*path), remedy=remedy)
        instrument, article = match["instrument"], match["article"]
        if instrument == CHARTER:
            self.known(article, CHARTER_ARTICLES, "article of the charter", *path)
            return
        self.known(instrument, self.catalogue.instruments, "instrument", *path)
        law = self.catalogue.instruments[instrument]
        self.known(article, law.articles, f"article of {instrument}", *path)
        first, where = self.catalogue.in_force, self.where(*path)
        if law.in_force > first:
            problem = f"{instrument} was not yet in force on the rules' first day."
            raise MissingBasis(problem, where=where, remedy=f"in_force: {law.in_force} or later")
        if law.until and law.until <= first:
            problem = f"{instrument} was no longer in force on the rules' first day."
            raise MissingBasis(problem, where=where, remedy=f"an instrument in force on {first}")

    def records(self) -> None:
        kinds = {source.kind for source in self.catalogue.sources}
        for name, record in self.catalogue.records.items():
            if record.about:
                self.known(record.about, self.catalogue.records, "record type", "records", name, "about")
            for kind in record.by if kinds else ():
                self.known(kind, kinds, "kind of source", "records", name, "by")
            if record.published:
                outcomes = [*self.catalogue.schemes, *self.catalogue.cases]
                self.known(record.published, outcomes, "scheme or case", "records", name, "published")
            types = {**field_types(record.fields), "published": "code"}
            for index, one in enumerate(record.explained):
                condition(one.when, types, self.where("records", name, "explained", index, "when"))

    def schemes(self) -> None:
        for name, scheme in self.catalogue.schemes.items():
            place = ("schemes", name)
            self.known(scheme.record, self.catalogue.records, "record type", *place, "record")
            for text, path in _texts(scheme):
                self.condition(text, scheme.record, *place, *path)
            self.shape(scheme, place)
            check_bands(scheme, self.catalogue.records[scheme.record].fields, partial(self.where, *place))
            grades = [band.grade for band in scheme.bands]
            for index, may in enumerate(scheme.discretion):
                self.known(may.grade, grades, "band", *place, "discretion", index, "grade")

    def shape(self, scheme: Scheme, place: tuple[str | int, ...]) -> None:
        if scheme.kind == "latest":
            if scheme.score is None:
                raise CatalogueError(
                    "A scheme of kind latest needs a score.", where=self.where(*place), remedy="score: …"
                )
            self.condition(scheme.score, scheme.record, *place, "score", wants=NUMBER)
            return
        needed = [key for key in ("base", "floor", "cap", "starts_with") if getattr(scheme, key) is None]
        if needed or not scheme.items:
            missing = needed[0] if needed else "items"
            raise CatalogueError(
                f"A scheme of kind points needs {missing!r}.", where=self.where(*place), remedy=f"{missing}: …"
            )
        floor, base, cap = scheme.floor or 0, scheme.base or 0, scheme.cap or 0
        if not floor <= base <= cap:
            where = self.where(*place, "base")
            raise CatalogueError("The base is not between floor and cap.", where=where, remedy=f"{floor} to {cap}")
        names = [scheme.starts_with, *(bonus.needs for bonus in scheme.bonus if bonus.needs)]
        for record in names:
            self.known(str(record), self.catalogue.records, "record type", *place)

    def cases(self) -> None:
        for name, case in self.catalogue.cases.items():
            self.known(case.record, self.catalogue.records, "record type", "cases", name, "record")
            for step_name, step in case.steps.items():
                self.step(step, case.record, case.steps, ("cases", name, "steps", step_name))

    def step(self, step: Step, opening: str, steps: Mapping[str, Step], place: tuple[str | int, ...]) -> None:
        record = step.record or opening
        self.known(record, self.catalogue.records, "record type", *place, "record")
        if record != opening and self.catalogue.records[record].about != opening:
            remedy = f"about: {opening} in the record type {record}"
            raise CatalogueError(
                f"A {record} is not about a {opening}.", where=self.where(*place, "record"), remedy=remedy
            )
        fields = field_types(self.catalogue.records[record].fields)
        for key in ("on", "public_on"):
            if (field := getattr(step, key)) is not None:
                self.known(field, [n for n, kind in fields.items() if kind == "date"], "date field", *place, key)
        for earlier in step.after:
            self.known(earlier, steps, "step", *place, "after")
        if step.when:
            self.condition(step.when, record, *place, "when")
        if isinstance(step.not_before, Term):
            self.term(step.not_before, opening, *place, "not_before")

    def term(self, term: Term, record: str, *path: str | int) -> None:
        fields = self.catalogue.records[record].fields
        self.known(term.by, fields, "field", *path, "by")
        for code in fields[term.by].one_of:
            self.known(code, term.terms, f"term for {term.by} =", *path, "terms")
        for code in term.terms if fields[term.by].one_of else ():
            self.known(code, fields[term.by].one_of, f"code of {term.by}", *path, "terms", code)

    def lists(self) -> None:
        for name, rule in self.catalogue.lists.items():
            if not rule.case:
                continue
            self.known(rule.case, self.catalogue.cases, "case", "lists", name, "case")
            for step in rule.while_:
                self.known(step, self.catalogue.cases[rule.case].steps, "step", "lists", name, "while")
            if isinstance(rule.stays, Term):
                self.term(rule.stays, self.catalogue.cases[rule.case].record, "lists", name, "stays")

    def measures(self) -> None:
        for name, measure in self.catalogue.measures.items():
            if measure.list:
                self.known(measure.list, self.catalogue.lists, "list", "measures", name, "list")

    def feeds(self) -> None:
        for feed in self.catalogue.feeds.values():
            self.feed(feed)

    def feed(self, feed: Feed) -> None:
        check_feed(feed, self.catalogue, lambda *path: self.places.of(f"feeds/{feed.feed}.yaml", path))


def _texts(scheme: Scheme) -> Iterable[tuple[str, tuple[Any, ...]]]:
    if scheme.counts_when:
        yield scheme.counts_when, ("counts_when",)
    for key in ("ungraded", "discretion", "bands"):
        for index, rule in enumerate(getattr(scheme, key)):
            if rule.when:
                yield rule.when, (key, index, "when")
    for name, item in scheme.items.items():
        yield item.when, ("items", name, "when")
