"""Conditions: what may stand in them, what type they have, and that nothing of them is ever run as given."""

from __future__ import annotations

import pytest

from goodstanding.catalogue.conditions import NUMBER, parse_condition
from goodstanding.errors import BadCondition
from goodstanding.table_engine import open_table_engine

FIELDS = {"amount_due": "integer", "able_to_perform": "boolean", "class": "code", "served_on": "date", "note": "text"}


@pytest.mark.parametrize(
    "text",
    [
        "amount_due >= 10000 AND able_to_perform",
        "NOT able_to_perform OR amount_due BETWEEN 1 AND 5",
        "class IN ('minor', 'serious')",
        "class <> 'minor' AND served_on IS NOT NULL",
        "served_on >= '2020-01-01'",
        "coalesce(able_to_perform, FALSE) IS TRUE",
        "greatest(amount_due, 5) - least(amount_due, -3) * 2 > 0",
        "(amount_due = 5)",
    ],
)
def test_a_condition_over_declared_fields_is_taken_and_runs(text):
    """Comparisons, whole-number arithmetic and the words of logic are understood, and DuckDB runs what comes out."""
    condition = parse_condition(text, FIELDS, "here")
    row = "SELECT 7 AS amount_due, TRUE AS able_to_perform, 'minor' AS \"class\", DATE '2020-01-01' AS served_on"
    with open_table_engine(1) as connection:
        assert connection.sql(f"SELECT {condition.sql} FROM ({row})").fetchall()[0][0] in (True, False)


def test_a_condition_knows_the_fields_it_reads():
    """The fields of a condition are named once each, in the order they appear."""
    assert parse_condition("amount_due > 1 OR class = 'x' OR amount_due < 0", FIELDS, "here").reads == (
        "amount_due",
        "class",
    )


def test_a_score_is_a_whole_number():
    """An expression that should be a number is refused as a condition, and the other way round."""
    assert parse_condition("amount_due + 1", FIELDS, "here", NUMBER).type == NUMBER
    for text, wants in (("amount_due + 1", None), ("able_to_perform", NUMBER)):
        with pytest.raises(BadCondition, match="not"):
            parse_condition(text, FIELDS, "here", *([wants] if wants else []))


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("amount_duo > 1", "amount_due"),
        ("colour = 'red'", "one of amount_due, able_to_perform, class, served_on, note"),
        ("records.class = 'x'", "class"),
        ("amount_due = 'many'", "values of one type"),
        ("class > 3", "values of one type"),
        ("served_on > 'soon'", "values of one type"),
        ("amount_due AND able_to_perform", "an expression of true or false"),
        ("able_to_perform + 1 > 2", "an expression of a whole number"),
        ("amount_due > 1.5", "integers: money in minor units, points scaled"),
        ("class IN (note)", "field IN ('a', 'b')"),
        ("amount_due IN (SELECT 1)", "field IN ('a', 'b')"),
        ("amount_due = (SELECT 1)", "comparisons joined by AND, OR, NOT"),
        ("EXISTS (SELECT 1)", "comparisons joined by AND, OR, NOT"),
        ("read_text('/etc/passwd') = 'x'", "comparisons joined by AND, OR, NOT"),
        ("sum(amount_due) > 1", "comparisons joined by AND, OR, NOT"),
        ("amount_due::varchar = '1'", "comparisons joined by AND, OR, NOT"),
        ("class LIKE 'm%'", "comparisons joined by AND, OR, NOT"),
        ("CASE WHEN able_to_perform THEN TRUE END", "comparisons joined by AND, OR, NOT"),
        ("amount_due / 2 > 1", "comparisons joined by AND, OR, NOT"),
        ("able_to_perform IS class", "field IS NULL"),
    ],
)
def test_what_does_not_fit_is_refused(text, remedy):
    """Unknown fields, mixed types, subqueries and functions are refused with what would be right."""
    with pytest.raises(BadCondition) as caught:
        parse_condition(text, FIELDS, "catalogue.yaml, line 3")
    assert caught.value.remedy == remedy
    assert caught.value.where == "catalogue.yaml, line 3"


@pytest.mark.parametrize(
    "text", ["amount_due >", "amount_due = = 1", "", "able_to_perform; DROP TABLE records", "-- nothing", "(class"]
)
def test_what_is_no_single_expression_is_refused(text):
    """Broken text, nothing at all, or a second statement is no condition."""
    with pytest.raises(BadCondition) as caught:
        parse_condition(text, FIELDS, "here")
    assert "for example" in str(caught.value.remedy)


def test_a_condition_is_rendered_from_its_tree_not_from_its_text():
    """What runs is written anew: field names are quoted and comments are gone."""
    assert parse_condition("class='x' /* or */ -- all", FIELDS, "here").sql == "\"class\" = 'x'"


@pytest.mark.parametrize(
    ("old", "new", "remedy"),
    [
        ("when: status = 'exempt'", "when: status = 'exemptt'", "exempt"),
        ("when: class = 'minor'", "when: class <> 'huge'", "one of minor, serious"),
        ("when: status = 'exempt'", "when: clean = 7", "one of 0, 5, 10"),
    ],
)
def test_a_value_that_its_field_never_has_is_refused(refuse_change, old, new, remedy):
    """A rule that compares with a value outside the field's own could never fire, so it is refused."""
    error = refuse_change("catalogue.yaml", old, new)
    assert isinstance(error, BadCondition)
    assert error.remedy == remedy


def test_a_bad_condition_names_its_line(refuse_change):
    """A condition that does not parse is refused with the file and line in which it stands."""
    error = refuse_change("catalogue.yaml", "when: told", "when: told AND")
    assert isinstance(error, BadCondition)
    assert error.where.endswith("(schemes.grade.discretion.0.when)")


def test_an_empty_condition_is_refused(refuse_change):
    """A condition with no text is refused rather than taken for true or false."""
    assert refuse_change("catalogue.yaml", "when: told", "when: ''").where.endswith("(schemes.grade.discretion.0.when)")
