"""Who is in a chunk: traits of the cell, and beside them what belongs to each agent alone, from a stream of its own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit, uint64
from numpy.typing import NDArray

from goodstanding.lab.parameters import Parameter
from goodstanding.lab.world.cells import Cells
from goodstanding.lab.world.country import FirmPlan, PersonMeans, PersonPlan
from goodstanding.lab.world.random_streams import derive_key, draw_word, open_stream
from goodstanding.lab.world.trait_shares import PersonFigures

ADULT, MOST_DEBTS = 18, 3
AGE, INCOME = "age", "income"
IS_ADULT = "adult"  # the first flag of a person
FIRM = np.uint64(1) << np.uint64(63)  # the highest bit of a firm's key: one more person changes no firm
_11, _UNIT = np.uint64(11), 2.0**-53
Numbers = NDArray[np.int64]
Fractions = NDArray[np.float64]
Truths = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Agents:
    """Agents of a chunk: the key of each, its cell, the level of each trait, its age in years and its flags.

    `flags` has a bit for each of `flag_names`, the lowest for the first: the flag `adult`.
    """

    keys: NDArray[np.uint64]
    cells: NDArray[np.int32]
    levels: dict[str, NDArray[np.uint8]]
    years: NDArray[np.uint8]
    flags: NDArray[np.uint8]
    flag_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Persons(Agents):
    """Persons: yearly income and money at hand in whole units of the currency; up to three debts, 0 for none.

    `can_pay` is the truth about each debt, in the world; what a court believes is a record.
    """

    income: Numbers
    buffer: Numbers
    debts: Numbers
    can_pay: Truths


@dataclass(frozen=True, slots=True)
class Firms(Agents):
    """Firms: their margin, of turnover; size and section are traits."""

    margin: Fractions


@njit(cache=True, nogil=True)  # in one thread: to start others would take longer than the words of a chunk
def _draw_words(seed, keys, purpose):  # type: ignore[no-untyped-def]
    words = np.empty(len(keys), np.uint64)
    for place in range(len(keys)):
        words[place] = draw_word(open_stream(open_stream(seed, keys[place]), purpose), uint64(0))
    return words


@dataclass(frozen=True, slots=True)
class AgentDraws:
    """What is drawn for each agent of a chunk, by purpose."""

    seed: int
    keys: NDArray[np.uint64]

    def draw_fractions(self, purpose: str) -> Fractions:
        """For each agent a number from 0 to below 1."""
        words = _draw_words(np.uint64(self.seed), self.keys, derive_key(purpose))
        return np.asarray((words >> _11) * _UNIT, dtype=np.float64)

    def draw_truths(self, purpose: str, chances: Fractions | float) -> Truths:
        """For each agent whether something is so that has this chance."""
        return np.asarray(self.draw_fractions(purpose) < chances)

    def draw_beliefs(self, purpose: str, truths: Truths, right_if_true: float, right_if_false: float) -> Truths:
        """What an office believes of a truth: right with one chance where it is so, with another where it is not."""
        is_right = self.draw_truths(purpose, np.where(truths, right_if_true, right_if_false))
        return np.asarray(truths == is_right)


def parse_years(level: str) -> tuple[int, int]:
    """The first and last year of an age group such as `15-59`."""
    first, _dash, last = level.partition("-")
    return int(first), int(last)


def compute_age_shares(levels: tuple[str, ...], least_age: int) -> Fractions:
    """What share of each age group is of at least an age, where all years of a group are equally frequent."""
    bounds = np.array([parse_years(level) for level in levels])
    first, end = bounds[:, 0], bounds[:, 1] + 1
    return np.asarray(np.maximum(end - np.maximum(first, least_age), 0) / (end - first))


@dataclass(frozen=True, slots=True)
class PersonRules:
    """How persons of a cell are made: at least so old, and with `owes` in debt."""

    plan: PersonPlan
    figures: PersonFigures
    least_age: int
    owes: bool


def make_persons(rules: PersonRules, cells: Cells, numbers: range, seed: int) -> Persons:
    """These persons."""
    draws, own_cells, means = AgentDraws(seed, _list_keys(numbers)), _find_cells(cells, numbers), rules.plan.means
    levels = cells.find_levels(own_cells)
    years = _draw_years(cells, levels, draws, rules.least_age)
    income = _draw_incomes(means, rules.figures.incomes, levels[INCOME], draws)
    return Persons(
        draws.keys, own_cells, levels, years, _draw_flags(rules.plan, years, draws), (IS_ADULT, *rules.plan.flags),
        income, _spread(income, means.buffer, draws, "buffer"), _draw_debts(means, income, years, draws, rules.owes),
        _draw_ability(means, cells.levels[INCOME], levels[INCOME], draws),
    )  # fmt: skip


def make_agents(plan: PersonPlan | FirmPlan, cells: Cells, numbers: Numbers, seed: int, least_age: int) -> Agents:
    """The same persons or firms by their numbers, in any order, without what only some lives need: means and debts."""
    keys = numbers.astype(np.uint64) | (FIRM if isinstance(plan, FirmPlan) else np.uint64(0))
    draws, own_cells = AgentDraws(seed, keys), cells.find_cells(numbers)
    levels = cells.find_levels(own_cells)
    years = _draw_years(cells, levels, draws, least_age)
    return Agents(keys, own_cells, levels, years, _draw_flags(plan, years, draws), (IS_ADULT, *plan.flags))


def draw_incomes(rules: PersonRules, agents: Agents, seed: int) -> Numbers:
    """The yearly incomes of persons, as `make_persons` gives them."""
    return _draw_incomes(rules.plan.means, rules.figures.incomes, agents.levels[INCOME], AgentDraws(seed, agents.keys))


def make_firms(plan: FirmPlan, cells: Cells, numbers: range, seed: int) -> Firms:
    """These firms."""
    draws, own_cells = AgentDraws(seed, _list_keys(numbers) | FIRM), _find_cells(cells, numbers)
    levels = cells.find_levels(own_cells)
    years = _draw_years(cells, levels, draws, 0)
    margin = plan.means.margin.value + plan.means.spread.value * (2 * draws.draw_fractions("margin") - 1)
    return Firms(
        draws.keys,
        own_cells,
        levels,
        years,
        _draw_flags(plan, years, draws),
        (IS_ADULT, *plan.flags),
        np.asarray(margin),
    )


def _list_keys(numbers: range) -> NDArray[np.uint64]:
    return np.arange(numbers.start, numbers.stop, dtype=np.uint64)


def _find_cells(cells: Cells, numbers: range) -> NDArray[np.int32]:
    return cells.find_cells(np.arange(numbers.start, numbers.stop))


def _draw_years(
    cells: Cells, levels: dict[str, NDArray[np.uint8]], draws: AgentDraws, least_age: int
) -> NDArray[np.uint8]:
    bounds = np.array([parse_years(level) for level in cells.levels[AGE]], np.int16)
    first, last = np.maximum(bounds[levels[AGE], 0], least_age), bounds[levels[AGE], 1]
    return np.asarray(first + draws.draw_fractions("years") * (last + 1 - first)).astype(np.uint8)


def _draw_flags(plan: PersonPlan | FirmPlan, years: NDArray[np.uint8], draws: AgentDraws) -> NDArray[np.uint8]:
    is_adult = years >= ADULT
    flags = is_adult.astype(np.uint8)
    for bit, (name, share) in enumerate(plan.flags.items(), start=1):
        is_set = draws.draw_truths(f"flag {name}", share.value) & (is_adult | isinstance(plan, FirmPlan))
        flags |= is_set.astype(np.uint8) << np.uint8(bit)
    return flags


def _draw_incomes(
    means: PersonMeans, incomes: tuple[float, ...], fifths: NDArray[np.uint8], draws: AgentDraws
) -> Numbers:
    """Incomes of which each fifth's mean is the published one: even below it and even above it."""
    mean = np.array(incomes)
    between = (mean[1:] + mean[:-1]) / 2
    lowest = np.concatenate([[mean[0] * means.lowest.value], between])[fifths]
    highest = np.concatenate([between, [mean[-1] * means.highest.value]])[fifths]
    middle = mean[fifths]
    is_below = draws.draw_truths("income side", (highest - middle) / (highest - lowest))
    place = draws.draw_fractions("income")
    income = np.where(is_below, lowest + place * (middle - lowest), middle + place * (highest - middle))
    return np.asarray(income).astype(np.int64)


def _spread(income: Numbers, mean: Parameter, draws: AgentDraws, purpose: str) -> Numbers:
    """Sums from nothing to twice the mean share of an income."""
    return np.asarray(income * (2 * mean.value * draws.draw_fractions(purpose))).astype(np.int64)


def _draw_debts(
    means: PersonMeans, income: Numbers, years: NDArray[np.uint8], draws: AgentDraws, owes: bool
) -> Numbers:
    debts = np.zeros((len(income), MOST_DEBTS), np.int64)
    has_debt = (draws.draw_truths("debtor", means.debtors.value) & (years >= ADULT)) | owes
    for place in range(MOST_DEBTS):
        debts[:, place] = np.where(has_debt, 1 + _spread(income, means.owed, draws, f"debt {place}"), 0)
        has_debt = has_debt & draws.draw_truths(f"debt after {place}", means.further.value)
    return debts


def _draw_ability(means: PersonMeans, names: tuple[str, ...], fifths: NDArray[np.uint8], draws: AgentDraws) -> Truths:
    ratios = np.array([means.cannot_ratio[name].value if name in means.cannot_ratio else 1.0 for name in names])
    cannot = np.minimum(means.cannot_pay.value * ratios, 1)[fifths]
    return np.column_stack([~draws.draw_truths(f"cannot pay {place}", cannot) for place in range(MOST_DEBTS)])
