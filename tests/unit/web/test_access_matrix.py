"""Every address by every role: who gets an answer, and that what is private stands in nobody else's.

A word that occurs nowhere else (a canary) is planted in every private field. `access_matrix.txt` is the matrix of
statuses, written out: another answer is another line there, for whoever reads the change.
"""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests import registers
from tests.people import CLERK, DECIDER, LISTED
from tests.registers import NOW
from tests.unit.web.played import FINDING
from tests.unit.web.test_addresses import _walk

from goodstanding.access import Actor, Role
from goodstanding.catalogue import load_library
from goodstanding.procedure.case_states import Act
from goodstanding.register.rules.source_checks import SourceAct

MATRIX = Path(__file__).with_name("access_matrix.txt")
COMPANY, OTHER_COMPANY, OFFICE, COURT = "uk-fhrs-row:810001", "uk-fhrs-row:810002", "example-food-office", "nowhere"
CONVICTED, FINE = "uk-fsa-prosecution:13-14-701", "734091733"  # on a public list, by a record that is for its parties
LISTS = ["excluded-for-misconduct", "food-convictions-england"]
ROLES = {
    "anybody": None, "nobody's account": ("", ""), "subject": ("subject", COMPANY),
    "other subject": ("subject", OTHER_COMPANY), "clerk": ("source", "example-buyer"),
    "other clerk": ("source", OFFICE),
    "decider": ("decider", "example-buyer"), "other decider": ("decider", OFFICE), "board": ("appeal", "example-board"),
    "overseer": ("overseer", ""), "applicant": ("applicant", ""), "other applicant": ("applicant", ""),
    "recipient": ("recipient", ""), "relying party": ("relying-party", ""),
    "ended clerk": ("source", "ended-buyer"), "merged clerk": ("source", "merged-buyer"),
}  # fmt: skip
PARTIES = {"subject", "clerk", "decider", "board", "overseer"}
INTERIM_PARTIES = {"subject", "other clerk", "other decider", "board", "overseer"}
REPRESENTATIVES = {"subject", "overseer"}
CANARIES = {  # whom each may be shown to
    "cnryproposal": PARTIES, "cnryevidence": PARTIES, "cnrycontent": PARTIES, "cnryreceipt": PARTIES,
    "cnryreply": PARTIES, "cnrydecision": PARTIES, "cnryappeal": PARTIES, "cnryclerk": PARTIES,
    "cnryinterim": INTERIM_PARTIES, "cnrywish": {"applicant", "overseer", "application's clerk"},
    "cnrycomplaint": {"applicant", "overseer", "application's clerk"},
    "cnrywisher": {"applicant", "overseer", "application's clerk"},
    "cnryclaim": {"nobody's account", "overseer"}, "cnrydeed": {"nobody's account", "overseer"},
    "cnrywaiting": {"other applicant", "board", "overseer"}, "cnrydeputy": {"other applicant", "board", "overseer"},
    "cnryrefusal": {"nobody's account", "overseer"}, "cnryrevocation": REPRESENTATIVES,
    "cnryformer": REPRESENTATIVES, "cnrywatcher": REPRESENTATIVES,
    "cnryproposer": {"overseer"}, "cnrymerger": {"overseer"}, "cnryended": {"overseer"},
    "cnrymerged": {"overseer", "clerk", "decider", "merged clerk"}, FINE: {"overseer"},
}  # fmt: skip
IN_THE_LEDGER = re.compile(
    r"/(ledger|v1/ledger/events)/\d"
)  # what was signed is shown as it was signed, to its parties
FORMER_OFFICES = (("ended-buyer", "cnryended"), ("merged-buyer", "cnrymerged"))
BINARY = (".pdf", "/proof", "/evidence/")
SKIPPED = re.compile(r"\(\?P|^account/(logout|login/code)|^sign-out|^$")


@dataclass(frozen=True)
class PlantedRegister:
    """A register in which every private field holds a canary; a client of each role; and the statuses it got so far."""

    clients: dict[str, Any]
    positions: dict[str, int]
    digests: tuple[str, ...]
    size: int
    statuses: dict[tuple[str, str], int] = field(default_factory=dict)


def _make_client(role: str, part: tuple[str, str] | None) -> tuple[Any, str]:
    from django.contrib.auth import get_user_model
    from django.test import Client
    from tests.site_register import let_act

    from goodstanding.web.models import Account

    client, name = Client(headers={"host": "localhost"}), _login(role)
    if part is None:
        return client, ""
    email = f"cnrymail{re.sub('[^a-z]', '', role)}@example.org"
    user = get_user_model().objects.create_user(name, email=email, first_name=_name(role))
    if part[0]:
        Account.objects.create(user=user, role=part[0], scope=part[1])
    if part[0] == "subject":
        let_act(name, part[1])
    client.force_login(user)
    return client, name


def _name(role: str) -> str:
    return {"clerk": "cnryclerk", "applicant": "cnrywisher", "overseer": "cnrywatcher"}.get(role, f"The {role}")


def _login(role: str) -> str:
    """What a role signs in with: a canary that is nobody's but its owner's."""
    return f"cnrylogin{re.sub('[^a-z]', '', role)}"


def _plant_people() -> None:
    """Accounts of those who act in the planted files and never ask themselves."""
    from django.contrib.auth import get_user_model

    for name, full_name in (("cnryloginoscar", "Oscar"), ("cnryloginformer", "cnryformer"),
                            ("cnryloginproposer", "cnryproposer"), ("cnryloginauthor", "Ann Author")):  # fmt: skip
        get_user_model().objects.create_user(name, first_name=full_name)


def _plant_submission(source: str) -> None:
    from goodstanding.intake.submissions.batches import SubmissionHeader, note_record_submission

    header = SubmissionHeader(source, "procurement-exclusion/exclusion-decision", "form", _login("clerk"), NOW.date())
    note_record_submission(header, 0, NOW)


def _plant_case(identifier: str) -> tuple[Any, Any, str]:
    """A case that was appealed, with a file in evidence, and an interim measure of another office beside."""
    from tests.unit.web.played import DANGER, append_case_act, case_after_proposal, subject_actor, today

    from goodstanding.register.cases.applications import render_event_exhibits
    from goodstanding.register.storage.evidence_store import accept_exhibit

    exhibit = accept_exhibit("cnryevidence.txt", io.BytesIO(b"cnrycontent\n"), CLERK.name, today())
    evidence = tuple(render_event_exhibits([exhibit]))
    clerk = Actor(Role.SOURCE, "example-buyer", _login("clerk"), "Ada Lovelace")
    case = case_after_proposal(60, identifier, text="The cnryproposal was forged.", evidence=evidence)
    case = append_case_act(case, Act.SERVE_NOTICE, clerk, 59, service="delivered", proof="cnryreceipt")
    case = append_case_act(case, Act.REPLY, subject_actor(case, _login("subject")), 50, text="The cnryreply.")
    case = append_case_act(case, Act.DECIDE, DECIDER, 20, text="The cnrydecision.")
    case = append_case_act(case, Act.SERVE_DECISION, clerk, 19, service="delivered", proof="cnryreceipt 2")
    case = append_case_act(case, Act.APPEAL, subject_actor(case, _login("subject")), 10, text="The cnryappeal.")
    interim = case_after_proposal(0, identifier, list=DANGER, kind="establishment", text="The cnryinterim danger.",
                                  fields={"danger": "no-safe-water", "grave": "yes"})  # fmt: skip
    return case, interim, exhibit.digest


def _plant_application() -> tuple[int, str]:
    from goodstanding.register.cases.application_acts import file_complaint, submit_application
    from goodstanding.register.cases.applications import ListingRequest, list_offers

    offer = next(offer for offer in list_offers() if offer.source not in ("example-buyer", OFFICE))
    wisher = Actor(Role.APPLICANT, "", _login("applicant"))
    request = ListingRequest(offer.list, offer.source, offer.kinds[0], "uk-fhrs-row:810003", "Debtor", "My cnrywish.")
    application = submit_application(request, wisher, NOW.date(), NOW)
    file_complaint(application.position, wisher, NOW.date(), NOW, "My cnrycomplaint.")
    return application.position, offer.source


def _plant_mandates() -> int:
    from goodstanding.procedure.notices import Exhibit
    from goodstanding.register.cases.mandates import append_claim_refusal, claim_mandate, confirm_claim, revoke_mandate
    from goodstanding.register.storage.evidence_store import accept_exhibit
    from goodstanding.web.http import clock

    day, overseer = NOW.date(), Actor(Role.OVERSEER, "", "cnryloginoscar")
    deed: Exhibit = accept_exhibit("cnrydeed.txt", io.BytesIO(b"A deed.\n"), "x", day)
    claim = claim_mandate(_login("nobody's account"), COMPANY, "My cnryclaim.", deed, day, NOW)
    append_claim_refusal(claim, overseer, "The cnryrefusal.", day, NOW)
    deputy: Exhibit = accept_exhibit("cnrydeputy.txt", io.BytesIO(b"Another deed.\n"), "x", day)
    claim_mandate(_login("other applicant"), COMPANY, "My cnrywaiting.", deputy, clock.get_today(), NOW)
    former = claim_mandate("cnryloginformer", COMPANY, "A claim of before.", deed, day, NOW)
    mandate = confirm_claim(former, overseer, day + timedelta(days=300), day, NOW)
    revoke_mandate(mandate, overseer, "The cnryrevocation.", day, NOW)
    return claim


def _plant_source_change() -> int:
    from goodstanding.register.rules.source_changes import propose_source_change
    from goodstanding.register.rules.source_checks import SourceAct, SourceChange

    change = SourceChange(
        act=SourceAct.MERGE, office="example-buyer", into=OFFICE, day=NOW.date(), basis="The cnrymerger, art. 1"
    )
    return propose_source_change(change, Actor(Role.OVERSEER, "", "cnryloginproposer"), NOW).position


def _plant_former_offices() -> tuple[int, int]:
    """The cases of an office that ended, and of one that was merged into the clerk's: both had begun a case before."""
    from tests.unit.register.rules.test_source_changes import change_sources

    from goodstanding.register.rules.source_checks import AdmissionLine, SourceChange

    buyers, basis, last_day = "procurement-exclusion", "Order 1, art. 1", NOW.date() - timedelta(days=1)
    lines = tuple(
        AdmissionLine(id=office, name=office, kind="deciding-body", first_day=last_day, basis=basis)
        for office in ("ended-buyer", "merged-buyer")
    )
    change_sources(SourceChange(act=SourceAct.ADMIT, catalogue=buyers, sources=lines))
    ended, merged = (_propose_for(*case, last_day) for case in FORMER_OFFICES)
    change_sources(
        SourceChange(act=SourceAct.MERGE, office="merged-buyer", into="example-buyer", day=NOW.date(), basis=basis)
    )
    change_sources(SourceChange(act=SourceAct.END, catalogue=buyers, office="ended-buyer", day=last_day, basis=basis))
    return ended, merged


def _plant_judgment(files: Path) -> int:
    """A conviction that anybody finds on a list, and whose fine is for its parties."""
    from tests.register_fixtures import send_rows

    judgment = {
        "id": CONVICTED.split(":")[1], "court": "Hull Magistrates Court", "judged_on": "2026-03-02",
        "offences": "FH(E)", "summoned_on": "2026-01-12", "fine_pence": FINE, "decided_by": "J. Example",
    }  # fmt: skip
    send_rows(files, "uk-food-judgments", [judgment], "2026-04-01")
    from goodstanding.register.files.records import list_records
    from goodstanding.register.files.subjects import find_subject_id

    return list_records(find_subject_id(CONVICTED))[0].position


def _propose_for(office: str, canary: str, day: date) -> int:
    from goodstanding.register.cases.proposals import Proposal, propose_case

    proposal = Proposal(
        list=LISTED, kind="organisation", identifier="uk-fhrs-row:810004", name="Old Works", reference=office,
        occurred=day, text=f"The {canary} was forged.", fields=FINDING,
    )  # fmt: skip
    return propose_case(proposal, Actor(Role.SOURCE, office, "Ann Clerk"), day, NOW).position


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlantedRegister]:
    """The register of the matrix, opened for the module."""
    from goodstanding.ledger import store
    from goodstanding.register.projection.projector import catch_up
    from goodstanding.register.storage.lifecycle import use_register

    library = load_library()
    names = "procurement-exclusion", "imminent-danger", "judgment-debtors", "uk-food-convictions"
    enacting = [library[name] for name in names]
    folder = registers.make_register(tmp_path_factory.mktemp("matrix") / "register", registers.SQLITE, enacting)
    with use_register(folder):
        case, interim, digest = _plant_case(COMPANY)
        other, _danger, _digest = _plant_case_of_other()
        application, source = _plant_application()
        _plant_people()
        _plant_submission("example-buyer")
        claim, change = _plant_mandates(), _plant_source_change()
        ended, merged = _plant_former_offices()
        judgment = _plant_judgment(tmp_path_factory.mktemp("files"))
        catch_up()
        parts = ROLES | {"application's clerk": ("source", source)}
        clients = {role: _make_client(role, part)[0] for role, part in parts.items()}
        assert clients["overseer"].get(f"/subjects/{COMPANY}").status_code == 200  # a look that the subject sees
        positions = {"case": case.position, "interim": interim.position, "application": application, "claim": claim}
        positions |= {"change": change, "ended": ended, "merged": merged}
        positions |= {"notice": case.acts[1].position, "other case": other.position, "judgment": judgment}
        yield PlantedRegister(clients, positions, (digest,), store.get_ledger_size())


def _plant_case_of_other() -> tuple[Any, None, str]:
    from tests.unit.web.played import case_after_proposal

    return case_after_proposal(0, OTHER_COMPANY), None, ""


def list_paths(route: str, planted: PlantedRegister) -> Iterator[str]:
    """The paths of a route, with every value that means something in this register."""
    at = planted.positions
    files: tuple[int, ...] = (at["case"], at["interim"], at["ended"], at["merged"], at["application"])
    if route.startswith("applications"):
        files = files[::-1]
    files = (at["change"],) if route.startswith("source-changes") else files
    acts = (
        [*SourceAct] if route.startswith("source-changes") else [Act.DECIDE.value, Act.REPLY.value, Act.WITHDRAW.value]
    )
    events = range(planted.size) if "events/" in route else files
    events = (*files, at["judgment"]) if route.startswith("ledger/") else events
    values = {
        "identifier": [COMPANY, CONVICTED], "catalogue": ["procurement-exclusion", "uk-food-convictions"],
        "list": LISTS,
        "name": _list_names(route), "form": ["csv"],
        "file": ["catalogue.yaml"], "path": ["checkpoint"], "position": events, "source": ["example-buyer", OFFICE],
        "sending": ["none"], "act": acts, "digest": planted.digests,
        "event": [at["notice"]], "number": [at["claim"]], "doing": ["decline"], "width": ["wide"], "pk": [1],
        "provider_id": ["none"], "nowhere": ["none"], "batch": ["none"],
    }  # fmt: skip
    names = re.findall(r"<(?:\w+:)?(\w+)>", route)
    for chosen in itertools.product(*(values[name] for name in names)):
        path = route
        for name, value in zip(names, chosen, strict=True):
            path = re.sub(rf"<(?:\w+:)?{name}>", str(value), path, count=1)
        yield f"/{path}"


def _list_names(route: str) -> list[str]:
    if route.startswith("laboratory"):
        return ["looking-where-it-matters"]
    return LISTS if "lists/" in route else ["procurement-exclusion"]


def list_routes() -> list[str]:
    """Every pattern of the site, once, but for those that end a session and those of a key in an e-mail."""
    from django.urls import get_resolver

    routes = dict.fromkeys(route for route, _name in _walk(get_resolver().url_patterns))
    return [route for route in routes if not SKIPPED.search(route)]


def read_text(answer: Any) -> str:
    """What an answer says, with its headers; of an archive what its files say, its events but for who signed in."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if answer.headers.get("Content-Type") == "application/zip":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        content = b"".join(
            name.encode() + (text.replace(b"cnrylogin", b"as signed: ") if name.startswith("ledger/") else text)
            for name, text in files.items()
        )
    return content.decode(errors="replace") + str(dict(answer.headers))


def test_no_canary_is_shown_to_anybody_else(planted: PlantedRegister, request: pytest.FixtureRequest) -> None:
    """At every address, by every role: words, names, files, reasons, addresses of e-mail, who looked, and logins.

    What somebody signs in with stands nowhere but on their own pages, and in events, which stay as they were signed.

    Usually of a page its twin alone, which says no less (`test_page_contract`); thoroughly both.
    """
    leaks, seen, routes = [], set(), list_routes()
    if not request.config.getoption("--thorough"):
        routes = [route for route in routes if f"{route}.json" not in routes]
    for route in routes:
        for path, (role, client) in itertools.product(list_paths(route, planted), planted.clients.items()):
            answer = client.get(path)
            text = read_text(answer)
            answer.close()
            planted.statuses[role, path] = answer.status_code
            assert answer.status_code < 500, (role, path)
            own = f"cnrymail{re.sub('[^a-z]', '', role)}@"
            if not IN_THE_LEDGER.match(path):
                logins = set(re.findall(r"cnrylogin\w+", text)) - {_login(role)}
                leaks += [(role, path, login) for login in logins]
            leaks += [(role, path, mail) for mail in set(re.findall(r"cnrymail\w+@", text)) if mail != own]
            for canary, allowed in CANARIES.items():
                if re.search(rf"{canary}\b", text):
                    seen.add(canary)
                    leaks += [(role, path, canary)] * (role not in allowed and canary != _name(role))
            if any(part in path for part in BINARY) and "applications" not in path and answer.status_code == 200:
                may_see = {"nobody's account", "overseer"} if "proof" in path else PARTIES | INTERIM_PARTIES
                leaks += [(role, path, "a file")] * (role not in may_see)
    assert sorted(set(leaks)) == []
    assert seen == CANARIES.keys()  # each was planted, and is found where it may be


def read_status(planted: PlantedRegister, role: str, path: str) -> int:
    """The status of an answer that nobody reads further, or of the one that this role got already."""
    if (role, path) not in planted.statuses:
        answer = planted.clients[role].get(path)
        answer.close()
        planted.statuses[role, path] = answer.status_code
    return planted.statuses[role, path]


def build_matrix(planted: PlantedRegister) -> str:
    """Each address with the statuses that the roles get, in their order; of an address with a value, its first."""
    lines = ["# " + ", ".join(planted.clients)]
    for route in list_routes():
        path = next(list_paths(route, planted))
        lines.append(f"{route} " + " ".join(str(read_status(planted, role, path)) for role in planted.clients))
    return "\n".join(lines) + "\n"


def test_every_address_answers_every_role_as_the_matrix_says(planted: PlantedRegister) -> None:
    """Whoever adds an address, or opens one, changes a line of the matrix."""
    assert build_matrix(planted) == MATRIX.read_text(encoding="utf-8")
