"""Writes the rows of a batch's records and withdrawals, and says whose effects must be worked out again."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from goodstanding.register.projection.case_rows import CASE_FINDING_KINDS_SQL
from goodstanding.register.projection.effect_rows import RECORDS_WITH_CATALOGUE
from goodstanding.register.projection.subject_resolution import resolve_subjects
from goodstanding.register.storage.columns import ColumnStore
from goodstanding.register.storage.event_kinds import EventKind
from goodstanding.register.storage.types import NUMBER, TEXT, build_schema

AT_ONCE = 20_000  # rows that one thread works on: several such parts keep several busy
_ISSUED = f"""
CREATE TEMP VIEW issued AS
SELECT position, body.*
FROM read
WHERE body.kind IN ('{EventKind.RECORD_ISSUED}', '{EventKind.RECORD_CORRECTED}', {CASE_FINDING_KINDS_SQL})
"""
_WITHDRAWN = f"""
CREATE TEMP VIEW withdrawn AS
SELECT position, body.*
FROM read
WHERE body.kind = '{EventKind.RECORD_WITHDRAWN}'
"""
_RECORDS = """
SELECT position, subject_id, kind AS event, catalogue, record, source, reference, version, about, occurred, stated,
  CAST(fields AS VARCHAR) AS fields, published, coalesce(feed, '') AS feed, row
FROM issued
JOIN whose USING (position)
ORDER BY position
"""


def write_record_rows(store: ColumnStore, duck: duckdb.DuckDBPyConnection, since: int) -> tuple[pa.Table, pa.Table]:
    """Writes the batch's records and withdrawals.

    Gives the (subject_id, catalogue) pairs that must be read again, and the records of subjects that this batch opened
    and then left alone: those records are all there are, so nothing about them needs to be read back.
    """
    for statement in (_ISSUED, _WITHDRAWN):
        duck.execute(statement)
    resolve_subjects(store, duck)
    store.add("record", duck.sql(_RECORDS).to_arrow_table())
    duck.register("displaced", pa.concat_tables([_mark_superseded(store, duck), _write_withdrawals(store, duck)]))
    duck.execute(_ALONE.format(since=since))
    return duck.sql(_AGAIN).to_arrow_table(), duck.sql(_WHOLE).to_arrow_table(AT_ONCE).cast(RECORDS_WITH_CATALOGUE)


_ALONE = """
CREATE TEMP TABLE alone AS
WITH
replaced AS (       -- what the batch itself replaces or withdraws
  SELECT source, record, reference
  FROM issued
  WHERE version > 1
  UNION
  SELECT source, record, reference
  FROM withdrawn
)
SELECT subject_id
FROM whose
WHERE subject_id >= {since}
EXCEPT
SELECT subject_id
FROM issued
JOIN whose USING (position)
SEMI JOIN replaced USING (source, record, reference)
"""
_AGAIN = """
SELECT subject_id, catalogue
FROM issued
JOIN whose USING (position)
ANTI JOIN alone USING (subject_id)
UNION
SELECT subject_id, catalogue
FROM displaced
"""
_WHOLE = f"""
SELECT position, subject_id, record, source, reference, coalesce(about, '') AS about, occurred,
  CAST(fields AS VARCHAR) AS fields, coalesce(published, '') AS published, catalogue
FROM issued
JOIN whose USING (position)
SEMI JOIN alone USING (subject_id)
WHERE kind NOT IN ({CASE_FINDING_KINDS_SQL})
"""


def _mark_superseded(store: ColumnStore, duck: duckdb.DuckDBPyConnection) -> pa.Table:
    """Marks what later versions take the place of; gives whose that was, who may be somebody else by now."""
    later = duck.sql(
        "SELECT position, source, record, reference, version FROM issued WHERE version > 1"
    ).to_arrow_table()
    if not later.num_rows:
        return TOUCHED.empty_table()
    store.hold("later", later)
    store.run(_SUPERSEDE.format(later="later"))
    return store.read(_SUPERSEDED, TOUCHED)


_SUPERSEDED = """
SELECT record.subject_id, record.catalogue
FROM later
JOIN record
  ON record.source = later.source
  AND record.record = later.record
  AND record.reference = later.reference
  AND record.replaced_at = later.position
"""
_SUPERSEDE = """
UPDATE record
SET replaced_at = {later}.position
FROM {later}
WHERE record.source = {later}.source
  AND record.record = {later}.record
  AND record.reference = {later}.reference
  AND record.version = {later}.version - 1
  AND record.replaced_at IS NULL
"""
_GONE = f"""
INSERT INTO record (position, subject_id, event, catalogue, record, source, reference, version, about, occurred, stated,
  fields, published, feed, row, replaced_at)
SELECT gone.position, record.subject_id, '{EventKind.RECORD_WITHDRAWN}', record.catalogue, record.record, record.source,
  record.reference, gone.version, record.about, record.occurred, gone.stated, '{{}}', NULL, record.feed, NULL,
  gone.position
FROM gone
JOIN record
  ON record.source = gone.source
  AND record.record = gone.record
  AND record.reference = gone.reference
  AND record.version = (  -- of two withdrawals in one batch the later one does not find the earlier one's row yet
    SELECT max(earlier.version)
    FROM record AS earlier
    WHERE earlier.source = gone.source
      AND earlier.record = gone.record
      AND earlier.reference = gone.reference
      AND earlier.version < gone.version
  )
"""


TOUCHED = build_schema(subject_id=NUMBER, catalogue=TEXT)


def _write_withdrawals(store: ColumnStore, duck: duckdb.DuckDBPyConnection) -> pa.Table:
    gone = duck.sql(
        "SELECT position, source, record, reference, version, CAST(stated AS VARCHAR) AS stated FROM withdrawn"
    ).to_arrow_table()
    if gone.num_rows:
        if store.postgres:
            gone = duck.sql(
                "SELECT position, source, record, reference, version, stated FROM withdrawn"
            ).to_arrow_table()
        store.hold("gone", gone)
        store.run(_GONE)
        store.run(_SUPERSEDE.format(later="gone"))
        statement = (
            "SELECT record.subject_id, record.catalogue FROM record JOIN gone ON gone.position = record.position"
        )
        return store.read(statement, TOUCHED)
    return TOUCHED.empty_table()
