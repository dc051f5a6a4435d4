"""Which version of the rules conduct falls under: that of its own day, and a later one only where it is milder."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from goodstanding.catalogue.model import Catalogue
from goodstanding.standing.evaluation import open_engine
from goodstanding.standing.milder_effects import choose_milder, keep_benefits

Outcome = tuple[pa.Table, pa.Table]
Calculation = Callable[[pa.Table, Catalogue, date], Outcome]  # records, rules, first day of conduct: intervals, effects
_WITHOUT_EFFECT = {"version", "title", "summary", "sources", "feeds", "examples", "files", "digest", "admissions"}
_CONDUCT_DAYS = """
SELECT records.position, least(records.occurred, coalesce(min(opening.occurred), records.occurred)) AS day
FROM records
LEFT JOIN records AS opening
  ON opening.subject_id = records.subject_id
  AND records.about IN (opening.reference, opening.source || '/' || opening.reference)
GROUP BY records.position, records.occurred
"""


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """Rules of one version, and the first day of the conduct that they apply to whether they are milder or not."""

    first_day: date
    catalogue: Catalogue


def join_versions(versions: Sequence[RuleVersion]) -> list[RuleVersion]:
    """Versions, oldest first, from which the same follows as one: the newer rules, from the older one's day on."""
    joined: list[RuleVersion] = []
    for version in versions:
        if joined and _select_rules(joined[-1].catalogue) == _select_rules(version.catalogue):
            joined[-1] = RuleVersion(joined[-1].first_day, version.catalogue)
        else:
            joined.append(version)
    return joined


def _select_rules(catalogue: Catalogue) -> dict[str, Any]:
    return catalogue.model_dump(exclude=_WITHOUT_EFFECT)


def compute_by_version(
    records: pa.Table,
    versions: Sequence[RuleVersion],
    calculate: Calculation,
    benefits: frozenset[str] = frozenset(),
) -> Outcome:
    """Intervals and effects under versions of rules, oldest first; each effect with the version that it rests on.

    `benefits` are the measures and lists that do somebody good: later rules take none for earlier conduct.
    """
    first = versions[0]
    intervals, effects = _calculate(records, first.catalogue, date.min, first.catalogue.version, calculate)
    earliest = first.catalogue.in_force
    for before, version in pairwise(versions):
        number, earliest = version.catalogue.version, min(earliest, version.catalogue.in_force)
        for_old = version.catalogue.model_copy(update={"in_force": earliest})  # its first day is that of conduct
        later = _calculate(records, for_old, date.min, number, calculate)
        days = compute_conduct_days(records)
        recent = _select_recent(records, version, days)
        old = {position for position, day in days.items() if day < version.first_day}
        fresh = _calculate(recent, version.catalogue, version.first_day, number, calculate)
        outcome = []
        for rows, earlier, of_recent in zip(later, (intervals, effects), fresh, strict=True):
            chosen = choose_milder(rows, pa.concat_tables([earlier, of_recent]), before.catalogue, benefits)
            outcome.append(keep_benefits(chosen, earlier, version.catalogue, benefits, old))
        intervals, effects = outcome
    return intervals, effects


def _calculate(
    records: pa.Table, catalogue: Catalogue, first_day: date, version: int, calculate: Calculation
) -> Outcome:
    intervals, effects = calculate(records, catalogue, first_day)
    return intervals, effects.append_column("version", pa.repeat(pa.scalar(version, pa.int64()), effects.num_rows))


def _select_recent(records: pa.Table, version: RuleVersion, days: Mapping[int, date]) -> pa.Table:
    """Records of conduct since the version's first day, and those that only say who is in a scheme."""
    recent = [position for position, day in days.items() if day >= version.first_day]
    schemes = version.catalogue.schemes.values()
    entries = {scheme.starts_with for scheme in schemes if scheme.starts_with} - _list_judged_records(version.catalogue)
    kept = pc.is_in(records.column("position"), pa.array(recent, pa.int64()))
    return records.filter(pc.or_(kept, pc.is_in(records.column("record"), pa.array(sorted(entries), pa.string()))))


def _list_judged_records(catalogue: Catalogue) -> set[str]:
    cases, schemes = catalogue.cases.values(), catalogue.schemes.values()
    return {case.record for case in cases} | {scheme.record for scheme in schemes}


def compute_conduct_days(records: pa.Table) -> dict[int, date]:
    """The day of the conduct that each record is about, by position: that of the record which opened its case."""
    with open_engine(records) as connection:
        return dict(connection.sql(_CONDUCT_DAYS).fetchall())
