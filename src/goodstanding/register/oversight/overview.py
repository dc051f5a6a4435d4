"""All that the register says about the authorities in it, over the days of a window, as it may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from goodstanding.register.oversight.asked import asked
from goodstanding.register.oversight.cases import cases
from goodstanding.register.oversight.conduct import Compared, compared
from goodstanding.register.oversight.coverage import coverage
from goodstanding.register.oversight.facts import facts
from goodstanding.register.oversight.grids import SMALL, Grid, Shown
from goodstanding.register.oversight.reasons import Cluster, reasons
from goodstanding.register.oversight.suppression import shown
from goodstanding.register.oversight.times import Times, times
from goodstanding.register.oversight.windows import Window


@dataclass(frozen=True, slots=True)
class Overview:
    """Every measure of a window without its small counts; `clusters` names cases, so it is for the overseer alone."""

    window: Window
    ages: Shown
    deadlines: Shown
    duties: Shown
    bodies: Mapping[str, int | None]
    missed: Shown
    appeals: Shown
    disputes: Shown
    records: Shown
    decided: Shown
    conduct: tuple[Compared, ...]
    reasons: Shown
    clusters: tuple[Cluster, ...]
    times: Times
    notices: Shown
    applications: Shown


@dataclass(frozen=True, slots=True)
class Glance:
    """The few totals that a page begins with."""

    ages: Shown
    missed: Shown
    appeals: Shown
    notices: Shown


def overview(window: Window) -> Overview:
    """Every measure of a window."""
    with facts(window) as held:
        found, said, told = cases(held), reasons(held), coverage(held)
        decided, treated = compared(held)
        how = times(held, decided)
    return Overview(
        window=window,
        ages=shown(found.ages),
        deadlines=shown(found.deadlines),
        duties=shown(found.duties),
        bodies=_apart(found.bodies),
        missed=shown(found.missed),
        appeals=shown(found.appeals),
        disputes=shown(found.disputes),
        records=shown(found.records),
        decided=decided,
        conduct=treated,
        reasons=shown(said.counts),
        clusters=said.clusters,
        times=how,
        notices=shown(told),
        applications=shown(asked(window)),
    )


def glance(window: Window) -> Glance:
    """The totals of a window alone: much less to work out."""
    with facts(window) as held:
        found, told = cases(held), coverage(held)
    return Glance(shown(found.ages), shown(found.missed), shown(found.appeals), shown(told))


def _apart(grid: Grid) -> dict[str, int | None]:
    """Counts that are never added up: each is left out by itself."""
    return {row: None if 0 < sum(line) < SMALL else sum(line) for row, line in zip(grid.rows, grid.counts, strict=True)}
