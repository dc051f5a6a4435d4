"""The twenty-three articles of the charter, in order: their words from `articles.yaml`, their functions from here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from goodstanding.catalogue import Catalogue
from goodstanding.charter.accountability_articles import (
    list_accountability_breaches,
    list_audience_breaches,
    list_copy_breaches,
    list_laboratory_breaches,
    list_look_up_breaches,
)
from goodstanding.charter.burdens.term_articles import list_end_breaches, list_repair_breaches
from goodstanding.charter.catalogue_queries import (
    BreachIterator,
    list_contestable_proceedings,
    list_person_record_types,
)
from goodstanding.charter.catalogue_queries import list_adverse_proceedings as _decided
from goodstanding.charter.data_articles import (
    list_good_deed_breaches,
    list_person_breaches,
    list_person_score_breaches,
    list_vocabulary_breaches,
)
from goodstanding.charter.effect_articles import (
    list_prior_decision_breaches,
    list_proportion_breaches,
    list_relation_breaches,
    list_retroactivity_breaches,
    list_uniformity_breaches,
)
from goodstanding.charter.legal_bases import list_basis_breaches
from goodstanding.charter.procedure_articles import (
    list_appeal_breaches,
    list_emergency_breaches,
    list_hearing_breaches,
    list_notice_breaches,
    list_silence_breaches,
)
from goodstanding.charter.step_proofs import list_step_proof_breaches
from goodstanding.charter.vocabulary import find_conduct_nature, read_charter_file


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its number, title and text, the law or criticism it answers, and its two functions."""

    number: int
    title: str
    says: str
    answers: str
    applies: Callable[[Catalogue], bool] = field(repr=False)
    breaches: Callable[[Catalogue], BreachIterator] = field(repr=False)


def _applies_always(catalogue: Catalogue) -> bool:
    return True


def _concerns_persons(catalogue: Catalogue) -> bool:
    return bool(list_person_record_types(catalogue))


def _may_name_persons(catalogue: Catalogue) -> bool:
    return _concerns_persons(catalogue) or bool(catalogue.identifiers)


def _has_deeds(catalogue: Catalogue) -> bool:
    of_honour = any(
        find_conduct_nature(word) == "honour" for record in catalogue.records.values() for word in record.conduct
    )
    benefits = any(measure.kind == "benefit" for measure in catalogue.measures.values())
    return of_honour or benefits or any(record.states == "deed" for record in catalogue.records.values())


def _has_consequences(catalogue: Catalogue) -> bool:
    return bool(catalogue.measures or catalogue.lists)


def _has_outcomes(catalogue: Catalogue) -> bool:
    return bool(catalogue.lists or catalogue.schemes)


def _has_lists(catalogue: Catalogue) -> bool:
    return bool(catalogue.lists)


def _has_decisions(catalogue: Catalogue) -> bool:
    return any(True for _ in _decided(catalogue))


def _can_be_contested(catalogue: Catalogue) -> bool:
    return any(True for _ in list_contestable_proceedings(catalogue))


def _has_interim(catalogue: Catalogue) -> bool:
    steps = (step for case in catalogue.cases.values() for step in case.steps.values())
    return any(procedure.interim for procedure in catalogue.procedures.values()) or any(
        step.role == "interim" for step in steps
    )


def _is_live(catalogue: Catalogue) -> bool:
    return catalogue.mode == "live"


_FUNCTIONS = (
    (_applies_always, list_basis_breaches),
    (_applies_always, list_vocabulary_breaches),
    (_may_name_persons, list_person_breaches),
    (_concerns_persons, list_person_score_breaches),
    (_has_deeds, list_good_deed_breaches),
    (_has_consequences, list_prior_decision_breaches),
    (_has_consequences, list_relation_breaches),
    (_has_consequences, list_proportion_breaches),
    (_applies_always, list_uniformity_breaches),
    (_applies_always, list_retroactivity_breaches),
    (_has_outcomes, list_end_breaches),
    (_has_decisions, list_notice_breaches),
    (_has_decisions, list_hearing_breaches),
    (_can_be_contested, list_appeal_breaches),
    (_can_be_contested, list_silence_breaches),
    (_has_interim, list_emergency_breaches),
    (_has_decisions, list_repair_breaches),
    (_has_decisions, list_step_proof_breaches),
    (_applies_always, list_audience_breaches),
    (_applies_always, list_look_up_breaches),
    (_has_lists, list_copy_breaches),
    (_applies_always, list_laboratory_breaches),
    (_is_live, list_accountability_breaches),
)


def _build_articles() -> Iterator[Article]:
    texts = read_charter_file("articles.yaml")
    for number, (applies, breaches) in enumerate(_FUNCTIONS, 1):
        yield Article(number, **texts[str(number)], applies=applies, breaches=breaches)


ARTICLES: tuple[Article, ...] = tuple(_build_articles())
