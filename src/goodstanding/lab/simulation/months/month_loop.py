"""Lives month by month, one agent after another: for whoever meets nobody, or for whom what others say is known."""

from __future__ import annotations

import numpy as np
from numba import njit, prange, uint64

from goodstanding.lab.simulation.kernel_tables import PLAIN
from goodstanding.lab.simulation.life_loop import AGENTS_A_BLOCK, KEPT_SIZE, keep_life, pass_days
from goodstanding.lab.simulation.life_records import LOG_SIZE, make_scratch
from goodstanding.lab.simulation.months.month_step import begin_life, live_month, make_memory
from goodstanding.lab.world.random_streams import open_stream


@njit(**PLAIN)
def _live_months(seed, row, agents, month_starts, rules, origins, occasions, past, outside, memory, scratch):  # type: ignore[no-untyped-def]
    """One life, left in the scratch; whether there was room for it."""
    stream = open_stream(uint64(seed), agents.keys[row])
    scratch.counts[:] = 0
    if not begin_life(row, stream, agents, month_starts, rules, origins, occasions, memory, scratch):
        return False
    for month in range(len(month_starts) - 1):
        for place in range(len(past.outside_columns)):
            agents.sources[row, past.outside_columns[place]] = outside[row, month, place]
        if not live_month(row, month, stream, agents, month_starts, rules, origins, occasions, past, memory, scratch):
            return False
    pass_days(month_starts[len(month_starts) - 1], occasions.is_bad, scratch)
    return True


@njit(parallel=True, cache=True)
def live_chunk_by_month(seed, agents, month_starts, rules, origins, occasions, past, outside, room):  # type: ignore[no-untyped-def]
    """All lives of a chunk, as `life_loop.live_chunk` says; `outside` is what others say, by agent and month."""
    number = len(agents.keys)
    blocks = (number + AGENTS_A_BLOCK - 1) // AGENTS_A_BLOCK
    width = 2 * occasions.thresholds.shape[1] + occasions.thresholds.shape[0]
    kept, totals = np.zeros((number, KEPT_SIZE), np.int64), np.zeros((blocks, width), np.int64)
    for block in prange(blocks):
        nothing = np.empty((0, LOG_SIZE), np.int64)
        scratch, memory = make_scratch(room, width, nothing, nothing), make_memory(past, occasions)
        for row in range(block * AGENTS_A_BLOCK, min((block + 1) * AGENTS_A_BLOCK, number)):
            if _live_months(seed, row, agents, month_starts, rules, origins, occasions, past, outside, memory, scratch):
                keep_life(kept[row], scratch)
                for place in range(width):
                    totals[block, place] += scratch.counts[place]
    return kept, totals


@njit(cache=True)
def write_lives_by_month(  # type: ignore[no-untyped-def]
    seed, agents, month_starts, rules, origins, occasions, past, outside, room, records, standings
):
    """The same lives again, one after the other, written down: how many records and standings, or -1 without room."""
    width = 2 * occasions.thresholds.shape[1] + occasions.thresholds.shape[0]
    scratch, memory = make_scratch(room, width, records, standings), make_memory(past, occasions)
    for row in range(len(agents.keys)):
        if not _live_months(seed, row, agents, month_starts, rules, origins, occasions, past, outside, memory, scratch):
            return -1, -1
    return scratch.written[0], scratch.written[1]
