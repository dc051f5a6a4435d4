"""A behaviour beside a catalogue: read strictly, fitting its catalogue, with a digest of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.behaviours import HEAD, make_behaviour

from goodstanding.catalogue.loader import BEHAVIOUR_FILE, load_catalogue, locate_library_folder
from goodstanding.errors import CatalogueError
from goodstanding.lab.behaviour.behaviour_file import load_behaviour
from goodstanding.lab.parameters import list_parameters
from goodstanding.lab.published_figures import load_figures

LIBRARY = sorted(path.parent.name for path in locate_library_folder().glob(f"*/{BEHAVIOUR_FILE}"))
RULES = """
records:
  act:
    title: Act
    ON
    by: [office]
    fields:
      what: {type: code, title: What, one_of: [late, crime]}
      months: {type: integer, title: Months, at_least: 0, at_most: 12}
      told: {type: boolean, title: Told}
      ends_on: {type: date, title: End, future: true}
schemes:
  credit:
    title: Credit
    ON
    kind: points
    record: act
    base: 100
    items: {late: {title: Late, ON, when: what = 'late', points: -10}}
    bands: [{grade: A, at_least: 90}, {grade: B}]
"""
LATE_TAX = "records:\n  late-tax: {record: act, noticed: SHARE, "


def get_refusal(text: str) -> str:
    """What is said of a behaviour that is refused."""
    with pytest.raises(CatalogueError) as refused:
        make_behaviour(text, RULES)
    return refused.value.diagnostics()


def test_behaviours_of_the_library_say_where_each_number_comes_from_and_what_is_not_known() -> None:
    """Each of them fits its catalogue, rests on no figure from memory, and has numbers that can be moved."""
    assert len(LIBRARY) >= 10
    for name in LIBRARY:
        behaviour = load_behaviour(name)
        assert behaviour.rules.behaviour == name
        assert behaviour.rules.not_known
        assert behaviour.recalled == []


@pytest.mark.parametrize(
    ("text", "problem", "where", "right"),
    [
        (
            "records:\n  late-tax: {record: act, noticed: 0.5}\n",
            "0.5 has no range",
            "line 6 (records.late-tax.noticed",
            "assumption",
        ),
        (
            "records:\n  late-tax: {record: act, noticed: {value: 0.5, range: [0, 1], source: marginals uk MISSING}}\n",
            "was looked for and not found (mark X)",
            "line 6 (records.late-tax.noticed",
            "an assumption with a range",
        ),
        (
            "records:\n  late-tax: {record: act, noticed: {value: 1.5, range: [0, 1], assumption: made up}}\n",
            "1.5 is outside the range",
            "line 6 (records.late-tax.noticed",
            "0.0 to 1.0",
        ),
        (
            "records:\n  late-taxes: {record: act, noticed: SHARE}\n",
            "no act 'late-taxes'",
            "line 6 (records.late-taxes)",
            "late-tax",
        ),
        (
            "records:\n  late-tax: {record: acts, noticed: SHARE}\n",
            "no record 'acts'",
            "line 6 (records.late-tax.record)",
            "act",
        ),
        (
            "records:\n  late-bill: {record: act, noticed: SHARE}\n",
            "concerns nobody who does late-bill",
            "line 6 (records.late-bill)",
            "",
        ),
        (LATE_TAX + "source: court}\n", "court issues no records", "line 6", "office"),
        (LATE_TAX + "fields: {whatever: late}}\n", "no field 'whatever'", "(records.late-tax.fields.whatever)", "what"),
        (
            LATE_TAX + "fields: {what: latest}}\n",
            "'latest' is no value of the field 'what'",
            "(records.late-tax.fields.what)",
            "late",
        ),
        (LATE_TAX + "fields: {months: 13}}\n", "13 is no value", "(records.late-tax.fields.months)", "0 – 12"),
        (LATE_TAX + "fields: {ends_on: 2020-05-05}}\n", "is nothing that a field can come from", "", "a constant"),
        (LATE_TAX + "fields: {ends_on: soon}}\n", "'soon' is no value of the field 'ends_on'", "", "P3Y"),
        (
            LATE_TAX + "fields: {what: {late: 0.5, crime: 0.5}}}\n",
            "nothing says where the shares",
            "(records.late-tax)",
            "`shares:`",
        ),
        (LATE_TAX + "shares: made up, fields: {what: {late: 0.5, crime: 0.4}}}\n", "sum to 0.9", "", "sum to 1"),
        (
            LATE_TAX + "fields: {told: agent.clever}}\n",
            "no trait 'clever'",
            "(records.late-tax.fields.told)",
            "official",
        ),
        (LATE_TAX + "fields: {told: believed.able}}\n", "no truth 'able'", "(records.late-tax.fields.told)", ""),
        (
            LATE_TAX + "fields: {what: {of: agent.size, as: {micro: late}}}}\n",
            "agent.size can be small",
            "",
            "small: …",
        ),
        (LATE_TAX + "incomplete: {mohnths: SHARE}}\n", "no field 'mohnths'", "(records.late-tax.incomplete)", "months"),
        ("measures: {barred: {channel: none}}\n", "no measure 'barred'", "line 5 (measures.barred)", ""),
        (
            "follows:\n  - {when: {}, days: [0, 1], record: act, noticed: SHARE}\n",
            "no key 'noticed'",
            "line 6",
            "share",
        ),
        (
            "follows:\n  - {when: {}, days: [0, 1], shares: made up, record: act}\n",
            "not clear",
            "line 6 (follows.0.when)",
            "enters",
        ),
        (
            "follows:\n  - {when: {performs: debt}, days: {within: x}, shares: made up, record: act}\n",
            "how long it takes",
            "(follows.0.days)",
            "within",
        ),
        (
            "enrols:\n  act: {when: every-year, source: office}\n",
            "in which month of the year it is made is not clear",
            "line 6 (enrols.act)",
            "`month:` from 1 to 12",
        ),
        (
            "enrols:\n  act: {month: 4, source: office}\n",
            "in which month of the year it is made is not clear",
            "line 6 (enrols.act)",
            "no `month:` otherwise",
        ),
        (
            LATE_TAX + "fields: {told: {of: edge.trade.grade.merit, as: {A: true}}}}\n",
            "no scheme 'merit'",
            "(records.late-tax.fields.told)",
            "credit",
        ),
        (
            LATE_TAX + "fields: {told: {of: edge.trade.grade.credit, as: {A: true, B: false}}}}\n",
            "edge.trade.grade.credit can be none",
            "(records.late-tax.fields.told)",
            "none: …",
        ),
        (
            LATE_TAX + "shares: made up, delay: {days: [30, 5]}}\n",
            "30 to 5 are no days",
            "(records.late-tax.delay",
            "0 to",
        ),
        (
            LATE_TAX + "shares: made up, delay: {days: [5, 999999999999]}}\n",
            "5 to 999999999999 are no days",
            "line 6 (records.late-tax.delay",
            "from 0 to 36,525",
        ),
        (LATE_TAX + "fields: {months: -P3D}}\n", "'-P3D' is no value of the field 'months'", "", "a whole number"),
        (LATE_TAX + "fields: {told: perhaps}}\n", "'perhaps' is no value of the field 'told'", "", "true or false"),
        (
            LATE_TAX + "fields: {told: agent.official}, incomplete: {told: SHARE}}\n",
            "nobody can leave it out",
            "(records.late-tax.incomplete)",
            "constant",
        ),
    ],
)
def test_what_does_not_fit_the_catalogue_is_refused_with_file_and_line(
    text: str, problem: str, where: str, right: str
) -> None:
    """What is wrong, where, and what would be right."""
    diagnostics = get_refusal(text.replace("MISSING", str(load_figures("uk").file.content["missing"][0])))
    assert problem in diagnostics
    assert where in diagnostics
    assert right in diagnostics


@pytest.mark.parametrize(
    ("draw", "problem", "right"),
    [
        ("narnia", "There is no country 'narnia'.", "china, fictional, uk"),
        ("china, part: elves", "There is no part 'elves'.", "judgment-debtors"),
    ],
)
def test_a_population_that_nobody_knows_is_refused_with_file_and_line(draw: str, problem: str, right: str) -> None:
    """A country or a part of it that the laboratory does not have, before anything is compiled."""
    with pytest.raises(CatalogueError) as refused:
        make_behaviour("", RULES, HEAD.replace("fictional", draw))
    diagnostics = refused.value.diagnostics()
    assert problem in diagnostics
    assert "tiny/behaviour.yaml, line 3 (population" in diagnostics
    assert right in diagnostics


def test_a_run_outside_the_time_of_the_rules_is_refused() -> None:
    """Nobody lives under rules that are not in force."""
    with pytest.raises(CatalogueError, match="leaves the time in which the rules are in force") as refused:
        make_behaviour("", RULES, head=HEAD.replace("2020-01-01", "2019-12-31"))
    assert refused.value.where == "tiny/behaviour.yaml, line 2 (runs)"
    assert refused.value.remedy == "from 2020-01-01 on"


def test_everything_that_is_wrong_is_told_at_once() -> None:
    """Whoever writes a behaviour does not mend one line after the other."""
    text = get_refusal(LATE_TAX + "fields: {what: latest, months: 13}}\n")
    assert "'latest' is no value" in text
    assert "13 is no value" in text


def test_parameters_of_a_behaviour_are_listed_and_set_by_path() -> None:
    """An experiment moves them within their ranges."""
    behaviour = load_behaviour("rongcheng-2014")
    path = "records.late-bill.noticed"
    assert list_parameters(behaviour.rules)[path].range == (0.1, 0.9)
    assert behaviour.set_values({path: 0.7}).rules.records["late-bill"].noticed.value == 0.7
    with pytest.raises(CatalogueError, match="outside the range"):
        behaviour.set_values({path: 0.95})


def test_an_assumption_changes_its_own_digest_and_not_that_of_the_rules(tmp_path: Path) -> None:
    """What the laboratory assumes is no part of an enacted text."""
    folder = tmp_path / "rongcheng-2014"
    shutil.copytree(locate_library_folder() / "rongcheng-2014", folder)
    rules, assumed = load_catalogue(folder).digest, load_behaviour(str(folder)).digest
    file = folder / BEHAVIOUR_FILE
    file.write_text(file.read_text(encoding="utf-8").replace("value: 60", "value: 90"), encoding="utf-8")
    assert load_catalogue(folder).digest == rules
    assert load_behaviour(str(folder)).digest != assumed


def test_a_catalogue_without_a_behaviour_says_what_is_missing() -> None:
    """Nobody can live under it yet."""
    with pytest.raises(CatalogueError, match=r"has no behaviour\.yaml"):
        load_behaviour("uk-food-hygiene")


def test_a_number_may_be_certain_only_where_the_rate_counts_records() -> None:
    """`noticed: 1` says so; every other bare number is refused."""
    behaviour = make_behaviour("records:\n  late-tax: {record: act, noticed: 1, fields: {what: late}}\n", RULES)
    assert behaviour.rules.records["late-tax"].noticed.range == (1, 1)
    assert "has no range" in get_refusal("records:\n  late-tax: {record: act, noticed: 0.9}\n")
