"""One life, told: what somebody did, what was recorded of it, what their standing became and why, day by day.

Beside it stands the twin: the same person where measures do nothing, so that what differs is the measures' doing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np

from goodstanding.catalogue.records import RecordType
from goodstanding.errors import LaboratoryError
from goodstanding.lab.assessment.cases.case_samples import CaseSample
from goodstanding.lab.assessment.cases.list_movements import list_standing_names
from goodstanding.lab.assessment.life_histories import (
    LifeHistory,
    find_record_acts,
    mark_false_records,
)
from goodstanding.lab.assessment.life_samples import LifeSample, take_agents
from goodstanding.lab.behaviour.behaviour_file import Behaviour
from goodstanding.lab.catalogue_views.case_stories import (
    iterate_told_debts,
    list_bound_beside,
    list_decided_acts,
    list_told_decisions,
)
from goodstanding.lab.catalogue_views.catalogue_populations import draw_shared_population, list_lived_kinds
from goodstanding.lab.compilation.answers.probe_records import Variant
from goodstanding.lab.compilation.behaviour_origins import list_origins
from goodstanding.lab.compilation.compiler import list_variants
from goodstanding.lab.compilation.scheme_arrays import NONE
from goodstanding.lab.simulation.drawn_chunks import get_cells
from goodstanding.lab.simulation.life_records import GONE, LOG_DAY, LOG_FIRST, LOG_ORDER, LOG_SECOND
from goodstanding.lab.simulation.outcomes.grade_levels import list_standings
from goodstanding.lab.simulation.outcomes.outcome_tables import NO_SCORE
from goodstanding.lab.simulation.runs import run
from goodstanding.lab.simulation.scheme_checks import EPOCH
from goodstanding.lab.simulation.scheme_lives import SchemeLives
from goodstanding.lab.world import Population
from goodstanding.messages import AssessmentMessage, Message

EventKind = Literal["done", "only-twin", "debt", "recorded", "withdrawn", "standing"]
Order = tuple[int, int]
Told = tuple[int, str, frozenset[int]]  # the score, what the standing is called, and the measures
_DONE, _RECORDED, _STANDING = range(3)  # the order within a day


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """Something of a life on a day.

    done       `subject` is the act; `is_shared` says that the twin did it too, `is_noticed` that it was recorded
    only-twin  the same of an act that only the twin did
    debt       `subject` is what becomes of a debt, `detail` of one that arises whether it can be paid
    recorded   `subject` is the type of record, `detail` its fields; `happened` the day of the conduct that it is about,
               `is_false` that nobody did it
    withdrawn  the record of that type was taken back after a dispute
    standing   `subject` is the grade with the lists, `score` the points, `reasons` what changed it since the last one;
               `begins` and `ends` are measures
    """

    day: date
    kind: EventKind
    subject: str
    detail: str = ""
    happened: date | None = None
    is_shared: bool = True
    is_noticed: bool = False
    is_false: bool = False
    score: int | None = None
    reasons: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LifeStory:
    """A made-up person or firm with their traits, what happened, and the twin's last standing beside their own.

    `binds_others` are lists and measures that bind others too, with the rules' words for them: outside the check.
    `has_lists` says that standings name lists, beside a grade or alone.
    """

    catalogue: str
    seed: int
    kind: str
    traits: dict[str, str]
    first_day: date
    end_day: date
    events: tuple[LifeEvent, ...]
    last_grade: str
    last_score: int | None
    twin_grade: str
    twin_score: int | None
    binds_others: tuple[str, ...] = ()
    has_lists: bool = False


@dataclass(frozen=True, slots=True)
class _Life:
    """What is needed to tell a life."""

    behaviour: Behaviour
    lives: SchemeLives
    grade_names: Sequence[str]
    measures: list[frozenset[int]]
    variants: list[Variant]
    history: LifeHistory
    twin: LifeHistory


def tell_life(behaviour: Behaviour, seed: int, months: int) -> LifeStory:
    """The life of the only agent of a population with this seed."""
    population = draw_shared_population([behaviour], 1, seed)
    counts = run(population, behaviour, months).schemes[0]
    lives = counts.lives[list_lived_kinds(behaviour)[0]]
    build = CaseSample if lives.scheme.stated_cases else LifeSample
    sample: LifeSample = take_agents(population, counts, lives.kind, np.arange(1), build)
    history, twin = sample.history, sample.twin
    if not len(history.standings):
        raise LaboratoryError(Message(AssessmentMessage.AGENT_UNKNOWN))
    variants = list_variants(behaviour, list_origins(behaviour))
    names = list_standing_names(sample) if isinstance(sample, CaseSample) else counts.grade_names
    life = _Life(behaviour, lives, names, sample.list_measures(), variants, history, twin)
    of_records = [*_iterate_records(life), *_iterate_decisions(life), *_iterate_debts(life)]
    events = sorted([*_iterate_acts(life), *of_records, *_iterate_standings(life)], key=_find_order)
    (score, grade), (twin_score, twin_grade) = (_find_last(life, of_life) for of_life in (history, twin))
    return LifeStory(
        behaviour.catalogue.name, seed, lives.kind, _describe_agent(population, lives), _to_day(history.first_day),
        _to_day(history.end_day), tuple(events), grade, score, twin_grade, twin_score,
        list_bound_beside(sample, behaviour.catalogue), isinstance(sample, CaseSample),
    )  # fmt: skip


def _find_order(event: LifeEvent) -> Order:
    places = {"done": _DONE, "only-twin": _DONE, "debt": _DONE, "standing": _STANDING}
    return event.day.toordinal(), places.get(event.kind, _RECORDED)


def _to_day(number: int) -> date:
    return EPOCH + timedelta(int(number))


def _describe_agent(population: Population, lives: SchemeLives) -> dict[str, str]:
    agents = population.make_agents(lives.kind, np.arange(1))
    levels = get_cells(population, lives.kind).levels
    traits = {trait: levels[trait][int(places[0])] for trait, places in agents.levels.items() if trait != "age"}
    described = {"age": str(int(agents.years[0])), **{trait: level for trait, level in traits.items() if level}}
    if lives.kind == "person":
        described["yearly income"] = f"{int(population.draw_incomes(agents)[0]):,} {population.country.plan.currency}"
    return described


def _find_last(life: _Life, history: LifeHistory) -> tuple[int | None, str]:
    scores, grades = history.find_standings(history.end_day - 1)
    return _read_score(life, int(scores[0]), int(grades[0])), _name_grade(life, int(grades[0]))


def _read_score(life: _Life, score: int, grade: int) -> int | None:
    """The score, where there is a grade, a scheme alone, and a number behind it."""
    is_alone = len(list_standings(life.lives.scheme).schemes) == 1
    return None if grade == NONE or score == NO_SCORE or not is_alone else score


def _name_grade(life: _Life, grade: int) -> str:
    return "none" if grade == NONE else life.grade_names[grade]


def _iterate_acts(life: _Life) -> Iterator[LifeEvent]:
    """What was done, marked where only one of the two did it."""
    names = life.lives.plan.names
    done, of_twin = (
        {(names[act], int(day)) for act, day in zip(history.acts.acts, history.acts.days, strict=True)}
        for history in (life.history, life.twin)
    )
    recorded = {
        (names[act], int(row[LOG_FIRST]))
        for act, row in zip(
            find_record_acts(life.lives, np.maximum(life.history.records[:, LOG_SECOND], 0)),
            life.history.records,
            strict=True,
        )
        if act != NONE and row[LOG_SECOND] != GONE
    } | {(names[act], day) for act, day in list_decided_acts(life.lives, life.history)}
    for act, day in done:
        yield LifeEvent(_to_day(day), "done", act, is_shared=(act, day) in of_twin, is_noticed=(act, day) in recorded)
    for act, day in of_twin - done:
        yield LifeEvent(_to_day(day), "only-twin", act, is_shared=False)


def _iterate_records(life: _Life) -> Iterator[LifeEvent]:
    by_order: dict[int, Variant] = {}
    records, is_false = life.history.records, mark_false_records(life.lives, life.history)
    for row, false in zip(records.tolist(), is_false.tolist(), strict=True):
        day, happened = _to_day(row[LOG_DAY]), _to_day(row[LOG_FIRST])
        if row[LOG_SECOND] == GONE:
            variant = by_order[row[LOG_ORDER]]
            yield LifeEvent(day, "withdrawn", _name_record(life, variant), _list_fields(variant), happened)
            continue
        variant = by_order[row[LOG_ORDER]] = life.variants[row[LOG_SECOND]]
        record, detail = _name_record(life, variant), _list_fields(variant)
        yield LifeEvent(day, "recorded", record, detail, happened, is_false=false)


def _iterate_decisions(life: _Life) -> Iterator[LifeEvent]:
    for decision in list_told_decisions(life.history):
        variant = life.variants[decision.variant]
        yield LifeEvent(
            _to_day(decision.day), "withdrawn" if decision.is_withdrawn else "recorded", _name_record(life, variant),
            _list_fields(variant), _to_day(decision.occurred), is_false=decision.is_false,
        )  # fmt: skip


def _iterate_debts(life: _Life) -> Iterator[LifeEvent]:
    for debt in iterate_told_debts(life.history):
        yield LifeEvent(_to_day(debt.day), "debt", debt.turn, debt.truth)


def _name_record(life: _Life, variant: Variant) -> str:
    record: RecordType = life.behaviour.catalogue.records[variant.record]
    return record.title


def _list_fields(variant: Variant) -> str:
    return ", ".join(f"{name}: {value}" for name, value in variant.fields if value is not None)


def _iterate_standings(life: _Life) -> Iterator[LifeEvent]:
    """Each standing that says something else than the one before."""
    before: Told | None = None
    old = NONE
    for _agent, day, score, grade in life.history.standings.tolist():
        seen = score, _name_grade(life, grade), life.measures[grade + 1]
        if seen != (before or _find_unlisted(life)):
            begins, ends = _compare_measures(life, old, grade)
            yield LifeEvent(
                _to_day(day), "standing", _name_grade(life, grade), score=_read_score(life, score, grade),
                reasons=tuple(_list_reasons(life, day)), begins=begins, ends=ends,
            )  # fmt: skip
        before, old = seen, grade


def _find_unlisted(life: _Life) -> Told | None:
    """What somebody on no list begins with, which is not told; None where nothing holds before the first record."""
    return (0, _name_grade(life, NONE), life.measures[0]) if life.lives.scheme.stated_cases else None


def _compare_measures(life: _Life, old: int, new: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    old_measures, new_measures = (_list_measures(life, grade) for grade in (old, new))
    begins = tuple(measure for measure in new_measures if measure not in old_measures)
    return begins, tuple(measure for measure in old_measures if measure not in new_measures)


def _list_measures(life: _Life, grade: int) -> list[str]:
    """The measures that follow from a standing, by their titles."""
    names, catalogue = life.lives.scheme.measures.names, life.behaviour.catalogue
    return [catalogue.measures[names[measure]].title for measure in sorted(life.measures[grade + 1])]


def _list_reasons(life: _Life, day: int) -> Iterator[str]:
    """What the records that became known or were withdrawn on a day count for; where none did, time itself."""
    by_order = {row[LOG_ORDER]: row[LOG_SECOND] for row in life.history.records.tolist() if row[LOG_SECOND] != GONE}
    rows = [row for row in life.history.records.tolist() if row[LOG_DAY] == day]
    decisions = [decision for decision in list_told_decisions(life.history) if decision.day == day]
    for decision in decisions:
        text = _name_record(life, life.variants[decision.variant])
        yield f"no longer {text}" if decision.is_withdrawn else text
    if not rows and not decisions:
        yield "time has passed"
    for row in rows:
        is_withdrawn = row[LOG_SECOND] == GONE
        for text in _list_rules(life, by_order[row[LOG_ORDER]]):
            yield f"no longer {text}" if is_withdrawn else text


def _list_rules(life: _Life, variant: int) -> Iterator[str]:
    """The items and direct grades under which a record falls, with the points; else the record itself."""
    if not life.lives.scheme.points:
        yield f"the newest record: {_name_record(life, life.variants[variant])}"
        return
    points = life.lives.scheme.points[0]
    scheme = life.behaviour.catalogue.schemes[points.name]
    if points.joins[variant]:
        yield "taken into the scheme"
    first, end = points.stage_starts[variant : variant + 2]
    for row in range(first, end):
        item = scheme.items[points.item_names[points.stage_items[row]]]
        number = "no points, as a field is missing" if points.stage_undecided[row] else f"{points.stage_points[row]:+}"
        yield f"{item.title}: {number}"
    first, end = points.direct_starts[variant : variant + 2]
    for row in range(first, end):
        yield f"grade {points.grade_names[points.direct_grades[row]]}, whatever the points"
