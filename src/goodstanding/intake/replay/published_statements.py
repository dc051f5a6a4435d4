"""From records as one day's statement holds them to what `procedure` replays: each proceeding with its told steps.

A source that did a step again may put all its days into one cell. What of them is not the step's own day stands in a
remark, a JSON object by the file's column; the feed says which field a column fills, the case which step a field dates.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from goodstanding import standing
from goodstanding.catalogue.feeds import Feed
from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.procedures import CaseStep
from goodstanding.procedure.histories import PublishedStatement, PublishedStep

ProceedingKey = tuple[str, str]
_DAY = re.compile(r"(?<!\d)(\d{1,2})[-/](\d{1,2})[-/](\d{4}|\d{2})(?!\d)")


@dataclass(frozen=True)
class PublishedStatementReader:
    """Reads the statements of one kind of case out of records that one feed brought."""

    catalogue: Catalogue
    case: str
    feed: Feed

    def statements(self, records: pa.Table, day: date) -> Iterator[tuple[ProceedingKey, PublishedStatement]]:
        """Each proceeding by source and reference, as the records of one day state it."""
        dated, explanations_by_position = self._dated(records), self._explained(records)
        for row in records.to_pylist():
            if row["record"] == self.feed.record:
                fields = json.loads(row["fields"])
                steps = tuple(self._list_published_steps(fields, dated[row["position"]]))
                statement = PublishedStatement(
                    day, row["published"], steps, self._numbers(fields), explanations_by_position.get(row["position"])
                )
                yield (row["source"], row["reference"]), statement

    def _dated(self, records: pa.Table) -> dict[int, dict[str, tuple[date, date | None]]]:
        """For each opening record, the day and the day of publication of each step whose condition holds."""
        days_by_position: defaultdict[int, dict[str, tuple[date, date | None]]] = defaultdict(dict)
        steps = standing.compute_stated_steps(records, self.catalogue)
        for row in steps.to_pylist() if steps else ():
            if row["name"] == self.case and row["holds"]:
                days_by_position[row["case_position"]][row["step"]] = (row["day"], row["public_day"])
        return days_by_position

    def _explained(self, records: pa.Table) -> dict[int, str]:
        explanations = standing.compute_explanations(records, self.catalogue, self.feed.record)
        return {row["position"]: row["explained"] for row in explanations.to_pylist() if row["explained"]}

    def _list_published_steps(
        self, fields: dict[str, Any], dated: dict[str, tuple[date, date | None]]
    ) -> Iterator[PublishedStep]:
        """The steps in the catalogue's order, those too that have a day of publication alone."""
        more_days = self._more_days(fields)
        for name, step in self.catalogue.cases[self.case].steps.items():
            day, shown = dated.get(name, (None, self._shown_alone(fields, step)))
            if day or shown:
                again, shown_again = more_days.get(step.on, ()), more_days.get(step.public_on or "", ())
                further_days = (
                    tuple(further_day for further_day in again if further_day != day),
                    tuple(further_day for further_day in shown_again if further_day != shown),
                )
                yield PublishedStep(name, day, shown, *further_days)

    def _shown_alone(self, fields: dict[str, Any], step: CaseStep) -> date | None:
        own = step.record in (None, self.feed.record)
        text = fields.get(step.public_on or "") if own and not fields.get(step.on) else None
        return date.fromisoformat(text) if text else None

    def _more_days(self, fields: dict[str, Any]) -> dict[str, tuple[date, ...]]:
        """The days that remarks give for a field of the record, by field."""
        filled = {value.column: name for name, value in self.feed.fields.items() if value.column}
        days_by_field: dict[str, tuple[date, ...]] = {}
        for name, rule in self.catalogue.records[self.feed.record].fields.items():
            if rule.kind == "remark":
                days_by_field |= {
                    filled[key]: _parse_days(text)
                    for key, text in _parse_remark(fields.get(name)).items()
                    if key in filled
                }
        return days_by_field

    def _numbers(self, fields: dict[str, Any]) -> tuple[tuple[str, str], ...]:
        rules = self.catalogue.records[self.feed.record].fields
        return tuple(
            (rule.title, fields[name]) for name, rule in rules.items() if rule.kind == "reference" and fields.get(name)
        )


def _parse_remark(text: str | None) -> dict[str, str]:
    """A remark as the JSON object it may be; empty where it is plain text."""
    try:
        remark = json.loads(text or "null")
    except ValueError:
        return {}
    return {key: str(value) for key, value in remark.items()} if isinstance(remark, dict) else {}


def _parse_days(text: str) -> tuple[date, ...]:
    """The days written as day, month, year in a text; what is no day is left out."""
    return tuple(day for day in (_build_day(*map(int, numbers)) for numbers in _DAY.findall(text)) if day)


def _build_day(day: int, month: int, year: int) -> date | None:
    try:
        return date(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        return None
