"""A subject's own file: all that is held, at any moment, what it can do about it, who looked, all of it as a ZIP."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from html import escape
from typing import Any

import pytest
from tests.forms import post_at_once
from tests.people import CLERK, DECIDER
from tests.registers import NOW
from tests.unit.web.played import (
    BUYER,
    DANGER,
    append_case_act,
    case_after_appeal,
    case_after_decision,
    case_after_notice,
    case_after_proposal,
    new_company,
    subject_actor,
    today,
)

from goodstanding.errors import Overtaken
from goodstanding.procedure.case_states import Act
from goodstanding.web.http import clock

Person = Callable[..., Any]
HOSTILE = '<script>alert("1")</script> & <b>bold</b> {{ 7*7 }} {% now %} 示例'
pytestmark = pytest.mark.usefixtures("case_register")


def sign_in_owner(person: Person, case: Any, **options: Any) -> Any:
    """Somebody signed in who acts for the company of a case."""
    return person("Dora Director", "subject", case.subject.identifier, **options)


def anonymous_client() -> Any:
    """A client that nobody has signed in with."""
    from django.test import Client

    return Client(headers={"host": "localhost"})


def noon_days_ago(days_ago: int = 0) -> datetime:
    """Noon of a day so many days ago."""
    return datetime.combine(today() - timedelta(days=days_ago), time(12), UTC)


def append_look(case: Any, **changes: Any) -> Any:
    """A look at the company's file, as it is noted."""
    from goodstanding.web.models import LookUp

    entry = {"at": noon_days_ago(), "name": "M. Curious", "role": "source", "scope": "mx-sat", "opened": "/subjects/x"}
    return LookUp.objects.create(**(entry | {"subject": case.subject.identifier} | changes))


def test_the_file_is_for_those_who_act_for_the_subject(person: Person) -> None:
    """Everybody else is told why not, on page, twin, ZIP and forms alike; whoever is not signed in is asked to."""
    case = case_after_decision()
    record = case.position
    forms = (f"/file/disputes/{record}", f"/file/repairs/{record}", f"/file/replies/{record}", "/file/everything.zip")
    for role, scope in (("source", BUYER), ("decider", BUYER), ("overseer", ""), ("applicant", ""), ("recipient", "")):
        client = person("Somebody Else", role, scope)
        for address in ("/file", "/file.json", *forms):
            answer = client.get(address)
            assert answer.status_code == 403, (role, address)
            assert "article 19" in answer.text
    assert anonymous_client().get("/file").headers["Location"] == "/sign-in?next=/file"
    assert [anonymous_client().get(address).status_code for address in ("/file.json", *forms)] == [403] * 5


def test_a_mandate_that_ended_closes_the_file(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even in the middle of a session."""

    client = sign_in_owner(person, case_after_decision())
    assert client.get("/file").status_code == 200
    day = today() + timedelta(days=400)
    monkeypatch.setattr(clock, "_find_demonstration_day", lambda: day)
    assert [client.get(path).status_code for path in ("/file", "/file.json", "/file/everything.zip")] == [403] * 3


def test_open_cases_come_first_with_the_time_that_is_left(person: Person) -> None:
    """The one whose time ends first at the top, each with what follows if nobody acts; those over come last."""
    who = new_company()
    slow, quick = case_after_notice(5, identifier=who), case_after_notice(20, identifier=who)
    over = append_case_act(case_after_proposal(identifier=who), Act.WITHDRAW, CLERK, text="A mistake.")
    page = sign_in_owner(person, slow).get("/file.json").json()
    assert [open_case["head"]["reference"] for open_case in page["open_cases"]] == [quick.reference, slow.reference]
    assert [open_case["head"]["reference"] for open_case in page["ended_cases"]] == [over.reference]
    left = [open_case["clocks"][0]["days_left"] for open_case in page["open_cases"]]
    assert left == sorted(left)
    assert "can answer until" in page["headline"]
    text = sign_in_owner(person, slow).get("/file").text
    for open_case in page["open_cases"]:
        assert escape(open_case["head"]["headline"]) in text
        assert escape(open_case["clocks"][0]["then"]) in text
        assert f'href="/cases/{open_case["head"]["position"]}"' in text
    assert text.index(quick.reference) < text.index(slow.reference) < text.index(over.reference)


def test_an_empty_file_says_that_nothing_waits(person: Person) -> None:
    """And that it means nothing else."""
    case = append_case_act(case_after_notice(40), Act.DECIDE, DECIDER, 0, upheld=False, text="It was genuine.")
    text = sign_in_owner(person, case).get("/file").text
    assert "Nothing waits for you" in text
    assert "No case is open" in text
    assert "neither good nor bad" in text


def test_letters_are_unread_until_somebody_who_acts_for_it_opens_them(person: Person) -> None:
    """Newest first; that an official opened one changes nothing."""
    case = case_after_decision(20)
    client = sign_in_owner(person, case)
    letters = client.get("/file.json").json()["inbox"]
    assert [letter["title"] for letter in letters] == ["Decision served", "Notice served"]
    assert [letter["unread"] for letter in letters] == [True, True]
    assert person("Ben Decider", "decider", BUYER).get(letters[0]["address"]).status_code == 200
    assert client.get("/file.json").json()["unread"] == 2
    assert client.get(letters[0]["address"]).status_code == 200
    page = client.get("/file.json").json()
    assert ([letter["unread"] for letter in page["inbox"]], page["unread"]) == ([False, True], 1)
    assert page["inbox"][0]["opened"][0]["name"] == "Dora Director"


def test_the_file_is_seen_as_it_stood_and_as_it_was_known(person: Person) -> None:
    """On a day before the decision nothing held; at a ledger size before it nobody knew; it says not to decide."""
    from goodstanding.ledger import store

    case = case_after_notice(60)
    size = store.get_ledger_size()
    case = append_case_act(case, Act.DECIDE, DECIDER, 21, text="It was forged.")
    case = append_case_act(case, Act.SERVE_DECISION, CLERK, 20, service="delivered", proof="Receipt")
    client = sign_in_owner(person, case)
    now = client.get("/file.json").json()
    then = client.get(f"/file.json?at={today() - timedelta(days=30)}").json()
    before = client.get(f"/file.json?known={size}").json()
    assert [len(moment_page["listings"]) for moment_page in (now, then, before)] == [1, 0, 0]
    assert [moment_page["open_cases"][0]["head"]["phase"] for moment_page in (now, then)] == ["in-force", "told"]
    assert [len(moment_page["inbox"]) for moment_page in (now, before)] == [2, 1]
    text = client.get(f"/file?at={today() - timedelta(days=30)}").text
    assert "This is not today" in text
    assert "Reply in public" not in text
    assert client.get("/file?at=tomorrow").status_code == client.get("/file?known=99999999").status_code - 4 == 400


def test_a_dispute_is_written_looked_at_and_sent(person: Person) -> None:
    """Nothing is written before; sent, it opens a case that says every word and holds every file."""
    from goodstanding.ledger import store
    from goodstanding.register.cases.case_file import get_case

    case = case_after_decision(20)
    client, size = sign_in_owner(person, case), store.get_ledger_size()
    address = f"/file/disputes/{case.position}"
    form = client.get(address).text
    assert "Until then it cannot be used against you" in form
    file = io.BytesIO(b"The certificate is genuine.")
    file.name = "letter 示例.txt"
    checked = client.post(address, {"text": f" {HOSTILE}\r\nTwo lines. ", "files": file, "step": "review"})
    assert escape(HOSTILE) in checked.text
    assert "letter 示例.txt" in checked.text
    assert "<script>" not in checked.text
    token = checked.text.split('name="kept" value="')[1].split('"')[0]
    again = client.post(address, {"text": HOSTILE, "kept": token, "step": "edit"})
    assert (again.status_code, store.get_ledger_size()) == (200, size)
    sent = client.post(address, {"text": f"{HOSTILE}\r\nTwo lines.", "kept": token, "step": "send", "version": "0"})
    opened = get_case(int(sent.headers["Location"].split("/")[2].split("?")[0]))
    assert (opened.opened.act, opened.opened.text) == (Act.DISPUTE_RECORD, f"{HOSTILE}\nTwo lines.")
    assert [exhibit["name"] for exhibit in opened.opened.body["evidence"]] == ["letter 示例.txt"]
    page = client.get("/file.json").json()
    record = page["records"][0]
    assert (record["dispute"], record["why_not"]) == (opened.position, "")
    suspended = {open_case["head"]["reference"]: open_case["suspended"] for open_case in page["open_cases"]}
    assert suspended == {case.reference: True, opened.reference: False}
    assert "It is not in force while your dispute is open" in client.get("/file").text
    stale = client.post(address, {"text": "Again.", "step": "send", "version": "0"})
    assert stale.status_code == 409
    assert f"{opened.reference} was opened about this record" in stale.text
    assert "Again." in stale.text
    twice = client.post(address, {"text": "Again.", "step": "send", "version": str(opened.position)})
    assert twice.status_code == 409
    assert f"{opened.reference} about this is already open" in twice.text
    assert "Again." in twice.text


@pytest.mark.parametrize("options", [{}, {"version": "0"}, {"version": "0", "step": "Send"}, {"step": "send"}])
def test_nothing_is_sent_without_a_step_or_without_what_its_sender_had_seen(
    person: Person, options: dict[str, str]
) -> None:
    """Neither a dispute nor a public reply; the words stand on the page that answers."""
    from goodstanding.ledger import store

    case = case_after_decision(20)
    client, size = sign_in_owner(person, case), store.get_ledger_size()
    for folder in ("disputes", "replies"):
        answer = client.post(f"/file/{folder}/{case.position}", {"text": "Not so."} | options)
        assert (answer.status_code, store.get_ledger_size()) == (400 if options == {"step": "send"} else 200, size)
        assert "Not so." in answer.text


def test_a_reply_that_a_later_one_overtook_is_kept_and_not_published(person: Person) -> None:
    """Two representatives: the second is told that words stand there by now, and publishes nothing unseen."""
    case = case_after_decision(20)
    address, fields = f"/file/replies/{case.position}", {"text": "Ours.", "step": "send", "version": "0"}
    assert sign_in_owner(person, case).post(address, fields).status_code == 303
    answer = sign_in_owner(person, case).post(address, fields | {"text": "Mine."})
    assert answer.status_code == 409
    assert "A reply was published beside it" in answer.text
    assert ">\nMine.</textarea>" in answer.text


@pytest.mark.each_database
def test_of_two_replies_at_one_instant_the_second_is_told_of_the_first(person: Person) -> None:
    """Neither takes the other's place unseen: one is published, the other stands on its sender's page."""
    from goodstanding.register.cases.public_replies import list_replies

    case = case_after_decision(20)
    clients = {text: sign_in_owner(person, case) for text in ("Ours.", "Mine.")}
    address = f"/file/replies/{case.position}"
    answers = post_at_once({text: (client, address, {"text": text, "step": "send", "version": "0"})
                            for text, client in clients.items()})  # fmt: skip
    assert sorted(answer.status_code for answer in answers.values()) == [303, 409]
    [reply] = list_replies([case.position])
    [(refused, page)] = [(text, answer.text) for text, answer in answers.items() if answer.status_code == 409]
    assert refused != reply.text
    assert "A reply was published beside it" in page
    assert f">\n{refused}</textarea>" in page


@pytest.mark.parametrize("act", ["reply", "dispute", "repair"])
def test_what_is_written_about_an_entry_was_seen_by_whoever_writes(person: Person, act: str) -> None:
    """Whoever had not seen the last reply beside an entry writes nothing about it, by whichever door they come."""
    from goodstanding.ledger import store
    from goodstanding.register.cases import public_replies, subject_requests

    case = case_after_decision(400)  # so long that repair can be asked for
    speaker = subject_actor(case)
    seen = public_replies.publish_reply(case.position, speaker, today(), NOW, "Ours.", 0).position
    append = {
        "reply": public_replies.publish_reply, "dispute": subject_requests.dispute_record,
        "repair": subject_requests.request_repair,
    }[act]  # fmt: skip
    size = store.get_ledger_size()
    with pytest.raises(Overtaken, match="Something was done about this meanwhile"):
        append(case.position, speaker, today(), NOW, "Mine.", seen=0)
    assert store.get_ledger_size() == size
    append(case.position, speaker, today(), NOW, "Mine.", seen=seen)
    assert store.get_ledger_size() == size + 1


def test_a_link_is_disputed_by_the_same_form(person: Person) -> None:
    """As another kind of case."""
    from goodstanding.register.cases.case_file import get_case

    case = case_after_decision(20)
    fields = {"text": "It is another.", "step": "send", "version": "0"}
    sent = sign_in_owner(person, case).post(f"/file/disputes/{case.position}?link=1", fields)
    assert get_case(int(sent.headers["Location"].split("/")[2].split("?")[0])).opened.act is Act.DISPUTE_LINK


@pytest.mark.parametrize("text", ["", " \n\t ", "a\x00b", "a\x0bb", "x" * 20_001])
def test_what_cannot_be_sent_is_said_and_nothing_is_lost(person: Person, text: str) -> None:
    """The words stay in the form, without what no text has."""
    from goodstanding.ledger import store

    case = case_after_decision(20)
    client, size = sign_in_owner(person, case), store.get_ledger_size()
    answer = client.post(f"/file/disputes/{case.position}", {"text": text, "step": "send", "version": "0"})
    assert (answer.status_code, store.get_ledger_size()) == (400, size)
    assert "Not sent yet: check your answers" in answer.text
    kept = "".join(character for character in text.strip() if ord(character) > 31)
    assert f">\n{kept}</textarea>" in answer.text


def test_a_file_that_lies_about_itself_is_refused_and_the_others_are_kept(person: Person) -> None:
    """With what it is and what would be taken."""
    case = case_after_decision(20)
    good, bad = io.BytesIO(b"Genuine."), io.BytesIO(b"MZ\x90\x00" + b"\x00" * 60)
    good.name, bad.name = "good.txt", "photo.png"
    answer = sign_in_owner(person, case).post(
        f"/file/disputes/{case.position}", {"text": "See.", "files": [good, bad], "step": "send", "version": "0"}
    )
    assert answer.status_code == 400
    assert "photo.png" in answer.text
    assert "good.txt" in answer.text
    assert "See." in answer.text


def test_a_record_of_another_file_is_not_found(person: Person) -> None:
    """Whether or not it exists, so that nobody learns of it; no number breaks the page."""
    other, case = case_after_decision(20), case_after_decision(20)
    client = sign_in_owner(person, case)
    for number in (other.position, 0, 10**7, 2**53, 2**70):
        for folder in ("disputes", "repairs", "replies"):
            assert client.get(f"/file/{folder}/{number}").status_code == 404, (folder, number)
    assert client.post(f"/file/replies/{2**70}/retract").status_code == 404


def test_repair_can_be_asked_for_from_its_first_day_on(person: Person) -> None:
    """Before that the file names the day, and the form is refused with it."""
    from goodstanding.register.cases.case_file import get_case

    early, late = case_after_decision(20), case_after_decision(400)
    client = sign_in_owner(person, early)
    listing = client.get("/file.json").json()["listings"][0]
    assert listing["repair_from"] > today().isoformat()
    assert "Repair can be asked for from" in client.get("/file").text
    assert client.get(f"/file/repairs/{early.position}").status_code == 409
    client = sign_in_owner(person, late)
    assert f"/file/repairs/{late.position}" in client.get("/file").text
    sent = client.post(f"/file/repairs/{late.position}", {"text": "All was put right.", "step": "send", "version": "0"})
    dispute = get_case(int(sent.headers["Location"].split("/")[2].split("?")[0]))
    assert dispute.opened.act is Act.ASK_REPAIR
    assert client.get("/file.json").json()["listings"][0]["repair"] == dispute.position


def test_a_public_reply_stands_beside_the_entry_marked_as_the_subjects_own(person: Person) -> None:
    """On its page, its twin, the list and the list's twin, escaped; taken back, on none. Who did it is not said."""
    case = case_after_decision(20)
    client, who = sign_in_owner(person, case), case.subject.identifier
    address = f"/file/replies/{case.position}"
    looked = client.post(address, {"text": HOSTILE, "step": "review"})
    assert (looked.status_code, escape(HOSTILE) in looked.text) == (200, True)
    outlets = (f"/subjects/{who}", "/lists/procurement-exclusion/excluded-for-misconduct")
    assert not any(escape(HOSTILE) in anonymous_client().get(path).text for path in outlets)
    assert client.post(address, {"text": HOSTILE, "step": "send", "version": "0"}).status_code == 303
    for path in outlets:
        page, twin = anonymous_client().get(path).text, anonymous_client().get(f"{path}.json")
        assert escape(HOSTILE) in page, path
        assert "In the subject’s own words" in page
        assert "<script>" not in page
        assert "Dora Director" not in page + twin.text
    own_words = anonymous_client().get(f"/subjects/{who}.json").json()["listings"][0]["own_words"]
    assert (own_words["text"], set(own_words)) == (HOSTILE, {"text", "day", "position"})
    assert anonymous_client().get(f"/ledger/{own_words['position']}.json").json()["content"] == {}
    assert client.get(f"/ledger/{own_words['position']}.json").json()["content"]["by"] == "Dora Director"
    assert client.post(f"/file/replies/{own_words['position']}/retract").status_code == 303
    assert not any(escape(HOSTILE) in anonymous_client().get(path).text for path in outlets)
    assert client.get("/file.json").json()["replies"][0]["shows"] is False


def test_words_that_would_show_otherwise_than_written_are_not_published(person: Person) -> None:
    """Five hundred letters at most, none that turns a text round."""
    case = case_after_decision(20)
    client = sign_in_owner(person, case)
    for text in ("x" * 501, "\u202eevil", ""):
        fields = {"text": text, "step": "send", "version": "0"}
        assert client.post(f"/file/replies/{case.position}", fields).status_code == 400


def test_a_disputed_entry_says_so_to_everybody_until_it_is_answered(
    anybody: Any, signed_in: Callable[..., Any]
) -> None:
    """A grade stays shown, marked with the day; refused, the mark is gone."""
    from goodstanding.access import Actor, Role
    from goodstanding.register.cases.acts import append_act
    from goodstanding.register.cases.subject_requests import dispute_record
    from goodstanding.register.files.records import list_records
    from goodstanding.register.files.subjects import find_subject_id
    from goodstanding.web.http.clock import get_today as now

    who, day = "uk-fhrs-row:100", now()
    signed_in("subject", who)
    record = list_records(find_subject_id(who))[0]
    dispute = dispute_record(record.position, Actor(Role.SUBJECT, who, "Otto"), day, NOW, "The visit was not here.")
    page = anybody.get(f"/subjects/{who}").text
    assert "Disputed by the subject" in page
    assert anybody.get(f"/subjects/{who}.json").json()["grades"][0]["disputed_since"] == day.isoformat()
    assert "The visit was not here." not in page
    decider = Actor(Role.DECIDER, record.source, "Ben")
    append_act(dispute.position, Act.DECIDE_DISPUTE, decider, day, NOW, text="It was.", upheld=True)
    assert "Disputed by the subject" not in anybody.get(f"/subjects/{who}").text


def test_a_listing_after_a_hearing_says_who_decided_it_and_when(person: Person) -> None:
    """In a sentence, with the days of its steps and not the words that were said in the case."""
    case = case_after_decision(20)
    page = anonymous_client().get(f"/subjects/{case.subject.identifier}.json").json()
    [statement] = [sentence for sentence in page["listings"][0]["sentences"] if "hearing" in sentence]
    assert statement.startswith(f"Decided after a hearing, case {case.reference}, by Example")
    steps = [step["title"] for step in page["listings"][0]["steps"]]
    assert steps == ["Decided", "Decision served"]
    interim = case_after_proposal(list=DANGER, fields={"danger": "infestation", "grave": True})
    text = anonymous_client().get(f"/subjects/{interim.subject.identifier}").text
    assert f"An interim measure against danger to life, case {interim.reference}" in text


def test_nobody_reads_in_the_ledger_what_was_said_in_a_case(person: Person) -> None:
    """Of a listing in force anybody sees the coded fields of its record; text, files and people are for the parties."""
    case = case_after_decision(20)
    event = anonymous_client().get(f"/ledger/{case.position}.json").json()
    assert event["content"]["fields.cause"] == "fraud"
    assert not {"text", "by", "office", "evidence"} & set(event["content"])
    assert (event["body"], event["salt"]) == (None, None)
    assert CLERK.name not in anonymous_client().get(f"/ledger/{case.position}").text
    own = sign_in_owner(person, case).get(f"/ledger/{case.position}.json").json()
    assert own["content"]["text"] == case.opened.text
    assert json.loads(own["body"])["by"] == CLERK.name
    served_at = case.acts[-1].position
    assert anonymous_client().get(f"/ledger/{served_at}.json").json()["content"] == {}
    assert sign_in_owner(person, case).get(f"/ledger/{served_at}.json").json()["content"]["proof"] == "Receipt 2"


def test_who_looked_is_shown_and_what_is_unusual_is_marked(person: Person) -> None:
    """No case of that office that day, or again and again; a clerk with a case to work on is usual."""
    case = case_after_appeal(5)
    append_look(case)
    append_look(case, name="Ada Clerk", scope=BUYER)
    append_look(case, name="Chen Board", role="appeal", scope="example-board")
    append_look(case, name="Chen Early", role="appeal", scope="example-board", at=noon_days_ago(30))
    for _time in range(21):
        append_look(case, name="Olga Overseer", role="overseer", scope="")
    page = sign_in_owner(person, case).get("/file.json").json()
    unusual = {look["name"]: look["unusual"] for look in page["looks"]}
    assert "No case of this office" in unusual["M. Curious"]
    assert "No case of this office" in unusual["Chen Early"]
    assert unusual["Ada Clerk"] == unusual["Chen Board"] == ""
    assert "21 times" in unusual["Olga Overseer"]
    assert page["unusual"] == 23
    assert "Dora Director" not in unusual
    assert {look["name"] for look in page["own_looks"]} == {"Dora Director"}


def test_many_looks_come_in_pages(person: Person) -> None:
    """Fifty at a time; a page after the last is not found."""
    case = case_after_notice()
    for number in range(55):
        append_look(case, name=f"M. Curious {number}")
    client = sign_in_owner(person, case)
    assert len(client.get("/file.json?page=2").json()["looks"]) == 5
    assert client.get("/file?page=3").status_code == 404


@pytest.fixture
def mailbox() -> Iterator[list[Any]]:
    """The e-mails that were handed over, in memory."""
    from django.core import mail
    from django.test.utils import override_settings

    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        yield mail.outbox


def send_alert_wish(client: Any, on: bool = True) -> Any:
    """The answer to the form that begins or ends alerts."""
    return client.post("/file/alerts", {"alerts": "on" if on else "off"})


def test_alerts_are_off_and_need_an_address(person: Person) -> None:
    """Without one they cannot be turned on, and the page says where to give one; with one they go on and off."""
    case = case_after_notice()
    client = sign_in_owner(person, case)
    assert send_alert_wish(client).status_code == 400
    assert "You have not given an e-mail address" in client.get("/file").text
    client = sign_in_owner(person, case, email="dora@example.org")
    assert client.get("/file.json").json()["alerts"] is False
    assert send_alert_wish(client).headers["Location"] == "/file?done=alerts-on#alerts"
    assert client.get("/file.json").json()["alerts"] is True
    send_alert_wish(client, on=False)
    assert client.get("/file.json").json()["alerts"] is False
    assert client.get("/file/alerts").status_code == 405


def test_an_alert_says_that_something_happened_and_not_what(person: Person, mailbox: list[Any]) -> None:
    """To who asked for it, with where to read it; never to whoever acted, nor twice of what a letter tells."""
    case = case_after_appeal(5)
    send_alert_wish(sign_in_owner(person, case, email="dora@example.org"))
    board = person("Chen Board", "appeal", "example-board")
    address = f"/cases/{case.position}/acts/SuspensionLifted"
    answer = board.post(address, {"version": len(case.acts), "text": "Danger is near.", "step": "send"})
    assert answer.status_code == 303
    assert [(message.to, message.subject) for message in mailbox] == [
        (["dora@example.org"], f"{case.reference}: Suspension lifted")
    ]
    assert "Danger is near" not in mailbox[0].body
    assert f"/cases/{case.position}" in mailbox[0].body
    mailbox.clear()
    told_now = case_after_notice(5)
    client = sign_in_owner(person, told_now, email="dora@example.org")
    send_alert_wish(client)
    sent = {"version": len(told_now.acts), "text": "Not so.", "step": "send"}
    assert client.post(f"/cases/{told_now.position}/acts/ReplyFiled", sent).status_code == 303
    assert mailbox == []


def test_nobody_asks_for_alerts_where_no_case_was_changed(person: Person) -> None:
    """A form that was only checked reads nothing about alerts; once it acts, they are looked for."""
    from django.db import connections
    from django.test.utils import CaptureQueriesContext

    from goodstanding.web.models import Alert

    case = case_after_appeal(5)
    board = person("Chen Board", "appeal", "example-board")
    form = {"version": len(case.acts), "text": "Danger is near."}
    for step, status, is_asked in (("review", 200, False), ("send", 303, True)):
        with CaptureQueriesContext(connections["default"]) as queries:
            answer = board.post(f"/cases/{case.position}/acts/SuspensionLifted", form | {"step": step})
        assert answer.status_code == status
        assert any(Alert._meta.db_table in query["sql"] for query in queries) is is_asked


def test_an_alert_that_cannot_be_sent_loses_no_act(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """The act stands, and whoever acted gets its answer, however the mail server fails."""
    from django.core.mail import EmailMessage

    from goodstanding.register.cases.case_file import get_case

    for failure in (ConnectionRefusedError("no server"), RuntimeError("anything")):
        case = case_after_appeal(5)
        send_alert_wish(sign_in_owner(person, case, email="dora@example.org"))

        def fail(self: Any, why: Exception = failure) -> int:
            raise why

        monkeypatch.setattr(EmailMessage, "send", fail)
        board = person("Chen Board", "appeal", "example-board")
        address = f"/cases/{case.position}/acts/SuspensionLifted"
        answer = board.post(address, {"version": len(case.acts), "text": "Danger.", "step": "send"})
        assert answer.status_code == 303
        assert get_case(case.position).acts[-1].act is Act.LIFT_SUSPENSION


def download_archive(client: Any) -> tuple[bytes, dict[str, bytes]]:
    """The ZIP as it was fetched, and its files."""
    answer = client.get("/file/everything.zip")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    content = b"".join(answer.streaming_content)
    answer.close()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return content, {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.each_database
def test_everything_that_is_held_is_in_one_zip(person: Person) -> None:
    """Records, cases with every act, effects as they were known, look-ups, letters, evidence, and proofs that hold."""
    from goodstanding.ledger import merkle, notes
    from goodstanding.register.storage.lifecycle import load_signer

    case = case_after_decision(20)
    file = io.BytesIO(b"The certificate is genuine.")
    file.name = "../../evil 示例.txt"
    client = sign_in_owner(person, case)
    client.post(f"/file/disputes/{case.position}", {"text": HOSTILE, "files": file, "step": "send", "version": "0"})
    client.get("/file")
    _content, files = download_archive(client)
    assert [act["act"] for act in json.loads(files[f"cases/{case.reference}.json"])["acts"]] == [
        "CaseProposed", "NoticeServed", "CaseDecided", "DecisionServed",
    ]  # fmt: skip
    assert len([name for name in files if name.startswith("cases/")]) == 2
    assert [record["position"] for record in json.loads(files["records.json"])] == [case.position]
    has_effects = [bool(record["effects"]) for record in json.loads(files["effects.json"])]
    assert True in has_effects
    assert {look_up["name"] for look_up in json.loads(files["look-ups.json"])} == {"Dora Director"}
    assert [files[name][:5] for name in sorted(files) if name.endswith(".pdf")] == [b"%PDF-"] * 2
    [name] = [name for name in files if name.startswith("evidence/")]
    assert (".." in name, files[name]) == (False, b"The certificate is genuine.")
    tree = notes.open_checkpoint(files["ledger/checkpoint.txt"].decode(), load_signer().verifier)
    proofs = [json.loads(files[name]) for name in files if name.startswith("ledger/") and name.endswith(".json")]
    assert {proof["position"] for proof in proofs} > {proof.position for proof in case.acts}
    for proof in proofs:
        commitment = hashlib.sha256(bytes.fromhex(proof["salt"]) + proof["body"].encode()).hexdigest()
        assert commitment == proof["commitment"]
        path = tuple(map(bytes.fromhex, proof["path"]))
        leaf = hashlib.sha256(b"\x00" + bytes.fromhex(commitment)).digest()
        merkle.verify_inclusion(leaf, proof["position"], tree.size, path, tree.root)


def test_the_same_state_gives_the_same_zip(person: Person) -> None:
    """Byte for byte, whenever it is made."""
    from goodstanding.access import Actor, Role
    from goodstanding.portal.own_file.archive import pack_archive

    case = case_after_decision(20)
    actor = Actor(Role.SUBJECT, case.subject.identifier, "Dora Director")
    with (
        pack_archive(case.subject, actor, today()) as first,
        pack_archive(case.subject, actor, today()) as second,
    ):
        assert first.read() == second.read()


def test_a_download_is_noted_as_a_look(person: Person) -> None:
    """As every look at what is not public is."""
    case = case_after_notice()
    client = sign_in_owner(person, case)
    download_archive(client)
    assert "/file/everything.zip" in {look["opened"] for look in client.get("/file.json").json()["own_looks"]}


def test_a_form_from_elsewhere_does_nothing(person: Person) -> None:
    """Every form needs its token."""
    from goodstanding.ledger import store

    case, size = case_after_decision(20), None
    client = sign_in_owner(person, case, enforce_csrf_checks=True)
    size = store.get_ledger_size()
    for address in (f"/file/disputes/{case.position}", f"/file/replies/{case.position}", "/file/alerts"):
        sent = {"text": "Not so.", "step": "send", "version": "0", "alerts": "on"}
        assert client.post(address, sent).status_code == 403
    assert store.get_ledger_size() == size


def test_no_page_of_it_is_kept_by_a_cache(person: Person) -> None:
    """It is for one reader."""
    client = sign_in_owner(person, case_after_decision(20))
    for address in ("/file", "/file.json", "/file/everything.zip"):
        answer = client.get(address)
        assert answer.headers["Cache-Control"] == "private, no-store"
        answer.close()
