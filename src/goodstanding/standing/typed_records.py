"""Records with their fields in the types that the catalogue declares."""

from __future__ import annotations

import json

from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.records import RecordType
from goodstanding.standing.sql_text import SqlStep, build_step_name, quote_column, quote_literal

CARRIED_COLUMNS = "position, subject_id, source, reference, about, occurred, published"


def build_record_steps(catalogue: Catalogue) -> list[SqlStep]:
    """One step for each record type: its rows, one column a field."""
    return [_build_record_step(catalogue, name) for name in catalogue.records]


def name_record_step(name: str) -> str:
    """The name of a record type's step."""
    return build_step_name("record", name)


def _build_record_step(catalogue: Catalogue, name: str) -> SqlStep:
    fields = catalogue.records[name].fields
    shape = json.dumps({field: rule.sql_type for field, rule in fields.items()})
    typed = "".join(f",\n  f.{quote_column(field)} AS {quote_column(field)}" for field in fields)
    read = f"from_json(fields, {quote_literal(shape)}) AS f" if fields else "NULL AS f"
    own_records = f"SELECT {CARRIED_COLUMNS}, {read} FROM records WHERE record = {quote_literal(name)}"
    select = f"SELECT {CARRIED_COLUMNS}{typed}\nFROM ({own_records}){_build_consent_condition(catalogue.records[name])}"
    return SqlStep(name_record_step(name), f"{catalogue.records[name].title}, each field in its type", select)


def _build_consent_condition(record: RecordType) -> str:
    """That whom it is about agreed, where the record needs that: a no, and nothing said, count for nothing."""
    if record.consent is None:
        return ""
    column = f"f.{quote_column(record.consent)}"
    agreed = f"{column} <= CAST(occurred AS DATE)" if record.fields[record.consent].type == "date" else column
    return f"\nWHERE {agreed}"
