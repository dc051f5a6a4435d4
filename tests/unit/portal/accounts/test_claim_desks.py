"""Claims on the desk of a body that stands apart, and the public page on which a claim begins."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from tests.forms import Form
from tests.unit.web.played import BOARD, BUYER, DANGER, TRIBUNAL, case_after_notice, case_after_proposal, today

from goodstanding.access.mandates import ANSWER_DAYS
from goodstanding.web.http import clock

Person = Callable[..., Any]
UNKNOWN = "uk-fhrs-row:799990"
HOSTILE = ["<script>alert(1)</script>", "lei:", "\u202egnp:1", "lei:5299 00", "x" * 200, "nowhere:1", "'; DROP TABLE"]
pytestmark = pytest.mark.usefixtures("case_register")


def send_claim(client: Any, identifier: str, text: str = "I am its director.") -> int:
    """A claim with a deed, sent from its check page; its number."""
    deed = BytesIO(b"A deed, made up for a test.\n")
    deed.name = "deed.txt"
    page = client.post("/account/claim", {"identifier": identifier, "text": text, "step": "review", "files": deed})
    assert client.post("/account/claim", Form(page.text).hidden | {"step": "send"}).status_code == 303
    return int(client.get("/account/claim.json").json()["claims"][0]["number"])


def settle_claim(client: Any, number: int, **fields: str) -> Any:
    """The answer to settling a claim."""
    return client.post("/account/claims", {"claim": number, "version": number, "step": "send", **fields})


def list_waiting(client: Any) -> list[int]:
    """The claims that wait for an answer by somebody."""
    return [claim["number"] for claim in client.get("/account/claims.json").json()["waiting"]]


def anonymous_client() -> Any:
    """A client that nobody has signed in with."""
    from django.test import Client

    return Client(headers={"host": "localhost"})


def read_words(page: Any) -> str:
    """What a page says to a reader."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page.text)).split())


@pytest.fixture
def claimant(person: Person) -> Any:
    """Somebody signed in who has no part yet."""
    return person(f"Nora {uuid4().hex[:8]}", "applicant")


def test_a_body_that_stands_apart_answers_a_claim_on_its_desk(person: Person, claimant: Any) -> None:
    """It is counted there with its last day; the office that accuses sees nothing of it, nor does a body elsewhere."""
    case = case_after_notice(3)
    number = send_claim(claimant, case.subject.identifier)
    board, tribunal = person("Chen Board", "appeal", BOARD), person("Tara", "appeal", TRIBUNAL)
    assert board.get("/desk.json").json()["claims"] >= 1
    assert "Who may act for whom" in board.get("/desk").text
    [line] = [claim for claim in board.get("/account/claims.json").json()["waiting"] if claim["number"] == number]
    assert (line["answer_by"], line["days_left"]) == (
        (clock.get_today() + timedelta(days=ANSWER_DAYS)).isoformat(), ANSWER_DAYS + 1,
    )  # fmt: skip
    assert number not in list_waiting(tribunal)
    for role in ("source", "decider"):
        accuser = person("Ada Clerk", role, BUYER)
        assert number not in list_waiting(accuser)
        assert settle_claim(accuser, number, do="confirm", until="2027-01-01").status_code == 403
    until = (clock.get_today() + timedelta(days=100)).isoformat()
    assert settle_claim(board, number, do="confirm", until=until).status_code == 303
    [claim] = claimant.get("/account/claim.json").json()["claims"]
    assert (claim["outcome"], claim["by"]) == ("granted", "Chen Board")


def test_past_its_last_day_a_claim_is_the_overseer_s_and_still_not_granted(
    person: Person, claimant: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The body that was silent answers it no more; nobody acts by silence."""
    case = case_after_notice(3)
    number, board = send_claim(claimant, case.subject.identifier), person("Chen Board", "appeal", BOARD)
    day = today() + timedelta(days=ANSWER_DAYS + 1)
    monkeypatch.setattr(clock, "_find_demonstration_day", lambda: day)
    assert number not in list_waiting(board)
    until = (day + timedelta(days=100)).isoformat()
    assert settle_claim(board, number, do="confirm", until=until).status_code == 404
    assert claimant.get("/account/claim.json").json()["claims"][0]["outcome"] == ""
    overseer = person("Olga", "overseer", "")
    assert number in list_waiting(overseer)
    assert "Past its last day" in overseer.get("/account/claims").text
    assert settle_claim(overseer, number, do="refuse", reason="The deed is of another company.").status_code == 303


def test_nobody_answers_a_claim_who_works_for_the_accuser_too(person: Person, claimant: Any) -> None:
    """Not in the body's part, where the same person has one in the office that accuses."""
    from django.contrib.auth import get_user_model

    from goodstanding.web.models import Account

    number = send_claim(claimant, case_after_notice(3).subject.identifier)
    board = person("Two Hats", "appeal", BOARD)
    assert number in list_waiting(board)
    Account.objects.create(user=get_user_model().objects.get(username="Two Hats"), role="source", scope=BUYER)
    accounts = [role for role in board.get("/account/roles.json").json()["parts"] if role["role"] == "appeal"]
    assert board.post("/account/roles", {"part": accounts[0]["number"]}).status_code == 302
    assert number not in list_waiting(board)
    assert settle_claim(board, number, do="refuse", reason="No.").status_code == 404


def test_a_body_above_or_below_one_source_of_a_file_does_not_answer(person: Person, claimant: Any) -> None:
    """It stands apart from all sources of a file, or it is not the one that answers."""
    case = case_after_proposal(0, list=DANGER, kind="establishment", fields={"danger": "infestation", "grave": True})
    number = send_claim(claimant, case.subject.identifier)
    assert number in list_waiting(person("Tara", "appeal", TRIBUNAL))
    assert number not in list_waiting(person("Max", "appeal", "example-food-ministry"))


def test_the_public_page_answers_every_identifier_alike(claimant: Any) -> None:
    """On file or not: the same words, the same length, the same questions to the database, signed in or not."""
    from django.db import connections
    from django.test.utils import CaptureQueriesContext

    identifier = case_after_notice(3).subject.identifier
    assert len(identifier) == len(UNKNOWN)
    for client in (anonymous_client(), claimant):
        for path in ("/claim", "/claim.json"):
            client.get(f"{path}?identifier={UNKNOWN}")
            answers, queries = [], []
            for typed in (identifier, UNKNOWN):
                with CaptureQueriesContext(connections["default"]) as captured:
                    answers.append(client.get(f"{path}?identifier={typed}"))
                queries.append(len(captured))
            assert [answer.status_code for answer in answers] == [200, 200]
            on_file, off_file = (
                re.sub(r'name="csrf[^>]+|nonce-[^"]+', "", answer.text).replace(typed.partition(":")[2], "X")
                for answer, typed in zip(answers, (identifier, UNKNOWN), strict=True)
            )
            assert on_file == off_file
            assert queries[0] == queries[1]


def test_the_form_of_a_claim_answers_every_identifier_alike(claimant: Any) -> None:
    """On file or not: the check and the list of one's own claims, by the same words and the same questions."""
    from django.db import connections
    from django.test.utils import CaptureQueriesContext

    pages, queries = [], []
    for identifier in (case_after_notice(3).subject.identifier, UNKNOWN):
        deed = BytesIO(b"A deed, made up for a test.\n")
        deed.name = "deed.txt"
        typed = {"identifier": identifier, "text": "I am its director.", "step": "review", "files": deed}
        claimant.get("/account/claim")
        with CaptureQueriesContext(connections["default"]) as captured:
            page = claimant.post("/account/claim", typed)
        pages.append(re.sub(r'name="(csrf|kept)[^>]+|nonce-[^"]+|href="[^"]*waiting[^"]*"', "", page.text))
        pages[-1] = pages[-1].replace(identifier, "X")
        queries.append([re.sub(r"'[^']*'", "?", query["sql"]) for query in captured])
    assert pages[0] == pages[1]
    assert queries[0] == queries[1]


def test_a_mandate_for_whom_nobody_has_on_file_opens_nothing_and_breaks_nothing(
    person: Person, claimant: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The overseer may confirm it on its proof; then its holder reads that there is no file, and no page fails."""
    number, overseer = send_claim(claimant, UNKNOWN), person("Olga", "overseer", "")
    until = (clock.get_today() + timedelta(days=100)).isoformat()
    assert settle_claim(overseer, number, do="confirm", until=until).status_code == 303
    later = today() + timedelta(days=20)
    monkeypatch.setattr(clock, "_find_demonstration_day", lambda: later)
    [part] = [line for line in claimant.get("/account/roles.json").json()["parts"] if line["role"] == "subject"]
    claimant.post("/account/roles", {"part": part["number"]})
    statuses = {path: claimant.get(path).status_code for path in ("/file", "/account", "/account/representatives", "/")}
    assert statuses == {"/file": 404, "/account": 200, "/account/representatives": 200, "/": 200}
    [mandate] = overseer.get("/account/representatives.json").json()["mandates"][:1]
    revoked = overseer.post("/account/representatives", {"mandate": mandate["number"], "reason": "No such company."})
    assert revoked.status_code == 302


def test_a_refused_claim_reads_alike_whether_there_is_a_file(person: Person) -> None:
    """Whoever was refused reads the day and the reason; a name or an office would tell of a file."""
    overseer, pages = person("Olga", "overseer", ""), []
    for number, identifier in enumerate((case_after_notice(3).subject.identifier, UNKNOWN)):
        client = person(f"Prying {number} {uuid4().hex[:8]}", "applicant")
        before = client.get("/account/claim.json").json()["claims"]
        claim = send_claim(client, identifier)
        assert settle_claim(overseer, claim, do="refuse", reason="The deed names somebody else.").status_code == 303
        [line] = client.get("/account/claim.json").json()["claims"]
        assert (before, line["title"], line["by"], line["office"]) == ([], identifier, "", "")
        pages.append(
            {name: value for name, value in line.items() if name not in ("number", "subject", "title", "person")}
        )
    assert pages[0] == pages[1]


@pytest.mark.parametrize("identifier", HOSTILE)
def test_what_is_no_identifier_is_answered_and_shown_as_text(identifier: str) -> None:
    """With what would be right; nothing typed becomes part of the page."""
    answer = anonymous_client().get("/claim", {"identifier": identifier})
    assert answer.status_code == 400
    assert "Sign in and go on" not in answer.text
    assert "<script>alert" not in answer.text


def test_a_public_file_asks_whose_it_is_and_says_how_to_get_an_account(claimant: Any) -> None:
    """The link leads to the page with the identifier typed in; from there the claim begins once one is signed in."""
    case = case_after_proposal(0, list=DANGER, kind="establishment", fields={"danger": "infestation", "grave": True})
    identifier = case.subject.identifier
    page = anonymous_client().get(f"/subjects/{identifier}")
    assert "Is this your organisation?" in page.text
    [address] = re.findall(r'href="(/claim\?identifier=[^"]+)"', page.text)
    words = read_words(anonymous_client().get(unescape(address)))
    assert "How to get an account" in words
    assert "Silence never grants a claim" in words
    assert (
        anonymous_client()
        .get(f"{address.replace('/claim', '/claim.json')}")
        .json()["next"]
        .startswith("/sign-in?next=")
    )
    form = claimant.get("/claim.json", {"identifier": identifier}).json()["next"]
    assert f'value="{identifier}"' in claimant.get(form).text
