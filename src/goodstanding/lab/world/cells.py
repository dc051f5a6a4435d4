"""Cells: how many persons or firms have which levels of all traits together; all that a population keeps of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goodstanding.lab.world.country import Country, FirmPlan, PersonPlan
from goodstanding.lab.world.integer_tables import apportion, round_table
from goodstanding.lab.world.random_streams import derive_key, open_stream
from goodstanding.lab.world.trait_shares import ShareReader, Shares, TraitShares

REGION = "region"
_ROUNDING = derive_key("rounding of cells")
_MOST_ROUNDS, _CLOSE = 1_000, 1e-12


@dataclass(frozen=True, slots=True)
class Cells:
    """Agents by cell: the traits in order, the levels of each, and a count for each combination of them.

    An agent's number tells its cell: those of the first cell come first. `residents` are how many real ones are in each
    cell, also where only a part of them is drawn: a rate is an average over them.
    """

    levels: dict[str, tuple[str, ...]]
    counts: NDArray[np.int64]
    starts: NDArray[np.int64]
    residents: Shares

    @property
    def size(self) -> int:
        """How many agents there are."""
        return int(self.starts[-1])

    def find_cells(self, numbers: NDArray[np.int64]) -> NDArray[np.int32]:
        """The cell of each of these agents."""
        return (np.searchsorted(self.starts, numbers, side="right") - 1).astype(np.int32)

    def find_levels(self, cells: NDArray[np.int32]) -> dict[str, NDArray[np.uint8]]:
        """By trait, the place of the level that each of these cells has."""
        by_cell = np.indices(self.counts.shape, np.uint8)
        return {trait: places.ravel()[cells] for trait, places in zip(self.levels, by_cell, strict=True)}


@dataclass(frozen=True, slots=True)
class Joint:
    """What is published and assumed of all traits together: how many residents or firms a country has in each cell.

    `table` is of those who are drawn, `residents` of all, where only a part is drawn.
    """

    levels: dict[str, tuple[str, ...]]
    table: Shares
    residents: Shares
    recalled: tuple[str, ...]

    def scale_trait(self, trait: str, factors: Shares) -> Joint:
        """The same with the levels of a trait made rarer, such as those too young."""
        shape = [-1 if name == trait else 1 for name in self.levels]
        return Joint(self.levels, self.table * factors.reshape(shape), self.residents, self.recalled)

    def draw_cells(self, size: int, seed: int) -> Cells:
        """So many agents, whole in every cell, whose sums by region and trait are those published, rounded."""
        counts = np.zeros(self.table.shape, np.int64)
        if size:
            counts = _draw_counts(self.table, size, open_stream(np.uint64(seed), _ROUNDING))
        return Cells(self.levels, counts, np.concatenate([[0], np.cumsum(counts.ravel())]), self.residents)


def build_joint(country: Country, section: str) -> Joint:
    """The joint shares of a country's `persons` or `firms`, fitted to all published shares from the assumed pairs."""
    plan: PersonPlan | FirmPlan = getattr(country.plan, section)
    reader = ShareReader(country, plan, section)
    shares = reader.read_shares()
    seed = _build_seed(shares, reader)
    if plan.region_income:
        seed = seed * _tilt_incomes(reader.read_column(plan.region_income), shares, seed.ndim)
    table = _fit_joint(seed, shares) * shares.counts.sum()
    levels = {(REGION if len(shares.regions) > 1 else "nation"): shares.regions, **shares.levels}
    return Joint(levels, table, table, tuple(reader.recalled))


def _build_seed(shares: TraitShares, reader: ShareReader) -> Shares:
    names = list(shares.levels)
    seed = np.ones((len(shares.regions), *map(len, shares.levels.values())))
    for trait, by, ratios in reader.iterate_pair_ratios():
        table = ratios if names.index(trait) < names.index(by) else ratios.T
        seed *= table.reshape(
            [size if name in (trait, by) else 1 for name, size in zip(("", *names), seed.shape, strict=True)]
        )
    return seed


def _tilt_incomes(incomes: Shares, shares: TraitShares, dimensions: int) -> Shares:
    """By region and fifth, the region's income against the mean to the power of the fifth's place from the middle."""
    ratios = incomes / np.average(incomes, weights=shares.counts)
    middle = ratios / ratios
    table = np.column_stack([middle / ratios / ratios, middle / ratios, middle, ratios, ratios * ratios])
    return table.reshape(*table.shape, *[1] * (dimensions - table.ndim))


def _fit_joint(table: Shares, shares: TraitShares) -> Shares:
    """Iterative proportional fitting: residents by region, a trait's shares by region; equal parts of the nation."""
    by_region = shares.counts / shares.counts.sum()
    for _ in range(_MOST_ROUNDS):
        error = 0.0
        for axis, name in enumerate(shares.levels, start=1):
            is_national = axis == 1  # the first trait's levels are parts of the nation, whatever the region
            kept = (axis,) if is_national else (0, axis)
            target = shares.shares[name][0] if is_national else shares.shares[name] * by_region[:, None]
            error = max(error, _scale(table, target, kept))
        _scale(table, by_region, (0,))
        if error < _CLOSE:
            break
    return table


def _scale(table: Shares, target: Shares, kept: tuple[int, ...]) -> float:
    others = tuple(axis for axis in range(table.ndim) if axis not in kept)
    ratio = target / table.sum(axis=others)
    table *= ratio.reshape([size if axis in kept else 1 for axis, size in enumerate(table.shape)])
    return float(abs(ratio - 1).max())


def _draw_counts(table: Shares, size: int, stream: np.uint64) -> NDArray[np.int64]:
    """Whole people: the first trait over the regions, then within each region one trait after the other."""
    regions = apportion(table.sum(axis=tuple(range(1, table.ndim))), size)
    first = table.sum(axis=tuple(range(2, table.ndim)))
    counts = round_table(first, regions, apportion(first.sum(axis=0), size), stream)
    drawn = [
        _split_region(table[place], counts[place], open_stream(stream, np.uint64(place + 1)))
        for place in range(len(regions))
    ]
    return np.stack(drawn)


def _split_region(table: Shares, first: NDArray[np.int64], stream: np.uint64) -> NDArray[np.int64]:
    counts = first
    for axis in range(1, table.ndim):
        parts = table.sum(axis=tuple(range(axis + 1, table.ndim))).reshape(-1, table.shape[axis])
        columns = apportion(parts.sum(axis=0), int(first.sum()))
        counts = round_table(parts, counts, columns, open_stream(stream, np.uint64(axis))).ravel()
    return counts.reshape(table.shape)
