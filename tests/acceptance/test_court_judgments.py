"""Court judgments taken in by the real program: on file for the parties, and nothing that anybody sees."""

from __future__ import annotations

from pathlib import Path

from tests.acceptance.program import assert_not_there, succeed
from tests.acceptance.short_data import DATA

FEEDS = {
    "uk-food-judgments": ("england_as_of_2015-02-23.parquet", 21),
    "ca-montreal-food-judgments": ("montreal_as_of_2017-12-05.parquet", 598),
}


def test_the_demonstration_keeps_judgments_for_their_parties(demonstration: Path) -> None:
    """The overseer sees a conviction with its day; to anybody its company is not there, and no list has an entry."""
    company = "uk-fsa-prosecution:13-14-6"
    assert_not_there(company, "uk-fsa-prosecution:13-14-999", register=demonstration)
    (case,) = succeed("standing", company, "--json", "--as", "overseer", register=demonstration).json()["cases"]
    assert (case["value"], case["valid_from"]) == ("convicted", "2013-09-27")
    for name in ("food-convictions-england", "food-convictions-montreal"):
        assert succeed("export", name, "--format", "jsonl", register=demonstration).out == b""


def test_judgments_go_in_whole_and_once(register: Path) -> None:
    """Every row of both files is issued, none is put aside, and the same file again changes nothing."""
    for feed, (file, rows) in FEEDS.items():
        path = DATA / "food_convictions" / file
        first = succeed("ingest", path, "--feed", feed, "--json", register=register).json()
        assert (first["issued"], first["quarantined"]) == (rows, 0)
        again = succeed("ingest", path, "--feed", feed, "--json", register=register).json()
        assert (again["issued"], again["unchanged"]) == (0, rows)
