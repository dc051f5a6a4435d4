"""Counts for the home page and the catalogues, each worked out once for a ledger size; of what is in force now only."""

from __future__ import annotations

from datetime import date

from goodstanding.access import ANYBODY
from goodstanding.register.files.point_in_time import PointInTime
from goodstanding.register.rules.enacted_catalogues import get_enacted, list_enacted
from goodstanding.register.search import register_counts
from goodstanding.register.search.listings import get_listing_page
from goodstanding.web.catalogues.rule_schemas import CatalogueLine, ListCount
from goodstanding.web.http import clock
from goodstanding.web.http.register_info import cache_by_ledger_size


@cache_by_ledger_size
def count_subjects() -> int:
    """How many files there are."""
    return register_counts.count_subjects()


def list_catalogue_lines() -> list[CatalogueLine]:
    """The catalogues in force, each on its own day."""
    moment = clock.get_moment()
    return [
        CatalogueLine(
            name=name,
            version=enacted.catalogue.version,
            title=enacted.catalogue.title,
            summary=enacted.catalogue.summary,
            day=moment.day(name),
            sources=len(enacted.catalogue.sources),
            in_force_for=count_subjects_in_force(name, moment.day(name)),
            lists=count_entries_by_list(name, moment),
        )
        for name, enacted in list_enacted().items()
    ]


@cache_by_ledger_size
def count_subjects_in_force(catalogue: str, day: date) -> int:
    """For how many subjects something of a catalogue is in force on a day, for anybody to see."""
    return register_counts.count_subjects_in_force(catalogue, day)


@cache_by_ledger_size
def count_entries_by_list(catalogue: str, moment: PointInTime) -> list[ListCount]:
    """How many each list of a catalogue names."""
    rules = get_enacted(catalogue).catalogue
    return [
        ListCount(list=key, title=rule.title, total=get_listing_page(f"{catalogue}/{key}", moment, ANYBODY, 0).total)
        for key, rule in rules.lists.items()
    ]
