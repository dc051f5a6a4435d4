"""Lives month by month, one agent after another: for whoever meets nobody, or for whom what others say is known."""

from __future__ import annotations

import numpy as np
from numba import njit, uint64

from goodstanding.lab.kernel_compilation import PLAIN
from goodstanding.lab.simulation.life_loop import KEPT_SIZE, keep_life, pass_days
from goodstanding.lab.simulation.life_records import make_scratch
from goodstanding.lab.simulation.months.month_step import begin_months, live_month, make_memory
from goodstanding.lab.world.random_streams import open_stream


@njit(**PLAIN)
def _live_months(seed, row, agents, month_starts, rules, origins, occasions, past, outside, memory, scratch):  # type: ignore[no-untyped-def]
    """One life, left in the scratch; whether there was room for it."""
    stream = open_stream(uint64(seed), agents.keys[row])
    if not begin_months(row, stream, agents, month_starts, rules, origins, occasions, memory, scratch):
        return False
    for month in range(len(month_starts) - 1):
        for place in range(len(past.outside_columns)):
            agents.sources[row, past.outside_columns[place]] = outside[row, month, place]
        if not live_month(row, month, stream, agents, month_starts, rules, origins, occasions, past, memory, scratch):
            return False
    pass_days(month_starts[len(month_starts) - 1], occasions.is_bad, scratch, None)
    return True


@njit(cache=True, nogil=True)
def live_agents_by_month(  # type: ignore[no-untyped-def]
    seed, agents, month_starts, rules, origins, occasions, past, outside, room, logs
):
    """All lives of a chunk, as `life_loop.live_agents` says; `outside` is what others say, by agent and month."""
    width, number = 2 * len(occasions.is_breach) + occasions.thresholds.shape[0], len(agents.keys)
    scratch, memory = make_scratch(room, 0, width, logs[0], logs[1]), make_memory(past, occasions)
    kept, totals = np.empty((number, KEPT_SIZE), np.int32), np.zeros(width, np.int64)
    for row in range(number):
        scratch.counts[:] = 0
        fits = _live_months(seed, row, agents, month_starts, rules, origins, occasions, past, outside, memory, scratch)
        keep_life(kept[row], fits, scratch)
        if fits:
            for place in range(width):
                totals[place] += scratch.counts[place]
    written = np.zeros(len(logs), np.int64)
    written[:2] = scratch.written
    return kept, totals, written
