"""Checking, comparing and telling lives as a person does it: the words, the JSON, the codes, what is refused."""

from __future__ import annotations

import pytest
from tests.acceptance.program import run_in_process, succeed

RONGCHENG, SURCHARGES = "rongcheng-2014", "cn-environment-12-surcharges"
QUICK = ("--agents", "1000", "--months", "36")


def test_a_check_reads_as_sentences_and_as_json() -> None:
    """What compiles, what is assumed and from where, what is not known, and how many lives were equal."""
    text = succeed("lab", "check", RONGCHENG, "--lives", "10").text()
    for words in (
        "It compiles: 26 kinds of record",
        "records.late-bill.noticed: 0.5 (0.1 to 0.9)",
        "assumed: bills of public services only",
        "what grade D entails",
        "punished (field: unnamed)",
        "stretches of time are equal, to the day",
    ):
        assert words in text
    answer = succeed("lab", "check", RONGCHENG, "--lives", "10", "--json").json()
    assert answer["variants"] == {"membership": 1, "conduct": 25}
    assert answer["agreement"]["lives"] >= 10
    assert {"name", "value", "low", "high", "unit", "source", "assumption", "mark"} == answer["parameters"][0].keys()


def test_a_check_whose_lives_differ_ends_with_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The life is printed."""
    from dataclasses import replace

    from goodstanding.lab.simulation import runs

    compile_scheme = runs.compile_scheme

    def compile_wrongly(behaviour: object) -> object:
        scheme = compile_scheme(behaviour)
        points = scheme.points[0]
        return replace(
            scheme, points=(replace(points, stage_points=points.stage_points + (points.stage_points == -5)),)
        )

    monkeypatch.setattr(runs, "compile_scheme", compile_wrongly)
    ended = run_in_process("lab", "check", RONGCHENG)
    assert ended.code == 1
    assert "NOT what the rules say" in ended.text()
    assert "traffic-ticket" in ended.text()


def test_a_comparison_has_an_interval_for_each_figure_and_a_reason_for_each_that_is_missing() -> None:
    """The table for people; for programs every finding, with its ends."""
    table = succeed("lab", "compare", RONGCHENG, *QUICK, "--bad", "C", "--bad", "D").text()
    for words in ("1,000 persons of China", "bad is grade C, D", "hit ", "(0.", "spiral", "income lost, a year", "[a]"):
        assert words in table
    answer = succeed("lab", "compare", RONGCHENG, *QUICK, "--json").json()
    (catalogue,) = answer["catalogues"]
    assert (answer["persons"], answer["firms"], answer["months"], answer["seed"]) == (1_000, 0, 36, 1)
    assert catalogue["bad_grades"] == ["D"]
    assert all(finding["low"] <= finding["value"] <= finding["high"] for finding in catalogue["findings"])
    assert all(missing["reason"] for missing in catalogue["left_out"])


def test_court_lists_are_compared_by_what_they_do_to_debtors() -> None:
    """Who is hit though they cannot pay, what is paid, and who is bound beside, each with its interval."""
    text = " ".join(succeed("lab", "compare", "spc-debtors-2017", "--agents", "600", "--months", "24").text().split())
    for words in ("bad is to be on a list", "hit for debts they cannot pay", "debts paid, less without", "onto a list"):
        assert words in text


def test_a_life_is_told_day_by_day_beside_its_twin() -> None:
    """From the day of joining to the last standing; for firms too."""
    text = succeed("lab", "life", "7").text()
    for words in ("Life 7", "A, 1,000 points: taken into the scheme", "Traffic ticket: -5", "The twin"):
        assert words in text
    story = succeed("lab", "life", "7", "--json").json()
    assert story["events"][-1]["day"] >= story["first_day"]
    assert (story["last_grade"], story["last_score"]) == ("A", 985)
    assert "firm" in succeed("lab", "life", "3", "--catalogue", SURCHARGES, "--months", "24").text()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("check", "rongchen"), 3, "rongcheng-2014"),
        (("check", "uk-food-hygiene"), 3, "has no behaviour.yaml"),
        (("check", RONGCHENG, "--lives", "0"), 2, "--lives"),
        (("compare", RONGCHENG, SURCHARGES), 3, "nobody lives under both"),
        (("compare", RONGCHENG, "--bad", "E"), 3, "AAA, AA, A, B, C, D"),
        (("compare", RONGCHENG, "--agents", "5"), 2, "--agents"),
        (("compare",), 2, "CATALOGUE"),
        (("life", "-4"), 2, "-4"),
        (("life", "many"), 2, "SEED"),
        (("life", "7", "--catalogue", ""), 3, "rongcheng-2014"),
        (("life", "7", "--catalogue", "nobody"), 3, "rongcheng-2014"),
    ],
)
def test_what_cannot_be_done_is_refused_with_what_would_be_right(
    arguments: tuple[str, ...], code: int, words: str
) -> None:
    """A wrong name, grade or number: which, and what there is instead."""
    refused = run_in_process("lab", *arguments)
    assert refused.code == code
    assert words in refused.err
