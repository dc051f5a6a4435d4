"""The cases heard here as rows: which there are, what was done in each, and the stretches that follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import reduce
from itertools import groupby
from operator import itemgetter
from typing import Any

import duckdb
import pyarrow as pa

from goodstanding.catalogue.model import Catalogue
from goodstanding.errors import NotPossible
from goodstanding.procedure.hearing import Act, Case, Done, advance
from goodstanding.procedure.stretches import stretches
from goodstanding.procedure.terms import Terms, milder, terms_of
from goodstanding.register import catalogues
from goodstanding.register.store import DAY, NUMBER, TEXT, Columns, rows, schema

LIFTS = ("", "adverse", "all")  # how much a stretch lifts of what rests on a record, as a number
AGAIN = "again"  # the code of a dispute that was finally refused before
OF_A_CASE = ("CaseProposed", "InterimImposed")  # findings that bind only by a hearing: no rule reads them
ABOUT_A_RECORD = ("RecordDisputed", "LinkDisputed", "RepairRequested")
NOT_STATED = ", ".join(f"'{kind}'" for kind in OF_A_CASE)
ACTS = ", ".join(f"'{act}'" for act in Act)
_SAID = f"""
SELECT position, coalesce(body.case, position) AS case_position, body.kind AS act,
  coalesce(body.day, DATE '1970-01-01') AS day, coalesce(body.by, '') AS person, coalesce(body.office, '') AS office,
  CAST(coalesce(body.upheld, TRUE) AS BIGINT) AS upheld, body.ends_on
FROM read
WHERE body.kind IN ({ACTS})
"""
_OPENED = f"""
SELECT position, subject_id, body.catalogue AS catalogue, coalesce(body.list, '') AS listed, body.source AS source,
  body.kind AS act, NULL::BIGINT AS about, coalesce(body.code, '') AS code
FROM read
JOIN whose USING (position)
WHERE body.kind IN ({NOT_STATED})
"""
_ASKED = f"""
SELECT position, body.disputed AS about, body.kind AS act, coalesce(body.code, '') AS code
FROM read
WHERE body.kind IN ({", ".join(f"'{kind}'" for kind in ABOUT_A_RECORD)})
"""
_ABOUT = """
SELECT asked.position, record.subject_id, record.catalogue, coalesce(hearing.listed, '') AS listed, record.source,
  asked.act, asked.about, asked.code
FROM asked
JOIN record ON record.position = asked.about
LEFT JOIN hearing ON hearing.position = asked.about
"""
_HEARING = schema(position=NUMBER, subject_id=NUMBER, catalogue=TEXT, listed=TEXT, source=TEXT, act=TEXT, about=NUMBER,
                  code=TEXT)  # fmt: skip
_DONE = schema(position=NUMBER, case_position=NUMBER, act=TEXT, day=TEXT, person=TEXT, office=TEXT, upheld=NUMBER,
               ends_on=TEXT)  # fmt: skip
_COLUMNS = (
    "hearing_act.position, hearing_act.case_position, hearing_act.act, CAST(hearing_act.day AS TEXT) AS day,"
    " hearing_act.person, hearing_act.office, hearing_act.upheld,"
    " coalesce(CAST(hearing_act.ends_on AS TEXT), '') AS ends_on"
)
_DONE_IN = f"""
SELECT {_COLUMNS}
FROM hearing_act
JOIN heard ON heard.position = hearing_act.case_position
ORDER BY hearing_act.case_position, hearing_act.position
"""
_CASES = """
SELECT hearing.position, hearing.subject_id, hearing.catalogue, hearing.listed, hearing.source, hearing.act,
  coalesce(hearing.about, -1) AS about, hearing.code
FROM hearing
JOIN heard ON heard.position = hearing.position
"""
_UNDER = "SELECT position FROM hearing WHERE catalogue = '{name}' AND position < {since}"
SPANS = schema(case_position=NUMBER, subject_id=NUMBER, catalogue=TEXT, source=TEXT, listed=TEXT, phase=TEXT,
               valid_from=DAY, valid_to=DAY, then=TEXT, binds=NUMBER, lifts=NUMBER)  # fmt: skip
TOUCHED = schema(subject_id=NUMBER, catalogue=TEXT)

Row = Mapping[str, Any]
Versions = Mapping[str, list[tuple[int, Catalogue]]]  # by name: each version in force here, with its event's position


def project(store: Columns, duck: duckdb.DuckDBPyConnection, changed: Iterable[str], since: int) -> pa.Table:
    """Writes the batch's cases and acts and the stretches that follow from them; gives whose effects that touches.

    `changed` are the catalogues of which the batch enacted a version: their cases are worked out anew.
    """
    acts = duck.sql(_SAID).to_arrow_table()
    if acts.num_rows:
        _open(store, duck, set(acts.column("act").to_pylist()))
        store.add("hearing_act", acts)
    under = [store.read(_UNDER.format(name=name, since=since), schema(position=NUMBER)) for name in changed]
    heard = {*acts.column("case_position").to_pylist(), *(one for table in under for one in table[0].to_pylist())}
    return _work_out(store, sorted(heard), catalogues.versions_in(store)) if heard else TOUCHED.empty_table()


def _open(store: Columns, duck: duckdb.DuckDBPyConnection, kinds: set[str]) -> None:
    if kinds & set(OF_A_CASE):
        store.add("hearing", duck.sql(_OPENED).to_arrow_table())
    if kinds & set(ABOUT_A_RECORD):
        store.hold("asked", duck.sql(_ASKED).to_arrow_table())
        store.add("hearing", store.read(_ABOUT, _HEARING))


def _work_out(store: Columns, heard: list[int], versions: Versions) -> pa.Table:
    """Lays down the stretches of these cases again, from all that was done in them."""
    store.hold("heard", pa.table({"position": pa.array(heard, NUMBER)}))
    cases = store.read(_CASES, _HEARING).to_pylist()
    acts = store.read(_DONE_IN, _DONE).to_pylist()
    done = {case: list(its) for case, its in groupby(acts, key=itemgetter("case_position"))}
    store.run("DELETE FROM hearing_span WHERE case_position IN (SELECT position FROM heard)")
    spans = [span for case in cases for span in spans_of(case, done.get(case["position"], []), versions)]
    store.add("hearing_span", pa.Table.from_pylist(spans, schema=SPANS))
    return pa.Table.from_pylist([{name: case[name] for name in TOUCHED.names} for case in cases], schema=TOUCHED)


def spans_of(case: Row, acts: Iterable[Row], versions: Versions) -> Iterator[dict[str, Any]]:
    """The stretches of one case, as rows; none under a catalogue that is not in force."""
    folded = folded_case(case, acts, versions)
    for one in stretches(folded, suspends=case["code"] != AGAIN) if folded else ():
        yield {
            "case_position": case["position"],
            **{name: case[name] for name in ("subject_id", "catalogue", "source", "listed")},
            "phase": one.phase.value,
            "valid_from": one.since,
            "valid_to": one.until,
            "then": one.then,
            "binds": int(one.binds),
            "lifts": LIFTS.index(one.lifts),
        }


def folded_case(case: Mapping[str, Any], acts: Iterable[Mapping[str, Any]], versions: Versions) -> Case | None:
    """A case from what was done in it, in the order of the ledger; what its state does not permit changes nothing."""
    terms = terms_at(case, versions)
    return reduce(_after, map(_done, acts), Case(terms)) if terms else None


def terms_at(case: Mapping[str, Any], versions: Versions) -> Terms | None:
    """The terms of a case: of the rules in force when it was opened, and milder where a later version is."""
    held = versions.get(case["catalogue"], [])
    before = [one for position, one in held if position <= case["position"]][-1:] or [one for _, one in held[:1]]
    later = [one for position, one in held if position > case["position"]]
    terms = [terms_of(one, case["listed"], case["code"] or None) for one in (*before, *later)]
    return reduce(milder, terms) if terms else None


def _done(row: Mapping[str, Any]) -> Done:
    ends = date.fromisoformat(row["ends_on"]) if row["ends_on"] else None
    day = date.fromisoformat(row["day"])
    return Done(Act(row["act"]), day, row["person"], bool(row["upheld"]), reasons="in the event", ends_on=ends)


def _after(case: Case, done: Done) -> Case:
    try:
        return advance(case, done)
    except NotPossible:
        return case


_OF_SUBJECT = """
SELECT position, subject_id, catalogue, listed, source, act, coalesce(about, -1) AS about, code
FROM hearing
WHERE subject_id = %s
  AND position < %s
ORDER BY position
"""
_OF_CASE = """
SELECT position, case_position, act, CAST(day AS TEXT) AS day, person, office, upheld,
  coalesce(CAST(ends_on AS TEXT), '') AS ends_on
FROM hearing_act
WHERE case_position = %s
  AND position < %s
ORDER BY position
"""
_ONE = """
SELECT position, subject_id, catalogue, listed, source, act, coalesce(about, -1) AS about, code
FROM hearing
WHERE position = %s
"""


def cases_of(subject_id: int, size: int) -> list[dict[str, Any]]:
    """The cases about a subject that were opened before a ledger size."""
    return [dict(zip(_HEARING.names, row, strict=True)) for row in rows(_OF_SUBJECT, [subject_id, size])]


def case_at(position: int) -> dict[str, Any] | None:
    """The case opened by the event at a position, if one was."""
    return next((dict(zip(_HEARING.names, row, strict=True)) for row in rows(_ONE, [position])), None)


def acts_of(case: int, size: int) -> list[dict[str, Any]]:
    """What was done in a case before a ledger size, in order."""
    return [dict(zip(_DONE.names, row, strict=True)) for row in rows(_OF_CASE, [case, size])]
