"""A folder is told all that is wrong with it at once, each with the line in the right file."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.catalogue_folders import write_texts

from goodstanding.catalogue import load_catalogue, load_files, load_library
from goodstanding.errors import CatalogueError

YAML = "catalogue.yaml"
LIBRARY = load_library()


def _refuse(folder: Path) -> list[CatalogueError]:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder)
    return [caught.value, *caught.value.others]


def _find_line(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_every_key_that_nobody_knows_is_told(change_files, texts):
    """Three slips of the pen are three lines of one answer, not three answers one after the other."""
    wrong = change_files(YAML, "title: Grade", "titel: Grade")
    wrong[YAML] = wrong[YAML].replace("lapses: P2Y", "lapse: P2Y").replace("month_sums:", "month_sum:")
    with pytest.raises(CatalogueError) as caught:
        load_files(wrong)
    diagnostics = caught.value.diagnostics()
    for part, near in (("titel: Grade", "title"), ("lapse: P2Y", "lapses")):
        assert f"{YAML}, line {_find_line(wrong[YAML], part)} " in diagnostics
        assert f"use, for example: {near}" in diagnostics


def test_what_is_wrong_in_several_rules_and_files_is_told_together(change_files):
    """A step, a list, a measure and a feed each name what there is not; each is told where it stands."""
    wrong = change_files(YAML, "while: [listed]", "while: [liste]")
    feed = "feeds/visits.yaml"
    wrong[feed] = wrong[feed].replace("record: visit", "record: visits", 1)
    wrong[YAML] = wrong[YAML].replace("basis: act art. 3", "basis: act art. 33", 1)
    with pytest.raises(CatalogueError) as caught:
        load_files(wrong)
    places = [problem.where or "" for problem in (caught.value, *caught.value.others)]
    assert any(where.startswith(f"{YAML}, line {_find_line(wrong[YAML], 'while: [liste]')} ") for where in places)
    assert any(where.startswith(f"{feed}, line ") for where in places)
    assert any("basis" in where for where in places)
    assert len(places) == len(set(places))


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        (
            {
                "    record: visit\n": "    record: visit\n    procedure: nobody\n",
                "clean + safe": "clean + odd",
                "grade: C, when: told": "grade: Z, when: heard",
            },
            {"'nobody'", "'odd'", "'heard'", "'Z'"},
        ),
        ({"    base: 9\n    floor: 0\n": "", "points: -1,": "points: odd,"}, {"'base'", "'floor'", "'odd'"}),
        (
            {"grade: A, at_most: 5": "grade: A, at_most: 500", "at_least: 6, at_most: 10": "at_least: -1, at_most: 9"},
            {"500", "-1"},
        ),
        ({"while: [listed]": "while: [liste, over]\n    at_least: 2"}, {"'liste'", "'over'", "at_least"}),
        ({"on: served_on": "on: never", "after: [listed]": "after: [heard], when: odd = 1"}, {"never", "heard", "odd"}),
    ],
)
def test_all_that_is_wrong_in_one_rule_is_told(texts, changes, named):
    """The second slip in a scheme, a list or a case does not wait until the first is mended."""
    wrong = texts[YAML]
    for old, new in changes.items():
        assert old in wrong
        wrong = wrong.replace(old, new, 1)
    with pytest.raises(CatalogueError) as caught:
        load_files({**texts, YAML: wrong})
    problems = [caught.value, *caught.value.others]
    problem_texts = [problem.message + (problem.where or "") for problem in problems]
    assert {part for part in named if any(part in text for text in problem_texts)} == named


def test_all_that_is_wrong_in_one_feed_is_told(texts):
    """A field that there is not, a code that there is not, and an outcome that nobody gives."""
    feed = "feeds/visits.yaml"
    wrong = texts[feed].replace("clean: clean", "cleen: clean").replace("Done: done", "Done: don")
    with pytest.raises(CatalogueError) as caught:
        load_files({**texts, feed: wrong.replace("only: [A, B, C]", "only: [A, D, E]")})
    diagnostics = caught.value.diagnostics()
    assert all(part in diagnostics for part in ("'cleen'", "'don'", "'D'", "'E'"))


def test_what_is_wrong_in_the_files_beside_the_rules_is_told_together(texts):
    """A slip in the rules, in a feed, in an instrument and in two sources: each with its file and line."""
    wrong = texts | {
        YAML: texts[YAML].replace("title: Grade", "titel: Grade", 1),
        "feeds/visits.yaml": texts["feeds/visits.yaml"].replace("occurred: day", "occured: day"),
        "instruments.yaml": texts["instruments.yaml"].replace("jurisdiction:", "juristiction:"),
        "sources.csv": texts["sources.csv"] + "office-1,Again,office,Nowhere\nNo Id,Wrong,office,Nowhere\n",
    }
    with pytest.raises(CatalogueError) as caught:
        load_files(wrong)
    places = [problem.where or "" for problem in (caught.value, *caught.value.others)]
    assert {where.split(" (")[0] for where in places} >= {
        f"{YAML}, line {_find_line(wrong[YAML], 'titel: Grade')}",
        f"feeds/visits.yaml, line {_find_line(wrong['feeds/visits.yaml'], 'occured')}",
        f"instruments.yaml, line {_find_line(wrong['instruments.yaml'], 'juristiction')}",
        "sources.csv, line 3",
    }


def test_an_effect_that_no_rule_gives_is_told_with_its_line_in_the_examples(tmp_path):
    """A misspelt name in an example was an expectation that failed, without a line and without the right name."""
    texts = dict(LIBRARY["procurement-exclusion"].files)
    texts["examples.yaml"] = texts["examples.yaml"].replace("excluded-for-misconduct:", "excluded-for-misconducts:", 1)
    [problem] = _refuse(write_texts(tmp_path, texts))
    assert problem.coded.code == "effect-unknown"
    assert problem.remedy == "excluded-for-misconduct"
    line = _find_line(texts["examples.yaml"], "excluded-for-misconducts:")
    assert (problem.where or "").startswith(f"examples.yaml, line {line} ")


def test_an_exemption_that_the_charter_does_not_know_is_told(tmp_path):
    """A misspelt name under `spares` was taken for another exemption, and the charter found one missing."""
    texts = dict(LIBRARY["procurement-exclusion"].files)
    texts[YAML] = texts[YAML].replace("minor-first-breach:", "minor-first-breech:", 1)
    [problem] = _refuse(write_texts(tmp_path, texts))
    assert (problem.coded.code, problem.remedy) == ("exemption-unknown", "minor-first-breach")
    assert (problem.where or "").startswith(f"{YAML}, line {_find_line(texts[YAML], 'minor-first-breech:')} ")


def test_a_folder_finds_those_beside_it_however_it_is_named(tmp_path, monkeypatch):
    """Inside its own folder a catalogue is called `.`, and what it uses still stands beside it."""
    user = next(name for name, catalogue in LIBRARY.items() if catalogue.use)
    own = {file: text for file, text in LIBRARY[user].files.items() if not file.startswith("use/")}
    used = {file.removeprefix("use/"): text for file, text in LIBRARY[user].files.items() if file.startswith("use/")}
    write_texts(tmp_path / "mine", own)
    marked = {file: f"# beside it\n{text}" for file, text in used.items()}
    write_texts(tmp_path, marked)
    monkeypatch.chdir(tmp_path / "mine")
    texts = load_catalogue(Path()).files
    assert all(text.startswith("# beside it") for file, text in texts.items() if file.startswith("use/"))


@pytest.mark.parametrize("strange", ["then: 7", "then: [7]", "then: [{at: 2020-01-01, effects: [grade]}]"])
def test_examples_of_another_form_are_no_fault_of_the_program(tmp_path, strange):
    """Names are looked for where there are some; the form of examples is told when they are run."""
    example = f"- {{example: X, law: Y, records: [], {strange}}}\n"
    texts = {**LIBRARY["procurement-exclusion"].files, "examples.yaml": example}
    assert len(load_catalogue(write_texts(tmp_path, texts)).examples) == 1
