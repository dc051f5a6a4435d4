"""What share of a country's people or firms has which level of a trait, by region, from figures that must sum."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from goodstanding.errors import LaboratoryError
from goodstanding.lab.parameters import Parameter
from goodstanding.lab.published_figures import RECALLED, Figure
from goodstanding.lab.world.country import REST, Country, FirmPlan, PersonPlan, Trait
from goodstanding.messages import LaboratoryMessage, Message

TOLERANCE = 0.001  # of the whole: published shares are rounded
Shares = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TraitShares:
    """Regions with their residents, and for each trait its levels and a row of shares for each region.

    `recalled` are the places of figures from memory.
    """

    regions: tuple[str, ...]
    counts: Shares
    levels: dict[str, tuple[str, ...]]
    shares: dict[str, Shares]
    recalled: tuple[str, ...] = ()


@dataclass(slots=True)
class ShareReader:
    """Reads the shares of one plan of a country, and remembers which figures were from memory."""

    country: Country
    plan: PersonPlan | FirmPlan
    section: str
    recalled: dict[str, None] = field(default_factory=dict)

    def read_shares(self) -> TraitShares:
        """All traits; raises LaboratoryError where levels do not sum, or a figure is missing."""
        counts = self._read_regions()
        shares = {name: self._read_trait(name, trait, len(counts)) for name, trait in self.plan.traits.items()}
        return TraitShares(
            tuple(counts),
            np.array(list(counts.values())),
            {name: trait.names for name, trait in self.plan.traits.items()},
            shares,
            tuple(self.recalled),
        )

    def read_column(self, column: str) -> Shares:
        """A column of the table of regions."""
        assert self.plan.regions, "only a plan with regions names columns"
        assert self.country.figures, "a table of regions is one of figures"
        figures = self.country.figures.get_column(self.plan.regions.table, column).values()
        return np.array([self._note(figure).value for figure in figures])

    def read_figures(self, path: str) -> tuple[float, ...]:
        """The numbers of a figure; raises LaboratoryError where the country has no figures, or not this one."""
        if self.country.figures is None:
            unknown = Message(LaboratoryMessage.FIGURE_UNKNOWN, {"figure": repr(path)})
            raise LaboratoryError(unknown, where=self.country.file.name)
        return self._note(self.country.figures.get_figure(path)).values

    def iterate_pair_ratios(self) -> Iterator[tuple[str, str, Shares]]:
        """For each pair of traits a table of ratios: rows are levels of the first, columns of the other."""
        for place, pair in enumerate(self.plan.pairs):
            rows, columns = (self._list_levels(trait, place) for trait in (pair.trait, pair.by))
            table = np.ones((len(rows), len(columns)))
            for row, by_level in pair.ratio.items():
                self._refuse_if_no_level(pair.trait, row, rows, place)
                for column, ratio in by_level.items():
                    self._refuse_if_no_level(pair.by, column, columns, place)
                    table[rows.index(row), columns.index(column)] = ratio.value
            yield pair.trait, pair.by, table

    def _list_levels(self, trait: str, place: int) -> tuple[str, ...]:
        self._refuse_if_no_level("trait", trait, tuple(self.plan.traits), place)
        return self.plan.traits[trait].names

    def _refuse_if_no_level(self, trait: str, level: str, levels: tuple[str, ...], place: int) -> None:
        if level not in levels:
            unknown = Message(LaboratoryMessage.TRAIT_UNKNOWN, {"trait": repr(f"{trait}: {level}")})
            where = self.country.file.locate(self.section, "pairs", place)
            raise LaboratoryError(unknown, where=where, remedy=", ".join(levels))

    def _read_regions(self) -> dict[str, float]:
        if self.plan.regions is None or self.country.figures is None:
            return {"": 1.0}
        column = self.country.figures.get_column(self.plan.regions.table, self.plan.regions.count)
        return {region: self._note(figure).value for region, figure in column.items()}

    def _read_trait(self, name: str, trait: Trait, regions: int) -> Shares:
        if trait.equal:
            return np.full((regions, len(trait.equal)), 1 / len(trait.equal))
        whole = self._read_whole(trait)
        columns = [np.broadcast_to(self._read_level(level, whole), regions) for level in trait.levels.values()]
        table = np.column_stack(columns)
        left_over = [place for place, level in enumerate(trait.levels.values()) if level == REST]
        if left_over and whole is not None:
            table[:, left_over] = np.maximum(whole - table.sum(axis=1, keepdims=True), 0)
        if whole is not None:
            self._refuse_if_unequal(name, table, whole)
        return np.asarray(table / table.sum(axis=1, keepdims=True))

    def _read_whole(self, trait: Trait) -> float | None:
        return self.read_figures(trait.whole)[0] if isinstance(trait.whole, str) else trait.whole

    def _read_level(self, level: str | Parameter, whole: float | None) -> Shares:
        if isinstance(level, Parameter):
            return np.array([level.value * (whole or 1)])
        if level == REST:
            return np.zeros(1)
        return np.array(self.read_figures(level)) if "." in level else self.read_column(level)

    def _refuse_if_unequal(self, name: str, table: Shares, whole: float) -> None:
        sums = table.sum(axis=1)
        worst = int(np.argmax(abs(sums - whole)))
        if abs(sums[worst] - whole) > TOLERANCE * whole:
            params = {"trait": name, "row": worst + 1, "sum": f"{sums[worst]:g}", "whole": f"{whole:g}"}
            raise LaboratoryError(
                Message(LaboratoryMessage.SHARES_DO_NOT_SUM, params),
                where=self.country.file.locate(self.section, "traits", name),
            )

    def _note(self, figure: Figure) -> Figure:
        if figure.mark == RECALLED:
            self.recalled[figure.where] = None
        return figure
