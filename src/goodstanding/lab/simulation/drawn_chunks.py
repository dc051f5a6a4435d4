"""The agents of a chunk as a kernel reads them: their acts, what fields read of them, and where they are noticed."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from goodstanding.lab.acts import Acts, AgentKind
from goodstanding.lab.compilation.scheme_arrays import OPEN, SchemeArrays
from goodstanding.lab.simulation.kernel_tables import AgentTable, Integers, Levels, Words, list_acts
from goodstanding.lab.world import ActPlan, Population, plan_acts
from goodstanding.lab.world.agents import Agents
from goodstanding.lab.world.candidates import WHOLE
from goodstanding.lab.world.cells import Cells
from goodstanding.lab.world.population import CHUNK
from goodstanding.lab.world.random_streams import derive_key, draw_word, open_stream

REGION = "region"  # the trait by which places differ in how much they notice
_PLACE, _UNIT = derive_key("place"), 2.0**-53
KINDS: tuple[AgentKind, ...] = ("person", "firm")


@dataclass(frozen=True, slots=True)
class AgentChunk:
    """Agents by their numbers, and the table of them."""

    numbers: NDArray[np.signedinteger]
    table: AgentTable


def plan_scheme_acts(population: Population, acts: Acts, scheme: SchemeArrays, kind: AgentKind) -> ActPlan:
    """The acts that a scheme can record, in its order; of one that the kind of agent never does the chance is 0."""
    names, cells = list_acts(scheme), get_cells(population, kind)
    chances, needs = np.zeros((cells.counts.size, len(names))), np.zeros(len(names), np.uint8)
    done = {name: acts.by_name[name] for name in names if kind in acts.by_name[name].who}
    if done:
        plan = plan_acts(population, Acts(done, acts.file), kind)
        columns = [names.index(name) for name in plan.names]
        chances[:, columns], needs[columns] = plan.chances, plan.needs
    return ActPlan(names, np.array([derive_key(name) for name in names], np.uint64), needs, chances)


def get_cells(population: Population, kind: AgentKind) -> Cells:
    """The cells of persons or of firms."""
    return population.persons if kind == "person" else population.firms


def compute_noticed(population: Population, scheme: SchemeArrays, kind: AgentKind, seed: int) -> Words:
    """The chance that a record is made, by place and origin: places differ by a factor of their own for each origin."""
    cells, origins = get_cells(population, kind), scheme.origins
    rows = [
        [
            min(WHOLE, int(chance * math.exp(spread * _draw_deviation(seed, place, name)))) if spread else chance
            for name, chance, spread in zip(
                origins.names, origins.noticed.tolist(), origins.place_spreads.tolist(), strict=True
            )
        ]
        for place in range(len(cells.levels.get(REGION, ("everywhere",))))
    ]
    return np.array(rows, np.uint64).reshape(len(rows), -1)


def _draw_deviation(seed: int, place: int, name: str) -> float:
    """How far a place is from the others: a number of the standard normal distribution."""
    stream = open_stream(open_stream(np.uint64(seed), _PLACE), derive_key(name))
    return float(ndtri((int(draw_word(stream, np.uint64(place))) >> 11) * _UNIT + _UNIT / 2))


def build_chunk(population: Population, scheme: SchemeArrays, kind: AgentKind, numbers: Integers) -> AgentChunk:
    """The agents of these numbers."""
    agents = population.make_agents(kind, numbers)
    places = agents.levels.get(REGION, np.zeros(len(numbers), np.uint8))
    table = AgentTable(
        agents.keys, agents.cells, agents.flags, _read_sources(agents, scheme, kind), places,
        np.full(len(numbers), OPEN, np.int32),
    )  # fmt: skip
    return AgentChunk(numbers, table)


def build_whole(population: Population, scheme: SchemeArrays, kind: AgentKind) -> AgentChunk:
    """All agents of a kind at once, in as few bytes as hold them."""
    size = get_cells(population, kind).size
    numbers = (np.arange(start, min(start + CHUNK, size)) for start in range(0, size, CHUNK))
    chunks = [build_chunk(population, scheme, kind, part).table for part in numbers]
    table = AgentTable(*(np.concatenate(columns) for columns in zip(*chunks, strict=True)))
    return AgentChunk(np.arange(len(table.keys), dtype=np.int32), table)


def _read_sources(agents: Agents, scheme: SchemeArrays, kind: AgentKind) -> Levels:
    """What the fields of records read of each agent: levels of traits, flags, last its kind; 0 for what it lacks."""
    names = scheme.origins.source_names
    sources = np.zeros((len(agents.keys), len(names) + 1), np.uint8)
    for column, reference in enumerate(names):
        name = reference.removeprefix("agent.")
        if name in agents.levels:
            sources[:, column] = agents.levels[name]
        elif name in agents.flag_names:
            sources[:, column] = (agents.flags >> agents.flag_names.index(name)) & 1
    sources[:, -1] = KINDS.index(kind)
    return sources
