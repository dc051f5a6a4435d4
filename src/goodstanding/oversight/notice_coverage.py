"""Notices: of the listings that began to bind, how many had a notice served before, and in which way."""

from __future__ import annotations

import json

import pyarrow as pa

from goodstanding.ledger import store as ledger
from goodstanding.oversight.cases.case_tables import CaseTables
from goodstanding.oversight.count_tables import CountTable
from goodstanding.register.cases.case_file import SERVICE
from goodstanding.register.storage.event_kinds import EventKind
from goodstanding.register.storage.types import NUMBER, TEXT, build_schema

NONE, UNSAID, INTERIM = "none", "unsaid", "interim"
NOTICE_SERVICES = (*SERVICE, UNSAID, INTERIM, NONE)
_NOTICES = f"""
SELECT position
FROM act
WHERE act.act = '{EventKind.NOTICE_SERVED}'
"""
BOUND = f"""
WITH bound AS (
  SELECT case_position, min(valid_from) AS day
  FROM span
  WHERE phase IN ('in-force', 'appealed-binding', 'final', 'interim')
  GROUP BY case_position
), told AS (
  SELECT case_position, arg_min(way, position) AS way, min(act.day) AS day
  FROM act
  JOIN served USING (position)
  GROUP BY case_position
)
SELECT source AS line, CASE
    WHEN opening = '{EventKind.INTERIM_IMPOSED}' THEN '{INTERIM}'
    WHEN told.day IS NULL OR told.day > bound.day THEN '{NONE}'
    ELSE told.way
  END AS part, case_position
FROM bound
JOIN cases USING (case_position)
LEFT JOIN told USING (case_position)
WHERE bound.day >= $since
  AND bound.day < $until
  AND bound.day <= $at
"""


def count_notice_coverage(tables: CaseTables) -> CountTable:
    """By source, the listings that began to bind, by how the notice before them was served."""
    register_services(tables)
    question = f"SELECT line, part, count(*) FROM ({BOUND}) GROUP BY ALL"
    return CountTable.of(NOTICE_SERVICES, tables.ask(question))


def register_services(tables: CaseTables) -> None:
    """Adds the table `served` that `BOUND` reads: how each notice was served."""
    positions = [position for (position,) in tables.ask(_NOTICES)]
    events = ledger.read_bodies_at(positions).to_pylist()
    services = {row["position"]: _parse_service(row["body"]) for row in events}
    rows = [{"position": position, "way": services.get(position, UNSAID)} for position in positions]
    tables.duck.register("served", pa.Table.from_pylist(rows, schema=build_schema(position=NUMBER, way=TEXT)))


def _parse_service(body: str | None) -> str:
    """How a notice was served; unsaid where its event was erased, or says none of the ways."""
    service = json.loads(body or "{}").get("service")
    return service if service in SERVICE else UNSAID
