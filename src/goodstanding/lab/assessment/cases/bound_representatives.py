"""Who else is bound: measures and lists that reach others, spread over the laboratory's ties, outside the check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from goodstanding.catalogue.model import Catalogue
from goodstanding.lab.assessment.cases.case_samples import CaseSample
from goodstanding.lab.assessment.findings import Indicator, Result
from goodstanding.lab.assessment.life_histories import Floats, LifeHistory, Truths
from goodstanding.lab.assessment.life_samples import LifeSample, take_agents
from goodstanding.lab.assessment.result_builder import ResultBuilder
from goodstanding.lab.simulation.drawn_chunks import get_cells
from goodstanding.lab.simulation.kernel_tables import Integers
from goodstanding.lab.simulation.months.bound_others import Bound, spread_to_representatives
from goodstanding.lab.statistics.intervals import compute_ratio_of_sums
from goodstanding.lab.world.agents import AgentDraws
from goodstanding.lab.world.edges import choose_representatives
from goodstanding.lab.world.ties import load_tie_rules
from goodstanding.messages import AssessmentMessage

LEGAL_REPRESENTATIVE = "legal-representative"  # the only word of the rules for whom the world has a tie
SEPARATOR = "/"


@dataclass(frozen=True, slots=True)
class Reach:
    """A list or measure that binds others, and by which word the rules call them."""

    rule: str
    word: str

    @property
    def group(self) -> str:
        """Both, as a finding names them."""
        return f"{self.rule}{SEPARATOR}{self.word}"


def list_reaches(catalogue: Catalogue) -> list[Reach]:
    """The lists and measures of a catalogue that bind others, one for each word for whom."""
    rules = [(name, rule.reaches) for name, rule in catalogue.lists.items()]
    rules += [(name, rule.reaches) for name, rule in catalogue.measures.items()]
    return [Reach(name, word) for name, words in rules for word in words]


def list_reached(sample: LifeSample, builder: ResultBuilder) -> Iterator[Result]:
    """For each firm that is bound ever, how many are bound for it alone; one for each word of the rules."""
    behaviour = sample.counts.behaviour
    if behaviour is None:
        yield builder.leave_out(Indicator.REACHED, "", AssessmentMessage.BEHAVIOUR_NOT_GIVEN)
        return
    reaches = list_reaches(behaviour.catalogue)
    if not reaches:
        yield builder.leave_out(Indicator.REACHED, "", AssessmentMessage.NO_REACH)
    for reach in reaches:
        persons = get_cells(sample.population, "person").size
        if reach.word != LEGAL_REPRESENTATIVE or sample.kind != "firm" or not persons:
            yield builder.leave_out(Indicator.REACHED, reach.group, AssessmentMessage.NO_TIE, word=reach.word)
        else:
            yield _count_represented(sample, builder, reach)


def _count_represented(sample: LifeSample, builder: ResultBuilder, reach: Reach) -> Result:
    """Of each representative of these firms whether they are bound for them alone, over how many of them are."""
    people, places = np.unique(find_representatives(sample), return_inverse=True)
    bound = find_bound_months(sample, sample.history, reach.rule)
    columns = count_reached_alone(bound, places, _find_own_months(sample, people, reach.rule))
    number = int(np.count_nonzero(columns[0]))
    return builder.build_statistic(Indicator.REACHED, compute_ratio_of_sums, columns, number, reach.group)


def find_representatives(sample: LifeSample) -> Integers:
    """Which person represents each firm of a sample."""
    draws = AgentDraws(sample.population.seed, sample.agents.keys)
    persons, rule = get_cells(sample.population, "person").size, load_tie_rules().representatives
    return choose_representatives(draws, persons, rule.concentration).astype(np.int64)


def _find_own_months(sample: LifeSample, people: Integers, rule: str) -> Bound:
    """In which months these persons are bound by what was decided about themselves."""
    if "person" not in sample.counts.lives:
        return np.zeros((len(people), len(sample.lives.month_starts) - 1), np.bool_)
    persons = take_agents(sample.population, sample.counts, "person", people, type(sample))
    return find_bound_months(persons, persons.history, rule)


def find_bound_months(sample: LifeSample, history: LifeHistory, rule: str) -> Bound:
    """By agent and month, who is on a list or under a measure on the first day of the month."""
    is_bound = find_bound_standings(sample, rule)
    columns = [is_bound[history.find_standings(int(day))[1]] for day in sample.lives.month_starts[:-1]]
    return np.column_stack(columns)


def find_bound_standings(sample: LifeSample, rule: str) -> Truths:
    """At which standings a list or measure binds; last, none."""
    if isinstance(sample, CaseSample) and rule in sample.cases.list_names:
        return sample.is_on(sample.cases.list_names.index(rule))
    names = sample.lives.scheme.measures.names
    measure = names.index(rule) if rule in names else -1
    return np.array([*(measure in measures for measures in sample.list_measures()[1:]), False], np.bool_)


def count_reached_alone(bound: Bound, representatives: Integers, own: Bound) -> tuple[Floats, Floats]:
    """Of each person whether a firm binds them and nothing of their own ever does, and how many firms of theirs are."""
    reached = spread_to_representatives(bound, representatives.astype(np.uint32), len(own))
    firms = np.bincount(representatives, weights=bound.any(axis=1), minlength=len(own))
    is_alone = np.asarray(reached.any(axis=1) & ~own.any(axis=1))
    return is_alone.astype(np.float64), np.asarray(firms, np.float64)
