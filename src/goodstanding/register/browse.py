"""Searching as a page does it: by words or identifier, narrowed by catalogue, list, grade, sector and region.

Charter article 21: an adverse fact shows only after an identifier matched, never on a name alone. A hit found by name
therefore carries its grades, which every establishment has, and never a listing or a measure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from goodstanding.register import catalogues, search
from goodstanding.register.file import Effect, Subject, effects_of, grades_of, records_of, subjects
from goodstanding.register.moment import Moment
from goodstanding.register.store import rows


@dataclass(frozen=True, slots=True)
class Query:
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
class Hit:
    """One subject found, with the grades that hold; `by_identifier` says that its identifier was asked for."""

    subject: Subject
    grades: tuple[Effect, ...]
    by_identifier: bool


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of hits, how many there are in all (at most `most`), and whether the words were an identifier."""

    query: Query
    total: int
    hits: tuple[Hit, ...]
    by_identifier: bool


def browse(query: Query, moment: Moment, limit: int = 20, offset: int = 0) -> Hits:
    """The subjects that answer a query, best first; nothing for an empty one. Raises UnknownList."""
    words = query.words.strip()
    named = search.identified(words) if words else ()
    if query.narrowed:
        total, ids = _narrowed(query, moment, words, named, limit, offset)
    elif words:
        found = search.find(words, limit, offset)
        total, ids = found.total, found.subject_ids
    else:
        total, ids = 0, ()
    return Hits(query, total, _hits(ids, moment, named), bool(named))


def _hits(ids: Sequence[int], moment: Moment, named: Sequence[int]) -> tuple[Hit, ...]:
    if not ids:
        return ()
    who = subjects(ids)
    graded = grades_of(ids, moment) if moment.size is None else {one: _graded_then(one, moment) for one in ids}
    return tuple(Hit(who[one], tuple(graded[one]), one in named) for one in ids)


def _graded_then(subject_id: int, moment: Moment) -> list[Effect]:
    effects = effects_of(subject_id, records_of(subject_id), moment)
    return [one for one in effects if one.kind == "grade" and one.audience == "anybody" and one.holds]


def _narrowed(
    query: Query, moment: Moment, words: str, named: Sequence[int], limit: int, offset: int
) -> tuple[int, Sequence[int]]:
    where, values = _conditions(query, moment)
    if not words:
        total = rows(f"SELECT count(*) FROM subject WHERE {where}", values)[0][0]
        found = rows(
            f"SELECT id FROM subject WHERE {where} ORDER BY name, id LIMIT %s OFFSET %s", [*values, limit, offset]
        )
        return int(total), [row[0] for row in found]
    ids = list(named or search.find(words, 500).subject_ids)
    if not ids:
        return 0, []
    marks = ", ".join(["%s"] * len(ids))
    kept = {row[0] for row in rows(f"SELECT id FROM subject WHERE id IN ({marks}) AND {where}", [*ids, *values])}
    left = [one for one in ids if one in kept]
    return len(left), left[offset : offset + limit]


def _conditions(query: Query, moment: Moment) -> tuple[str, list[Any]]:
    parts: list[str] = []
    values: list[Any] = []
    for name in ("region", "sector"):
        if text := getattr(query, name):
            parts.append(f"{name} = %s")
            values.append(text)
    if query.list:
        catalogue, key = catalogues.list_rule(query.list)
        parts.append(_HOLDS.format(kind="listing", value=""))
        values += [key, catalogue.name, *[moment.day(catalogue.name)] * 2]
    if query.grade:
        catalogue_name, scheme, grade = _grade(query.grade)
        parts.append(_HOLDS.format(kind="grade", value="AND effect.value = %s "))
        values += [scheme, catalogue_name, grade, *[moment.day(catalogue_name)] * 2]
    return " AND ".join(parts) or "TRUE", values


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


def _grade(text: str) -> tuple[str, str, str]:
    scheme, _colon, grade = text.partition(":")
    for one in catalogues.enacted().values():
        if scheme in one.catalogue.schemes:
            return one.catalogue.name, scheme, grade
    return "", scheme, grade


def facets() -> dict[str, list[tuple[str, str]]]:
    """What a query can be narrowed by, as (value, title): lists, grades, sectors and regions that exist."""
    enacted = [one.catalogue for one in catalogues.enacted().values()]
    return {
        "list": [(f"{one.name}/{key}", rule.title) for one in enacted for key, rule in one.lists.items()],
        "grade": [
            (f"{key}:{grade}", f"{scheme.title} {grade}")
            for one in enacted
            for key, scheme in one.schemes.items()
            for grade in dict.fromkeys(band.grade for band in scheme.bands)
        ],
        "sector": [
            (row[0], row[0]) for row in rows("SELECT DISTINCT sector FROM subject WHERE sector <> '' ORDER BY sector")
        ],
        "region": [
            (row[0], row[0]) for row in rows("SELECT DISTINCT region FROM subject WHERE region <> '' ORDER BY region")
        ],
    }
