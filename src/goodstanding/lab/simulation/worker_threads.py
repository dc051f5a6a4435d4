"""Work on many agents, shared among threads: compiled code runs in all of them at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from numba import config

from goodstanding.lab.world.population import CHUNK


def share_out(work: Callable[[range], None], size: int) -> None:
    """Does the work for all numbers up to a size, a chunk at a time, in as many threads as numba may use.

    Where it fails or is interrupted, no thread begins another chunk.
    """
    threads, is_over = int(config.NUMBA_NUM_THREADS), Event()  # type: ignore[attr-defined]
    step = max(1, min(CHUNK, -(-size // threads)))

    def work_on(first: int) -> None:
        for start in range(first * step, size, threads * step):
            if is_over.is_set():
                return
            try:
                work(range(start, min(start + step, size)))
            except BaseException:
                is_over.set()
                raise

    with ThreadPoolExecutor(threads) as pool:
        try:
            list(pool.map(work_on, range(threads)))
        except BaseException:
            is_over.set()
            raise
