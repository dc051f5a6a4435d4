"""Lists made from lists: each is looked at once, however many ways lead to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from tests.unit.charter.edited_catalogues import load_edited

from goodstanding.catalogue import Catalogue
from goodstanding.charter import assess
from goodstanding.register.rules.dry_run import find_failure

RUNGS = 45  # with two ways down from each, more ways than anybody could walk
PLACE = "measures:\n"
MEASURE = (
    "  more: {title: More, basis: act art. 1, kind: publication, field: public-information, list: LIST,"
    " purpose: public-information, audience: [anybody]}\n"
)


def build_ladder(parts: Callable[[int], list[str]], rungs: int = RUNGS, measure: bool = False) -> Catalogue:
    """The sound catalogue with lists made from lists."""
    lines = [
        f"  rung{rung}: {{title: Rung, basis: act art. 1, from: [{', '.join(parts(rung))}], at_least: 1}}\n"
        for rung in range(1, rungs + 1)
    ]
    added = MEASURE.replace("LIST", f"rung{rungs}") if measure else ""
    return load_edited((f"\n{PLACE}", f"{''.join(lines)}\n{PLACE}{added}"))


def name_rung(rung: int) -> str:
    """The list at a rung; below the first stands the list of a case."""
    return f"rung{rung}" if rung > 0 else "excluded"


LADDERS: dict[str, Callable[[int], list[str]]] = {
    "the two before": lambda rung: sorted({name_rung(rung - 1), name_rung(rung - 2)}),
    "the three before": lambda rung: sorted({name_rung(rung - part) for part in (1, 2, 3)}),
    "all before": lambda rung: [name_rung(part) for part in range(rung)],
    "the one before and the first": lambda rung: sorted({name_rung(rung - 1), "excluded"}),
    "the one before, named twice": lambda rung: [name_rung(rung - 1)] * 2,
}


@pytest.mark.parametrize("ladder", LADDERS)
def test_lists_made_from_lists_are_read_once_each(ladder: str) -> None:
    """Whom a list can name, on which law, and what the charter says of it, is told for a high ladder too."""
    catalogue = build_ladder(LADDERS[ladder], measure=True)
    assert catalogue.behind(f"rung{RUNGS}") == ("fraud",)
    assert catalogue.repeals == {}
    assert assess(catalogue).articles
    assert find_failure(catalogue) is None


def test_the_end_of_a_law_reaches_the_top_of_a_ladder() -> None:
    """What is made from a list ends with the law of that list."""
    catalogue = build_ladder(LADDERS["the two before"], rungs=5)
    repealed = {name: law.model_copy(update={"until": date(2030, 1, 1)}) for name, law in catalogue.instruments.items()}
    assert catalogue.model_copy(update={"instruments": repealed}).repeals["rung5"] == date(2030, 1, 1)
