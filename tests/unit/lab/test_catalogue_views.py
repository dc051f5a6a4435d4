"""What the laboratory says of catalogues: checked, compared, and one life told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.lab_schemes import BUSY_ACTS, build_behaviour
from tests.lives_of_firms import build_small_scheme

from goodstanding.errors import LaboratoryError
from goodstanding.lab.assessment.findings import Finding, Indicator
from goodstanding.lab.behaviour.behaviour_file import load_behaviour
from goodstanding.lab.catalogue_views.catalogue_checks import check_catalogue
from goodstanding.lab.catalogue_views.catalogue_populations import (
    draw_shared_population,
    list_lived_kinds,
    list_lived_names,
    load_lived_catalogue,
)
from goodstanding.lab.catalogue_views.life_stories import tell_life
from goodstanding.lab.catalogue_views.scheme_comparisons import compare_catalogues
from goodstanding.lab.compilation.compiler import compile_scheme
from goodstanding.lab.simulation import runs

RONGCHENG, SURCHARGES = "rongcheng-2014", "cn-environment-12-surcharges"


def test_a_check_says_what_compiles_what_is_assumed_and_what_was_equal() -> None:
    """Rongcheng: 26 variants, its unnamed punishment, every number with range and origin, and lives that agree."""
    behaviour = load_behaviour(RONGCHENG)
    check = check_catalogue(behaviour, lives=20)
    assert check.is_sound
    assert (sum(check.variants.values()), check.ineffective["punished"]) == (26, "unnamed")
    assert check.not_known == behaviour.rules.not_known
    assert all(parameter.low <= parameter.value <= parameter.high for parameter in check.parameters)
    assert all(bool(parameter.source) != bool(parameter.assumption) for parameter in check.parameters)
    assert {"records.late-bill.noticed", "acts.late-bill.rate"} <= {parameter.name for parameter in check.parameters}
    assert check.agreement is not None
    assert check.agreement.lives >= 20
    assert check.agreement.stretches >= check.agreement.states > 20


def test_a_life_that_differs_makes_a_check_unsound(monkeypatch: pytest.MonkeyPatch) -> None:
    """One point too few for each ticket: the life stands in the check, and it is not called sound."""

    def compile_wrongly(behaviour: object) -> object:
        scheme = compile_scheme(behaviour)
        points = scheme.points[0]
        wrong = replace(points, stage_points=points.stage_points + (points.stage_points == -5))
        return replace(scheme, points=(wrong,))

    monkeypatch.setattr(runs, "compile_scheme", compile_wrongly)
    check = check_catalogue(load_behaviour(RONGCHENG), lives=50)
    assert not check.is_sound
    assert "traffic-ticket" in check.difference
    assert check.agreement is None


def test_a_catalogue_that_the_kernel_does_not_run_is_checked_as_far_as_it_goes() -> None:
    """It compiles, and what stands in the way of a run is said."""
    for name in list_lived_names():
        check = check_catalogue(load_behaviour(name), lives=1)
        assert check.is_compiled
        assert check.is_sound
        assert bool(check.refusal) is (check.agreement is None)


def test_names_that_are_none_bring_those_that_are_near() -> None:
    """And a catalogue under which nobody can live those under which somebody can."""
    with pytest.raises(LaboratoryError, match=r"no catalogue 'rongcheng'(.|\n)*rongcheng-2014"):
        load_lived_catalogue("rongcheng")
    with pytest.raises(LaboratoryError, match=r"no behaviour(.|\n)*rongcheng-2014"):
        load_lived_catalogue("uk-food-hygiene")
    assert load_lived_catalogue(RONGCHENG).catalogue.name == RONGCHENG


def test_people_live_under_several_catalogues_only_if_all_concern_them() -> None:
    """Persons under one and firms under another are not the same; the older least age counts for both."""
    persons, firms, debtors = (load_behaviour(name) for name in (RONGCHENG, SURCHARGES, "spc-debtors-2017"))
    assert (list_lived_kinds(persons), list_lived_kinds(firms)) == (("person",), ("firm",))
    with pytest.raises(LaboratoryError, match="nobody lives under both"):
        draw_shared_population([persons, firms], 10, 1)
    both = draw_shared_population([persons, debtors], 50, 1)
    assert (both.persons.size, both.firms.size) == (50, 0)
    assert both.part is not None
    elsewhere = replace(
        persons,
        rules=persons.rules.model_copy(
            update={"population": persons.rules.population.model_copy(update={"draw": "fictional"})}
        ),
    )
    with pytest.raises(LaboratoryError, match=r"all of china(.|\n)*all of fictional"):
        draw_shared_population([persons, elsewhere], 10, 1)


def test_two_catalogues_that_are_equal_do_the_same_to_the_same_people() -> None:
    """Every figure, to the last digit; and each knows its bad grades."""
    behaviour = load_behaviour(RONGCHENG)
    comparison = compare_catalogues([behaviour, behaviour], 1_500, 36, 1, ["C", "D"])
    assert comparison.bad_grades == (("C", "D"), ("C", "D"))
    first, second = comparison.schemes
    assert repr(first.findings) == repr(second.findings)
    rows = {(row.indicator, row.group): row.results for row in comparison.list_rows()}
    assert isinstance(rows[Indicator.HIT, ""][0], Finding)
    assert (Indicator.DIFFERENCE, "size/micro-large") not in rows
    with pytest.raises(LaboratoryError, match=r"no grade 'E'(.|\n)*AAA"):
        compare_catalogues([behaviour], 100, 12, 1, ["E"])


def test_a_life_is_told_in_the_order_of_time_and_ends_as_it_says() -> None:
    """Act, record, standing; the last standing is the last of the story; the same seed tells the same."""
    story = tell_life(load_behaviour(RONGCHENG), 7, 60)
    assert story == tell_life(load_behaviour(RONGCHENG), 7, 60)
    assert story != tell_life(load_behaviour(RONGCHENG), 8, 60)
    days = [event.day for event in story.events]
    assert days == sorted(days)
    assert (story.first_day, story.end_day) == (date(2015, 1, 1), date(2020, 1, 1))
    standings = [event for event in story.events if event.kind == "standing"]
    assert (standings[-1].subject, standings[-1].score) == (story.last_grade, story.last_score)
    assert standings[0].reasons == ("taken into the scheme",)
    assert story.traits.keys() >= {"age", "sex", "region", "yearly income"}


def read_change(reason: str) -> int:
    """The points of a reason such as `Traffic ticket: -5`; 0 where it has none."""
    number = reason.rpartition(": ")[2]
    sign = -1 if reason.startswith("no longer") else 1
    return sign * int(number) if number.lstrip("+-").isdigit() else 0


def test_the_points_of_a_told_life_add_up() -> None:
    """Without caps or fading, the reasons of each standing sum to the change of its score."""
    changes = 0
    for seed in range(20):
        score = 1_000
        for event in tell_life(load_behaviour(RONGCHENG), seed, 60).events:
            if event.kind == "standing":
                score += sum(map(read_change, event.reasons))
                assert event.score == score
                changes += 1
    assert changes > 30


def test_records_of_what_nobody_did_and_records_taken_back_are_told() -> None:
    """Where good deeds are invented as often as can be, and mistakes are mostly found."""
    values = {"records.good-deed.wrong": 0.05, "disputes.asks.if_wrong": 0.8, "disputes.upheld.if_wrong": 0.95}
    behaviour = load_behaviour(RONGCHENG).set_values(values)
    events = [event for seed in range(20) for event in tell_life(behaviour, seed, 120).events]
    false = [event for event in events if event.is_false]
    withdrawn = [event for event in events if event.kind == "withdrawn"]
    assert false
    assert withdrawn
    assert {"act: heroic-or-family-help"} & {event.detail for event in false}
    assert all(event.happened is not None and event.happened <= event.day for event in (*false, *withdrawn))
    reasons = [reason for event in events for reason in event.reasons]
    assert any(reason.startswith("no longer ") for reason in reasons)


def test_a_life_on_a_court_list_is_told_with_its_debts_and_decisions() -> None:
    """Every debt that arises is told with its act, standings name the lists, and others who are bound are named."""
    stories = [tell_life(load_behaviour("spc-debtors-2017"), seed, 60) for seed in range(20)]
    assert all(story.has_lists for story in stories)
    binding = {binds for story in stories for binds in story.binds_others}
    assert any(binds.startswith("Orders against high consumption: legal-representative") for binds in binding)
    listed = 0
    for story in stories:
        events = story.events
        arising = [event.day for event in events if event.kind == "debt" and event.subject == "a debt arises"]
        assert arising == [event.day for event in events if event.kind == "done"]
        standings = [event for event in events if event.kind == "standing"]
        assert story.last_grade == (standings[-1].subject if standings else "none")
        listed += any("judgment-debtors" in event.subject for event in standings)
        decided = [event for event in events if event.kind == "recorded"]
        assert bool(decided) == any(event.is_noticed for event in events if event.kind == "done")
    assert listed >= 3


def test_measures_that_begin_and_end_with_a_grade_are_told() -> None:
    """By their titles, and never one that has not begun."""
    behaviour = replace(build_behaviour(build_small_scheme()), acts=BUSY_ACTS)
    events = [event for seed in range(10) for event in tell_life(behaviour, seed, 48).events]
    assert {title for event in events for title in event.begins} == {"Best", "Grade"}
    assert "Best" in {title for event in events for title in event.ends}
