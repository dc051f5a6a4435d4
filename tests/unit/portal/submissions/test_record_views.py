"""A single record by a form: checked like a row of a feed, previewed, sent as one event; corrected; withdrawn."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.clerk import uk_row
from tests.forms import Form, post_at_once
from tests.people import add_second_step
from tests.profiles import share_of_examples
from tests.registers import NOW
from tests.unit.web.markup import Markup

SOURCE = "uk-fhrs-la:102"
NEW = f"/sources/{SOURCE}/records/new"
OF = "uk-food-hygiene/inspection"
SEVERE = settings(max_examples=share_of_examples(30), suppress_health_check=list(HealthCheck))


@pytest.fixture
def clients(hygiene: None, list_69b: None) -> Callable[..., Any]:
    """Clients signed in with a role, in a register with two catalogues in force."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    from goodstanding.web.models import Account

    def open_client(role: str = "source", scope: str = SOURCE) -> Any:
        user, _new = get_user_model().objects.get_or_create(username=f"{role} {scope}")
        Account.objects.get_or_create(user=user, role=role, scope=scope)
        client = Client(headers={"host": "localhost"})
        client.force_login(user)
        add_second_step(user)
        return client

    return open_client


@pytest.fixture
def clerk(clients: Callable[..., Any]) -> Any:
    """The client of a clerk in Eastbourne."""
    return clients()


def record_fields(do: str, /, **changed: str) -> dict[str, str]:
    """A visit as the form sends it, some fields of it changed."""
    fields = {
        "of": OF, "step": do, "scheme": "uk-fhrs-row", "subject.identifiers": "77", "subject.name": "Example Café",
        "subject.region": "Eastbourne", "reference": "A/77", "occurred": "2026-11-02", "fields.status": "rated",
        "fields.hygiene": "5", "fields.structural": "5", "fields.confidence": "5", "published": "5",
    }  # fmt: skip
    return fields | {name.replace("__", "."): value for name, value in changed.items()}


def ledger_size() -> int:
    """The ledger's size."""
    from goodstanding.ledger import store

    return store.get_ledger_size()


def get_newest_body() -> dict[str, Any]:
    """The body of the newest event."""
    from goodstanding.ledger import store

    return json.loads(next(iter(store.read_entries(ledger_size() - 1))).body or "")


def list_findings() -> Any:
    """What does not hold of the register."""
    from goodstanding.intake.submissions.submission_checks import list_submission_faults
    from goodstanding.register.projection.verification import verify_register

    return verify_register(further=(list_submission_faults,)).findings


@pytest.mark.each_database
def test_a_record_is_chosen_previewed_and_sent_as_one_event(clerk: Any) -> None:
    """Choosing and checking write nothing; sending writes one RecordIssued that says what was typed."""
    before = ledger_size()
    assert [record_type["of"] for record_type in clerk.get(f"{NEW}.json").json()["types"]] == [OF]
    form = clerk.get(NEW, {"of": OF})
    assert 'name="fields.hygiene"' in form.text
    check = clerk.post(NEW, record_fields("review"))
    assert check.status_code == 200
    assert "Your record opens the file" in check.text
    assert "The score is 15" in check.text
    assert ledger_size() == before
    sent = clerk.post(NEW, Form(check.text).hidden | {"step": "send"})
    assert sent.status_code == 303
    assert ledger_size() == before + 1
    body = get_newest_body()
    assert (body["kind"], body["source"], body["reference"], body["row"]) == ("RecordIssued", SOURCE, "A/77", None)
    assert body["fields"] == {"status": "rated", "hygiene": 5, "structural": 5, "confidence": 5}
    assert body["subject"]["identifiers"] == ["uk-fhrs-row:77"]
    shown = clerk.get(sent.headers["Location"])
    assert "Example Café" in shown.text
    assert [grade["value"] for grade in clerk.get("/subjects/uk-fhrs-row:77.json").json()["grades"]] == ["5"]
    assert list_findings() == ()


def test_a_name_is_kept_without_marks_that_nobody_sees(clerk: Any) -> None:
    """Neither an override nor a direction mark comes in through the form: names would look alike, and be two."""
    sent = clerk.post(NEW, record_fields("send", subject__name="\u202eExa\u200fmple \u2066Café\ufeff"))
    assert sent.status_code == 303
    assert get_newest_body()["subject"]["name"] == "Example Café"


def test_sending_twice_is_sending_once(clerk: Any) -> None:
    """A form that is sent again leads to the same record, and writes nothing."""
    first = clerk.post(NEW, record_fields("send"))
    after = ledger_size()
    again = clerk.post(NEW, record_fields("send"))
    assert (again.status_code, again.headers["Location"]) == (303, first.headers["Location"])
    assert ledger_size() == after


def test_a_reference_names_one_record(clerk: Any) -> None:
    """Another record under a reference that is on file is refused at its field, before and while it is sent."""
    clerk.post(NEW, record_fields("send"))
    for do, status in (("review", 400), ("send", 409)):
        answer = clerk.post(NEW, record_fields(do, fields__hygiene="10"))
        assert answer.status_code == status
        assert "A record with this reference is on file" in answer.text
        assert 'href="#reference"' in answer.text


@pytest.mark.parametrize(
    ("changed", "address"),
    [
        ({"fields__hygiene": "7"}, "fields.hygiene"), ({"fields__hygiene": "lots"}, "fields.hygiene"),
        ({"fields__status": "good"}, "fields.status"), ({"fields__status": ""}, "fields.status"),
        ({"occurred": ""}, "occurred"), ({"occurred": "2026-02-30"}, "occurred"),
        ({"occurred": "2099-01-01"}, "occurred"),
        ({"reference": ""}, "reference"), ({"subject__identifiers": ""}, "subject.identifiers"),
        ({"subject__identifiers": "x y"}, "subject.identifiers"), ({"scheme": "lei"}, "subject.identifiers"),
        ({"published": "9"}, "published"), ({"subject__name": "x" * 2_001}, "subject.name"),
    ],
)  # fmt: skip
def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(
    clerk: Any, changed: dict[str, str], address: str
) -> None:
    """The rules of a row of a feed refuse it; the form comes back with all that was typed, and nothing is written."""
    before = ledger_size()
    answer = clerk.post(NEW, record_fields("review", **changed))
    assert (answer.status_code, ledger_size()) == (400, before)
    form = Form(answer.text)
    assert address.replace(".", "-") in form.wrong
    fields = record_fields("review", **changed) | {"subject.sector": ""}
    lost = {name for name, text in fields.items() if name != "step" and form.all.get(name) != text}
    assert lost <= ({address} if address.startswith(("fields.", "published")) else set())  # no such choice


def test_a_record_is_corrected_from_itself(clerk: Any) -> None:
    """The form is filled with what the record says; the change is shown, and sent as RecordCorrected, once."""
    at = clerk.post(NEW, record_fields("send")).headers["Location"]
    fields = Form(clerk.get(f"{at}/correct").text).all
    assert fields["fields.hygiene"] == "5"
    assert fields["subject.identifiers"] == "uk-fhrs-row:77"
    unchanged = clerk.post(f"{at}/correct", fields | {"step": "review"})
    assert (unchanged.status_code, "Nothing is changed" in unchanged.text) == (400, True)
    check = clerk.post(f"{at}/correct", fields | {"step": "review", "fields.hygiene": "10"})
    assert re.findall(r'class="changed">.*?lines">(.*?)</span>.*?breakable">(.*?)</span>', check.text) == [("10", "5")]
    assert re.findall(r'<li id="record-(\d+)">', check.text) == ["1"]
    kept = Form(check.text).hidden
    done = clerk.post(f"{at}/correct", kept | {"step": "send"})
    body = get_newest_body()
    assert (body["kind"], body["version"], body["fields"]["hygiene"]) == ("RecordCorrected", 2, 10)
    after = ledger_size()
    late = clerk.post(f"{at}/correct", kept | {"step": "send", "fields.hygiene": "15"})
    assert (late.status_code, ledger_size()) == (409, after)
    assert "A later version took its place" in late.text
    assert Form(late.text).all["fields.hygiene"] == "15"
    assert f'href="{done.headers["Location"]}"' in late.text
    assert "later version" in clerk.get(at).text
    assert clerk.get(done.headers["Location"]).status_code == 200
    assert list_findings() == ()


def test_a_correction_that_does_not_say_what_its_sender_had_seen_is_not_sent(clerk: Any) -> None:
    """Nor is one without a step, which is shown once more; what was typed is kept."""
    at = clerk.post(NEW, record_fields("send")).headers["Location"]
    fields = Form(clerk.get(f"{at}/correct").text).all | {"fields.hygiene": "10"}
    before = ledger_size()
    unseen = clerk.post(f"{at}/correct", fields | {"step": "send", "version": ""})
    assert (unseen.status_code, Form(unseen.text).all["fields.hygiene"]) == (400, "10")
    stepless = clerk.post(f"{at}/correct", fields)
    assert (stepless.status_code, "Send the correction" in stepless.text) == (200, True)
    assert ledger_size() == before


@pytest.mark.each_database
def test_of_two_corrections_at_one_instant_the_second_is_told_of_the_first(
    clients: Callable[..., Any], clerk: Any
) -> None:
    """The record says what one of them typed; the other finds it on the page, with where the newest version stands."""
    at = clerk.post(NEW, record_fields("send")).headers["Location"]
    fields = Form(clerk.get(f"{at}/correct").text).all | {"step": "send"}
    colleague = clients("source", SOURCE)
    before = ledger_size()
    answers = post_at_once({grade: (client, f"{at}/correct", fields | {"fields.hygiene": grade})
                            for grade, client in (("10", clerk), ("15", colleague))})  # fmt: skip
    assert sorted(answer.status_code for answer in answers.values()) == [303, 409]
    assert ledger_size() == before + 1
    [(grade, page)] = [(grade, answer.text) for grade, answer in answers.items() if answer.status_code == 409]
    assert Form(page).all["fields.hygiene"] == grade
    assert "A later version took its place" in page
    assert "The newest version of this record" in page


def test_a_correction_keeps_the_feed_that_the_record_came_by(clerk: Any, tmp_path: Any) -> None:
    """What came by a feed is still that feed's, so that its next whole file speaks about it."""
    from tests.clerk import write_csv

    from goodstanding.intake.ingest import ingest_file
    from goodstanding.register.files.records import list_records
    from goodstanding.register.files.subjects import find_subject_id

    ingest_file(write_csv(tmp_path / "uk_2026-11-20.csv", [uk_row(1)]), "uk-fhrs", NOW)
    position = list_records(find_subject_id("uk-fhrs-row:1"))[0].position
    at = f"/sources/{SOURCE}/records/{position}/correct"
    fields = Form(clerk.get(at).text).all
    assert clerk.post(at, fields | {"step": "send", "fields.hygiene": "10"}).status_code == 303
    assert (get_newest_body()["feed"], get_newest_body()["kind"]) == ("uk-fhrs", "RecordCorrected")


def test_a_record_is_withdrawn_with_a_reason(clerk: Any) -> None:
    """Without a reason nothing is done; with one it is shown what would follow, then one RecordWithdrawn says it."""
    at = clerk.post(NEW, record_fields("send")).headers["Location"]
    before = ledger_size()
    for reason in ("", "  ", "x" * 2_001, "a\x00b"):
        assert clerk.post(f"{at}/withdraw", {"step": "send", "reason": reason}).status_code == 400
    check = clerk.post(f"{at}/withdraw", {"step": "review", "reason": "entered <b>twice</b>"})
    assert "Nothing would follow" in check.text
    assert "<b>twice" not in check.text
    assert ledger_size() == before
    kept = Form(check.text).hidden | {"reason": "entered twice"}
    assert clerk.post(f"{at}/withdraw", kept).status_code == 200
    assert clerk.post(f"{at}/withdraw", kept | {"step": "send", "version": ""}).status_code == 400
    assert ledger_size() == before
    done = clerk.post(f"{at}/withdraw", kept | {"step": "send"})
    assert (get_newest_body()["kind"], get_newest_body()["reason"]) == ("RecordWithdrawn", "entered twice")
    assert "It was withdrawn" in clerk.get(done.headers["Location"]).text
    assert clerk.get("/subjects/uk-fhrs-row:77.json").status_code == 404  # nothing about it is in force
    assert clerk.get(f"{at}/withdraw").status_code == 409
    late = clerk.post(f"{at}/withdraw", kept | {"step": "send"})
    assert (late.status_code, "entered twice</textarea>" in late.text) == (409, True)
    assert list_findings() == ()


def test_who_entered_it_is_kept(clerk: Any) -> None:
    """The register knows which clerk sent a record; its public event does not."""
    clerk.post(NEW, record_fields("send"))
    page = clerk.get(f"/sources/{SOURCE}/send.json").json()
    assert [(batch["way"], batch["by"]) for batch in page["sent"]] == [("form", f"source {SOURCE}")]
    assert "by" not in get_newest_body()


@pytest.mark.each_database
def test_own_records_are_found_by_their_reference(clerk: Any) -> None:
    """The reference as it was typed finds the record; another finds nothing, and says so."""
    clerk.post(NEW, record_fields("send"))
    hits = clerk.get(f"/sources/{SOURCE}/send.json", {"reference": "A/77"}).json()["found"]
    assert [hit["name"] for hit in hits] == ["Example Café"]
    assert "No such record" in clerk.get(f"/sources/{SOURCE}/send", {"reference": "A"}).text


STRANGERS = (
    ("source", "uk-fhrs-la:103"), ("source", ""), ("decider", SOURCE), ("appeal", SOURCE), ("overseer", ""),
    ("recipient", ""), ("subject", "uk-fhrs-row:77"),
)  # fmt: skip


@pytest.mark.parametrize(("role", "scope"), STRANGERS)
def test_only_a_clerk_of_the_source_states_its_records(clients: Callable[..., Any], role: str, scope: str) -> None:
    """Every address and method of the forms is closed to every other role, with the reason, and writes nothing."""
    from django.test import Client

    at = clients().post(NEW, record_fields("send")).headers["Location"]
    before = ledger_size()
    for client in (clients(role, scope), Client(headers={"host": "localhost"})):
        for address in (
            NEW,
            f"{NEW}.json",
            at,
            f"{at}.json",
            f"{at}/correct",
            f"{at}/withdraw",
            f"/sources/{SOURCE}/send",
        ):
            for answer in (client.get(address), client.post(address, record_fields("send", reason="x"))):
                assert answer.status_code in (403, 405), (address, answer.status_code)
    assert ledger_size() == before


def test_another_sources_record_is_not_to_be_found(clients: Callable[..., Any]) -> None:
    """A clerk corrects and withdraws records of their own source only."""
    at = clients().post(NEW, record_fields("send")).headers["Location"].replace("102", "103")
    other = clients("source", "uk-fhrs-la:103")
    for address in (at, f"{at}/correct", f"{at}/withdraw"):
        assert other.get(address).status_code == 404


def test_a_stranger_to_a_file_learns_nothing_of_it(clients: Callable[..., Any]) -> None:
    """A source that has stated nothing about a subject sees what would follow from its own record alone."""
    clients().post(NEW, record_fields("send"))
    other = clients("source", "uk-fhrs-la:103")
    check = other.post(NEW.replace("102", "103"), record_fields("review", reference="B/1"))
    assert check.status_code == 200
    assert "Only your record" in check.text
    assert re.findall(r'<li id="record-(\d+)">', check.text) == ["1"]


def test_a_partys_look_is_noted(clerk: Any) -> None:
    """Charter article 20: that a clerk opened what is not public is on the file's list of looks."""
    from goodstanding.web.http.access_log import list_access_entries

    at = clerk.post(NEW, record_fields("send")).headers["Location"]
    clerk.get(at)
    assert at in {entry.opened for entry in list_access_entries("uk-fhrs-row:77")}


def test_a_form_without_its_token_does_nothing(clerk: Any) -> None:
    """A request from elsewhere, without the token of the form, is refused."""
    clerk.handler.enforce_csrf_checks = True
    before = ledger_size()
    assert clerk.post(NEW, record_fields("send")).status_code == 403
    assert ledger_size() == before


def test_hostile_texts_are_answered_and_shown_as_they_are(clerk: Any) -> None:
    """Whatever is typed into any field: a clear answer, nothing executed."""
    hostile = '<script>alert("1")</script>'
    answer = clerk.post(NEW, record_fields("review", subject__name=hostile, subject__region=hostile))
    assert hostile not in answer.text
    assert "&lt;script&gt;" in answer.text
    fields = st.sampled_from([name for name in record_fields("review") if name not in ("step", "of")])

    @SEVERE
    @given(st.dictionaries(fields, st.text(max_size=60)), st.sampled_from(["review", "send", "edit", "?"]))
    def ask(form_fields: dict[str, str], do: str) -> None:
        assert clerk.post(NEW, record_fields(do) | form_fields).status_code < 500

    ask()
    for of in ("uk-fhrs", "nothing", "x" * 500, "uk-food-hygiene/nothing", "\x00"):
        assert clerk.get(NEW, {"of": of}).status_code in (400, 404)
    assert clerk.post(NEW, record_fields("review", odd="1")).status_code == 400


@pytest.mark.parametrize("address", [NEW, f"{NEW}?of={OF}", f"/sources/{SOURCE}/send", f"/sources/{SOURCE}/files/new"])
def test_pages_are_whole_and_their_twins_say_the_same(clerk: Any, address: str) -> None:
    """Every page for clerks is well-formed, has one title, and its twin is JSON."""
    read = Markup(clerk.get(address).text)
    assert read
    path, mark, query = address.partition("?")
    assert clerk.get(f"{path}.json{mark}{query}").json()["source"] == SOURCE
