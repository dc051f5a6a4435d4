"""The demonstration on the repository's own data reaches the agreements that are published with it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.acceptance.program import assert_holds, assert_not_there, run_in_process, succeed
from tests.acceptance.short_data import DATA
from tests.clerk import rfc

from goodstanding.cli.demonstration.demo_experiments import start_demonstration_experiments
from goodstanding.web.laboratory.report_files import read_report

MX_AGREEMENTS = {("mx-tax-69b", "2021-05-18"): (9_838, 9_820), ("mx-tax-69b", "2022-11-30"): (9_963, 9_955)}
AGREEMENTS = {
    ("uk-food-hygiene", "2015-02-16"): (240_499, 240_499),
    ("us-nyc-food-grades", "2014-12-31"): (60_424, 60_384),
} | MX_AGREEMENTS
SHORT_AGREEMENTS = {  # where a twentieth of the premises was taken in
    ("uk-food-hygiene", "2015-02-16"): (11_969, 11_969),
    ("us-nyc-food-grades", "2014-12-31"): (3_014, 3_010),
} | MX_AGREEMENTS
EVENTS, SUBJECTS = 370_000, 290_000  # more than these, of which the short data have more than a twentieth
NEVER_WAS = f"mx-rfc:{rfc(999)}"


@pytest.fixture(scope="session")
def agreements(request: pytest.FixtureRequest) -> dict[tuple[str, str], tuple[int, int]]:
    """How many outcomes are published for a catalogue and a day, and with how many of them the findings agree."""
    return AGREEMENTS if request.config.getoption("thorough") else SHORT_AGREEMENTS


def test_the_demonstration_says_what_it_built(
    request: pytest.FixtureRequest, demonstration: Path, agreements: dict[tuple[str, str], tuple[int, int]]
) -> None:
    """Its JSON gives seconds, events, records, subjects, quarantined, and an agreement for each catalogue's data."""
    summary = json.loads((demonstration / "demo.json").read_text())
    part = 1 if request.config.getoption("thorough") else 20
    assert summary["events"] > EVENTS / part
    assert summary["events"] > summary["records"] > summary["subjects"] > SUBJECTS / part
    assert summary["quarantined"] == 0
    assert summary["seconds"] > 0
    printed = {
        (agreement["catalogue"], agreement["at"]): (agreement["published"], agreement["agree"])
        for agreement in summary["agreement"]
    }
    assert printed == agreements


def test_the_demonstration_ran_every_experiment_small(demonstration: Path) -> None:
    """Each has its verdict in the summary and a report in the register's folder, which says not to quote it."""
    from goodstanding.lab.experiments.experiment_file import list_experiment_names

    laboratory = json.loads((demonstration / "demo.json").read_text())["laboratory"]
    assert laboratory["skipped"] == ""
    assert set(laboratory["verdicts"]) == set(list_experiment_names())
    for name, sentence in laboratory["verdicts"].items():
        report = read_report(demonstration / "laboratory", name)
        assert report.verdict.sentence == sentence
        assert report.run.quick
        assert report.run.command == "goodstanding demo"
        assert (demonstration / "laboratory" / f"{name}.html").exists()


def test_a_small_run_says_what_it_left_out(demonstration: Path) -> None:
    """Schemes and figures that decide nothing are not looked at, and the report names each of them."""
    spiral = read_report(demonstration / "laboratory", "downward-spiral")
    assert [scheme.scheme for scheme in spiral.schemes] == ["rongcheng", "jiangsu", "jiangsu-without"]
    assert any("Left out" in caveat and "The court list of 2017" in caveat for caveat in spiral.verdict.caveats)
    visits = read_report(demonstration / "laboratory", "looking-where-it-matters")
    assert any("Left out" in caveat and "eight rounds" in caveat for caveat in visits.verdict.caveats)


def test_a_process_of_its_own_runs_what_has_no_report_and_can_be_stopped(tmp_path: Path) -> None:
    """Stopped at once it leaves nothing that is not whole; begun again it runs what is missing alone."""
    from goodstanding.lab.experiments.experiment_file import list_experiment_names

    folder, missing = tmp_path / "laboratory", "apples-and-oranges"
    folder.mkdir()
    for name in set(list_experiment_names()) - {missing}:
        (folder / f"{name}.json").touch()
    stopped = start_demonstration_experiments(folder, quiet=True)
    stopped.terminate()
    stopped.join()
    assert not (folder / f"{missing}.json").exists()
    finished = start_demonstration_experiments(folder, quiet=True)
    finished.join()
    assert finished.exitcode == 0
    assert read_report(folder, missing).run.quick
    assert sorted(file.name for file in folder.iterdir() if file.stat().st_size) == [
        f"{missing}.html", f"{missing}.json",
    ]  # fmt: skip


def test_without_the_extra_the_demonstration_says_what_to_install(tmp_path: Path) -> None:
    """The experiments are left out with a sentence, and nothing is written."""
    code = f"""
import sys
sys.modules["numba"] = None  # as where it is not installed
from pathlib import Path
from goodstanding.cli.demonstration.demo_experiments import run_demonstration_experiments
print(run_demonstration_experiments(Path({str(tmp_path / "laboratory")!r}), print))
"""
    printed = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert "The laboratory needs numba, which is not installed." in printed
    assert 'pip install "goodstanding[lab]"' in printed
    assert not (tmp_path / "laboratory").exists()


@pytest.mark.parametrize(("catalogue", "at"), AGREEMENTS, ids=str)
def test_the_audit_by_itself_says_the_same(
    demonstration: Path, agreements: dict[tuple[str, str], tuple[int, int]], catalogue: str, at: str
) -> None:
    """`agreement` gives the same counts, adds them up from its sources, and lists every difference with its reason."""
    agreement = succeed("agreement", catalogue, "--at", at, "--json", register=demonstration).json()
    assert (agreement["catalogue"], agreement["published"], agreement["agree"]) == (
        catalogue,
        *agreements[catalogue, at],
    )
    assert agreement["differ"] == agreement["published"] - agreement["agree"] == len(agreement["differences"])
    for name in ("published", "agree", "differ"):
        assert sum(counts[name] for counts in agreement["by_source"].values()) == agreement[name]
    assert all(difference["explained"] for difference in agreement["differences"] if catalogue == "mx-tax-69b")


def test_everything_holds_and_a_file_sent_again_changes_nothing(demonstration: Path) -> None:
    """The whole demonstration verifies, and its newest file taken in once more adds no event."""
    size = assert_holds(demonstration)
    file = DATA / "mx_sat_69b" / "as_of_2022-11-30.parquet"
    again = succeed("ingest", file, "--feed", "mx-sat-69b", "--json", register=demonstration).json()
    assert (again["unchanged"], again["size"]) == (again["rows"], size)


def test_companies_that_are_only_presumed_are_nowhere(demonstration: Path) -> None:
    """To the public no company that is presumed and nothing more is there, neither as a standing nor in a search."""
    table = pq.read_table(DATA / "mx_sat_69b" / "as_of_2022-11-30.parquet").to_pylist()
    decided = {row["rfc"] for row in table if row["final_sat_date"]}
    presumed = [row["rfc"] for row in table if row["status"] == "Presunto" and row["rfc"] not in decided]
    assert len(presumed) > 50
    assert_not_there(f"mx-rfc:{presumed[0]}", NEVER_WAS, register=demonstration)
    overseen = succeed("standing", f"mx-rfc:{presumed[0]}", "--as", "overseer", "--json", register=demonstration).json()
    assert [case["value"] for case in overseen["cases"]] == ["presumed"]
    assert succeed("search", presumed[0], "--json", register=demonstration).json()["hits"] == []


def test_a_list_whose_file_names_nobody_who_decided_is_empty(demonstration: Path) -> None:
    """Mexico's file does not say who made a final decision: its proceedings are their parties' alone."""
    assert succeed("export", "simulated-invoicing", "--format", "jsonl", register=demonstration).out == b""
    table = pq.read_table(DATA / "mx_sat_69b" / "as_of_2022-11-30.parquet").to_pylist()
    final = next(row["rfc"] for row in table if row["status"] == "Definitivo")
    assert_not_there(f"mx-rfc:{final}", NEVER_WAS, register=demonstration)
    overseen = succeed("standing", f"mx-rfc:{final}", "--as", "overseer", "--json", register=demonstration).json()
    assert [case["value"] for case in overseen["cases"]] == ["final"]
    assert overseen["listings"] == []


def test_a_register_for_use_is_no_demonstration(tmp_path: Path) -> None:
    """`demo` does not pour its old data into a register that is for use."""
    succeed("init", tmp_path / "register")
    ran = run_in_process("demo", "--no-serve", register=tmp_path / "register")
    assert ran.code == 4
