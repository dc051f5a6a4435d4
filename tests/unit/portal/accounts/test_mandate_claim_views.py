"""Who acts for a subject, over the pages: a claim, its answer, a mandate that ends in the middle of a session."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from tests.forms import Form, post_at_once
from tests.site_register import LISTED, PRESUMED, SCRIPT, let_act

from goodstanding import config
from goodstanding.access.mandates import WAITING_DAYS

DEED = b"A deed, made up for a test.\n"


@pytest.fixture
def claimant(register: config.RegisterSettings) -> Any:
    """A client of somebody new who has no part yet."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    user = get_user_model().objects.create_user(f"Dora {uuid4().hex[:8]}")
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    client.person = user.username
    return client


def send_claim(client: Any, identifier: str = PRESUMED, text: str = "I am its director.", proof: Any = None) -> Any:
    """The answer to a claim, sent from its check page."""
    typed = {"identifier": identifier, "text": text, "step": "review"}
    page = client.post("/account/claim", typed | {"files": proof or named_file("deed.txt")})
    if page.status_code != 200:
        return page
    return client.post("/account/claim", Form(page.text).hidden | {"step": "send"})


def get_newest_claim(client: Any) -> dict[str, Any]:
    """The newest claim of a client's person."""
    return dict(client.get("/account/claim.json").json()["claims"][0])


def settle_claim(client: Any, number: int, **fields: str) -> Any:
    """The answer to settling a claim."""
    return client.post("/account/claims", {"claim": number, "version": number, "step": "send", **fields})


def last_day_after(days: int = 365) -> str:
    """A last day, so many days from today."""
    from goodstanding.web.http.clock import get_today

    return (get_today() + timedelta(days=days)).isoformat()


def read_attachment_token(token: str) -> str:
    """What a kept file's token says, without the second at which it was signed."""
    return token.partition(":")[0]


def named_file(file: str, content: bytes = DEED) -> BytesIO:
    """A file to hand in."""
    upload = BytesIO(content)
    upload.name = file
    return upload


@pytest.mark.each_database
def test_a_confirmed_claim_opens_the_file(
    claimant: Any, signed_in: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The claimant sees what became of it, acts from the first day on, and others who act for it see the name."""
    assert claimant.get(f"/subjects/{PRESUMED}.json").status_code == 404
    assert send_claim(claimant).headers["Location"] == "/account/claim#mine"
    office, number = signed_in("overseer"), get_newest_claim(claimant)["number"]
    waiting = {
        waiting_claim["number"]: waiting_claim for waiting_claim in office.get("/account/claims.json").json()["waiting"]
    }
    assert (waiting[number]["person"], waiting[number]["text"]) == (claimant.person, "I am its director.")
    assert settle_claim(office, number, do="confirm", until=last_day_after()).headers["Location"] == "/account/claims"
    newest_claim = get_newest_claim(claimant)
    assert (newest_claim["outcome"], newest_claim["by"]) == ("granted", "overseer")
    early = claimant.get(f"/subjects/{PRESUMED}.json")
    assert (early.status_code, "begins on" in early.json()["message"]) == (403, True)
    assert early.json()["code"] == "mandate-waits"
    for address in (f"/subjects/{PRESUMED}", "/account"):  # nobody is told to claim what was granted
        assert "/account/claim?" not in claimant.get(address).text
    assert "begins later" in claimant.get("/account").text
    monkeypatch.setenv("GOODSTANDING_TODAY", last_day_after(WAITING_DAYS))
    assert claimant.get(f"/subjects/{PRESUMED}.json").json()["party"] is True
    others = signed_in("subject", PRESUMED).get("/account/representatives.json").json()["mandates"]
    assert claimant.person in {other["person"] for other in others if other["holds"]}


def test_a_confirmed_claim_says_from_which_day_its_part_works(
    claimant: Any, signed_in: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The part is offered on the days on which it can be chosen, and on no other."""
    from goodstanding.web.http.clock import get_today

    send_claim(claimant)
    first_day = get_today() + timedelta(days=WAITING_DAYS)
    days = [last_day_after(number) for number in (0, WAITING_DAYS, WAITING_DAYS + 20)]
    number, until = get_newest_claim(claimant)["number"], last_day_after(WAITING_DAYS + 10)
    settle_claim(signed_in("overseer"), number, do="confirm", until=until)
    pages = []
    for day in days:
        monkeypatch.setenv("GOODSTANDING_TODAY", day)
        pages.append(claimant.get("/account/claim").text)
    assert ["Choose this role" in page for page in pages] == [False, True, False]
    assert re.search(rf"You can act in this role from <time[^>]*{first_day}", pages[0])
    assert "no longer act in this role" in pages[2]


def test_a_refused_claim_says_why_and_opens_nothing(claimant: Any, signed_in: Callable[..., Any]) -> None:
    """The reason is shown as the text that it is."""
    send_claim(claimant)
    number = get_newest_claim(claimant)["number"]
    settle_claim(signed_in("overseer"), number, do="refuse", reason=f"No. {SCRIPT}")
    assert get_newest_claim(claimant)["reason"] == f"No. {SCRIPT}"
    page = claimant.get("/account/claim").text
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert claimant.get(f"/subjects/{PRESUMED}.json").status_code == 404
    assert claimant.get("/account.json").json()["parts"] == []


@pytest.mark.each_database
def test_of_two_who_settle_the_second_is_told(claimant: Any, signed_in: Callable[..., Any]) -> None:
    """By whom and how; nothing typed is lost."""
    send_claim(claimant)
    number = get_newest_claim(claimant)["number"]
    settle_claim(signed_in("overseer"), number, do="confirm", until=last_day_after())
    late = settle_claim(signed_in("overseer"), number, do="refuse", reason="The deed is old.")
    assert late.status_code == 409
    assert "overseer settled this claim" in late.text
    assert get_newest_claim(claimant)["outcome"] == "granted"


def test_a_claim_is_shown_once_more_before_it_is_sent(claimant: Any) -> None:
    """With whose file it is and the proof that waits; changed, all of it stands in the form; a step has to be named."""
    from goodstanding.ledger import store

    before = store.get_ledger_size()
    typed = {"identifier": PRESUMED, "text": "I am its director.", "files": named_file("deed.txt")}
    page = claimant.post("/account/claim", typed)
    assert (page.status_code, "Check your answers" in page.text) == (200, True)
    assert PRESUMED in page.text
    waiting = Form(page.text).hidden
    form = claimant.post("/account/claim", waiting | {"step": "edit"})
    assert Form(form.text).all["text"].strip() == "I am its director."
    assert read_attachment_token(Form(form.text).all["kept"]) == read_attachment_token(waiting["kept"])
    assert claimant.post("/account/claim", waiting | {"step": "send", "version": ""}).status_code == 400
    assert store.get_ledger_size() == before
    assert claimant.post("/account/claim", waiting | {"step": "send"}).status_code == 303
    assert get_newest_claim(claimant)["proof"]["name"] == "deed.txt"


def test_a_claim_that_was_sent_already_is_told_so(claimant: Any) -> None:
    """Pressed twice, the second is told of the first."""
    page = claimant.post(
        "/account/claim", {"identifier": PRESUMED, "text": "I am its director.", "files": named_file("deed.txt")}
    )
    waiting = Form(page.text).hidden | {"step": "send"}
    assert claimant.post("/account/claim", waiting).status_code == 303
    again = claimant.post("/account/claim", waiting)
    assert again.status_code == 409
    assert "You claimed this file on" in again.text
    assert len(claimant.get("/account/claim.json").json()["claims"]) == 1


def test_an_empty_form_is_no_old_form(claimant: Any, signed_in: Callable[..., Any]) -> None:
    """Opened after an earlier claim to the same file was refused, it is checked at once: nothing happened since."""
    send_claim(claimant)
    office, number = signed_in("overseer"), get_newest_claim(claimant)["number"]
    assert settle_claim(office, number, do="refuse", reason="No deed.").status_code == 303
    empty = Form(claimant.get("/account/claim").text).hidden
    typed = {"identifier": PRESUMED, "text": "I am its director.", "step": "review", "files": named_file("deed.txt")}
    assert claimant.post("/account/claim", empty | typed).status_code == 200


@pytest.mark.parametrize("fields", [{"do": "confirm"}, {"do": "refuse", "reason": "No deed."}])
def test_an_answer_is_shown_once_more_before_it_is_sent(
    claimant: Any, signed_in: Callable[..., Any], fields: dict[str, str]
) -> None:
    """Beside the claim; without a step or without what its sender had seen nothing is settled."""
    send_claim(claimant, text="I am its director since May.")
    office, number = signed_in("overseer"), get_newest_claim(claimant)["number"]
    typed = {"claim": number, "until": last_day_after()} | fields
    page = office.post("/account/claims", typed)
    assert (page.status_code, "Check your answers" in page.text) == (200, True)
    assert "I am its director since May." in page.text
    assert office.post("/account/claims", typed | {"step": "send"}).status_code == 400
    assert get_newest_claim(claimant)["outcome"] == ""
    [action] = re.findall(r'action="(/account/claims[^"]*)"', page.text)
    sent = office.post(unescape(action), Form(page.text).hidden | {"step": "send"})
    assert sent.headers["Location"] == "/account/claims"
    assert get_newest_claim(claimant)["outcome"] == {"confirm": "granted", "refuse": "refused"}[fields["do"]]


@pytest.mark.each_database
def test_of_two_who_settle_at_one_instant_the_second_is_told_of_the_first(
    claimant: Any, signed_in: Callable[..., Any]
) -> None:
    """One answer stands in the ledger; the other keeps its words."""
    send_claim(claimant)
    number = get_newest_claim(claimant)["number"]
    typed = {"claim": str(number), "version": str(number), "step": "send"}
    confirmed = typed | {"do": "confirm", "until": last_day_after()}
    answers = post_at_once({
        "confirm": (signed_in("overseer"), "/account/claims", confirmed),
        "refuse": (signed_in("overseer"), "/account/claims", typed | {"do": "refuse", "reason": "Not so."}),
    })  # fmt: skip
    assert sorted(answer.status_code for answer in answers.values()) == [303, 409]
    [(answered, page)] = [(name, answer.text) for name, answer in answers.items() if answer.status_code == 409]
    assert "settled this claim on" in page
    assert get_newest_claim(claimant)["outcome"] == ("refused" if answered == "confirm" else "granted")
    assert answered == "confirm" or "Not so." in page


@pytest.mark.parametrize(
    ("role", "scope"),
    [("source", "uk-fhrs-la:102"), ("source", "mx-sat"), ("decider", "mx-sat"), ("decider", ""),
     ("appeal", "mx-sat"), ("applicant", ""),
     ("subject", LISTED), ("recipient", ""), ("relying-party", "")],
)  # fmt: skip
def test_no_stranger_sees_or_settles_a_claim(
    claimant: Any, signed_in: Callable[..., Any], role: str, scope: str
) -> None:
    """Neither the page nor its twin nor the file; a forged form is refused."""
    send_claim(claimant, proof=named_file("deed.txt"))
    number, stranger = get_newest_claim(claimant)["number"], signed_in(role, scope)
    for address in ("/account/claims", "/account/claims.json"):
        assert claimant.person not in stranger.get(address).text
    assert stranger.get(f"/account/claims/{number}/proof").status_code == 404
    assert settle_claim(stranger, number, do="confirm", until=last_day_after()).status_code in (403, 404)
    assert claimant.get(f"/ledger/{number}.json").json()["content"] == {}
    assert get_newest_claim(claimant)["outcome"] == ""


def test_the_public_sees_nothing_of_a_claim(claimant: Any, anybody: Any) -> None:
    """Neither who claimed nor what they wrote nor their file, by page, twin or ledger."""
    send_claim(claimant, text="A secret word: heliotrope.", proof=named_file("deed.txt"))
    number = get_newest_claim(claimant)["number"]
    for address in (
        f"/ledger/{number}",
        f"/ledger/{number}.json",
        f"/subjects/{PRESUMED}",
        f"/subjects/{PRESUMED}.json",
    ):
        text = anybody.get(address).text
        assert "heliotrope" not in text
        assert claimant.person not in text
    proofs = [anybody.get(f"/account/claims/{claim}/proof") for claim in (number, number + 1)]
    assert [proof.status_code for proof in proofs] == [404, 404]
    assert proofs[0].text == proofs[1].text.replace(f"claim {number + 1} ", f"claim {number} ")


@pytest.mark.parametrize("identifier", [PRESUMED, "mx-rfc:XYZ180101999"])
def test_a_claim_tells_nothing_of_a_file(claimant: Any, identifier: str) -> None:
    """Whether there is a file or not, the check and the claim name the identifier alone, and both are taken."""
    page = claimant.post(
        "/account/claim", {"identifier": identifier, "text": "I am its director.", "files": named_file("deed.txt")}
    )
    assert page.status_code == 200
    assert "EJEMPLO" not in page.text
    assert send_claim(claimant, identifier=identifier).status_code == 303
    assert get_newest_claim(claimant)["title"] == identifier


def test_a_proof_goes_to_the_office_as_it_was_handed_in(claimant: Any, signed_in: Callable[..., Any]) -> None:
    """As a download under its name, with the digest that the claim says."""
    send_claim(claimant, proof=named_file("deed.txt"))
    newest_claim, office = get_newest_claim(claimant), signed_in("overseer")
    answer = office.get(f"/account/claims/{newest_claim['number']}/proof")
    assert answer.content == DEED
    assert 'attachment; filename="deed.txt"' in answer.headers["Content-Disposition"]
    assert newest_claim["proof"]["name"] == "deed.txt"
    assert claimant.get(f"/account/claims/{newest_claim['number']}/proof").content == DEED


@pytest.mark.parametrize(
    ("file", "content"),
    [("deed.pdf", b"MZ\x90\x00 a program"), ("deed.txt", b"<script>alert(1)</script>"), ("deed.png", DEED)],
)
def test_a_proof_that_lies_about_its_type_is_refused_and_the_text_is_kept(
    claimant: Any, file: str, content: bytes
) -> None:
    """The page says what is wrong, and holds what was typed."""
    answer = send_claim(claimant, text="Typed with care.", proof=named_file(file, content))
    assert answer.status_code == 400
    assert "Typed with care." in answer.text
    assert claimant.get("/account/claim.json").json()["claims"] == []


@pytest.mark.parametrize(
    ("identifier", "text"),
    [("nonsense", "x"), ("mx-rfc:XAXX010101999", "x"), ("", "x"), (PRESUMED, ""), (PRESUMED, "\x1b[2J"),
     (PRESUMED, "x" * 10_001), ("x" * 300, "x"), ("\x00", "x"), (PRESUMED, "a\x00b")],
)  # fmt: skip
def test_what_cannot_be_claimed_is_answered_and_nothing_is_written(claimant: Any, identifier: str, text: str) -> None:
    """A clear answer, whatever was sent."""
    from goodstanding.ledger import store

    size = store.get_ledger_size()
    answer = send_claim(claimant, identifier, text)
    assert answer.status_code in (400, 404)
    assert 'role="alert"' in answer.text
    assert store.get_ledger_size() == size


@pytest.mark.parametrize(
    "fields",
    [{"do": "confirm", "until": "2020-01-01"}, {"do": "confirm", "until": "tomorrow"}, {"do": "confirm"},
     {"do": "confirm", "until": "9999-12-31"}, {"do": "refuse"}, {"do": "burn"}, {}],
)  # fmt: skip
def test_an_answer_that_is_none_leaves_the_claim_open(
    claimant: Any, signed_in: Callable[..., Any], fields: dict[str, str]
) -> None:
    """A last day that cannot be, a refusal without a reason, and what no button says."""
    send_claim(claimant)
    number = get_newest_claim(claimant)["number"]
    answer = settle_claim(signed_in("overseer"), number, **fields)
    assert answer.status_code == 400
    assert ('role="alert"' if fields.get("do") in ("confirm", "refuse") else "Nothing was chosen") in answer.text
    assert get_newest_claim(claimant)["outcome"] == ""


@pytest.mark.parametrize("number", ["0", "-1", "x", "", "9" * 30, "1.5", "\x00"])
def test_a_number_that_is_none_is_answered(signed_in: Callable[..., Any], number: str) -> None:
    """Of a claim and of a mandate alike."""
    office = signed_in("overseer")
    assert office.post("/account/claims", {"claim": number, "do": "refuse", "reason": "x"}).status_code in (400, 404)
    revoked = office.post("/account/representatives", {"mandate": number, "reason": "x"})
    assert revoked.status_code in (400, 404)


def test_a_mandate_revoked_in_the_middle_of_a_session_ends_it_there(
    claimant: Any, signed_in: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next page and twin say on which day it ended, who revoked it, why, and how to renew it."""
    other = signed_in("subject", PRESUMED)
    send_claim(claimant)
    settle_claim(signed_in("overseer"), get_newest_claim(claimant)["number"], do="confirm", until=last_day_after())
    monkeypatch.setenv("GOODSTANDING_TODAY", last_day_after(WAITING_DAYS))
    assert claimant.get(f"/subjects/{PRESUMED}.json").json()["party"] is True
    [mandate] = [own_mandate for own_mandate in other.get("/account/representatives.json").json()["mandates"]
                 if own_mandate["person"] == claimant.person and own_mandate["holds"]]  # fmt: skip
    other.post("/account/representatives", {"mandate": mandate["number"], "reason": "She left the company."})
    answer = claimant.get(f"/subjects/{PRESUMED}")
    assert answer.status_code == 403
    for word in ("ended on", "She left the company.", "/account/claim?identifier=", f"evoked by subject {PRESUMED}"):
        assert word in answer.text
    subject_answer = claimant.get(f"/subjects/{PRESUMED}.json")
    assert (subject_answer.status_code, subject_answer.json()["code"]) == (403, "mandate-ended")
    assert claimant.post("/account/representatives", {"mandate": mandate["number"], "reason": "x"}).status_code == 403
    assert claimant.get("/account").status_code == 200
    claimant.post("/account/roles", {"part": ""})
    assert claimant.get(f"/subjects/{PRESUMED}.json").status_code == 404


def test_a_mandate_ends_by_itself_after_its_last_day(
    claimant: Any, signed_in: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On that day it still holds; on the next the answer says when it ended; a new claim renews it."""
    send_claim(claimant)
    office = signed_in("overseer")
    settle_claim(office, get_newest_claim(claimant)["number"], do="confirm", until=last_day_after(30))
    monkeypatch.setenv("GOODSTANDING_TODAY", last_day_after(30))
    assert claimant.get(f"/subjects/{PRESUMED}.json").json()["party"] is True
    monkeypatch.setenv("GOODSTANDING_TODAY", last_day_after(1))
    answer = claimant.get(f"/subjects/{PRESUMED}")
    assert answer.status_code == 403
    assert "its last day was" in answer.text.lower()
    send_claim(claimant, text="Still its director.")
    settle_claim(office, get_newest_claim(claimant)["number"], do="confirm", until=last_day_after(10))
    monkeypatch.setenv("GOODSTANDING_TODAY", last_day_after(WAITING_DAYS))
    assert claimant.get(f"/subjects/{PRESUMED}.json").json()["party"] is True


def test_an_account_alone_opens_no_file(signed_in: Callable[..., Any], register: config.RegisterSettings) -> None:
    """What a representative may do rests on the ledger, not on a row that whoever runs the register can write."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    from goodstanding.web.models import Account

    user = get_user_model().objects.create_user(f"Row {uuid4().hex[:8]}")
    Account.objects.create(user=user, role="subject", scope=PRESUMED)
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    answer = client.get(f"/subjects/{PRESUMED}.json")
    assert (answer.status_code, answer.json()["code"]) == (403, "mandate-ended")
    let_act(user.username, PRESUMED)
    assert client.get(f"/subjects/{PRESUMED}.json").json()["party"] is True


def test_the_office_that_granted_a_mandate_may_end_it_and_another_may_not(
    claimant: Any, signed_in: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everybody may give up their own."""
    send_claim(claimant)
    settle_claim(signed_in("overseer"), get_newest_claim(claimant)["number"], do="confirm", until=last_day_after())
    monkeypatch.setenv("GOODSTANDING_TODAY", last_day_after(WAITING_DAYS))
    seen = signed_in("overseer").get("/account/representatives.json").json()["mandates"]
    [number] = [mandate["number"] for mandate in seen if mandate["person"] == claimant.person]
    fields = {"mandate": number, "reason": "The deed was forged."}
    assert signed_in("source", "us-nyc-dohmh").post("/account/representatives", fields).status_code == 403
    assert signed_in("source", "mx-sat").post("/account/representatives", fields).status_code == 403
    assert signed_in("appeal", "mx-sat").post("/account/representatives", fields).status_code == 403
    assert claimant.post("/account/representatives", fields | {"reason": ""}).status_code == 400
    assert claimant.post("/account/representatives", fields).status_code == 302
    assert claimant.get(f"/subjects/{PRESUMED}").status_code == 403


def test_a_form_from_elsewhere_claims_and_settles_nothing(claimant: Any, signed_in: Callable[..., Any]) -> None:
    """Without the page's own token each form is refused."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    strict = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    strict.force_login(get_user_model().objects.get(username=claimant.person))
    for address in ("/account/claim", "/account/claims", "/account/representatives", "/account/roles"):
        answer = strict.post(address, {"identifier": PRESUMED, "text": "x"})
        assert answer.status_code == 403
        assert "Nothing was done" in answer.text


def test_whoever_acts_already_is_told_and_may_object_and_is_never_removed(
    claimant: Any, signed_in: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By e-mail, and on the page before the first day; whoever comes cannot end the mandate of whoever was there."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.core import mail

    monkeypatch.setattr(settings, "EMAIL_BACKEND", "django.core.mail.backends.locmem.EmailBackend")
    mail.outbox = []
    there = signed_in("subject", PRESUMED)
    get_user_model().objects.filter(username=f"subject {PRESUMED}").update(email="there@company.example")
    send_claim(claimant)
    settle_claim(signed_in("overseer"), get_newest_claim(claimant)["number"], do="confirm", until=last_day_after())
    [email] = [message for message in mail.outbox if message.to == ["there@company.example"]]
    assert "/account/representatives" in email.body
    assert claimant.person not in email.body
    lines = {line["person"]: line for line in there.get("/account/representatives.json").json()["mandates"]
             if line["holds"] or line["waits"]}  # fmt: skip
    mine, theirs = lines[f"subject {PRESUMED}"], lines[claimant.person]
    assert (theirs["waits"], theirs["revocable"]) == (True, True)
    monkeypatch.setenv("GOODSTANDING_TODAY", last_day_after(WAITING_DAYS))
    removal = {"mandate": mine["number"], "reason": "I am here now."}
    assert claimant.post("/account/representatives", removal).status_code == 403
    assert b"Revoke this mandate" not in claimant.get("/account/representatives").content
    objection = {"mandate": theirs["number"], "reason": "We never authorised them."}
    assert there.post("/account/representatives", objection).status_code == 302
    assert claimant.get(f"/subjects/{PRESUMED}.json").status_code == 403


def test_a_claim_without_a_proof_is_not_taken(claimant: Any) -> None:
    """The page says what to hand in, before and after, and keeps what was typed."""
    assert "may be left out" not in claimant.get("/account/claim").text
    answer = claimant.post("/account/claim", {"identifier": PRESUMED, "text": "Typed with care.", "step": "review"})
    assert answer.status_code == 400
    assert "power of attorney" in answer.text
    assert "Typed with care." in answer.text
