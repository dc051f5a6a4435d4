"""Each of the people whom `make demo` names can do their work, and a journalist needs no account."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.acceptance import browsing
from tests.acceptance.browsing import Site
from tests.acceptance.test_journeys_browser import Person

from goodstanding.cli.demonstration.demo_days import STANDS_ON
from goodstanding.cli.demonstration.demo_personas import ACCOUNTS_FILE, PERSONAS

pytestmark = pytest.mark.browser

NAMES_NOBODY = {  # the lists that are empty for a reason: nobody who decided is named, or the law shows nobody
    ("mx-tax-69b", "simulated-invoicing"), ("uk-food-convictions", "food-convictions-england"),
    ("ca-montreal-food-convictions", "food-convictions-montreal"), ("judgment-debtors", "persons"),
    ("procurement-exclusion", "excluded-for-non-performance"),
}  # fmt: skip
REASONS = "The issuer's letter of 4 September proves it, and the panel gave its view on the reply before that."


@pytest.fixture(scope="module")
def site(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A copy of the demonstration, served on the day on which it stands still."""
    browsing.get_browser_program()
    folder = shutil.copytree(demonstration, tmp_path_factory.mktemp("personas") / "register")
    with browsing.serve_site(folder) as site:
        site.at(STANDS_ON)
        yield site


class PersonaAtWork(Person):
    """One of those whom the demonstration names, signed in with the password that it wrote down."""

    def __init__(self, browser: Any, site: Site, name: str) -> None:
        super().__init__(browser, site)
        lines = (site.folder / ACCOUNTS_FILE).read_text(encoding="utf-8").splitlines()
        passwords = dict(line.split("\t")[:2] for line in lines)
        self.open("/sign-in")
        self.page.fill("#id_username", name)
        self.page.fill("#id_password", passwords[name])
        self.page.click("form.sign button")
        self.page.wait_for_load_state()

    def find_case(self, queue: str) -> int:
        """The first case of a queue on the desk."""
        groups = self.read(f"/desk.json?queue={queue}")["groups"]
        return int(next(line["position"] for group in groups for line in group["lines"] if not line["barred"]))

    def read(self, address: str) -> Any:
        """What a page's twin says."""
        answer = self.context.request.get(self.site.address + address)
        assert answer.ok, answer.text()
        return json.loads(answer.text())


def test_the_company_answers_and_appeals(browser: Any, site: Site) -> None:
    """It sees that it was closed, answers the notice that it was served, and appeals the decision in force."""
    company = PersonaAtWork(browser, site, "company")
    assert company.open("/file") == 200
    closed, decided, notified = list_own_cases(company)
    assert company.open(f"/cases/{closed}") == 200
    company.does(notified, "ReplyFiled", text="We did not know that the certificate was forged. See the order.")
    assert "We did not know" in company.says()
    company.does(decided, "AppealFiled", text="The invoice was genuine; the bank confirms it in the letter we attach.")
    assert "The invoice was genuine" in company.says()


def list_own_cases(company: PersonaAtWork) -> list[int]:
    """The company's cases: the interim measure, the decision in force, and the notice to answer."""
    heads = [case["head"] for case in company.read("/file.json")["open_cases"]]
    positions = {head["phase"]: head["position"] for head in heads}
    return [int(positions[phase]) for phase in ("interim", "in-force", "told")]


def test_a_clerk_serves_and_a_decider_decides(browser: Any, site: Site) -> None:
    """Both find work on their desk, and what they do leaves it."""
    clerk, decider = PersonaAtWork(browser, site, "clerk"), PersonaAtWork(browser, site, "decider")
    clerk.does(clerk.find_case("to-serve"), "NoticeServed", service="delivered", proof="Receipt 100")
    clerk.does(clerk.find_case("decisions-to-serve"), "DecisionServed", service="delivered", proof="Receipt 101")
    decider.does(decider.find_case("to-decide"), "CaseDecided", upheld="no", text=REASONS)
    assert REASONS in decider.says()


def test_the_appeal_body_hears_a_closing_and_decides_an_appeal(browser: Any, site: Site) -> None:
    """An interim measure is heard within its days, an appeal is decided."""
    body = PersonaAtWork(browser, site, "appeal-body")
    body.does(body.find_case("interim"), "InterimHeard", upheld="yes", text=REASONS)
    body.does(body.find_case("appeals"), "AppealDecided", upheld="no", text=REASONS)
    assert REASONS in body.says()


def test_the_overseer_finds_the_planted_troubles(browser: Any, site: Site) -> None:
    """Who misses deadlines, who copies reasons, who treats equal conduct unequally, and who opens too many files."""
    overseer = PersonaAtWork(browser, site, "overseer")
    page = overseer.read("/overseer.json")
    assert overseer.open("/overseer") == 200
    sections = {section["name"]: section for section in page["sections"]}
    assert _find_greatest_share(sections["missed"]) == "Cindervale Roads and Bridges Agency (made up)"
    assert page["clusters"][0]["source_title"] == "Cindervale Food Office (made up)"
    assert page["clusters"][0]["decisions"] > 50
    unequal = sections["conduct"]["findings"][0]
    shown = [row["title"] for row in unequal["tables"][0]["rows"]]
    assert shown[0] == "Dunmarrow Hospital Board (made up)"
    assert "p < 0.001" in unequal["about"]
    assert "decider-2.aldermark-buyer-05" in {official["name"] for official in page["officials"]}


def _find_greatest_share(section: dict[str, Any]) -> str:
    """Whose share is the greatest in the first table of a section."""
    table = section["findings"][0]["tables"][0]
    place = [column["name"] for column in table["columns"]].index("share")
    shares = {row["title"]: row["cells"][place]["value"] or 0 for row in table["rows"] if row["kind"] == "row"}
    return str(max(shares, key=lambda title: float(shares[title])))


def test_a_journalist_reads_figures_and_lists(browser: Any, site: Site) -> None:
    """Without an account: the year that is over, its tables as CSV, and who is listed."""
    journalist = Person(browser, site)
    assert journalist.open("/oversight") == 200
    assert "made up" in journalist.says()
    table = journalist.context.request.get(f"{site.address}/oversight/tables/missed-by-source.csv?year=2025")
    assert table.ok
    assert "aldermark-buyer-02" in table.text() or "Cindervale" in table.text()
    assert journalist.open("/lists/procurement-exclusion/excluded-for-misconduct") == 200
    assert "(made up)" in journalist.says()


def test_no_list_is_empty_without_a_reason(browser: Any, site: Site) -> None:
    """Every list names somebody, but for those of which the law or the data show nobody."""
    lines = PersonaAtWork(browser, site, "overseer").read("/lists.json")["lists"]
    empty = {(line["catalogue"], line["list"]) for line in lines if not line["total"]}
    assert empty == NAMES_NOBODY


def test_no_table_of_oversight_is_empty(browser: Any, site: Site) -> None:
    """Each section of the year that is over has a table with rows; this year's sample waits for its end."""
    overseer = PersonaAtWork(browser, site, "overseer")
    for address, waiting in (("/oversight.json", set()), ("/overseer.json", {"samples"})):
        sections = overseer.read(address)["sections"]
        assert {section["name"] for section in sections if not section["findings"]} == waiting
        tables = [table for section in sections for finding in section["findings"] for table in finding["tables"]]
        assert [table["name"] for table in tables if not table["rows"]] == []


@pytest.mark.parametrize("name", ["clerk", "decider", "appeal-body"])
def test_something_waits_in_every_queue_of_a_desk(browser: Any, site: Site, name: str) -> None:
    """There is a case at every step."""
    persona = PersonaAtWork(browser, site, name)
    tabs = persona.read("/desk.json")["tabs"]
    assert [tab["name"] for tab in tabs if not tab["count"]] == []


def test_every_persona_has_a_line_of_its_own() -> None:
    """Five people to be, each with an errand."""
    assert len({persona.name for persona in PERSONAS}) == 5
    assert all(persona.errand for persona in PERSONAS)
