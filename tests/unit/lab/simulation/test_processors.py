"""The same lives to the byte on every processor and number of threads."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys

import numpy as np
import pytest

from goodstanding.lab.behaviour.behaviour_file import load_behaviour
from goodstanding.lab.compilation.compiler import compile_scheme
from goodstanding.lab.simulation.runs import run
from goodstanding.lab.world import Population

ONE_THREAD, ANY_PROCESSOR = {"NUMBA_NUM_THREADS": "1"}, {"NUMBA_CPU_NAME": "generic"}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Thoroughly for another processor too, for which everything is compiled anew; a world is compared so each time."""
    if "environment" in metafunc.fixturenames:
        environments = [ONE_THREAD, ANY_PROCESSOR] if metafunc.config.getoption("thorough") else [ONE_THREAD]
        metafunc.parametrize("environment", environments)


def test_lives_are_equal_to_the_byte_on_any_processor_and_number_of_threads(environment: dict[str, str]) -> None:
    """A process of one thread, and one that knows nothing of its processor, count what this one counts."""
    code = f"from {__name__} import compute_digest; print(compute_digest())"
    process = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **environment}, check=True, capture_output=True, text=True
    )
    assert process.stdout.strip() == compute_digest()


def compute_digest() -> str:
    """A digest of what 2,000 adults of China did in five years under Rongcheng's points, and of their grades."""
    behaviour = load_behaviour("rongcheng-2014")
    population = Population.draw("china", persons=2_000, seed=3, least_age=18)
    counts = run(population, compile_scheme(behaviour), 60, start=behaviour.rules.runs.from_).schemes[0]
    assert counts.arms[0].records > 2_000
    arrays = [array for arm in counts.arms for array in (arm.acts, arm.acts_after, arm.days)]
    columns = np.concatenate([*arrays, counts.busiest["person"], counts.products.ravel()])
    return hashlib.sha256(columns.tobytes()).hexdigest()
