"""The milder of what two versions of rules give: compared day by day over the stretches themselves, never declared.

Rows are those of `effects` or of `intervals`; a list or a measure is matched by the records that it rests on, a grade
by its scheme. Where a subject was shown how a case stands, the later rules alone decide; a benefit is kept.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby, pairwise
from typing import Any

import pyarrow as pa

from goodstanding.catalogue.model import Catalogue

Row = dict[str, Any]
_BEST = -1  # no grade


def choose_milder(
    later: pa.Table, earlier: pa.Table, before: Catalogue, benefits: frozenset[str] = frozenset()
) -> pa.Table:
    """What later rules give, no longer and no worse than what is in `earlier`; `before` has the order of its grades.

    The `benefits`, by the names of measures and lists, are as the later rules give them.
    """
    earlier_rows = _group_by_key(earlier.to_pylist())
    chosen = [
        part
        for row in later.to_pylist()
        for part in ([row] if _get_rule_name(row) in benefits else _list_parts(row, earlier_rows, before))
    ]
    return pa.Table.from_pylist(list(_join_stretches(chosen)), schema=later.schema)


def keep_benefits(
    chosen: pa.Table, earlier: pa.Table, after: Catalogue, benefits: frozenset[str], positions: Container[int]
) -> pa.Table:
    """What was chosen, and the benefits that earlier rules give for records at some positions where later ones do not.

    One ends with the law and the rules that it has now; what the later rules do not know at all nobody gives any more.
    """
    if not benefits:
        return chosen
    chosen_rows = chosen.to_pylist()
    by_key = _group_by_key(chosen_rows)
    kept = [
        part
        for row in earlier.to_pylist()
        if _get_rule_name(row) in benefits and all(position in positions for position in row["because"])
        for part in _list_lost_parts(_limit_to_rules(row, after), by_key)
    ]
    return pa.Table.from_pylist(list(_join_stretches([*chosen_rows, *kept])), schema=chosen.schema)


def _group_by_key(rows: Iterable[Row]) -> dict[tuple[Any, ...], list[Row]]:
    by_key: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        by_key.setdefault(_build_key(row), []).append(row)
    return by_key


def _limit_to_rules(row: Row, after: Catalogue) -> Row:
    name = _get_rule_name(row)
    ends = [row["valid_to"], after.until, after.repeals.get(name)]
    if name not in after.measures and name not in after.lists:
        ends.append(row["valid_from"])
    return row | {"valid_to": min(filter(None, ends), default=None)}


def _list_lost_parts(row: Row, chosen: Mapping[tuple[Any, ...], list[Row]]) -> Iterator[Row]:
    """The days of an earlier benefit on which the same audience is told of none."""
    others = [other for other in chosen.get(_build_key(row), []) if other["audience"] == row["audience"]]
    for start, end in _list_pieces(row, others):
        if not any(_holds(other, start) for other in others):
            yield row | {"valid_from": start, "valid_to": None if end == date.max else end}


def _build_key(row: Row) -> tuple[Any, ...]:
    return row["subject_id"], row["kind"], _get_rule_name(row)


def _get_rule_name(row: Row) -> str:
    name: str = row["measure"] if "measure" in row else row["name"]
    return name


def _list_parts(row: Row, earlier_rows: Mapping[tuple[Any, ...], list[Row]], before: Catalogue) -> Iterator[Row]:
    if row["kind"] == "case":
        yield row
        return
    matching = [other for other in earlier_rows.get(_build_key(row), []) if _is_of_same_matter(row, other)]
    for start, end in _list_pieces(row, matching):
        if holding := [other for other in matching if _holds(other, start)]:
            yield _choose(row, holding, before) | {"valid_from": start, "valid_to": None if end == date.max else end}


def _list_pieces(row: Row, others: Iterable[Row]) -> Iterator[tuple[date, date]]:
    """The days of a row, cut wherever another one begins or ends."""
    days = sorted({day for stretch in (row, *others) for day in _get_days(stretch)})
    return ((start, end) for start, end in pairwise(days) if _holds(row, start))


def _is_of_same_matter(row: Row, other: Row) -> bool:
    return row["kind"] == "grade" or not set(row["because"]).isdisjoint(other["because"])


def _get_days(row: Row) -> tuple[date, date]:
    return row["valid_from"], row["valid_to"] or date.max


def _holds(row: Row, day: date) -> bool:
    start, end = _get_days(row)
    return start <= day < end


def _choose(row: Row, holding: Sequence[Row], before: Catalogue) -> Row:
    """The later row where it is no worse than the worst that may hold; with the older version where it adds nothing."""
    if row["kind"] == "grade":
        worst = max(holding, key=lambda other: (_rank(other, before), _get_version(other)))
        return _prefer_older(row, worst) if _rank(row, before) <= _rank(worst, before) else worst
    as_wide = [other for other in holding if not _is_wider(row["audience"], other["audience"])]
    return _prefer_older(row, max(as_wide, key=_get_version)) if as_wide else holding[0]


def _get_version(row: Row) -> int:
    """The version of an effect; intervals have none. Of two that say the same the newer says it for its own day."""
    version: int = row.get("version", 0)
    return version


def _rank(row: Row, before: Catalogue) -> int:
    """How far down its scheme a grade stands; one that the scheme did not have cannot be shown to be milder."""
    if row["value"] is None:
        return _BEST
    scheme = before.schemes.get(_get_rule_name(row))
    grades = scheme.grades if scheme else ()
    return grades.index(row["value"]) if row["value"] in grades else len(grades)


def _is_wider(audience: str, other: str) -> bool:
    return audience not in (other, "parties") and other != "anybody"


def _prefer_older(row: Row, other: Row) -> Row:
    """The row, or that of the older version with its score and reason where it says the same for no longer."""
    start, end = _get_days(row)
    other_start, other_end = _get_days(other)
    is_within = start <= other_start and other_end <= end and row.get("value") == other.get("value")
    return other | {"audience": row["audience"]} if "version" in row and is_within else row


def _join_stretches(rows: Iterable[Row]) -> Iterator[Row]:
    """Rows that say the same and touch or overlap as one."""

    def build_text(row: Row) -> tuple[int, str]:
        return row["subject_id"], repr([cell for name, cell in row.items() if not name.startswith("valid_")])

    for _text, group in groupby(sorted(rows, key=lambda row: (build_text(row), row["valid_from"])), key=build_text):
        joined, *following = group
        for row in following:
            if row["valid_from"] <= _get_days(joined)[1]:
                end = max(_get_days(joined)[1], _get_days(row)[1])
                joined = joined | {"valid_to": None if end == date.max else end}
            else:
                yield joined
                joined = row
        yield joined
