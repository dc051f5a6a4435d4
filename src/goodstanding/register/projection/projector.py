"""Keeps the projection in step with the ledger: batches of events in, rows and effects out, one transaction a batch."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
from django.db import transaction

from goodstanding.catalogue.primitives import NAME
from goodstanding.errors import Overtaken
from goodstanding.ledger import store as ledger
from goodstanding.ledger.read_cache import invalidate_read_cache
from goodstanding.messages import Message, RegisterMessage
from goodstanding.register.projection.case_rows import ACT_KINDS_SQL, CASE_FINDING_KINDS_SQL, write_case_rows
from goodstanding.register.projection.effect_rows import RECORDS_WITH_CATALOGUE, recompute_effect_rows
from goodstanding.register.projection.erasure_rows import remove_erased_rows
from goodstanding.register.projection.record_rows import TOUCHED, write_record_rows
from goodstanding.register.rules.enacted_catalogues import list_rule_versions_in
from goodstanding.register.storage.columns import ColumnStore, open_column_store
from goodstanding.register.storage.event_kinds import EventKind
from goodstanding.register.storage.lifecycle import load_signer
from goodstanding.register.storage.queries import fetch_rows
from goodstanding.register.storage.types import NUMBER, build_schema
from goodstanding.table_engine import FEW, open_table_engine

BATCH = 100_000
_NAME = re.compile(NAME)
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
_ENACTED = f"""
SELECT position, coalesce(body.name, '') AS catalogue, coalesce(body.version, 0) AS version,
  coalesce(body.digest, '') AS digest, coalesce(body.day, DATE '9999-12-31') AS day
FROM read
WHERE body.kind = '{EventKind.CATALOGUE_ENACTED}'
"""
_STATEMENTS = f"""
SELECT position, body.catalogue AS catalogue, body.feed AS feed, body.file AS file, body.digest AS digest,
  body.stated AS stated, CAST(body.counts AS VARCHAR) AS counts
FROM read
WHERE body.kind = '{EventKind.STATEMENT_RECEIVED}'
"""


_SOME = f"""
SELECT count(*) FILTER (
    body.kind IN ('{EventKind.RECORD_ISSUED}', '{EventKind.RECORD_CORRECTED}', '{EventKind.RECORD_WITHDRAWN}',
      {CASE_FINDING_KINDS_SQL})
  ),
  count(*) FILTER (body.kind IN ({ACT_KINDS_SQL})),
  count(*) FILTER (body.kind = '{EventKind.STATEMENT_RECEIVED}'),
  list(DISTINCT coalesce(body.name, '')) FILTER (body.kind = '{EventKind.CATALOGUE_ENACTED}'),
  list(DISTINCT body.name) FILTER (body.kind = '{EventKind.DRAFT_WITHDRAWN}' AND body.day IS NOT NULL)
FROM read
"""


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
                _project_again(store, remove_erased_rows(store, since, until))
                store.run(f"UPDATE progress SET size = {until}")
            if progress:
                progress(until, target)
            invalidate_read_cache()
            if until == target:
                return until


def append_event(draft: ledger.EventDraft, recorded_at: datetime) -> int:
    """Appends one event and, once that is committed, brings the projection up to it; gives its position."""
    position = ledger.append([draft], recorded_at, load_signer()).size - 1
    transaction.on_commit(catch_up, using=ledger.ALIAS)
    return position


@contextmanager
def append_exclusively() -> Iterator[None]:
    """For a `with` block in which nobody else appends, and the tables show all that was appended before."""
    while True:
        if get_projected_size() != ledger.get_ledger_size():
            catch_up()
        with ledger.hold_append_lock():
            if get_projected_size() == ledger.get_ledger_size():
                yield
                return


def refuse_if_overtaken(seen: int | None, newest: int) -> None:
    """Nothing, or Overtaken where the newest event of a matter is newer than whoever acts had seen; None: not said."""
    if seen is not None and newest > seen:
        raise Overtaken(Message(RegisterMessage.OVERTAKEN))


def get_projected_size() -> int:
    """The ledger size that the projection reflects."""
    progress_rows = fetch_rows("SELECT size FROM progress")
    return int(progress_rows[0][0]) if progress_rows else 0


class _BatchReader:
    """Batches that follow one another, read into a DuckDB each: while one is worked on, the next is read."""

    def __init__(self, executor: Executor, target: int) -> None:
        self.executor, self.target, self.begun = executor, target, dict[int, Future[duckdb.DuckDBPyConnection]]()

    def batch(self, since: int) -> duckdb.DuckDBPyConnection:
        if self.target - since <= min(FEW, BATCH):
            return _parse_events(ledger.read_bodies_at(range(since, self.target)))
        batch_database = (self.begun.pop(since, None) or self._begin(since)).result()
        if since + BATCH < self.target:
            self.begun[since + BATCH] = self._begin(since + BATCH)
        return batch_database

    def _begin(self, since: int) -> Future[duckdb.DuckDBPyConnection]:
        return self.executor.submit(_read_batch, since, min(since + BATCH, self.target))


def _read_batch(since: int, until: int) -> duckdb.DuckDBPyConnection:
    return _parse_events(ledger.read_bodies(since, until))


def _project_again(store: ColumnStore, events: pa.Table) -> None:
    """Makes files again from their events, after everything about them was taken out."""
    if events.num_rows:
        _project_batch(store, 0, _parse_events(events))


def _parse_events(events: pa.Table) -> duckdb.DuckDBPyConnection:
    duck = open_table_engine(events.num_rows, "800MB")
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
        [[records, acts, statements, enacted, ended]] = duck.execute(_SOME).fetchall()  # `sql` would plan it twice
        names = [name for name in enacted or [] if _NAME.match(name)]  # else no catalogue has it, nor a record
        if enacted:
            store.add("enactment", duck.sql(_ENACTED).to_arrow_table())
        if statements:
            store.add("statement", duck.sql(_STATEMENTS).to_arrow_table())
        changed = {*names, *filter(_NAME.match, ended or [])}
        under = [_list_subjects_under(store, name, since) for name in sorted(changed)]
        rules = list_rule_versions_in(store)  # read before much is written: reading waits for all that was asked
        touched, whole = write_record_rows(store, duck, since) if records else _NOTHING
        heard = write_case_rows(store, duck, changed, since) if acts or changed else TOUCHED.empty_table()
    whole, heard_pairs = _split_off_heard(whole, heard)
    recompute_effect_rows(store, rules, pa.concat_tables([touched, *under, heard, heard_pairs]), whole)


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


_NOTHING = TOUCHED.empty_table(), RECORDS_WITH_CATALOGUE.empty_table()
