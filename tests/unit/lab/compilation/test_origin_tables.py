"""Origins as arrays: how often a record arises and how it comes to its variant, with the parameters of the moment."""

from __future__ import annotations

from tests.behaviours import make_behaviour

from goodstanding.lab.behaviour.behaviour_file import load_behaviour
from goodstanding.lab.compilation.compiler import compile_scheme
from goodstanding.lab.compilation.scheme_arrays import Axis

HALF = 1 << 31
RULES = """
records:
  act:
    title: Act
    ON
    by: [office]
    fields: {what: {type: code, title: What, one_of: [late, crime]}}
"""


def test_other_values_of_parameters_change_chances_and_no_answer_of_the_rules() -> None:
    """The rules are asked once; a sweep over parameters moves thresholds alone."""
    behaviour = load_behaviour("rongcheng-2014")
    before, after = compile_scheme(behaviour), compile_scheme(behaviour.set_values({"records.late-bill.noticed": 0.25}))
    place = before.origins.names.index("records.late-bill")
    assert (before.origins.noticed[place], after.origins.noticed[place]) == (HALF, HALF // 2)
    assert after.points is before.points


def test_only_persons_make_records_that_concern_persons() -> None:
    """A firm that does the same act leaves none, where the record is about residents."""
    origins = compile_scheme(load_behaviour("rongcheng-2014")).origins
    fraud, late_bill = (origins.names.index(f"records.{name}") for name in ("commercial-fraud", "late-bill"))
    needs = [
        origins.needs[origins.need_starts[place] : origins.need_starts[place + 1]].tolist()
        for place in (fraud, late_bill)
    ]
    assert needs == [[[Axis.KIND, origins.source_names.index("agent.kind"), 0]], []]


def test_a_field_that_is_left_out_is_one_more_level() -> None:
    """With its share, by which those of the other levels shrink."""
    origins = compile_scheme(load_behaviour("rongcheng-2014")).origins
    ends = origins.level_ends[origins.level_starts[0] : origins.level_starts[1]]
    assert [round(int(end) / (1 << 32), 4) for end in ends] == [0.495, 0.7425, 0.891, 0.99, 1.0]


def test_alternatives_share_a_group_whose_shares_rise_to_one_at_most() -> None:
    """One ground a decision: where a design draws shares that sum to more than one, they are scaled."""
    behaviour = load_behaviour("spc-debtors-2017")
    one_of = "records.judgment-unperformed.one_of"
    large = behaviour.set_values({f"{one_of}.refuses.share": 0.8, f"{one_of}.asset-report.share": 0.6})
    origins = compile_scheme(large).origins
    assert origins.groups[:6].tolist() == [0, 0, 0, 1, 1, 1]
    assert [round(int(share) / (1 << 32), 3) for share in origins.shares[:3]] == [0.533, 0.933, 1.0]


def test_a_measure_without_a_field_has_no_channel() -> None:
    """What is not known does nothing, and the arrays say that nothing is known of it."""
    measures = compile_scheme(load_behaviour("rongcheng-2014")).measures
    place = measures.names.index("punished")
    assert measures.channels[place] == -1
    assert measures.means_factors[place].tolist() == measures.gain_factors[place].tolist() == [1.0] * 32
    assert measures.means_changes[place] == 0


def test_arrays_cannot_be_written() -> None:
    """A run reads them; nobody changes them meanwhile."""
    scheme = make_behaviour("records:\n  late-tax: {record: act, noticed: SHARE, fields: {what: late}}\n", RULES)
    arrays = compile_scheme(scheme)
    assert not arrays.origins.noticed.flags.writeable
    assert not compile_scheme(load_behaviour("rongcheng-2014")).points[0].stage_points.flags.writeable
