"""What a version of a catalogue keeps of the records on file: their types, and what each field of these is."""

from __future__ import annotations

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.validation.scheme_names import locate_key
from goodstanding.errors import CatalogueError
from goodstanding.messages import EnactmentMessage, Message
from goodstanding.register.rules.enacted_catalogues import list_rules_on_file
from goodstanding.register.storage.queries import fetch_rows

_RECORD_TYPES_ON_FILE = """
SELECT DISTINCT record
FROM record
WHERE catalogue = %s
"""


def refuse_if_records_dropped(catalogue: Catalogue) -> None:
    """Nothing, or CatalogueError where a version has a type of record on file no more, or a field with another type.

    Without its type a file would not open; with another type of a field what is on file would be lost, or read anew.
    """
    on_file = {record for (record,) in fetch_rows(_RECORD_TYPES_ON_FILE, [catalogue.name])}
    if dropped := sorted(on_file - catalogue.records.keys()):
        message = Message(EnactmentMessage.RECORD_TYPE_DROPPED, {"record": dropped[0]})
        raise CatalogueError(message, where="catalogue.yaml (records)")
    for before in list_rules_on_file(catalogue.name):
        for record in sorted(on_file & before.records.keys()):
            _refuse_if_fields_retyped(catalogue, before, record)


def _refuse_if_fields_retyped(catalogue: Catalogue, before: Catalogue, record: str) -> None:
    fields = catalogue.records[record].fields
    for name, field in before.records[record].fields.items():
        if name in fields and fields[name].type != field.type:
            params = {"record": record, "field": name, "before": field.type, "type": fields[name].type}
            where = locate_key(catalogue, "catalogue.yaml", "records", record, "fields", name, "type")
            raise CatalogueError(Message(EnactmentMessage.FIELD_RETYPED, params), where=where)
