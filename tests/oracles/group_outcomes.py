"""A thousand made-up people of five groups, and to whom of them something happened: for us and for an oracle."""

from __future__ import annotations

SHARES = {"first": 30, "second": 17, "third": 11, "fourth": 11, "fifth": 4}  # in a hundred of each group
SIZES = {"first": 100, "second": 200, "third": 300, "fourth": 300, "fifth": 100}


def list_outcomes() -> list[tuple[str, bool]]:
    """Group and outcome of each; of every hundred of a group the first ones are hit."""
    return [(group, place % 100 < SHARES[group]) for group, size in SIZES.items() for place in range(size)]
