"""The cases heard here as rows: which there are, what was done in each, and the spans that follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import reduce
from itertools import groupby
from operator import itemgetter
from typing import Any

import duckdb
import pyarrow as pa

from goodstanding.errors import NotPossible
from goodstanding.procedure.case_effects import list_span_effects
from goodstanding.procedure.case_machine import apply_act
from goodstanding.procedure.case_states import Act, CompletedAct, HeardCase
from goodstanding.procedure.intervals import find_end_of_step
from goodstanding.procedure.time_limits import ProcedureTerms, apply_milder_terms, build_terms
from goodstanding.register.rules.enacted_catalogues import EnactedCatalogue, list_catalogue_versions_in
from goodstanding.register.storage.columns import ColumnStore
from goodstanding.register.storage.event_kinds import EventKind, render_sql_list
from goodstanding.register.storage.types import DAY, NUMBER, TEXT, build_schema

LIFTS = ("", "adverse", "all")  # how much a span lifts of what rests on a record, as a number
REPEATED_DISPUTE = "again"  # the code of a dispute that was finally refused before
# findings that bind only by a hearing: no rule reads them
CASE_FINDING_KINDS = (EventKind.CASE_PROPOSED, EventKind.INTERIM_IMPOSED)
RECORD_CASE_KINDS = (EventKind.RECORD_DISPUTED, EventKind.LINK_DISPUTED, EventKind.REPAIR_REQUESTED)
CASE_FINDING_KINDS_SQL = render_sql_list(CASE_FINDING_KINDS)
ACT_KINDS_SQL = render_sql_list(Act)
_ACTS_READ = f"""
SELECT position, coalesce(body.case, position) AS case_position, body.kind AS act,
  coalesce(body.day, DATE '1970-01-01') AS day, coalesce(body.by, '') AS person, coalesce(body.office, '') AS office,
  CAST(coalesce(body.upheld, TRUE) AS BIGINT) AS upheld, body.ends_on
FROM read
WHERE body.kind IN ({ACT_KINDS_SQL})
"""
_OPENED = f"""
SELECT position, subject_id, body.catalogue AS catalogue, coalesce(body.list, '') AS listed, body.source AS source,
  body.kind AS act, NULL::BIGINT AS about, coalesce(body.code, '') AS code
FROM read
JOIN whose USING (position)
WHERE body.kind IN ({CASE_FINDING_KINDS_SQL})
"""
_RECORD_CASES = f"""
SELECT position, body.disputed AS about, body.kind AS act, coalesce(body.code, '') AS code
FROM read
WHERE body.kind IN ({render_sql_list(RECORD_CASE_KINDS)})
"""
_ABOUT = """
SELECT asked.position, record.subject_id, record.catalogue, coalesce(hearing.listed, '') AS listed, record.source,
  asked.act, asked.about, asked.code
FROM asked
JOIN record ON record.position = asked.about
LEFT JOIN hearing ON hearing.position = asked.about
"""
CASE_COLUMNS = build_schema(position=NUMBER, subject_id=NUMBER, catalogue=TEXT, listed=TEXT, source=TEXT, act=TEXT,
                            about=NUMBER,
                  code=TEXT)  # fmt: skip
ACT_COLUMNS = build_schema(position=NUMBER, case_position=NUMBER, act=TEXT, day=TEXT, person=TEXT, office=TEXT,
                           upheld=NUMBER,
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
CASES = """
SELECT hearing.position, hearing.subject_id, hearing.catalogue, hearing.listed, hearing.source, hearing.act,
  coalesce(hearing.about, -1) AS about, hearing.code, coalesce(CAST(finding.occurred AS TEXT), '') AS occurred
FROM hearing
LEFT JOIN record AS finding ON finding.position = coalesce(hearing.about, hearing.position)
"""  # each with the day of the conduct that it is about, unless that was erased
_CASES_IN = f"{CASES}JOIN heard ON heard.position = hearing.position\n"
_UNDER = "SELECT position FROM hearing WHERE catalogue = '{name}' AND position < {since}"
CASE_ROW = build_schema(**dict(zip(CASE_COLUMNS.names, CASE_COLUMNS.types, strict=True)), occurred=TEXT)
SPANS = build_schema(case_position=NUMBER, subject_id=NUMBER, catalogue=TEXT, source=TEXT, listed=TEXT, phase=TEXT,
               valid_from=DAY, valid_to=DAY, then=TEXT, binds=NUMBER, lifts=NUMBER)  # fmt: skip
TOUCHED = build_schema(subject_id=NUMBER, catalogue=TEXT)

Row = Mapping[str, Any]
CatalogueVersions = Mapping[str, list[EnactedCatalogue]]  # by name, oldest first


def write_case_rows(
    store: ColumnStore, duck: duckdb.DuckDBPyConnection, changed: Iterable[str], since: int
) -> pa.Table:
    """Writes the batch's cases and acts and the spans that follow from them; gives whose effects that touches.

    `changed` are the catalogues of which the batch enacted a version: their cases are worked out anew.
    """
    acts = duck.sql(_ACTS_READ).to_arrow_table()
    if acts.num_rows:
        _write_opened_cases(store, duck, set(acts.column("act").to_pylist()))
        store.add("hearing_act", acts)
    under = [store.read(_UNDER.format(name=name, since=since), build_schema(position=NUMBER)) for name in changed]
    case_positions = {
        *acts.column("case_position").to_pylist(),
        *(position for table in under for position in table[0].to_pylist()),
    }
    return (
        _rewrite_spans(store, sorted(case_positions), list_catalogue_versions_in(store))
        if case_positions
        else TOUCHED.empty_table()
    )


def _write_opened_cases(store: ColumnStore, duck: duckdb.DuckDBPyConnection, kinds: set[str]) -> None:
    if kinds & set(CASE_FINDING_KINDS):
        store.add("hearing", duck.sql(_OPENED).to_arrow_table())
    if kinds & set(RECORD_CASE_KINDS):
        store.hold("asked", duck.sql(_RECORD_CASES).to_arrow_table())
        store.add("hearing", store.read(_ABOUT, CASE_COLUMNS))


def _rewrite_spans(store: ColumnStore, case_positions: list[int], versions: CatalogueVersions) -> pa.Table:
    """Lays down the spans of these cases again, from all that was done in them."""
    store.hold("heard", pa.table({"position": pa.array(case_positions, NUMBER)}))
    cases = store.read(_CASES_IN, CASE_ROW).to_pylist()
    acts = store.read(_DONE_IN, ACT_COLUMNS).to_pylist()
    acts_by_case = {case: list(case_acts) for case, case_acts in groupby(acts, key=itemgetter("case_position"))}
    store.run("DELETE FROM hearing_span WHERE case_position IN (SELECT position FROM heard)")
    spans = [span for case in cases for span in build_span_rows(case, acts_by_case.get(case["position"], []), versions)]
    store.add("hearing_span", pa.Table.from_pylist(spans, schema=SPANS))
    return pa.Table.from_pylist([{name: case[name] for name in TOUCHED.names} for case in cases], schema=TOUCHED)


def build_span_rows(case: Row, acts: Iterable[Row], versions: CatalogueVersions) -> Iterator[dict[str, Any]]:
    """The spans of one case, as rows; none under a catalogue that is not in force."""
    folded = fold_case(case, acts, versions)
    for span_effect in list_span_effects(folded, suspends=case["code"] != REPEATED_DISPUTE) if folded else ():
        yield {
            "case_position": case["position"],
            **{name: case[name] for name in ("subject_id", "catalogue", "source", "listed")},
            "phase": span_effect.phase.value,
            "valid_from": span_effect.since,
            "valid_to": span_effect.until,
            "then": span_effect.then.value if span_effect.then else "",
            "binds": int(span_effect.binds),
            "lifts": LIFTS.index(span_effect.lifts),
        }


def fold_case(
    case: Mapping[str, Any], acts: Iterable[Mapping[str, Any]], versions: CatalogueVersions
) -> HeardCase | None:
    """A case from what was done in it, in the order of the ledger; what its state does not permit changes nothing."""
    terms = find_case_terms(case, versions)
    return reduce(_advance_if_possible, map(_build_done, acts), HeardCase(terms)) if terms else None


def find_case_terms(case: Mapping[str, Any], versions: CatalogueVersions) -> ProcedureTerms | None:
    """The terms of a case: its steps by the version at its opening, how long it binds by that of its conduct's day.

    Versions since the conduct count where they are milder: no day binds that one of them would leave free. Nor does
    one after the end of the rules or of the law, as in the effects.
    """
    enacted = versions.get(case["catalogue"], [])
    if not enacted:
        return None
    terms = [build_terms(version.catalogue, case["listed"], case["code"] or None) for version in enacted]
    at_opening = max(0, sum(version.position <= case["position"] for version in enacted) - 1)
    day = date.fromisoformat(case["occurred"]) if case["occurred"] else enacted[at_opening].first_day
    of_conduct = max((number for number, version in enumerate(enacted) if version.first_day <= day), default=0)
    ends = (day for version in enacted[of_conduct:] for day in _list_ends(version, case["listed"]))
    return apply_milder_terms(terms[at_opening], terms[of_conduct:], min(ends, default=None))


def _list_ends(version: EnactedCatalogue, listed: str) -> Iterator[date]:
    """The days on which a list ends: with the rules, with its law, and where they have it no more, at once."""
    rules, rule = version.catalogue, version.catalogue.lists.get(listed)
    if rule is None:
        yield version.day
    stage = next(iter(rule.while_), None) if rule else None
    of_step = find_end_of_step(rules, rule.case, stage) if rule and rule.case and stage else None
    yield from filter(None, (rules.until, rules.repeals.get(listed), of_step))


def _build_done(row: Mapping[str, Any]) -> CompletedAct:
    ends = date.fromisoformat(row["ends_on"]) if row["ends_on"] else None
    day = date.fromisoformat(row["day"])
    return CompletedAct(Act(row["act"]), day, row["person"], bool(row["upheld"]), reasons="in the event", ends_on=ends)


def _advance_if_possible(case: HeardCase, done: CompletedAct) -> HeardCase:
    try:
        return apply_act(case, done)
    except NotPossible:
        return case
