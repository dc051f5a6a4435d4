"""The laboratory's pages: who says what, what came out, how far it may be quoted, and the report to keep."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.unit.web.laboratory.conftest import NAME
from tests.unit.web.markup import Markup

from goodstanding.web.laboratory import stored_reports
from goodstanding.web.laboratory.report_files import list_experiment_names

Report = dict[str, Any]
START = (
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" '
    f"content=\"default-src 'none'; style-src 'sha256-{'A' * 43}='; base-uri 'none'; form-action 'none'\">\n"
)


def read_text(anybody: Any, address: str) -> str:
    """The words of a page, on one line."""
    return " ".join(Markup(anybody.get(address).text).text.split())


def test_a_card_says_who_claims_who_denies_and_what_came_out(anybody: Any, report: Report) -> None:
    """Claim, counter-claim, both their sources, the verdict in words, the badge, the share with its interval."""
    text = read_text(anybody, "/laboratory")
    for side in ("claim", "counter"):
        assert report["experiment"][side]["says"] in text
        assert report["experiment"][side]["where"] in text
    assert report["verdict"]["heading"] in text
    assert report["verdict"]["sentence"] in text
    holds = report["result"]["holds"]
    assert f"{100 * holds['value']:.0f}% of the range tried" in text
    assert f"95% interval {100 * holds['low']:.0f} to {100 * holds['high']:.0f}%" in text


def test_each_share_is_said_to_be_no_probability(anybody: Any) -> None:
    """Once on each card, and on the page of an experiment."""
    cards = anybody.get("/laboratory.json").json()["cards"]
    assert read_text(anybody, "/laboratory").count("not a probability") >= len(cards)
    assert "not a probability" in read_text(anybody, f"/laboratory/{NAME}")


def test_a_bar_says_in_words_what_it_shows(anybody: Any) -> None:
    """Whoever hears the page hears the share and its interval."""
    page = anybody.get("/laboratory").text
    for card in anybody.get("/laboratory.json").json()["cards"]:
        assert f'role="img" aria-label="{card["says_share"]}"' in page


@pytest.mark.parametrize(
    ("change", "badge"),
    [
        ({"kind": "simulated"}, "simulated"),
        ({"kind": "real-data"}, "real data"),
        ({"kind": "accounting"}, "follows from the rules"),
        ({"kind": "control"}, "control"),
        ({"kind": "simulated", "put_in": "That is put in."}, "put in"),
    ],
)
def test_a_badge_says_what_kind_of_answer_it_is(
    anybody: Any, report: Report, put_report: Callable[..., Path], change: Report, badge: str
) -> None:
    """That an answer was put in comes before everything else."""
    report["experiment"].update(change)
    put_report(report)
    assert anybody.get(f"/laboratory/{NAME}.json").json()["summary"]["badge"] == badge


def test_assumptions_come_before_what_came_out(anybody: Any) -> None:
    """On the page of an experiment, in its first section."""
    page = anybody.get(f"/laboratory/{NAME}").text
    places = [page.index(f'id="{name}"') for name in ("assumed", "claim", "refute", "result", "repeat")]
    assert places == sorted(places)


def test_a_page_says_how_to_break_its_experiment(anybody: Any) -> None:
    """The file in which values, ranges and thresholds stand, and that the digest tells the two runs apart."""
    page = anybody.get(f"/laboratory/{NAME}").text
    assert "To break it, change a value, a range or a threshold" in page
    assert f"goodstanding/lab/experiments/{NAME}.yaml" in page


def test_a_report_of_an_older_text_is_marked(anybody: Any, report: Report, put_report: Callable[..., Path]) -> None:
    """One digest that no longer fits, or none of the experiment's own text."""
    put_report(report)
    assert anybody.get(f"/laboratory/{NAME}.json").json()["summary"]["outdated"] == []
    [text] = [digest for digest in report["digests"] if digest["of"] == "text"]
    text["sha256"] = "0" * 64
    put_report(report)
    assert anybody.get(f"/laboratory/{NAME}.json").json()["summary"]["outdated"] == [text["name"]]
    for address in ("/laboratory", f"/laboratory/{NAME}"):
        assert "As of an older text" in read_text(anybody, address)
    report["digests"].remove(text)
    put_report(report)
    assert anybody.get(f"/laboratory/{NAME}.json").json()["summary"]["outdated"] == [text["name"]]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("catalogue", "rongcheng-2014"),
        ("behaviour", "rongcheng-2014"),
        ("catalogue", "../../x"),
        ("data", "../../x.py"),
    ],
)
def test_every_text_that_it_rests_on_is_compared(
    anybody: Any, report: Report, put_report: Callable[..., Path], kind: str, name: str
) -> None:
    """Catalogues, behaviour and data too; a path that leads elsewhere is not followed, and fits nothing."""
    report["digests"].append({"of": kind, "name": name, "sha256": "0" * 64})
    put_report(report)
    assert anybody.get(f"/laboratory/{NAME}.json").json()["summary"]["outdated"] == [name]


def test_a_small_run_stands_beside_a_whole_one(anybody: Any, report: Report, put_report: Callable[..., Path]) -> None:
    """A run of this register with few points does not push a whole one away that fits, and is said with its share."""
    report["run"]["quick"], report["result"]["points"] = True, 16
    report["result"]["holds"] = {"value": 0.75, "low": 0.5, "high": 0.9}
    put_report(report)
    assert "Run again here with 16 points only: holds in part of the range; 75%, 50 to 90%." in read_text(
        anybody, "/laboratory"
    )
    summary = anybody.get(f"/laboratory/{NAME}.json").json()["summary"]
    assert (summary["own"], summary["quick"]) == (False, False)


def test_a_quick_run_alone_says_not_to_quote_it(
    anybody: Any, report: Report, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On its card, beside the verdict, where no whole one is there."""
    report["run"]["quick"] = True
    (reports / f"{NAME}.json").write_text(json.dumps(report), encoding="utf-8")
    monkeypatch.setattr(stored_reports, "FINISHED", reports.parent / "nothing")
    assert "A quick run with" in read_text(anybody, "/laboratory")


@pytest.mark.parametrize("share", [{"value": 0, "low": 0, "high": 0.21}, {"value": 1, "low": 0.79, "high": 1}])
def test_points_that_agree_and_are_too_few_are_no_verdict(
    anybody: Any, report: Report, put_report: Callable[..., Path], share: dict[str, float]
) -> None:
    """Nobody reads that a claim holds in part of the range where it held nowhere, or everywhere."""
    report["result"]["holds"] = share
    put_report(report)
    assert anybody.get(f"/laboratory/{NAME}.json").json()["summary"]["heading"] == "Too few points to say"


def test_a_claim_tried_under_several_schemes_has_a_headline_for_each(
    anybody: Any, report: Report, put_report: Callable[..., Path]
) -> None:
    """Title, verdict, share and figures of each; how they are joined; which end of an interval has to be reached."""
    scheme = {
        "scheme": "county", "title": "the county's points", "verdict": "does-not-hold", "sentence": "It does not.",
        "holds": {"value": 0.02, "low": 0.01, "high": 0.05}, "refuted": {"value": 0.6, "low": 0.5, "high": 0.7},
        "figures": [{"figure": "fallen", "says": "how many fell", "value": 0.25, "low": 0.2, "high": 0.3,
                     "by": "interval"}],
    }  # fmt: skip
    report["schemes"] = [scheme, scheme | {"scheme": "city", "title": "the city's points", "verdict": "void"}]
    report["experiment"]["joined"] = "It holds where it does under one of both."
    report["experiment"]["holds_when"]["end"] = "low"
    put_report(report)
    text = read_text(anybody, f"/laboratory/{NAME}")
    for words in (
        "The county's points: Does not hold",
        "The city's points: Void",
        "How many fell",
        "It holds where it does under one of both.",
        "The lower end of the measure’s 95% interval is at",
    ):
        assert words in text


def test_what_nobody_ran_is_named_with_the_command(anybody: Any) -> None:
    """Every experiment that comes with the program is on the page: with a report, or as one that has none yet."""
    twin = anybody.get("/laboratory.json").json()
    assert sorted([card["experiment"] for card in twin["cards"]] + twin["unrun"]) == list_experiment_names()
    assert "goodstanding lab run all --out" in read_text(anybody, "/laboratory")


def test_the_report_is_handed_out_as_a_file_and_never_shown(
    anybody: Any, reports: Path, report: Report, put_report: Callable[..., Path]
) -> None:
    """It has a style of its own, which the site's policy would block: so it is an attachment, in a sandbox."""
    put_report(report)
    digests = " ".join(digest["sha256"] for digest in report["digests"])
    (reports / f"{NAME}.html").write_text(f"{START}<p>{digests}", encoding="utf-8")
    assert f"/laboratory/{NAME}/report.html" in anybody.get(f"/laboratory/{NAME}").text
    answer = anybody.get(f"/laboratory/{NAME}/report.html")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{NAME}.html"'
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "page",
    [
        "<script>alert(1)</script>",
        START.replace("default-src 'none'", "default-src *") + "<p>",
        START.replace('<meta charset="utf-8">', '<script src="x"></script>'),
        START + '<meta http-equiv="refresh" content="0;url=https://example.org">',
        START + '<a href="https://example.org">Sign in</a>',
        START + "<SCRIPT >alert(1)</SCRIPT>",
        START + "<iframe src=x>",
        START + "x" * 2_100_000,
    ],
    ids=["script", "other policy", "before the policy", "leads on", "link", "late script", "frame", "large"],
)
def test_a_file_that_could_do_anything_is_not_handed_out(
    anybody: Any, reports: Path, report: Report, put_report: Callable[..., Path], page: str
) -> None:
    """It begins with a policy that forbids it everything, leads nowhere, and is of the same run."""
    put_report(report)
    digests = " ".join(digest["sha256"] for digest in report["digests"])
    (reports / f"{NAME}.html").write_text(page + digests, encoding="utf-8")
    assert anybody.get(f"/laboratory/{NAME}/report.html").status_code == 404
    assert "report.html" not in anybody.get(f"/laboratory/{NAME}").text


def test_a_file_of_another_run_or_behind_a_link_is_not_handed_out(
    anybody: Any, reports: Path, report: Report, put_report: Callable[..., Path]
) -> None:
    """The page and its file say the same, or there is no file."""
    put_report(report)
    (reports / f"{NAME}.html").write_text(START, encoding="utf-8")
    assert anybody.get(f"/laboratory/{NAME}/report.html").status_code == 404
    (reports / f"{NAME}.html").unlink()
    digests = " ".join(digest["sha256"] for digest in report["digests"])
    (reports.parent / "secret").write_text(START + digests, encoding="utf-8")
    (reports / f"{NAME}.html").symlink_to(reports.parent / "secret")
    assert anybody.get(f"/laboratory/{NAME}/report.html").status_code == 404


def test_an_experiment_that_nobody_knows_is_not_there(anybody: Any) -> None:
    """With what would be right, as a page and as JSON."""
    assert anybody.get("/laboratory/no-such-claim").status_code == 404
    assert "goodstanding lab run all" in json.dumps(anybody.get("/laboratory/no-such-claim.json").json())


def test_the_site_loads_nothing_of_the_laboratory() -> None:
    """Its pages are made where none of its libraries is installed, not even numba and numpy."""
    code = """
import sys
for library in ("numba", "numpy", "scipy", "jinja2"):
    sys.modules[library] = None  # as where it is not installed
import goodstanding.web.laboratory.report_age
import goodstanding.web.laboratory.report_files as files
reports = [files.read_report(files.FINISHED, file.stem) for file in files.FINISHED.glob("*.json")]
print(len(reports) > 0, [name for name in sys.modules if name.startswith("goodstanding.lab.")])
"""
    ended = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert ended.stdout == "True []\n"


def test_the_start_page_and_every_footer_lead_here(anybody: Any) -> None:
    """In the main navigation, wherever somebody comes in."""
    for address in ("/", "/charter"):
        assert 'href="/laboratory"' in anybody.get(address).text
