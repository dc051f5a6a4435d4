"""Files in the folder of reports that somebody made to do harm: each is refused or shown as plain text."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.unit.web.laboratory.conftest import NAME
from tests.unit.web.markup import Markup

from goodstanding.errors import BadFile
from goodstanding.web.laboratory.report_files import is_report_name, list_report_names, read_report
from goodstanding.web.laboratory.report_values import LONGEST_LINE, MOST_ENTRIES
from goodstanding.web.laboratory.stored_reports import find_report

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>\" onload='alert(1)' {{ 7|add:7 }} javascript:alert(1)"
Report = dict[str, Any]
Change = Callable[[Report], object]


def list_text_places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where texts stand in a report."""
    if isinstance(value, str):
        yield path
    elif isinstance(value, dict | list):
        entries = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in entries:
            yield from list_text_places(inner, (*path, key))


def set_text(report: Report, path: tuple[str | int, ...], text: Any) -> Any:
    """Writes a value at a place and gives what stood there."""
    place: Any = report
    for key in path[:-1]:
        place = place[key]
    before, place[path[-1]] = place[path[-1]], text
    return before


def test_a_script_in_any_text_is_refused_or_shown_as_words(
    anybody: Any, report: Report, put_report: Callable[..., Path]
) -> None:
    """Every text of a report, one by one: words of the code admit none, and all others are escaped on both pages."""
    refused = []
    for path in list(list_text_places(report)):
        before = set_text(report, path, SCRIPT)
        file = put_report(report)
        try:
            read_report(file.parent, NAME)
        except BadFile:
            refused.append(path)
            set_text(report, path, before)
    assert len(refused) < len(list(list_text_places(report))) / 2
    assert ("verdict", "verdict") in refused
    assert ("digests", 0, "sha256") in refused
    put_report(report)
    for address in ("/laboratory", f"/laboratory/{NAME}"):
        page = anybody.get(address)
        markup = Markup(page.text)
        assert page.status_code == 200
        assert "<script>alert(1)</script>" in markup.text  # shown, as words
        assert not markup.tags & {"script", "img", "iframe", "object", "style"}
        assert not {name for name in markup.attributes if name.startswith("on") or name == "style"}
        assert all(address.startswith(("/", "#", "?")) for address in markup.addresses)


@pytest.mark.parametrize("key", [SCRIPT, "../../etc", "a b", "", "A", "x" * 81, "é"])
def test_a_key_that_is_no_name_is_refused(report: Report, put_report: Callable[..., Path], key: str) -> None:
    """Names of parameters become words on a chart, so they are small letters, digits and hyphens."""
    report["experiment"]["parameters"][key] = report["experiment"]["parameters"]["relation"]
    file = put_report(report)
    with pytest.raises(BadFile):
        read_report(file.parent, NAME)


def _grow(report: Report) -> None:
    report["model"] = report["model"] * MOST_ENTRIES


CHANGES: dict[str, Change] = {
    "not a number": lambda report: report["result"]["holds"].update(value=float("nan")),
    "without end": lambda report: report["result"]["default"].update(value=float("inf")),
    "a huge number": lambda report: report["result"]["default"].update(value=1e300),
    "a huge count": lambda report: report["run"].update(trials=10**400),
    "no points": lambda report: report["result"].update(points=0),
    "a share above one": lambda report: report["result"]["holds"].update(value=1.5, high=2.0),
    "a share outside its interval": lambda report: report["result"]["holds"].update(value=0.1),
    "a text for a number": lambda report: report["result"]["holds"].update(value="much"),
    "a long text": lambda report: report["experiment"].update(title="x" * (LONGEST_LINE + 1)),
    "a turned text": lambda report: report["experiment"].update(title="abc\u202edef"),
    "a bell": lambda report: report["experiment"].update(title="abc\x07def"),
    "too many parts": _grow,
    "a strange verdict": lambda report: report["verdict"].update(verdict="guilty"),
    "a verdict against its figures": lambda report: report["verdict"].update(verdict="holds-almost-everywhere"),
    "a denial against its figures": lambda report: report["verdict"].update(verdict="does-not-hold"),
    "void without a cause": lambda report: report["verdict"].update(verdict="void"),
    "a control that fails in silence": lambda report: report["result"]["controls"][0].update(vanishes=False),
    "an unknown parameter": lambda report: report["result"]["weights"][0].update(parameter="nobody"),
    "an unknown flip": lambda report: report["result"].update(
        flip={"parameter": "nobody", "default": 0, "value": 1, "share_of_range": 1}
    ),
    "another experiment": lambda report: report["experiment"].update(experiment="negative-controls"),
    "a part that is missing": lambda report: report.pop("run"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_report_that_cannot_be_true_is_not_shown(
    anybody: Any, report: Report, put_report: Callable[..., Path], change: Change
) -> None:
    """The page says that it is not shown, shows the one that comes with the program, and goes on."""
    change(report)
    file = put_report(report)
    with pytest.raises(BadFile):
        read_report(file.parent, NAME)
    _assert_not_shown(anybody)


def _assert_not_shown(anybody: Any) -> None:
    [unread] = anybody.get("/laboratory.json").json()["unread"]
    assert unread["experiment"] == NAME
    page = anybody.get(f"/laboratory/{NAME}")
    assert page.status_code == 200
    assert "newer report that cannot be shown" in page.text
    assert anybody.get(f"/laboratory/{NAME}.json").json()["summary"]["own"] is False


def _cut(report: Report, file: Path) -> None:
    text = json.dumps(report)
    file.write_text(text[: len(text) // 2], encoding="utf-8")


def _nest(report: Report, file: Path) -> None:
    file.write_text('{"verdict":' + "[" * 100_000 + "]" * 100_000 + "}", encoding="utf-8")


def _link(report: Report, file: Path) -> None:
    (file.parent.parent / "secret").write_text(json.dumps(report), encoding="utf-8")
    file.symlink_to(file.parent.parent / "secret")


FILES: dict[str, Callable[[Report, Path], object]] = {
    "half-written": _cut,
    "empty": lambda report, file: file.touch(),
    "ten megabytes": lambda report, file: file.write_bytes(json.dumps(report).encode() + b" " * 10_000_000),
    "no text": lambda report, file: file.write_bytes(b"\xff\xfe\x00\x01" * 100),
    "nested without end": _nest,
    "a list": lambda report, file: file.write_text("[]"),
    "a bare number": lambda report, file: file.write_text("NaN"),
    "a link": _link,
    "a link to nothing": lambda report, file: file.symlink_to(file.parent / "nowhere"),
    "a folder": lambda report, file: file.mkdir(),
    "a pipe": lambda report, file: os.mkfifo(file),
}


@pytest.mark.parametrize("make", FILES.values(), ids=FILES)
def test_a_file_that_is_no_report_is_not_shown(
    anybody: Any, report: Report, reports: Path, make: Callable[[Report, Path], object]
) -> None:
    """Cut short, too large, a link, a pipe on which a reader would wait for ever: none is followed or waited for."""
    make(report, reports / f"{NAME}.json")
    _assert_not_shown(anybody)


@pytest.mark.parametrize(
    "name",
    ["..", "../secret", "..%2fsecret", "a/b", "/etc/passwd", "A", "a--b", "-a", "a.b", "", "x" * 81, "a\n", "a\0"],
)
def test_no_name_leads_out_of_the_folder(anybody: Any, reports: Path, report: Report, name: str) -> None:
    """A name is small letters, digits and hyphens, or nothing is looked for."""
    (reports.parent / "secret.json").write_text(json.dumps(report), encoding="utf-8")
    assert not is_report_name(name)
    assert find_report(name) is None
    for address in (f"/laboratory/{name}x", f"/laboratory/{name}.json", f"/laboratory/{name}/report.html"):
        assert anybody.get(address).status_code in (400, 404)


def test_files_with_other_names_are_passed_over(anybody: Any, reports: Path, report: Report) -> None:
    """What is no name of an experiment is neither listed nor opened."""
    shown = list_report_names()
    for name in ("<b>", "A-B", "x y", "..", "x" * 90):
        (reports / f"{name}.json").write_text(json.dumps(report), encoding="utf-8")
    assert list_report_names() == shown
    assert anybody.get("/laboratory").status_code == 200


def test_a_folder_that_is_not_there_is_an_empty_one(anybody: Any, reports: Path) -> None:
    """Whoever never ran an experiment sees those that come with the program."""
    reports.rmdir()
    assert anybody.get("/laboratory.json").json()["cards"]
