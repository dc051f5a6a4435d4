"""Searching as a page does it: by words or identifier, narrowed by catalogue, list, grade, sector and region.

Charter article 21: an adverse fact shows only after an identifier matched, never on a name alone. A hit found by name
therefore carries its grades, which every establishment has, and never a listing or a measure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from goodstanding.register.files.effects import Effect, list_effects, list_grades
from goodstanding.register.files.point_in_time import PointInTime
from goodstanding.register.files.public_subjects import build_public_condition
from goodstanding.register.files.records import list_records
from goodstanding.register.files.subjects import Subject, list_subjects
from goodstanding.register.rules.enacted_catalogues import get_list_rule, list_enacted
from goodstanding.register.search.name_search import (
    EVERYBODY,
    Narrowing,
    is_identifier,
    list_identified_subjects,
    match_names,
)
from goodstanding.register.storage.queries import fetch_rows
from goodstanding.subjects import normalise_name

RELEVANCE, NAME, DATE = "relevance", "name", "date"
ORDERS = (RELEVANCE, NAME, DATE)


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What is asked: words (or an identifier), what narrows them, and the order; `grade` is `scheme:grade`."""

    words: str = ""
    list: str = ""
    grade: str = ""
    sector: str = ""
    region: str = ""
    catalogue: str = ""
    order: str = RELEVANCE

    @property
    def narrowed(self) -> bool:
        """Whether anything but words is asked."""
        return bool(self.list or self.grade or self.sector or self.region or self.catalogue)

    @property
    def is_datable(self) -> bool:
        """Whether what answers it is little enough to be put in the order of days."""
        return bool(self.words or self.region)


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One subject found, with the grades that hold; `by_identifier` says that its identifier was asked for."""

    subject: Subject
    grades: tuple[Effect, ...]
    by_identifier: bool


@dataclass(frozen=True, slots=True)
class SearchHits:
    """A page of hits, and whether the words were an identifier.

    `total` is how many there are, at least where not `complete`; `place` the region that the words name.
    """

    query: SearchQuery
    total: int
    hits: tuple[SearchHit, ...]
    by_identifier: bool
    complete: bool = True
    place: str = ""


@dataclass(frozen=True, slots=True)
class WordMatches:
    """All that words find, best first; whether as an identifier, whether that is all, and the region they name."""

    subject_ids: tuple[int, ...]
    by_identifier: bool = False
    complete: bool = True
    place: str = ""


def search_subjects(
    query: SearchQuery, moment: PointInTime, limit: int = 20, offset: int = 0, matches: WordMatches | None = None
) -> SearchHits:
    """The subjects that answer a query, best first; nothing for an empty one. Raises UnknownList.

    Only what the public finds is found, and nobody on a list by a name (charter article 21). `matches` is what
    `match_words` gave for this query, where it was asked already.
    """
    if not query.words.strip():
        total, narrowed_ids = _list_narrowed(query, moment, limit, offset) if query.narrowed else (0, ())
        return SearchHits(query, total, _build_hits(narrowed_ids, moment, ()), False)
    matches = matches or match_words(query, moment)
    ids = order_subjects(matches.subject_ids, query.order, moment)[offset : offset + limit]
    named = ids if matches.by_identifier else ()
    hits = _build_hits(ids, moment, named)
    return SearchHits(query, len(matches.subject_ids), hits, matches.by_identifier, matches.complete, matches.place)


def match_words(query: SearchQuery, moment: PointInTime) -> WordMatches:
    """All that a query's words find; where they name a region, first what is like the other words there."""
    words = query.words.strip()
    narrowing = Narrowing(*build_search_conditions(query, moment)) if query.narrowed else EVERYBODY
    if named := list_identified_subjects(words, moment):
        return WordMatches(_keep_narrowed(named, narrowing), by_identifier=True)
    if query.list or is_identifier(words):
        return WordMatches(())
    matches = match_names(words, moment, narrowing)
    remaining, place = (words, "") if query.region else split_place(words, list_regions())
    if not place:
        return WordMatches(matches.subject_ids, complete=matches.complete)
    there = match_names(remaining, moment, Narrowing(*build_search_conditions(replace(query, region=place), moment)))
    ids = tuple(dict.fromkeys((*there.subject_ids, *matches.subject_ids)))
    return WordMatches(ids, complete=there.complete and matches.complete, place=place if there.total else "")


def _keep_narrowed(subject_ids: Sequence[int], narrowing: Narrowing) -> tuple[int, ...]:
    if not narrowing.condition:
        return tuple(subject_ids)
    marks = ", ".join(["%s"] * len(subject_ids))
    statement = f"SELECT id FROM subject WHERE id IN ({marks}) AND {narrowing.condition}"
    kept = {row[0] for row in fetch_rows(statement, [*subject_ids, *narrowing.values])}
    return tuple(subject_id for subject_id in subject_ids if subject_id in kept)


def order_subjects(subject_ids: Sequence[int], order: str, moment: PointInTime) -> list[int]:
    """Subjects, best first, in another order: by their names, or by when what is in force began, newest first."""
    if order not in (NAME, DATE) or not subject_ids:
        return list(subject_ids)
    marks = ", ".join(["%s"] * len(subject_ids))
    if order == NAME:
        return [row[0] for row in fetch_rows(_BY_NAME.format(marks=marks), subject_ids)]
    newest = dict(fetch_rows(_NEWEST.format(marks=marks), [*subject_ids, moment.today]))
    return sorted(subject_ids, key=lambda subject_id: str(newest.get(subject_id, "")), reverse=True)


_BY_NAME = "SELECT id FROM subject WHERE id IN ({marks}) ORDER BY name, id"
_NEWEST = """
SELECT subject_id, max(valid_from)
FROM effect
WHERE subject_id IN ({marks})
  AND audience = 'anybody'
  AND kind = 'grade'
  AND valid_from <= %s
GROUP BY subject_id
"""


def split_place(words: str, regions: Iterable[str]) -> tuple[str, str]:
    """The other words and the region, where words end or begin with the name of one; else the words and nothing."""
    by_spelling = {normalise_name(region): region for region in regions}
    parts = normalise_name(words).split()
    for length in range(len(parts) - 1, 0, -1):  # the longest name of a place first
        for place, others in ((parts[-length:], parts[:-length]), (parts[:length], parts[length:])):
            if region := by_spelling.get(" ".join(place)):
                return " ".join(others), region
    return words, ""


_REGIONS = """
WITH RECURSIVE place(region) AS (     -- from one to the next by the index: not every subject is read
  SELECT min(region)
  FROM subject
  WHERE region > ''
  UNION ALL
  SELECT (SELECT min(subject.region) FROM subject WHERE subject.region > place.region)
  FROM place
  WHERE place.region IS NOT NULL
)
SELECT region
FROM place
WHERE region IS NOT NULL
"""


def list_regions() -> list[str]:
    """The regions of the subjects on file."""
    return [row[0] for row in fetch_rows(_REGIONS)]


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


def _list_narrowed(query: SearchQuery, moment: PointInTime, limit: int, offset: int) -> tuple[int, Sequence[int]]:
    """How many subjects a query without words leaves, and some of them in its order."""
    where, values = build_search_conditions(query, moment)
    total = fetch_rows(f"SELECT count(*) FROM subject WHERE {where}", values)[0][0]
    by_date = query.order == DATE and query.is_datable
    order = "(SELECT max(valid_from) FROM effect WHERE effect.subject_id = subject.id AND effect.kind = 'grade' "
    order = (
        order + "AND effect.audience = 'anybody' AND effect.valid_from <= %s) DESC, name, id" if by_date else "name, id"
    )
    statement = f"SELECT id FROM subject WHERE {where} ORDER BY {order} LIMIT %s OFFSET %s"
    parameters = [*values, *([moment.today] if by_date else []), limit, offset]
    return int(total), [row[0] for row in fetch_rows(statement, parameters)]


def build_search_conditions(query: SearchQuery, moment: PointInTime) -> tuple[str, list[Any]]:
    """The condition over the table `subject` that all but the words of a query make, and the values in it."""
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
    if query.catalogue:
        parts.append(_GRADED)
        values += [query.catalogue, *[moment.day(query.catalogue)] * 2]
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


_GRADED = """id IN (
  SELECT subject_id
  FROM effect
  WHERE effect.catalogue = %s
    AND effect.kind = 'grade'
    AND effect.audience = 'anybody'
    AND effect.valid_from <= %s
    AND (effect.valid_to IS NULL OR effect.valid_to > %s)
)"""


def _parse_grade(text: str) -> tuple[str, str, str]:
    scheme, _colon, grade = text.partition(":")
    for enacted_catalogue in list_enacted().values():
        if scheme in enacted_catalogue.catalogue.schemes:
            return enacted_catalogue.catalogue.name, scheme, grade
    return "", scheme, grade
