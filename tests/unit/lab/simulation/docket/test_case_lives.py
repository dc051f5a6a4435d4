"""Lives with cases: what the rules say of them, what follows from a debt, and that nothing is dropped."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from goodstanding.errors import LaboratoryError
from goodstanding.lab.behaviour.behaviour_file import Behaviour, load_behaviour
from goodstanding.lab.compilation.behaviour_origins import list_origins
from goodstanding.lab.compilation.compiler import compile_scheme, list_variants
from goodstanding.lab.compilation.scheme_arrays import Origin, SchemeArrays
from goodstanding.lab.simulation.agreement import Agreement, check_lives
from goodstanding.lab.simulation.drawn_chunks import build_chunk
from goodstanding.lab.simulation.reactions import MECHANISMS
from goodstanding.lab.simulation.run_counts import Run
from goodstanding.lab.simulation.runs import run
from goodstanding.lab.simulation.scheme_lives import SchemeLives
from goodstanding.lab.world import Population

COURT_LIST = "spc-debtors-2017"


@cache
def get_behaviour(name: str) -> Behaviour:
    """The behaviour of a catalogue of the library."""
    return load_behaviour(name)


def live(name: str, size: int, scheme: SchemeArrays | None = None) -> Run:
    """Lives of so many persons and firms of the behaviour's own population."""
    behaviour = get_behaviour(name)
    drawn, runs = behaviour.rules.population, behaviour.rules.runs
    population = Population.draw(
        drawn.draw, persons=size, firms=size, seed=1, least_age=drawn.least_age, part=drawn.part
    )
    return run(population, scheme or compile_scheme(behaviour), runs.months, start=runs.from_)


def check(name: str, lived: Run) -> Agreement:
    """Asks the rules of the library's catalogue about some hundred of these lives."""
    behaviour = get_behaviour(name)
    return check_lives(lived, name, behaviour.catalogue, list_variants(behaviour, list_origins(behaviour)), lives=200)


@pytest.mark.parametrize(
    "name",
    ["spc-debtors-2017", "spc-debtors-2013", "suining-2010", "joint-punishment-2016", "mx-tax-69b-published"],
)
def test_lives_with_cases_are_what_the_rules_say(name: str) -> None:
    """A sample and the busiest lives: every list with its step and every measure, to the day."""
    agreement = check(name, live(name, 20_000 if name.startswith("mx") else 400))
    assert agreement.stretches >= 50


def test_whoever_reaches_a_grade_is_printed() -> None:
    """An office acts on a grade, here B too: a case follows from points, and both are what the rules say."""
    scheme = compile_scheme(get_behaviour("suining-2010"))
    grades = scheme.origins.trigger_grades.copy()
    grades[scheme.origins.kinds == Origin.FOLLOWING, scheme.points[0].grade_names.index("B")] = True
    wider = replace(scheme, origins=replace(scheme.origins, trigger_grades=grades))
    lived = live("suining-2010", 4_000, scheme=wider)
    cases = lived.schemes[0].arms[0].cases
    assert cases
    assert cases.listed_days[0] > 0
    assert check("suining-2010", lived).lives >= 400


def test_a_term_that_differs_from_the_rules_is_found() -> None:
    """A month more on the list fails the check, and the life is printed."""
    scheme = compile_scheme(get_behaviour(COURT_LIST))
    assert scheme.cases
    stays = scheme.cases.list_stays + np.array([1, 0]) * (scheme.cases.list_stays[..., :1] == 24)
    wrong = replace(scheme, cases=replace(scheme.cases, list_stays=stays))
    with pytest.raises(LaboratoryError, match=r"differs from the rules:\n(.|\n)*listing-decision(.|\n)*the run: "):
        check(COURT_LIST, live(COURT_LIST, 400, scheme=wrong))


def test_nothing_is_dropped_where_several_cases_are_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lives whose cases do not fit are lived again with room, and count the same."""
    roomy = live(COURT_LIST, 400).schemes[0]
    prepared = SchemeLives.live_arms
    monkeypatch.setattr(SchemeLives, "live_arms", lambda lives, *parts: prepared(replace(lives, room=1), *parts))
    tight = live(COURT_LIST, 400).schemes[0]
    assert tight.again > 400
    for few, many in zip(tight.arms, roomy.arms, strict=True):
        assert few.records == many.records
        assert few.cases
        assert many.cases
        assert np.array_equal(few.cases.listed_days, many.cases.listed_days)


def test_measures_that_do_nothing_leave_everybody_as_the_twin() -> None:
    """Where no measure changes conduct or makes anybody pay, both arms live the same, list days included."""
    scheme = compile_scheme(get_behaviour(COURT_LIST))
    assert scheme.debts
    measures, debts = scheme.measures, scheme.debts
    idle = replace(
        scheme,
        measures=replace(
            measures,
            means_factors=np.ones_like(measures.means_factors),
            gain_factors=np.ones_like(measures.gain_factors),
        ),
        debts=replace(debts, performs_more=np.zeros_like(debts.performs_more)),
    )
    counts = live(COURT_LIST, 400, scheme=idle).schemes[0]
    assert counts.fallen > 100
    assert counts.estimate_spiral(MECHANISMS).value == 1.0
    scheme_on, twin = (arm.cases for arm in counts.arms)
    assert scheme_on
    assert twin
    assert np.array_equal(scheme_on.listed_days, twin.listed_days)


def test_measures_make_more_debtors_perform_than_the_twin() -> None:
    """What a list bars makes some pay sooner, so that they stand on it for fewer days."""
    scheme_on, twin = (arm.cases for arm in live(COURT_LIST, 2_000).schemes[0].arms)
    assert scheme_on
    assert twin
    assert scheme_on.performed > twin.performed
    assert scheme_on.listed_days[0] < twin.listed_days[0]


def test_no_record_is_about_a_decision_that_is_not_yet_there() -> None:
    """Removals and rulings about a decision come on its day at the soonest."""
    lives = live(COURT_LIST, 400).schemes[0].lives["person"]
    population = Population.draw("china", persons=400, seed=1, least_age=18, part="judgment-debtors")
    chunk = build_chunk(population, lives.scheme, "person", np.arange(400))
    written = lives.write(chunk.table, lives.build_occasions(MECHANISMS))
    assert len(written.decisions) > 100
    orders = {(int(row[0]), int(row[4])): int(row[1]) for row in written.decisions}
    for agent, day, _occurred, _variant, _order, about, _debt in written.decisions.tolist():
        assert about < 0 or orders[agent, about] <= day
