"""A dry run finds what would stop a register, whatever makes it fail, and lets pass what the library has."""

from __future__ import annotations

from typing import Any

import pytest
from tests.register_fixtures import LIBRARY

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.periods import Period
from goodstanding.errors import CatalogueError
from goodstanding.register.rules.dry_run import build_dry_records, find_failure, refuse_if_failing

HYGIENE, EXCLUSION = LIBRARY["uk-food-hygiene"], LIBRARY["procurement-exclusion"]


def _change(catalogue: Catalogue, digest: str, **changes: Any) -> Catalogue:
    """The catalogue with parts that its checks would have refused."""
    return catalogue.model_copy(update={**changes, "digest": digest})


def _change_inner(catalogue: Catalogue, kind: str, name: str, **changes: Any) -> Catalogue:
    parts = getattr(catalogue, kind)
    changed = {**parts, name: parts[name].model_copy(update=changes)}
    return _change(catalogue, f"{kind} {name} {sorted(changes)}", **{kind: changed})


LISTED = next(iter(EXCLUSION.lists))
PROCEDURE = next(iter(EXCLUSION.procedures))
HEARING = EXCLUSION.procedures[PROCEDURE]
FAILING = {
    "a score that overflows": _change_inner(
        HYGIENE, "schemes", "food-hygiene", score="hygiene * 1000000000000 * 1000000000000"
    ),
    "a score of a field that there is not": _change_inner(HYGIENE, "schemes", "food-hygiene", score="gravity"),
    "a grade that lapses after the last day": _change_inner(
        HYGIENE, "schemes", "food-hygiene", lapses=Period(12 * 9_999_999)
    ),
    "a condition without end": _change_inner(
        HYGIENE, "schemes", "food-hygiene", counts_when="NOT " * 480 + "(hygiene > 1)"
    ),
    "a listing that ends after the last day": _change_inner(EXCLUSION, "lists", LISTED, stays=Period(12 * 9_999)),
    "lists in a circle": _change_inner(EXCLUSION, "lists", LISTED, case=None, while_=(), from_=(LISTED,)),
    "a deadline of a million years": _change_inner(
        EXCLUSION, "procedures", PROCEDURE, reply=HEARING.reply and HEARING.reply.model_copy(update={"days": 10**9})
    ),
    "a calendar that there is not": _change(EXCLUSION, "calendar", calendar="ZZ"),
}


@pytest.mark.parametrize("catalogue", LIBRARY.values(), ids=LIBRARY)
def test_every_catalogue_of_the_library_runs_dry(catalogue: Catalogue) -> None:
    """Each type of record is tried with no, the least, the greatest and usual values."""
    assert find_failure(catalogue) is None
    records = build_dry_records(catalogue)
    assert set(records.column("record").to_pylist()) == set(catalogue.records)
    assert len(set(records.column("subject_id").to_pylist())) == 4


@pytest.mark.parametrize("catalogue", FAILING.values(), ids=FAILING)
def test_what_would_stop_a_register_is_found_without_one(catalogue: Catalogue) -> None:
    """The error names the catalogue, what is wrong, and what to do about it."""
    with pytest.raises(CatalogueError) as caught:
        refuse_if_failing(catalogue)
    assert catalogue.name in caught.value.message
    assert "catalogue retire" in (caught.value.remedy or "")
