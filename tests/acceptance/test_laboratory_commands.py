"""The laboratory's commands as a person uses them: listed, run, taken up again, refused."""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path

import pytest
from tests.acceptance.program import PROGRAM, CommandResult, build_environment, run_in_process, succeed

INSPECTIONS, COMPOSITES = "looking-where-it-matters", "apples-and-oranges"


def run_quickly(name: str, folder: Path, *options: str) -> CommandResult:
    """A quick run into a folder."""
    return run_in_process("lab", "run", name, "--quick", "--agents", "1000", "--out", folder, *options)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the reports of both experiments; only read."""
    out = tmp_path_factory.mktemp("laboratory") / "out"
    for name in (INSPECTIONS, COMPOSITES):
        assert run_quickly(name, out).code == 0
    return out


def test_the_list_names_each_claim_and_how_it_is_tried() -> None:
    """For people and for programs."""
    rows = {row["experiment"]: row for row in succeed("lab", "list", "--json").json()}
    assert {INSPECTIONS, COMPOSITES} <= rows.keys()
    assert rows[INSPECTIONS]["kind"] == "real-data"
    assert all(len(row["digest"]) == 64 for row in rows.values())
    assert INSPECTIONS in succeed("lab", "list").text()


def test_a_run_leaves_a_report_its_twin_and_every_point(folder: Path) -> None:
    """The page and the JSON say the same verdict; finished points lie beside them."""
    for name in (INSPECTIONS, COMPOSITES):
        twin = json.loads((folder / f"{name}.json").read_bytes())
        page = (folder / f"{name}.html").read_text(encoding="utf-8")
        assert twin["verdict"]["heading"] in page
        assert twin["run"]["command"] == f"goodstanding lab run {name} --agents 1000 --seed 1 --quick"
        assert list((folder / name).glob("*.parquet"))


def test_a_run_says_before_how_long_it_takes_and_after_that_nothing_is_left(folder: Path, tmp_path: Path) -> None:
    """First the points and a time; the second time that every point is finished, and the same bytes."""
    first = run_quickly(COMPOSITES, tmp_path)
    assert "99 points to run, about " in first.err
    assert (tmp_path / f"{COMPOSITES}.json").read_bytes() == (folder / f"{COMPOSITES}.json").read_bytes()
    assert (tmp_path / f"{COMPOSITES}.html").read_bytes() == (folder / f"{COMPOSITES}.html").read_bytes()
    again = run_quickly(COMPOSITES, tmp_path, "--json")
    assert "every point is finished" in again.err
    (summary,) = again.json()
    assert (summary["experiment"], summary["report"]) == (COMPOSITES, str(tmp_path / f"{COMPOSITES}.html"))


def test_a_run_that_is_killed_halfway_goes_on_and_leaves_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    """Nobody can catch that signal: what was whole on disk is kept, and the report is that of a quiet run."""
    words = ("lab", "run", COMPOSITES, "--quick", "--agents", "1000", "--out", str(tmp_path))
    with subprocess.Popen([PROGRAM, *words], env=build_environment(), stderr=subprocess.DEVNULL) as process:
        while process.poll() is None and not list(tmp_path.glob("*/*.parquet")):
            time.sleep(0.01)
        process.kill()
    assert not (tmp_path / f"{COMPOSITES}.json").exists()
    resumed = run_quickly(COMPOSITES, tmp_path)
    assert 0 < int(resumed.err.partition(": ")[2].partition(" points to run")[0]) < 99
    for ending in ("json", "html"):
        assert (tmp_path / f"{COMPOSITES}.{ending}").read_bytes() == (folder / f"{COMPOSITES}.{ending}").read_bytes()


@pytest.mark.parametrize(
    ("name", "options", "code", "words"),
    [
        ("no-such-claim", (), 3, "apples-and-oranges"),
        (COMPOSITES, ("--seed", "2"), 3, "results of another run"),
        (COMPOSITES, ("--seed", "-1"), 2, "--seed"),
        (COMPOSITES, ("--agents", "3"), 2, "--agents"),
        (COMPOSITES, ("--agents", "999999999999"), 2, "--agents"),
    ],
)
def test_what_cannot_be_run_is_refused(
    folder: Path, name: str, options: tuple[str, ...], code: int, words: str
) -> None:
    """An unknown name, a folder of another run, a number that is none: what is wrong, and what would be right."""
    refused = run_quickly(name, folder, *options)
    assert refused.code == code
    assert words in refused.err


def test_a_void_experiment_ends_with_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its report is written all the same, and says that nothing can be concluded."""
    from goodstanding.lab.experiments import experiment_runs
    from goodstanding.lab.experiments.setups.setup import Measurement, Setup

    leaking = Setup(lambda values, seed, switch, size: Measurement(values["relation"]))
    monkeypatch.setattr(experiment_runs, "get_setup", lambda name: leaking)
    ended = run_quickly(COMPOSITES, tmp_path)
    assert ended.code == 1
    assert "Nothing can be concluded" in ended.text()
    assert "Nothing can be concluded" in (tmp_path / f"{COMPOSITES}.html").read_text(encoding="utf-8")


def test_the_site_reads_and_hands_out_what_a_run_leaves(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both reports are as the site asks for, fit the texts of today, and may be taken away as one file."""
    from goodstanding import config
    from goodstanding.web.laboratory.report_age import list_outdated_texts
    from goodstanding.web.laboratory.report_files import find_report_page, read_report

    monkeypatch.setattr(config, "_current", config.RegisterSettings(folder, laboratory="."))
    for name in (INSPECTIONS, COMPOSITES):
        report = read_report(folder, name)
        assert list_outdated_texts(report) == []
        assert find_report_page(name, report) == (folder / f"{name}.html").read_bytes()
