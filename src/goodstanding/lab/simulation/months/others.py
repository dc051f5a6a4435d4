"""What others say of an agent in each month: the scores of those it is tied to, and lists of other catalogues."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goodstanding.errors import LaboratoryError
from goodstanding.lab.acts import AgentKind
from goodstanding.lab.compilation.scheme_arrays import Axis, SchemeArrays
from goodstanding.lab.simulation.kernel_tables import Integers
from goodstanding.lab.simulation.months.crowd_loop import LISTED, LOWEST_GRADE, MEAN_SCORE, TieTable
from goodstanding.lab.simulation.months.past_tables import (
    MEETING_AXES,
    build_grade_levels,
    list_outside_sources,
    list_read_sources,
    list_score_bounds,
)
from goodstanding.lab.simulation.outcomes.grade_levels import list_standings
from goodstanding.lab.world import Population
from goodstanding.lab.world.edges import Edges, tie_represented
from goodstanding.lab.world.ties import Ties, tie_population
from goodstanding.messages import Message, RunMessage

REPRESENTATIVES = "representatives"
MONTHS_A_WORD, NO_BOUNDS = 64, np.empty(0, np.int64)
_TIES: Mapping[AgentKind, tuple[str, ...]] = {"person": ("households", "friends"), "firm": ("trade", REPRESENTATIVES)}
_MATTERS = {Axis.LISTED: LISTED, Axis.EDGE_SCORE: MEAN_SCORE, Axis.EDGE_GRADE: LOWEST_GRADE}


@dataclass(frozen=True, slots=True)
class ListedMonths:
    """In which months a list of another catalogue names whom: persons, and firms, by number and month."""

    persons: NDArray[np.bool_]
    firms: NDArray[np.bool_]

    def get_kind(self, kind: AgentKind) -> NDArray[np.bool_]:
        """Those of persons or of firms."""
        return self.persons if kind == "person" else self.firms


NOBODY = ListedMonths(np.zeros((0, 0), np.bool_), np.zeros((0, 0), np.bool_))


@dataclass(frozen=True, slots=True)
class Others:
    """Ties and lists as a kernel reads them; agents meet where a column is a score or a grade."""

    table: TieTable

    @property
    def meets(self) -> bool:
        """Whether what an agent's records say depends on what others have, so that all live together."""
        return bool((self.table.matters != LISTED).any())

    def read_listed(self, rows: Integers, months: int) -> NDArray[np.uint8]:
        """What lists say of these agents, by month and column, where nobody meets."""
        month = np.arange(months)
        words = self.table.listed[rows][:, :, month // MONTHS_A_WORD]
        levels = (words >> (month % MONTHS_A_WORD).astype(np.uint64)) & np.uint64(1)
        return np.ascontiguousarray(levels.transpose(0, 2, 1).astype(np.uint8))


def list_tie_names(scheme: SchemeArrays) -> list[str]:
    """The ties along which a scheme's records read scores."""
    return [name.split(".")[1] for name, axis in list_read_sources(scheme).items() if axis in MEETING_AXES]


def tie_scheme(population: Population, scheme: SchemeArrays, ties: Ties | None, memory: int | None) -> Ties | None:
    """The ties that a scheme reads; raises LaboratoryError, before any is drawn, where they do not fit into memory."""
    names = list_tie_names(scheme)
    for name in names:
        if not any(name in of_kind for of_kind in _TIES.values()):
            raise LaboratoryError(Message(RunMessage.TIE_NOT_ALONE, {"catalogue": scheme.name, "tie": name}))
    return (ties or tie_population(population, memory or measure_memory())) if names else None


def measure_memory() -> int:
    """How many bytes of memory the machine has."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def build_others(
    size: int,
    scheme: SchemeArrays,
    kind: AgentKind,
    months: int,
    ties: Ties | None,
    beside: Mapping[str, ListedMonths],
) -> Others:
    """What the columns of a scheme read, for agents of a kind; raises LaboratoryError for a list that is not there."""
    names, axes = list_outside_sources(scheme), list_read_sources(scheme)
    edges = [_find_edges(ties, name, kind) for name in names if axes[name] in MEETING_AXES]
    bounds: list[Integers] = [
        list_score_bounds(scheme, name) if axes[name] is Axis.EDGE_SCORE else NO_BOUNDS for name in names
    ]
    starts, ends = _join_edges(size, edges)
    lists = [name for name in names if axes[name] is Axis.LISTED]
    is_tie = np.array([axes[name] in MEETING_AXES for name in names], np.bool_)
    places = np.where(is_tie, np.cumsum(is_tie), np.cumsum(~is_tie)) - 1
    schemes = [name.rpartition(".")[2] if axes[name] is Axis.EDGE_GRADE else None for name in names]
    matters = np.array([_MATTERS[axes[name]] for name in names], np.int64)
    return Others(
        TieTable(
            matters, places, starts, ends, np.cumsum([0, *map(len, bounds)], dtype=np.int64),
            np.concatenate([NO_BOUNDS, *bounds]), _list_grades(scheme, schemes),
            _pack_lists(scheme, kind, size, months, lists, beside),
        )
    )  # fmt: skip


def _find_edges(ties: Ties | None, reference: str, kind: AgentKind) -> Edges | None:
    """The ties among agents of a kind; nobody of the other kind has any of these."""
    name = reference.split(".")[1]
    if ties is None or name not in _TIES[kind]:
        return None
    return tie_represented(ties.representatives) if name == REPRESENTATIVES else getattr(ties, name)


def _list_grades(scheme: SchemeArrays, names: list[str | None]) -> Integers:
    """By column and standing the grade in a scheme, zeros where a column reads none."""
    rows = [build_grade_levels(scheme, [name] if name else []) for name in names]
    width = len(list_standings(scheme).list_rows())
    return np.array([row[0] if len(row) else np.zeros(width, np.int64) for row in rows]).reshape(len(names), width)


def _join_edges(size: int, edges: Iterable[Edges | None]) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """One array of ends for all columns, and where those of each agent begin."""
    starts, ends = [np.zeros((0, size + 1), np.uint32)], [np.empty(0, np.uint32)]
    for of_column in edges:
        first = sum(len(part) for part in ends)
        of_agents = np.zeros(size + 1, np.uint32) if of_column is None else of_column.starts
        starts.append((of_agents + first).astype(np.uint32)[None, :])
        ends += [] if of_column is None else [of_column.ends]
    whole = ends[1] if len(ends) == 2 else np.concatenate(ends)
    return np.concatenate(starts), whole


def _pack_lists(
    scheme: SchemeArrays,
    kind: AgentKind,
    size: int,
    months: int,
    names: list[str],
    beside: Mapping[str, ListedMonths],
) -> NDArray[np.uint64]:
    """Bits by agent, column and month."""
    words = np.zeros((size, len(names), -(-months // MONTHS_A_WORD)), np.uint64)
    for column, name in enumerate(names):
        listed = _get_listed(scheme, name, beside).get_kind(kind)
        if listed.size == 0:
            continue
        for month in range(min(months, listed.shape[1])):
            word, bit = divmod(month, MONTHS_A_WORD)
            words[:, column, word] |= listed[:, month].astype(np.uint64) << np.uint64(bit)
    return words


def _get_listed(scheme: SchemeArrays, reference: str, beside: Mapping[str, ListedMonths]) -> ListedMonths:
    name = reference.removeprefix("beside.")
    if name not in beside:
        params = {"catalogue": scheme.name, "list": name}
        raise LaboratoryError(Message(RunMessage.LIST_NOT_BESIDE, params))
    return beside[name]
