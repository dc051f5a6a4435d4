"""One life: candidates are a function of seed, agent, act and month, whatever is drawn beside them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import binom

from goodstanding.lab.world.candidates import (
    ActPlan,
    Candidates,
    compute_odds,
    compute_threshold,
    draw_candidates,
    find_first_block,
    find_month,
    open_months,
)
from goodstanding.lab.world.random_streams import derive_key, draw_word

ACTS = ("late-bill", "drink-driving", "good-deed")
KEYS = np.array([derive_key(act) for act in ACTS])
WORD = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15
BLOCK = 64


def mix(word: int) -> int:
    """SplitMix64's finaliser, in Python's own whole numbers."""
    word = ((word ^ (word >> 30)) * 0xBF58476D1CE4E5B9) & WORD
    word = ((word ^ (word >> 27)) * 0x94D049BB133111EB) & WORD
    return word ^ (word >> 31)


def word_at(stream: int, counter: int) -> int:
    """A stream's word."""
    return mix((stream + GOLDEN * (counter + 1)) & WORD)


def stream_of(*keys: int) -> int:
    """The stream of a chain of keys, the seed first."""
    stream, *inner = keys
    for key in inner:
        stream = word_at(stream, key) ^ key
    return stream


def list_months(stream: int, chance: float, months: int) -> list[int]:
    """The months with a candidate, in plain arithmetic of numpy: the reference that the program must equal."""
    found_months, month = [], 0
    while chance > 0 and month < months:
        end = (month // BLOCK + 1) * BLOCK
        luck = np.float64(word_at(stream, month) >> 11) * np.float64(2.0**-53)
        powers = np.cumprod(np.full(end - month, np.float64(1) - np.float64(chance)))
        later = month + int(np.searchsorted(-powers, -luck, side="left"))
        found_months += [later] if later < min(end, months) else []
        month = later + (later < end)
    return found_months


def list_rows(seed: int, agents: list[int], chances: NDArray[np.float64], months: int) -> list[tuple[int, ...]]:
    """Candidates as the reference draws them."""
    rows = []
    for place, agent in enumerate(agents):
        for act, key in enumerate(KEYS):
            month_stream, day_stream, luck_stream = (
                stream_of(seed, agent, int(key) ^ int(derive_key(purpose))) for purpose in ("month", "day", "thinning")
            )
            for month in list_months(month_stream, float(chances[place, act]), months):
                day, luck = word_at(day_stream, month) >> 32, word_at(luck_stream, month) >> 32
                rows.append((place, act, month, day, luck))
    return rows


def as_rows(candidates: Candidates) -> list[tuple[int, ...]]:
    """Candidates as rows of plain numbers."""
    columns = (candidates.agents, candidates.acts, candidates.months, candidates.days, candidates.lucks)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def draw(seed: int, agents: list[int], chances: NDArray[np.float64], months: int) -> Candidates:
    """Candidates of these agents for the three acts."""
    plan = ActPlan(ACTS, KEYS, np.zeros(len(ACTS), np.uint8), chances)
    cells, flags = np.arange(len(agents), dtype=np.int32), np.zeros(len(agents), np.uint8)
    return draw_candidates(seed, np.array(agents, np.uint64), cells, flags, plan, months)


@pytest.mark.parametrize(
    ("seed", "words"),
    [
        (0, [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F]),
        (1234567, [6457827717110365317, 3203168211198807973, 9817491932198370423]),
    ],
)
def test_words_are_those_of_splitmix64(seed: int, words: list[int]) -> None:
    """The published outputs of the generator, from two seeds."""
    assert [int(draw_word(np.uint64(seed), np.uint64(counter))) for counter in range(len(words))] == words


agents_ = st.lists(st.integers(0, WORD), min_size=1, max_size=4)
chances_ = st.lists(st.sampled_from([0.0, 1e-6, 0.01, 0.2, 0.9, 1.0]), min_size=3, max_size=3)


@settings(deadline=None)
@given(seed=st.integers(0, WORD), agents=agents_, chances=chances_, months=st.integers(1, 200))
def test_a_reference_in_numpy_draws_the_same_to_the_bit(
    seed: int, agents: list[int], chances: list[float], months: int
) -> None:
    """Month, day and luck of every candidate, in order."""
    table = np.tile(np.array(chances), (len(agents), 1))
    assert as_rows(draw(seed, agents, table, months)) == list_rows(seed, agents, table, months)


def list_months_by_odds(stream: np.uint64, chance: float, months: int) -> list[int]:
    """The months with a candidate, as a kernel looks for them: by odds that were worked out before."""
    missed, pace, surely_missed = compute_odds(np.array(chance), months).tolist()
    month = find_month(stream, missed, pace, find_first_block(stream, surely_missed, months), months)
    by_odds = []
    while month < months:
        by_odds.append(month)
        month = find_month(stream, missed, pace, month + 1, months)
    return by_odds


@settings(deadline=None)
@given(
    agent=st.integers(0, WORD),
    chance=st.floats(0, 1) | st.sampled_from([0.0, 1e-17, 1e-13, 1e-9, 0.001, 0.06, 0.0606, 1.0]),
    months=st.integers(1, 200),
)
def test_odds_find_the_months_that_products_give(agent: int, chance: float, months: int) -> None:
    """Whether a logarithm or the products are taken, and where the first months are left out at once."""
    stream = open_months(np.uint64(agent), KEYS[0])
    assert list_months_by_odds(stream, chance, months) == list_months(int(stream), chance, months)


@settings(deadline=None)
@given(seed=st.integers(0, WORD), agents=agents_, months=st.integers(1, 200), longer=st.integers(0, 200))
def test_a_life_depends_neither_on_who_is_drawn_beside_it_nor_on_the_horizon(
    seed: int, agents: list[int], months: int, longer: int
) -> None:
    """Each agent alone, and over more months, has the same candidates."""
    table = np.tile(np.array([0.02, 0.3, 0.001]), (len(agents), 1))
    together = as_rows(draw(seed, agents, table, months))
    for place, agent in enumerate(agents):
        alone = as_rows(draw(seed, [agent], table[:1], months + longer))
        assert [row[1:] for row in together if row[0] == place] == [row[1:] for row in alone if row[2] < months]


def test_an_act_that_is_switched_off_changes_no_other() -> None:
    """The candidates of the others are the same, to the day."""
    agents, table = list(range(500)), np.tile(np.array([0.02, 0.3, 0.05]), (500, 1))
    without = table.copy()
    without[:, 1] = 0
    assert [row for row in as_rows(draw(7, agents, table, 60)) if row[1] != 1] == as_rows(draw(7, agents, without, 60))


def is_within(number: int, trials: int, chance: float) -> bool:
    """Whether a number of successes lies within exact binomial bounds that one seed in a billion would leave."""
    least, most = binom.interval(1 - 1e-9, trials, chance)
    return bool(least <= number <= most)


@pytest.mark.parametrize("chance", [0.0004, 0.0125, 0.3])
def test_rates_are_within_exact_binomial_bounds(chance: float) -> None:
    """Over all months, in each month, and of those candidates that a scheme lets happen."""
    agents, months = 10_000, 120
    table = np.zeros((agents, 3))
    table[:, 0] = chance
    candidates = draw(11, list(range(agents)), table, months)
    assert is_within(len(candidates.months), agents * months, chance)
    by_month = np.bincount(candidates.months, minlength=months)
    assert all(is_within(number, agents, chance) for number in by_month)
    happens = np.count_nonzero(candidates.lucks < compute_threshold(0.25))
    assert is_within(happens, len(candidates.lucks), 0.25)
    assert is_within(np.count_nonzero(candidates.days < 1 << 31), len(candidates.days), 0.5)
