"""Records with their fields in the types that the catalogue declares."""

from __future__ import annotations

import json

from goodstanding.catalogue.model import Catalogue
from goodstanding.standing.text import Step, column, literal, step_name

CARRIED = "position, subject_id, source, reference, about, occurred, published"


def record_steps(catalogue: Catalogue) -> list[Step]:
    """One step for each record type: its rows, one column a field."""
    return [_typed(catalogue, name) for name in catalogue.records]


def record_step(name: str) -> str:
    """The name of a record type's step."""
    return step_name("record", name)


def _typed(catalogue: Catalogue, name: str) -> Step:
    fields = catalogue.records[name].fields
    shape = json.dumps({field: rule.sql_type for field, rule in fields.items()})
    typed = "".join(f",\n  f.{column(field)} AS {column(field)}" for field in fields)
    read = f"from_json(fields, {literal(shape)}) AS f" if fields else "NULL AS f"
    select = f"SELECT {CARRIED}{typed}\nFROM (SELECT {CARRIED}, {read} FROM records WHERE record = {literal(name)})"
    return Step(record_step(name), f"{catalogue.records[name].title}, each field in its type", select)
