"""The command `replay`, as people and programs read it."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.acceptance.conftest import DATA
from tests.acceptance.program import run, succeed
from tests.clerk import as_csv, final, mx

FILES = [DATA / "mx_sat_69b" / f"as_of_{day}.parquet" for day in ("2021-05-18", "2022-11-30")]
ANNULLED = {
    "status": "Sentencia Favorable",
    "favourable_ruling_sat_date": "2020-03-05",
    "favourable_ruling_dof_date": "2020-03-30",
}


def two_files(folder: Path) -> list[Path]:
    """Two lists: a company annulled in the first and final again in the second, and one that is left out."""
    first = as_csv(folder / "list_2021-05-18.csv", [final("001", **ANNULLED), mx("002")])
    again = final("001", **ANNULLED | {"status": "Definitivo", "final_sat_date": "2022-01-14"})
    return [first, as_csv(folder / "list_2022-11-30.csv", [again])]


def test_the_published_files_are_replayed_without_a_register(tmp_path: Path) -> None:
    """Two files give both agreements and the sixteen that came back, each by name, and no register is made."""
    said = succeed("replay", "mx-tax-69b", *FILES, "--json", register=tmp_path / "none").json()
    assert [(one["follow"], one["published"]) for one in said["replay"]["stated"]] == [(9_820, 9_838), (9_955, 9_963)]
    came_back = [one for one in said["replay"]["findings"] if one["rule"] == "came-back"]
    assert len({one["reference"] for one in came_back}) == 16
    assert not (tmp_path / "none").exists()


def test_the_table_is_for_people(tmp_path: Path) -> None:
    """It says each rule in words, how often each file breaks it, how long steps took, and names what it found."""
    said = succeed("replay", "mx-tax-69b", *two_files(tmp_path), register=tmp_path / "none").text()
    assert "2021-05-18" in said
    assert "One file says cleared, a later one says that it stands again." in said
    assert "EJE180101001/500-001, as stated on 2022-11-30: annulled 2020-03-05, final 2022-01-14" in said
    assert "EJE180101002/500-002, as stated on 2022-11-30: presumed 2018-06-01; presumed on 2021-05-18" in said


def test_one_rule_is_printed_whole(tmp_path: Path) -> None:
    """`--rule` prints that rule's findings and nothing else; an unknown rule is refused with those there are."""
    files = two_files(tmp_path)
    said = succeed("replay", "mx-tax-69b", *files, "--rule", "left-out", register=tmp_path / "none").text()
    assert [line[:14] for line in said.strip().splitlines()] == ["left-out: A la", "  EJE180101002"]
    ran = run("replay", "mx-tax-69b", *files, "--rule", "came-late", register=tmp_path / "none")
    assert (ran.code, "came-back" in ran.err) == (3, True)


def test_what_is_on_file_replays_like_the_files_for_who_may_see_it(register: Path, tmp_path: Path) -> None:
    """The overseer gets the same findings from the records; whoever runs the register is told why not, with 5."""
    files = two_files(tmp_path)
    for file in files:
        succeed("ingest", file, "--feed", "mx-sat-69b", register=register)
    there = succeed("replay", "mx-tax-69b", "--as", "overseer", "--json", register=register).json()
    here = succeed("replay", "mx-tax-69b", *files, "--json", register=register).json()
    assert there["replay"] == here["replay"]
    ran = run("replay", "mx-tax-69b", register=register)
    assert (ran.code, "article 19" in ran.err) == (5, True)


def test_bad_input_is_refused_clearly(tmp_path: Path) -> None:
    """A catalogue without proceedings, two files of one day, one without a day: each with 3 and what would be right."""
    files = two_files(tmp_path)
    (tmp_path / "again").mkdir()
    twice = shutil.copy(files[0], tmp_path / "again" / files[0].name)
    undated = shutil.copy(files[0], tmp_path / "list.csv")
    for arguments, said in (
        (("uk-food-hygiene", files[0]), "states proceedings"),
        (("mx-tax-69b", files[0], twice), "Two files are stated on 2021-05-18"),
        (("mx-tax-69b", undated), "Nothing says on which day"),
        (("mx-tax-69b", files[0], "--feed", "sat"), "mx-sat-69b"),
        (("mx-tax-69b", tmp_path / "none.csv", "--stated", "2021-05-18"), "There is no file"),
    ):
        ran = run("replay", *arguments, register=tmp_path / "none")
        assert (ran.code, said in ran.err) == (3, True), ran.err
