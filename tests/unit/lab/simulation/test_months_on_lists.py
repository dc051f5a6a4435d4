"""Tests of lists that another catalogue reads: whom they name in which month, and runs in which one feeds the other."""

from __future__ import annotations

import numpy as np
import pytest

from goodstanding.errors import LaboratoryError
from goodstanding.lab.behaviour.behaviour_file import load_behaviour
from goodstanding.lab.compilation.behaviour_origins import list_origins
from goodstanding.lab.compilation.compiler import list_variants
from goodstanding.lab.simulation.agreement import check_lives
from goodstanding.lab.simulation.docket.list_stretches import list_listed_stretches
from goodstanding.lab.simulation.drawn_chunks import build_chunk
from goodstanding.lab.simulation.knowledge_states import list_known_states
from goodstanding.lab.simulation.months.months_on_lists import list_listed_months
from goodstanding.lab.simulation.runs import run
from goodstanding.lab.world import Population

COURT_LIST, SCORE, MONTHS = "spc-debtors-2013", "sesame", 20
DEBTORS = Population.draw("china", persons=400, seed=5, least_age=18, part="judgment-debtors")
ADULTS = Population.draw("china", persons=400, seed=5, least_age=18)


def test_a_list_names_in_a_month_whom_it_names_on_its_first_day() -> None:
    """Read from the stretches of time on the list, state of knowledge by state of knowledge."""
    counts = run(DEBTORS, COURT_LIST, MONTHS).get_scheme(COURT_LIST)
    listed = list_listed_months(DEBTORS, counts)[f"{COURT_LIST}.judgment-debtors"].persons
    lives = counts.lives["person"]
    expected = np.zeros_like(listed)
    chunk = build_chunk(DEBTORS, lives.scheme, "person", np.arange(400))
    for state in list_known_states(lives, lives.write(chunk.table, lives.build_occasions(("means", "gain")))):
        for first, end, name, _score in list_listed_stretches(lives.scheme, state.listings, state.end):
            starts = lives.month_starts[:-1]
            if name.startswith("list "):
                expected[state.agent, (starts >= first) & (starts < end)] = True
    assert expected.any()
    assert np.array_equal(listed, expected)


@pytest.mark.parametrize("order", [(SCORE, COURT_LIST), (COURT_LIST, SCORE)])
def test_a_score_that_reads_a_court_list_is_what_the_rules_say(order: tuple[str, str]) -> None:
    """Whichever of the two is named first, both live the same months, and every sampled life agrees."""
    lived = run(ADULTS, order, MONTHS)
    assert tuple(counts.name for counts in lived.schemes) == order
    starts = [of_kind.month_starts for counts in lived.schemes for of_kind in counts.lives.values()]
    assert all(np.array_equal(starts[0], others) for others in starts)
    behaviour = load_behaviour(SCORE)
    variants = list_variants(behaviour, list_origins(behaviour))
    assert check_lives(lived, SCORE, behaviour.catalogue, variants, lives=20).records > 20 * MONTHS


def test_a_catalogue_whose_list_is_read_is_lived_unasked() -> None:
    """The score is the same as where it was named, and the court list is no result."""
    (alone,) = run(ADULTS, SCORE, MONTHS).schemes
    beside = run(ADULTS, (SCORE, COURT_LIST), MONTHS).get_scheme(SCORE)
    for few, many in zip(alone.arms, beside.arms, strict=True):
        assert np.array_equal(few.days, many.days)


def test_a_list_is_read_only_while_its_rules_are_in_force() -> None:
    """Nobody is taken to be on no list because its rules have ended."""
    with pytest.raises(LaboratoryError, match=r"rules of spc-debtors-2013 are in force from .* to 2017-05-01"):
        run(ADULTS, SCORE, 30)
