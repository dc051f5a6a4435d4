"""Whom a case spares: which of its grounds for sparing a subject hold for a record, or cannot be told."""

from __future__ import annotations

import pyarrow as pa

from goodstanding.catalogue.model import Catalogue
from goodstanding.standing.evaluate import engine
from goodstanding.standing.score import parsed
from goodstanding.standing.text import literal, with_steps
from goodstanding.standing.typed import record_step, record_steps


def spared(records: pa.Table, catalogue: Catalogue, case: str) -> list[str]:
    """The names of the grounds that spare the subject of the one opening record in `records`, or that are unknown."""
    rule = catalogue.cases[case]
    tests = [
        f"SELECT {literal(name)} AS name\nFROM {record_step(rule.record)} AS opening\n"
        f"WHERE ({parsed(catalogue, rule.record, spare.when).of('opening')}) IS DISTINCT FROM FALSE"
        for name, spare in rule.spares.items()
    ]
    if not tests:
        return []
    with engine(records) as connection:
        found = connection.sql(with_steps(record_steps(catalogue), "\nUNION ALL\n".join(tests))).fetchall()
    return sorted(name for (name,) in found)
