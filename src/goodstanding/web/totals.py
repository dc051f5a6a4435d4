"""Counts for the home page and the catalogues, each worked out once for a ledger size; of what is in force now only."""

from __future__ import annotations

from goodstanding.access import ANYBODY
from goodstanding.register import catalogues, lists
from goodstanding.register.moment import PointInTime
from goodstanding.register.store import fetch_rows
from goodstanding.web import actors
from goodstanding.web.about import cache_by_ledger_size
from goodstanding.web.shapes import rules as shapes

_IN_FORCE_FOR = """
SELECT count(DISTINCT subject_id)
FROM effect
WHERE catalogue = %s
  AND audience = 'anybody'
  AND valid_from <= %s
  AND (valid_to IS NULL OR valid_to > %s)
"""
_STATEMENTS = "SELECT position, catalogue, feed, file, stated, digest, counts FROM statement ORDER BY position DESC"


@cache_by_ledger_size
def count_subjects() -> int:
    """How many files there are."""
    return int(fetch_rows("SELECT count(*) FROM subject")[0][0])


def list_catalogue_lines() -> list[shapes.CatalogueLine]:
    """The catalogues in force, each on its own day."""
    moment = PointInTime(actors.get_today())
    return [
        shapes.CatalogueLine(
            name=name,
            version=enacted.catalogue.version,
            title=enacted.catalogue.title,
            summary=enacted.catalogue.summary,
            day=moment.day(name),
            sources=len(enacted.catalogue.sources),
            in_force_for=count_subjects_in_force(name, moment.day(name)),
            lists=count_entries_by_list(name, moment),
        )
        for name, enacted in catalogues.list_enacted().items()
    ]


@cache_by_ledger_size
def count_subjects_in_force(catalogue: str, day: object) -> int:
    """For how many subjects something of a catalogue is in force on a day, for anybody to see."""
    return int(fetch_rows(_IN_FORCE_FOR, [catalogue, day, day])[0][0])


@cache_by_ledger_size
def count_entries_by_list(catalogue: str, moment: PointInTime) -> list[shapes.ListCount]:
    """How many each list of a catalogue names."""
    rules = catalogues.get_enacted(catalogue).catalogue
    return [
        shapes.ListCount(
            list=key, title=rule.title, total=lists.get_listing_page(f"{catalogue}/{key}", moment, ANYBODY, 0).total
        )
        for key, rule in rules.lists.items()
    ]
