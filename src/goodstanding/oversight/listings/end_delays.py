"""How soon authorities stated what ends a listing: performance, settlement, an annulment; by working days of its rules.

The listing ends on the day of performance, however late that is stated (charter article 14); until then it showed too
long. Of cases heard here the act itself ends the listing, so there is nothing to measure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

import pyarrow as pa

from goodstanding.catalogue import Catalogue
from goodstanding.oversight.count_tables import SMALL, CountTable, DisclosedTable
from goodstanding.oversight.disclosure_control import disclose_table
from goodstanding.oversight.reporting_period import ReportingWindow
from goodstanding.procedure.calendars import Calendar
from goodstanding.register.rules.authorities import load_authority_tree
from goodstanding.register.rules.enacted_catalogues import list_enacted
from goodstanding.register.storage.columns import open_column_store
from goodstanding.register.storage.types import DAY, NUMBER, TEXT, build_schema
from goodstanding.table_engine import open_table_engine

IN_TIME, LATE = "in-time", "late"
MEASURED_ROLES = ("performance", "settlement", "annulment")
_INTERVAL = """
SELECT case_position, subject_id, catalogue, kind, name, stage, valid_from,
  coalesce(CAST(valid_to AS TEXT), '') AS valid_to, because, "then"
FROM case_interval
WHERE catalogue IN ({names})
"""
_RECORD = """
SELECT position, subject_id, source, record, reference, occurred, stated, fields
FROM record
WHERE catalogue IN ({names})
"""
_TABLES = {
    "case_interval": (_INTERVAL, build_schema(case_position=NUMBER, subject_id=NUMBER, catalogue=TEXT, kind=TEXT,
                               name=TEXT, stage=TEXT, valid_from=DAY, valid_to=TEXT, because=TEXT, then=TEXT)),
    "record": (_RECORD, build_schema(position=NUMBER, subject_id=NUMBER, source=TEXT, record=TEXT, reference=TEXT,
                               occurred=DAY, stated=DAY, fields=TEXT)),
}  # fmt: skip
_ENDS = """
WITH ended AS (     -- each listing that such a step ended, with the record that states the step
  SELECT listing.case_position, listing.catalogue, listing.name, ending.valid_from AS day, step.field,
    from_json(ending.because, '["BIGINT"]')[-1] AS position
  FROM case_interval AS listing
  JOIN case_interval AS ending
    ON ending.subject_id = listing.subject_id
    AND ending.case_position = listing.case_position
    AND ending.stage = listing."then"
    AND ending.valid_from = TRY_CAST(listing.valid_to AS DATE)
  JOIN step
    ON step.catalogue = listing.catalogue
    AND step.list = listing.name
    AND step.step = listing."then"
  WHERE listing.kind = 'listing'
    AND ending.kind = 'case'
)
SELECT opening.source, ended.catalogue, ended.name, ended.day, min(version.stated) AS stated
FROM ended
JOIN record AS opening ON opening.position = ended.case_position
JOIN record AS newest ON newest.position = ended.position
JOIN record AS version      -- the first version of it that stated the step
  ON version.subject_id = newest.subject_id
  AND version.source = newest.source
  AND version.record = newest.record
  AND version.reference = newest.reference
WHERE coalesce(TRY_CAST(json_extract_string(version.fields, '$."' || ended.field || '"') AS DATE),
    CASE WHEN ended.field = 'occurred' THEN version.occurred END) <= ended.day
GROUP BY ended.case_position, ended.position, opening.source, ended.catalogue, ended.name, ended.day
HAVING min(version.stated) >= $since
  AND min(version.stated) < $until
  AND min(version.stated) <= $at
"""


class ListingEnd(NamedTuple):
    """A listing that ended: whose it was, the working days until that was stated, and how many there were to do so."""

    source: str
    days: int
    within: int


@dataclass(frozen=True, slots=True)
class ListingEnds:
    """By source, how many ends were stated in time and late; and the most working days, of sources that are shown.

    Those of all sources together, under no name, are of these alone: else they could be those of one that is not shown.
    """

    counts: DisclosedTable
    longest: Mapping[str, int]


def measure_listing_ends(window: ReportingWindow) -> ListingEnds:
    """The ends of listings that were stated in a window, as they may be shown."""
    return disclose_listing_ends(list_listing_ends(window), window.least_shown)


def disclose_listing_ends(ends: Sequence[ListingEnd], least: int = SMALL) -> ListingEnds:
    """The same of ends that were found."""
    counts = [(end.source, IN_TIME if end.days <= end.within else LATE, 1) for end in ends]
    disclosed = disclose_table(CountTable.of((IN_TIME, LATE), counts), least)
    shown = {line.name for line in disclosed.lines if not line.hidden}
    longest: dict[str, int] = {}
    for end in ends:
        for name in ("", end.source) if end.source in shown else ():
            longest[name] = max(longest.get(name, 0), end.days)
    return ListingEnds(disclosed, longest)


def list_listing_ends(window: ReportingWindow) -> list[ListingEnd]:
    """Every end of a listing that was stated in a window, of lists that say within how many days it has to be."""
    rules = {name: enacted.catalogue for name, enacted in list_enacted().items()}
    steps = [step for catalogue in rules.values() for step in _list_measured_steps(catalogue)]
    if not steps:
        return []
    tree = load_authority_tree()
    return [
        _build_end(tree.now(source), rules[catalogue], name, day, stated)
        for source, catalogue, name, day, stated in _query_ends(steps, window)
    ]


def _list_measured_steps(catalogue: Catalogue) -> Iterator[dict[str, str]]:
    """The steps that end a list of a catalogue, with the field that dates them."""
    for name, rule in catalogue.lists.items():
        case = catalogue.cases[rule.case] if rule.case and rule.ends_within is not None else None
        for key, step in case.steps.items() if case else ():
            if step.role in MEASURED_ROLES:
                yield {"catalogue": catalogue.name, "list": name, "step": key, "field": step.on}


def _query_ends(steps: list[dict[str, str]], window: ReportingWindow) -> list[tuple[Any, ...]]:
    names = ", ".join(f"'{name}'" for name in sorted({step["catalogue"] for step in steps}))
    with open_column_store() as store:
        tables = {
            name: store.read(statement.format(names=names), types) for name, (statement, types) in _TABLES.items()
        }
    tables["step"] = pa.Table.from_pylist(steps, schema=build_schema(catalogue=TEXT, list=TEXT, step=TEXT, field=TEXT))
    with open_table_engine(sum(table.num_rows for table in tables.values())) as duck:
        for name, table in tables.items():
            duck.register(name, table)
        days = {"since": window.since, "until": window.until, "at": window.at}
        return duck.execute(_ENDS, days).fetchall()


def _build_end(source: str, catalogue: Catalogue, name: str, day: date, stated: date) -> ListingEnd:
    days = count_working_days(catalogue.calendar, day, stated)
    return ListingEnd(source, days, catalogue.lists[name].ends_within or 0)


@lru_cache(maxsize=4096)
def count_working_days(calendar: str, first: date, last: date) -> int:
    """The working days after a day up to another one, by a catalogue's calendar."""
    days, working = (last - first).days, Calendar.of(calendar)
    return sum(working.works(first + timedelta(days=number)) for number in range(1, days + 1))
