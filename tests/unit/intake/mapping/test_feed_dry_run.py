"""A feed by which no file could be taken in is found without a file."""

from __future__ import annotations

from typing import Any

import pytest
from tests.register_fixtures import LIBRARY

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.feeds import ValueMapping
from goodstanding.intake.mapping.feed_dry_run import list_feed_failures

HYGIENE = LIBRARY["uk-food-hygiene"]
FEED = HYGIENE.feeds["uk-fhrs"]


def _change(**changes: Any) -> Catalogue:
    """The catalogue with a feed that its checks would have refused."""
    return HYGIENE.model_copy(update={"feeds": {"uk-fhrs": FEED.model_copy(update=changes)}})


def _fill(**fields: ValueMapping) -> Catalogue:
    return _change(fields={**FEED.fields, **fields})


FAILING = {
    "a column that the program numbers itself": _change(reference=ValueMapping(column="row number")),
    "a record type that there is not": _change(record="visit"),
    "a field that there is not": _fill(gravity=ValueMapping(column="hygiene")),
    "a group by a column that is gathered otherwise": _change(group_by=("row number",)),
}


@pytest.mark.parametrize(
    "catalogue", [catalogue for catalogue in LIBRARY.values() if catalogue.feeds], ids=lambda catalogue: catalogue.name
)
def test_every_feed_of_the_library_runs_dry(catalogue: Catalogue) -> None:
    """Odd cells are problems of their rows, and none of the feed."""
    assert list_feed_failures(catalogue) == []


@pytest.mark.parametrize("catalogue", FAILING.values(), ids=FAILING)
def test_a_feed_that_fails_is_named_with_its_file(catalogue: Catalogue) -> None:
    """Whatever it is that fails in it."""
    [failure] = list_feed_failures(catalogue)
    assert failure.where == "feeds/uk-fhrs.yaml"
    assert failure.remedy
