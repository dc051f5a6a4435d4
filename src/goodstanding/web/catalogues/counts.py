"""Counts for the home page and the catalogues, each worked out once for a ledger size; of what is in force now only."""

from __future__ import annotations

from datetime import date

from goodstanding.access import ANYBODY
from goodstanding.catalogue import Catalogue
from goodstanding.register.files.point_in_time import PointInTime
from goodstanding.register.rules.enacted_catalogues import get_enacted, list_enacted
from goodstanding.register.search import register_counts
from goodstanding.register.search.listings import get_listing_page
from goodstanding.web.catalogues.rule_schemas import CatalogueLine, CountryCatalogues, EnactmentLine, ListCount
from goodstanding.web.http import clock
from goodstanding.web.http.register_info import cache_by_ledger_size
from goodstanding.web.lists.empty_lists import explain_empty_list

MOST_ENACTMENTS = 5


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
    return [_count_entries(catalogue, key, moment) for key in get_enacted(catalogue).catalogue.lists]


def _count_entries(catalogue: str, name: str, moment: PointInTime) -> ListCount:
    part = get_listing_page(f"{catalogue}/{name}", moment, ANYBODY, 0)
    return ListCount(list=name, title=part.rule.title, total=part.total, empty_because=explain_empty_list(part))


def list_countries() -> list[CountryCatalogues]:
    """The catalogues in force by country, what is richest in data first."""
    lines = sorted(list_catalogue_lines(), key=lambda line: (-line.in_force_for, line.title))
    by_country: dict[str, list[CatalogueLine]] = {}
    for line in lines:
        by_country.setdefault(name_country(get_enacted(line.name).catalogue), []).append(line)
    return [CountryCatalogues(country=country, catalogues=group) for country, group in by_country.items()]


def name_country(catalogue: Catalogue) -> str:
    """The country whose law a catalogue writes down: that of its first instrument, without the place in it."""
    instrument = next(iter(catalogue.instruments.values()), None)
    return instrument.jurisdiction.rpartition(", ")[2] if instrument else ""


def list_latest_enactments(most: int = MOST_ENACTMENTS) -> list[EnactmentLine]:
    """What was put into force here last, newest first."""
    newest = sorted(list_enacted().items(), key=lambda pair: -pair[1].position)[:most]
    return [
        EnactmentLine(
            name=name,
            version=enacted.catalogue.version,
            title=enacted.catalogue.title,
            day=enacted.day,
            position=enacted.position,
        )
        for name, enacted in newest
    ]
