"""Cases as arrays: which step a variant reaches, on which code and day lengths of time depend, what follows from it."""

from __future__ import annotations

from datetime import date

import pytest
from tests.array_lives import FOREVER, add_length
from tests.behaviours import make_behaviour

from goodstanding import standing
from goodstanding.effects import compute_intervals
from goodstanding.errors import LaboratoryError
from goodstanding.lab.behaviour.behaviour_file import Behaviour, load_behaviour
from goodstanding.lab.compilation.answers.probe_records import ProbeTable, Variant
from goodstanding.lab.compilation.behaviour_origins import list_origins
from goodstanding.lab.compilation.compiler import compile_scheme, list_variants
from goodstanding.lab.compilation.scheme_arrays import NONE, OPEN, CaseArrays, SchemeArrays, Trigger

DAY = date(2020, 2, 29)
RULES = """
records:
  decision:
    title: Decision
    ON
    by: [office]
    fields:
      paid_on: {type: date, title: Paid, future: true}
      told_on: {type: date, title: Told, future: true}
      amount: {type: integer, title: Amount, at_least: 0}
cases:
  listing:
    title: Listing
    ON
    record: decision
    steps: {listed: {title: Listed, ON, when: "CONDITION"}}
lists:
  decisions: {title: Decisions, ON, case: listing, while: [listed], stays: P1Y, counts_from: decided}
"""


def list_stated(cases: CaseArrays, variant: int, holds: int = 1) -> dict[str, list[int]]:
    """The steps that a variant states and that hold, with how long after the conduct they are."""
    rows = range(cases.step_starts[variant], cases.step_starts[variant + 1])
    return {
        cases.step_names[cases.stated_steps[row]]: cases.stated_on[row].tolist()
        for row in rows
        if cases.stated_holds[row] == holds
    }


def list_own_variants(behaviour: Behaviour) -> list[Variant]:
    """Every variant, each for one day."""
    variants = list_variants(behaviour, list_origins(behaviour))
    next_day = DAY.replace(month=3, day=1)
    return [Variant(variant.record, variant.about, variant.fields, DAY, next_day) for variant in variants]


@pytest.fixture(scope="module")
def court_list() -> SchemeArrays:
    """The court list of 2017."""
    return compile_scheme(load_behaviour("spc-debtors-2017"))


def test_the_court_list_of_2017_has_its_variants(court_list: SchemeArrays) -> None:
    """Sixteen decisions for each kind of debtor, official or not, state body or not, five orders and six follow-ups.

    Of the sixteen seven list, and all five orders restrict.
    """
    cases = court_list.cases
    assert cases
    assert cases.is_opening.sum() == 4 * 16 + 5
    assert (~cases.is_opening).sum() == 6
    reached = [list_stated(cases, variant) for variant in range(len(court_list.variant_records))]
    listing = [steps for steps in reached if "listing.listed" in steps or "listing.listed-for-a-term" in steps]
    assert len(listing) == 4 * 7
    assert sum("consumption.restricted" in steps for steps in reached) == 5
    assert [list(steps) for steps in reached[-6:]] == [
        ["listing.performed"],
        ["consumption.performed"],
        ["listing.settled"],
        ["listing.nothing-found"],
        [],
        ["listing.withdrawn"],
    ]


def test_the_period_of_an_order_is_a_length_after_it(court_list: SchemeArrays) -> None:
    """A day that a record names is as long after the conduct as the behaviour says."""
    assert court_list.cases
    first_order = court_list.origins.variants[court_list.origins.names.index("follows.0")]
    ends = [list_stated(court_list.cases, first_order + place).get("consumption.period-over") for place in range(3)]
    assert ends == [[12, 0], [24, 0], None]


def test_how_long_a_listing_stays_depends_on_the_code_of_its_term(court_list: SchemeArrays) -> None:
    """Two to five years under five grounds, a hundred under the first, which stand for none."""
    cases = court_list.cases
    assert cases
    stays = cases.list_stays[cases.list_names.index("judgment-debtors")]
    by_code = dict(zip((*cases.code_names, ""), stays[:, 0].tolist(), strict=True))
    assert by_code == {"open": 1200, "two-years": 24, "three-years": 36, "four-years": 48, "five-years": 60, "": OPEN}


@pytest.mark.parametrize("name", ["spc-debtors-2013", "spc-debtors-2017", "suining-2010"])
def test_who_is_listed_and_until_when_is_as_the_procedure_says(name: str) -> None:
    """Every opening variant alone on file: listed from its day for as long as its code says, or not at all."""
    behaviour = load_behaviour(name)
    cases, sums = compile_scheme(behaviour).cases, behaviour.catalogue.month_sums
    assert cases
    table = ProbeTable(list_own_variants(behaviour), sums, [None] * len(cases.is_opening))
    listed: dict[int, set[tuple[str, str, date, date | None]]] = {probe.variant: set() for probe in table.probes}
    for row in compute_intervals(table.records, behaviour.catalogue).to_pylist():
        if row["kind"] == "listing":
            variant = table.by_position[row["case_position"]].variant
            listed[variant].add((row["name"], row["stage"], row["valid_from"], row["valid_to"]))
    for variant in listed:
        assert {entry[1] for entry in listed[variant]} == list_listing_steps(cases, variant)
        for name, _stage, valid_from, valid_to in listed[variant]:
            stays = cases.list_stays[cases.list_names.index(name), cases.codes[variant]]
            end = add_length(DAY, stays, sums)
            assert valid_from == DAY
            assert end == FOREVER or valid_to == end


def list_listing_steps(cases: CaseArrays, variant: int) -> set[str]:
    """The steps at which a list names somebody, of those that a variant states and that hold."""
    stated = [name for name in list_stated(cases, variant) if cases.is_opening[variant]]
    return {name.partition(".")[2] for name in stated if cases.list_steps[:, cases.step_names.index(name)].any()}


def test_a_list_that_is_made_of_others_names_them() -> None:
    """Joint punishment follows from the court's list and from those of departments; every measure rests on it."""
    scheme = compile_scheme(load_behaviour("joint-punishment-2016"))
    assert scheme.cases
    combined = scheme.cases.list_names.index("joint-punishment")
    parts = [
        name for name, is_part in zip(scheme.cases.list_names, scheme.cases.list_from[combined], strict=True) if is_part
    ]
    assert sorted(parts) == ["judgment-debtors", "other-lists"]
    assert scheme.cases.list_at_least[combined] == 1
    assert set(scheme.measures.lists.tolist()) == {combined}


def test_steps_dated_by_fields_of_one_record_have_their_lengths_and_their_publication() -> None:
    """A proceeding of Mexico's 69-B: presumed at once, final after so many days, public later; a ruling after that."""
    scheme = compile_scheme(load_behaviour("mx-tax-69b-published"))
    assert scheme.cases
    assert len(scheme.variant_records) == 5
    assert list_stated(scheme.cases, 0) == {"proceeding.presumed": [0, 0], "proceeding.final": [0, 207]}
    assert list_stated(scheme.cases, 2)["proceeding.annulled"] == [0, 1000]
    assert scheme.cases.stated_public[:2].tolist() == [[0, 30], [0, 237]]
    assert scheme.cases.list_from_public.all()


def test_entries_on_the_german_list_follow_the_grounds_and_the_days_of_one_order() -> None:
    """Ordered at once, entered at the earliest after two weeks; not while a payment plan runs; until three years later.

    Of those who gave a statement of assets nobody is entered for a missed payment whose month is not over.
    """
    behaviour = load_behaviour("judgment-debtors-zpo")
    cases, variants = compile_scheme(behaviour).cases, list_own_variants(behaviour)
    assert cases
    orders = [
        dict(variant.fields) | {"place": place} for place, variant in enumerate(variants) if variant.record == "order"
    ]
    assert len(orders) == 3 + 3 * 2 * 2
    for order in orders:
        place = order["place"]
        is_spared = order["ground"] == "payment-not-proved" and order["payment_plan"]
        entered = {} if is_spared else {"entry.entered": [0, order["entered_on"].days]}
        assert list_stated(cases, place) == {"entry.ordered": [0, 0], **entered}
        assert cases.untils[place].tolist() == [36, 0]
    assert {order["entered_on"].days for order in orders} == {16, 21, 45}
    assert cases.list_by_until[cases.list_names.index("debtors")]


def test_what_follows_an_entry_on_the_german_list_ends_it() -> None:
    """Payment, and a ruling on an objection; a tax authority waits a month, and for a stay that is asked for."""
    behaviour = load_behaviour("judgment-debtors-zpo")
    cases, variants = compile_scheme(behaviour).cases, list_own_variants(behaviour)
    assert cases
    reached = [list_stated(cases, place) for place in range(len(variants))]
    assert [list(steps) for steps in reached[-2:]] == [["entry.paid"], ["entry.annulled"]]
    for variant, steps in zip(variants, reached, strict=True):
        if variant.record == "tax-order":
            fields = dict(variant.fields)
            assert ("tax-entry.entered" in steps) is not fields["stay_pending"]
            assert fields["entered_on"].days in (32, 60)


def test_who_is_told_of_depends_on_the_record(court_list: SchemeArrays) -> None:
    """An employer is told of officials and a superior of state bodies, where the decision lists them."""
    measures = court_list.measures
    by_name = dict(zip(measures.names, measures.holds.sum(axis=1).tolist(), strict=True))
    assert (by_name["employer-told"], by_name["superior-told"], by_name["no-flights"]) == (7, 7, 5)
    assert by_name["credit"] == 64


def test_measures_are_those_that_the_rules_give_to_a_record_alone(court_list: SchemeArrays) -> None:
    """For every decision that lists, each measure of the list follows where the rules say so."""
    behaviour = load_behaviour("spc-debtors-2017")
    table = ProbeTable(list_own_variants(behaviour), behaviour.catalogue.month_sums, [None] * 75)
    intervals = compute_intervals(table.records, behaviour.catalogue)
    rows = standing.compute_effects(table.records, intervals, behaviour.catalogue).to_pylist()
    pairs = {(row["measure"], table.by_position[row["because"][0]].variant) for row in rows}
    cases, measures = court_list.cases, court_list.measures
    assert cases
    listing = [variant for variant in range(64) if list_listing_steps(cases, variant)]
    for place, name in enumerate(measures.names):
        if behaviour.catalogue.measures[name].list == "judgment-debtors":
            assert [(name, variant) in pairs for variant in listing] == measures.holds[place, listing].tolist()


def test_what_authorities_do_has_triggers_and_the_terms_of_the_catalogue(court_list: SchemeArrays) -> None:
    """Three working days to take off the list stand in the catalogue alone; how often they pass is assumed."""
    origins = court_list.origins
    assert court_list.cases
    lists = court_list.cases.list_names
    entering, performing = origins.names.index("follows.0"), origins.names.index("follows.2")
    assert origins.triggers[entering].tolist() == [Trigger.ENTERS, lists.index("judgment-debtors"), NONE]
    assert origins.triggers[performing].tolist() == [Trigger.PERFORMS, NONE, NONE]
    assert (origins.terms[performing], bool(origins.term_is_working[performing])) == (3, True)
    assert origins.late_by[performing].tolist() == [4, 90]
    assert court_list.disputes
    assert (court_list.disputes.days, court_list.disputes.origin) == (15, origins.names.index("disputes"))


def test_two_days_of_a_record_that_come_in_another_order_by_the_month_are_refused() -> None:
    """A month is shorter or longer than thirty days: such a rule has no array form, and its place is named."""
    text = (
        "records:\n  late-tax: {record: decision, noticed: SHARE, fields: {paid_on: P1M, told_on: P30D, amount: 5}}\n"
    )
    with pytest.raises(LaboratoryError, match="different answers on different days") as refused:
        compile_scheme(make_behaviour(text, RULES.replace("CONDITION", "paid_on > told_on")))
    assert str(refused.value.where).startswith("tiny/catalogue.yaml, line 18 (cases")


def test_a_number_without_bounds_that_is_added_up_is_refused_with_its_place() -> None:
    """A number of acts last year has two sides where it is compared with a bound, and none where it is added up."""
    text = "records:\n  late-tax: {record: decision, noticed: SHARE, fields: {amount: own.count.late-tax}}\n"
    behaviour = make_behaviour(text, RULES.replace("CONDITION", "amount > 2"))
    scheme = compile_scheme(behaviour)
    assert scheme.origins.level_ends.tolist() == [2, 3]
    assert [list(list_stated(scheme.cases, variant)) for variant in (0, 1)] == [[], ["listing.listed"]]
    with pytest.raises(LaboratoryError, match="it adds up or compares 'amount'") as refused:
        compile_scheme(make_behaviour(text, RULES.replace("CONDITION", "amount * 2 > 5")))
    assert str(refused.value.where).startswith("tiny/catalogue.yaml, line 23 (cases.listing.steps.listed.when)")
    assert refused.value.remedy == "a distribution of a few numbers for the field, in the behaviour"
