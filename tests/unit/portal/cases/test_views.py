"""The page of a case: who sees it, what it says word for word, its acts as forms, its letters and its evidence."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from html import escape, unescape
from typing import Any

import pytest
from tests.forms import Form
from tests.people import CLERK, DECIDER
from tests.registers import NOW
from tests.unit.web.played import (
    BOARD,
    BUYER,
    DANGER,
    OFFICE,
    TRIBUNAL,
    append_case_act,
    case_after_appeal,
    case_after_decision,
    case_after_notice,
    case_after_proposal,
    new_company,
    read_hidden_fields,
    send_act_form,
    subject_actor,
    today,
)

from goodstanding import config
from goodstanding.procedure.case_states import Act
from goodstanding.web.http import clock

Person = Callable[..., Any]
HOSTILE = '<script>alert("1")</script> & <b>bold</b> \u200f {{ 7*7 }} {% now %}'
pytestmark = pytest.mark.usefixtures("case_register")


@pytest.fixture
def clerk(person: Person) -> Any:
    """A clerk of the source."""
    return person("Ada Clerk", "source", BUYER)


@pytest.fixture
def decider(person: Person) -> Any:
    """A decider of the source."""
    return person("Ben Decider", "decider", BUYER)


@pytest.fixture
def body(person: Person) -> Any:
    """A member of the appeal body."""
    return person("Chen Board", "appeal", BOARD)


def sign_in_company(person: Person, case: Any, **options: Any) -> Any:
    """Somebody signed in who acts for the company of a case."""
    return person("Dora Director", "subject", case.subject.identifier, **options)


def ledger_size() -> int:
    """How many events the ledger holds."""
    from goodstanding.ledger import store

    return store.get_ledger_size()


def move_clock(monkeypatch: pytest.MonkeyPatch, days: int) -> date:
    """Lets pages believe that it is so many days later."""

    day = today() + timedelta(days=days)
    monkeypatch.setattr(clock, "_find_demonstration_day", lambda: day)
    return day


def read_words(page: Any) -> str:
    """What a page says to a reader."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page.text)).split())


def test_a_case_names_humans_and_not_what_they_sign_in_with(clerk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who proposed, who decided and whose words stand there; of older events, which name nobody, the sign-in stays."""
    from tests.unit.web import played

    monkeypatch.setattr(played, "CLERK", replace(CLERK, name="login-one"))
    monkeypatch.setattr(played, "DECIDER", replace(DECIDER, name="login-two"))
    case = case_after_decision()
    words = read_words(clerk.get(f"/cases/{case.position}"))
    assert "login-" not in words
    for sentence in ("In the words of Ada Clerk", "Ada Clerk of", "Ben Decider decided."):
        assert sentence in words, sentence
    monkeypatch.setattr(played, "CLERK", replace(CLERK, name="login-three", full_name=""))
    assert "In the words of login-three" in read_words(clerk.get(f"/cases/{case_after_notice().position}"))


# ---------- who sees it ----------


def test_the_parties_see_a_case_and_nobody_else(person: Person, clerk: Any, decider: Any) -> None:
    """Subject, clerk, decider and overseer; to others it is answered like one that never was, page and twin alike."""
    from django.test import Client

    case = case_after_notice(3)
    others = new_company()
    case_after_notice(2, identifier=others)
    strangers = [
        Client(headers={"host": "localhost"}), person("Eve", "subject", others), person("Kay", "source", OFFICE),
        person("Lou", "decider", OFFICE), person("Rex", "recipient"), person("Max", "appeal", BOARD),
    ]  # fmt: skip
    parties = [sign_in_company(person, case), clerk, decider, person("Olga", "overseer")]
    for address in (
        f"/cases/{case.position}",
        f"/cases/{case.position}.json",
        f"/cases/{case.position}/letters/{case.acts[1].position}",
    ):
        assert [party.get(address).status_code for party in parties] == [200] * 4, address
        for stranger in strangers:
            answer = stranger.get(address)
            missing_address = address.replace(str(case.position), "987654", 1)
            missing = stranger.get(missing_address)
            assert answer.status_code == missing.status_code == 404, address
            assert answer.text == missing.text.replace("987654", str(case.position))


def test_an_appeal_body_sees_a_case_once_it_has_something_to_hear(body: Any, person: Person) -> None:
    """Not before the appeal; not the source's own people in the dress of a body."""
    case = case_after_decision(5)
    assert body.get(f"/cases/{case.position}").status_code == 404
    append_case_act(case, Act.APPEAL, subject_actor(case), 1, text="No.")
    assert body.get(f"/cases/{case.position}").status_code == 200
    assert person("Ivo", "appeal", BUYER).get(f"/cases/{case.position}").status_code == 404


def test_a_look_at_a_case_is_noted_on_the_subjects_file(person: Person, decider: Any) -> None:
    """Charter article 20: who opened the case, and when."""
    from goodstanding.web.models import LookUp

    case = case_after_notice(1)
    decider.get(f"/cases/{case.position}")
    [look] = LookUp.objects.filter(subject=case.subject.identifier, name="Ben Decider")
    assert look.opened == f"/cases/{case.position}"


@pytest.mark.parametrize("path", ["/cases/999999", "/cases/0", "/cases/99999999999999999999", "/cases/1/acts/Nonsense"])
def test_a_case_that_is_none_is_not_found(clerk: Any, path: str) -> None:
    """A number that opened no case, however long; an act that is none."""
    assert clerk.get(path).status_code == 404


# ---------- what it says ----------


def test_a_case_says_who_what_by_which_law_and_what_silence_does(person: Person) -> None:
    """The finding, the list, the law, the days left, and what follows if nobody acts, in words and as days."""
    case = case_after_notice(5)
    client = sign_in_company(person, case)
    page, twin = client.get(f"/cases/{case.position}"), client.get(f"/cases/{case.position}.json").json()
    text = read_words(page)
    assert case.reference in text
    assert "You can answer until" in text
    assert "If there is no decision by the end of" in text
    assert "Federal Acquisition Regulation" in text
    assert "nobody acts" in text
    reply, decision = twin["clocks"]
    assert reply["last_day"] == (case.case.reply_until - timedelta(days=1)).isoformat()
    assert reply["days_left"] == (case.case.reply_until - today()).days
    assert decision["title"] == "Time to decide"
    assert [span["phase"] for span in twin["spans"] if span["state"] == "now"] == ["told"]
    assert twin["binds"] is False


@pytest.mark.each_database
def test_the_twin_says_what_the_page_says(person: Person) -> None:
    """Every day, ledger position and word of the page stands in the twin, and the other way round."""
    case = case_after_appeal(3)
    client = sign_in_company(person, case)
    page, twin = client.get(f"/cases/{case.position}").text, client.get(f"/cases/{case.position}.json")
    assert set(re.findall(r'datetime="(\d{4}-\d\d-\d\d)"', page)) <= set(re.findall(r"\d{4}-\d\d-\d\d", twin.text))
    for act in twin.json()["acts"]:
        assert escape(act["text"]) in page
        assert f'href="/ledger/{act["position"]}"' in page
    assert twin.json()["head"]["headline"] in unescape(page)


def test_everything_that_was_said_is_shown_word_for_word_and_nothing_of_it_is_executed(
    person: Person, decider: Any
) -> None:
    """HTML, template marks and marks that turn a text round are shown as they were written, to everyone who decides."""
    case = case_after_notice(3, text=HOSTILE, reference="B<17>", name='Example "Works" <i>Ltd</i>')
    case = append_case_act(case, Act.REPLY, subject_actor(case), 1, text=HOSTILE)
    for client in (decider, sign_in_company(person, case)):
        page = client.get(f"/cases/{case.position}").text
        assert page.count(escape(HOSTILE)) >= 3
        assert "<script>alert" not in page
        assert "<i>Ltd" not in page
        assert client.get(f"/cases/{case.position}.json").json()["acts"][-1]["text"] == HOSTILE


def test_a_late_reply_is_taken_and_marked(person: Person, decider: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is decided on all the same, and both sides see that it came late."""
    case = case_after_notice(45)
    client = sign_in_company(person, case)
    answer = send_act_form(client, case, Act.REPLY, text="Late but true.")
    assert answer.status_code == 303
    page = decider.get(f"/cases/{case.position}")
    assert "Late but true." in page.text
    assert "Late, but still read" in page.text
    assert decider.get(f"/cases/{case.position}.json").json()["acts"][-1]["late"] is True


def test_silence_is_told_as_what_it_is(person: Person, decider: Any) -> None:
    """A case that nobody decided in time says that the authority was silent, and offers no act."""
    case = case_after_notice(200)
    twin = decider.get(f"/cases/{case.position}.json").json()
    assert twin["head"]["headline"].startswith("The authority did not decide in time")
    assert twin["possible"] == twin["clocks"] == []
    assert {act["act"] for act in twin["barred"]} == {"CaseDecided", "DecisionServed"}


@pytest.mark.parametrize(
    ("name", "role", "open_acts"),
    [
        ("Ada Clerk", "source", {"ObligationPerformed", "CaseWithdrawn"}), ("Ben Decider", "decider", {"CaseDecided"}),
        ("Olga", "overseer", set()),
    ],
)  # fmt: skip
def test_each_sees_the_forms_of_their_own_acts(person: Person, name: str, role: str, open_acts: set[str]) -> None:
    """And for the others of their role why they are not open; no button that does nothing."""
    case = case_after_notice(40)
    client = person(name, role, "" if role == "overseer" else BUYER)
    twin, page = client.get(f"/cases/{case.position}.json").json(), client.get(f"/cases/{case.position}").text
    assert {act["act"] for act in twin["possible"]} == open_acts
    assert set(re.findall(rf'action="/cases/{case.position}/acts/(\w+)"', page)) == open_acts
    assert all(act["because"] and escape(act["because"]) in page for act in twin["barred"])


def test_who_proposed_is_told_that_somebody_else_decides(person: Person) -> None:
    """Even where one person holds both roles."""
    case = case_after_notice(40)
    twin = person("Ada Clerk", "decider", BUYER).get(f"/cases/{case.position}.json").json()
    assert "Ada Clerk proposed the case." in {act["because"] for act in twin["barred"]}


def test_an_open_dispute_of_the_finding_is_said_on_its_case(person: Person, decider: Any) -> None:
    """It is not in force while the dispute is heard, and page and twin say so."""
    from goodstanding.register.cases.subject_requests import dispute_record

    case = case_after_decision(40)
    assert decider.get(f"/cases/{case.position}.json").json()["binds"] is True
    dispute = dispute_record(case.position, subject_actor(case), today(), NOW, "Not so.")
    twin = decider.get(f"/cases/{case.position}.json").json()
    assert (twin["binds"], twin["related"][0]["address"]) == (False, f"/cases/{dispute.position}")
    own = decider.get(f"/cases/{dispute.position}.json").json()
    assert [act["act"] for act in own["possible"]] == ["DisputeDecided"]
    assert own["record"] == case.position


# ---------- acts ----------


@pytest.mark.each_database
def test_a_case_is_heard_from_form_to_form(person: Person, clerk: Any, decider: Any, body: Any) -> None:
    """Served, answered with a file, decided, served, appealed and annulled: every act through its form."""
    case = case_after_proposal()
    company_here = sign_in_company(person, case)
    ends_on = (today() + timedelta(days=300)).isoformat()
    steps: list[tuple[Any, Act, dict[str, Any]]] = [
        (clerk, Act.SERVE_NOTICE, {"service": "posted", "proof": "RR 1"}),
        (company_here, Act.REPLY, {"text": "It was lent to us.", "files": _file("contract.txt", b"Lent.")}),
        (decider, Act.DECIDE, {"upheld": "yes", "text": "Forged.", "ends_on": ends_on}),
        (clerk, Act.SERVE_DECISION, {"service": "delivered", "proof": "RR 2"}),
        (company_here, Act.APPEAL, {"text": "The issuer erred."}),
        (body, Act.DECIDE_APPEAL, {"upheld": "no", "text": "The certificate is genuine."}),
    ]  # fmt: skip
    for client, act, fields in steps:
        address = f"/cases/{case.position}/acts/{act.value}"
        form = read_hidden_fields(client.get(f"/cases/{case.position}").text, address)
        answer = client.post(address, {"version": form["version"], "step": "send"} | fields)
        assert (act, answer.status_code) == (act, 303)
        assert answer.headers["Location"].startswith(f"/cases/{case.position}?done=")
        assert "written into the ledger" in client.get(answer.headers["Location"]).text
    twin = company_here.get(f"/cases/{case.position}.json").json()
    assert [act_line["act"] for act_line in twin["acts"]] == ["CaseProposed", *(act.value for _c, act, _s in steps)]
    assert "It never had any effect" in twin["head"]["headline"]
    assert twin["acts"][3]["ends_on"] == ends_on
    assert [file["name"] for file in twin["evidence"]] == ["contract.txt"]


def _file(name: str, content: bytes) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, content)


def test_what_will_be_sent_is_shown_once_more_and_nothing_is_written(decider: Any) -> None:
    """The check page says what follows and until when, keeps every word, and can be gone back from."""
    case = case_after_notice(40)
    before = ledger_size()
    answer = send_act_form(decider, case, Act.DECIDE, upheld="yes", text="Forged, as the issuer says.", step="review")
    assert answer.status_code == 200
    assert "Check your answers" in answer.text
    assert "If the decision is not served by the end of" in answer.text
    assert ledger_size() == before
    form = read_hidden_fields(answer.text, f"/cases/{case.position}/acts/CaseDecided")
    assert (form["text"], form["upheld"], form["version"]) == ("Forged, as the issuer says.", "yes", "2")
    back = decider.post(f"/cases/{case.position}/acts/CaseDecided", form | {"step": "edit"})
    assert "Forged, as the issuer says.</textarea>" in back.text
    assert decider.post(f"/cases/{case.position}/acts/CaseDecided", form | {"step": "send"}).status_code == 303


@pytest.mark.parametrize("step", [{}, {"step": ""}, {"step": "Send"}, {"do": "send"}])
def test_a_form_without_a_step_is_shown_once_more_and_never_sent(decider: Any, step: dict[str, str]) -> None:
    """Whoever presses no button of the check page executes nothing."""
    case = case_after_notice(40)
    before = ledger_size()
    fields = {"version": len(case.acts), "upheld": "no", "text": "Not proved."} | step
    answer = decider.post(f"/cases/{case.position}/acts/CaseDecided", fields)
    assert (answer.status_code, ledger_size()) == (200, before)
    assert "Check your answers" in answer.text


def test_before_a_notice_is_served_its_letter_is_shown(clerk: Any) -> None:
    """With the days that would follow from serving it today."""
    case = case_after_proposal()
    answer = send_act_form(clerk, case, Act.SERVE_NOTICE, service="posted", proof="RR 1", step="review")
    assert "A proposal about you, and how to answer it" in answer.text
    assert case.opened.text in unescape(answer.text)


def test_the_second_of_two_deciders_is_told_what_happened_and_loses_nothing(person: Person, decider: Any) -> None:
    """Two open the same case; who sends later sees what was decided, and their own text, and nothing was written."""
    case = case_after_notice(40)
    other = person("Gil Decider", "decider", BUYER)
    assert send_act_form(decider, case, Act.DECIDE, upheld="no", text="Not proved at all.").status_code == 303
    before = ledger_size()
    answer = send_act_form(other, case, Act.DECIDE, upheld="yes", text="My own <b>long</b> reasons.")
    assert answer.status_code == 409
    assert "Not proved at all." in answer.text
    assert "My own &lt;b&gt;long&lt;/b&gt; reasons." in answer.text
    assert ledger_size() == before


def test_a_form_sent_twice_is_one_act(person: Person) -> None:
    """The same reply again answers that it is there already, and writes nothing."""
    case = case_after_notice(3)
    client = sign_in_company(person, case)
    assert send_act_form(client, case, Act.REPLY, text="We did not know.").status_code == 303
    before = ledger_size()
    again = send_act_form(client, case, Act.REPLY, text="We did not know.")
    assert (again.status_code, ledger_size()) == (409, before)
    assert "What has changed since you opened the form" in again.text


@pytest.mark.each_database
def test_two_who_send_at_the_same_moment_do_not_both_act(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second is stopped where the event is written, even if its look at the case came before the first."""

    from goodstanding.portal.cases import act_views

    case = case_after_notice(3)
    client = sign_in_company(person, case)
    real = act_views.append_act

    def slow(position: int, *arguments: Any, **fields: Any) -> Any:
        monkeypatch.setattr(act_views, "append_act", real)
        append_case_act(case, Act.REPLY, subject_actor(case, "Hal"), text="Mine was first.")
        return real(position, *arguments, **fields)

    monkeypatch.setattr(act_views, "append_act", slow)
    answer = send_act_form(client, case, Act.REPLY, text="Mine was second.")
    assert answer.status_code == 409
    assert "Mine was first." in answer.text
    assert "Mine was second." in answer.text


@pytest.mark.parametrize("text", ["", "   \n\t ", "\u00a0"])
def test_a_decision_without_reasons_is_refused_and_the_choice_kept(decider: Any, text: str) -> None:
    """Nothing is written, and the page says what is missing."""
    case = case_after_notice(40)
    before = ledger_size()
    answer = send_act_form(decider, case, Act.DECIDE, upheld="yes", text=text)
    assert (answer.status_code, ledger_size()) == (400, before)
    assert "A decision needs its reasons." in answer.text
    assert re.search(r'value="yes" checked', answer.text)


def test_nothing_is_chosen_for_whoever_decides(decider: Any) -> None:
    """No outcome is preselected, and none is assumed."""
    case = case_after_notice(40)
    assert not re.search(r"<input[^>]* checked", decider.get(f"/cases/{case.position}").text)
    answer = send_act_form(decider, case, Act.DECIDE, text="My reasons.")
    assert answer.status_code == 400
    assert "My reasons.</textarea>" in answer.text


@pytest.mark.parametrize("seen", [None, "", "x", "-1", "99999999999999999999", "0"])
def test_a_forged_form_does_nothing(decider: Any, seen: str | None) -> None:
    """A form that does not say which case it was made from, or says another one, keeps what was typed."""
    case = case_after_notice(40)
    before = ledger_size()
    fields = {"upheld": "no", "text": "Kept all the same.", "step": "send"} | (
        {"version": seen} if seen is not None else {}
    )
    answer = decider.post(f"/cases/{case.position}/acts/CaseDecided", fields)
    assert answer.status_code in (400, 409)
    assert "Kept all the same." in answer.text
    assert ledger_size() == before


def test_a_version_that_is_yet_to_come_is_not_called_overtaken(decider: Any) -> None:
    """A form that says more than there is was not made from this page; nothing happened since."""
    case = case_after_notice(40)
    answer = send_act_form(decider, case, Act.DECIDE, upheld="no", text="Kept.", version="123456789")
    assert (answer.status_code, "What has changed since" in answer.text) == (400, False)
    assert "does not say what it was made from" in answer.text


def test_a_form_from_elsewhere_does_nothing(person: Person) -> None:
    """Without the page's own token nothing is done, and the answer says so."""
    case = case_after_notice(40)
    client = person("Ben Decider", "decider", BUYER, enforce_csrf_checks=True)
    before = ledger_size()
    answer = send_act_form(client, case, Act.DECIDE, upheld="no", text="No.")
    assert (answer.status_code, ledger_size()) == (403, before)
    assert "Nothing was done" in answer.text


OURS, WORDS = {"origin": "http://localhost"}, "Typed with <care>."


def post_words(client: Any, case: Any, step: str, token: str, **headers: str) -> Any:
    """The answer to a decision of some words, as a page sends it that was opened with a token."""
    fields = {"upheld": "no", "text": WORDS, "version": len(case.acts), "step": step, "csrfmiddlewaretoken": token}
    return client.post(f"/cases/{case.position}/acts/{Act.DECIDE.value}", fields, headers=headers)


def read_token(client: Any, case: Any) -> str:
    """The token of the forms of a page that is opened now."""
    [token, *_others] = re.findall(r'csrfmiddlewaretoken" value="(\w+)"', client.get(f"/cases/{case.position}").text)
    return str(token)


def test_words_outlive_the_session(person: Person) -> None:
    """Signed out between check and send, one is told to sign in; then the form is back with all that was typed."""
    case = case_after_notice(40)
    client = person("Ben Decider", "decider", BUYER, enforce_csrf_checks=True)
    token, before = read_token(client, case), ledger_size()
    session = client.cookies.pop("sessionid")
    out = post_words(client, case, "send", token, **OURS)
    assert "You are signed out. Nothing was sent" in out.text
    assert (Form(out.text).hidden["text"], 'href="/sign-in"' in out.text) == (WORDS, True)
    assert "You are signed out" not in post_words(client, case, "send", token, origin="http://evil.example").text
    client.cookies["sessionid"] = session.value
    del client.cookies["csrftoken"]
    assert read_token(client, case) != token  # as signing in gives another one
    back = post_words(client, case, "edit", token, **OURS)
    assert (back.status_code, Form(back.text).all["text"].strip()) == (200, WORDS)
    assert ledger_size() == before


def test_only_going_back_to_a_form_needs_no_token_of_now(person: Person) -> None:
    """Nothing is checked or sent without it, and from elsewhere not even that; the words are offered again."""
    case = case_after_notice(40)
    client = person("Ben Decider", "decider", BUYER, enforce_csrf_checks=True)
    before = ledger_size()
    for step in ("send", "review", ""):
        answer = post_words(client, case, step, "x" * 32, **OURS)
        assert (answer.status_code, Form(answer.text).hidden["text"]) == (403, WORDS)
    for headers in ({}, {"origin": "http://evil.example"}, {"origin": "null"}):
        assert post_words(client, case, "edit", "x" * 32, **headers).status_code == 403
    assert ledger_size() == before


def test_an_act_of_another_role_is_refused_with_its_article_and_keeps_the_text(clerk: Any) -> None:
    """A clerk who posts a decision is told who decides."""
    case = case_after_notice(40)
    before = ledger_size()
    answer = send_act_form(clerk, case, Act.DECIDE, upheld="yes", text="I decide.")
    assert (answer.status_code, ledger_size()) == (403, before)
    assert "article 13" in answer.text
    assert "I decide.</textarea>" in answer.text


def test_the_representative_of_another_subject_does_nothing(person: Person) -> None:
    """Neither reply nor appeal, and no word of the case is shown."""
    case, other = case_after_notice(3), case_after_notice(2)
    eve = person("Eve", "subject", other.subject.identifier)
    before = ledger_size()
    answer = send_act_form(eve, case, Act.REPLY, text="For them.")
    assert (answer.status_code, ledger_size()) == (404, before)
    assert case.opened.text not in answer.text


def test_what_no_text_has_is_taken_out_and_said(person: Person) -> None:
    """Control characters: nothing is written, the rest of the text is kept, and sent again it is taken."""
    case = case_after_notice(3)
    client = sign_in_company(person, case)
    before = ledger_size()
    answer = send_act_form(client, case, Act.REPLY, text="One\x00 two\x1b[31m\x07 three\r\nfour")
    assert (answer.status_code, ledger_size()) == (400, before)
    assert "U+0000, U+0007, U+001B" in answer.text
    assert "One two[31m three\nfour</textarea>" in answer.text
    assert send_act_form(client, case, Act.REPLY, text="One two\r\nthree\ud800"[:-1]).status_code == 303
    assert client.get(f"/cases/{case.position}.json").json()["acts"][-1]["text"] == "One two\nthree"


def test_a_text_without_end_is_refused_and_kept(person: Person) -> None:
    """The page says how much is taken, and that the rest can be a file."""
    case = case_after_notice(3)
    answer = send_act_form(sign_in_company(person, case), case, Act.REPLY, text="x" * 20_001)
    assert answer.status_code == 400
    assert "x" * 20_001 in answer.text
    assert "20,000" in answer.text


def test_a_clock_that_jumps_back_changes_nothing(decider: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A day before the last act: the page still answers, the act is refused in words, the text is kept."""
    case = case_after_notice(40)
    case = append_case_act(case, Act.REPLY, subject_actor(case), 0, text="We did not know.")
    move_clock(monkeypatch, -1)
    assert decider.get(f"/cases/{case.position}").status_code == 200
    before = ledger_size()
    answer = send_act_form(decider, case, Act.DECIDE, upheld="no", text="A day too early.")
    assert (answer.status_code, ledger_size()) == (409, before)
    assert "later than" in answer.text
    assert "A day too early.</textarea>" in answer.text


def test_a_clock_before_the_case_still_answers(decider: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A case that begins only tomorrow says so."""
    case = case_after_notice(0)
    move_clock(monkeypatch, -1)
    assert decider.get(f"/cases/{case.position}.json").json()["head"]["headline"].startswith("This case begins on")


def test_until_the_time_to_answer_is_over_it_is_decided_only_for_the_subject(decider: Any) -> None:
    """The form offers nothing else, and a form that was changed does not get around it."""
    case = case_after_notice(3)
    page = decider.get(f"/cases/{case.position}")
    assert 'id="CaseDecided-upheld-no"' in page.text
    assert 'id="CaseDecided-upheld-yes"' not in page.text
    answer = send_act_form(decider, case, Act.DECIDE, upheld="yes", text="At once.")
    assert answer.status_code == 409
    assert "There is time to reply until" in answer.text
    assert "At once.</textarea>" in answer.text
    assert send_act_form(decider, case, Act.DECIDE, upheld="no", text="Nothing in it.").status_code == 303


def test_a_case_under_objection_is_upheld_only_for_something_new(decider: Any) -> None:
    """It names the earlier case, and asks what is new since then."""
    identifier = new_company()
    first = case_after_notice(40, identifier=identifier)
    append_case_act(first, Act.DECIDE, DECIDER, 35, upheld=False, text="Genuine.")
    again = case_after_notice(34, identifier=identifier, text=first.opened.text)
    page = decider.get(f"/cases/{again.position}")
    assert f'href="/cases/{first.position}">GS-{first.position}</a>' in page.text
    answer = send_act_form(decider, again, Act.DECIDE, upheld="yes", text="Forged after all.")
    assert answer.status_code == 400
    assert "Forged after all.</textarea>" in answer.text
    assert first.reference in answer.text
    answer = send_act_form(
        decider, again, Act.DECIDE, upheld="yes", text="Forged after all.", new="The issuer withdrew it."
    )
    assert answer.status_code == 303


@pytest.mark.parametrize("ends_on", ["soon", "2020-01-01", "2026-02-31"])
def test_an_end_that_cannot_be_is_refused_at_its_field(decider: Any, ends_on: str) -> None:
    """A day that is none, or is not ahead; what was typed stays."""
    case = case_after_notice(40)
    answer = send_act_form(decider, case, Act.DECIDE, upheld="yes", text="Forged.", ends_on=ends_on)
    assert answer.status_code == 400
    assert f'value="{ends_on}"' in answer.text


@pytest.mark.parametrize("fields", [{"service": "posted"}, {"proof": "RR 1"}, {"service": "pigeon", "proof": "RR 1"}])
def test_service_needs_its_way_and_its_proof(clerk: Any, fields: dict[str, str]) -> None:
    """Charter article 18: each step names the field that proves it."""
    case = case_after_proposal()
    answer = send_act_form(clerk, case, Act.SERVE_NOTICE, **fields)
    assert answer.status_code == 400
    assert all(f'value="{value}"' in answer.text for value in fields.values() if value != "pigeon")


def test_an_interim_measure_is_heard_by_the_body(person: Person) -> None:
    """It binds at once; the body that stands apart hears it, and ends it."""
    case = case_after_proposal(0, list=DANGER, kind="establishment", fields={"danger": "infestation", "grave": True})
    tribunal = person("Tara", "appeal", TRIBUNAL)
    twin = tribunal.get(f"/cases/{case.position}.json").json()
    assert (twin["binds"], [act["act"] for act in twin["possible"]]) == (True, ["InterimHeard"])
    assert "infestation" in read_words(tribunal.get(f"/cases/{case.position}")).lower()
    assert send_act_form(tribunal, case, Act.HEAR_INTERIM, upheld="no", text="No rat was there.").status_code == 303
    assert tribunal.get(f"/cases/{case.position}.json").json()["binds"] is False


def test_whom_an_interim_measure_binds_answers_it_with_a_file(person: Person) -> None:
    """Its page asks for the answer first and says by when it is heard; whoever hears it reads both."""
    case = case_after_proposal(0, list=DANGER, kind="establishment", fields={"danger": "infestation", "grave": True})
    client, tribunal = sign_in_company(person, case), person("Tara", "appeal", TRIBUNAL)
    page = client.get(f"/cases/{case.position}.json").json()
    assert [act["act"] for act in page["possible"]] == ["ReplyFiled"]
    assert "You can answer until it is heard" in page["head"]["headline"]
    assert page["clocks"][0]["title"] == "Time to hear the measure"
    sent = send_act_form(client, case, Act.REPLY, text="It was a cat.", files=_file("photo.txt", b"A cat."))
    assert sent.status_code == 303
    assert "You answered" in client.get(f"/cases/{case.position}.json").json()["head"]["headline"]
    words = read_words(tribunal.get(f"/cases/{case.position}/acts/InterimHeard"))
    assert "What the subject says" in words
    assert "It was a cat." in words
    assert "photo.txt" in words


def test_reasons_that_say_nothing_are_questioned_and_keep_no_interim_measure(person: Person) -> None:
    """The look before sending asks whether they say which facts and which article; to prolong, they are refused."""
    case = case_after_proposal(0, list=DANGER, kind="establishment", fields={"danger": "infestation", "grave": True})
    tribunal = person("Tara", "appeal", TRIBUNAL)
    look = send_act_form(tribunal, case, Act.HEAR_INTERIM, step="review", upheld="no", text="ok")
    assert "Look at your reasons again" in read_words(look)
    refused = send_act_form(tribunal, case, Act.HEAR_INTERIM, upheld="yes", text="ok")
    assert (refused.status_code, "too short to keep an interim measure" in refused.text) == (400, True)
    assert ">ok</textarea>" in refused.text.replace("\n", "")


def test_reasons_like_those_of_another_case_of_the_office_are_questioned(decider: Any) -> None:
    """With the number of that case; the same words in the same case, or words of its own, raise no question."""
    reasons = "The issuer of the certificate says in its letter of 3 May that it never issued it; article 57 applies."
    first, second = case_after_notice(40), case_after_notice(40, occurred=today() - timedelta(days=300))
    own = send_act_form(decider, first, Act.DECIDE, step="review", upheld="yes", text=reasons)
    assert "Look at your reasons again" not in own.text
    assert send_act_form(decider, first, Act.DECIDE, upheld="yes", text=reasons).status_code == 303
    look = send_act_form(decider, second, Act.DECIDE, step="review", upheld="yes", text=reasons.replace("3", "4"))
    assert f"read like those in {first.reference}" in read_words(look)


def test_the_form_of_an_act_stands_alone(decider: Any, clerk: Any) -> None:
    """For whoever follows a link; where it is not open the page says why."""
    case = case_after_notice(40)
    assert decider.get(f"/cases/{case.position}/acts/CaseDecided").status_code == 200
    assert clerk.get(f"/cases/{case.position}/acts/CaseDecided").status_code == 403
    refused = decider.get(f"/cases/{case.position}/acts/DecisionServed")
    assert refused.status_code == 409
    assert "Not open while the case stands at" in unescape(refused.text)
    assert decider.get(f"/cases/{case.position}/acts/CaseProposed").status_code == 404
    assert decider.delete(f"/cases/{case.position}/acts/CaseDecided").status_code == 405


# ---------- under way, on the subject's page ----------


def test_the_parties_see_on_the_subject_s_page_what_is_under_way(person: Person, decider: Any) -> None:
    """First, with the days left; an office only its own cases, and whoever is no party nothing at all."""
    from django.test import Client

    case = case_after_notice(3)
    identifier = case.subject.identifier
    case_after_proposal(
        0, identifier, list=DANGER, kind="establishment", fields={"danger": "infestation", "grave": True}
    )
    client = sign_in_company(person, case)
    page = client.get(f"/subjects/{identifier}.json").json()
    assert [line["clocks"][0]["title"] for line in page["hearings"]] == ["Time to hear the measure", "Time to answer"]
    text = client.get(f"/subjects/{identifier}").text
    assert text.index("Under way") < text.index(case.reference) < text.index("At a glance")
    assert "No case" not in text
    assert [line["reference"] for line in decider.get(f"/subjects/{identifier}.json").json()["hearings"]] == [
        case.reference
    ]
    anybody = Client(headers={"host": "localhost"}).get(f"/subjects/{identifier}.json")
    assert (anybody.status_code, anybody.json()["hearings"]) == (200, None)


# ---------- evidence ----------


def test_evidence_is_for_the_parties(person: Person, decider: Any, body: Any) -> None:
    """They get the file as it was handed in, as a download; nobody else gets it, and none of another case."""
    case, other = case_after_notice(3), case_after_notice(2)
    client = sign_in_company(person, case)
    send_act_form(client, case, Act.REPLY, text="See the file.", files=_file("contract.txt", b"Lent by the group."))
    [exhibit] = client.get(f"/cases/{case.position}.json").json()["evidence"]
    answer = decider.get(exhibit["address"])
    assert (answer.status_code, answer.content) == (200, b"Lent by the group.")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert body.get(exhibit["address"]).status_code == 404
    assert decider.get(f"/cases/{other.position}/evidence/{exhibit['digest']}").status_code == 404
    assert decider.get(f"/cases/{case.position}/evidence/..%2f..%2fkeys").status_code == 404


def test_a_file_that_lies_is_refused_and_the_others_are_not_lost(person: Person) -> None:
    """The page names it and says what is wrong; the good file and the text go with the next try."""
    case = case_after_notice(3)
    client = sign_in_company(person, case)
    before = ledger_size()
    files = [_file("good.txt", b"Good."), _file("bad.pdf", b"MZ\x90\x00 a program")]
    answer = send_act_form(client, case, Act.REPLY, text="Both attached.", files=files)
    assert (answer.status_code, ledger_size()) == (400, before)
    assert "bad.pdf" in answer.text
    [token] = re.findall(r'name="kept" value="([^"]+)"', answer.text)
    assert send_act_form(client, case, Act.REPLY, text="One attached.", kept=unescape(token)).status_code == 303
    twin = client.get(f"/cases/{case.position}.json").json()
    assert [file["name"] for file in twin["acts"][-1]["evidence"]] == ["good.txt"]


def test_a_file_that_was_erased_is_named_by_no_form(person: Person) -> None:
    """A form in which it waited is refused, says which file it was, and keeps the words."""
    from goodstanding.register.storage.evidence_store import erase_evidence

    case = case_after_notice(3)
    client, before = sign_in_company(person, case), ledger_size()
    page = send_act_form(client, case, Act.REPLY, text="With it.", files=_file("x.txt", b"Secret."), step="review")
    [token] = re.findall(r'name="kept" value="([^"]+)"', page.text)
    erase_evidence(hashlib.sha256(b"Secret.").hexdigest(), "by law", "Ada", today())
    answer = send_act_form(client, case, Act.REPLY, text="With it.", kept=unescape(token))
    assert (answer.status_code, ledger_size()) == (400, before)
    assert "x.txt is no longer kept" in answer.text
    assert "With it." in answer.text


def test_a_file_left_in_one_form_counts_in_no_other(person: Person, decider: Any) -> None:
    """Nobody brings another's file, or another case's, into a case by its token."""
    case, other = case_after_notice(3), case_after_notice(3)
    answer = send_act_form(
        sign_in_company(person, case), case, Act.REPLY, text="", files=[_file("a.txt", b"A"), _file("b.exe", b"MZ")]
    )
    [token] = re.findall(r'name="kept" value="([^"]+)"', answer.text)
    for client, where, act in ((decider, case, Act.DECIDE), (sign_in_company(person, other), other, Act.REPLY)):
        refused = send_act_form(client, where, act, text="With it.", upheld="no", kept=unescape(token))
        assert refused.status_code == 400
        assert "could not be found again" in refused.text


def test_a_reply_may_be_its_files(person: Person) -> None:
    """But one without a word and without a file says nothing."""
    case = case_after_notice(3)
    client = sign_in_company(person, case)
    assert send_act_form(client, case, Act.REPLY, text=" ").status_code == 400
    assert send_act_form(client, case, Act.REPLY, text="", files=_file("reply.txt", b"All is here.")).status_code == 303


# ---------- letters ----------


def test_a_letter_is_a_page_a_twin_and_a_pdf(person: Person, clerk: Any) -> None:
    """In the subject's language or another one; it carries the checkpoint, and says until when to answer."""
    case = case_after_notice(3)
    address = f"/cases/{case.position}/letters/{case.acts[1].position}"
    page, twin, paper = (clerk.get(address + ending) for ending in ("", ".json", ".pdf"))
    assert "You can answer until the end of" in page.text
    assert "goodstanding.example/test" in twin.json()["text"]
    assert paper.content.startswith(b"%PDF-")
    assert "Puede responder" in clerk.get(f"{address}?language=es").text
    assert clerk.get(f"{address}?language=tlh").status_code == 404
    assert clerk.get(f"/cases/{case.position}/letters/{case.acts[0].position}").status_code == 404
    assert clerk.get(f"/cases/{case.position}/letters/99999999999999999999").status_code == 404


def test_that_the_subject_opened_its_letter_proves_service(person: Person, clerk: Any) -> None:
    """Its clerk sees who opened it and when; that the clerk looked proves nothing."""
    case = case_after_notice(3)
    address = f"/cases/{case.position}/letters/{case.acts[1].position}"
    clerk.get(address)
    assert clerk.get(f"/cases/{case.position}.json").json()["acts"][1]["opened"] == []
    sign_in_company(person, case).get(address)
    [look] = clerk.get(f"/cases/{case.position}.json").json()["acts"][1]["opened"]
    assert look["name"] == "Dora Director"
    assert "Opened by Dora Director" in read_words(clerk.get(f"/cases/{case.position}"))


def test_a_letter_says_how_it_stood_when_it_was_written(clerk: Any) -> None:
    """What happened later changes no word of it."""
    case = case_after_notice(45)
    address = f"/cases/{case.position}/letters/{case.acts[1].position}.json"
    before = clerk.get(address).json()["text"]
    append_case_act(case, Act.DECIDE, DECIDER, 5, text="Forged.")
    assert clerk.get(address).json()["text"] == before


@pytest.fixture
def outbox(case_register: config.RegisterSettings) -> Iterator[list[Any]]:
    """The e-mails that were sent."""
    from django.core import mail
    from django.test import override_settings

    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        yield mail.outbox


def test_serving_sends_the_letter_to_those_who_act_for_the_subject(
    person: Person, clerk: Any, outbox: list[Any]
) -> None:
    """Where an address is known, with the PDF; the page says to how many."""
    case = case_after_proposal()
    sign_in_company(person, case, email="dora@example.org")
    answer = send_act_form(clerk, case, Act.SERVE_NOTICE, service="posted", proof="RR 1")
    [message] = outbox
    assert message.to == ["dora@example.org"]
    assert message.subject.startswith(case.reference)
    assert message.attachments[0][2] == "application/pdf"
    assert f"http://localhost/cases/{case.position}" in message.body
    assert "went to one e-mail address" in clerk.get(answer.headers["Location"]).text


def test_a_mail_server_that_fails_undoes_no_act(
    person: Person, clerk: Any, outbox: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The notice is served; the page says that the e-mail was not sent."""
    from goodstanding.errors import NotDelivered
    from goodstanding.portal.cases import delivery

    def refuse(letter: Any, to: str) -> None:
        raise NotDelivered("No.")

    monkeypatch.setattr(delivery, "send_letter", refuse)
    case = case_after_proposal()
    sign_in_company(person, case, email="dora@example.org")
    answer = send_act_form(clerk, case, Act.SERVE_NOTICE, service="posted", proof="RR 1")
    assert answer.status_code == 303
    assert "could not be sent" in clerk.get(answer.headers["Location"]).text


def test_a_decision_for_the_subject_has_its_letter_at_once(person: Person, decider: Any) -> None:
    """One against it has it when it is served, not before."""
    against = append_case_act(case_after_notice(40), Act.DECIDE, DECIDER, 0, text="Forged.")
    freed = append_case_act(case_after_notice(40), Act.DECIDE, DECIDER, 0, text="Genuine.", upheld=False)
    letters = [decider.get(f"/cases/{case.position}.json").json()["acts"][-1]["letter"] for case in (against, freed)]
    assert letters == [None, f"/cases/{freed.position}/letters/{freed.acts[-1].position}"]
    assert "You do not need to do anything" in decider.get(letters[1]).text


def test_a_letter_names_the_human_who_decided(person: Person) -> None:
    """By the name that the account has for it, never by what they sign in with."""
    from django.contrib.auth import get_user_model

    case = case_after_notice(40)
    client = person("bd-4711", "decider", BUYER)
    get_user_model().objects.filter(username="bd-4711").update(first_name="Benita Example")
    assert send_act_form(client, case, Act.DECIDE, upheld="no", text="It is not so.").status_code == 303
    letter = client.get(f"/cases/{case.position}.json").json()["acts"][-1]["letter"]
    text = client.get(f"{letter}.json").json()["text"]
    assert "Benita Example" in text
    assert "bd-4711" not in text


def test_the_events_of_a_case_are_the_cases_alone(person: Person, clerk: Any) -> None:
    """Another source with a record on the same file reads neither the case nor its events, nor who opened the file."""
    identifier = new_company()
    case = case_after_notice(3, identifier=identifier)
    case_after_proposal(identifier=identifier, list=DANGER, fields={"danger": "infestation", "grave": True})
    other = person("Kay", "source", OFFICE)
    assert other.get(f"/subjects/{identifier}.json").json()["party"] is True
    assert other.get(f"/subjects/{identifier}.json").json()["look_ups"] is None
    assert other.get(f"/cases/{case.position}").status_code == 404
    for case_act in case.acts:
        event = other.get(f"/v1/ledger/events/{case_act.position}").json()
        assert (event["allowed"], event["content"], event["body"], event["salt"]) == (False, {}, None, None)
        assert clerk.get(f"/v1/ledger/events/{case_act.position}").json()["body"]
