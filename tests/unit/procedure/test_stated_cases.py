"""One state machine over dated steps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodstanding.catalogue import Catalogue, load_catalogue, load_library
from goodstanding.catalogue.loader import get_catalogue_folder
from goodstanding.procedure import StatedCase, StatedStep, advance
from goodstanding.procedure.intervals import list_case_intervals
from goodstanding.procedure.stated_cases import CaseStage, derive_case_rules, sort_steps

MEXICO = load_catalogue(get_catalogue_folder("mx-tax-69b"))
CHINA = load_catalogue(get_catalogue_folder("cn-serious-violations"))
DAYS = st.dates(date(2014, 1, 1), date(2022, 12, 31))


def fold_steps(
    steps: list[StatedStep], catalogue: Catalogue = MEXICO, name: str = "proceeding", **options: str
) -> StatedCase:
    """The case that these steps make, in the order in which they count."""
    case, rules = StatedCase(7, 1, name, **options), catalogue.cases[name]
    for step in sort_steps(steps, rules):
        case = advance(case, step, rules, catalogue.month_sums)
    return case


def step(name: str, day: date, public: date | None = None, holds: bool | None = True) -> StatedStep:
    """A step as a record states it."""
    return StatedStep(name, day, public, holds, 7)


PRESUMED = step("presumed", date(2018, 6, 1), date(2018, 6, 25))
FINAL = step("final", date(2018, 9, 28), date(2018, 10, 23))


@pytest.mark.parametrize(
    ("later", "stage"),
    [
        ([], "presumed"),
        ([FINAL], "final"),
        ([FINAL, step("annulled", date(2019, 3, 5))], "annulled"),
        ([FINAL, step("annulled", date(2018, 9, 28))], "annulled"),
        ([FINAL, step("annulled", date(2018, 9, 1))], "final"),
        ([step("rebutted", date(2018, 8, 1))], "rebutted"),
        ([FINAL, step("annulled", date(2019, 3, 5)), step("rebutted", date(2019, 9, 1))], "annulled"),
    ],
)
def test_an_annulment_stands_unless_a_final_notice_is_later(later: list[StatedStep], stage: str) -> None:
    """The dates are read plainly: a ruling or rebuttal stands unless a final notice has a later day."""
    assert fold_steps([PRESUMED, *later]).stage == stage


def test_what_is_not_proved_binds_nothing() -> None:
    """A decision whose record lacks a proof stands between the parties, lists nobody, and says why."""
    unproved = replace(FINAL, proved=False)
    [*_, final] = list_case_intervals(fold_steps([PRESUMED, unproved]), MEXICO)
    assert (final.kind, final.audience, final.why) == ("case", "parties", "unproved:final")
    assert "listing" in {interval.kind for interval in list_case_intervals(fold_steps([PRESUMED, FINAL]), MEXICO)}


def test_a_step_without_its_condition_changes_nothing() -> None:
    """A step whose condition fails, or cannot be decided, does not move the case: that counts for the subject."""
    for holds in (False, None):
        assert fold_steps([PRESUMED, step("final", date(2018, 9, 28), date(2018, 10, 23), holds)]).stage == "presumed"


def list_listings(case: StatedCase, catalogue: Catalogue = MEXICO) -> list[tuple[date, date | None, str]]:
    """The listings of a case: from, to, and what comes then."""
    return [
        (interval.valid_from, interval.valid_to, interval.then)
        for interval in list_case_intervals(case, catalogue)
        if interval.kind == "listing"
    ]


def test_a_listing_takes_effect_when_its_publication_is_proved() -> None:
    """The listing begins on the day of publication and ends by itself at its term."""
    assert list_listings(fold_steps([PRESUMED, FINAL])) == [(date(2018, 10, 23), date(2023, 10, 23), "expires")]


@pytest.mark.parametrize("public", [None, date(2018, 9, 27)])
def test_without_proof_of_publication_nobody_is_listed(public: date | None) -> None:
    """A final decision that was not published, or published before it was made, lists nobody."""
    assert list_listings(fold_steps([PRESUMED, step("final", date(2018, 9, 28), public)])) == []


def test_nobody_is_listed_against_the_newest_word_of_the_source() -> None:
    """Where the source itself publishes another outcome, the listing that the dates would give is not shown."""
    assert list_listings(fold_steps([PRESUMED, FINAL], published="annulled")) == []
    assert list_listings(fold_steps([PRESUMED, FINAL], published="final")) != []


def test_an_annulment_ends_the_listing() -> None:
    """A ruling ends the listing on its day, and the interval says what came then."""
    case = fold_steps([PRESUMED, FINAL, step("annulled", date(2019, 3, 5))])
    assert list_listings(case) == [(date(2018, 10, 23), date(2019, 3, 5), "annulled")]


@pytest.mark.parametrize(("months", "ends"), [(11, "expires"), (12, "removed"), (20, "removed")])
def test_early_removal_waits_a_year(months: int, ends: str) -> None:
    """A removal decided before a year on the list has passed moves nothing; from then on it ends the listing."""
    listed = replace(step("listed", date(2026, 5, 4), date(2026, 5, 4)), noticed=date(2026, 4, 1))
    year, month = divmod(2026 * 12 + 4 + months, 12)
    case = fold_steps([listed, step("removed", date(year, month + 1, 4))], CHINA, "listing")
    assert [then for _, _, then in list_listings(case, CHINA)] == [ends]


STEPS = st.lists(
    st.builds(
        StatedStep,
        st.sampled_from(["final", "rebutted", "annulled"]),
        DAYS,
        st.none() | DAYS,
        st.sampled_from([True, True, False, None]),
        st.integers(8, 20),
    ),
    max_size=8,
)


@given(STEPS)
def test_intervals_are_in_order_and_never_longer_than_the_term(steps: list[StatedStep]) -> None:
    """Of any history: from lies before to, stages do not overlap, no listing is longer than five years."""
    case = fold_steps([PRESUMED, *steps])
    intervals = list(list_case_intervals(case, MEXICO))
    assert all(interval.valid_to is None or interval.valid_from < interval.valid_to for interval in intervals)
    stages = sorted(
        (interval for interval in intervals if interval.kind == "case"), key=lambda interval: interval.valid_from
    )
    assert all(a.valid_to is not None and a.valid_to <= b.valid_from for a, b in pairwise(stages))
    for start, end, _ in list_listings(case):
        assert end is not None
        assert end - start <= timedelta(days=5 * 366)


@given(STEPS, st.integers(0, 8))
def test_a_history_in_two_parts_gives_the_same_stages_as_in_one(steps: list[StatedStep], cut: int) -> None:
    """Advancing through the ordered steps in two runs reaches the same case as in one."""
    rules = MEXICO.cases["proceeding"]
    ordered = sort_steps([PRESUMED, *steps], rules)
    case = StatedCase(7, 1, "proceeding")
    for part in (ordered[:cut], ordered[cut:]):
        for stated_step in part:
            case = advance(case, stated_step, rules)
    assert case == fold_steps([PRESUMED, *steps])


@given(STEPS)
def test_a_listing_rests_on_a_published_final_decision(steps: list[StatedStep]) -> None:
    """No listing begins before a final decision that held was made and published."""
    finals = [
        stated_step
        for stated_step in steps
        if stated_step.step == "final"
        and stated_step.holds
        and stated_step.public_day
        and stated_step.public_day >= stated_step.day
    ]
    for start, _, _ in list_listings(fold_steps([PRESUMED, *steps])):
        assert any(
            final_step.public_day is not None and max(final_step.day, final_step.public_day) <= start
            for final_step in finals
        )


def list_ending_steps_of_lists() -> list[tuple[str, str, str, str]]:
    """In live catalogues of the library: catalogue, list with `ends_within`, stage on it, and a step that ends it."""
    return [
        (catalogue.name, name, stage, key)
        for catalogue in load_library().values()
        for name, rule in catalogue.lists.items()
        if catalogue.mode == "live" and rule.case and rule.ends_within is not None
        for stage in rule.while_
        for key, step in catalogue.cases[rule.case].steps.items()
        if step.role in ("performance", "settlement", "annulment")
    ]


@pytest.mark.parametrize(("name", "listed", "stage", "ending"), list_ending_steps_of_lists())
def test_what_ends_a_listing_ends_it_on_its_own_day(name: str, listed: str, stage: str, ending: str) -> None:
    """From every stage on the list, whatever days the authority has to state it (charter articles 11 and 14)."""
    catalogue = load_library()[name]
    rule = catalogue.lists[listed]
    rules, day = derive_case_rules(catalogue, rule.case or ""), date(2026, 7, 1)
    on_list = CaseStage(stage, date(2026, 6, 1), date(2026, 6, 1), date(2026, 6, 1), 1)
    case = StatedCase(1, 1, rule.case or "", stages=(on_list,))
    ended = advance(case, StatedStep(ending, day, None, True, 2), rules)
    assert (ended.stage, ended.stages[-1].since) == (ending, day)
    assert ending not in rule.while_
