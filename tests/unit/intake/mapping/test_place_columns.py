"""A column that repeats the place in other words is refused with its file; what was found may differ by place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest
from tests.unit.charter.test_places_read_twice import CHANGES, SOURCES, WITH_REGION, write

from goodstanding.catalogue import Catalogue
from goodstanding.errors import BadFile
from goodstanding.intake.mapping.place_columns import refuse_if_place_hidden

PLACES = [f"quarter {number % 8}" for number in range(200)]
CODES = {
    "the same words": PLACES,
    "numbers for places": [str(int(place[-1]) * 7 + 3) for place in PLACES],
    "places spelt backwards": [place[::-1] for place in PLACES],
    "with gaps": [place if number % 9 else None for number, place in enumerate(PLACES)],
    "in capitals, in some rows of a large file": [place.upper() for place in PLACES * 20],
}


def build_catalogue(spot: str = "spot: quarter", with_region: bool = False) -> Catalogue:
    """The sound catalogue with a feed that reads the place of a visit, and a topic beside it."""
    from tests.unit.charter.edited_catalogues import load_edited

    changes = (WITH_REGION,) if with_region else ()
    return load_edited(*CHANGES, feed=write(spot, "kind", *changes), sources=SOURCES)


def refuse(catalogue: Catalogue, kinds: list[str | None], places: list[str] = PLACES) -> None:
    """Looks through a file with these topics and places."""
    table = pa.table({"kind": pa.array(kinds, pa.string()), "quarter": pa.array(places, pa.string())})
    refuse_if_place_hidden(table, catalogue.feeds["visits"], catalogue, "visits.csv")


@pytest.mark.parametrize("means", CODES)
@pytest.mark.parametrize(
    ("spot", "with_region"), [("spot: quarter", False), ("desk: bench", True), ("spot: quarter", True)]
)
def test_a_column_that_says_the_place_in_other_words_is_refused(means: str, spot: str, with_region: bool) -> None:
    """Whether the feed reads the place as region or as a field."""
    catalogue = build_catalogue(spot, with_region)
    places = PLACES * (len(CODES[means]) // len(PLACES))
    with pytest.raises(BadFile, match="no rule reads places") as caught:
        refuse(catalogue, CODES[means], places)
    assert "kind premises" in str(caught.value.remedy)


FOUND: dict[str, list[str | None]] = {
    "the same everywhere": ["a"] * 200,
    "two codes": ["ab"[number % 2] for number in range(200)],
    "a code of its own in each row": [str(number) for number in range(200)],
    "nothing": [None] * 200,
    "one row that differs": ["quarter 3", *PLACES[1:]],
}


@pytest.mark.parametrize("means", FOUND)
def test_what_was_found_may_stand_beside_a_place(means: str) -> None:
    """Also where most rows of a place say the same."""
    refuse(build_catalogue(), FOUND[means])


def test_few_rows_go_together_by_chance() -> None:
    """A small file is no proof, nor are a few places, and a laboratory's catalogue may read places."""
    refuse(build_catalogue(), [place[::-1] for place in PLACES[:40]], PLACES[:40])
    few = [f"quarter {number % 4}" for number in range(200)]
    refuse(build_catalogue(), [place[::-1] for place in few], few)
    refuse(build_catalogue().model_copy(update={"mode": "lab"}), list(PLACES))


def test_the_file_is_put_aside_as_a_whole(enact: Callable[..., int], send: Callable[..., Any]) -> None:
    """Nothing of it comes in, at the door as in a trial run."""
    enact(build_catalogue())
    rows = [
        {"office": "north", "number": str(number), "lei": "5493001KJTIIGC8Y1R12", "name": "Works", "day": "2026-02-01",
         "score": "3", "quarter": place, "kind": place[::-1]}
        for number, place in enumerate(PLACES)
    ]  # fmt: skip
    with pytest.raises(BadFile, match="no rule reads places"):
        send("visits", rows, stated="2026-03-01")
