"""The twenty-three articles of the charter, in order: their words from `articles.yaml`, their functions from here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from goodstanding.catalogue import Catalogue
from goodstanding.charter import decided, follows, held, seen
from goodstanding.charter.parts import Found, about_persons, contested
from goodstanding.charter.parts import decided as _decided
from goodstanding.charter.words import nature, read


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its number, title and text, the law or criticism it answers, and its two functions."""

    number: int
    title: str
    says: str
    answers: str
    applies: Callable[[Catalogue], bool] = field(repr=False)
    breaches: Callable[[Catalogue], Found] = field(repr=False)


def _always(catalogue: Catalogue) -> bool:
    return True


def _on_persons(catalogue: Catalogue) -> bool:
    return bool(about_persons(catalogue))


def _has_deeds(catalogue: Catalogue) -> bool:
    of_honour = any(nature(word) == "honour" for record in catalogue.records.values() for word in record.conduct)
    benefits = any(measure.kind == "benefit" for measure in catalogue.measures.values())
    return of_honour or benefits or any(record.states == "deed" for record in catalogue.records.values())


def _has_measures(catalogue: Catalogue) -> bool:
    return bool(catalogue.measures)


def _has_followed(catalogue: Catalogue) -> bool:
    return bool(catalogue.measures or catalogue.lists)


def _has_outcomes(catalogue: Catalogue) -> bool:
    return bool(catalogue.lists or catalogue.schemes)


def _has_lists(catalogue: Catalogue) -> bool:
    return bool(catalogue.lists)


def _decides(catalogue: Catalogue) -> bool:
    return any(True for _ in _decided(catalogue))


def _can_be_contested(catalogue: Catalogue) -> bool:
    return any(True for _ in contested(catalogue))


def _has_interim(catalogue: Catalogue) -> bool:
    return any(procedure.interim for procedure in catalogue.procedures.values())


def _is_live(catalogue: Catalogue) -> bool:
    return catalogue.mode == "live"


_FUNCTIONS = (
    (_always, held.basis),
    (_always, held.closed_vocabulary),
    (_on_persons, held.persons),
    (_on_persons, held.no_score_of_persons),
    (_has_deeds, held.good_deeds),
    (_has_measures, follows.prior_decision),
    (_has_measures, follows.relation),
    (_has_followed, follows.proportion),
    (_always, follows.uniform),
    (_always, follows.not_backwards),
    (_has_outcomes, follows.end),
    (_decides, decided.notice),
    (_decides, decided.hearing),
    (_can_be_contested, decided.appeal),
    (_can_be_contested, decided.silence),
    (_has_interim, decided.emergency),
    (_decides, decided.repair),
    (_decides, decided.proof_of_steps),
    (_always, seen.audience),
    (_always, seen.look_ups),
    (_has_lists, seen.copies),
    (_always, seen.nothing_beside),
    (_is_live, seen.answerable),
)


def _articles() -> Iterator[Article]:
    said = read("articles.yaml")
    for number, (applies, breaches) in enumerate(_FUNCTIONS, 1):
        yield Article(number, **said[str(number)], applies=applies, breaches=breaches)


ARTICLES: tuple[Article, ...] = tuple(_articles())
