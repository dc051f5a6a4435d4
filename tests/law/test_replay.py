"""Mexico's proceedings under article 69-B, replayed from the two files that the repository carries."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from goodstanding.catalogue import load_library
from goodstanding.cli.replay_commands import render_replay_markdown
from goodstanding.intake.replay.catalogue_replay import CatalogueReplay, replay_files
from goodstanding.procedure.history_replay import SequenceFinding

ROOT = Path(__file__).parents[2]
DATA = ROOT / "src" / "goodstanding" / "demonstration" / "data" / "mx_sat_69b"
PAGE = ROOT / "docs" / "explanation" / "mexican-proceedings.md"
OLD, NEW = date(2021, 5, 18), date(2022, 11, 30)
CATALOGUE = load_library()["mx-tax-69b"]
COUNTS = {
    "before-opening": (0, 0, 0),
    "ruled-before-decision": (60, 81, 82),
    "decided-after-ruling": (17, 26, 27),
    "decided-after-withdrawal": (0, 0, 0),
    "withdrawn-after-decision": (8, 10, 10),
    "does-not-follow": (4, 6, 6),
    "done-again": (27, 54, 55),
    "reply-cut-short": (0, 0, 0),
    "decided-late": (9_027, 9_617, 9_617),
    "never-decided": (207, 98, 219),
    "published-early": (3, 1, 4),
    "not-published": (119, 2, 121),
    "no-day": (1, 2, 2),
    "status-differs": (18, 8, 25),
    "came-back": (0, 16, 16),
    "status-backwards": (0, 4, 4),
    "day-replaced": (0, 31, 31),
    "day-changed": (0, 1, 1),
    "day-removed": (0, 2, 2),
    "day-told-late": (0, 33, 33),
    "number-changed": (0, 217, 217),
    "opening-told-late": (0, 1, 1),
    "left-out": (0, 1, 1),
}


@pytest.fixture(scope="module")
def catalogue_replay() -> CatalogueReplay:
    """The replay of both files."""
    return replay_files([DATA / f"as_of_{day}.parquet" for day in (OLD, NEW)], CATALOGUE)


def list_findings(replayed: CatalogueReplay, rule: str) -> list[SequenceFinding]:
    """The findings of a rule."""
    return [finding for finding in replayed.replay.findings if finding.rule == rule]


def test_the_published_status_follows_from_the_dated_steps(catalogue_replay: CatalogueReplay) -> None:
    """9,820 of 9,838 statuses on the first file's day and 9,955 of 9,963 on the second's; no row is refused."""
    counts = {
        statement.day: (statement.proceedings, statement.published, statement.follow)
        for statement in catalogue_replay.replay.stated
    }
    assert counts == {OLD: (9_838, 9_838, 9_820), NEW: (9_963, 9_963, 9_955)}
    assert (catalogue_replay.refused, catalogue_replay.replay.proceedings) == (0, 9_964)


def test_each_status_that_does_not_follow_is_explained(catalogue_replay: CatalogueReplay) -> None:
    """The catalogue names what in the row may explain it; there is no exception beside those."""
    differing = list_findings(catalogue_replay, "status-differs")
    assert len(differing) == 25
    assert [finding for finding in differing if "unexplained" in str(finding.note)] == []


def test_the_rules_are_broken_as_often_as_is_written_here(catalogue_replay: CatalogueReplay) -> None:
    """By file and in all; a change of reading shows here before it shows in the document."""
    broken = {
        broken_rule.rule: (*broken_rule.by_day.values(), broken_rule.proceedings)
        for broken_rule in catalogue_replay.replay.broken
    }
    assert broken == COUNTS


def test_sixteen_proceedings_came_back_and_thirteen_had_been_decided_again_before(
    catalogue_replay: CatalogueReplay,
) -> None:
    """Annulled in 2021, final in 2022: in thirteen the second decision is dated before the file that says annulled."""
    came_back = list_findings(catalogue_replay, "came-back")
    assert {str(finding.note) for finding in came_back} == {"annulled, then final"}
    decided = [dict(finding.days)["final"] for finding in came_back]
    assert (len(decided), sum(day is not None and day <= OLD for day in decided)) == (16, 13)


def test_the_sixteen_stand_in_the_files_as_the_replay_says(catalogue_replay: CatalogueReplay) -> None:
    """Read plainly from both files, by tax number and notice, without any of the replay's code."""
    status = {}
    for day in (OLD, NEW):
        rows = pq.read_table(DATA / f"as_of_{day}.parquet").to_pylist()
        status[day] = {f"{row['rfc']}/{row['presumption_sat_notice']}": row["status"] for row in rows}
    plainly = {key for key, printed_status in status[OLD].items()
               if printed_status == "Sentencia Favorable" and status[NEW].get(key) == "Definitivo"}  # fmt: skip
    assert plainly == {finding.reference for finding in list_findings(catalogue_replay, "came-back")}
    assert {finding.reference for finding in list_findings(catalogue_replay, "left-out")} == set(status[OLD]) - set(
        status[NEW]
    )


def test_one_numbered_decision_was_dated_otherwise_without_a_word(catalogue_replay: CatalogueReplay) -> None:
    """217 proceedings give a notice another number; it is one decision of 23 November 2018, which became the 22nd."""
    changed = [str(finding.note) for finding in list_findings(catalogue_replay, "number-changed")]
    before, after = "500-05-2018-32751 de fecha 23 de", "500-05-2018-32751 de fecha 22 de"
    assert len(changed) == 217
    assert [note for note in changed if not (before in note and after in note)] == []


def test_the_documents_tables_are_those_of_the_command(catalogue_replay: CatalogueReplay) -> None:
    """Between its two marks the page says what the command writes today."""
    page = PAGE.read_text(encoding="utf-8")
    generated = page.partition("<!-- made by the command -->\n\n")[2].partition("<!-- end -->")[0]
    assert generated == render_replay_markdown(catalogue_replay)


def test_the_document_names_no_company(catalogue_replay: CatalogueReplay) -> None:
    """Counts are enough to explain: no tax number of the files stands in the page."""
    page = PAGE.read_text(encoding="utf-8")
    named = {finding.reference.split("/")[0] for finding in catalogue_replay.replay.findings}
    assert [number for number in named if number in page] == []


def test_a_replay_is_plain_data(catalogue_replay: CatalogueReplay) -> None:
    """As JSON it has the same counts and findings."""
    from goodstanding.cli.output import encode_json

    printed = json.loads(encode_json(catalogue_replay))["replay"]
    assert printed["stated"][0] == {"day": "2021-05-18", "proceedings": 9_838, "published": 9_838, "follow": 9_820}
    assert len(printed["findings"]) == len(catalogue_replay.replay.findings)
