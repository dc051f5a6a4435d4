"""Whether whom a case spares is spared in truth: proved by trying the values that matter (article 8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, combinations
from typing import TYPE_CHECKING, Any

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.conditions import Condition, parse_condition
from goodstanding.catalogue.records import FieldRule, RecordType, field_types
from goodstanding.charter.burdens.adverse_measures import read_adverse_table
from goodstanding.messages import ConsequenceMessage, Message

if TYPE_CHECKING:
    from sqlglot import exp

MOST_FIELDS = 3  # of a minor first breach that was corrected: minor, first, corrected
_OCCURRED = FieldRule(type="date", title="The day it occurred", required=True)


def explain_unproven_spare(catalogue: Catalogue, record: str, name: str, when: str) -> Message | None:
    """Why an exemption of the charter does not spare whom it names; None where it does, or is no such exemption."""
    rule = read_adverse_table()["spares"].get(name)
    if rule is None:
        return None
    fields = {**catalogue.records[record].fields, "occurred": _OCCURRED}
    condition = parse_condition(when, field_types(fields), name)
    explain = _explain_joint_spare if rule.get("several") else _explain_single_spare
    code = explain(condition, fields, rule)
    decisive = [field for field in condition.reads if fields[field].kind in rule["kinds"]]
    params = {"exemption": name, "kinds": ", ".join(rule["kinds"]), "fields": ", ".join(decisive), "condition": when}
    return Message(code, params) if code else None


def is_decided_by_one_field(record: RecordType, when: str) -> bool:
    """Whether there is a field by one answer of which a condition holds, whatever the other fields say."""
    fields = {**record.fields, "occurred": _OCCURRED}
    condition = parse_condition(when, field_types(fields), "when")
    return any(_spares_some_value(condition, fields, name) for name in condition.reads)


def _explain_single_spare(
    condition: Condition, fields: Mapping[str, FieldRule], rule: Mapping[str, Any]
) -> ConsequenceMessage | None:
    """One field of the right kind is enough, whatever the others say; they may spare more, and never less."""
    decisive = [name for name in condition.reads if fields[name].kind in rule["kinds"]]
    codes = [_explain_field(condition, fields, name, rule) for name in decisive]
    if not codes:
        return ConsequenceMessage.SPARE_READS_OTHER
    return None if None in codes else codes[0]


def _explain_field(
    condition: Condition, fields: Mapping[str, FieldRule], name: str, rule: Mapping[str, Any]
) -> ConsequenceMessage | None:
    field = fields[name]
    if field.type == "integer" and "below" in rule:
        is_proved = not _can_burden(condition, fields, _build_comparison(name, "LT", rule["below"]))
    else:
        is_proved = _spares_some_value(condition, fields, name)
    is_proved = is_proved and _count_unspared(condition, fields, name) <= rule.get("most_unspared", len(field.one_of))
    if not is_proved:
        return ConsequenceMessage.SPARE_CONDITIONED
    needs_answer = not field.required and _can_burden(condition, fields, _build_null_test(name))
    return ConsequenceMessage.SPARE_NEEDS_ANSWER if needs_answer else None


def _spares_some_value(condition: Condition, fields: Mapping[str, FieldRule], name: str) -> bool:
    """Whether there is an answer by which somebody is spared whatever the other fields say."""
    field = fields[name]
    if field.type == "boolean":
        spared_if = read_adverse_table()["spared_if"].get(field.kind)
        values = [True, False] if spared_if is None else [spared_if]
        return any(not _can_burden(condition, fields, build_truth_test(name, value)) for value in values)
    if field.type == "code" and field.one_of:
        return any(not _can_burden(condition, fields, _build_comparison(name, "EQ", code)) for code in field.one_of)
    return set(condition.reads) == {name}


def _count_unspared(condition: Condition, fields: Mapping[str, FieldRule], name: str) -> int:
    """How many codes spare nobody, whatever the other fields say."""
    from goodstanding.catalogue.validation.satisfiability import check_satisfiability

    codes = fields[name].one_of if fields[name].type == "code" else ()
    burden = [negate(condition.tree)]
    return sum(
        check_satisfiability([_build_comparison(name, "EQ", code)], fields, burden).holds is False for code in codes
    )


def _can_burden(condition: Condition, fields: Mapping[str, FieldRule], *also: exp.Expression) -> bool:
    """Whether the exemption can fail where something also holds; what cannot be told counts as a failure."""
    from goodstanding.catalogue.validation.satisfiability import check_satisfiability

    return check_satisfiability([negate(condition.tree), *also], fields).holds is not False


def _explain_joint_spare(
    condition: Condition, fields: Mapping[str, FieldRule], rule: Mapping[str, Any]
) -> ConsequenceMessage | None:
    """A few fields count together; what is not known of any of them does not burden."""
    from goodstanding.catalogue.validation.satisfiability import check_satisfiability

    if not condition.reads or any(fields[name].kind not in rule["kinds"] for name in condition.reads):
        return ConsequenceMessage.SPARE_READS_OTHER
    corrected = [
        build_truth_test(name, True)
        for name in condition.reads
        if fields[name].kind == "performance" and fields[name].type == "boolean"
    ]
    fewest = [
        _build_comparison(name, "EQ", fields[name].at_least or 0)
        for name in condition.reads
        if fields[name].kind == "count" and fields[name].type == "integer"
    ]
    witness = check_satisfiability([condition.tree, *corrected, *fewest], fields)
    if not witness.holds or len(condition.reads) > MOST_FIELDS:
        return ConsequenceMessage.SPARE_CONDITIONED
    optional = [name for name in condition.reads if not fields[name].required]
    is_burdened = any(_is_false(condition, {**witness.values, **dict.fromkeys(gaps)}) for gaps in _list_gaps(optional))
    return ConsequenceMessage.SPARE_NEEDS_ANSWER if is_burdened else None


def _list_gaps(names: list[str]) -> Iterator[tuple[str, ...]]:
    return chain.from_iterable(combinations(names, size) for size in range(len(names) + 1))


def _is_false(condition: Condition, row: Mapping[str, Any]) -> bool:
    from goodstanding.catalogue.validation.satisfiability import evaluate_expression

    return evaluate_expression(condition.tree, row) is False


def negate(tree: exp.Expression) -> exp.Expression:
    """The expression that holds where another one is false."""
    from sqlglot import exp

    return exp.Not(this=exp.Paren(this=tree.copy()))


def _build_null_test(name: str) -> exp.Expression:
    from sqlglot import exp

    return exp.Is(this=exp.column(name), expression=exp.Null())


def build_truth_test(name: str, truth: bool) -> exp.Expression:
    """The expression that holds where a field is known to be true, or false."""
    from sqlglot import exp

    return exp.Is(this=exp.column(name), expression=exp.Boolean(this=truth))


def _build_comparison(name: str, sign: str, value: str | int) -> exp.Expression:
    from sqlglot import exp

    literal = exp.Literal.number(value) if isinstance(value, int) else exp.Literal.string(value)
    comparison: exp.Expression = getattr(exp, sign)(this=exp.column(name), expression=literal)
    return comparison
