"""Searching as a page does it: by words or identifier, narrowed by catalogue, list, grade, sector and region.

Charter article 21: an adverse fact shows only after an identifier matched, never on a name alone. A hit found by name
therefore carries its grades, which every establishment has, and never a listing or a measure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from goodstanding.register.files.effects import Effect, list_effects, list_grades
from goodstanding.register.files.point_in_time import PointInTime
from goodstanding.register.files.public_subjects import build_public_condition
from goodstanding.register.files.records import list_records
from goodstanding.register.files.subjects import Subject, list_subjects
from goodstanding.register.rules.enacted_catalogues import get_list_rule, list_enacted
from goodstanding.register.search.name_search import list_identified_subjects, match_subjects
from goodstanding.register.storage.queries import fetch_rows


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What is asked: words (or an identifier) and what narrows them; `grade` is `scheme:grade`."""

    words: str = ""
    list: str = ""
    grade: str = ""
    sector: str = ""
    region: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether anything but words is asked."""
        return bool(self.list or self.grade or self.sector or self.region)


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One subject found, with the grades that hold; `by_identifier` says that its identifier was asked for."""

    subject: Subject
    grades: tuple[Effect, ...]
    by_identifier: bool


@dataclass(frozen=True, slots=True)
class SearchHits:
    """A page of hits, how many there are in all (at most `most`), and whether the words were an identifier."""

    query: SearchQuery
    total: int
    hits: tuple[SearchHit, ...]
    by_identifier: bool


def search_subjects(query: SearchQuery, moment: PointInTime, limit: int = 20, offset: int = 0) -> SearchHits:
    """The subjects that answer a query, best first; nothing for an empty one. Raises UnknownList.

    Only what the public finds is found, and nobody on a list by a name (charter article 21).
    """
    words = query.words.strip()
    named = list_identified_subjects(words, moment) if words else ()
    if query.narrowed:
        total, ids = _search_narrowed(query, moment, words, named, limit, offset)
    elif words:
        matches = match_subjects(words, moment, limit, offset)
        total, ids = matches.total, matches.subject_ids
    else:
        total, ids = 0, ()
    return SearchHits(query, total, _build_hits(ids, moment, named), bool(named))


def _build_hits(ids: Sequence[int], moment: PointInTime, named: Sequence[int]) -> tuple[SearchHit, ...]:
    if not ids:
        return ()
    subjects = list_subjects(ids)
    graded = (
        list_grades(ids, moment)
        if moment.size is None
        else {subject_id: _list_past_grades(subject_id, moment) for subject_id in ids}
    )
    return tuple(SearchHit(subjects[subject_id], tuple(graded[subject_id]), subject_id in named) for subject_id in ids)


def _list_past_grades(subject_id: int, moment: PointInTime) -> list[Effect]:
    effects = list_effects(subject_id, list_records(subject_id), moment)
    return [effect for effect in effects if effect.kind == "grade" and effect.audience == "anybody" and effect.holds]


def _search_narrowed(
    query: SearchQuery, moment: PointInTime, words: str, named: Sequence[int], limit: int, offset: int
) -> tuple[int, Sequence[int]]:
    where, values = _build_conditions(query, moment)
    if words and query.list and not named:
        return 0, []
    if not words:
        total = fetch_rows(f"SELECT count(*) FROM subject WHERE {where}", values)[0][0]
        subject_rows = fetch_rows(
            f"SELECT id FROM subject WHERE {where} ORDER BY name, id LIMIT %s OFFSET %s", [*values, limit, offset]
        )
        return int(total), [row[0] for row in subject_rows]
    ids = list(named or match_subjects(words, moment, 500).subject_ids)
    if not ids:
        return 0, []
    marks = ", ".join(["%s"] * len(ids))
    kept = {row[0] for row in fetch_rows(f"SELECT id FROM subject WHERE id IN ({marks}) AND {where}", [*ids, *values])}
    remaining_ids = [subject_id for subject_id in ids if subject_id in kept]
    return len(remaining_ids), remaining_ids[offset : offset + limit]


def _build_conditions(query: SearchQuery, moment: PointInTime) -> tuple[str, list[Any]]:
    is_public, values = build_public_condition(moment)
    parts = [is_public]
    for name in ("region", "sector"):
        if text := getattr(query, name):
            parts.append(f"{name} = %s")
            values.append(text)
    if query.list:
        catalogue, key = get_list_rule(query.list)
        parts.append(_HOLDS.format(kind="listing", value=""))
        values += [key, catalogue.name, *[moment.day(catalogue.name)] * 2]
    if query.grade:
        catalogue_name, scheme, grade = _parse_grade(query.grade)
        parts.append(_HOLDS.format(kind="grade", value="AND effect.value = %s "))
        values += [scheme, catalogue_name, grade, *[moment.day(catalogue_name)] * 2]
    return " AND ".join(parts), values


_HOLDS = """id IN (
  SELECT subject_id
  FROM effect
  WHERE effect.measure = %s
    AND effect.catalogue = %s
    AND effect.kind = '{kind}'
    AND effect.audience = 'anybody'
    {value}
    AND effect.valid_from <= %s
    AND (effect.valid_to IS NULL OR effect.valid_to > %s)
)"""


def _parse_grade(text: str) -> tuple[str, str, str]:
    scheme, _colon, grade = text.partition(":")
    for enacted_catalogue in list_enacted().values():
        if scheme in enacted_catalogue.catalogue.schemes:
            return enacted_catalogue.catalogue.name, scheme, grade
    return "", scheme, grade


def list_facets() -> dict[str, list[tuple[str, str]]]:
    """What a query can be narrowed by, as (value, title): lists, grades, sectors and regions that exist."""
    catalogues_in_force = [enacted_catalogue.catalogue for enacted_catalogue in list_enacted().values()]
    return {
        "list": [
            (f"{catalogue.name}/{key}", rule.title)
            for catalogue in catalogues_in_force
            for key, rule in catalogue.lists.items()
        ],
        "grade": [
            (f"{key}:{grade}", f"{scheme.title} {grade}")
            for catalogue in catalogues_in_force
            for key, scheme in catalogue.schemes.items()
            for grade in dict.fromkeys(band.grade for band in scheme.bands)
        ],
        "sector": [
            (row[0], row[0])
            for row in fetch_rows("SELECT DISTINCT sector FROM subject WHERE sector <> '' ORDER BY sector")
        ],
        "region": [
            (row[0], row[0])
            for row in fetch_rows("SELECT DISTINCT region FROM subject WHERE region <> '' ORDER BY region")
        ],
    }
