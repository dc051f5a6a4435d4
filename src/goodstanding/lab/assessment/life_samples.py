"""A sample of the agents of a run, who live again: under the scheme, without its measures, and without mistakes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

import numpy as np

from goodstanding.catalogue.model import Catalogue
from goodstanding.lab.acts import AgentKind
from goodstanding.lab.assessment.life_histories import Floats, LifeHistory, Truths, mark_false_records, write_history
from goodstanding.lab.compilation.breaches import find_breaches
from goodstanding.lab.compilation.scheme_arrays import SchemeArrays
from goodstanding.lab.simulation.drawn_chunks import AgentChunk, build_chunk, get_cells
from goodstanding.lab.simulation.kernel_tables import AgentTable, Integers, compute_occasion_odds
from goodstanding.lab.simulation.life_records import GONE, LOG_AGENT, LOG_SECOND
from goodstanding.lab.simulation.outcomes.grade_levels import list_standings
from goodstanding.lab.simulation.outcomes.outcome_tables import NO_SCORE
from goodstanding.lab.simulation.run_counts import Mechanisms, SchemeCounts
from goodstanding.lab.simulation.scheme_lives import SchemeLives
from goodstanding.lab.world import Population
from goodstanding.lab.world.agents import Agents

TWIN: Mechanisms = ()
Sample = TypeVar("Sample", bound="LifeSample")


@dataclass(frozen=True)
class LifeSample:
    """Agents of one kind under one scheme, of whom all is written down; only those whom the rules ever reach."""

    population: Population
    counts: SchemeCounts
    lives: SchemeLives
    chunk: AgentChunk

    @property
    def kind(self) -> AgentKind:
        """Persons or firms."""
        return self.lives.kind

    @property
    def people(self) -> int:
        """How many there are."""
        return len(self.chunk.numbers)

    @property
    def mechanisms(self) -> Mechanisms:
        """The mechanisms that are at work in the run's first arm, which is the one assessed."""
        return self.counts.arms[0].mechanisms

    @cached_property
    def agents(self) -> Agents:
        """The traits of the agents."""
        return self.population.make_agents(self.kind, self.chunk.numbers)

    @cached_property
    def history(self) -> LifeHistory:
        """Their lives under the scheme."""
        return self.write(self.lives, self.chunk.table, self.mechanisms)

    @cached_property
    def twin(self) -> LifeHistory:
        """The same lives where measures do nothing."""
        return self.write(self.lives, self.chunk.table, TWIN)

    @cached_property
    def corrected(self) -> LifeHistory:
        """The same lives where no record is false, and what was withdrawn never counted for a day."""
        scheme = self.lives.scheme
        truthful = replace(
            scheme, origins=replace(scheme.origins, false_rates=np.zeros_like(scheme.origins.false_rates))
        )
        origins = self.lives.origins._replace(days_to_decide=0)
        odds = compute_occasion_odds(truthful, self.lives.plan, len(self.lives.month_starts) - 1)
        lives = replace(self.lives, scheme=truthful, origins=origins, odds=odds)
        return self.write(lives, self.chunk.table, self.mechanisms)

    @property
    def right(self) -> LifeHistory:
        """The lives with which copies are compared: without mistakes, and without delay where cases end."""
        return self.corrected

    def write(self, lives: SchemeLives, table: AgentTable, mechanisms: Mechanisms) -> LifeHistory:
        """Lives agents again, and writes them down."""
        return write_history(self.population, lives, replace(self.chunk, table=table), mechanisms)

    @cached_property
    def is_hit(self) -> Truths:
        """Which standings hit somebody: bad ones, and those from which something adverse follows; last, no grade."""
        is_adverse = self.lives.scheme.measures.is_adverse
        adverse = [bool(is_adverse[sorted(measures)].any()) for measures in self.list_measures()]
        return np.append(self.lives.is_bad | adverse[1:], False)

    def rank_people(self, history: LifeHistory, day: int) -> tuple[Floats, Integers]:
        """The score of each on a day, and the standing; without a score the rank of the grade stands for it."""
        scores, standings = history.find_standings(day)
        schemes = list_standings(self.lives.scheme).schemes
        if len(schemes) == 1 and (scores != NO_SCORE).all():
            return scores.astype(np.float64), standings
        return -find_ranks(self.lives.scheme)[standings].astype(np.float64), standings

    def list_measures(self) -> list[frozenset[int]]:
        """The measures that follow from each standing, by their indexes; first, from no grade."""
        return list_standings(self.lives.scheme).list_measures()

    @cached_property
    def is_breach(self) -> Truths:
        """Which acts of the plan can lose points, or a grade."""
        return find_breaches(self.lives.scheme, self.lives.plan.names)

    def write_lives(self, table: AgentTable) -> LifeHistory:
        """Their lives under the scheme, with another table of them: such as in other places."""
        return self.write(self.lives, table, self.mechanisms)

    def list_reached(self) -> Integers:
        """The agents whom the rules ever reach."""
        return np.unique(self.history.standings[:, 0])

    def find_unheard(self) -> Truths | None:
        """Which standings hit somebody by what the rules let nobody answer before; None where no rules are known."""
        behaviour = self.counts.behaviour
        return self.is_hit & (not self.hears_before_grades(behaviour.catalogue)) if behaviour else None

    def hears_before_grades(self, catalogue: Catalogue) -> bool:
        """Whether the rules of every scheme let somebody answer before it takes effect."""
        schemes = [catalogue.schemes[graded.arrays.name] for graded in list_standings(self.lives.scheme).schemes]
        return all(is_heard(catalogue, scheme.procedure) for scheme in schemes)

    def count_work(self) -> tuple[Floats, Floats]:
        """Records made about each agent, and disputes that are to be expected of them, by right and by wrong ones."""
        records, disputes = self.history.records, self.lives.scheme.disputes
        is_record = records[:, LOG_SECOND] != GONE
        is_false = mark_false_records(self.lives, self.history)
        numbers, false_numbers = (
            np.bincount(records[rows, LOG_AGENT], minlength=self.people) for rows in (is_record, is_false)
        )
        asks = (disputes.asks_if_right, disputes.asks_if_wrong) if disputes else (0.0, 0.0)
        return numbers.astype(np.float64), asks[0] * (numbers - false_numbers) + asks[1] * false_numbers

    def list_levels(self, trait: str) -> tuple[str, ...]:
        """The levels of a trait; none where the population lacks it."""
        return get_cells(self.population, self.kind).levels.get(trait, ())


def is_heard(catalogue: Catalogue, name: str | None) -> bool:
    """Whether a procedure lets somebody answer before anything takes effect."""
    procedure = catalogue.procedures[name] if name else None
    return bool(procedure and procedure.reply and procedure.notice and procedure.notice.before_effect)


def find_ranks(scheme: SchemeArrays) -> Integers:
    """The rank of each standing, 0 for the best: bands from the top, then grades only given directly; last, no grade.

    With several schemes it is the sum of the ranks in each.
    """
    ranks = [sum(level.grade for level in row if level) for row in list_standings(scheme).list_rows()[1:]]
    return np.array([*ranks, 1 + max(ranks)], np.int64)


def draw_sample(population: Population, counts: SchemeCounts, kind: AgentKind, people: int) -> LifeSample | None:
    """So many agents of a kind, by chance, less those whom the rules never reach; None where they reach nobody."""
    return draw_agents(population, counts, kind, people, LifeSample)


def draw_agents(
    population: Population, counts: SchemeCounts, kind: AgentKind, people: int, build: Callable[..., Sample]
) -> Sample | None:
    """The same, in a sample of another sort."""
    size = get_cells(population, kind).size
    drawn = np.random.default_rng(counts.lives[kind].seed).choice(size, min(people, size), replace=False)
    sample = take_agents(population, counts, kind, np.sort(np.asarray(drawn, np.int64)), build)
    reached = sample.list_reached()
    if not len(reached):
        return None
    if len(reached) == sample.people:
        return sample
    return take_agents(population, counts, kind, sample.chunk.numbers[reached], build)


def take_agents(
    population: Population, counts: SchemeCounts, kind: AgentKind, numbers: Integers, build: Callable[..., Sample]
) -> Sample:
    """The agents of these numbers."""
    lives = counts.lives[kind]
    return build(population, counts, lives, build_chunk(population, lives.scheme, kind, numbers))
