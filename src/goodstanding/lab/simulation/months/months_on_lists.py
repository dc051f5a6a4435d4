"""In which months the lists of a catalogue name whom, for catalogues that read them and are lived beside it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from goodstanding.lab.acts import AgentKind
from goodstanding.lab.compilation.scheme_arrays import SchemeArrays
from goodstanding.lab.simulation.docket.list_stretches import DayOfLists, group_days_of_lists
from goodstanding.lab.simulation.drawn_chunks import KINDS, build_chunk
from goodstanding.lab.simulation.kernel_tables import Integers
from goodstanding.lab.simulation.months.others import ListedMonths
from goodstanding.lab.simulation.months.past_tables import list_read_sources
from goodstanding.lab.simulation.run_counts import SchemeCounts
from goodstanding.lab.world import Population
from goodstanding.lab.world.population import CHUNK

BESIDE = "beside."


def find_catalogues_read(scheme: SchemeArrays) -> set[str]:
    """The catalogues whose lists the records of a scheme read."""
    return {
        name.removeprefix(BESIDE).rpartition(".")[0] for name in list_read_sources(scheme) if name.startswith(BESIDE)
    }


def list_listed_months(population: Population, counts: SchemeCounts) -> dict[str, ListedMonths]:
    """Whom each list of a scheme names on the first day of each month, in the first arm of its run, by its full name.

    A list that is read is a fact for the reader: what the reader's own measures do changes nothing on it.
    """
    by_kind = {kind: _mark_listed(population, counts, kind) for kind in KINDS}
    return {
        f"{counts.name}.{name}": ListedMonths(by_kind["person"][place], by_kind["firm"][place])
        for place, name in enumerate(counts.list_names)
    }


def _mark_listed(population: Population, counts: SchemeCounts, kind: AgentKind) -> NDArray[np.bool_]:
    """By list, agent and month."""
    lives = counts.lives.get(kind)
    if lives is None:
        return np.zeros((len(counts.list_names), 0, 0), np.bool_)
    starts, tables = lives.month_starts[:-1], lives.build_occasions(counts.arms[0].mechanisms)
    listed = np.zeros((len(counts.list_names), lives.size, len(starts)), np.bool_)
    for first in range(0, lives.size, CHUNK):
        numbers = np.arange(first, min(first + CHUNK, lives.size))
        written = lives.write(build_chunk(population, lives.scheme, kind, numbers).table, tables)
        for agent, days in group_days_of_lists(written.listings).items():
            _mark_days(listed[:, first + agent], days, starts)
    return listed


def _mark_days(listed: NDArray[np.bool_], days: Sequence[DayOfLists], starts: Integers) -> None:
    """Marks by list the months on whose first day what was settled last names an agent."""
    months = np.searchsorted(starts, [settled.day for settled in days])
    for settled, month, end in zip(days, months, [*months[1:], len(starts)], strict=True):
        for which, _step in settled.rows:
            if which < len(listed):  # after the lists come the measures
                listed[which, month:end] = True
