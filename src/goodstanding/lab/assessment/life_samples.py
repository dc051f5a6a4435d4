"""A sample of the agents of a run, who live again: under the scheme, without its measures, and without mistakes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from goodstanding.lab.acts import AgentKind
from goodstanding.lab.assessment.life_histories import LifeHistory, Truths, write_history
from goodstanding.lab.simulation.drawn_chunks import AgentChunk, build_chunk, get_cells
from goodstanding.lab.simulation.kernel_tables import AgentTable, Integers, find_breaches
from goodstanding.lab.simulation.run_counts import Mechanisms, SchemeCounts
from goodstanding.lab.simulation.scheme_lives import SchemeLives
from goodstanding.lab.world import Population
from goodstanding.lab.world.agents import Agents

TWIN: Mechanisms = ()


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
        return self.write_lives(self.chunk.table)

    @cached_property
    def twin(self) -> LifeHistory:
        """The same lives where measures do nothing."""
        return write_history(self.lives, self.chunk.table, TWIN)

    @cached_property
    def corrected(self) -> LifeHistory:
        """The same lives where no record is false, and what was withdrawn never counted for a day."""
        scheme = self.lives.scheme
        truthful = replace(scheme.origins, false_rates=np.zeros_like(scheme.origins.false_rates))
        origins = self.lives.origins._replace(days_to_decide=0)
        lives = replace(self.lives, scheme=replace(scheme, origins=truthful), origins=origins)
        return write_history(lives, self.chunk.table, self.mechanisms)

    @cached_property
    def is_hit(self) -> Truths:
        """Which grades hit somebody: bad ones, and those at which something adverse follows; last, no grade."""
        measures = self.lives.scheme.measures
        is_bad = self.lives.is_bad
        adverse = measures.grades[measures.is_adverse & (measures.schemes == 0)].any(axis=0)[: len(is_bad)]
        return np.append(is_bad | adverse, False)

    @cached_property
    def is_breach(self) -> Truths:
        """Which acts of the plan can lose points, or a grade."""
        return find_breaches(self.lives.scheme, self.lives.plan.names)

    def write_lives(self, table: AgentTable) -> LifeHistory:
        """Their lives under the scheme, with another table of them: such as in other places."""
        return write_history(self.lives, table, self.mechanisms)

    def list_levels(self, trait: str) -> tuple[str, ...]:
        """The levels of a trait; none where the population lacks it."""
        return get_cells(self.population, self.kind).levels.get(trait, ())


def draw_sample(population: Population, counts: SchemeCounts, kind: AgentKind, people: int) -> LifeSample | None:
    """So many agents of a kind, by chance, less those whom the rules never reach; None where they reach nobody."""
    lives = counts.lives[kind]
    size = get_cells(population, kind).size
    drawn = np.random.default_rng(lives.seed).choice(size, min(people, size), replace=False)
    sample = _take_agents(population, counts, kind, np.sort(np.asarray(drawn, np.int64)))
    reached = np.unique(sample.history.standings[:, 0])
    if not len(reached):
        return None
    if len(reached) == sample.people:
        return sample
    return _take_agents(population, counts, kind, sample.chunk.numbers[reached])


def _take_agents(population: Population, counts: SchemeCounts, kind: AgentKind, numbers: Integers) -> LifeSample:
    lives = counts.lives[kind]
    return LifeSample(population, counts, lives, build_chunk(population, lives.scheme, kind, numbers))
