"""That what search counts is what a plain list of the same subjects counts, however many names are alike."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest
from tests.clerk import uk_row

REGIONS = ("Ashfield", "Boston", "New Forest", "Selby")
NAMES = ("Golden Dragon", "Golden Dragon Takeaway", "The Crown Inn")


@pytest.mark.each_database
@pytest.mark.usefixtures("hygiene")
def test_counts_are_those_of_a_plain_list(send: Callable[..., object]) -> None:
    """By name and region, by place among the words, and by facet: a total is exact, or says that it is cut off."""
    from goodstanding.register.files.point_in_time import PointInTime
    from goodstanding.register.search.faceted_search import SearchQuery, search_subjects
    from goodstanding.register.search.facets import count_choices

    chance = random.Random(16)
    establishments = [
        (chance.choice(NAMES), chance.choices(REGIONS, (1, 30, 4, 10))[0]) for _ in range(900)
    ]  # fmt: skip
    send(
        "uk-fhrs",
        [uk_row(n, businessname=name, local_authority=region) for n, (name, region) in _number(establishments)],
    )
    moment = PointInTime(date(2015, 3, 16))
    dragons = Counter(region for name, region in establishments if "Dragon" in name)
    for region in REGIONS:
        narrowed = search_subjects(SearchQuery("golden dragon", region=region), moment)
        placed = search_subjects(SearchQuery(f"golden dragon {region}"), moment)
        assert (narrowed.total, narrowed.complete) == (dragons[region], True)
        assert placed.place == region
        assert {hit.subject.region for hit in placed.hits[: dragons[region]]} == {region}
    everywhere = search_subjects(SearchQuery("golden dragon"), moment)
    assert (everywhere.total < dragons.total(), everywhere.complete) == (True, False)
    graded = SearchQuery(catalogue="uk-food-hygiene")
    choices = {
        (name, value): count for name, lines in count_choices(graded, moment).items() for value, _, count in lines
    }
    regions = {("region", region): number for region, number in Counter(region for _, region in establishments).items()}
    assert choices == regions | {("catalogue", "uk-food-hygiene"): len(establishments)}
    assert search_subjects(graded, moment).total == len(establishments)


def _number(establishments: list[tuple[str, str]]) -> list[tuple[int, tuple[str, str]]]:
    return list(enumerate(establishments, 1))
