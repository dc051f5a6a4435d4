"""Lives month by month: what records read of the past and of others is what was so, alone and together."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from tests.behaviours import make_behaviour
from tests.lab_schemes import BUSY_ACTS

from goodstanding.catalogue.periods import Period
from goodstanding.errors import LaboratoryError
from goodstanding.lab.behaviour.behaviour_file import Behaviour, load_behaviour
from goodstanding.lab.compilation.behaviour_origins import list_origins
from goodstanding.lab.compilation.compiler import compile_scheme, list_variants
from goodstanding.lab.simulation.agreement import check_lives
from goodstanding.lab.simulation.life_loop import KEPT_FITS
from goodstanding.lab.simulation.months import crowd
from goodstanding.lab.simulation.months.crowd_loop import LOWEST_GRADE, MEAN_SCORE, TieTable, find_lowest, find_mean
from goodstanding.lab.simulation.months.others import NOBODY, ListedMonths
from goodstanding.lab.simulation.outcomes.outcome_tables import NO_SCORE
from goodstanding.lab.simulation.run_counts import Run
from goodstanding.lab.simulation.runs import run
from goodstanding.lab.simulation.scheme_checks import EPOCH
from goodstanding.lab.world import Population
from goodstanding.lab.world.edges import build_edges, tie_represented
from goodstanding.lab.world.ties import tie_population

MONTHS, START = 40, date(2020, 1, 1)
RULES = """
records:
  act: {title: Act, ON, by: [office], fields: {what: {type: code, title: What, one_of: [a], required: true}}}
  profile:
    title: Profile
    ON
    by: [office]
    states: finding
    fields:
      before: {type: code, title: Before, one_of: [A, B, C, none], kind: finding, required: true}
      late: {type: integer, title: Late, kind: finding, one_of: [0, 1, 2], required: true}
      luck: {type: integer, title: Luck, kind: finding, one_of: [0, 1, 2], required: true}
      others: {type: integer, title: Others, kind: association, at_least: 0, at_most: 100, required: true}
schemes:
  newest:
    title: Newest
    ON
    kind: latest
    record: profile
    score: 40 + 10 * luck - 10 * late
    direct: [{grade: C, when: "before = 'C' AND late = 2", ON}]
    bands: [{grade: A, at_least: 50, when: others >= 42}, {grade: B, at_least: 40}, {grade: C}]
  mean:
    title: Mean
    ON
    kind: latest
    record: profile
    score: 40 + 10 * luck - 10 * late
    over: P5M
    bands: [{grade: A, at_least: 50}, {grade: C}]
measures:
  on-grade:
    {title: Grade, ON, kind: restriction, field: extending-credit, scheme: newest, grades: [C], purpose: visits,
     audience: [office]}
"""
LINES = """\
enrols:
  profile:
    who: firm
    when: every-month
    source: office
    fields:
      before: own.grade.newest
      late: {of: own.count.late-tax, as: {0: 0, 1: 1, 4: 2}}
      luck: {0: 0.3, 1: 0.3, 2: 0.4}
      others: OTHERS
    shares: made up
records:
  late-tax: {record: act, source: office, fields: {what: a}, noticed: 1}
  report-missed:
    {record: act, source: office, fields: {what: a}, noticed: SHARE, delay: {days: [0, 90]}, shares: made up}
"""
FIRMS = Population.draw("fictional", persons=0, firms=120, seed=4)


def make_profiles(others: str) -> Behaviour:
    """A profile a month that reads the firm's own past, and others."""
    return make_behaviour(LINES.replace("OTHERS", others), RULES)


def live(behaviour: Behaviour) -> tuple[Run, list[list[int]], list[list[int]]]:
    """A run, and what was written down of every life: records and standings."""
    lived = run(FIRMS, compile_scheme(behaviour), MONTHS, start=START, acts=BUSY_ACTS)
    lives, rows = lived.schemes[0].lives["firm"], np.arange(120)
    occasions = lives.build_occasions(("means", "gain"))
    outside = lives.watch_others(FIRMS, occasions, rows)
    written = lives.write(lives.build_agents(FIRMS, range(120)).table, occasions, outside)
    records, standings = written.records, written.standings
    return lived, records.tolist(), standings.tolist()


def find_month(day: int) -> int:
    """The month of the run of a day."""
    moment = EPOCH + timedelta(day)
    return 12 * (moment.year - START.year) + moment.month - 1


def count_days(month: int) -> int:
    """The first day of a month of the run."""
    return (Period(month).after(START) - EPOCH).days


def list_profiles(behaviour: Behaviour, records: list[list[int]]) -> dict[tuple[int, int], dict[str, Any]]:
    """The fields of each profile, by agent and month."""
    variants = list_variants(behaviour, list_origins(behaviour))
    return {
        (agent, find_month(occurred)): dict(variants[variant].fields)
        for agent, _day, occurred, variant, _order in records
        if variants[variant].record == "profile"
    }


def read_standings(standings: list[list[int]]) -> dict[tuple[int, int, int], tuple[int, int]]:
    """Level and score of each agent in each scheme by day, where they change."""
    return {(agent, scheme, day): (level, score) for agent, day, score, level, scheme in standings}


def find_standing(steps: dict[tuple[int, int, int], tuple[int, int]], agent: int, day: int) -> tuple[int, int]:
    """Level and score in the first scheme on a day."""
    days = [moment for who, scheme, moment in steps if (who, scheme) == (agent, 0) and moment <= day]
    return steps[agent, 0, max(days)] if days else (-1, 0)


def test_a_profile_reads_the_grade_of_a_year_ago_and_the_acts_of_the_year() -> None:
    """The grade on the same day of the year before; acts of the twelve months before, whether or not anybody knows."""
    behaviour = make_profiles("40")
    _lived, records, standings = live(behaviour)
    variants, steps = list_variants(behaviour, list_origins(behaviour)), read_standings(standings)
    months_late = defaultdict[int, set[int]](set)
    late_tax = next(place for place, variant in enumerate(variants) if variant.record == "act")
    for agent, _day, occurred, variant, _order in records:
        if variant == late_tax:
            months_late[agent].add(find_month(occurred))
    profiles = list_profiles(behaviour, records)
    assert len(profiles) == 120 * MONTHS
    for (agent, month), fields in profiles.items():
        level = find_standing(steps, agent, count_days(month - 12))[0] if month >= 12 else -1
        assert fields["before"] == ("A", "B", "C", "none")[level]
        number = len(months_late[agent] & set(range(month - 12, month)))
        assert fields["late"] == (2 if number >= 4 else min(number, 1))


def test_a_profile_reads_the_mean_score_of_partners_at_the_end_of_the_month_before() -> None:
    """Rounded down, over those who have a score; whoever has no partner has the lowest level."""
    behaviour = make_profiles("edge.trade.score")
    _lived, records, standings = live(behaviour)
    steps, trade = read_standings(standings), tie_population(FIRMS, 10**9).trade
    number_above = 0
    for (agent, month), fields in list_profiles(behaviour, records).items():
        ends = trade.list_ends(agent)
        scores = [find_standing(steps, int(end), count_days(month) - 1)[1] for end in ends] if month else []
        mean = sum(scores) // len(scores) if scores else -1
        assert (fields["others"] >= 42) == (mean >= 42)
        number_above += mean >= 42
    assert 200 < number_above < 120 * MONTHS - 200


@pytest.mark.parametrize("others", ["40", "edge.trade.score"])
def test_lives_month_by_month_are_what_the_rules_say_of_them(others: str) -> None:
    """Every grade, score, mean and measure to the day, whether firms meet or not."""
    behaviour = make_profiles(others)
    lived = run(FIRMS, compile_scheme(behaviour), MONTHS, start=START, acts=BUSY_ACTS)
    variants = list_variants(behaviour, list_origins(behaviour))
    assert check_lives(lived, "tiny", behaviour.catalogue, variants, lives=120).records > 120 * MONTHS


def test_both_loops_live_the_same_life() -> None:
    """Who lives among all others lives as one alone to whom the same is said."""
    behaviour = make_profiles("edge.trade.score")
    lives = run(FIRMS, compile_scheme(behaviour), MONTHS, start=START, acts=BUSY_ACTS).schemes[0].lives["firm"]
    occasions, agents = lives.build_occasions(("means", "gain")), lives.build_agents(FIRMS, range(120)).table
    together, counts, _again = lives.live(agents, occasions)
    outside = lives.watch_others(FIRMS, occasions, np.arange(120))
    alone, (alone_counts,) = lives.live_alone(agents, occasions, outside, 64)
    assert alone[:, KEPT_FITS].all()
    assert np.array_equal(together, alone)
    assert np.array_equal(counts, alone_counts)


def test_all_live_again_where_one_needs_more_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """With room for one record in wait or in a mean, everybody is what they are with room."""
    scheme = compile_scheme(make_profiles("edge.trade.score"))
    roomy = run(FIRMS, scheme, MONTHS, start=START, acts=BUSY_ACTS).schemes[0]
    monkeypatch.setattr(crowd, "ROOM", 1)
    tight = run(FIRMS, scheme, MONTHS, start=START, acts=BUSY_ACTS).schemes[0]
    for few, many in zip(tight.arms, roomy.arms, strict=True):
        assert np.array_equal(few.days, many.days)
        assert few.records == many.records


def test_ties_are_read_as_a_small_graph_says() -> None:
    """The mean of those who have a score, rounded down, and the lowest grade of those who have one."""
    edges = build_edges(5, np.array([0, 0, 1, 3], np.uint32), np.array([1, 2, 2, 0], np.uint32))
    starts, nothing = np.stack([edges.starts, edges.starts]).astype(np.uint32), np.empty(0, np.int64)
    grades = np.array([[3, 0, 1, 2], [3, 0, 1, 2]])  # nobody's, then three
    matters, words = np.array([MEAN_SCORE, LOWEST_GRADE]), np.zeros((5, 2, 1), np.uint64)
    ties = TieTable(matters, np.arange(2), starts, edges.ends, np.zeros(3, np.int64), nothing, grades, words)
    scores = np.array([10, 15, NO_SCORE, 20, 7], np.int32)
    assert [find_mean.py_func(ties, 0, agent, scores) for agent in range(5)] == [17, 10, 12, 10, NO_SCORE]
    shown = np.array([0, 2, -1, 1, 2], np.int16)
    assert [find_lowest.py_func(ties, 1, agent, shown) for agent in range(5)] == [2, 0, 2, 0, 3]


def test_firms_of_one_representative_are_tied_with_each_other() -> None:
    """Each to all others of the same person, and nobody to itself."""
    edges = tie_represented(np.array([7, 3, 7, 5, 7], np.uint32))
    assert [sorted(edges.list_ends(firm).tolist()) for firm in range(5)] == [[2, 4], [], [0, 4], [], [0, 2]]
    assert len(tie_represented(np.empty(0, np.uint32)).ends) == 0


def test_a_carried_tax_grade_is_what_its_rules_say() -> None:
    """An assessment each April, a D of last year, and one of another firm of the same person; some are withdrawn."""
    behaviour = load_behaviour("cn-tax-grade-carried")
    firms = Population.draw("china", persons=400, firms=800, seed=1, least_age=18)
    lived = run(firms, compile_scheme(behaviour), 60, start=behaviour.rules.runs.from_)
    variants = list_variants(behaviour, list_origins(behaviour))
    assert check_lives(lived, behaviour.catalogue.name, behaviour.catalogue, variants, lives=300).records > 1_000
    days = lived.schemes[0].arms[0].days
    assert days[lived.schemes[0].grade_names.index("D") + 1] > 0.1 * days.sum()


SESAME = load_behaviour("sesame")
PERSONS = Population.draw("china", persons=1_500, seed=1, least_age=18)
COURT_LIST = "spc-debtors-2013.judgment-debtors"


def test_sesame_with_friends_is_what_its_rules_say() -> None:
    """A profile a month for everybody, eight friends each, and a court's list that names every tenth for a year."""
    listed = np.zeros((1_500, 24), np.bool_)
    listed[::10, 6:18] = True
    beside = {COURT_LIST: ListedMonths(listed, np.zeros((0, 24), np.bool_))}
    lived = run(PERSONS, compile_scheme(SESAME), 24, start=SESAME.rules.runs.from_, beside=beside)
    variants = list_variants(SESAME, list_origins(SESAME))
    agreement = check_lives(lived, "sesame", SESAME.catalogue, variants, lives=200)
    assert agreement.records == 24 * agreement.lives
    assert lived.schemes[0].arms[0].records == 24 * 1_500


def test_a_list_that_the_run_does_not_say_is_refused() -> None:
    """Nobody is taken for unlisted because something was said of another list of the same catalogue."""
    beside = {"spc-debtors-2013.another-list": NOBODY}
    with pytest.raises(LaboratoryError, match="does not say whom it names"):
        run(PERSONS, compile_scheme(SESAME), 24, start=SESAME.rules.runs.from_, beside=beside)


def test_people_who_meet_and_do_not_fit_into_memory_are_refused_before() -> None:
    """With the number that fits."""
    with pytest.raises(LaboratoryError) as refusal:
        run(
            PERSONS,
            compile_scheme(SESAME),
            24,
            start=SESAME.rules.runs.from_,
            beside={COURT_LIST: NOBODY},
            memory=10**5,
        )
    assert "at most 462 agents" in str(refusal.value.remedy)
