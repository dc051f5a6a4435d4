"""Whether conditions can hold together, and what a condition is worth: as DuckDB says."""

from __future__ import annotations

from typing import Any

import pytest

from goodstanding.catalogue.conditions import NUMBER, TRUTH, parse_condition
from goodstanding.catalogue.records import FieldRule, field_types
from goodstanding.catalogue.validation.satisfiability import MOST_TRIES, check_satisfiability, evaluate_expression
from goodstanding.table_engine import open_table_engine


def rule(kind: str, **options: Any) -> FieldRule:
    """A field."""
    return FieldRule(type=kind, title="Field", **options)


FIELDS = {
    "class": rule("code", one_of=["minor", "grave"]),
    "ground": rule("code"),
    "note": rule("text"),
    "status": rule("code", one_of=["new", "old"], required=True),
    "amount": rule("integer", at_least=0),
    "due": rule("integer"),
    "score": rule("integer", at_least=0, at_most=10),
    "level": rule("integer", one_of=["0", "5", "10"]),
    "high": rule("integer", at_least=100),
    "able": rule("boolean"),
    "must": rule("boolean", required=True),
    "served": rule("date"),
    "decided": rule("date"),
}


def can_hold(*texts: str, fail: tuple[str, ...] = ()) -> bool | None:
    """Whether these conditions can all hold, with none of the others."""
    trees = [parse_condition(text, field_types(FIELDS), "here").tree for text in (*texts, *fail)]
    return check_satisfiability(trees[: len(texts)], FIELDS, trees[len(texts) :]).holds


@pytest.mark.parametrize(
    "text",
    [
        "class = 'minor'",
        "ground = 'x' AND note <> 'y'",
        "NOT able",
        "able IS NULL AND class IS NULL",
        "amount > 999999 AND amount < 1000001",
        "amount BETWEEN 5 AND 7 AND amount <> 5 AND amount <> 6",
        "due < -5",
        "score + level > 19",
        "score * 2 = 14",
        "served > decided",
        "served > decided AND decided > '2020-01-01'",
        "amount > high",
        "amount > high AND due > amount",
        "coalesce(able, FALSE) OR coalesce(must, FALSE)",
        "greatest(score, level) = 7",
        "ground IN ('a', 'b') AND ground <> 'a'",
        "served IS NULL",
        "TRUE",
    ],
)
def test_what_some_record_fulfils_can_hold(text):
    """A condition that some values fulfil is found to hold."""
    assert can_hold(text) is True


@pytest.mark.parametrize(
    "text",
    [
        "class = 'minor' AND class = 'grave'",
        "class <> 'minor' AND class <> 'grave'",
        "class = 'minor' AND class IS NULL",
        "status IS NULL",
        "must IS NULL",
        "able AND NOT able",
        "able = NULL",
        "amount < 0",
        "amount > 5 AND amount < 6",
        "score > 10",
        "score + level > 20",
        "score * 2 = 7",
        "level = 5 AND level BETWEEN 6 AND 10",
        "served > '2020-01-01' AND served < '2020-01-02'",
        "served > decided AND decided > served",
        "NOT (able OR NOT able OR able IS NULL)",
        "coalesce(score, 99) > 10 AND score IS NOT NULL",
        "least(score, 3) > 3",
        "ground = 'a' AND ground <> 'a'",
        "high < 100",
        "FALSE",
    ],
)
def test_what_no_record_fulfils_cannot_hold(text):
    """A condition that no values fulfil is found out."""
    assert can_hold(text) is False


@pytest.mark.parametrize("text", ["amount * 2 = 7", "amount + due = 37", "ground > 'm'", "greatest(due, amount) < 5"])
def test_what_a_few_values_cannot_show_stays_open(text):
    """Sums of fields without bounds, and the order of open texts, are neither possible nor impossible."""
    assert can_hold(text) is None


def test_too_many_values_stay_open():
    """A question that would take too many tries stays open, and takes no longer."""
    hidden = " AND ".join(f"n{i} + n{i + 1} <> 500" for i in range(9)) + " AND n0 + n1 + n2 + n3 > 1000"
    fields = {f"n{i}": rule("integer", at_least=0, at_most=150) for i in range(10)}
    tree = parse_condition(hidden, field_types(fields), "here").tree
    assert MOST_TRIES < 150**3
    assert check_satisfiability([tree], fields).holds is None


def test_a_condition_may_be_taken_by_those_before_it():
    """What is left of a condition once others have taken theirs."""
    assert can_hold("score < 8", fail=("score < 5",)) is True
    assert can_hold("score < 5", fail=("score < 8",)) is False
    assert can_hold("score < 5", fail=("score < 3", "score < 8 AND able")) is True
    assert can_hold("able IS NULL OR NOT able", fail=("able",)) is True
    assert can_hold("able", fail=("class IS NULL OR able",)) is False


def test_two_conditions_hold_together_where_a_record_shows_it():
    """What is found is an example, with what is missing said so."""
    texts = ("class = 'grave'", "able IS NULL", "score > 3")
    answer = check_satisfiability([parse_condition(text, field_types(FIELDS), "here").tree for text in texts], FIELDS)
    assert str(answer.example()) == "class = grave, able is missing, score = 4"
    assert str(check_satisfiability([], FIELDS).example()) == "always"


EXPRESSIONS = [
    ("able AND amount > 3", TRUTH),
    ("able OR amount > 3", TRUTH),
    ("NOT (able AND class = 'minor')", TRUTH),
    ("class IN ('minor', 'x')", TRUTH),
    ("NOT class IN ('minor', 'x')", TRUTH),
    ("amount BETWEEN due AND 7", TRUTH),
    ("served >= '2020-02-02' OR served < decided", TRUTH),
    ("able IS NULL", TRUTH),
    ("able IS NOT TRUE", TRUTH),
    ("able IS FALSE", TRUTH),
    ("(amount = due) IS NULL", TRUTH),
    ("coalesce(able, amount > due, FALSE)", TRUTH),
    ("class <> 'minor' OR NULL", TRUTH),
    ("amount - due * 2 + -3", NUMBER),
    ("greatest(amount, due, 2)", NUMBER),
    ("least(amount, due)", NUMBER),
    ("coalesce(amount, due, 1) * (due + 1)", NUMBER),
]
ROWS = [
    {"able": able, "amount": amount, "due": due, "class": code, "served": served, "decided": "2020-02-02"}
    for able in (True, False, None)
    for amount in (None, 0, 7)
    for due in (None, -2, 9)
    for code in (None, "minor", "grave")
    for served in (None, "2020-01-01", "2020-02-02")
]


@pytest.mark.parametrize(("text", "wants"), EXPRESSIONS, ids=[text for text, _ in EXPRESSIONS])
def test_an_expression_is_worth_what_duckdb_says(text, wants):
    """For every record, missing fields included, trying a condition gives what the database gives."""
    condition = parse_condition(text, field_types(FIELDS), "here", wants)
    with open_table_engine(1) as connection:
        connection.execute(
            'CREATE TEMP TABLE t (able BOOLEAN, amount BIGINT, due BIGINT, "class" VARCHAR, served DATE, decided DATE)'
        )
        connection.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?)", [list(row.values()) for row in ROWS])
        values = [value for (value,) in connection.execute(f"SELECT {condition.sql} FROM t ORDER BY rowid").fetchall()]
    assert [evaluate_expression(condition.tree, row) for row in ROWS] == values
