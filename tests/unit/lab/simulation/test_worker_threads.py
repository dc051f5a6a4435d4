"""Work shared among threads: everybody is in one part, and nobody goes on where it failed."""

from __future__ import annotations

import pytest

from goodstanding.lab.simulation.worker_threads import share_out
from goodstanding.lab.world.population import CHUNK


@pytest.mark.parametrize("size", [0, 1, 7, CHUNK, 5 * CHUNK + 1])
def test_every_number_is_in_one_part_of_at_most_a_chunk(size: int) -> None:
    """Parts of any number of people: together all of them, once."""
    parts: list[range] = []
    share_out(parts.append, size)
    assert all(len(part) <= CHUNK for part in parts)
    assert [number for part in sorted(parts, key=lambda part: part.start) for number in part] == list(range(size))


def test_no_part_is_begun_after_one_has_failed() -> None:
    """The error comes out, and of a hundred parts hardly any was begun."""
    begun = []

    def fail(part: range) -> None:
        begun.append(part)
        raise ValueError(part)

    with pytest.raises(ValueError, match="range"):
        share_out(fail, 100 * CHUNK)
    assert len(begun) < 50
