"""What a run counts: acts, days and falls under each arm, and what one arm's lives have to do with another's."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from goodstanding.lab.acts import AgentKind
from goodstanding.lab.behaviour.behaviour_file import Behaviour
from goodstanding.lab.simulation.kernel_tables import Integers
from goodstanding.lab.simulation.scheme_lives import SchemeLives
from goodstanding.lab.statistics.intervals import CONFIDENCE, Estimate
from goodstanding.lab.world import Population

Mechanisms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseCounts:
    """What came of cases in an arm.

    debts, able           debts that were opened, and those that could be paid at first
    performed, settled    debts that were
    listed_days           list: days on which agents stood on it
    unable_days           list: of these, days on account of debts alone that could not be paid then
    """

    debts: int
    able: int
    performed: int
    settled: int
    listed_days: Integers
    unable_days: Integers


@dataclass(frozen=True, slots=True)
class ArmCounts:
    """What all agents did under a scheme with some mechanisms at work; without any it is the twin.

    acts, acts_after  how often each act was done: at all, and in months from the day on which its agent first fell
    days              days without a grade, then of each grade or, with several schemes, of each standing
    records           records that were made
    back              agents that fell and had a better grade on some day after
    """

    mechanisms: Mechanisms
    acts: Integers
    acts_after: Integers
    days: Integers
    records: int
    back: int
    cases: CaseCounts | None = None


@dataclass(frozen=True, slots=True)
class SchemeCounts:
    """What was counted under one scheme, arm by arm; falls are those of the first arm.

    lives                 how its lives can be lived again, by kind of agent
    fallen, months_after  agents that fell, and their months from then on
    breaches_after        by arm: breaches in those months
    products              (arms, arms): sums over agents of the products of their breaches in those months
    busiest               numbers of the agents with the most records in the first arm, by kind of agent
    again                 lives that were lived again, with more room
    behaviour             what was assumed, where the run was given it and not its arrays alone
    """

    name: str
    lives: dict[AgentKind, SchemeLives]
    act_names: tuple[str, ...]
    grade_names: tuple[str, ...]
    list_names: tuple[str, ...]
    agents: int
    months: int
    fallen: int
    months_after: int
    arms: tuple[ArmCounts, ...]
    breaches_after: Integers
    products: Integers
    busiest: dict[AgentKind, Integers]
    again: int
    behaviour: Behaviour | None = None

    def get_arm(self, mechanisms: Mechanisms) -> ArmCounts:
        """The arm with these mechanisms at work."""
        return self.arms[self._find_arm(mechanisms)]

    def estimate_spiral(self, mechanisms: Mechanisms, against: Mechanisms = ()) -> Estimate:
        """Breaches after the first fall under some mechanisms, over those of the same agents under others: the twin.

        The interval is of agents drawn again (linearised): lives of one agent belong together.
        """
        upper, lower = self._find_arm(mechanisms), self._find_arm(against)
        above, below = int(self.breaches_after[upper]), int(self.breaches_after[lower])
        if not below:
            return Estimate(math.nan, 0.0, math.inf)
        ratio, products = above / below, self.products
        squares = float(products[upper, upper]) - 2 * ratio * float(products[upper, lower])
        squares += ratio**2 * float(products[lower, lower])
        reach = float(stats.norm.ppf((1 + CONFIDENCE) / 2)) * math.sqrt(max(squares, 0.0)) / below
        return Estimate(ratio, ratio - reach, ratio + reach)

    def compute_rate_ratio(self, mechanisms: Mechanisms, is_breach: NDArray[np.bool_]) -> float:
        """Breaches a month after the first fall over those of everybody at other times: no spiral, only who falls."""
        arm = self.get_arm(mechanisms)
        after, whole = int(arm.acts_after[is_breach].sum()), int(arm.acts[is_breach].sum())
        other_months = self.agents * self.months - self.months_after
        if not (self.months_after and other_months and whole > after):
            return math.nan
        return (after / self.months_after) / ((whole - after) / other_months)

    def _find_arm(self, mechanisms: Mechanisms) -> int:
        return [arm.mechanisms for arm in self.arms].index(mechanisms)


@dataclass(frozen=True, slots=True)
class Run:
    """One life of each agent under each scheme, and under it in each arm."""

    population: Population
    schemes: tuple[SchemeCounts, ...]

    def get_scheme(self, name: str) -> SchemeCounts:
        """What was counted under the scheme of a catalogue."""
        return next(counts for counts in self.schemes if counts.name == name)
