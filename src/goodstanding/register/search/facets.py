"""What a search can be narrowed to, and how many of its subjects each choice leaves.

Charter article 21: by region, sector and catalogue of grades, which every establishment has. Nothing adverse is found
by a name, so a catalogue that keeps a list is none of them, and neither lists nor grades are counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from goodstanding.register.files.point_in_time import PointInTime
from goodstanding.register.rules.enacted_catalogues import list_enacted
from goodstanding.register.search.faceted_search import SearchQuery, build_search_conditions
from goodstanding.register.storage.queries import fetch_rows

_GROUPS = """
SELECT {name}, count(*)
FROM subject
WHERE {name} <> ''
  AND {where}
GROUP BY {name}
ORDER BY {name}
"""
_DISTINCT = "SELECT DISTINCT {name} FROM subject WHERE {name} <> '' ORDER BY {name}"
_GRADED = """
SELECT catalogue, count(DISTINCT subject_id)
FROM effect
WHERE kind = 'grade'
  AND audience = 'anybody'
  AND catalogue = %s
  AND valid_from <= %s
  AND (valid_to IS NULL OR valid_to > %s)
  AND subject_id IN (SELECT id FROM subject WHERE {where})
GROUP BY catalogue
"""


def count_choices(
    query: SearchQuery, moment: PointInTime, subject_ids: Sequence[int] | None = None
) -> dict[str, list[tuple[str, str, int]]]:
    """For each facet its choices as (value, title, how many): of some subjects, else of all that a query leaves."""
    where, values = build_search_conditions(query, moment)
    if subject_ids is not None:
        where, values = f"id IN ({', '.join(['%s'] * len(subject_ids)) or 'NULL'})", list(subject_ids)
    return {
        **{name: _count_groups(name, where, values) for name in ("region", "sector")},
        "catalogue": _count_catalogues(moment, where, values),
    }


def _count_groups(name: str, where: str, values: Sequence[Any]) -> list[tuple[str, str, int]]:
    return [(text, text, int(count)) for text, count in fetch_rows(_GROUPS.format(name=name, where=where), values)]


def _count_catalogues(moment: PointInTime, where: str, values: Sequence[Any]) -> list[tuple[str, str, int]]:
    counted = []
    for name, title in list_graded_catalogues().items():
        on_day = [name, *[moment.day(name)] * 2, *values]
        counted += [(name, title, int(count)) for _, count in fetch_rows(_GRADED.format(where=where), on_day)]
    return counted


def list_graded_catalogues() -> Mapping[str, str]:
    """The catalogues in force that grade and keep no list, with their titles."""
    in_force = [enacted.catalogue for enacted in list_enacted().values()]
    return {rules.name: rules.title for rules in in_force if rules.schemes and not rules.lists}


def list_all_choices() -> dict[str, list[tuple[str, str]]]:
    """Every choice there is, as (value, title)."""
    return {
        **{name: _list_values(name) for name in ("region", "sector")},
        "catalogue": list(list_graded_catalogues().items()),
    }


def _list_values(name: str) -> list[tuple[str, str]]:
    return [(text, text) for (text,) in fetch_rows(_DISTINCT.format(name=name))]
