"""The same bytes on every processor and number of threads: people, ties and candidates."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import subprocess
import sys
from typing import Any

import numpy as np
import pytest

from goodstanding.lab import Population, draw_lives, load_acts, plan_acts
from goodstanding.lab.world.ties import tie_population


@pytest.mark.parametrize("environment", [{"NUMBA_NUM_THREADS": "1"}, {"NUMBA_CPU_NAME": "generic"}])
def test_a_world_is_equal_to_the_byte_on_any_processor_and_number_of_threads(environment: dict[str, str]) -> None:
    """A process of one thread, and one that knows nothing of its processor, make what this one makes."""
    code = f"from {__name__} import compute_digest; print(compute_digest())"
    process = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **environment}, check=True, capture_output=True, text=True
    )
    assert process.stdout.strip() == compute_digest()


def compute_digest() -> str:
    """A digest of a world: cells, persons, firms, ties, and what all could do in ten years."""
    population = Population.draw("china", persons=5_000, firms=500, seed=3)
    plan = plan_acts(population, load_acts(), "person")
    persons = population.make_persons()
    parts = (persons, population.make_firms(), tie_population(population, 10**9))
    arrays = list_arrays([population.persons.counts, plan.chances, *parts, draw_lives(population, plan, persons, 120)])
    assert len(arrays) > 30
    return hashlib.sha256(b"".join(array.tobytes() for array in arrays)).hexdigest()


def list_arrays(value: Any) -> list[np.ndarray[Any, Any]]:
    """All arrays within a value."""
    if isinstance(value, np.ndarray):
        return [value]
    if isinstance(value, dict):
        value = list(value.values())
    if dataclasses.is_dataclass(value):
        value = [getattr(value, field.name) for field in dataclasses.fields(value)]
    return [array for part in value for array in list_arrays(part)] if isinstance(value, list) else []
