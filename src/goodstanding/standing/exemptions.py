"""Whom a case spares: which of its grounds for sparing a subject hold for a record, or cannot be told."""

from __future__ import annotations

import pyarrow as pa

from goodstanding.catalogue.model import Catalogue
from goodstanding.standing.evaluation import open_engine
from goodstanding.standing.score import parse_record_condition
from goodstanding.standing.sql_text import chain_steps, quote_literal
from goodstanding.standing.typed_records import build_record_steps, name_record_step


def list_exemptions(records: pa.Table, catalogue: Catalogue, case: str) -> list[str]:
    """The names of the grounds that spare the subject of the one opening record in `records`, or that are unknown."""
    rule = catalogue.cases[case]
    tests = [
        f"SELECT {quote_literal(name)} AS name\nFROM {name_record_step(rule.record)} AS opening\n"
        f"WHERE ({parse_record_condition(catalogue, rule.record, spare.when).of('opening')}) IS DISTINCT FROM FALSE"
        for name, spare in rule.spares.items()
    ]
    if not tests:
        return []
    with open_engine(records) as connection:
        rows = connection.sql(chain_steps(build_record_steps(catalogue), "\nUNION ALL\n".join(tests))).fetchall()
    return sorted(name for (name,) in rows)
