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
from goodstanding.ledger.look import look_again
from goodstanding.register import catalogues, erased, hearing_rows, working
from goodstanding.register.hearing_rows import NOT_STATED
from goodstanding.register.opened import open_subjects
from goodstanding.register.store import NUMBER, TEXT, Columns, columns, rows, schema

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
WHERE body.kind IN ('RecordIssued', 'RecordCorrected', {NOT_STATED})
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
SELECT count(*) FILTER (body.kind IN ('RecordIssued', 'RecordCorrected', 'RecordWithdrawn', {NOT_STATED})),
  count(*) FILTER (body.kind IN ({hearing_rows.ACTS})),
  count(*) FILTER (body.kind = 'StatementReceived'),
  list(DISTINCT body.name) FILTER (body.kind = 'CatalogueEnacted')
FROM read
"""


FEW = 1_000
_LIMITS: dict[str, Any] = {"threads": 2, "memory_limit": "800MB"}


def catch_up(progress: Progress | None = None) -> int:
    """Brings the projection up to the ledger's size, batch by batch; gives the size it then reflects."""
    target = ledger.size()
    with ThreadPoolExecutor(max_workers=1) as beside:
        reading = _Reading(beside, target)
        while True:
            with columns() as store:
                since = _hold_size(store)
                until = min(since + BATCH, target)
                if since >= until:
                    return since
                _project(store, since, reading.batch(since))
                _make_again(store, erased.forget(store, since, until))
                store.run(f"UPDATE progress SET size = {until}")
            if progress:
                progress(until, target)
            look_again()
            if until == target:
                return until


def reached() -> int:
    """The ledger size that the projection reflects."""
    found = rows("SELECT size FROM progress")
    return int(found[0][0]) if found else 0


class _Reading:
    """Batches that follow one another, read into a DuckDB each: while one is worked on, the next is read."""

    def __init__(self, beside: Executor, target: int) -> None:
        self.beside, self.target, self.begun = beside, target, dict[int, Future[duckdb.DuckDBPyConnection]]()

    def batch(self, since: int) -> duckdb.DuckDBPyConnection:
        if self.target - since <= min(FEW, BATCH):
            return _parsed(ledger.bodies_at(range(since, self.target)))
        found = (self.begun.pop(since, None) or self._begin(since)).result()
        if since + BATCH < self.target:
            self.begun[since + BATCH] = self._begin(since + BATCH)
        return found

    def _begin(self, since: int) -> Future[duckdb.DuckDBPyConnection]:
        return self.beside.submit(_read, since, min(since + BATCH, self.target))


def _read(since: int, until: int) -> duckdb.DuckDBPyConnection:
    return _parsed(ledger.bodies(since, until))


def _make_again(store: Columns, events: pa.Table) -> None:
    """Makes files again from their events, after everything about them was taken out."""
    if events.num_rows:
        _project(store, 0, _parsed(events))


@lru_cache(maxsize=1)
def _beside() -> duckdb.DuckDBPyConnection:
    """A database for small batches, which hold all they make in temporary tables: to make one takes 10 ms."""
    database = duckdb.connect(config=_LIMITS)
    atexit.register(database.close)
    return database


def _parsed(events: pa.Table) -> duckdb.DuckDBPyConnection:
    duck = _beside().cursor() if events.num_rows <= FEW else duckdb.connect(config=_LIMITS)
    duck.register("events", events)
    duck.execute(_READ)
    duck.unregister("events")
    return duck


def _hold_size(store: Columns) -> int:
    store.run("UPDATE progress SET size = size")
    found = store.read("SELECT size FROM progress", schema(size=NUMBER)).column(0).to_pylist()
    if not found:
        store.run("INSERT INTO progress (size) VALUES (0)")
    return int(found[0]) if found else 0


def _project(store: Columns, since: int, batch: duckdb.DuckDBPyConnection) -> None:
    with batch as duck:
        [[records, acts, statements, enacted]] = duck.execute(_SOME).fetchall()  # `sql` would plan it twice
        names = enacted or []
        if names:
            store.add("enactment", duck.sql(_ENACTED).to_arrow_table())
        if statements:
            store.add("statement", duck.sql(_STATEMENTS).to_arrow_table())
        under = [_all_under(store, name, since) for name in names]
        rules = catalogues.enacted_in(store)  # read before much is written: reading waits for all that was asked
        touched, whole = _records(store, duck, since) if records else _NOTHING
        heard = hearing_rows.project(store, duck, names, since) if acts or names else _TOUCHED.empty_table()
    whole, more = _without(whole, heard)
    working.renew(store, rules, pa.concat_tables([touched, *under, heard, more]), whole)


def _without(whole: pa.Table, heard: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Records of subjects that have a case are read back instead: what is left, and whose effects to work out."""
    of_heard = pc.is_in(whole.column("subject_id"), heard.column("subject_id"))
    more = whole.filter(of_heard).select(_TOUCHED.names).cast(_TOUCHED)
    return whole.filter(pc.invert(of_heard)), more


def _all_under(store: Columns, catalogue: str, since: int) -> pa.Table:
    """Everybody who had records, before this batch, under a catalogue whose rules have changed."""
    statement = (
        "SELECT DISTINCT subject_id, catalogue FROM record\n"
        f"WHERE catalogue = '{catalogue}' AND replaced_at IS NULL AND subject_id < {since}"
    )
    return store.read(statement, _TOUCHED)


def _records(store: Columns, duck: duckdb.DuckDBPyConnection, since: int) -> tuple[pa.Table, pa.Table]:
    """Writes the batch's records and withdrawals.

    Gives the (subject_id, catalogue) pairs that must be read again, and the records of subjects that this batch opened
    and then left alone: those records are all there are, so nothing about them needs to be read back.
    """
    for statement in (_ISSUED, _WITHDRAWN):
        duck.execute(statement)
    open_subjects(store, duck)
    store.add("record", duck.sql(_RECORDS).to_arrow_table())
    duck.register("displaced", pa.concat_tables([_replace(store, duck), _withdraw(store, duck)]))
    duck.execute(_ALONE.format(since=since))
    return duck.sql(_AGAIN).to_arrow_table(), duck.sql(_WHOLE).to_arrow_table(AT_ONCE).cast(working.WHOLE)


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
WHERE kind NOT IN ({NOT_STATED})
"""


def _replace(store: Columns, duck: duckdb.DuckDBPyConnection) -> pa.Table:
    """Marks what later versions take the place of; gives whose that was, who may be somebody else by now."""
    later = duck.sql(
        "SELECT position, source, record, reference, version FROM issued WHERE version > 1"
    ).to_arrow_table()
    if not later.num_rows:
        return _TOUCHED.empty_table()
    store.hold("later", later)
    store.run(_SUPERSEDE.format(later="later"))
    return store.read(_SUPERSEDED, _TOUCHED)


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


_TOUCHED = schema(subject_id=NUMBER, catalogue=TEXT)
_NOTHING = _TOUCHED.empty_table(), working.WHOLE.empty_table()


def _withdraw(store: Columns, duck: duckdb.DuckDBPyConnection) -> pa.Table:
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
        return store.read(statement, _TOUCHED)
    return _TOUCHED.empty_table()
