"""The pages of applicants: apply, hear what became of it, complain, confirm; their names reach no other outlet."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from html import escape
from typing import Any

import pytest
from tests.forms import post_at_once
from tests.people import CLERK, DECIDER, LISTED
from tests.registers import NOW
from tests.unit.web.played import BUYER, FINDING, append_case_act, new_company, read_hidden_fields, subject_actor, today

from goodstanding.access import Actor, Role
from goodstanding.procedure.case_states import Act
from goodstanding.web.http import clock

Person = Callable[..., Any]
HOSTILE = '<script>alert("1")</script> & <b>bold</b> {{ 7*7 }} 示例'
NAME = "Wu Xiaoming Worker"
pytestmark = pytest.mark.usefixtures("case_register")


@pytest.fixture
def worker(person: Person) -> Any:
    """Somebody who applies for listings."""
    return person(NAME, "applicant")


@pytest.fixture
def clerk(person: Person) -> Any:
    """A clerk of the source."""
    return person(CLERK.name, "source", BUYER)


@pytest.fixture
def overseer(person: Person) -> Any:
    """The overseer."""
    return person("Olga Overseer", "overseer")


def anonymous_client() -> Any:
    """A client that nobody has signed in with."""
    from django.test import Client

    return Client(headers={"host": "localhost"})


def application_form(**changes: Any) -> dict[str, Any]:
    """What is typed into the form of an application."""
    return {
        "list": f"{LISTED} {BUYER}", "kind": "organisation", "identifier": new_company(), "name": "Example Works 示例",
        "text": "They never paid.", "amount": "1200.50", "currency": "eur", "step": "send",
        "version": "0",
    } | changes  # fmt: skip


def send_application(client: Any, **changes: Any) -> int:
    """The number of an application that is sent."""
    answer = client.post("/applications/new", application_form(**changes))
    assert answer.status_code == 303, answer.text
    return int(answer.headers["Location"].split("/")[2].split("?")[0])


def send_act(client: Any, address: str, text: str) -> Any:
    """The answer to the form of an act about an application, sent from its check page."""
    looked = client.post(address, {"text": text, "step": "review"})
    if looked.status_code != 200:
        return looked
    return client.post(address, read_hidden_fields(looked.text, address) | {"step": "send"})


def case_after_listing(application: int) -> Any:
    """The case of an application, once its decision was served some days ago."""
    from goodstanding.register.cases.applications import get_application
    from goodstanding.register.cases.proposals import Proposal, propose_case

    request = get_application(application).request
    proposal = Proposal(list=LISTED, kind=request.kind, identifier=request.identifier, name=request.name,
                        fields=FINDING, reference=f"A-{application}", occurred=today() - timedelta(days=80),
                        text="A forged certificate.", application=application)  # fmt: skip
    case = propose_case(proposal, CLERK, today() - timedelta(days=70), NOW)
    case = append_case_act(case, Act.SERVE_NOTICE, CLERK, 69, service="delivered", proof="Receipt")
    case = append_case_act(case, Act.DECIDE, DECIDER, 21, text="It was so.")
    return append_case_act(case, Act.SERVE_DECISION, CLERK, 20, service="delivered", proof="Receipt")


def ledger_size() -> int:
    """How many events the ledger holds."""
    from goodstanding.ledger import store

    return store.get_ledger_size()


def test_whoever_is_signed_in_can_take_the_part_of_an_applicant(person: Person) -> None:
    """It asks for no proof, for it gives no right over anybody; whoever is not signed in is asked to."""
    client = person("Nina Newcomer", "recipient")
    assert "Become an applicant" in client.get("/applications").text
    assert client.get("/applications/new").status_code == 403
    assert client.post("/applications/part").headers["Location"] == "/applications"
    assert client.get("/applications.json").json()["role"] == "applicant"
    assert client.get("/applications/new").status_code == 200
    assert anonymous_client().get("/applications").headers["Location"] == "/sign-in?next=/applications"
    assert [
        anonymous_client().get("/applications.json").status_code,
        anonymous_client().post("/applications/part").status_code,
    ] == [
        403,
        403,
    ]


def test_an_application_is_written_looked_at_and_sent(worker: Any) -> None:
    """Every word and file comes through, escaped; nothing is written before it is sent."""
    before = ledger_size()
    file = io.BytesIO(b"Contract of work")
    file.name = "contract 示例.txt"
    looked = worker.post(
        "/applications/new", application_form(text=f"{HOSTILE}\r\nTwo lines.", files=file, step="review")
    )
    assert (looked.status_code, ledger_size()) == (200, before)
    for words in (HOSTILE, "Example Works 示例", "contract 示例.txt", "1200.50"):
        assert escape(words) in looked.text
    assert "<script>" not in looked.text
    kept = read_hidden_fields(looked.text, "/applications/new")
    answer = worker.post("/applications/new", kept | {"step": "send"})
    assert answer.status_code == 303
    application_page = worker.get(answer.headers["Location"])
    assert escape(HOSTILE) in application_page.text
    assert "1,200.50 EUR" in application_page.text
    page = worker.get(f"{answer.headers['Location'].split('?')[0]}.json").json()
    assert page["text"] == f"{HOSTILE}\nTwo lines."
    assert worker.get(page["evidence"][0]["address"]).content == b"Contract of work"


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"list": ""}, "list"), ({"list": "mx-tax-69b/none mx-sat"}, "list"), ({"kind": ""}, "kind"),
        ({"kind": "person"}, "kind"), ({"identifier": "what"}, "identifier"), ({"identifier": ""}, "identifier"),
        ({"name": ""}, "name"), ({"text": " \n"}, "text"), ({"text": "a\x00b"}, "text"),
        ({"amount": "1,200.50"}, "amount"),
        ({"amount": "-5"}, "amount"), ({"amount": "10.5", "currency": "JPY"}, "amount"), ({"amount": "0"}, "amount"),
        ({"currency": ""}, "currency"), ({"currency": "euros"}, "currency"), ({"amount": ""}, "amount"),
        ({"text": "x" * 10_001}, "text"), ({"name": "x" * 501}, "name"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_said_at_its_field(worker: Any, wrong: dict[str, str], where: str) -> None:
    """With all that was typed still there, and nothing written."""
    before = ledger_size()
    answer = worker.post("/applications/new", application_form(**wrong))
    assert (answer.status_code, ledger_size()) == (400, before)
    assert f'id="{where}-e"' in answer.text
    kept = application_form(**wrong)["text"].replace("\x00", "").strip()
    assert f">\n{kept}</textarea>" in answer.text


def test_the_same_is_sent_once(worker: Any) -> None:
    """Pressed twice, the second is told of the first."""
    typed = application_form()
    assert worker.post("/applications/new", typed).status_code == 303
    before = ledger_size()
    again = worker.post("/applications/new", typed)
    assert (again.status_code, ledger_size()) == (409, before)
    first = re.search(r"Application (\d+) of yours is about the same", again.text)[1]
    assert f">\n{typed['text']}</textarea>" in again.text
    seen = worker.post("/applications/new", typed | {"version": first})
    assert (seen.status_code, ledger_size()) == (409, before)
    assert "You have already applied for this." in seen.text


@pytest.mark.parametrize("changes", [{"step": ""}, {"step": "Send"}, {"version": ""}])
def test_nothing_is_sent_without_a_step_or_without_what_its_sender_had_seen(
    worker: Any, clerk: Any, changes: dict[str, str]
) -> None:
    """Neither an application nor its refusal; what was typed stands on the page that answers."""
    number, before = send_application(worker), ledger_size()
    expected = 400 if "version" in changes else 200
    decline = {"text": "They never paid.", "step": "send", "version": "0"} | changes
    answers = [
        worker.post("/applications/new", application_form(**changes)),
        clerk.post(f"/applications/{number}/decline", decline),
    ]
    assert [answer.status_code for answer in answers] == [expected] * 2
    assert ledger_size() == before
    assert all("They never paid." in answer.text for answer in answers)


def test_whoever_answers_an_application_that_went_on_is_told_so_and_loses_nothing(worker: Any, clerk: Any) -> None:
    """A complaint came while the clerk wrote: nothing is declined until the clerk has seen it."""
    address = f"/applications/{send_application(worker)}"
    assert send_act(worker, f"{address}/complain", "They do not answer.").status_code == 303
    before = ledger_size()
    answer = clerk.post(f"{address}/decline", {"text": "My long reasons.", "step": "send", "version": "0"})
    assert (answer.status_code, ledger_size()) == (409, before)
    assert "A complaint was made about it" in answer.text
    assert ">\nMy long reasons.</textarea>" in answer.text
    assert send_act(clerk, f"{address}/decline", "My long reasons.").status_code == 303
    late = clerk.post(f"{address}/decline", {"text": "Once more.", "step": "send", "version": "0"})
    assert (late.status_code, "Once more.</textarea>" in late.text) == (409, True)


@pytest.mark.each_database
def test_of_two_acts_about_an_application_at_one_instant_the_second_is_told_of_the_first(
    worker: Any, clerk: Any
) -> None:
    """A complaint and a refusal that know nothing of each other: one is sent, the other keeps its words."""
    address, before = f"/applications/{send_application(worker)}", ledger_size()
    typed = {"text": "My long reasons.", "step": "send", "version": "0"}
    forms = {"complain": (worker, f"{address}/complain", typed), "decline": (clerk, f"{address}/decline", typed)}
    answers = post_at_once(forms)
    assert sorted(answer.status_code for answer in answers.values()) == [303, 409]
    assert ledger_size() == before + 1
    [page] = [answer.text for answer in answers.values() if answer.status_code == 409]
    assert "What has changed since you opened the form" in page
    assert ">\nMy long reasons.</textarea>" in page


def test_an_application_is_open_to_three_and_nobody_else(
    person: Person, worker: Any, clerk: Any, overseer: Any
) -> None:
    """Its applicant, the clerks of its source and the overseer; page, twin, files and acts alike."""
    file = io.BytesIO(b"Contract of work")
    file.name = "contract.txt"
    number = send_application(worker, files=file)
    address = f"/applications/{number}"
    evidence = worker.get(f"{address}.json").json()["evidence"][0]["address"]
    for client in (worker, clerk, overseer):
        assert client.get(address).status_code == client.get(evidence).status_code == 200
        assert number in [line["position"] for line in client.get("/applications.json").json()["lines"]]
        assert client.get(f"/ledger/{number}.json").json()["content"]["by"] == NAME
    subject = f"{evidence}x"
    assert worker.get(subject).status_code == 404
    others = [
        anonymous_client(), person("Xenia Creditor", "applicant"), person("Zoe Clerk", "source", "another-buyer"),
        person("Ben Decider", "decider", BUYER), person("Chen Board", "appeal", "example-board"),
        person("Rita Recipient", "recipient"),
    ]  # fmt: skip
    for client in others:
        for path in (address, f"{address}.json", evidence, f"{address}/decline", f"{address}/complain"):
            answer = client.get(path)
            assert answer.status_code in (302, 403, 404), path
            assert NAME not in answer.text
        assert client.get(f"/ledger/{number}.json").json()["content"] == {}
    assert number not in [line["position"] for line in others[1].get("/applications.json").json()["lines"]]
    assert worker.get(f"/applications/{2**70}").status_code == worker.get("/applications/0").status_code == 404


@pytest.mark.each_database
def test_a_clerk_declines_and_the_applicant_reads_why_and_complains(worker: Any, clerk: Any, overseer: Any) -> None:
    """Each act is looked at once more; the overseer sees that a complaint waits, and answers it."""
    address = f"/applications/{send_application(worker)}"
    assert [act["act"] for act in clerk.get(f"{address}.json").json()["doings"]] == ["propose", "decline"]
    assert send_act(clerk, f"{address}/decline", "").status_code == 400
    looked = clerk.post(f"{address}/decline", {"text": HOSTILE, "step": "review"})
    assert escape(HOSTILE) in looked.text
    assert send_act(clerk, f"{address}/decline", HOSTILE).status_code == 303
    page = worker.get(address).text
    assert escape(HOSTILE) in page
    assert "Declined" in page
    assert send_act(clerk, f"{address}/decline", "Again.").status_code == 409
    assert send_act(worker, f"{address}/complain", "They did not look.").status_code == 303
    assert overseer.get("/applications.json").json()["waiting"] >= 1
    assert send_act(overseer, f"{address}/answer", "They must.").status_code == 303
    assert "They must." in worker.get(address).text
    assert send_act(worker, f"{address}/answer", "I must.").status_code == 409


def test_silence_is_shown_to_the_applicant_and_counted(
    worker: Any, overseer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After twenty working days, without anything having run."""
    from goodstanding.register.cases.applications import get_application

    number = send_application(worker)
    assert worker.get(f"/applications/{number}.json").json()["line"]["state"] == "received"
    counted = {line["source"]: line["total"] for line in overseer.get("/applications.json").json()["unanswered"]}
    monkeypatch.setattr(clock, "_find_demonstration_day", lambda: get_application(number).answer_until)
    assert worker.get(f"/applications/{number}.json").json()["line"]["state"] == "unanswered"
    assert "without an answer" in worker.get(f"/applications/{number}").text
    counts = {line["source"]: line["total"] for line in overseer.get("/applications.json").json()["unanswered"]}
    assert counts[BUYER] > counted.get(BUYER, 0)


def test_a_clerk_proposes_from_an_application(worker: Any, clerk: Any, person: Person) -> None:
    """Its list, identifier and name stand in the form; its text and files go to the subject, and not its name."""
    from goodstanding.register.cases.case_file import get_case

    file = io.BytesIO(b"Contract of work")
    file.name = "contract.txt"
    identifier = new_company()
    number = send_application(worker, identifier=identifier, text="They never paid me.", files=file)
    form = clerk.get(f"/desk/propose?application={number}")
    assert identifier in form.text
    sent = {
        "list": LISTED, "application": str(number), "kind": "organisation", "identifier": identifier,
        "name": "Example Works 示例", "reference": f"A-{number}", "occurred": today().isoformat(),
        "text": "The certificate is forged.", "field.cause": "fraud", "field.sanction": "exclusion",
        "field.proved_by": "conviction",
    }  # fmt: skip
    looked = clerk.post("/desk/propose", sent | {"step": "review"})
    assert read_hidden_fields(looked.text)["application"] == str(number)
    answer = clerk.post("/desk/propose", sent | {"step": "send", "version": "0"})
    assert answer.status_code == 303, answer.text
    case = get_case(int(answer.headers["Location"].split("/")[2].split("?")[0]))
    assert case.opened.body["application"] == number
    page = worker.get(f"/applications/{number}.json").json()["line"]
    assert (page["state"], page["case"]) == ("proposed", case.position)
    subject = person("Dora Director", "subject", identifier)
    seen = subject.get(f"/cases/{case.position}").text
    assert "They never paid me." in seen
    assert "contract.txt" in seen
    assert NAME not in seen
    other = person("Zoe Clerk", "source", "example-buyer-2")
    assert other.get(f"/desk/propose?application={number}").status_code == 403


def test_an_applicant_confirms_that_it_was_paid_and_the_listing_ends(worker: Any, person: Person) -> None:
    """At once, on every outlet; another applicant cannot, and twice is once."""
    number = send_application(worker)
    case = case_after_listing(number)
    who, address = case.subject.identifier, f"/applications/{number}/performed"
    assert anonymous_client().get(f"/subjects/{who}.json").json()["listings"]
    assert person("Xenia Creditor", "applicant").post(address, {"step": "send", "version": "0"}).status_code == 404
    worker = person(NAME, "applicant")
    looked = worker.post(address, {"text": "I was paid.", "step": "review"})
    assert "You cannot undo this" in looked.text
    assert send_act(worker, address, "I was paid.").status_code == 303
    assert anonymous_client().get(f"/subjects/{who}.json").status_code == 404
    assert who not in anonymous_client().get(f"/lists/{LISTED}.json").text
    assert worker.get(f"/applications/{number}.json").json()["line"]["state"] == "performed"
    assert send_act(worker, address, "Again.").status_code == 409


def test_the_name_of_an_applicant_reaches_no_other_outlet(worker: Any, person: Person) -> None:
    """Neither public pages, twins, the API, copies, the ledger of anybody, nor the subject's case, file or ZIP."""
    number = send_application(worker, text="They never paid me.")
    case = case_after_listing(number)
    who, events = case.subject.identifier, [number, *(act.position for act in case.acts)]
    public = [
        f"/subjects/{who}", f"/subjects/{who}.json", f"/v1/subjects/{who}", f"/search?q={who}", f"/search.json?q={who}",
        f"/v1/search?q={who}", f"/lists/{LISTED}", f"/lists/{LISTED}.json", f"/v1/lists/{LISTED}", "/ledger.json",
        *(f"/ledger/{event}" for event in events), *(f"/ledger/{event}.json" for event in events),
        *(f"/v1/ledger/events/{event}" for event in events), f"/cases/{case.position}", "/applications.json",
    ]  # fmt: skip
    own = [
        *public, "/file", "/file.json", f"/cases/{case.position}.json", f"/file/disputes/{case.position}",
        *(f"/cases/{case.position}/letters/{act.position}" for act in case.acts),
        *(f"/cases/{case.position}/letters/{act.position}.json" for act in case.acts),
    ]  # fmt: skip
    subject = person("Dora Director", "subject", who)
    decider = person("Ben Decider", "decider", BUYER)
    recipient = person("Rita Recipient", "recipient")
    assert send_act(worker, f"/applications/{number}/performed", "I was paid.").status_code == 303
    for client, addresses in ((anonymous_client(), public), (subject, own), (decider, own), (recipient, public)):
        for address in addresses:
            text = client.get(address).text
            assert NAME not in text, address
            assert client is subject or client is decider or "They never paid me." not in text, address
    for form in ("csv", "jsonl", "ftm"):
        assert NAME not in recipient.get(f"/lists/{LISTED}.{form}").text
    answer = subject.get("/file/everything.zip")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        assert not [name for name in archive.namelist() if NAME.encode() in archive.read(name)]
    answer.close()


def test_a_name_that_a_clerk_typed_is_kept_from_the_subject_too(person: Person) -> None:
    """Where somebody applied on paper: the event shows without it, so body and salt are for the source and overseer."""
    from goodstanding.register.cases.proposals import Proposal, propose_case

    proposal = Proposal(list=LISTED, kind="organisation", identifier=new_company(), name="Example", reference="P-1",
                        occurred=today(), text="Forged.", fields=FINDING, applicant=NAME)  # fmt: skip
    case = propose_case(proposal, CLERK, today(), NOW)
    subject, clerk = person("Dora Director", "subject", case.subject.identifier), person(CLERK.name, "source", BUYER)
    for client, sees in ((subject, False), (person("Ben Decider", "decider", BUYER), False), (clerk, True)):
        event = client.get(f"/ledger/{case.position}.json")
        assert (NAME in event.text) is sees
        assert bool(event.json()["body"]) is sees
    subject = person("Dora Director", "subject", case.subject.identifier)
    answer = subject.get("/file/everything.zip")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        assert not [name for name in archive.namelist() if NAME.encode() in archive.read(name)]
    answer.close()


def test_a_form_from_elsewhere_does_nothing(person: Person, worker: Any) -> None:
    """Every form needs its token."""
    address = f"/applications/{send_application(worker)}"
    client, before = person(NAME, "applicant", enforce_csrf_checks=True), ledger_size()
    for path in ("/applications/new", f"{address}/complain", "/applications/part"):
        assert client.post(path, application_form()).status_code == 403
    assert ledger_size() == before


def test_an_applicant_sees_no_file_and_no_case(worker: Any) -> None:
    """Applying opens nothing that is between the parties."""
    number = send_application(worker)
    case = case_after_listing(number)
    assert worker.get(f"/cases/{case.position}").status_code == 404
    assert worker.get("/file").status_code == 403
    assert worker.get(f"/subjects/{case.subject.identifier}.json").json()["party"] is False
    assert subject_actor(case) != Actor(Role.APPLICANT, "", NAME)
