"""Journeys of people through the served program, in a real browser: from a proposal to its end, whoever is right."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.acceptance import browsing
from tests.acceptance.browsing import TODAY, Site, list_faults, sign_in
from tests.acceptance.program import succeed

from goodstanding.access import Actor, Role

pytestmark = pytest.mark.browser

COMPANY, PLACE, DEBTOR = "lei:529900T8BM49AURSDO55", "lei:5493001KJTIIGC8Y1R12", "lei:213800WSGIIZCXF1P572"
EMPLOYER = "lei:5493006MHB84DD0ZWV18"
PEOPLE = {
    "ada": ("source", "example-buyer"), "ben": ("decider", "example-buyer"), "chen": ("appeal", "example-board"),
    "dora": ("subject", COMPANY), "fay": ("decider", "example-food-office"),
    "tess": ("appeal", "example-food-tribunal"),
    "finn": ("subject", PLACE), "olga": ("overseer", ""), "wu": ("applicant", ""),
    "carl": ("source", "example-enforcement-court"), "dee": ("decider", "example-enforcement-court"),
    "emil": ("subject", DEBTOR), "gus": ("subject", EMPLOYER), "nora": ("applicant", ""),
}  # fmt: skip
MISCONDUCT, DANGER = "procurement-exclusion/excluded-for-misconduct", "imminent-danger/closed-for-danger"
FRAUD = {"field.cause": "fraud", "field.sanction": "exclusion", "field.proved_by": "conviction"}


@pytest.fixture(scope="module")
def site(new_register: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A new demonstration register, served, in which everybody has an account."""
    browsing.get_browser_program()
    folder = shutil.copytree(new_register, tmp_path_factory.mktemp("journeys") / "register")
    _let_people_in(folder)
    with browsing.serve_site(folder) as site:
        yield site


def _let_people_in(folder: Path) -> None:
    from goodstanding.cli.options import open_chosen_register
    from goodstanding.register.cases.mandates import grant_mandate_in_demonstration

    now = datetime.now(UTC)  # noqa: TID251 the served program reads the same clock
    clerk, last_day = Actor(Role.SOURCE, "example-buyer", "Ada Clerk"), TODAY + timedelta(days=1000)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("GOODSTANDING_REGISTER", str(folder))
        with open_chosen_register():
            for name, (role, scope) in PEOPLE.items():
                browsing.give_account(name, role, scope)
                if role == "subject":
                    grant_mandate_in_demonstration(name, scope, clerk, last_day, TODAY, now)


class Person:
    """Somebody at a browser of their own; signed in, where they have an account."""

    def __init__(self, browser: Any, site: Site, name: str = "") -> None:
        self.site, self.name = site, name
        self.page = browsing.open_page(browser)
        self.context = self.page.context
        if name:
            sign_in(self.page, site, name)

    def open(self, path: str) -> int:
        """The status of a page."""
        return int(self.page.goto(self.site.address + path).status)

    def says(self) -> str:
        """The words on the page."""
        return str(self.page.inner_text("main"))

    def fill(self, **fields: Any) -> None:
        """Fills the fields of a form, each by its name, whatever it is."""
        for name, value in fields.items():
            field = self.page.locator(f'main [name="{name.replace("__", ".")}"]').first
            kind = field.evaluate("one => one.tagName + ':' + one.type")
            if kind.startswith("SELECT"):
                field.select_option(value)
            elif kind == "INPUT:radio":
                self.page.check(f'main [name="{name}"][value="{value}"]', force=True)
            elif kind == "INPUT:file":
                field.set_input_files(value)
            else:
                field.fill(value)

    def press(self, value: str) -> None:
        """Presses a button of the form."""
        button = self.page.locator(f'main form button[name="step"][value="{value}"]').first
        assert button.count(), self.says()
        button.click()
        self.page.wait_for_load_state()

    def does(self, case: int, act: str, **fields: Any) -> None:
        """Does an act in a case: the form, the look at it, and off it goes."""
        assert self.open(f"/cases/{case}/acts/{act}") == 200, self.says()
        self.fill(**fields)
        self.press("review")
        self.press("send")
        assert f"/cases/{case}?" in self.page.url, self.says()

    def proposes(self, listed: str, identifier: str, text: str, query: str = "", **fields: Any) -> int:
        """Opens a case, and gives its number."""
        assert self.open(f"/desk/propose?list={listed}{query}") == 200, self.says()
        reference = f"J-{time.time_ns() % 10**9}"
        self.fill(
            identifier=identifier, name="Example Works Ltd", reference=reference, occurred=self.site.day.isoformat()
        )
        if self.page.locator('main [name="kind"][type="radio"]').count():
            self.fill(kind="organisation")
        self.fill(**{name.replace(".", "__"): value for name, value in fields.items()}, text=text)
        self.press("review")
        self.press("send")
        position = self.page.url.partition("/cases/")[2].partition("?")[0]
        assert position.isdigit(), self.says()
        return int(position)


def list_appearances(site: Site, browser: Any, identifier: str, listing: str) -> list[bool]:
    """Whether a listing shows on the public page, in its twin, and in the export that recipients get."""
    anybody = Person(browser, site)
    shown = anybody.open(f"/subjects/{identifier}") == 200
    twin = anybody.context.request.get(f"{site.address}/subjects/{identifier}.json")
    titles = (
        [entry["measure"] if "measure" in entry else entry["name"] for entry in twin.json()["listings"]]
        if twin.ok
        else []
    )
    with ThreadPoolExecutor(1) as elsewhere:  # the browser's loop forbids Django the database in its own thread
        export = elsewhere.submit(succeed, "export", listing, "--format", "jsonl", register=site.folder)
    exported = export.result().out.decode()
    on_page = shown and anybody.page.locator(f'a[href*="/lists/"][href*="{listing}"]').count() > 0
    anybody.context.close()
    return [on_page, bool(titles), identifier in exported]


def test_a_proposal_is_answered_decided_appealed_and_overturned(browser: Any, site: Site, tmp_path: Path) -> None:
    """The effect begins with service of the decision and vanishes everywhere when it is overturned; proofs remain."""
    ada, ben, chen, dora = (Person(browser, site, name) for name in ("ada", "ben", "chen", "dora"))
    case = ada.proposes(MISCONDUCT, COMPANY, "The bid named a certificate that was forged.", **FRAUD)
    assert list_appearances(site, browser, COMPANY, "excluded-for-misconduct") == [False] * 3
    ada.does(case, "NoticeServed", service="delivered", proof="Courier receipt 12")
    reply = tmp_path / "answer.txt"
    reply.write_text("The supplier gave us this certificate; here is their letter.", encoding="utf-8")
    dora.does(case, "ReplyFiled", text="We were <b>deceived</b> ourselves.", files=str(reply))
    ben.open(f"/cases/{case}")
    assert "We were <b>deceived</b> ourselves." in ben.says()
    assert "answer.txt" in ben.says()
    ben.does(case, "CaseDecided", upheld="yes", text="The issuer says that it never issued it.")
    assert list_appearances(site, browser, COMPANY, "excluded-for-misconduct") == [False] * 3
    ada.does(case, "DecisionServed", service="delivered", proof="Courier receipt 13")
    assert list_appearances(site, browser, COMPANY, "excluded-for-misconduct") == [True] * 3
    dora.does(case, "AppealFiled", text="The issuer erred.")
    assert list_appearances(site, browser, COMPANY, "excluded-for-misconduct") == [False] * 3
    chen.does(case, "AppealDecided", upheld="no", text="The certificate is genuine after all.")
    assert list_appearances(site, browser, COMPANY, "excluded-for-misconduct") == [False] * 3
    assert dora.open(f"/cases/{case}") == 200
    assert "genuine after all" in dora.says()
    assert dora.open(f"/ledger/{case}") == 200
    anybody = Person(browser, site)
    assert anybody.open(f"/cases/{case}") == 404


def test_silence_of_the_authority_ends_a_case(browser: Any, site: Site) -> None:
    """Told and never decided: when the time is over nobody can decide any more, and nothing ever shows."""
    ada = Person(browser, site, "ada")
    case = ada.proposes(MISCONDUCT, COMPANY, "Another bid, another certificate, this one from Lyon.", **FRAUD)
    ada.does(case, "NoticeServed", service="posted", proof="Registered letter 9")
    site.at(TODAY + timedelta(days=120))
    try:
        ben, dora = Person(browser, site, "ben"), Person(browser, site, "dora")
        assert ben.open(f"/cases/{case}/acts/CaseDecided") == 409
        dora.open(f"/cases/{case}")
        assert "The authority did not decide in time" in dora.says()
        assert list_appearances(site, browser, COMPANY, "excluded-for-misconduct") == [False] * 3
    finally:
        site.at(TODAY)


def test_an_interim_measure_binds_at_once_and_ends_when_it_is_not_upheld(browser: Any, site: Site) -> None:
    """It is heard by a tribunal that stands apart; what it does not uphold ends on that day."""
    fay, tess = Person(browser, site, "fay"), Person(browser, site, "tess")
    danger = {"field.danger": "infestation", "field.grave": "yes"}
    case = fay.proposes(DANGER, PLACE, "Rats in the kitchen, seen today.", **danger)
    assert list_appearances(site, browser, PLACE, "closed-for-danger") == [True] * 3
    tess.does(case, "InterimHeard", upheld="no", text="The inspector saw a cat.")
    assert list_appearances(site, browser, PLACE, "closed-for-danger") == [False] * 3


def test_an_interim_measure_is_answered_with_a_file_heard_and_kept_only_by_reasons(
    browser: Any, site: Site, tmp_path: Path
) -> None:
    """The company finds it first on its file; the tribunal reads its answer, and "ok" keeps nothing in force."""
    fay, finn, tess = (Person(browser, site, name) for name in ("fay", "finn", "tess"))
    danger = {"field.danger": "no-safe-water", "field.grave": "yes"}
    case = fay.proposes(DANGER, PLACE, "The well is open, and smells of fuel, seen today.", **danger)
    finn.open("/file")
    assert "You can answer until it is heard" in finn.page.inner_text("h1")
    finn.page.click(f'main a.btn[href="/cases/{case}"]')
    assert "Time to hear the measure" in finn.says()
    analysis = tmp_path / "analysis.txt"
    analysis.write_text("Water of today: clean.", encoding="utf-8")
    finn.does(case, "ReplyFiled", text="The well was closed in May; we use mains water.", files=str(analysis))
    assert "You answered" in finn.page.inner_text("h1")
    tess.open(f"/cases/{case}/acts/InterimHeard")
    prompts = tess.page.inner_text("main .panel")
    assert "The well was closed in May" in prompts
    assert "analysis.txt" in prompts
    tess.fill(upheld="yes", text="ok")
    tess.press("review")
    assert "Look at your reasons again" in tess.says()
    tess.press("send")
    assert "too short to keep an interim measure in force" in tess.says()
    reasons = (
        "The well still feeds the kitchen tap, as both inspectors saw; article 3 applies; the reply names no date."
    )
    tess.fill(text=reasons)
    tess.press("review")
    tess.press("send")
    assert list_appearances(site, browser, PLACE, "closed-for-danger") == [True] * 3
    finn.open(f"/cases/{case}")
    assert "An interim measure binds you until" in finn.page.inner_text("h1")
    assert reasons in finn.says()


def test_somebody_claims_a_file_from_its_public_page(browser: Any, site: Site, tmp_path: Path) -> None:
    """By way of signing in; the tribunal answers on its desk, and the part begins after the days to object."""
    anybody, tess = Person(browser, site), Person(browser, site, "tess")
    fay = Person(browser, site, "fay")
    danger = {"field.danger": "contamination", "field.grave": "yes"}
    fay.proposes(DANGER, PLACE, "Paint peels into the dough, seen today.", **danger)
    anybody.open(f"/subjects/{PLACE}")
    anybody.page.click('main a:has-text("Is this your organisation?")')
    assert "How to get an account" in anybody.says()
    anybody.page.click('main a:has-text("Sign in and go on")')
    anybody.page.fill("#id_username", "nora")
    anybody.page.fill("#id_password", browsing.PASSWORD)
    anybody.page.click('main button:has-text("Sign in")')
    assert anybody.page.input_value("#identifier") == PLACE
    deed = tmp_path / "deed.txt"
    deed.write_text("Extract of the register: Nora N. is a director.", encoding="utf-8")
    anybody.fill(text="I am a director since May, as the extract says.", files=str(deed))
    anybody.press("review")
    anybody.press("send")
    assert "waiting" in anybody.says()
    tess.open("/desk")
    tess.page.click('nav.tabs a:has-text("Who may act"), ul.tabs a:has-text("Who may act")')
    assert "I am a director since May" in tess.says()
    tess.page.fill('main input[name="until"]', (TODAY + timedelta(days=300)).isoformat())
    tess.press("review")
    tess.press("send")
    anybody.open("/account/claim")
    assert "You can act in this role from" in anybody.says()


def test_the_pages_of_people_fit_and_axe_finds_no_serious_violation(
    browser: Any, site: Site, axe_at: tuple[int, ...]
) -> None:
    """Desks, forms, a case, the subject's own file, accounts and applications, wide and narrow."""
    ada = Person(browser, site, "ada")
    case = ada.proposes(MISCONDUCT, COMPANY, "The guarantee was forged, and seen on two screens.", **FRAUD)
    visited = {
        "ada": ["/desk", f"/cases/{case}", f"/cases/{case}/acts/NoticeServed", f"/desk/propose?list={MISCONDUCT}"],
        "ben": ["/desk", f"/cases/{case}"], "dora": ["/file", f"/file/disputes/{case}", "/account"],
        "chen": ["/desk"], "olga": ["/overseer", f"/cases/{case}", "/account/claims"],
        "nora": ["/claim", f"/claim?identifier={COMPANY}", "/account/claim"],
        "wu": ["/applications", "/applications/new"],
    }  # fmt: skip
    wrong = {}
    for name, paths in visited.items():
        person = Person(browser, site, name)
        for path in paths:
            assert person.open(path) == 200, path
            wrong[path] = list_faults(person.page, axe_at)
    assert {path: faults for path, faults in wrong.items() if faults} == {}


def exclude_company(browser: Any, site: Site, name: str, identifier: str, text: str) -> int:
    """A case in which a company was excluded, from the proposal to service of the decision."""
    ada, ben, company = (Person(browser, site, person_name) for person_name in ("ada", "ben", name))
    case = ada.proposes(MISCONDUCT, identifier, text, **FRAUD)
    ada.does(case, "NoticeServed", service="delivered", proof="Courier receipt")
    company.does(case, "ReplyFiled", text="We answer in time.")
    ben.does(case, "CaseDecided", upheld="yes", text="It is proved by the issuer's letter.")
    ada.does(case, "DecisionServed", service="delivered", proof="Courier receipt")
    assert list_appearances(site, browser, identifier, "excluded-for-misconduct") == [True] * 3
    return case


def test_a_link_that_is_disputed_and_found_wrong_takes_everything_with_it(browser: Any, site: Site) -> None:
    """From the moment it is disputed nothing adverse shows; found wrong, the record leaves the file for good."""
    case = exclude_company(browser, site, "emil", DEBTOR, "A bribe was paid for the contract of the harbour.")
    emil, ben = Person(browser, site, "emil"), Person(browser, site, "ben")
    assert emil.open(f"/file/disputes/{case}?link=1") == 200, emil.says()
    emil.fill(text="Another company of a similar name paid it.")
    emil.press("review")
    emil.press("send")
    assert list_appearances(site, browser, DEBTOR, "excluded-for-misconduct") == [False] * 3
    emil.open("/file")
    dispute = int(emil.page.locator('main a[href^="/cases/"]').first.get_attribute("href").split("/")[2].split("?")[0])
    ben.does(dispute, "DisputeDecided", upheld="no", text="It was another company.")
    assert list_appearances(site, browser, DEBTOR, "excluded-for-misconduct") == [False] * 3


def test_who_put_things_right_comes_off_the_list_by_repair(browser: Any, site: Site) -> None:
    """After a year the company asks, and whoever decides grants it."""
    case = exclude_company(browser, site, "finn", PLACE, "The works were billed twice, as the auditor found.")
    site.at(TODAY + timedelta(days=400))
    try:
        finn, ben = Person(browser, site, "finn"), Person(browser, site, "ben")
        assert list_appearances(site, browser, PLACE, "excluded-for-misconduct")[:2] == [True] * 2
        assert finn.open(f"/file/repairs/{case}") == 200, finn.says()
        finn.fill(text="The money was paid back, and the books are kept by others now.")
        finn.press("review")
        finn.press("send")
        finn.open("/file")
        application = int(
            finn.page.locator('main a[href^="/cases/"]').first.get_attribute("href").split("/")[2].split("?")[0]
        )
        ben.does(application, "RepairDecided", upheld="no", text="All was put right.")
        assert list_appearances(site, browser, PLACE, "excluded-for-misconduct")[:2] == [False] * 2
    finally:
        site.at(TODAY)


WAGES = "judgment-debtors/organisations"
ORDER = {
    "field.ground": "no-statement", "field.ability": "not-established", "field.amount_due": "480000",
    "field.delete_on": (TODAY + timedelta(days=700)).isoformat(),
}  # fmt: skip


def test_a_worker_applies_and_confirms_that_wages_were_paid(browser: Any, site: Site) -> None:
    """The court enters the employer; the day the worker confirms payment, the entry is gone; nobody reads the name."""
    wu, carl, dee = (Person(browser, site, name) for name in ("wu", "carl", "dee"))
    assert wu.open("/applications/new") == 200, wu.says()
    wu.fill(list=f"{WAGES} example-enforcement-court")
    if wu.page.locator('main [name="kind"]').count():
        wu.fill(kind="organisation")
    wu.fill(identifier=EMPLOYER, name="Example Docks Ltd", text="Wages of May to July were awarded and never paid.")
    wu.press("review")
    wu.press("send")
    application = int(wu.page.url.partition("/applications/")[2].partition("?")[0])
    case = carl.proposes(
        WAGES, EMPLOYER, "The debtor gave no statement of assets.", f"&application={application}", **ORDER
    )
    carl.does(case, "NoticeServed", service="delivered", proof="Bailiff's receipt")
    gus = Person(browser, site, "gus")
    gus.does(case, "ReplyFiled", text="We say nothing more.")
    dee.does(case, "CaseDecided", upheld="yes", text="No statement was given within the time.")
    carl.does(case, "DecisionServed", service="delivered", proof="Bailiff's receipt")
    assert list_appearances(site, browser, EMPLOYER, "organisations") == [True] * 3
    gus.open(f"/cases/{case}")
    assert not any(word == "wu" for word in gus.says().split())
    assert wu.open(f"/applications/{application}/performed") == 200, wu.says()
    wu.fill(text="All three months came today.")
    wu.press("review")
    wu.press("send")
    assert list_appearances(site, browser, EMPLOYER, "organisations") == [False] * 3
