"""Keeps the projection in step with the ledger: events in, rows out, in whole columns.

A batch of events goes through named DuckDB steps: read, resolved (whose record it is), then the rows of each table;
then the effects of every subject that the batch touched are worked out anew. One transaction a batch, and the size the
tables reflect is part of it, so that a crash loses nothing and repeats nothing.
"""

from __future__ import annotations

import atexit
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from functools import lru_cache
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from goodstanding.ledger import store as ledger
from goodstanding.ledger.look import invalidate_read_cache
from goodstanding.register import catalogues, erased, hearing_rows, working
from goodstanding.register.hearing_rows import CASE_FINDING_KINDS_SQL
from goodstanding.register.opened import resolve_subjects
from goodstanding.register.store import NUMBER, TEXT, ColumnStore, build_schema, fetch_rows, open_column_store

BATCH = 150_000
AT_ONCE = 20_000  # rows that one thread works on: several such parts keep several busy
Progress = Callable[[int, int], None]

_READ = """
CREATE TEMP TABLE read AS
SELECT position, from_json(body, '{
  "kind": "VARCHAR", "catalogue": "VARCHAR", "record": "VARCHAR", "source": "VARCHAR", "reference": "VARCHAR",
  "version": "INTEGER", "about": "VARCHAR", "occurred": "DATE", "stated": "DATE", "fields": "JSON",
  "published": "VARCHAR", "feed": "VARCHAR", "row": "BIGINT", "name": "VARCHAR", "digest": "VARCHAR", "day": "DATE",
  "file": "VARCHAR", "counts": "JSON", "case": "BIGINT", "list": "VARCHAR", "by": "VARCHAR", "office": "VARCHAR",
  "upheld": "BOOLEAN", "ends_on": "DATE", "disputed": "BIGINT", "code": "VARCHAR",
  "subject": {"kind": "VARCHAR", "identifiers": ["VARCHAR"], "name": "VARCHAR", "names": ["VARCHAR"],
              "region": "VARCHAR", "sector": "VARCHAR"}
}') AS body
FROM events
WHERE body IS NOT NULL
"""
_ISSUED = f"""
CREATE TEMP VIEW issued AS
SELECT position, body.*
FROM read
WHERE body.kind IN ('RecordIssued', 'RecordCorrected', {CASE_FINDING_KINDS_SQL})
"""
_WITHDRAWN = """
CREATE TEMP VIEW withdrawn AS
SELECT position, body.*
FROM read
WHERE body.kind = 'RecordWithdrawn'
"""
_RECORDS = """
SELECT position, subject_id, kind AS event, catalogue, record, source, reference, version, about, occurred, stated,
  CAST(fields AS VARCHAR) AS fields, published, coalesce(feed, '') AS feed, row
FROM issued
JOIN whose USING (position)
ORDER BY position
"""
_ENACTED = """
SELECT position, body.name AS catalogue, body.version AS version, body.digest AS digest, body.day AS day
FROM read
WHERE body.kind = 'CatalogueEnacted'
"""
_STATEMENTS = """
SELECT position, body.catalogue AS catalogue, body.feed AS feed, body.file AS file, body.digest AS digest,
  body.stated AS stated, CAST(body.counts AS VARCHAR) AS counts
FROM read
WHERE body.kind = 'StatementReceived'
"""


_SOME = f"""
SELECT count(*) FILTER (body.kind IN ('RecordIssued', 'RecordCorrected', 'RecordWithdrawn', {CASE_FINDING_KINDS_SQL})),
  count(*) FILTER (body.kind IN ({hearing_rows.ACT_KINDS_SQL})),
  count(*) FILTER (body.kind = 'StatementReceived'),
  list(DISTINCT body.name) FILTER (body.kind = 'CatalogueEnacted')
FROM read
"""


FEW = 1_000
_LIMITS: dict[str, Any] = {"threads": 2, "memory_limit": "800MB"}


def catch_up(progress: Progress | None = None) -> int:
    """Brings the projection up to the ledger's size, batch by batch; gives the size it then reflects."""
    target = ledger.get_ledger_size()
    with ThreadPoolExecutor(max_workers=1) as executor:
        reading = _BatchReader(executor, target)
        while True:
            with open_column_store() as store:
                since = _lock_size(store)
                until = min(since + BATCH, target)
                if since >= until:
                    return since
                _project_batch(store, since, reading.batch(since))
                _project_again(store, erased.remove_erased_rows(store, since, until))
                store.run(f"UPDATE progress SET size = {until}")
            if progress:
                progress(until, target)
            invalidate_read_cache()
            if until == target:
                return until


def get_projected_size() -> int:
    """The ledger size that the projection reflects."""
    progress_rows = fetch_rows("SELECT size FROM progress")
    return int(progress_rows[0][0]) if progress_rows else 0


class _BatchReader:
    """Batches that follow one another, read into a DuckDB each: while one is worked on, the next is read."""

    def __init__(self, executor: Executor, target: int) -> None:
        self.beside, self.target, self.begun = executor, target, dict[int, Future[duckdb.DuckDBPyConnection]]()

    def batch(self, since: int) -> duckdb.DuckDBPyConnection:
        if self.target - since <= min(FEW, BATCH):
            return _parse_events(ledger.read_bodies_at(range(since, self.target)))
        batch_database = (self.begun.pop(since, None) or self._begin(since)).result()
        if since + BATCH < self.target:
            self.begun[since + BATCH] = self._begin(since + BATCH)
        return batch_database

    def _begin(self, since: int) -> Future[duckdb.DuckDBPyConnection]:
        return self.beside.submit(_read_batch, since, min(since + BATCH, self.target))


def _read_batch(since: int, until: int) -> duckdb.DuckDBPyConnection:
    return _parse_events(ledger.read_bodies(since, until))


def _project_again(store: ColumnStore, events: pa.Table) -> None:
    """Makes files again from their events, after everything about them was taken out."""
    if events.num_rows:
        _project_batch(store, 0, _parse_events(events))


@lru_cache(maxsize=1)
def _open_small_batch_database() -> duckdb.DuckDBPyConnection:
    """A database for small batches, which hold all they make in temporary tables: to make one takes 10 ms."""
    database = duckdb.connect(config=_LIMITS)
    atexit.register(database.close)
    return database


def _parse_events(events: pa.Table) -> duckdb.DuckDBPyConnection:
    duck = _open_small_batch_database().cursor() if events.num_rows <= FEW else duckdb.connect(config=_LIMITS)
    duck.register("events", events)
    duck.execute(_READ)
    duck.unregister("events")
    return duck


def _lock_size(store: ColumnStore) -> int:
    store.run("UPDATE progress SET size = size")
    sizes = store.read("SELECT size FROM progress", build_schema(size=NUMBER)).column(0).to_pylist()
    if not sizes:
        store.run("INSERT INTO progress (size) VALUES (0)")
    return int(sizes[0]) if sizes else 0


def _project_batch(store: ColumnStore, since: int, batch: duckdb.DuckDBPyConnection) -> None:
    with batch as duck:
        [[records, acts, statements, enacted]] = duck.execute(_SOME).fetchall()  # `sql` would plan it twice
        names = enacted or []
        if names:
            store.add("enactment", duck.sql(_ENACTED).to_arrow_table())
        if statements:
            store.add("statement", duck.sql(_STATEMENTS).to_arrow_table())
        under = [_list_subjects_under(store, name, since) for name in names]
        rules = catalogues.list_enacted_in(store)  # read before much is written: reading waits for all that was asked
        touched, whole = write_record_rows(store, duck, since) if records else _NOTHING
        heard = hearing_rows.write_case_rows(store, duck, names, since) if acts or names else TOUCHED.empty_table()
    whole, heard_pairs = _split_off_heard(whole, heard)
    working.recompute_effect_rows(store, rules, pa.concat_tables([touched, *under, heard, heard_pairs]), whole)


def _split_off_heard(whole: pa.Table, heard: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Records of subjects that have a case are read back instead: what is left, and whose effects to work out."""
    of_heard = pc.is_in(whole.column("subject_id"), heard.column("subject_id"))
    heard_pairs = whole.filter(of_heard).select(TOUCHED.names).cast(TOUCHED)
    return whole.filter(pc.invert(of_heard)), heard_pairs


def _list_subjects_under(store: ColumnStore, catalogue: str, since: int) -> pa.Table:
    """Everybody who had records, before this batch, under a catalogue whose rules have changed."""
    statement = (
        "SELECT DISTINCT subject_id, catalogue FROM record\n"
        f"WHERE catalogue = '{catalogue}' AND replaced_at IS NULL AND subject_id < {since}"
    )
    return store.read(statement, TOUCHED)


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
    return duck.sql(_AGAIN).to_arrow_table(), duck.sql(_WHOLE).to_arrow_table(AT_ONCE).cast(
        working.RECORDS_WITH_CATALOGUE
    )


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
_GONE = """
INSERT INTO record (position, subject_id, event, catalogue, record, source, reference, version, about, occurred, stated,
  fields, published, feed, row, replaced_at)
SELECT gone.position, record.subject_id, 'RecordWithdrawn', record.catalogue, record.record, record.source,
  record.reference, gone.version, record.about, record.occurred, gone.stated, '{}', NULL, record.feed, NULL,
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
_NOTHING = TOUCHED.empty_table(), working.RECORDS_WITH_CATALOGUE.empty_table()


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
