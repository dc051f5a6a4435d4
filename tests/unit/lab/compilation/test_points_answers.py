"""Schemes of points as arrays: whatever the rules, the arrays say of any records on any day what `standing` says."""

from __future__ import annotations

from datetime import date, timedelta

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.array_lives import compute_standing
from tests.behaviours import make_behaviour
from tests.rules import build_record_table

from goodstanding import standing
from goodstanding.lab.behaviour.behaviour_file import Behaviour, load_behaviour
from goodstanding.lab.compilation.behaviour_origins import list_origins
from goodstanding.lab.compilation.compiler import compile_scheme, list_variants
from goodstanding.lab.compilation.probe_records import Variant
from goodstanding.standing.evaluation import INTERVALS

RULES = """
records:
  joined: {title: Joined, ON, by: [office]}
  act:
    title: Act
    ON
    by: [office]
    fields:
      what: {type: code, title: What, one_of: [late, crime, gift]}
      months: {type: integer, title: Months, at_least: 0, at_most: 12}
      paid_on: {type: date, title: Paid, future: true}
schemes:
  credit:
    title: Credit
    ON
    kind: points
    record: act
    starts_with: joined
    base: 100
    floor: FLOOR
    cap: 120
    direct: [{grade: C, when: DIRECT, ON, counts_for: LENGTH0}]
    items:
      late:
        title: Late
        ON
        when: "CONDITION"
        points: -5 * months
        counts_for: LENGTH1
        at_most: MOST
        per: SPAN
        fades: [{after: LENGTH2, points: -2}]
      crime: {title: Crime, ON, when: what = 'crime', points: -60, counts_for: LENGTH3}
      gift: {title: Gift, ON, when: what = 'gift', points: 15, counts_for: LENGTH3, at_most: 20, per: ever}
    bands: [{grade: A, at_least: 90}, {grade: B, at_least: 50}, {grade: C}]
month_sums: SUMS
"""
BEHAVIOUR = """\
enrols:
  joined: {who: firm, when: start, source: office}
records:
  late-tax:
    record: act
    fields:
      what: {late: 0.6, crime: 0.3, gift: 0.1}
      months: {0: 0.2, 2: 0.5, 7: 0.3}
      paid_on: {P1M: 0.5, P45D: 0.3, none: 0.2}
    incomplete: {months: SHARE}
    shares: made up
    noticed: SHARE
"""
LENGTHS = st.sampled_from(["P1M", "P6M", "P1Y", "P31D", "P1M15D", "P3Y"])
CONDITIONS = st.sampled_from(
    [
        "what = 'late'",
        "what <> 'gift' AND months >= 2",
        "what = 'late' AND occurred < '2021-03-31'",
        "what = 'late' AND (occurred >= '2020-07-01' OR months > 2)",
        "what = 'late' AND paid_on IS NULL",
        "what = 'late' AND paid_on > '2021-02-28'",
        "what = 'late' AND occurred BETWEEN '2020-05-05' AND '2021-05-05'",
    ]
)
DAYS = st.dates(date(2020, 1, 2), date(2024, 12, 30))


@st.composite
def draw_rules(draw: st.DrawFn) -> str:
    """A small catalogue of points."""
    rules = RULES.replace("CONDITION", draw(CONDITIONS)).replace(
        "DIRECT", draw(st.sampled_from(["months = 7", "what = 'crime'"]))
    )
    for place in range(4):
        rules = rules.replace(f"LENGTH{place}", "P5Y" if place == 1 else draw(LENGTHS))
    rules = rules.replace("MOST", str(draw(st.integers(2, 60)))).replace("FLOOR", str(draw(st.sampled_from([0, 40]))))
    rules = rules.replace("SPAN", draw(st.sampled_from(["ever", "year", "quarter", "month"])))
    return rules.replace("SUMS", draw(st.sampled_from(["last-day", "next-day"])))


def list_all_variants(behaviour: Behaviour) -> list[Variant]:
    """Every variant, by its number."""
    return list_variants(behaviour, list_origins(behaviour))


def ask_standing(behaviour: Behaviour, acts: list[tuple[int, date]], at: date) -> tuple[int, str]:
    """The score and grade of somebody who joined at the start and did these acts, as the rules have it."""
    variants, sums = list_all_variants(behaviour), behaviour.catalogue.month_sums
    records = [("joined", "2020-01-01", {})]
    for number, day in acts:
        values = {
            field: value.after(day, sums).isoformat() if hasattr(value, "after") else value
            for field, value in variants[number].fields
            if value is not None
        }
        records.append((variants[number].record, day.isoformat(), values))
    points = pa.table({"subject_id": pa.array([1], pa.int64()), "day": pa.array([at])})
    rows = standing.evaluate(build_record_table(records), INTERVALS.empty_table(), behaviour.catalogue, points)
    (row,) = rows.to_pylist()
    return row["score"], row["value"]


@settings(deadline=None, max_examples=25)
@given(draw_rules(), st.data())
def test_arrays_say_of_any_records_on_any_day_what_the_rules_say(rules: str, data: st.DataObject) -> None:
    """Stages, caps by span, direct grades, conditions on days, fields left out: equal to the day, whatever is drawn."""
    behaviour = make_behaviour(BEHAVIOUR, rules)
    scheme = compile_scheme(behaviour)
    variants = list_all_variants(behaviour)
    acts = []
    for day in data.draw(st.lists(DAYS, max_size=5)):
        fitting = [
            place
            for place, variant in enumerate(variants)
            if variant.record == "act" and variant.first <= day < variant.end
        ]
        acts.append((data.draw(st.sampled_from(fitting)), day))
    sums = behaviour.catalogue.month_sums
    for at in [date(2024, 12, 31), *(day + timedelta(40) for _variant, day in acts), data.draw(DAYS)]:
        counting = [(variant, day) for variant, day in acts if day <= at]
        assert compute_standing(scheme.points[0], sums, counting, at) == ask_standing(behaviour, acts, at)


def test_every_variant_of_rongcheng_counts_as_its_standard_says() -> None:
    """Twenty-five kinds of conduct and joining; what a clerk leaves out takes nothing, a drunk driver has grade C."""
    scheme = compile_scheme(load_behaviour("rongcheng-2014"))
    points = scheme.points[0]
    assert len(scheme.variant_records) == 26
    assert points.joins.tolist() == [True, *[False] * 25]
    assert sorted(set(points.stage_points.tolist())) == [-100, -60, -50, -40, -30, -20, -10, -5, 0, 30]
    assert points.stage_undecided.sum() == 1
    assert [points.grade_names[grade] for grade in points.direct_grades] == ["C"]
    assert (points.base, points.band_least.tolist()[:3]) == (1000, [1050, 1030, 960])


def test_the_other_schemes_of_points_have_their_variants() -> None:
    """Suining's left what it takes to the office; Jiangsu's three acts stop counting and clean time earns a bonus."""
    assert len(compile_scheme(load_behaviour("suining-2010")).variant_records) == 31
    scheme = compile_scheme(load_behaviour("cn-environment-12-surcharges"))
    assert len(scheme.variant_records) == 5
    points = scheme.points[0]
    assert sorted(map(tuple, points.stage_until.tolist())) == [(6, 0), (36, 0), (36, 0)]
    assert points.bonus_after.tolist() == [[12, 0], [24, 0]]
    assert [scheme.record_names[need] for need in points.bonus_needs] == ["public-commitment"] * 2


def test_a_condition_on_an_absolute_day_is_probed_on_each_side_of_it() -> None:
    """What is asked of the day of the conduct is an axis of its own, with a level from that day on."""
    rules = RULES.replace("CONDITION", "what = 'late' AND occurred < '2021-03-31'").replace("DIRECT", "months = 7")
    for word, value in (("MOST", "60"), ("FLOOR", "0"), ("SPAN", "year"), ("SUMS", "last-day")):
        rules = rules.replace(word, value)
    for place in range(4):
        rules = rules.replace(f"LENGTH{place}", "P1Y" if place != 2 else "P6M")
    behaviour = make_behaviour(BEHAVIOUR, rules)
    variants = [variant for variant in list_all_variants(behaviour) if variant.record == "act"]
    assert len(variants) == 3 * 4 * 3 * 2
    assert {variant.first for variant in variants} == {date(2020, 1, 1), date(2021, 3, 31)}
