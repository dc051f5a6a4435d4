"""The command `replay`, as people and programs read it."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.acceptance.program import run_in_process, succeed
from tests.acceptance.short_data import DATA
from tests.acceptance.test_terminal_sign_in import opened
from tests.clerk import final_mx_row, mx_row, write_csv

FILES = [DATA / "mx_sat_69b" / f"as_of_{day}.parquet" for day in ("2021-05-18", "2022-11-30")]
ANNULLED = {
    "status": "Sentencia Favorable",
    "favourable_ruling_sat_date": "2020-03-05",
    "favourable_ruling_dof_date": "2020-03-30",
}


def write_two_files(folder: Path) -> list[Path]:
    """Two lists: a company annulled in the first and final again in the second, and one that is left out."""
    first = write_csv(folder / "list_2021-05-18.csv", [final_mx_row("001", **ANNULLED), mx_row("002")])
    again = final_mx_row("001", **ANNULLED | {"status": "Definitivo", "final_sat_date": "2022-01-14"})
    return [first, write_csv(folder / "list_2022-11-30.csv", [again])]


def test_the_published_files_are_replayed_without_a_register(tmp_path: Path) -> None:
    """Two files give both agreements and the sixteen that came back, each by name, and no register is made."""
    printed = succeed("replay", "mx-tax-69b", *FILES, "--json", register=tmp_path / "none").json()
    assert [(statement["follow"], statement["published"]) for statement in printed["replay"]["stated"]] == [
        (9_820, 9_838),
        (9_955, 9_963),
    ]
    came_back = [finding for finding in printed["replay"]["findings"] if finding["rule"] == "came-back"]
    assert len({finding["reference"] for finding in came_back}) == 16
    assert not (tmp_path / "none").exists()


def test_the_table_is_for_people(tmp_path: Path) -> None:
    """It says each rule in words, how often each file breaks it, how long steps took, and names what it found."""
    printed = succeed("replay", "mx-tax-69b", *write_two_files(tmp_path), register=tmp_path / "none").text()
    assert "2021-05-18" in printed
    assert "One file says cleared, a later one says that it stands again." in printed
    assert "EJE180101001/500-001, as stated on 2022-11-30: annulled 2020-03-05, final 2022-01-14" in printed
    assert "EJE180101002/500-002, as stated on 2022-11-30: presumed 2018-06-01; presumed on 2021-05-18" in printed


def test_one_rule_is_printed_whole(tmp_path: Path) -> None:
    """`--rule` prints that rule's findings and nothing else; an unknown rule is refused with those there are."""
    files = write_two_files(tmp_path)
    printed = succeed("replay", "mx-tax-69b", *files, "--rule", "left-out", register=tmp_path / "none").text()
    assert [line[:14] for line in printed.strip().splitlines()] == ["left-out: A la", "  EJE180101002"]
    ran = run_in_process("replay", "mx-tax-69b", *files, "--rule", "came-late", register=tmp_path / "none")
    assert (ran.code, "came-back" in ran.err) == (3, True)


def test_what_is_on_file_replays_like_the_files_for_who_may_see_it(register: Path, tmp_path: Path) -> None:
    """The overseer gets the same findings from the records; whoever runs the register is told why not, with 5."""
    files = write_two_files(tmp_path)
    for file in files:
        succeed("ingest", file, "--feed", "mx-sat-69b", register=register)
    there = succeed("replay", "mx-tax-69b", "--as", "overseer", "--json", register=register).json()
    printed = succeed("replay", "mx-tax-69b", *files, "--json", register=register).json()
    assert there["replay"] == printed["replay"]
    ran = run_in_process("replay", "mx-tax-69b", register=register)
    assert (ran.code, "article 19" in ran.err) == (5, True)


def test_whoever_is_named_sees_who_looked(register: Path, tmp_path: Path) -> None:
    """A replay as overseer is a look at the file of each company that it names, and at no other."""
    unremarkable = final_mx_row("003", final_sat_date="2018-09-20")
    for file in (
        write_csv(tmp_path / "list_2021-05-18.csv", [final_mx_row("001", **ANNULLED), unremarkable]),
        write_csv(
            tmp_path / "list_2022-11-30.csv",
            [final_mx_row("001", **ANNULLED | {"status": "Definitivo", "final_sat_date": "2022-01-14"}), unremarkable],
        ),
    ):
        succeed("ingest", file, "--feed", "mx-sat-69b", register=register)
    printed = succeed("replay", "mx-tax-69b", "--as", "overseer", "--json", register=register).json()
    assert {finding["reference"].split("/")[0] for finding in printed["replay"]["findings"]} == {"EJE180101001"}
    with opened(register):
        from goodstanding.web.models import LookUp

        look_ups = LookUp.objects.filter(opened__startswith="goodstanding replay").values_list("role", "subject")
        assert list(look_ups) == [("overseer", "mx-rfc:EJE180101001")]


def test_bad_input_is_refused_clearly(tmp_path: Path) -> None:
    """A catalogue without proceedings, two files of one day, one without a day: each with 3 and what would be right."""
    files = write_two_files(tmp_path)
    (tmp_path / "again").mkdir()
    twice = shutil.copy(files[0], tmp_path / "again" / files[0].name)
    undated = shutil.copy(files[0], tmp_path / "list.csv")
    for arguments, message in (
        (("uk-food-hygiene", files[0]), "states proceedings"),
        (("mx-tax-69b", files[0], twice), "Two files are stated on 2021-05-18"),
        (("mx-tax-69b", undated), "Nothing says on which day"),
        (("mx-tax-69b", files[0], "--feed", "sat"), "mx-sat-69b"),
        (("mx-tax-69b", tmp_path / "none.csv", "--stated", "2021-05-18"), "There is no file"),
    ):
        ran = run_in_process("replay", *arguments, register=tmp_path / "none")
        assert (ran.code, message in ran.err) == (3, True), ran.err
