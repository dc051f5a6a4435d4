"""Every command of the program on small files; `verify` holds after each test.

What belongs to a process (its start, exit codes, folder and environment) is tried on the installed program, all else in
this process.
"""

from __future__ import annotations

import io
import json
import shutil
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from tests.acceptance.program import CommandResult, assert_holds, assert_not_there, run_in_process, run_process, succeed
from tests.clerk import final_mx_row, mx_row, rfc, uk_row, write_csv

from goodstanding.catalogue import load_library

NAMES = {"catalogue", "version", "title", "mode", "in_force_here", "feeds"}

OVERSEER = ("--as", "overseer")


def give_mandate(folder: Path, name: str, subject: str) -> None:
    """An account of a person who acts for a subject of a demonstration register from today on."""
    from goodstanding.cli.options import open_chosen_register

    succeed("account", "add", name, "--role", "subject", "--scope", subject, register=folder)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("GOODSTANDING_REGISTER", str(folder))
        with open_chosen_register():
            from tests.site_register import let_act

            let_act(name, subject)


@pytest.fixture(scope="session")
def filled_folder(new_register: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with ten establishments and, of 69-B, five companies presumed and five listed; only copied."""
    folder = tmp_path_factory.mktemp("filled")
    register = shutil.copytree(new_register, folder / "register")
    places = write_csv(folder / "hygiene_2015-02-16.csv", [uk_row(number) for number in range(1, 11)])
    companies = [mx_row(rfc(number)) for number in range(5)] + [final_mx_row(rfc(number)) for number in range(5, 10)]
    succeed("ingest", places, "--feed", "uk-fhrs", register=register)
    succeed("ingest", write_csv(folder / "list_2021-05-18.csv", companies), "--feed", "mx-sat-69b", register=register)
    return register


@pytest.fixture
def filled_register(filled_folder: Path, register: Path) -> Path:
    """That register, for the test alone."""
    return shutil.copytree(filled_folder, register, dirs_exist_ok=True)


def test_init_makes_a_register_once(tmp_path: Path) -> None:
    """A new register has settings, keys and its first event; a second one in the same folder is refused with 4."""
    folder = tmp_path / "new"
    printed = succeed(
        "init", folder, "--name", 'The "first" register', "--origin", "example.org/log", "--json", by=run_process
    ).json()
    assert printed == {"folder": str(folder), "demonstration": False, "size": 1}
    assert (folder / "goodstanding.toml").is_file()
    assert run_process("init", folder).code == 4
    assert assert_holds(folder) == 1


def test_an_origin_that_is_none_leaves_no_register_behind(tmp_path: Path) -> None:
    """A key has no name with a space in it; the folder is free for the next try, in any script."""
    folder = tmp_path / "register"
    refused = run_in_process("init", folder, "--origin", "two words")
    assert (refused.code, "spaces" in refused.err) == (1, True)
    succeed("init", folder, "--origin", "示例.example/register")
    assert_holds(folder)


def test_the_keys_are_nobody_elses(register: Path) -> None:
    """Only the register's owner can read its keys."""
    files = [file for file in (register / "keys").iterdir() if "pub" not in file.name and "verif" not in file.name]
    assert files
    assert {file.stat().st_mode & 0o077 for file in files} == {0}


def test_a_demonstration_signs_nothing_for_use(register: Path) -> None:
    """Each checkpoint of a demonstration carries a line that says so, and all live catalogues are in force."""
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(register / "ledger.sqlite3")) as connection:
        notes = [row[0] for row in connection.execute("SELECT note FROM ledger_checkpoint")]
    assert notes
    assert all("demonstration, not for use" in note.split("\n") for note in notes)
    listed = succeed("catalogue", "list", "--json", register=register).json()
    assert {catalogue["catalogue"] for catalogue in listed if catalogue["in_force_here"]} == {
        name for name, catalogue in load_library().items() if catalogue.mode == "live"
    }


def test_catalogue_list_needs_no_register(tmp_path: Path) -> None:
    """Outside any register the catalogues that come with the program are listed, none in force."""
    listed = succeed("catalogue", "list", "--json", register=tmp_path).json()
    assert {catalogue["catalogue"] for catalogue in listed} == set(load_library())
    assert all(set(catalogue) == NAMES and not catalogue["in_force_here"] for catalogue in listed)
    assert "mx-tax-69b" in succeed("catalogue", "list", register=tmp_path).text()


@pytest.mark.parametrize("name", ["uk-food-hygiene", "cn-serious-violations"])
def test_catalogue_check_runs_the_worked_examples(name: str) -> None:
    """A catalogue of the library holds together, and so do all its examples."""
    printed = succeed("catalogue", "check", name, "--json").json()
    assert (printed["catalogue"], printed["failed"]) == (name, [])
    assert printed["expectations"] > 10


def locate_library() -> Path:
    """The folder of the catalogues that come with the program."""
    return Path(__file__).parents[2] / "src" / "goodstanding" / "library"


def write_changed_catalogue(folder: Path, file: str, old: str, new: str) -> Path:
    """A copy of uk-food-hygiene with one text changed."""
    copy = shutil.copytree(locate_library() / "uk-food-hygiene", folder / "mine")
    text = (copy / file).read_text(encoding="utf-8")
    assert old in text
    (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return copy


def test_a_wrong_example_ends_with_1(tmp_path: Path) -> None:
    """A catalogue whose worked example does not hold is no bad input: the check says what it found, and ends with 1."""
    mine = write_changed_catalogue(tmp_path, "catalogue.yaml", "lapses: P5Y", "lapses: P4Y")
    ran = run_process("catalogue", "check", mine, "--json")
    assert ran.code == 1
    assert ran.json()["failed"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("summary:", "sumary:", "catalogue-unknown-key"),
        ("basis: fhrs-brand-standard sec. 5", "basis: common sense", "catalogue-missing-basis"),
        ("score: hygiene + structural + confidence", "score: hygiene + smell", "catalogue-bad-condition"),
        ("at_most: 20", "at_most: 200", "catalogue-bad-bands"),
    ],
)
def test_a_bad_catalogue_is_refused_with_file_and_line(tmp_path: Path, old: str, new: str, code: str) -> None:
    """A catalogue that does not hold together ends with 3 and says the code, file, line and what would be right."""
    ran = run_in_process("catalogue", "check", write_changed_catalogue(tmp_path, "catalogue.yaml", old, new))
    assert ran.code == 3
    assert ran.err.startswith(f"{code}: ")
    assert "catalogue.yaml, line " in ran.err
    assert "use, for example: " in ran.err


def test_a_demonstration_enacts_at_once(register: Path, tmp_path: Path) -> None:
    """The same version twice changes nothing; the same version with other rules is refused."""
    again = succeed("catalogue", "enact", "uk-food-hygiene", "--json", register=register).json()
    assert again["size"] == succeed("catalogue", "enact", "mx-tax-69b", "--json", register=register).json()["size"]
    mine = write_changed_catalogue(
        tmp_path, "catalogue.yaml", "title: Food hygiene ratings in England", "title: Food hygiene"
    )
    refused = run_in_process("catalogue", "enact", mine, register=register)
    assert (refused.code, "version: 4" in refused.err) == (3, True)
    lab = run_in_process("catalogue", "enact", "suining-2010", register=register)
    assert (lab.code, "laboratory" in lab.err) == (3, True)


def test_a_catalogue_is_taken_out_of_force(register: Path) -> None:
    """At once in a demonstration, and once; a register for use asks three people, each with an account."""
    end = ("--on", "2100-01-01", "--basis", "Judgment of a court")
    retired = succeed("catalogue", "retire", "uk-food-hygiene", *end, "--json", register=register).json()
    assert (retired["out_of_force_on"], retired["unsigned"]) == ("2100-01-01", [])
    again = run_in_process("catalogue", "retire", "uk-food-hygiene", *end, register=register)
    assert (again.code, "2100-01-01" in again.err) == (3, True)
    past = run_in_process("catalogue", "retire", "mx-tax-69b", "--on", "2020-01-01", *end[2:], register=register)
    assert (past.code, "use, for example: " in past.err) == (3, True)


def test_a_check_asks_the_charter_too() -> None:
    """Of a laboratory catalogue as well, whose breaches are no failure of the command."""
    printed = succeed("catalogue", "check", "suining-2010", "--json").json()
    assert (printed["mode"], printed["failed"]) == ("lab", [])
    assert {breach["article"] for breach in printed["breaches"]} >= {2, 4}
    assert all({"where", "reason", "remedy", "answers"} <= set(breach) for breach in printed["breaches"])
    assert "as a laboratory catalogue may" in succeed("catalogue", "check", "suining-2010").text()


def test_a_register_for_use_enacts_only_what_was_drafted_and_signed(tmp_path: Path) -> None:
    """The way of a draft, as far as it goes on its first day; each refusal says what is missing."""
    folder = tmp_path / "register"
    succeed("init", folder)
    assert "catalogue draft" in run_in_process("catalogue", "enact", "uk-food-hygiene", register=folder).err
    draft_printed = succeed("catalogue", "draft", "uk-food-hygiene", "--by", "Ada", "--json", register=folder).json()
    assert draft_printed["comments_until"] > draft_printed["drafted_on"]
    succeed("catalogue", "comment", "uk-food-hygiene", "Why five years?", "--by", "A citizen", register=folder)
    succeed("catalogue", "answer", "uk-food-hygiene", 1, "It is the most.", "--by", "Ada", register=folder)
    signed = run_in_process("catalogue", "sign", "uk-food-hygiene", "--as", "author", "--by", "Ada", register=folder)
    assert (signed.code, "no account that can sign" in signed.err) == (3, True)
    unsigned = run_in_process("catalogue", "enact", "uk-food-hygiene", register=folder)
    assert (unsigned.code, "author, reviewer, overseer" in unsigned.err) == (3, True)
    [draft] = succeed("catalogue", "drafts", "uk-food-hygiene", "--json", register=folder).json()
    assert [comment["answer"] for comment in draft["comments"]] == ["It is the most."]
    assert_holds(folder)


def test_the_charter_table(tmp_path: Path) -> None:
    """One row a catalogue and one cell an article, as people and as programs read it, and as a report."""
    report = tmp_path / "report.html"
    assessments = succeed("charter", "assess", "--json", "--html", report).json()
    assert {assessment["catalogue"] for assessment in assessments if assessment["breaches"]} == {
        assessment["catalogue"] for assessment in assessments if assessment["mode"] == "lab"
    }
    assert all(list(assessment["articles"]) == [str(number) for number in range(1, 24)] for assessment in assessments)
    assert "<h1>" in report.read_text(encoding="utf-8")
    shown = succeed("charter", "assess", "uk-food-hygiene").text()
    assert "uk-food-hygiene  live" in shown


def test_a_catalogue_that_breaches_the_charter_ends_with_1(tmp_path: Path) -> None:
    """The article, the place and the reason are told."""
    mine = write_changed_catalogue(tmp_path, "catalogue.yaml", "    lapses: P5Y\n", "")
    ran = run_in_process("charter", "assess", mine)
    assert (ran.code, "article 11" in ran.text(), "never lapses" in ran.text()) == (1, True, True)


def test_a_redline_shows_what_differs(tmp_path: Path) -> None:
    """Rule by rule, before and after."""
    mine = write_changed_catalogue(tmp_path, "catalogue.yaml", "    lapses: P5Y", "    lapses: P3Y")
    [change] = succeed("catalogue", "redline", "uk-food-hygiene", mine, "--json").json()
    assert (change["place"], change["change"]) == ("schemes.food-hygiene", "changed")
    assert "P5Y" in change["rule_before"]
    assert "P3Y" in change["rule_after"]


def test_catalogue_show_and_sql(register: Path) -> None:
    """The rules are shown beside their basis, as people and as programs read them; the SQL runs step by step."""
    assert "fhrs-brand-standard" in succeed("catalogue", "show", "uk-food-hygiene", register=register).text()
    shown = succeed("catalogue", "show", "mx-tax-69b", "--json", register=register).json()
    assert shown["lists"]["simulated-invoicing"]["while"] == ["final"]
    assert succeed("catalogue", "sql", "mx-tax-69b", register=register).text().startswith("WITH")


def test_ingest_says_what_became_of_a_file(register: Path, tmp_path: Path) -> None:
    """An ingest prints its counts and its first problems, and ends with 0 though rows were refused."""
    rows = [uk_row(1), uk_row(2, hygiene="7"), uk_row(3)]
    file = write_csv(tmp_path / "hygiene_2015-02-16.csv", rows)
    dry = succeed("ingest", file, "--feed", "uk-fhrs", "--dry-run", "--json", register=register).json()
    printed = succeed("ingest", file, "--feed", "uk-fhrs", "--json", register=register).json()
    names = ("rows", "issued", "corrected", "unchanged", "withdrawn", "quarantined")
    assert [dry[name] for name in names] == [3, 0, 0, 0, 0, 1]
    assert [printed[name] for name in names] == [3, 2, 0, 0, 0, 1]
    assert printed["size"] == dry["size"] + 3
    again = succeed("ingest", file, "--feed", "uk-fhrs", register=register).text()
    assert "unchanged 2" in again
    assert "row 3: hygiene: none of 0, 5, 10, 15, 20, 25 ('7')" in again


def test_the_day_of_a_statement_can_be_given(register: Path, tmp_path: Path) -> None:
    """Without a day in its name a file is refused with 3, with --stated it is taken in."""
    file = write_csv(tmp_path / "hygiene.csv", [uk_row(1)])
    assert run_process("ingest", file, "--feed", "uk-fhrs", register=register).code == 3
    printed = succeed("ingest", file, "--feed", "uk-fhrs", "--stated", "2015-02-16", "--json", register=register).json()
    assert (printed["stated"], printed["issued"]) == ("2015-02-16", 1)


@pytest.mark.parametrize("stated", ["2015-W07-1", "20150216", "2015-02-30", "16.02.2015"])
def test_a_day_that_is_given_in_another_form_is_refused(register: Path, tmp_path: Path, stated: str) -> None:
    """It is not guessed at, and the form that is right is told."""
    file = write_csv(tmp_path / "hygiene.csv", [uk_row(1)])
    refused = run_in_process("ingest", file, "--feed", "uk-fhrs", "--stated", stated, register=register)
    assert (refused.code, refused.err.splitlines()[0]) == (3, f"bad-day: {stated!r} is no day.")
    assert "YYYY-MM-DD" in refused.err


def test_the_quarantine_round_trip(register: Path, tmp_path: Path) -> None:
    """Refused rows are listed, exported in the clerk's columns, mended, sent again, and wait no longer."""
    file = write_csv(tmp_path / "hygiene_2015-02-16.csv", [uk_row(1), uk_row(2, hygiene="7")])
    succeed("ingest", file, "--feed", "uk-fhrs", register=register)
    (entry,) = succeed("quarantine", "list", "--json", register=register).json()
    assert (entry["file"], entry["row"], entry["problems"][0]["column"]) == ("hygiene_2015-02-16.csv", 3, "hygiene")
    assert "none of 0, 5, 10" in succeed("quarantine", "list", "--feed", "uk-fhrs", register=register).text()
    tried = succeed("quarantine", "replay", "--feed", "uk-fhrs", "--json", register=register).json()
    assert [result["size"] for result in tried] == [succeed("verify", "--json", register=register).json()["size"]]
    text = succeed("quarantine", "export", "--feed", "uk-fhrs", register=register).text()
    assert text.startswith("\ufeff")  # without it a spreadsheet garbles what is not ASCII
    mended = tmp_path / "mended_2015-02-16.csv"
    mended.write_text(text.replace(",5,7,5,", ",5,5,5,"), encoding="utf-8")
    printed = succeed("ingest", mended, "--feed", "uk-fhrs", "--json", register=register).json()
    assert (printed["issued"], printed["quarantined"]) == (1, 0)
    assert succeed("quarantine", "list", "--json", register=register).json() == []
    assert succeed("quarantine", "replay", "--feed", "uk-fhrs", "--json", register=register).json() == []


@pytest.mark.parametrize(
    "words", [("list",), ("list", "--json"), ("export",), ("replay",), ("dismiss", "--reason", "Not ours.")]
)
def test_a_feed_that_nobody_has_is_told_wherever_the_quarantine_is_asked(
    register: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    """An empty answer would say that nothing waits; the nearest name is told, and no file is begun."""
    file = tmp_path / "rows.csv"
    to = ("--to", file) if words == ("export",) else ()
    refused = run_in_process("quarantine", *words, *to, "--feed", "uk-fhsr", register=register)
    assert (refused.code, refused.out) == (3, b"")
    assert refused.err.splitlines()[0].startswith("unknown-feed: ")
    assert refused.err.splitlines()[-1] == "  use, for example: uk-fhrs"
    assert not file.exists()


def test_a_refused_file_ends_with_3_and_waits(register: Path, tmp_path: Path) -> None:
    """A file that is not the format it claims ends with 3 and a reason in words, and is in the quarantine."""
    file = tmp_path / "hygiene_2015-02-16.parquet"
    file.write_text("row_id\n1\n")
    ran = run_in_process("ingest", file, "--feed", "uk-fhrs", register=register)
    assert (ran.code, ran.err.split(":")[0]) == (3, "bad-file")
    (entry,) = succeed("quarantine", "list", "--json", register=register).json()
    assert (entry["row"], entry["file"]) == (None, file.name)


def test_standing_says_what_holds_and_because_of_what(filled_register: Path) -> None:
    """The standing of an establishment is its grade with reasons, law and ledger positions."""
    standing = succeed("standing", "uk-fhrs-row:1", "--json", register=filled_register).json()
    (grade,) = standing["grades"]
    assert (grade["value"], grade["valid_from"], grade["valid_to"]) == ("5", "2014-07-09", "2019-07-09")
    assert grade["last_day"] == "2019-07-08"
    assert [record["position"] for record in standing["records"]] == grade["because"]
    assert grade["sentences"]
    assert standing["allowed"] == {"allowed": True, "because": "charter article 19: anybody sees what is in force now"}
    assert "FHRS" in grade["law"]["instrument"] or grade["law"]["article"]
    text = succeed("standing", "uk-fhrs-row:1", register=filled_register).text()
    assert "Food hygiene rating: 5 of 5" in text


def test_standing_at_another_day_and_as_it_was_known(filled_register: Path, tmp_path: Path) -> None:
    """In a role that may, another day can be asked about, and what was known at an older ledger size."""
    size = assert_holds(filled_register)
    file = write_csv(tmp_path / "hygiene_2015-03-16.csv", [uk_row(1, hygiene="10", ratingvalue="4")])
    succeed("ingest", file, "--feed", "uk-fhrs", register=filled_register)

    def grades(*options: str) -> list[str]:
        standing = succeed("standing", "uk-fhrs-row:1", *options, "--json", register=filled_register).json()
        return [grade["value"] for grade in standing["grades"]]

    assert grades() == ["4"]
    assert grades("--known-at", str(size), *OVERSEER) == ["5"]
    assert grades("--at", "2014-07-08", *OVERSEER) == grades("--at", "2019-07-09", *OVERSEER) == []
    assert grades("--at", "2014-07-09", "--known-at", str(size), *OVERSEER) == ["5"]


def test_other_moments_are_not_for_anybody(filled_register: Path) -> None:
    """To anybody and to whoever runs the register other days are refused with 5; the subject itself may ask."""
    assert run_in_process("standing", "uk-fhrs-row:1", "--at", "2014-08-01", register=filled_register).code == 5
    assert (
        run_in_process(
            "standing", "uk-fhrs-row:1", "--at", "2014-08-01", "--as", "anybody", register=filled_register
        ).code
        == 5
    )
    assert (
        run_in_process("standing", "uk-fhrs-row:1", "--known-at", "3", "--as", "anybody", register=filled_register).code
        == 5
    )
    then = ("standing", "uk-fhrs-row:1", "--at", "2014-08-01", "--as")
    for number in (1, 2):
        give_mandate(filled_register, f"Person {number}", f"uk-fhrs-row:{number}")
    assert run_in_process(*then, "subject:uk-fhrs-row:2", register=filled_register).code == 5
    succeed(*then, "subject:uk-fhrs-row:1", register=filled_register)
    succeed("standing", "uk-fhrs-row:1", "--as", "anybody", register=filled_register)


def test_presumed_companies_are_for_their_parties_only(filled_register: Path) -> None:
    """A company that is only presumed is there for overseers and the parties alone: no export, no search, no file."""
    for role in ((), ("--as", "anybody"), ("--as", "recipient")):
        assert_not_there(f"mx-rfc:{rfc(0)}", f"mx-rfc:{rfc(999)}", *role, register=filled_register)
    give_mandate(filled_register, "Dora", f"mx-rfc:{rfc(0)}")
    clerk = ("account", "add", "Sam", "--role", "source", "--scope", "mx-sat", "--called", "Sam Clerk")
    succeed(*clerk, register=filled_register)
    for role in ("overseer", f"subject:mx-rfc:{rfc(0)}", "source:mx-sat"):
        standing = succeed("standing", f"mx-rfc:{rfc(0)}", "--as", role, "--json", register=filled_register).json()
        assert [case["value"] for case in standing["cases"]] == ["presumed"]
    for form in ("csv", "jsonl", "ftm"):
        text = succeed("export", "simulated-invoicing", "--format", form, register=filled_register).text()
        assert rfc(5) in text
        assert not [number for number in range(5) if rfc(number) in text]
        assert "presum" not in text.lower()
    results = succeed("search", rfc(0), "--json", register=filled_register).json()
    assert results["by_identifier"] is False
    assert f"EJEMPLO {rfc(0)}" not in str(results["hits"])


def test_search_finds_names_and_identifiers(filled_register: Path) -> None:
    """A misspelt name and an identifier both find their subject; a name never brings a listing with it."""
    by_name = succeed("search", "exampel", "cafe", "7", "--json", register=filled_register, by=run_process).json()
    assert by_name["hits"][0]["subject"]["name"] == "Example Café 7"
    assert [grade["value"] for grade in by_name["hits"][0]["grades"]] == ["5"]
    by_identifier = succeed("search", "uk-fhrs-row:7", "--json", register=filled_register).json()
    assert (by_identifier["by_identifier"], by_identifier["total"]) == (True, 1)
    listed = succeed("search", "EJEMPLO", "--json", register=filled_register).text()
    assert "simulated-invoicing" not in listed
    assert "Example Café 7" in succeed("search", "example cafe 7", register=filled_register).text()


FORMATS: dict[str, Callable[[bytes], list[Any]]] = {
    "csv": lambda content: content.decode().splitlines()[1:],
    "jsonl": lambda content: [json.loads(line) for line in content.splitlines()],
    "ftm": lambda content: [
        sanction for line in content.splitlines() if (sanction := json.loads(line))["schema"] == "Sanction"
    ],
    "parquet": lambda content: pq.read_table(io.BytesIO(content)).to_pylist(),
}


@pytest.mark.parametrize("form", FORMATS)
def test_a_list_is_exported_whole(filled_register: Path, tmp_path: Path, form: str) -> None:
    """Each format holds every entry of the list, on standard output and in a file alike."""
    content = succeed("export", "simulated-invoicing", "--format", form, register=filled_register, by=run_process).out
    assert len(FORMATS[form](content)) == 5
    to = tmp_path / f"list.{form}"
    succeed("export", "mx-tax-69b/simulated-invoicing", "--format", form, "--to", to, register=filled_register)
    assert len(FORMATS[form](to.read_bytes())) == 5


def test_every_entry_of_an_export_says_until_when_it_may_be_used(filled_register: Path) -> None:
    """A copied entry has the day it was true and the last day the copy may be used, beside its reasons."""
    content = succeed("export", "simulated-invoicing", "--format", "jsonl", register=filled_register).out
    for entry in map(json.loads, content.splitlines()):
        assert entry["as_of"] == "2021-05-18"
        assert entry["copy_valid_until"] > entry["as_of"]
        days = (entry["valid_from"], entry["last_day"], entry["valid_to"])
        assert days == ("2018-10-23", "2023-10-22", "2023-10-23")
        assert entry["because"]


def test_agreement_has_its_keys(filled_register: Path) -> None:
    """The audit of a catalogue's sources says how many published outcomes follow, in all and by source."""
    agreement = succeed("agreement", "mx-tax-69b", "--at", "2021-05-18", "--json", register=filled_register).json()
    assert {name: agreement[name] for name in ("catalogue", "published", "agree", "differ", "by_source")} == {
        "catalogue": "mx-tax-69b", "published": 10, "agree": 10, "differ": 0,
        "by_source": {"mx-sat": {"published": 10, "agree": 10, "differ": 0}},
    }  # fmt: skip
    assert "10 of 10" in succeed("agreement", "mx-tax-69b", "--at", "2021-05-18", register=filled_register).text()


def test_a_difference_ends_with_0_and_is_listed(register: Path, tmp_path: Path) -> None:
    """A source that published another grade than its scores give is a finding about the file, not a failure."""
    rows = [
        uk_row(1),
        uk_row(2, hygiene="20", ratingvalue="5"),
        uk_row(3, hygiene=None, structural=None, confidenceinmanagement=None),
    ]
    succeed("ingest", write_csv(tmp_path / "hygiene_2015-02-16.csv", rows), "--feed", "uk-fhrs", register=register)
    agreement = succeed("agreement", "uk-food-hygiene", "--at", "2015-02-16", "--json", register=register).json()
    assert (agreement["published"], agreement["agree"], agreement["differ"], agreement["unproven"]) == (2, 1, 1, 1)
    (difference,) = agreement["differences"]
    assert (difference["reference"], difference["published"], difference["follows"]) == ("2", "5", "1")


def test_rebuild_gives_the_same_tables(filled_register: Path) -> None:
    """Tables made again from the ledger are the same, row for row, also when the old ones are thrown away."""

    before = succeed("export", "simulated-invoicing", register=filled_register).out
    assert succeed("rebuild", "--json", register=filled_register).json()["differences"] == []
    assert_holds(filled_register)
    for file in (filled_register / "projection").glob("*.sqlite3*"):
        file.unlink()
    ran = run_in_process("rebuild", register=filled_register)
    assert ran.code == 0, ran.err
    assert succeed("export", "simulated-invoicing", register=filled_register).out == before


def test_verify_against_a_kept_checkpoint(filled_register: Path, tmp_path: Path) -> None:
    """A ledger that goes on verifies against the checkpoint kept before; another register does not."""
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(filled_register / "ledger.sqlite3")) as connection:
        (note,) = connection.execute("SELECT note FROM ledger_checkpoint ORDER BY size DESC LIMIT 1").fetchone()
    kept = tmp_path / "kept.checkpoint"
    kept.write_text(note, encoding="utf-8")
    file = write_csv(tmp_path / "hygiene_2015-03-16.csv", [uk_row(99)])
    succeed("ingest", file, "--feed", "uk-fhrs", register=filled_register)
    succeed("verify", "--against", kept, register=filled_register)
    other = tmp_path / "other"
    succeed("init", other)
    ran = run_process("verify", "--against", kept, "--json", register=other)
    assert (ran.code, ran.json()["holds"]) == (1, False)
    kept.write_bytes(b"\xff\xfe")
    assert run_in_process("verify", "--against", kept, register=filled_register).code == 3
    assert run_in_process("verify", "--against", tmp_path / "none", register=filled_register).code == 3


def test_wrong_use_ends_with_2(tmp_path: Path) -> None:
    """A command, option or argument that does not exist ends with 2."""
    for wrong in (
        ["dance"],
        ["ingest"],
        ["ingest", "x", "--feed"],
        ["standing", "--loud"],
        ["search", "--limit", "0", "x"],
        ["quarantine", "list", "--limit", "-1"],
        ["quarantine", "dismiss", "9" * 20, "--reason", "x"],
    ):
        assert run_process(*wrong, register=tmp_path).code == 2, wrong


def test_bad_input_ends_with_3(register: Path) -> None:
    """An identifier, day, list, format, role, feed or catalogue that cannot be used ends with 3 and says what would."""
    export, dismiss = ("quarantine", "export", "--feed", "uk-fhrs"), ("quarantine", "dismiss", "1")
    bad: list[tuple[CommandResult, str]] = [
        (run_process("standing", "nothing", register=register), "bad-identifier"),
        (run_in_process("standing", "uk-fhrs-row:404", register=register), "not-found"),
        (run_in_process("standing", "uk-fhrs-row:1", "--at", "soon", register=register), "bad-day"),
        (run_in_process("standing", "uk-fhrs-row:1", "--as", "king", register=register), "bad-input"),
        (run_in_process("export", "no-such-list", register=register), "unknown-list"),
        (run_in_process("export", "simulated-invoicing", "--format", "xml", register=register), "bad-input"),
        (run_in_process("ingest", "none.csv", "--feed", "none", register=register), "unknown-feed"),
        (run_in_process("ingest", "none.csv", "--feed", "uk-fhrs", register=register), "bad-file"),
        (run_in_process("ingest", "n" * 5_000, "--feed", "uk-fhrs", register=register), "bad-file"),
        (run_in_process(*export, "--to", register / "none" / "x.csv", register=register), "bad-file"),
        (run_in_process(*export, "--to", register, register=register), "bad-file"),
        (run_in_process("account", "close", "\udcff", register=register), "bad-input"),
        (run_in_process(*dismiss, "--reason", "\x1b[2J", register=register), "bad-input"),
        (run_in_process("agreement", "none", register=register), "not-found"),
        (run_in_process("catalogue", "check", "none", register=register), "catalogue"),
    ]
    assert [(ran.code, ran.err.split(":")[0]) for ran, _ in bad] == [(3, code) for _, code in bad]


def test_no_text_commands_the_terminal(register: Path) -> None:
    """What files and people are called is shown without the signs by which a terminal is told what to do."""
    ran = run_in_process("ingest", "\x1b[2Jlist\x9b\u202e.csv", "--feed", "uk-fhrs", register=register)
    assert (ran.code, "There is no file [2Jlist.csv" in ran.err) == (3, True)


def test_a_port_in_use_ends_the_server_with_3(register: Path) -> None:
    """Also where another `serve` has it, which would share the port; nothing is said to be open."""
    with socket.create_server(("127.0.0.1", 0), reuse_port=True) as other_server:
        port = str(other_server.getsockname()[1])
        ran = run_process("serve", "--port", port, register=register)
    assert (ran.code, ran.out) == (3, b"")
    assert ran.err.startswith(f"bad-input: Nothing can be served at 127.0.0.1:{port}: Address already in use.")


def test_no_register_ends_with_4(tmp_path: Path) -> None:
    """Where no register is, or its settings cannot be read, a command ends with 4 and makes nothing."""
    for command in (["verify"], ["search", "x"], ["rebuild"], ["quarantine", "list"], ["serve"]):
        ran = run_process(*command, register=tmp_path)
        assert (ran.code, ran.err.split(":")[0]) == (4, "no-register"), command
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "goodstanding.toml").write_text("name = ", encoding="utf-8")
    assert run_process("verify", register=tmp_path).code == 4


def test_a_list_is_not_for_anybody_to_copy(register: Path) -> None:
    """Bulk lists go to registered recipients: anybody is refused with 5, and told the article."""
    ran = run_process("export", "simulated-invoicing", "--as", "anybody", register=register)
    assert ran.code == 5
    assert "article 21" in ran.err
    succeed("export", "simulated-invoicing", "--as", "recipient", register=register)


def test_the_registers_folder_may_be_named_anywhere(register: Path, tmp_path: Path) -> None:
    """`--register` is heard before and after the command, in both spellings, and goes before the environment."""
    for words in (
        ("--register", register, "search", "x"),
        ("search", "--register", register, "x"),
        ("search", "x", "--register", register),
        ("search", "x", f"--register={register}"),
        ("quarantine", "list", "--register", register),
    ):
        assert run_in_process(*words, register=tmp_path / "elsewhere").code == 0, words
    assert run_process("search", "x", cwd=register).code == 0
    assert run_process("search", "x", cwd=tmp_path).code == 4


def test_the_version_is_the_packages() -> None:
    """The program says which version it is."""
    from goodstanding import __version__

    assert succeed("--version", by=run_process).text().strip() == __version__


@pytest.mark.postgres
def test_the_same_on_postgresql(tmp_path: Path, fresh_database: str) -> None:
    """With GOODSTANDING_DATABASE the same commands work on PostgreSQL, and everything holds there."""
    folder, variables = tmp_path / "register", {"GOODSTANDING_DATABASE": fresh_database}
    succeed("init", folder, "--demonstration", by=run_process, **variables)
    rows = [final_mx_row(rfc(number)) for number in range(200)]
    for day, sent in (("2021-05-18", rows), ("2021-06-18", rows[1:])):
        file = write_csv(tmp_path / f"list_{day}.csv", sent)
        printed = succeed("ingest", file, "--feed", "mx-sat-69b", "--json", register=folder, **variables).json()
    assert (printed["unchanged"], printed["withdrawn"]) == (199, 1)
    hits = succeed("search", "ejemplo", rfc(7), "--json", register=folder, by=run_process, **variables).json()
    assert hits["hits"]
    exported = succeed("export", "simulated-invoicing", "--format", "jsonl", register=folder, **variables).out
    assert len(exported.splitlines()) == 199
    assert succeed("rebuild", "--json", register=folder, **variables).json()["differences"] == []
    assert_holds(folder, **variables)
