"""The pages on how the authorities do: who sees what, what is left out, and that nothing in them runs."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests import registers
from tests.many_cases import CATALOGUE, OFFICES, build_catalogue, write_cases
from tests.registers import NOW

from goodstanding import config
from goodstanding.oversight.application_answers import ANSWERS
from goodstanding.oversight.cases.case_outcomes import AGES, DAYS_LEFT, DISPUTED, RECORDS
from goodstanding.oversight.notice_coverage import NOTICE_SERVICES

pytestmark = pytest.mark.each_database

CASES = 900
FIRST, LAST = date(2025, 1, 20), NOW.date()
NEVER_PUBLIC = ("clusters", "officials")
OTHERS = (
    ("source", OFFICES[0].source), ("decider", OFFICES[0].source), ("appeal", "appeal-body"), ("recipient", ""),
    ("applicant", ""), ("relying-party", ""), ("operator", ""),
)  # fmt: skip


@pytest.fixture(scope="module")
def oversight_folder(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, database_kind: str
) -> Path:
    """The folder of a register in which several offices heard many cases."""
    from goodstanding.register.storage.lifecycle import use_register

    folder = tmp_path_factory.mktemp("watched") / "register"
    registers.make_register(
        folder, registers.get_database_url(request, database_kind), [build_catalogue()], date(2025, 1, 17)
    )
    with use_register(folder):
        write_cases(CASES, FIRST, LAST)
    return folder


@pytest.fixture
def oversight_register(oversight_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[config.RegisterSettings]:
    """That register, opened for one test, on the last day of its cases."""
    from goodstanding.register.storage.lifecycle import use_register

    monkeypatch.setenv("GOODSTANDING_TODAY", LAST.isoformat())
    with use_register(oversight_folder) as settings:
        yield settings


@pytest.fixture
def client(oversight_register: config.RegisterSettings) -> Callable[..., Any]:
    """A client signed in with a role and scope; without a role that of anybody."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    from goodstanding.web.models import Account

    def open_client(role: str = "", scope: str = "") -> Any:
        client = Client(headers={"host": "localhost"})
        if role:
            user, _new = get_user_model().objects.get_or_create(username=role)
            Account.objects.update_or_create(user=user, defaults={"role": role, "scope": scope})
            client.force_login(user)
        return client

    return open_client


def list_tables(page: dict[str, Any]) -> list[dict[str, Any]]:
    """Every table of a page."""
    return [table for section in page["sections"] for finding in section["findings"] for table in finding["tables"]]


def test_a_finished_year_is_open_to_anybody_without_cases_and_officials(client: Callable[..., Any]) -> None:
    """Anybody reads the figures of a year that is over, and no case, official or reason behind them."""
    page = client().get("/oversight.json").json()
    assert (page["first_day"], page["last_day"]) == (f"{LAST.year - 1}-01-01", f"{LAST.year - 1}-12-31")
    assert {name: page[name] for name in NEVER_PUBLIC} == dict.fromkeys(NEVER_PUBLIC)
    assert len(list_tables(page)) >= 8
    seen = client().get("/oversight").text
    assert "/cases/" not in seen
    assert "In the bid of file" not in seen + json.dumps(page)


def test_a_year_that_goes_on_is_not_public(client: Callable[..., Any]) -> None:
    """What one day's figures have more than the day before's would tell of few, so this year is refused to anybody."""
    for year in (LAST.year, LAST.year + 1, 1800, "x"):
        refused = client().get(f"/oversight.json?year={year}")
        assert refused.status_code == 400
        assert str(LAST.year - 1) in refused.text


def test_the_overseers_page_leads_to_what_waits_for_that_office(client: Callable[..., Any]) -> None:
    """Changes of sources and claims are told nowhere else; the public page leads to neither."""
    links = [f'href="/{address}"' for address in ("source-changes", "account/claims")]
    for page, leads in ((client("overseer").get("/overseer").text, True), (client().get("/oversight").text, False)):
        assert [link in page for link in links] == [leads, leads]


def test_only_the_overseer_sees_what_is_behind_the_figures(client: Callable[..., Any]) -> None:
    """Any days, cases that read alike and officials are for the overseer; every other role is refused and told why."""
    page = client("overseer").get("/overseer.json").json()
    assert page["clusters"]
    assert page["clusters"][0]["cases"]
    for role, scope in OTHERS:
        for address in ("/overseer", "/overseer.json", "/overseer/tables/missed-by-source.csv",
                        "/overseer/charts/open-wide.svg", "/overseer/cases?table=open-by-age",
                        "/overseer/case?number=GS-1"):  # fmt: skip
            refused = client(role, scope).get(address)
            assert refused.status_code == 403, (role, address)
    assert client().get("/overseer").status_code in (302, 403)


def test_no_small_count_is_public(client: Callable[..., Any]) -> None:
    """In no public table stands a count from 1 to 9, what is left out is said to be, and nothing leads to cases."""
    shown = list_tables(client().get("/oversight.json").json())
    assert not any(cell["address"] for table in shown for row in table["rows"] for cell in row["cells"])
    small, hidden = [], 0
    for table in shown:
        counts = {"total", "missed", "overturned", "shared", "upheld", *UNITS}
        for row in table["rows"]:
            for column, cell in zip(table["columns"], row["cells"], strict=True):
                hidden += cell["hidden"]
                if column["name"] in counts and cell["value"] in range(1, 10):
                    small.append((table["name"], row["name"], column["name"], cell["value"]))
    assert small == []
    assert hidden > 10


UNITS = frozenset(
    (*AGES, *DAYS_LEFT, *DISPUTED, *RECORDS, *NOTICE_SERVICES, *ANSWERS, "in-time", "late", "look-ups", "events")
)


def test_the_overseer_sees_every_count(client: Callable[..., Any]) -> None:
    """For the overseer nothing is left out, and small counts stand as they are."""
    cells = [
        cell
        for table in list_tables(client("overseer").get(f"/overseer.json?from=2025-01-20&to={LAST}").json())
        for row in table["rows"]
        for cell in row["cells"]
    ]
    assert not any(cell["hidden"] for cell in cells)
    assert any(cell["value"] in range(1, 10) for cell in cells)


@pytest.mark.parametrize(
    ("table_name", "column"),
    [
        ("open-by-age", "total"), ("open-by-source", "week"), ("missed-by-source", "missed"),
        ("missed-by-step", "missed"), ("overturned-by-source", "overturned"), ("overturned-by-source", "total"),
        ("disputes-by-source", "wrong"), ("reasons-by-source", "shared"), ("notices-by-source", "total"),
        ("conduct-1", "upheld"), ("days-by-source", "decisions"),
    ],
)  # fmt: skip
def test_a_figure_leads_to_its_cases(client: Callable[..., Any], table_name: str, column: str) -> None:
    """Each count of the overseer leads to as many cases as it counts; steps and appeals can be several in one case."""
    overseer = client("overseer")
    page = overseer.get(f"/overseer.json?from=2025-01-20&to={LAST}").json()
    [table] = [table for table in list_tables(page) if table["name"] == table_name]
    at = [head["name"] for head in table["columns"]].index(column)
    counted = [(row["kind"], row["cells"][at]) for row in table["rows"] if row["cells"][at]["value"]]
    assert counted
    for _kind, cell in counted[:4] + counted[-1:]:
        behind = overseer.get(cell["address"].replace("/cases?", "/cases.json?")).json()
        assert behind["title"] == table["title"]
        assert 0 < behind["paging"]["total"] <= cell["value"]
        if column not in {"missed", "overturned"} and table_name != "overturned-by-source":
            assert behind["paging"]["total"] == cell["value"]
    case = behind["cases"][0]["case"]
    assert overseer.get(case["address"]).status_code == 200
    assert case["title"] in overseer.get(cell["address"]).text


@pytest.mark.parametrize("typed", ["GS-{}", "gs{}", " {} ", "GS-000{}"])
def test_a_case_is_found_by_its_number(client: Callable[..., Any], typed: str) -> None:
    """The overseer types a number as letters write it, and reads the case."""
    overseer = client("overseer")
    [cell] = find_cells(overseer, "open-by-age", "all", "total")
    [first, *_] = overseer.get(cell["address"].replace("/cases?", "/cases.json?")).json()["cases"]
    opened = overseer.get("/overseer/case", {"number": typed.format(first["number"])})
    assert (opened.status_code, opened.headers["Location"]) == (302, f"/cases/{first['number']}")


def find_cells(overseer: Any, table_name: str, kind: str, column: str) -> list[dict[str, Any]]:
    """The cells of one column in the rows of a kind."""
    tables = list_tables(overseer.get(f"/overseer.json?from=2025-01-20&to={LAST}").json())
    [table] = [table for table in tables if table["name"] == table_name]
    at = [head["name"] for head in table["columns"]].index(column)
    return [row["cells"][at] for row in table["rows"] if row["kind"] == kind]


@pytest.mark.parametrize("typed", ["", "GS-0", "GS-999999", "9" * 30, "<b>", "1"])
def test_a_number_of_no_case_is_answered(client: Callable[..., Any], typed: str) -> None:
    """What is no number of a case is not found, with an example of what would be right."""
    answer = client("overseer").get("/overseer/case", {"number": typed})
    assert answer.status_code == 404
    assert "GS-1042" in answer.text


def test_counts_are_those_of_the_ledger(client: Callable[..., Any]) -> None:
    """The appeals, missed steps and open cases of all sources together are what the events say, counted by hand."""
    from goodstanding.ledger.models import Event

    page = client("overseer").get(f"/overseer.json?from=2026-01-01&to={LAST}").json()
    tables_by_name = {table["name"]: table for table in list_tables(page)}
    decided = Event.objects.filter(kind="AppealDecided").values_list("body", flat=True)
    bodies = [json.loads(body) if isinstance(body, str | bytes) else body for body in decided]
    late_bodies = [body for body in bodies if body["day"] >= "2026-01-01"]
    [every] = [row for row in tables_by_name["overturned-by-source"]["rows"] if row["kind"] == "all"]
    assert [cell["value"] for cell in every["cells"][:2]] == [
        sum(not body["upheld"] for body in late_bodies),
        len(late_bodies),
    ]
    [figure] = [glance_line for glance_line in page["glance"] if glance_line["title"] == "Overturned on appeal"]
    assert figure["of"] == f"of {len(late_bodies):,}"


def test_a_source_that_decides_otherwise_stands_out(client: Callable[..., Any]) -> None:
    """The office whose decisions fall most often on appeal is marked, and the one that writes alike leads its chart."""
    page = client("overseer").get(f"/overseer.json?from=2025-01-20&to={LAST}").json()
    findings = {finding["name"]: finding["finding"] for section in page["sections"] for finding in section["findings"]}
    assert "clearly above the register" in findings["overturned"]
    [table] = [any_table for any_table in list_tables(page) if any_table["name"] == "reasons-by-source"]
    shares = {row["name"]: row["cells"][2]["value"] for row in table["rows"] if row["kind"] == "row"}
    assert max(shares, key=lambda name: shares[name] or 0) == "example-buyer-linhe"


def test_every_table_is_a_csv_and_every_chart_an_image(client: Callable[..., Any]) -> None:
    """What stands in a table on the page stands in its CSV; charts are SVG without script or outside address."""
    overseer = client("overseer")
    page = overseer.get("/overseer.json").json()
    for table in list_tables(page):
        answer = overseer.get(table["address"])
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert rows[0][3:] == [column["name"] for column in table["columns"]]
        assert len(rows) == 1 + len(table["rows"]) + table["more"]
        assert "attachment" in answer.headers["Content-Disposition"]
    pictures = [finding["picture"] for part in page["sections"] for finding in part["findings"] if finding["picture"]]
    assert len(pictures) >= 6
    for picture in pictures:
        assert picture["alt"]
        for address in (picture["wide"], picture["narrow"]):
            image = overseer.get(address)
            assert image.headers["Content-Type"] == "image/svg+xml"
            assert image.text.lstrip().startswith("<svg")
            assert not re.search(r"<script|<foreignObject|on\w+=|href=", image.text)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/overseer/charts/nothing-wide.svg", 404),
        ("/overseer/charts/open-huge.svg", 404),
        ("/overseer/tables/nothing.csv", 404),
        ("/overseer/cases?table=records-by-source", 404),
        ("/overseer/cases", 404),
        ("/overseer/cases?table=open-by-age&page=99", 404),
        ("/overseer.json?from=2026-13-01", 400),
        ("/overseer.json?from=2026-05-02&to=2026-05-01", 400),
        ("/overseer.json?from=0001-01-01", 400),
        ("/overseer.json?to=9999-12-31", 400),
        ("/oversight/charts/open-wide.svg?year=1", 400),
    ],
)
def test_bad_input_is_answered(client: Callable[..., Any], address: str, status: int) -> None:
    """What there is not is not found; days in no order are refused."""
    assert client("overseer").get(address).status_code == status


def test_the_sources_page_says_how_each_did(client: Callable[..., Any]) -> None:
    """The public page of sources holds each authority's own figures of the last year that is over."""
    page = client().get("/sources.json").json()
    assert page["year"] == LAST.year - 1
    figures = {
        figure["source"]: {fact["label"]: fact["text"] for fact in figure["facts"]} for figure in page["figures"]
    }
    assert set(figures) >= {"example-buyer", "example-buyer-linhe"}
    assert re.fullmatch(r"\d+ of \d+|not shown", figures["example-buyer-linhe"]["Deadlines missed"])
    assert "How they performed in" in client().get("/sources").text


def test_the_report_of_a_year_is_a_folder_that_reads_alone(
    oversight_register: config.RegisterSettings, tmp_path: Path, client: Callable[..., Any]
) -> None:
    """The annual report holds a page, its charts and tables and the same as data, and says what it was made from."""
    from goodstanding.errors import BadInput
    from goodstanding.web.oversight.annual_report import write_annual_report

    written = write_annual_report(LAST.year - 1, LAST, tmp_path / "report")
    page = (tmp_path / "report" / "index.html").read_text(encoding="utf-8")
    for name in re.findall(r'(?:href|src|srcset)="([^"]+)"', page):
        assert (tmp_path / "report" / name).is_file(), name
    report = json.loads((tmp_path / "report" / "report.json").read_text(encoding="utf-8"))
    assert (report["year"], report["over"]) == (LAST.year - 1, True)
    assert report["made"]["ledger_size"] == written.made.ledger_size
    assert report["made"]["checkpoint"].startswith("goodstanding.example/test\n")
    public = client().get("/oversight.json").json()
    assert [section["title"] for section in report["sections"]][:-1] == [
        section["title"] for section in public["sections"]
    ]
    assert [table["rows"] for table in list_tables(report)][:3] == [table["rows"] for table in list_tables(public)][:3]
    with pytest.raises(BadInput, match="is not an empty folder"):
        write_annual_report(LAST.year - 1, LAST, tmp_path / "report")


def test_a_report_on_a_year_that_goes_on_says_that_it_is_a_draft(
    oversight_register: config.RegisterSettings, tmp_path: Path
) -> None:
    """A report on this year is a draft and says so; one on a year to come is refused."""
    from goodstanding.errors import BadDay
    from goodstanding.web.oversight.annual_report import build_annual_report, write_annual_report

    assert not write_annual_report(LAST.year, LAST, tmp_path / "draft").over
    assert "do not publish it" in (tmp_path / "draft" / "index.html").read_text(encoding="utf-8")
    with pytest.raises(BadDay, match="has not begun"):
        build_annual_report(LAST.year + 1, LAST)


def test_events_are_counted_in_tens(oversight_register: config.RegisterSettings) -> None:
    """An exact number of acts beside the tables of what became of them would give away a count that is left out."""
    from goodstanding.web.oversight.annual_report import build_annual_report

    report = build_annual_report(LAST.year, LAST).model_dump()
    [events] = [table for table in list_tables(report) if table["name"] == "itself"]
    counts = [row["cells"][0]["value"] for row in events["rows"]]
    assert any(counts)
    assert all(count is None or count % 10 == 0 for count in counts)


def test_the_catalogue_is_the_library_s_with_other_offices() -> None:
    """The made-up offices stand in a catalogue that loads as the library's does."""
    assert build_catalogue().name == CATALOGUE
